"""Tables without a contract: read as they are, with origin; a branch's report sees its own rows and nothing else."""

from __future__ import annotations

from pathlib import Path

import nbformat
import openpyxl
import pytest
from small_county import NOW, documents, make, workspace

from gongwen.errors import InvalidInput, NotYours, UnknownName, UnreadableFile
from gongwen.facts.value import Read
from zhibi import count, open_table, total
from zhibi.data.snapshot.access_scope import VARIABLE, write_pass
from zhibi.data.snapshot.columnar import save
from zhibi.data.snapshot.own_tables import OwnTables, TableRequest
from zhibi.engines import Zhibi
from zhibi.notebook.own_table import tables_in
from zhibi.report import pipeline
from zhibi.report.pipeline import Request

COURSES = (
    ("小县2026年党员培训班情况", None, None, None, None, None),
    ("单位：人", None, None, None, None, "2026年11月"),
    ("编号", "班次", "支部", "参训人数", "日期", "联系电话"),
    ("0001", "第一期", "第B001党支部", 30, "2026.3.5", "13800138000"),
    ("0002", "第二期", "B002", 20, "2026年4月1日", "13800138001"),
    ("0003", "第三期", "第B001党支部", "25", "2026-05-01", "13900138001"),
    ("合计", None, None, 75, None, None),
    ("填表人：张三　审核人：李四", None, None, None, None, None),
)
CELL = """from zhibi import count, open_table, total
班 = open_table("data/培训班.xlsx", organisation="支部")
期数, 人次 = count(班, "培训班期数", "期"), total(班["参训人数"], "参训人次", "人次", empty="zero")
"""
TEXT = "%%正文\n举办培训班{{ 期数 }}，参训{{ 人次 }}。"


