"""Reports in other people's manner, given to `zhibi new --from`: what can be told is bound, and nothing is bound wrongly.

In `strangers.md` every number is followed by the figure it is, or by {-} where the workbook of the example county does
not say it or the words do not tell which figure it is.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import nbformat
import pytest
from clerk import TOP, command, lay_out

from zhibi.report.old_report.start import OldReport, Started, start

HERE = Path(__file__).parent
_TOLD = re.compile(r"([^{}\s，。；、：|]*?)\{([^{}]*)\}")
REPORTS = dict(
    part.split("\n", 1) for part in HERE.joinpath("strangers.md").read_text("utf-8").split("@ ")[1:]
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    return lay_out(tmp_path_factory.mktemp("旧稿") / "工作区")


@pytest.fixture
def begun(desk):
    made: list[Path] = []

    def begin(content: str | Path, *, data: str | None = "data/示例县.xlsx") -> Started:
        path = content if isinstance(content, Path) else desk / "旧报告.md"
        if isinstance(content, str):
            path.write_text(content, "utf-8")
        started = start(OldReport("照旧稿", path, Path(data) if data else None), desk)
        made.extend(started.files)
        return started

    yield begin
    for path in made:
        path.unlink()


def truth(text: str) -> tuple[str, list[str]]:
    """The report as it was written, and the figures it tells, in order."""
    return re.sub(r"\{[^{}]*\}", "", text), [
        each for each in re.findall(r"\{([^{}]*)\}", text) if each != "-"
    ]


@pytest.mark.parametrize("name", list(REPORTS))
def test_every_number_that_is_bound_is_bound_to_what_it_is(name, begun):
    text, told = truth(REPORTS[name])
    labels = [each.label for each in begun(text).binder.bound]

    assert sorted(labels) == sorted(told)


def test_what_stays_open_is_told_with_the_reason_and_the_candidates(begun):
    started = begun("# 示例县情况\n\n全县帮扶困难党员197名。")
    (unsure,) = started.binder.open

    assert (unsure.words, unsure.candidates) == ("197名", ("女党员数",))
    assert "字句对不上" in unsure.reason


def test_two_figures_that_agree_are_both_shown_and_none_is_bound(begun):
    started = begun("# 示例县情况\n\n全县35岁以下党员、女党员共有112名。")

    assert started.binder.bound == []


def test_words_are_kept_to_the_letter_and_numbers_become_names(begun):
    started = begun("# 示例县情况\n\n全县党员598名，干劲足。")
    nb = nbformat.read(started.files[0], as_version=4)
    (prose,) = (cell.source for cell in nb.cells if cell.source.startswith("%%正文"))

    assert prose == "%%正文\n# 【地区】情况\n\n全县党员【党员数】，干劲足。"


def test_last_year_s_events_are_to_be_written_and_never_printed(begun):
    started = begun("# 示例县情况\n\n3月5日，县委召开会议部署。\n\n全县党员598名。")
    nb = nbformat.read(started.files[0], as_version=4)
    printed = [cell.source for cell in nb.cells if cell.source.startswith("%%")]

    assert len(started.to_write) == 1
    assert not any("3月5日" in source for source in printed)
    assert any("3月5日" in cell.source for cell in nb.cells if cell.cell_type == "markdown")


def test_without_a_workbook_every_number_is_a_place(begun):
    started = begun("# 示例县情况\n\n全县党员598名，女党员197名。", data=None)

    assert started.binder.bound == []
    assert [each.words for each in started.binder.open] == ["598名", "197名"]


@pytest.mark.parametrize(
    "text",
    [
        "# 青禾县2026年党建工作报告\n\n全县党员598名，党组织40个。",
        "# 示例县2025年党建工作报告\n\n全县党员598名，党组织40个。",
        "# 党建工作报告\n\n全县党员598名，党组织40个。\n\n中共青禾县委组织部",
        "# 党建工作报告\n\n青禾县共有党员598名。全县党组织40个。",
    ],
)
def test_another_county_or_another_year_binds_nothing_and_says_why(text, begun):
    started = begun(text)

    assert started.binder.bound == []
    assert any("工作簿是" in note for note in started.notes)


def test_headings_in_bold_a_text_box_and_a_nested_table_are_all_taken_over(begun, tmp_path):
    document = docx.Document()
    title = document.add_paragraph()
    title.alignment = 1
    title.add_run("示例县情况汇报").bold = True
    document.add_paragraph().add_run("一、基本情况").bold = True
    document.add_paragraph("全县党员598名。")
    outer = document.add_table(rows=2, cols=2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "类别", "人数（名）"
    outer.cell(1, 0).text = "女党员"
    inner = outer.cell(1, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "197"
    document.save(str(tmp_path / "旧.docx"))
    started = begun(tmp_path / "旧.docx")
    nb = nbformat.read(started.files[0], as_version=4)
    everything = "\n".join(cell.source for cell in nb.cells)

    assert "## 基本情况" in everything
    assert "197" in everything
    assert [each.label for each in started.binder.bound if each.label == "党员数"] == ["党员数"]


def test_a_scan_is_refused_in_words(begun, tmp_path):
    picture = TOP / "docs/gallery"
    document = docx.Document()
    document.add_picture(str(next(picture.glob("*.png"))))
    document.save(str(tmp_path / "扫描.docx"))
    done = command(
        "zhibi",
        "new",
        "扫描稿",
        "--from",
        tmp_path / "扫描.docx",
        cwd=begun("# 示例县\n\n好。").files[0].parents[1],
    )

    assert done.returncode == 2
    assert "扫描件" in done.stdout + done.stderr


@pytest.mark.kernel
def test_the_notebook_runs_and_prints_this_year_s_figures(begun, desk):
    text, _ = truth(REPORTS["办公室的汇报"])
    started = begun(text)
    changed = desk / "data/今年.xlsx"
    shutil.copy(desk / "data/示例县.xlsx", changed)
    import openpyxl

    book = openpyxl.load_workbook(changed)
    sheet = book["党员"]
    head = next(row for row in range(1, 6) if "性别" in [cell.value for cell in sheet[row]])
    column = [cell.value for cell in sheet[head]].index("性别") + 1
    women = [
        row for row in range(head + 1, sheet.max_row + 1) if sheet.cell(row, column).value == "女"
    ]
    for row in women[1:8]:
        sheet.cell(row, column).value = "男"
    book.save(changed)
    done = command(
        "zhibi", "run", started.files[0].stem, "--data", changed, "--out", "outputs/今年", cwd=desk
    )
    printed = "\n".join(
        each.text for each in docx.Document(str(desk / "outputs/今年/报告.docx")).paragraphs
    )

    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert "女性190名，占31.8%" in printed
    assert "党员598名" in printed
    assert "〔待核：原文“112名”〕" in printed
