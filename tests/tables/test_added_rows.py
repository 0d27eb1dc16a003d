"""A row that a sheet does not have yet is put in at its place, and every other byte stays."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from zhibi.data.writing.corrections.sheet_xml import with_cells, with_rows

DATA = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"


def part(content: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read(name)


@pytest.mark.parametrize("number", [15, 40])
def test_a_row_after_the_last_is_written_and_nothing_else_is(number):
    content = DATA.read_bytes()
    cells = {"撰写": {f"A{number}": "年度总结", f"C{number}": 2026, f"E{number}": "甲<b>&乙"}}
    made = with_cells(with_rows(content, "撰写", [number, number]), cells)

    before, after = (openpyxl.load_workbook(io.BytesIO(each))["撰写"] for each in (content, made))
    assert after.max_row == number
    assert [cell.value for cell in after[number]] == ["年度总结", None, 2026, None, "甲<b>&乙"]
    rows = range(1, before.max_row + 1)
    assert [[c.value for c in before[row]] for row in rows] == [
        [c.value for c in after[row]] for row in rows
    ]
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    changed = [name for name in names if part(content, name) != part(made, name)]
    assert changed == ["xl/worksheets/sheet16.xml"]


def test_a_row_that_is_there_stays_as_it_is():
    content = DATA.read_bytes()
    made = with_rows(content, "撰写", [3, 5])

    assert part(made, "xl/worksheets/sheet16.xml") == part(content, "xl/worksheets/sheet16.xml")


def test_a_row_goes_between_those_around_it_and_into_a_sheet_that_has_none():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "撰写"
    sheet["A2"], sheet["A9"] = "先", "后"
    book.create_sheet("空")
    pressed = io.BytesIO()
    book.save(pressed)
    made = with_cells(with_rows(pressed.getvalue(), "撰写", [5]), {"撰写": {"A5": "中"}})
    made = with_cells(with_rows(made, "空", [2]), {"空": {"B2": "乙"}})
    read = openpyxl.load_workbook(io.BytesIO(made))

    assert [read["撰写"][f"A{row}"].value for row in (2, 5, 9)] == ["先", "中", "后"]
    assert read["空"]["B2"].value == "乙"
