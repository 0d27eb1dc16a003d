# 每个目标一句话；在只有 Python >= 3.11 的新机器上，任何目标都会自己装好所需的一切。
PYTHON ?= python3
BIN := .venv/bin
NEEDS := pyproject.toml constraints.txt
# chains of clicks in a browser: by themselves, and once more if the machine was too slow
STORY := tests/web/test_web_story.py tests/web/test_web_keyboard.py tests/web/test_web_desk_work.py tests/web/test_web_tour.py

.PHONY: docs tour report reports batch test quick spawned check format lab example gallery rules web offline windows lock locked wheel-gongwen clean

report: .venv/installed  ## 用示例县的工作簿生成一份调研报告（Word）
	$(BIN)/zhibi run research_report --final

reports: .venv/installed  ## 用示例县的工作簿把每种报告各生成一份
	for each in research_report annual_review annual_rollup experience_exchange case_compilation theory_article; do \
	  $(BIN)/zhibi run $$each --final || exit; done

batch: .venv/installed  ## 给示例县的每个党支部各做一份年度总结
	$(BIN)/zhibi batch annual_review

test: .venv/installed-dev  ## 跑全部测试
	$(BIN)/python -m pytest -n 2 --dist loadfile $(STORY:%=--ignore=%)
	$(BIN)/python -m pytest $(STORY) || $(BIN)/python -m pytest $(STORY)

quick: .venv/installed-dev  ## 一分钟以内的测试：不启动内核、LibreOffice、数据库和别的服务
	$(BIN)/python -m pytest -n 2 --dist loadfile -q -m "not slow and not kernel and not render"

spawned: .venv/installed-dev  ## 引擎的约定和有害的笔记本，全部用另起进程的做法（Windows 上的）跑一遍，并与 fork 出来的逐字节对照；几分钟
	$(BIN)/python -m pytest -n 0 -k "spawned or fresh or once" tests/engines/test_contract.py tests/engines/test_hostile.py tests/engines/test_spawned.py

check: .venv/installed-dev  ## 格式、规范、类型、楼层
	$(BIN)/ruff format --check lib tests data benchmarks
	$(BIN)/ruff check lib tests data benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/installed-dev  ## 自动排版代码
	$(BIN)/ruff format lib tests data benchmarks
	$(BIN)/ruff check --fix lib tests data benchmarks

web: .venv/installed  ## 打开工作台：在浏览器里检查数据、生成报告、核对出处、检查公文
	$(BIN)/zhibi web

offline: .venv/installed  ## 把所需的软件和启动文件收进“执笔离线包”，拷到没有网的电脑上双击就装
	$(BIN)/zhibi offline

windows: .venv/installed  ## 做一个拷到 Windows 上就能装的文件夹 执笔/（先查明各版本的软件包都有 Windows 的）
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/python packaging/windows/build.py --check
	$(BIN)/python packaging/windows/build.py --out 执笔

lock: .venv/python-ok  ## 按 constraints.txt 重做 requirements.lock：每个软件包各个平台文件的校验值
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --quiet --all-extras -c constraints.txt --universal --generate-hashes \
	  --no-annotate --no-header --no-strip-extras --python-version 3.11 -o requirements.lock

locked: .venv/python-ok  ## 只装校验值相符的软件包（requirements.lock），别的文件一概拒绝
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch .venv/installed .venv/installed-dev

lab: .venv/installed  ## 打开 JupyterLab 编辑报告
	$(BIN)/jupyter lab notebooks

example: .venv/installed  ## 重新生成示例县工作簿
	$(BIN)/python data/generate.py

.venv/python-ok:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "需要 Python 3.11 或更新的版本；当前是 $$($(PYTHON) --version)。可用 make PYTHON=python3.12 report 指定。"; exit 2; }
	@$(PYTHON) -m venv .venv || { echo "无法建立虚拟环境；Debian/Ubuntu 请先 apt install python3-venv。"; exit 2; }
	@touch $@

.venv/installed: .venv/python-ok $(NEEDS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/installed-dev: .venv/python-ok $(NEEDS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ .venv/installed

gallery: .venv/installed  ## 重做版式样张 docs/gallery（需要 LibreOffice）
	$(BIN)/python docs/gallery/build.py

rules: .venv/installed  ## 重做检查规则的说明 docs/检查规则
	for family in 版式 文字 内容; do $(BIN)/zhibi check --rules --markdown --only $$family > docs/检查规则/$$family.md; done

tour: .venv/installed-dev  ## 重拍手册里工作台的截图 docs/工作台（需要 Chromium；字体用 sh .ci/fonts 取）
	ZHIBI_TOUR=1 $(BIN)/python -m pytest -q -n 0 $(STORY)

docs: .venv/installed  ## 重做作者手册 docs/作者手册.md
	@mkdir -p .cache
	$(BIN)/python -m zhibi.notebook.handbook > .cache/作者手册.md
	mv .cache/作者手册.md docs/作者手册.md

wheel-gongwen: .venv/installed-dev  ## 只含公文写作和检查的安装包（不带 Jupyter）
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation -w dist packaging/gongwen

clean:  ## 删除生成的报告和缓存（不动虚拟环境）
	for each in notebooks/*.ipynb; do rm -rf "outputs/$$(basename "$$each" .ipynb)"; done
	rm -rf outputs/.zhibi dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
