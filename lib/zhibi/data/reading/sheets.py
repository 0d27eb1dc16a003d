"""One sheet as it stands in the file -> a typed frame whose index is the origin of every row, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from gongwen.chinese.personal_data import gives_away, masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.checking.answers import Answer, Change
from zhibi.data.checking.faults import Faults
from zhibi.data.contract import Column, Kind, Sheet
from zhibi.data.dataset import ORIGIN
from zhibi.data.figures.origin import HEADERS, AsRead
from zhibi.data.reading.arrays import empty_column
from zhibi.data.reading.cells.parsed import Issue
from zhibi.data.reading.columns import TypedColumn, kind_of, read_column
from zhibi.data.reading.data_rows import data_rows, without_example, without_footers
from zhibi.data.reading.imported_rows import Origin, origins_in
from zhibi.data.reading.layout import Placement, place_columns
from zhibi.data.sources.grid import SWALLOWED, Grid, Raw, addresses, split_address, words

WHOLE_COLUMN = frozenset({0})  # rows that could not be read, when there is no column at all


@dataclass(frozen=True)
class SheetReading:
    """A frame; which rows of which column could not be read; findings.

    Where each column stands, and its letters.

    `origins` tells of rows that an import wrote, by their number, which file, sheet and row they came from.
    `changes` are the cells that say what they should, in another way than they should.
    """

    file: str
    frame: pd.DataFrame
    unread: Mapping[str, frozenset[int]]
    findings: tuple[Finding, ...]
    columns: Mapping[str, int]
    letters: Mapping[str, str]
    origins: Mapping[int, Origin] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


def absent(sheet: Sheet, file: str) -> SheetReading:
    """The reading of a sheet that is not there: no rows, and every column unread."""
    frame = origin_frame(
        file,
        sheet,
        np.empty(0, dtype=np.int64),
        {c.header: empty_column(c, 0) for c in sheet.columns},
    )
    return SheetReading(file, frame, dict.fromkeys(sheet.headers, WHOLE_COLUMN), (), {}, {})


def read_sheet(grid: Grid, sheet: Sheet) -> SheetReading:
    """All rows of a sheet, blank rows left out, and every fault of every cell."""
    if grid.merged:  # cells are marked below; what was laid out is shown to people as it was
        grid = replace(grid, rows=[*map(list, grid.rows)])
    placement = place_columns(grid, sheet)
    merged, changes = _swallow(grid, sheet, placement)
    if not placement.columns:
        reading = absent(sheet, grid.file)
        return replace(reading, findings=(*placement.findings, *merged))
    numbers, rows = data_rows(grid, sheet, placement)
    numbers, rows, example = without_example(grid, sheet, placement, numbers, rows)
    hidden = _hidden(grid, sheet, numbers)
    numbers, rows, footers = without_footers(grid, sheet, placement, numbers, rows)
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
            values, name = cells.get(at, ()), grid.column(at)
            read = read_column(values, column, textual=grid.textual)
            unread[column.header] = _faults_of(read, column, name, numbers, faults)
            columns[column.header] = read.array
            changes += _changes(read, values, column, name, numbers, sheet.title)
    columns |= _own_columns(grid, placement, cells)
    frame = origin_frame(grid.file, sheet, numbers, columns)
    findings = (*placement.findings, *merged, *example, *hidden, *footers, *faults.findings())
    names = {header: grid.column(at) for header, at in placement.columns.items()}
    positions = [
        placement.columns[header] for header in sheet.headers if header in placement.columns
    ]
    origins = origins_in(grid, positions, numbers, rows)
    return SheetReading(
        grid.file, frame, unread, findings, placement.columns, names, origins, tuple(changes)
    )


def _own_columns(
    grid: Grid, placement: Placement, cells: Mapping[int, Sequence[Raw]]
) -> dict[str, Any]:
    """Columns that somebody added, by what is in them; a cell that cannot be read is missing."""
    columns: dict[str, Any] = {}
    for header, at in placement.own.items():
        values = cells.get(at, ())
        if any(cell != "" for cell in values):
            column = Column(header, header, kind_of(header, values))
            columns[header] = read_column(values, column, textual=grid.textual).array
    return columns


def _faults_of(
    reading: TypedColumn, column: Column, name: str, numbers: Any, faults: Faults
) -> frozenset[int]:
    """Add the faults of a column; the numbers of the rows in which it could not be read."""
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
    return frozenset(int(numbers[position]) for position in reading.bad)


def _changes(
    reading: TypedColumn, values: Sequence[Raw], column: Column, name: str, numbers: Any, title: str
) -> list[Change]:
    """The cells of a column of which it is known what they should say."""
    return [
        Change(
            title,
            f"{name}{numbers[position]}",
            column.header,
            masked(words(values[position])),
            issue.answer,
        )
        for position, issue in reading.issues
        if issue.answer
    ]


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


def _swallow(
    grid: Grid, sheet: Sheet, placement: Placement
) -> tuple[tuple[Finding, ...], list[Change]]:
    """Report merged ranges of records, and mark the cells they hide so that these do not look blank."""
    findings: list[Finding] = []
    changes: list[Change] = []
    columns = {
        placement.columns[c.header]: c for c in sheet.columns if c.header in placement.columns
    }
    for area in grid.merged:
        first, last = (split_address(corner) for corner in area.split(":"))
        if last[0] <= placement.header:
            continue  # a title above the header
        column = columns.get(first[1]) if first[1] == last[1] else None
        answer = _spread(grid, first, column)
        place = Location(grid.file, grid.title, area)
        hint = f"请取消合并，每格都填“{answer}”。" if answer else "请取消合并，每格各填各的。"
        message = "是合并单元格，只有左上角有内容。"
        findings.append(Finding("V28", Level.ERROR, place, message, hint))
        if answer and column:
            change = Change(sheet.title, area, column.header, "合并单元格", answer, merged=area)
            changes.append(change)
        _mark_hidden_cells(grid, first, last)
    return tuple(findings), changes


def _spread(grid: Grid, first: tuple[int, int], column: Column | None) -> Answer | None:
    """What stands in every cell of a range merged within one column.

    A number would count several times.
    """
    if column is None or column.kind in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY):
        return None
    cell = grid.rows[first[0] - 1][first[1]] if first[0] <= len(grid.rows) else ""
    if not isinstance(cell, str) or not cell or gives_away(cell):
        return None
    return Answer(cell, "合并单元格拆开，每格都填原来的内容")


def _mark_hidden_cells(grid: Grid, first: tuple[int, int], last: tuple[int, int]) -> None:
    for row in range(first[0], min(last[0], len(grid.rows)) + 1):
        cells = grid.rows[row - 1]
        if cells.count("") == len(cells):
            continue
        for column in range(first[1], min(last[1], len(cells) - 1) + 1):
            if (row, column) != first and cells[column] == "":
                cells[column] = SWALLOWED


def _hidden(grid: Grid, sheet: Sheet, numbers: Any) -> tuple[Finding, ...]:
    """Say which records nobody sees, because a filter is on or a hand has hidden them.

    They count like any other.
    """
    rows = sorted(set(grid.hidden) & set(numbers.tolist()))
    if not rows:
        return ()
    place = Location(grid.file, sheet.title, addresses("A", rows))
    message = f"有{len(rows)}行隐藏着（筛选没有取消，或手工隐藏），也已读取、计入。"
    return (Finding("B22", Level.NOTE, place, message, "不该计入的请删去，不要只是隐藏。"),)


def examples_told_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with the example rows that stand in many sheets in one."""
    listed = tuple(findings)
    marked = [one for one in listed if one.code == "B08" and one.level is Level.NOTE]
    if len(marked) < 2:  # noqa: PLR2004
        return listed
    sheets = list(dict.fromkeys(one.place.sheet for one in marked))
    message = f"{'、'.join(sheets)}{len(sheets)}张表里留着模板的示例行，没有读取。"
    once = Finding("B08", Level.NOTE, Location(marked[0].place.file), message)
    return (*(one for one in listed if one not in marked), once)


