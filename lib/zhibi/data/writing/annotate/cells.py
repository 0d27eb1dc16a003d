"""The XML of a sheet -> the same with other formats for some cells.

Cells and rows that are not there yet are added.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from itertools import product

from lxml import etree

from gongwen.findings import Level
from zhibi.data.sources.grid import letters, split_address
from zhibi.data.writing.annotate.package import drop, group_of, local, within

Address = tuple[int, int]  # row from 1, column from 0
_SMALL_AREA = 10_000


class AddressedCells:
    """The cells of one sheet by their addresses, whether they are written down or follow from their order."""

    def __init__(self, sheet: etree._Element) -> None:
        self._sheet = sheet
        self._data = group_of(sheet, "sheetData")
        self._rows = list(_numbered_rows(self._data))
        self._numbers = [number for number, _ in self._rows]

    def restyle(self, levels: Mapping[Address, Level], marked: Callable[[int, Level], int]) -> None:
        """Give cells another format, made from the number of the one they have and a level."""
        by_row: dict[int, dict[int, Level]] = {}
        for (row, column), level in levels.items():
            by_row.setdefault(row, {})[column] = level
        for number in sorted(by_row):
            self._restyle_row(number, by_row[number], marked)

    def _restyle_row(
        self, number: int, levels: Mapping[int, Level], marked: Callable[[int, Level], int]
    ) -> None:
        row = self._row(number)
        there = dict(_numbered_cells(row))
        for column, level in sorted(levels.items()):
            cell = there[column] if column in there else self._add_cell(row, number, column)
            cell.set("s", str(marked(_number(cell.get("s")), level)))

    def blank(self, address: Address) -> None:
        """Take out what a cell holds; its format stays."""
        row = self._at(address[0])
        for column, cell in _numbered_cells(row) if row is not None else ():
            if column == address[1]:
                empty(cell)

    def blank_below(self, address: Address) -> None:
        """Take out what all cells below hold."""
        for number, row in self._rows:
            for column, cell in _numbered_cells(row) if number > address[0] else ():
                if column == address[1]:
                    empty(cell)

    def first_of_merged(self, addresses: Mapping[Address, object]) -> dict[Address, Address]:
        """Those of the addresses that lie in a merged area, and the cell that shows in their place."""
        shown: dict[Address, Address] = {}
        for first, last in self._merged():
            for address in _inside(first, last, addresses):
                shown[address] = first
        return shown

    def _merged(self) -> Iterator[tuple[Address, Address]]:
        for area in self._sheet.iterfind(f"{within(self._sheet, 'mergeCells')}/*"):
            first, _, last = area.get("ref", "").partition(":")
            if last:
                yield split_address(first), split_address(last)

    def _at(self, number: int) -> etree._Element | None:
        place = bisect_left(self._numbers, number)
        return self._rows[place][1] if self._numbers[place : place + 1] == [number] else None

    def _row(self, number: int) -> etree._Element:
        found = self._at(number)
        if found is not None:
            return found
        row = etree.Element(within(self._data, "row"), {"r": str(number)})
        place = bisect_left(self._numbers, number)
        if place < len(self._rows):
            following, after = self._rows[place]
            after.set("r", str(following))
            after.addprevious(row)
        else:
            self._data.append(row)
        self._rows.insert(place, (number, row))
        self._numbers.insert(place, number)
        return row

    def _add_cell(self, row: etree._Element, number: int, column: int) -> etree._Element:
        made = etree.Element(within(self._data, "c"), {"r": f"{letters(column)}{number}"})
        made.set("s", str(self._style_of_empty(row, column)))
        for at, cell in _numbered_cells(row):
            if at > column:
                cell.set("r", f"{letters(at)}{number}")
                cell.addprevious(made)
                return made
        row.append(made)
        return made

    def _style_of_empty(self, row: etree._Element, column: int) -> int:
        if row.get("customFormat") in {"1", "true"}:
            return _number(row.get("s"))
        for each in self._sheet.iterfind(f"{within(self._sheet, 'cols')}/*"):
            if local(each) == "col" and _number(each.get("min")) <= column + 1 <= _number(
                each.get("max")
            ):
                return _number(each.get("style"))
        return 0


def all_cells(sheet: etree._Element) -> Iterator[etree._Element]:
    """Every cell that is written down."""
    for row in group_of(sheet, "sheetData"):
        yield from (cell for cell in row if local(cell) == "c")


def empty(cell: etree._Element) -> None:
    """Take out what a cell holds."""
    drop(cell, "t")
    for child in list(cell):
        cell.remove(child)


def _numbered_rows(data: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    number = 0
    for row in data:
        if local(row) == "row":
            number = _number(row.get("r")) or number + 1
            yield number, row


def _numbered_cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = -1
    for cell in row:
        if local(cell) == "c":
            address = cell.get("r")
            column = split_address(address)[1] if address else column + 1
            yield column, cell


def _inside(first: Address, last: Address, addresses: Mapping[Address, object]) -> list[Address]:
    (top, left), (bottom, right) = first, last
    area = (bottom - top + 1) * (right - left + 1)
    if area <= min(_SMALL_AREA, len(addresses)):
        every = product(range(top, bottom + 1), range(left, right + 1))
        return [address for address in every if address in addresses]
    return [
        (row, column)
        for row, column in addresses
        if top <= row <= bottom and left <= column <= right
    ]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
