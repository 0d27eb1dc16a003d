"""One sheet as it stands in the file -> a typed frame whose index is the origin of every row, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from gongwen.findings import Finding, Level, Location
from zhibi.data.checking.faults import Faults
from zhibi.data.contract import Column, Sheet
from zhibi.data.dataset import ORIGIN
from zhibi.data.origin import HEADERS, AsRead
from zhibi.data.reading.cells import Issue
from zhibi.data.reading.columns import empty_column, read_column
from zhibi.data.reading.imported_rows import Origin, origins_in
from zhibi.data.reading.layout import Placement, place_columns
from zhibi.data.sources.grid import SWALLOWED, Grid, Raw, split_address, words

EXAMPLE_MARK = "【示例】"  # stands before the first cell of the template's example row
WHOLE_COLUMN = frozenset({0})  # rows that could not be read, when there is no column at all


@dataclass(frozen=True)
class SheetReading:
    """A frame; which rows of which column could not be read; findings; where each column stands, and its letters.

    `origins` tells of rows that an import wrote, by their number, which file, sheet and row they came from.
    """

    file: str
    frame: pd.DataFrame
    unread: Mapping[str, frozenset[int]]
    findings: tuple[Finding, ...]
    columns: Mapping[str, int]
    letters: Mapping[str, str]
    origins: Mapping[int, Origin] = field(default_factory=dict)


def absent(sheet: Sheet, file: str) -> SheetReading:
    """The reading of a sheet that is not there: no rows, and every column unread, save where it may be missing."""
    frame = origin_frame(
        file,
        sheet,
        np.empty(0, dtype=np.int64),
        {c.header: empty_column(c, 0) for c in sheet.columns},
    )
    unread = dict.fromkeys(sheet.headers, WHOLE_COLUMN) if sheet.required else {}
    return SheetReading(file, frame, unread, (), {}, {})


def read_sheet(grid: Grid, sheet: Sheet) -> SheetReading:
    """All rows of a sheet, blank rows left out, and every fault of every cell."""
    merged = _swallow(grid)
    placement = place_columns(grid, sheet)
    if not placement.columns:
        reading = absent(sheet, grid.file)
        return replace(reading, findings=(*placement.findings, *merged))
    numbers, rows = _data_rows(grid, sheet, placement)
    numbers, rows, example = _without_example(grid, sheet, placement, numbers, rows)
    faults = Faults(grid.file, sheet.title)
    columns: dict[str, Any] = {}
    unread: dict[str, frozenset[int]] = {}
    cells = dict(enumerate(zip(*rows, strict=True))) if rows else {}
    for column in sheet.columns:
        at = placement.columns.get(column.header)
        if at is None:
            columns[column.header] = empty_column(column, len(rows))
            unread[column.header] = WHOLE_COLUMN
        else:
            array, bad = _one_column(
                cells.get(at, ()), column, grid.column(at), numbers, faults, textual=grid.textual
            )
            columns[column.header] = array
            unread[column.header] = bad
    frame = origin_frame(grid.file, sheet, numbers, columns)
    findings = (*placement.findings, *merged, *example, *faults.findings())
    names = {header: grid.column(at) for header, at in placement.columns.items()}
    positions = [
        placement.columns[header] for header in sheet.headers if header in placement.columns
    ]
    origins = origins_in(grid, positions, numbers, rows)
    return SheetReading(grid.file, frame, unread, findings, placement.columns, names, origins)


def _one_column(
    values: Sequence[Raw], column: Column, name: str, numbers: Any, faults: Faults, *, textual: bool
) -> tuple[Any, frozenset[int]]:
    reading = read_column(values, column, textual=textual)
    for position, issue in reading.issues:
        faults.add(name, column.header, int(numbers[position]), issue)
    if column.required and reading.blank.any():
        missing = Issue(
            "B09",
            Level.ERROR,
            "必填，没有填",
            "必填，没有填",
            column.note and f"要求：{column.note}。",
        )
        for blank in np.flatnonzero(reading.blank):
            if int(blank) not in reading.bad:
                faults.add(name, column.header, int(numbers[blank]), missing)
    return reading.array, frozenset(int(numbers[position]) for position in reading.bad)


def origin_frame(file: str, sheet: Sheet, numbers: Any, columns: dict[str, Any]) -> pd.DataFrame:
    """A frame of these columns, its rows numbered as in the file."""
    zeros: Any = np.zeros(len(numbers), dtype=np.int8)
    places: Any = np.arange(len(numbers))
    index = pd.MultiIndex(
        levels=[[file], [sheet.title], pd.Index(numbers, dtype="int64")],
        codes=[zeros, zeros, places],
        names=ORIGIN,
        verify_integrity=False,
    )
    frame = pd.DataFrame(columns, index=index, copy=False)
    frame.attrs[HEADERS] = AsRead(
        frame, file, sheet.title
    )  # what a notebook adds or alters gives no figures
    return frame


def _swallow(grid: Grid) -> tuple[Finding, ...]:
    """Report merged ranges, and mark the cells they hide so that these do not look blank."""
    findings = []
    for area in grid.merged:
        first, last = (split_address(corner) for corner in area.split(":"))
        place = Location(grid.file, grid.title, area)
        findings.append(
            Finding(
                "V28",
                Level.ERROR,
                place,
                "是合并单元格，只有左上角有内容。",
                "请取消合并，每格各填各的。",
            )
        )
        for row in range(first[0], min(last[0], len(grid.rows)) + 1):
            cells = grid.rows[row - 1]
            if cells.count("") == len(cells):
                continue
            for column in range(first[1], min(last[1], len(cells) - 1) + 1):
                if (row, column) != first and cells[column] == "":
                    cells[column] = SWALLOWED
    return tuple(findings)


def _data_rows(grid: Grid, sheet: Sheet, placement: Placement) -> tuple[Any, list[list[Raw]]]:
    """Rows below the header that hold anything in a column of the contract, with their Excel numbers."""
    width = len(grid.rows[0])
    start = 2 if len(grid.rows) > 1 and _is_identifier_row(grid.rows[1], sheet, placement) else 1
    first = placement.columns.get(sheet.primary_key[0], 0)
    kept = [
        at
        for at, row in enumerate(grid.rows[start:], start)
        if row.count("") != width
        and (_filled(row[first]) or any(_filled(row[c]) for c in placement.columns.values()))
    ]
    numbers = (
        [grid.numbers[at] for at in kept] if grid.numbers else np.asarray(kept, dtype=np.int64) + 1
    )
    return np.asarray(numbers, dtype=np.int64), [grid.rows[at] for at in kept]


def _filled(cell: Raw) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


def _is_identifier_row(row: Sequence[Raw], sheet: Sheet, placement: Placement) -> bool:
    hits = sum(
        row[placement.columns[c.header]] == c.key
        for c in sheet.columns
        if c.header in placement.columns
    )
    return hits >= max(1, len(placement.columns) // 2)


def _without_example(
    grid: Grid, sheet: Sheet, placement: Placement, numbers: Any, rows: list[list[Raw]]
) -> tuple[Any, list[list[Raw]], tuple[Finding, ...]]:
    """Leave out the template's example row; where somebody wrote into it, say so and stop.

    Untouched it can mislead nobody. Written over, with the mark still standing, it may be a real row, which must not
    vanish in silence.
    """
    first = placement.columns.get(sheet.columns[0].header, 0)
    marked = {at for at, row in enumerate(rows) if _is_marked(row[first])}
    findings = []
    for position in sorted(marked):
        row = rows[position]
        place = Location(grid.file, sheet.title, f"A{numbers[position]}")
        if _untouched(row, sheet, placement):
            findings.append(Finding("B08", Level.NOTE, place, "是模板的示例行，没有读取。"))
        else:
            message = f"这一行带有“{EXAMPLE_MARK}”字样，内容却改过，不知道是不是真实数据。"
            hint = f"真实数据请删去“{EXAMPLE_MARK}”四字，示例请整行删除。"
            findings.append(Finding("B08", Level.ERROR, place, message, hint))
    if not marked:
        return numbers, rows, ()
    kept = [position for position in range(len(rows)) if position not in marked]
    return numbers[kept], [rows[position] for position in kept], tuple(findings)


def _is_marked(cell: Raw) -> bool:
    return isinstance(cell, str) and cell.startswith(EXAMPLE_MARK)


def example_cells(sheet: Sheet) -> dict[str, str]:
    """The example row by header, its first cell marked."""
    first, *rest = sheet.columns
    return {first.header: EXAMPLE_MARK + first.example} | {
        column.header: column.example for column in rest
    }


def _untouched(row: Sequence[Raw], sheet: Sheet, placement: Placement) -> bool:
    expected = example_cells(sheet)
    return all(
        words(row[at]).strip() == expected[header] for header, at in placement.columns.items()
    )