def omissions_told_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with the optional columns that several sheets of a file lack in one.

    Where the file lacks sheets too, theirs is that finding: an older workbook lacks all of it.
    """
    listed = tuple(findings)
    lacking = [one for one in listed if _omits_columns(one)]
    files = {one.place.file for one in lacking}
    if len(lacking) < 2 or len(files) > 1:  # noqa: PLR2004
        return listed
    sheets = [one for one in listed if _omits_sheets(one) and one.place.file in files]
    parts = [one.message.removesuffix(_UNREPORTED) for one in sheets]
    parts += [f"“{one.place.sheet}”{one.message.removesuffix(_UNREPORTED)}" for one in lacking]
    merged = {id(one) for one in (*sheets, *lacking)}
    message = "；".join(parts) + _UNREPORTED
    code = "B01" if sheets else "B04"
    once = Finding(code, Level.NOTE, Location(lacking[0].place.file), message)
    return (*(one for one in listed if id(one) not in merged), once)


_UNREPORTED = "，报告中按“未填报”处理。"


def _omits_columns(one: Finding) -> bool:
    return one.code == "B04" and one.level is Level.NOTE and one.message.endswith(_UNREPORTED)


def _omits_sheets(one: Finding) -> bool:
    return one.code == "B01" and one.level is Level.NOTE and one.message.endswith(_UNREPORTED)
