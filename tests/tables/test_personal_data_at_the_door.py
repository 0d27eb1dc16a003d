"""A workbook with disguised personal numbers in it -> every one refused at its cell, none repeated anywhere."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from workbooks import column_of, county, workbook, write_folder

from dangjian.workbook.contract import CONTRACT
from disguises import disguised, mobile, ordinary
from gongwen.chinese.personal_data import gives_away
from gongwen.errors import UnreadableFile
from zhibi.data.contract import Kind
from zhibi.data.read import read

ROWS = 400
FREE = [
    (sheet.title, column.header)
    for sheet in CONTRACT.sheets
    for column in sheet.columns
    if column.kind is Kind.TEXT and sheet.title in ("单位", "党组织", "组织生活台账", "三单台账", "案例品牌")
]  # fmt: skip


def planted(tmp_path: Path, texts: list[str]) -> tuple[Path, set[tuple[str, str]]]:
    """The county with a text in a free cell each, far below its rows; the sheets and columns they stand in."""
    book = workbook()
    places = set()
    for at, (text, (title, header)) in enumerate(zip(texts, cycle(FREE), strict=False)):
        cell = book[title].cell(20 + at // len(FREE), column_of(title, header))
        cell.value = text
        places.add((title, header, cell.coordinate))
    book.save(tmp_path / "县.xlsx")
    return tmp_path / "县.xlsx", places


def cells(places: str) -> set[str]:
    found = set()
    for run in places.split("、"):
        first, _, last = run.partition(":")
        letters = first.rstrip("0123456789")
        numbers = [int(end[len(letters) :]) for end in (first, last or first)]
        found |= {f"{letters}{number}" for number in range(numbers[0], numbers[1] + 1)}
    return found


def test_every_disguised_number_is_refused_at_its_cell_and_never_repeated(tmp_path: Path) -> None:
    spellings = [spelling for _, spelling in disguised(Random(5))][:ROWS]
    assert len(spellings) >= 200
    path, places = planted(tmp_path, spellings)
    dataset, findings = read(path, CONTRACT)
    refused = {
        (f.place.sheet, f.place.column, cell)
        for f in findings
        if f.code == "V20"
        for cell in cells(f.place.cell)
    }
    assert dataset is None
    assert refused == places
    written = json.dumps([finding.as_json() for finding in findings], ensure_ascii=False)
    assert [spelling for spelling in spellings if spelling in written] == []
    assert gives_away("\n".join(f.message + f.hint for f in findings)) == ""


def test_ten_thousand_ordinary_cells_are_not_refused(tmp_path: Path) -> None:
    dice = Random(8)
    path, _ = planted(tmp_path, [ordinary(dice) for _ in range(10_000)])
    _, findings = read(path, CONTRACT)
    assert [f for f in findings if f.code in ("V20", "V21")] == []


@pytest.mark.parametrize(
    "header", ["联系方式", "薪资", "微信号", "开户行账号", "现居住地", "党费缴纳基数"]
)
def test_a_column_for_personal_data_is_refused_with_its_kind(tmp_path: Path, header: str) -> None:
    book = workbook()
    book["荣誉"]["K1"] = header
    book.save(tmp_path / "县.xlsx")
    _, findings = read(tmp_path / "县.xlsx", CONTRACT)
    assert [(f.place.sheet, f.place.cell) for f in findings if f.code == "V21"] == [("荣誉", "K1")]


def test_a_number_in_the_name_of_a_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    number = mobile(Random(1))
    workbook().save(tmp_path / f"张三{number}.xlsx")
    with pytest.raises(UnreadableFile, match="文件名里含有手机号") as caught:
        read(tmp_path / f"张三{number}.xlsx", CONTRACT)
    assert number not in str(caught.value)
    _, findings = read(tmp_path, CONTRACT)
    assert [(f.code, f.level) for f in findings][:1] == [("M07", "错误")]
    assert number not in str(findings)


def test_csv_is_held_to_the_same(tmp_path: Path) -> None:
    data = county()
    data["单位"][0]["简称"] = "110101\u300019900307\u30001233"
    _, findings = read(write_folder(tmp_path / "表", "utf-8", data), CONTRACT)
    assert [f.code for f in findings if f.level == "错误"] == ["V20"]
