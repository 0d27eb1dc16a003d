"""`zhibi new`: what it lays out, and names it refuses without leaving anything behind."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
import yaml

from gongwen.errors import BadReportName, OutputBlocked, UnknownName
from prompt import typed
from zhibi.notebook.new import NewReport, report_name, start
from zhibi.notebook.parameters import declared


@pytest.fixture
def place(tmp_path) -> Path:
    """A workspace with one report, without running anything."""
    (tmp_path / "zhibi.toml").write_text('domain = "dangjian"\n', encoding="utf-8")
    for folder in ("notebooks", "params", "outputs"):
        (tmp_path / folder).mkdir()
    nb = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("运行 `zhibi run yearly`；yearly_old 不算。"),
            nbformat.v4.new_code_cell(
                'code: str = "0012"  # 代码\ntexts: dict = {}  # 文字\nwhen: str = "2026-12-08"',
                metadata={"tags": ["parameters"]},
            ),
            nbformat.v4.new_code_cell(
                "1", outputs=[nbformat.v4.new_output("stream", text="旧")], execution_count=3
            ),
        ],
        metadata={"zhibi": {"title": "年报"}},
    )
    nbformat.write(nb, tmp_path / "notebooks/yearly.ipynb")
    (tmp_path / "params/yearly.yaml").write_text("texts: {导语: 别人的话}\n", encoding="utf-8")
    return tmp_path


def files(place: Path) -> set[str]:
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["quarterly", "季度通报", "Notice2", "季度_2"])
def test_a_new_report_is_a_notebook_its_parameters_and_its_test(place, name):
    before = files(place)
    made = start(NewReport(name, title="季度督查通报", form="通报"), place)

    assert files(place) - before == {
        f"notebooks/{name}.ipynb",
        f"params/{name}.yaml",
        f"tests/test_{name}.py",
    }
    nb = nbformat.read(made[0], as_version=4)
    nbformat.validate(nb)
    assert nb.metadata.zhibi.title == "季度督查通报"
    assert nb.metadata.zhibi.form == "通报"
    assert any("季度督查通报" in cell.source for cell in nb.cells)
    compile(made[2].read_text("utf-8"), "test", "exec")


def test_like_another_it_has_its_cells_but_neither_outputs_nor_words_meant_for_that_one(place):
    notebook, parameters, _ = start(NewReport("monthly", like="yearly"), place)

    nb = nbformat.read(notebook, as_version=4)
    assert nb.cells[0].source == "运行 `zhibi run monthly`；yearly_old 不算。"
    assert nb.cells[2].outputs == []
    given = yaml.safe_load(parameters.read_text("utf-8"))
    assert given == {"code": "0012", "texts": {}, "when": "2026-12-08"}
    assert [each.name for each in declared(nb.cells[1].source, "monthly")] == list(given)


@pytest.mark.parametrize(
    "name",
    [
        "../../x",
        "a/b",
        "a\\b",
        "",
        " ",
        ".",
        "..",
        "con",
        "NUL",
        "com1",
        "季度 通报",
        "季度:通报",
        "-p",
        "1季度",
        "x" * 41,
        "a\n",
        "a.b",
        "～",
    ],
)
def test_a_hostile_name_is_refused_and_nothing_is_left(place, name):
    before = files(place)
    if name == "a\n":
        assert report_name(name) == "a"
        return
    with pytest.raises(BadReportName, match="不能作报告的名称"):
        start(NewReport(name), place)

    assert files(place) == before


@pytest.mark.parametrize(
    "there",
    [
        "notebooks/notice.ipynb",
        "params/notice.yaml",
        "tests/test_notice.py",
        "notebooks/NOTICE.ipynb",
    ],
)
def test_what_is_there_is_never_overwritten(place, there):
    (place / there).parent.mkdir(exist_ok=True)
    (place / there).write_text("我的", encoding="utf-8")
    before = files(place)
    with pytest.raises(OutputBlocked, match="不会覆盖"):
        start(NewReport("notice"), place)

    assert files(place) == before
    assert (place / there).read_text("utf-8") == "我的"


def test_a_report_or_a_form_that_does_not_exist_is_refused_with_the_near_miss(place):
    with pytest.raises(UnknownName, match="是否想写“yearly”"):
        start(NewReport("notice", like="yaerly"), place)
    with pytest.raises(UnknownName, match="通报"):
        start(NewReport("notice", form="通告报"), place)

    assert not (place / "tests").exists()


def test_a_folder_that_is_a_file_stops_it_and_what_was_written_goes_again(place):
    (place / "tests").write_text("不是文件夹", encoding="utf-8")
    before = files(place)
    with pytest.raises(OutputBlocked):
        start(NewReport("notice"), place)

    assert files(place) == before


def test_at_the_command_line_it_says_what_was_made_and_what_is_next(place):
    done, again = (typed("zhibi", "new", "通报", cwd=place) for _ in range(2))

    assert (done.returncode, again.returncode) == (0, 2)
    assert "已新建：notebooks/通报.ipynb" in done.stdout
    assert "zhibi run 通报" in done.stdout
    assert "已经有 notebooks/通报.ipynb" in again.stderr
