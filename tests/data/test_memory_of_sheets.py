"""A workbook that is read again in a process that stays: what changed is read, the rest is as it was, and no fault is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import UnreadableFile
from zhibi.data.read import read
from zhibi.data.snapshot.memory import Memory

pytestmark = pytest.mark.slow
EXAMPLE = next((Path(__file__).parents[2] / "data").glob("示例县.xlsx"))


@pytest.fixture
def workbook(tmp_path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path / "县.xlsx"))


def change(workbook: Path, alter: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(workbook)
    alter(book)
    book.save(workbook)


def column(sheet: Any, header: str) -> int:
    return next(cell.column for cell in sheet[1] if str(cell.value).strip("*†") == header)


def compare(workbook: Path, memory: Memory) -> None:
    """What is remembered and what is read anew are the same in every way."""
    data, findings = read(workbook, CONTRACT, memory=memory)
    anew, found = read(workbook, CONTRACT)
    assert findings == found
    assert (data is None) == (anew is None)
    if data is None or anew is None:
        return
    assert data.sources == anew.sources
    assert dict(data.settings) == dict(anew.settings)
    for title, frame in anew.frames.items():
        assert data.frames[title].equals(frame)
        assert data.frames[title].index.equals(frame.index)


def test_the_same_workbook_again_and_again(workbook):
    memory = Memory()
    for _ in range(3):
        compare(workbook, memory)


ONE_CELL = (
    ("单位", "职工总数(人)", 777),
    ("党组织", "上级代码", "没有这个"),
    ("党员", "所属党组织", None),
    ("考核得分", "得分", -5),
)


def test_one_cell_changed_and_put_back(workbook):
    memory = Memory()
    before = workbook.read_bytes()
    for sheet, header, value in ONE_CELL:

        def alter(book: Any, sheet: str = sheet, header: str = header, value: Any = value) -> None:
            book[sheet].cell(5, column(book[sheet], header)).value = value

        change(workbook, alter)
        compare(workbook, memory)
        workbook.write_bytes(before)
    compare(workbook, memory)


def test_a_sheet_taken_away_a_row_added_and_a_merged_range(workbook):
    memory = Memory()
    change(workbook, lambda book: book["党员"].append(["M9999", "新来的"]))
    compare(workbook, memory)
    change(workbook, lambda book: book["单位"].merge_cells("B3:B4"))
    compare(workbook, memory)
    change(workbook, lambda book: book.remove(book["荣誉"]))
    compare(workbook, memory)


def test_another_workbook_of_the_same_name_and_a_broken_one(workbook, tmp_path):
    memory = Memory()
    compare(workbook, memory)
    other = tmp_path / "别处" / workbook.name
    other.parent.mkdir()
    shutil.copy(workbook, other)
    change(other, lambda book: book["单位"].delete_rows(4))
    compare(other, memory)
    compare(workbook, memory)
    whole = workbook.read_bytes()
    workbook.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFile):
        read(workbook, CONTRACT, memory=memory)
    workbook.write_bytes(whole)
    compare(workbook, memory)


def test_only_the_sheet_that_changed_is_laid_out_and_only_its_checks_are_asked(workbook):
    change(workbook, lambda _: None)
    memory = Memory()
    first, _ = read(workbook, CONTRACT, memory=memory)
    change(workbook, lambda book: book["案例品牌"].cell(3, 1, book["案例品牌"].cell(3, 1).value))
    again, _ = read(workbook, CONTRACT, memory=memory)
    assert first is not None
    assert again is not None
    assert all(again.frames[title] is frame for title, frame in first.frames.items())


def test_a_check_that_looks_at_all_sheets_or_only_at_settings_is_asked_when_they_change(workbook):
    seen = []

    def of_all(dataset):
        seen.append(len([len(frame) for frame in dataset.frames.values()]))
        return ()

    def of_settings(dataset):
        seen.append(str(dataset.settings["编制单位"].value))
        return ()

    contract = replace(CONTRACT, checks=(of_all, of_settings))
    memory = Memory()
    read(workbook, contract, memory=memory)
    read(workbook, contract, memory=memory)
    assert len(seen) == 2
    change(workbook, lambda book: book["单位"].cell(3, 2, "改了名的单位"))
    read(workbook, contract, memory=memory)
    assert len(seen) == 3
