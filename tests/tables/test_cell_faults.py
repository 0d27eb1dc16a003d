"""One odd cell in a valid workbook -> one finding at its address, or the value it plainly stands for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from workbooks import column_of, county, workbook, write_folder

from dangjian.workbook.contract import CONTRACT
from zhibi.data.dataset import Dataset
from zhibi.data.read import read
from zhibi.data.reading.cells.vetting import LONGEST
from zhibi.data.sources.grid import letters

ID_NUMBER = "110105194912310021"  # the example of GB 11643 with a birthday of 1949
REFUSED: list[tuple[str, str, object, str, str]] = [
    ("单位", "职工总数(人)", "34人", "V28", "请改为“34”"),
    ("单位", "职工总数(人)", "3.4万", "V28", "看不出该填多少"),
    ("单位", "职工总数(人)", "若干", "B10", "“若干”不是数字"),
    ("单位", "职工总数(人)", 3.5, "B10", "“3.5”不是整数"),
    ("单位", "职工总数(人)", -3, "V11", "不应小于0"),
    ("单位", "职工总数(人)", True, "B10", "“TRUE”不是数字"),
    ("单位", "职工总数(人)", dt.date(2026, 3, 1), "B10", "“2026-03-01”不是数字"),
    ("单位", "职工总数(人)", "#REF!", "V28", "错误值 #REF!"),
    ("单位", "成立日期", "2026-02-30", "V04", "不是存在的日期"),
    ("单位", "成立日期", "二〇一二年", "V04", "不是日期"),
    ("单位", "成立日期", 2012, "V04", "“2012”不是日期"),
    ("单位", "成立日期", dt.date(1919, 5, 4), "V04", "不应早于1921-07-01"),
    ("单位", "单位类别", "县国属企", "B11", "是否想写“县属国企”"),
    ("单位", "党建入章", "大概", "B11", "不是“是”或“否”"),
    ("单位", "单位全称", None, "B09", "必填"),
    ("单位", "单位全称", "甲" * (LONGEST + 1), "B12", f"超过{LONGEST}个"),
    ("单位", "简称", "城_x0007_投", "B13", "控制字符"),
    ("单位", "简称", f"联系人{ID_NUMBER}", "V20", "身份证号"),
    ("单位", "简称", "电话 138-0013-8000", "V20", "手机号"),
    ("单位", "简称", "卡号6222021234567890128", "V20", "银行卡号"),
    ("单位", "简称", "0871-65551234", "V20", "固定电话"),
    ("单位", "职工总数(人)", 13800138000, "V20", "手机号"),
    ("单位", "督查组", 13800138000, "V20", "手机号"),
    ("文件文献", "文献代码", " D001", "V01", "请改为“D001”"),
    ("文件文献", "文献代码", "D００1", "V01", "请改为“D001”"),
    ("组织生活台账", "活动编号", "A2026-0002", "V01", "与第2行重复"),
    ("组织生活台账", "党组织代码", "B0002", "V02", "“B0002”在“党组织”表的“党组织代码”中不存在"),
    ("组织生活台账", "计入类型", "党课、党会", "B11", "“党会”不在可选范围内"),
    ("党员年度", "应交党费(元)", 660.005, "B10", "超过两位小数"),
    ("党员年度", "应交月数", 13, "V11", "应在0到12之间"),
    ("党员年度", "年度", 1919, "V30", "不应小于1921"),
    ("年度指标", "数值", 1e300, "B10", "超出可以精确保存的范围"),
]


def plant(
    tmp_path: Path, title: str, header: str, value: object
) -> tuple[Dataset | None, Any, str]:
    """Write a value into the last row of a sheet; the dataset, the findings and the cell's address."""
    book = workbook()
    page = book[title]
    row, column = (
        (2 if value == "A2026-0002" or title == "文件文献" else page.max_row),
        column_of(title, header),
    )
    page.cell(row, column).number_format = "General"
    page.cell(row, column).value = value
    book.save(tmp_path / "县.xlsx")
    dataset, findings = read(tmp_path / "县.xlsx", CONTRACT)
    return dataset, findings, f"{letters(column - 1)}{row}"


@pytest.mark.parametrize(("title", "header", "value", "code", "message"), REFUSED)
def test_a_cell_is_refused_at_its_address(
    tmp_path: Path, title: str, header: str, value: object, code: str, message: str
) -> None:
    dataset, findings, address = plant(tmp_path, title, header, value)
    (finding,) = [f for f in findings if f.code != "V27"]
    if value == "A2026-0002":
        address = "A3"
    assert (finding.code, finding.level, finding.place.cell) == (code, "错误", address)
    assert finding.place.file == "县.xlsx"
    assert (finding.place.sheet, finding.place.column) == (title, header)
    assert message in finding.message + finding.hint
    assert dataset is None


