"""Sheets of a source as they stand in the file -> small tables of a few rows with some cells marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from gongwen.chinese.personal_data import gives_away
from zhibi.data.contract import Contract
from zhibi.data.reading.layout import forbids
from zhibi.data.snapshot.memory import Memory
from zhibi.data.sources.folder import has_csv, read_folder
from zhibi.data.sources.grid import Book, Grid, letters, plain
from zhibi.data.sources.workbooks import read_workbooks
from zhibi.data.sources.xlsx import read_xlsx
from zhibi.workspace.address import is_address

HIDDEN = "（已隐去）"  # what gives away a person is not shown again
MOST_ROWS = 60
LONGEST = 40  # characters of a cell
HEAD_WITHIN = 8  # rows in which the header is looked for


def books(place: Path | str, memory: Memory | None = None) -> tuple[Book, ...]:
    """Every workbook of a source; none of a database.

    With the `memory` of a reading of the same workbook its sheets are not laid out again.
    """
    if is_address(place):
        return ()
    path = Path(place)
    if not path.is_dir():
        return ((memory.workbook(path) if memory else read_xlsx(path))[0],)
    return (read_folder(path)[0],) if has_csv(path) else read_workbooks(path)[0]


def grid_of(found: Iterable[Book], file: str, sheet: str) -> Grid | None:
    """The sheet of a file by its title."""
    every = chain.from_iterable(book.grids for book in found)
    grids = [grid for grid in every if plain(grid.title) == plain(sheet)]
    return next((grid for grid in grids if grid.file == file), grids[0] if grids else None)


def head_row(grid: Grid, contract: Contract) -> int:
    """The number of the header row, counted from 1.

    The one that holds most of the sheet's headers.
    """
    sheet = next((each for each in contract.sheets if plain(each.title) == plain(grid.title)), None)
    if sheet is None:
        return 1
    headers = {plain(column.header) for column in sheet.columns}

    def hits(row: Iterable[Any]) -> int:
        return sum(plain(str(cell)) in headers for cell in row)

    counts = list(map(hits, grid.rows[:HEAD_WITHIN]))
    most = max(counts, default=0)
    return counts.index(most) + 1 if most else 1


def _holds_anything(rows: Iterable[list[Any]], column: int) -> bool:
    return any(_cell(row, column) for row in rows)


def excerpt(
    grid: Grid, head: int, wanted: Iterable[int], marked: Mapping[int, set[int]]
) -> dict[str, Any]:
    """The rows of these numbers under their header; `marked` are columns from 0 by row.

    Blank columns are left out.
    """
    numbers = sorted(set(wanted))
    shown = [number for number in numbers if 0 < number <= len(grid.rows)][:MOST_ROWS]
    first: list[Any] = list(grid.rows[head - 1]) if len(grid.rows) >= head else []
    printed = [first, *(grid.rows[number - 1] for number in shown)]
    wide = max(map(len, printed))
    important = set().union(*marked.values())
    filled = [
        column for column in range(wide) if column in important or _holds_anything(printed, column)
    ]
    private = {column for column in filled if forbids(_cell(first, column))}
    return {
        "sheet": grid.title,
        "columns": [
            {"letter": letters(column), "header": _cell(first, column)} for column in filled
        ],
        "rows": [
            _row(grid, number, filled, marked.get(number, set()), private) for number in shown
        ],
        "left": len(numbers) - len(shown),
    }


def column_of(grid: Grid, head: int, header: str) -> int | None:
    """The place of a column from 0 by its header."""
    first = grid.rows[head - 1] if len(grid.rows) >= head else []
    places = [at for at, cell in enumerate(first) if plain(str(cell)) == plain(header)]
    return places[0] if places else None


def _row(
    grid: Grid, number: int, columns: list[int], marked: set[int], private: set[int]
) -> dict[str, Any]:
    cells = grid.rows[number - 1]
    return {
        "number": number,
        "cells": [
            {
                "text": HIDDEN if column in private else _cell(cells, column),
                "marked": column in marked,
            }
            for column in columns
        ],
    }


def _cell(cells: list[Any], column: int) -> str:
    value = cells[column] if column < len(cells) else ""
    text = _text(value)
    if gives_away(text):
        return HIDDEN
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _text(value: Any) -> str:
    match value:
        case datetime():
            return (
                value.date().isoformat()
                if value.time() == datetime.min.time()
                else value.isoformat(" ")
            )
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case bool():
            return "是" if value else "否"
        case _:
            return str(value)