def courses(
    path: Path, lines: tuple[tuple[object, ...], ...] = COURSES, title: str = "培训班"
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for line in lines:
        page.append(line)
    if lines[0][1] is None:
        page.merge_cells("A1:F1")
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def with_courses(root: Path) -> Path:
    """The small county, whose branches' reports tell of the courses."""
    workspace(root)
    courses(root / "data/培训班.xlsx")
    notebook = root / "notebooks/总结.ipynb"
    nb = nbformat.read(notebook, as_version=4)
    nb.cells += [nbformat.v4.new_code_cell(CELL, id="t1"), nbformat.v4.new_code_cell(TEXT, id="t2")]
    nbformat.write(nb, notebook)
    return root


def test_a_table_is_read_from_its_header_to_its_last_record(tmp_path: Path) -> None:
    frame = open_table(str(courses(tmp_path / "培训班.xlsx")))

    assert list(frame.columns) == ["编号", "班次", "支部", "参训人数", "日期"]
    assert list(frame["编号"]) == ["0001", "0002", "0003"]
    assert [str(day.date()) for day in frame["日期"]] == ["2026-03-05", "2026-04-01", "2026-05-01"]


def test_figures_of_it_name_its_file_sheet_and_rows(tmp_path: Path) -> None:
    frame = open_table(str(courses(tmp_path / "培训班.xlsx")))
    people = total(frame["参训人数"], "参训人次", "人次")

    assert people.value == 75
    assert isinstance(people.origin, Read)
    assert [(one.file, one.sheet, one.rows) for one in people.origin.cells] == [
        ("培训班.xlsx", "培训班", (4, 5, 6))
    ]


def test_what_was_left_out_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_table(str(courses(tmp_path / "培训班.xlsx")))

    said = capsys.readouterr().err
    assert "A7：是合计行，没有读取。" in said
    assert "A8：是落款行，没有读取。" in said
    assert "“联系电话”列：这一列涉及个人信息，没有读取。" in said
    assert "138" not in said


def test_a_header_of_two_rows_joins_its_words(tmp_path: Path) -> None:
    lines = (
        ("支部", "上半年", None, "下半年", None),
        (None, "计划", "完成", "计划", "完成"),
        ("甲", 1, 2, 3, 4),
    )
    book = openpyxl.Workbook()
    page = book.active
    for line in lines:
        page.append(line)
    for area in ("A1:A2", "B1:C1", "D1:E1"):
        page.merge_cells(area)
    book.save(tmp_path / "表.xlsx")

    frame = open_table(str(tmp_path / "表.xlsx"))
    names = ["支部", "上半年-计划", "上半年-完成", "下半年-计划", "下半年-完成"]
    assert list(frame.columns) == names


def test_a_word_merged_over_rows_stands_in_each_and_a_number_in_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for line in (("支部", "班次", "人数"), ("甲", "一", 10), (None, "二", None), ("乙", "三", 5)):
        page.append(line)
    page.merge_cells("A2:A3")
    page.merge_cells("C2:C3")
    book.save(tmp_path / "表.xlsx")

    frame = open_table(str(tmp_path / "表.xlsx"))
    assert list(frame["支部"]) == ["甲", "甲", "乙"]
    assert total(frame["人数"], "人数", "人", blanks="skip").value == 15


def test_a_telephone_number_in_a_remark_is_refused_and_not_repeated(tmp_path: Path) -> None:
    lines = (("班次", "说明"), ("一", "按时"), ("二", "找13800138000"), ("三", "无"))
    place = courses(tmp_path / "表.xlsx", lines)
    with pytest.raises(InvalidInput) as caught:
        open_table(str(place))

    assert "B3" in str(caught.value.findings[0])
    assert "138" not in str(caught.value)


@pytest.mark.parametrize(
    ("sheet", "kind", "message"),
    [("培训", UnknownName, "是否想写“培训班”？"), ("", UnreadableFile, "有2张有内容的工作表")],
)
def test_which_sheet_is_meant_is_asked(
    tmp_path: Path, sheet: str, kind: type, message: str
) -> None:
    place = courses(tmp_path / "表.xlsx")
    book = openpyxl.load_workbook(place)
    book.create_sheet("另一张")["A1"] = "甲"
    book.save(place)
    with pytest.raises(kind, match=message):
        open_table(str(place), sheet)


def test_before_a_run_it_is_known_which_tables_it_opens() -> None:
    cells = [
        CELL,
        '%%正文\nopen_table("不算.xlsx")',
        "表 = open_table(名单, header=3)",
        "open_table(",
    ]

    assert tables_in(cells, {"名单": "a.xlsx"}) == (
        TableRequest("data/培训班.xlsx", organisation="支部"),
        TableRequest("a.xlsx", header=3),
    )


@pytest.fixture
def in_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This process as the run of B001's report, with its rows of the courses."""
    courses(tmp_path / "data/培训班.xlsx")
    names = {"B001": ["第B001党支部"], "B002": ["第B002党支部"]}
    wanted = [TableRequest("data/培训班.xlsx", organisation="支部")]
    files = OwnTables(wanted, names, tmp_path).of("B001")
    inside = save(write_pass(tmp_path, "B001", "data/县.xlsx"), files)
    monkeypatch.setenv(VARIABLE, str(inside))


@pytest.mark.usefixtures("in_run")
def test_a_branch_sees_its_own_rows_and_nothing_leads_to_others() -> None:
    frame = open_table("data/培训班.xlsx", organisation="支部")

    assert list(frame["班次"]) == ["第一期", "第三期"]
    assert b"B002" not in frame.to_csv().encode()
    assert count(frame, "期数", "期").value == 2
    with pytest.raises(NotYours):
        open_table("data/培训班.xlsx")


def test_rows_under_a_name_that_two_have_are_nobodys() -> None:
    names = {"B001": ["机关党支部"], "B002": ["机关党支部"]}
    tables = OwnTables([TableRequest("培训班.xlsx", organisation="支部")], names, Path())

    with pytest.raises(UnreadableFile, match="文件不存在"):
        tables.of("B001")


def test_a_name_that_two_have_is_asked_about(tmp_path: Path) -> None:
    courses(tmp_path / "表.xlsx", (("班次", "支部"), ("一", "机关党支部")))
    names = {"B001": ["机关党支部"], "B002": ["机关党支部"]}

    with pytest.raises(InvalidInput) as caught:
        OwnTables([TableRequest("表.xlsx", organisation="支部")], names, tmp_path).of("B001")
    assert "“机关党支部”是两个以上组织的名称" in str(caught.value.findings[0])


def test_a_report_of_one_branch_must_say_which_column_is_the_organisation(tmp_path: Path) -> None:
    courses(tmp_path / "表.xlsx")
    with pytest.raises(InvalidInput) as caught:
        OwnTables([TableRequest("表.xlsx")], {"B001": []}, tmp_path).of("B001")
    assert "organisation=" in str(caught.value.findings[0])


@pytest.mark.kernel
def test_each_report_of_a_batch_tells_of_its_own_courses(tmp_path: Path) -> None:
    place = with_courses(tmp_path)
    made = make(place, only=("B001", "B002", "B003"))

    assert len(made.outcome.entries) == 3
    (region,) = (place / "outputs/总结/2026").iterdir()
    first = documents(region)
    assert len(first) == 3
    assert make(place, only=("B001", "B002", "B003")).outcome is not None
    courses(place / "data/培训班.xlsx", (*COURSES[:4], ("0009", "第九期", "B002", 7, None, None)))
    make(place, only=("B001", "B002", "B003"))
    second = documents(region)
    assert {code for code in first if first[code] != second[code]} == {"B001", "B002"}


@pytest.mark.kernel
def test_a_single_run_tells_the_same(tmp_path: Path) -> None:
    place = with_courses(tmp_path)
    outcome = pipeline.run(Request("总结", place, NOW, options=("branch=B001",)), engine=Zhibi())

    assert [finding for finding in outcome.findings if finding.code == "W01"] == []
    assert "培训班.xlsx" in (outcome.folder / "run.json").read_text("utf-8")