@pytest.mark.parametrize(
    ("title", "header", "written", "meant", "code"),
    [
        ("单位", "职工总数(人)", "３４", 34, "V28"),
        ("单位", "职工总数(人)", "34", 34, "V28"),
        ("单位", "职工总数(人)", "1,234", 1234, "V28"),
        ("单位", "职工总数(人)", " 34 ", 34, "V28"),
        ("单位", "成立日期", "2014-03-05", "2014-03-05", "V04"),
        ("单位", "成立日期", "2014/3/5", "2014-03-05", "V04"),
        ("单位", "成立日期", "2014.3.5", "2014-03-05", "V04"),
        ("单位", "成立日期", "2014年3月5日", "2014-03-05", "V04"),
        ("单位", "成立日期", "20140305", "2014-03-05", "V04"),
        ("单位", "成立日期", 20140305, "2014-03-05", "V04"),
        ("单位", "成立日期", 41703, "2014-03-05", "V04"),
        ("单位", "成立日期", dt.datetime(2014, 3, 5, 8, 30), "2014-03-05", "V04"),
        ("单位", "简称", " 水务 ", "水务", "B14"),
        ("单位", "简称", "水\u200b务", "水务", "B14"),
        ("单位", "简称", 2026, "2026", "B14"),
        ("单位", "党建入章", "√", True, "B14"),
        ("单位", "党建入章", True, True, "B14"),
        ("组织生活台账", "计入类型", "党课、主题党日", "党课；主题党日", "B14"),
    ],
)
def test_what_is_plainly_meant_is_read_and_reported(
    tmp_path: Path, title: str, header: str, written: object, meant: object, code: str
) -> None:
    dataset, findings, address = plant(tmp_path, title, header, written)
    (finding,) = findings
    assert (finding.code, finding.level, finding.place.cell) == (code, "提示", address)
    assert dataset is not None
    value = dataset[title][header].iloc[-1]
    assert (str(value.date()) if hasattr(value, "date") else value) == meant


def test_a_code_typed_as_a_number_is_a_warning(tmp_path: Path) -> None:
    data = county()
    data["荣誉"][0]["荣誉代码"] = 12
    workbook(data).save(tmp_path / "县.xlsx")
    dataset, (finding,) = read(tmp_path / "县.xlsx", CONTRACT)
    assert (finding.code, finding.level, finding.place.cell) == ("V01", "警告", "A2")
    assert dataset is not None
    assert dataset["荣誉"]["荣誉代码"].tolist() == ["12"]


@pytest.mark.parametrize(
    "value",
    [
        "A2026123456789",
        "示组发〔2026〕5号",
        "11010519491331002X",
        "1234567890123456",
        "2026-03-15至2026-11-30",
    ],
)
def test_codes_and_numbers_of_documents_are_not_taken_for_persons(
    tmp_path: Path, value: str
) -> None:
    _, findings, _ = plant(tmp_path, "单位", "简称", value)
    assert findings == ()


def test_an_amount_of_eleven_digits_is_not_a_mobile_number(tmp_path: Path) -> None:
    _, findings, _ = plant(tmp_path, "年度指标", "基期值", 13800138000)
    assert findings == ()


def test_the_value_that_gives_away_a_person_is_never_repeated(tmp_path: Path) -> None:
    for header in ("简称", "成立日期", "职工总数(人)", "单位类别", "单位代码", "党建入章"):
        _, findings, _ = plant(tmp_path, "单位", header, f" {ID_NUMBER}人")
        assert "V20" in {finding.code for finding in findings}
        assert ID_NUMBER[:8] not in "".join(map(str, findings))


@pytest.mark.parametrize("formula", ["=1/0", "=A1&A2"])
def test_a_formula_without_a_result_is_no_blank(tmp_path: Path, formula: str) -> None:
    _, (finding,), address = plant(tmp_path, "单位", "简称", formula)
    assert (finding.code, finding.place.cell) == ("B17", address)


def test_a_merged_range_is_told_once_and_hides_no_blank(tmp_path: Path) -> None:
    book = workbook()
    book["单位"].merge_cells("D2:D3")
    book.save(tmp_path / "县.xlsx")
    _, (finding,) = read(tmp_path / "县.xlsx", CONTRACT)
    assert (finding.code, finding.place.cell) == ("V28", "D2:D3")


def test_the_same_fault_in_many_rows_is_told_once_with_every_address(tmp_path: Path) -> None:
    data = county()
    data["党员"] = [
        {**data["党员"][0], "党员代码": f"M{n:04}", "出生年份": f"{n}岁"} for n in range(1, 51)
    ]
    workbook(data).save(tmp_path / "县.xlsx")
    findings = [f for f in read(tmp_path / "县.xlsx", CONTRACT)[1] if f.code == "V28"]
    assert [f.place.cell for f in findings] == ["E2:E51"]
    assert findings[0].message == (
        "不是纯数字，看不出该填多少（共50处）：E2 “1岁”；E3 “2岁”；E4 “3岁”；E5 “4岁”；E6 “5岁”；E7 “6岁”；等等。"
    )


def test_a_csv_folder_has_the_same_faults_at_the_same_cells(tmp_path: Path) -> None:
    data = county()
    data["单位"][0]["职工总数(人)"] = "34人"
    data["党员"][1]["入党日期"] = "2005-13-01"
    found = {
        (f.code, f.place.sheet, f.place.cell)
        for f in read(write_folder(tmp_path / "表", "gb18030", data), CONTRACT)[1]
    }
    assert found == {
        ("V28", "单位", "F2"),
        ("V04", "党员", "J3"),
        ("B21", "组织生活台账", ""),  # what could not be checked for that is told
    }
