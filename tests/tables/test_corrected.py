"""`zhibi data fix`: what has one answer is put right, nothing else is touched, and twice is once."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from workbooks import column_of, county, workbook

from dangjian.workbook.contract import CONTRACT
from prompt import typed
from zhibi.data.read import read
from zhibi.data.sources.grid import letters
from zhibi.data.writing.corrections.corrected import corrected

CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)


def cells_of(path: Path) -> dict[tuple[str, str], str]:
    """Every cell of a workbook as its XML stands in the file."""
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return {
            (part, cell[1]): cell[0]
            for part in parts
            for cell in CELL.finditer(archive.read(part).decode())
        }


def other_parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if "worksheets/sheet" not in name]
        return {name: archive.read(name) for name in names}


def spoiled(tmp_path: Path, *cells: tuple[str, str, int, object], fmt: str = "General") -> Path:
    """The small county with other values in some cells: sheet, column, row, value."""
    book = workbook(county())
    for title, header, row, value in cells:
        cell = book[title].cell(row, column_of(title, header))
        cell.value, cell.number_format = value, fmt
    book.save(tmp_path / "县.xlsx")
    return tmp_path / "县.xlsx"


def fixed(place: Path) -> Path:
    out = place.with_name("改好.xlsx")
    out.write_bytes(corrected(place, CONTRACT).content)
    return out


@pytest.mark.parametrize(
    ("title", "header", "before", "after"),
    [
        ("单位", "职工总数(人)", "86人", 86),
        ("单位", "职工总数(人)", "1,320人", 1320),
        ("单位", "职工总数(人)", " ３２ ", 32),
        ("单位", "党建入章", "√", "是"),
        ("单位", "党建入章", "／", None),
        ("单位", "成立日期", "无", None),
        ("党组织", "任期(年)", "三年", 3),
        ("党组织", "任期(年)", "两年", 2),
        ("党组织", "上级代码", "城投集团党总支", "B001"),
        ("党员", "出生年份", "1975年", 1975),
        ("党员", "学历", "大专", "大学专科"),
        ("党员", "学历", "硕士研究生", "研究生"),
        ("党员", "党内职务", "党支部书记", "书记"),
        ("党员", "党内职务", "—", None),
        ("党员", "姓名", "张一 ", "张一"),
        ("组织生活台账", "日期", "3月5日", "2026-03-05"),
        ("组织生活台账", "日期", "5.21", "2026-05-21"),
        ("组织生活台账", "日期", "2026.3.5", "2026-03-05"),
        ("组织生活台账", "类型", "主题党日活动", "主题党日"),
        ("组织生活台账", "学时", "2学时", 2),
    ],
)
def test_what_has_one_answer_is_put_right(
    tmp_path: Path, title: str, header: str, before: object, after: object
) -> None:
    place = spoiled(tmp_path, (title, header, 3, before))
    out = fixed(place)

    page = openpyxl.load_workbook(out)[title]
    assert page.cell(3, column_of(title, header)).value == after
    [change] = corrected(place, CONTRACT).changes
    assert (change.sheet, change.cell) == (title, f"{letters(column_of(title, header) - 1)}3")


@pytest.mark.parametrize(
    ("title", "header", "value"),
    [
        ("单位", "职工总数(人)", "约41"),
        ("单位", "职工总数(人)", "34万"),
        ("单位", "职工总数(人)", "86户"),
        ("单位", "职工总数(人)", "无"),
        ("单位", "党建入章", "不涉及"),
        ("党员", "学历", "高中/中专"),
        ("党员", "学历", "大学"),
        ("党员", "党员类别", "非正式"),
        ("党员", "党内职务", "原书记"),
        ("党员", "入党日期", "3月5日"),
        ("组织生活台账", "日期", "12月5日"),
        ("组织生活台账", "日期", 10.1),
        ("组织生活台账", "日期", "2月30日"),
        ("组织生活台账", "学时", "2小时"),
        ("党组织", "书记党员代码", "M0099"),
    ],
)
def test_what_a_person_must_decide_stays_and_is_told(
    tmp_path: Path, title: str, header: str, value: object
) -> None:
    place = spoiled(tmp_path, (title, header, 3, value))
    result = corrected(place, CONTRACT)

    assert result.changes == ()
    assert result.content == place.read_bytes()
    assert [f for f in result.findings if f.place.column == header]


def test_a_date_is_a_number_where_the_cell_shows_dates(tmp_path: Path) -> None:
    cell = ("党员", "入党日期", 3, 20021121)
    out = fixed(spoiled(tmp_path, cell, fmt="yyyy-mm-dd"))

    value = openpyxl.load_workbook(out)["党员"].cell(3, column_of("党员", "入党日期")).value
    assert str(value) == "2002-11-21 00:00:00"


@pytest.mark.parametrize("value", ["1996年9月", "1995.08", "2013-10", 2008.03])
def test_year_and_month_are_enough_where_the_column_says_so_and_stay(
    tmp_path: Path, value: object
) -> None:
    place = spoiled(tmp_path, ("党员", "入党日期", 3, value), ("党员", "转正日期", 3, None))
    result = corrected(place, CONTRACT)

    assert result.content == place.read_bytes()
    [finding] = result.findings
    assert "只有年月，按当月1日计算" in finding.message


def test_a_merged_range_is_taken_apart_and_its_name_becomes_a_code(tmp_path: Path) -> None:
    book = workbook(county())
    page = book["党组织"]
    page["E3"], page["E4"] = "城投集团党总支", None
    page.merge_cells("E3:E4")
    book.save(tmp_path / "县.xlsx")
    out = fixed(tmp_path / "县.xlsx")

    page = openpyxl.load_workbook(out)["党组织"]
    assert [page["E3"].value, page["E4"].value] == ["B001", "B001"]
    assert list(page.merged_cells.ranges) == []


def test_every_other_cell_and_part_is_byte_for_byte_what_it_was(tmp_path: Path) -> None:
    book = workbook(county())
    page = book["党员"]
    page["G3"], page["E4"] = "大专", "1975年"
    page["B2"].comment = Comment("核对过", "张")
    page["S1"], page["S2"] = "备注", '=IF(1>0,"好","")'
    choices = DataValidation("list", formula1='"男,女"')
    choices.add("D2:D20")
    page.add_data_validation(choices)
    book.save(tmp_path / "县.xlsx")
    out = fixed(tmp_path / "县.xlsx")

    before, after = cells_of(tmp_path / "县.xlsx"), cells_of(out)
    assert before.keys() == after.keys()
    changed = {address for (part, address), xml in before.items() if after[part, address] != xml}
    assert changed == {"G3", "E4"}
    assert other_parts(tmp_path / "县.xlsx") == other_parts(out)


def test_twice_is_once(tmp_path: Path) -> None:
    cells = [("党员", "学历", 3, "大专"), ("组织生活台账", "日期", 3, "3月5日")]
    out = fixed(spoiled(tmp_path, *cells))
    again = corrected(out, CONTRACT)

    assert again.changes == ()
    assert again.content == out.read_bytes()


def test_a_formula_is_left_alone(tmp_path: Path) -> None:
    place = spoiled(tmp_path, ("单位", "职工总数(人)", 3, '=CONCATENATE("86","人")'))
    assert corrected(place, CONTRACT).content == place.read_bytes()


def test_a_name_that_two_organisations_have_is_nobodys_code(tmp_path: Path) -> None:
    data = county()
    data["党组织"][0]["简称"] = data["党组织"][2]["简称"] = "机关党支部"
    data["党组织"][1]["上级代码"] = "机关党支部"
    workbook(data).save(tmp_path / "县.xlsx")
    dataset, findings = read(tmp_path / "县.xlsx", CONTRACT)

    assert dataset is None
    assert [(f.code, f.place.cell) for f in findings if f.place.column == "上级代码"] == [
        ("V02", "E3")
    ]


def test_a_name_is_read_as_its_code_and_said(tmp_path: Path) -> None:
    data = county()
    data["党员"][0]["所属党组织"] = data["党员"][1]["所属党组织"] = "城投集团第一党支部"
    workbook(data).save(tmp_path / "县.xlsx")
    dataset, findings = read(tmp_path / "县.xlsx", CONTRACT)

    assert dataset is not None
    assert list(dataset["党员"]["所属党组织"])[:3] == ["B002", "B002", "B002"]
    [finding] = findings
    assert (finding.code, finding.place.cell) == ("V02", "C2:C3")


def test_the_command_lists_every_change_and_what_is_left(tmp_path: Path) -> None:
    cells = [("党员", "学历", 3, "大专"), ("党员", "学历", 4, "大专"), ("党员", "学历", 5, "大学")]
    place = spoiled(tmp_path, *cells)
    done = typed("zhibi", "data", "fix", str(place), "--out", "改好.xlsx", cwd=tmp_path)

    assert done.returncode == 1
    assert "工作表“党员” G3:G4 “学历”列：“大专”改为“大学专科”（改为选项的写法）" in done.stdout
    assert "已改好2格：改好.xlsx" in done.stdout
    assert "还有1处错误要由人决定" in done.stdout
    again = typed("zhibi", "data", "fix", str(place), "--out", "改好.xlsx", cwd=tmp_path)
    assert (again.returncode, "已有这个文件" in again.stderr) == (2, True)
