"""All faults at once: none hides another, equal ones are one, and what is no record is not taken for one."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from workbooks import county, workbook

from dangjian import open_branch, open_county
from dangjian.workbook.contract import CONTRACT
from gongwen.findings import Finding
from prompt import typed
from zhibi import total
from zhibi.data.read import read
from zhibi.data.snapshot import columnar


def save(book: openpyxl.Workbook, tmp_path: Path) -> Path:
    book.save(tmp_path / "县.xlsx")
    return tmp_path / "县.xlsx"


def told(place: Path) -> list[tuple[str, str, str]]:
    return [(f.code, str(f.level), f.place.cell) for f in read(place, CONTRACT)[1]]


def findings(book: openpyxl.Workbook, tmp_path: Path) -> list[Finding]:
    return list(read(save(book, tmp_path), CONTRACT)[1])


def test_a_title_above_the_header_hides_no_fault(tmp_path: Path) -> None:
    book = workbook()
    page = book["党员"]
    page["G3"], page["J4"] = "大专", "早年"
    page.insert_rows(1, 2)
    page["A1"] = "示例县党员花名册"
    page.merge_cells("A1:R1")

    assert told(save(book, tmp_path)) == [
        ("B07", "提示", "A3"),
        ("B11", "错误", "G5"),
        ("V04", "错误", "J6"),
        ("B21", "提示", ""),
    ]


def test_equal_faults_of_a_column_are_one_with_all_cells(tmp_path: Path) -> None:
    book = workbook()
    for row in (2, 3, 5):
        book["党员"][f"E{row}"] = f"{1970 + row}年"

    [finding] = [one for one in findings(book, tmp_path) if one.code == "V28"]
    assert finding.place.cell == "E2:E3、E5"
    assert finding.message == (
        "不是纯数字（共3处）：E2 “1972年”应为“1972”；E3 “1973年”应为“1973”；E5 “1975年”应为“1975”。"
    )


def test_totals_and_signatures_are_no_records(tmp_path: Path) -> None:
    book = workbook()
    page = book["单位"]
    page["A4"], page["F4"] = "合计", 400
    page["A6"] = "填表人：张三　审核人：李四"

    assert told(save(book, tmp_path)) == [("B19", "提示", "A4"), ("B19", "提示", "A6")]


def test_a_record_with_a_code_of_its_own_is_no_total(tmp_path: Path) -> None:
    data = county()
    data["机制做法"][0]["名称"] = "合计"
    dataset, _ = read(save(workbook(data), tmp_path), CONTRACT)

    assert dataset is not None
    assert len(dataset["机制做法"]) == 1


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    book = workbook()
    for row in (4, 5, 6, 9):
        book["党员"].row_dimensions[row].hidden = True
    dataset, [finding] = read(save(book, tmp_path), CONTRACT)

    assert dataset is not None
    assert len(dataset["党员"]) == 10
    assert (finding.code, finding.place.cell) == ("B22", "A4:A6、A9")
    assert "有4行隐藏着" in finding.message


def test_example_rows_of_many_sheets_are_one_note(tmp_path: Path) -> None:
    place = tmp_path / "空白.xlsx"
    typed("zhibi", "data", "template", str(place), cwd=tmp_path)
    notes = [one for one in read(place, CONTRACT)[1] if one.code == "B08"]

    assert len(notes) == 1
    assert "张表里留着模板的示例行" in notes[0].message


def test_a_check_that_could_not_be_made_is_told(tmp_path: Path) -> None:
    book = workbook()
    book["党员"].merge_cells("C3:C4")
    place = save(book, tmp_path)
    done = typed("zhibi", "data", "check", str(place), cwd=tmp_path)

    assert "另有1项要用到全部数据的检查没有做" in done.stdout
    assert "没有与党员人数核对（V07、V08）" in done.stdout


def test_errors_stand_first_in_what_is_printed(tmp_path: Path) -> None:
    book = workbook()
    book["单位"]["F2"], book["单位"]["F3"] = "８０", "约41"
    done = typed("zhibi", "data", "check", str(save(book, tmp_path)), cwd=tmp_path)

    levels = [line[1:3] for line in done.stdout.splitlines() if line.startswith("[")]
    assert levels == ["错误", "提示"] or levels[0] == "错误"


@pytest.mark.parametrize("value", ["1.2E+3", "1,200"])
def test_a_number_in_words_is_that_number(tmp_path: Path, value: str) -> None:
    data = county()
    data["单位"][0]["职工总数(人)"] = value
    dataset, _ = read(save(workbook(data), tmp_path), CONTRACT)

    assert dataset is not None
    assert dataset["单位"]["职工总数(人)"].iloc[0] == 1200


def with_own_columns(tmp_path: Path) -> Path:
    book = workbook()
    page = book["党员"]
    for row, cells in enumerate(
        (("驻村天数", "我的备注"), (12, "甲"), (3, None), (None, "乙"), (5, "丙")), 1
    ):
        page.cell(row, 19).value, page.cell(row, 20).value = cells
    return save(book, tmp_path)


def test_a_column_of_somebodys_own_is_read_and_gives_figures(tmp_path: Path) -> None:
    place = with_own_columns(tmp_path)
    days = total(open_county(place).members["驻村天数"], "驻村天数", "天", blanks="skip")

    assert days.value == 20
    assert [f.message for f in read(place, CONTRACT)[1]] == [
        "不是规定的列，已读入，报告的笔记本里可以用。"
    ] * 2
    own = open_branch(str(place), "B002").members["驻村天数"]
    assert total(own, "驻村天数", "天", blanks="skip").value == 20


def test_such_columns_come_back_from_disk(tmp_path: Path) -> None:
    data, _ = read(with_own_columns(tmp_path), CONTRACT)
    assert data is not None
    columnar.save(tmp_path / "包", columnar.pack(data))

    back = columnar.load(tmp_path / "包", CONTRACT)
    assert list(back["党员"].columns[-2:]) == ["驻村天数", "我的备注"]
    assert back["党员"].equals(data["党员"])


def test_optional_columns_that_many_sheets_lack_are_one_note(tmp_path: Path) -> None:
    book = workbook()
    book["荣誉"].delete_cols(9)
    book["案例品牌"].delete_cols(book["案例品牌"].max_column)
    notes = [one for one in read(save(book, tmp_path), CONTRACT)[1] if one.code == "B04"]

    assert len(notes) == 1
    assert "“荣誉”没有列" in notes[0].message
    assert "“案例品牌”没有列" in notes[0].message
