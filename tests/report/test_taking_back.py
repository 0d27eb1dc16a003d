"""Words that people changed in a draft go back where they were written, and the next run prints them."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
import yaml
from clerk import command, lay_out

from zhibi.notebook.parameters.texts import with_texts

PARAMS = """# 说明
workbook: data/示例县.xlsx  # 工作簿

texts_for: 某县2026年度
texts:
  导语: |
    为了解【地区】情况。

    现将情况报告如下。

  结束语: 完了。

issued_on: "2026-12-08"
"""


@pytest.mark.parametrize("name", ["导语", "结束语", "原因分析"])
def test_only_the_text_changes_in_the_parameter_file(name):
    made = with_texts(PARAMS, {name: "头一段。\n\n“二”段：# 不是注释"})
    old, new = yaml.safe_load(PARAMS), yaml.safe_load(made)

    assert new["texts"] == {**old["texts"], name: "头一段。\n\n“二”段：# 不是注释"}
    assert {**new, "texts": None} == {**old, "texts": None}
    assert made.startswith(
        "# 说明\nworkbook: data/示例县.xlsx  # 工作簿\n\ntexts_for: 某县2026年度\ntexts:\n"
    )
    assert made.endswith('\nissued_on: "2026-12-08"\n')


@pytest.mark.parametrize(
    "source", ["", "a: 1\n", "texts: {}\na: 1\n", "texts:\na: 1\n", "texts: {}"]
)
def test_a_file_without_texts_gets_them(source):
    made = yaml.safe_load(with_texts(source, {"导语": "话。"}, "某县2026年度"))

    assert (made["texts"], made["texts_for"]) == ({"导语": "话。"}, "某县2026年度")
    assert made.get("a") == (yaml.safe_load(source) or {}).get("a")


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    return lay_out(tmp_path_factory.mktemp("收回") / "工作区")


def reworded(path: Path, *changes: tuple[str, str]) -> None:
    document = docx.Document(str(path))
    for old, new in changes:
        paragraph = next(each for each in document.paragraphs if old in each.text)
        words = paragraph.text.replace(old, new, 1)
        for run in paragraph.runs[1:]:
            run._r.getparent().remove(run._r)
        paragraph.runs[0].text = words
    document.save(str(path))


@pytest.mark.kernel
def test_words_taken_back_are_printed_by_the_next_run_with_their_figures_and_marks(desk):
    params = desk / "params/research_report.yaml"
    folder = desk / "outputs/稿"
    made = command("zhibi", "run", "research_report", "--out", folder, cwd=desk)
    before = params.read_text("utf-8")
    reworded(
        folder / "报告.docx",
        ("为全面了解示例县国有企业", "为摸清示例县国有企业"),
        ("部署多，到党支部一级缺少跟踪问效", "部署多，抓落实少"),
    )
    done = command("zhibi", "run", "research_report", "--out", folder, "--keep", cwd=desk)
    texts = yaml.safe_load(params.read_text("utf-8"))["texts"]
    printed = "\n".join(each.text for each in docx.Document(str(folder / "报告.docx")).paragraphs)
    checked = command("zhibi", "compare", folder / "报告.docx", cwd=desk)

    assert made.returncode in (0, 1)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert texts["导语"].startswith("为摸清【地区】国有企业")
    assert "**一是责任传导不够均衡。**" in texts["原因分析"]
    assert texts["对策建议"] == yaml.safe_load(before)["texts"]["对策建议"]
    assert "为摸清示例县国有企业" in printed
    assert "部署多，抓落实少" in printed
    assert checked.returncode == 0
    assert (folder / "报告-改动稿-1.docx").is_file()


@pytest.mark.kernel
def test_a_place_that_was_filled_in_word_is_taken_back(desk):
    params = desk / "params/research_report.yaml"
    content = yaml.safe_load(params.read_text("utf-8"))
    content["texts"] = {name: text for name, text in content["texts"].items() if name != "结束语"}
    params.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    folder = desk / "outputs/填"
    command("zhibi", "run", "research_report", "--out", folder, cwd=desk)
    document = docx.Document(str(folder / "报告.docx"))
    place = next(each for each in document.paragraphs if "下一步怎样组织落实" in each.text)
    for run in place.runs[1:]:
        run._r.getparent().remove(run._r)
    place.runs[0].text = "县委组织部将抓好落实。"
    document.save(str(folder / "报告.docx"))
    done = command("zhibi", "compare", folder / "报告.docx", "--keep", cwd=desk)

    assert "已收回：结束语" in done.stdout, done.stdout + done.stderr
    assert yaml.safe_load(params.read_text("utf-8"))["texts"]["结束语"] == "县委组织部将抓好落实。"
