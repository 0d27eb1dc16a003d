"""A grid nobody made a contract for -> a typed frame whose index is the origin of every row, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from gongwen.chinese.personal_data import gives_away, masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.checking.faults import Faults
from zhibi.data.contract import Column, Sheet
from zhibi.data.reading.cells.parsed import Issue
from zhibi.data.reading.columns import kind_of, read_column
from zhibi.data.reading.data_rows import footer
from zhibi.data.reading.layout import forbids
from zhibi.data.reading.sheets import origin_frame
from zhibi.data.sources.grid import Grid, Raw, addresses, plain, split_address, words

_LOOKED_AT = 15  # rows in which the header is looked for
_ENOUGH = 0.6  # of the cells of the widest of these rows
_PERSONAL = (
    0.5  # of the cells of a column: then the column itself collects what must not be collected
)
_REMEDY = "请从这张表里删除；不收集这些信息。"


@dataclass(frozen=True)
class AnyTable:
    """The rows of a sheet, the columns they were read by, and what was left out or must be put right."""

    sheet: Sheet
    frame: pd.DataFrame
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Head:
    """The name of each column, and the position of the first row below."""

    names: tuple[str, ...]
    below: int


def read_any(grid: Grid, header: int | None = None) -> AnyTable:
    """Every record of a sheet.

    The header row is `header` (as Excel counts), or the one that looks like it.
    """
    head = _head(grid, header - 1 if header else _header_row(grid.rows))
    filled = _filled_down(grid, head.below)
    positions, footers = _records(filled, head.below)
    numbers = np.asarray([grid.number(at) for at in positions], dtype=np.int64)
    faults = Faults(grid.file, grid.title)
    findings = _footers_told(grid, footers)
    columns: list[Column] = []
    arrays: dict[str, Any] = {}
    for position, name in enumerate(head.names):
        values = [filled[at][position] for at in positions]
        if not name and all(cell == "" for cell in values):
            continue
        header_cell = f"{grid.column(position)}{grid.number(head.below - 1)}"
        if forbids(name) or _collects_personal(values):
            place = Location(grid.file, masked(grid.title), header_cell, masked(name)[:20])
            findings.append(Finding("V21", Level.NOTE, place, "这一列涉及个人信息，没有读取。"))
            continue
        column = _column(name or f"{grid.column(position)}列", values, arrays)
        columns.append(column)
        arrays[column.header] = _read(
            values, column, grid.column(position), numbers, faults, textual=grid.textual
        )
    sheet = Sheet(grid.title, grid.title, tuple(columns), ())
    frame = origin_frame(grid.file, sheet, numbers, arrays)
    return AnyTable(sheet, frame, (*findings, *faults.findings()))


def _header_row(rows: Sequence[Sequence[Raw]]) -> int:
    """The first row with about as many different words as any near the top."""
    widths = [len(_words_in(row)) for row in rows[:_LOOKED_AT]]
    enough = max(2, max(widths, default=0) * _ENOUGH)
    return next((at for at, width in enumerate(widths) if width >= enough), 0)


def _words_in(row: Iterable[Raw]) -> set[str]:
    return {plain(cell) for cell in row if isinstance(cell, str) and cell}


def _head(grid: Grid, at: int) -> _Head:
    """The header row; where cells of it stand over several columns, joined with the row below."""
    top = (
        [words(cell).strip().replace("\n", "") for cell in grid.rows[at]]
        if at < len(grid.rows)
        else []
    )
    groups = _groups(grid, at)
    below = grid.rows[at + 1] if at + 1 < len(grid.rows) else []
    if not groups or not all(
        isinstance(below[position], str) and below[position] for position in groups
    ):
        return _Head(tuple(top), at + 1)
    parts = {
        position: f"{group}-{words(below[position]).strip()}" for position, group in groups.items()
    }
    return _Head(tuple(parts.get(position, name) for position, name in enumerate(top)), at + 2)


def _groups(grid: Grid, at: int) -> Mapping[int, str]:
    """Position -> the word of the merged header cell that stands over it and its neighbours."""
    titles: dict[int, str] = {}
    for area in grid.merged:
        (top, left), (bottom, right) = (split_address(corner) for corner in area.split(":"))
        if top == bottom == at + 1 and right > left:
            word = words(grid.rows[at][left]).strip()
            titles.update(dict.fromkeys(range(left, min(right + 1, len(grid.rows[at]))), word))
    return titles


def _filled_down(grid: Grid, below: int) -> list[list[Raw]]:
    """The rows with a word that stands in merged cells of one column written into each of its rows.

    A number is not repeated: it would be counted twice.
    """
    rows = [list(row) for row in grid.rows]
    for area in grid.merged:
        (top, left), (bottom, right) = (split_address(corner) for corner in area.split(":"))
        cell = rows[top - 1][left] if top <= len(rows) and left < len(rows[top - 1]) else ""
        if left == right and top > below and isinstance(cell, str):
            for row in rows[top : min(bottom, len(rows))]:
                row[left] = cell
    return rows


def _records(rows: Sequence[Sequence[Raw]], below: int) -> tuple[list[int], dict[int, str]]:
    """The positions of the records, and what each other row is that holds anything."""
    positions: list[int] = []
    footers: dict[int, str] = {}
    for at, row in enumerate(rows[below:], below):
        if all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in row):
            continue
        kind = footer(row)
        if kind:
            footers[at] = kind
        else:
            positions.append(at)
    return positions, footers


def _footers_told(grid: Grid, footers: Mapping[int, str]) -> list[Finding]:
    by_kind: dict[str, list[int]] = {}
    for at, kind in footers.items():
        by_kind.setdefault(kind, []).append(grid.number(at))
    return [
        Finding(
            "B19",
            Level.NOTE,
            Location(grid.file, masked(grid.title), addresses("A", rows)),
            f"是{kind}，没有读取。",
        )
        for kind, rows in by_kind.items()
    ]


def _collects_personal(values: Sequence[Raw]) -> bool:
    filled = [cell for cell in values if cell != ""]
    return bool(filled) and sum(
        bool(gives_away(words(cell))) for cell in filled
    ) >= _PERSONAL * len(filled)


def _column(name: str, values: Sequence[Raw], taken: Mapping[str, Any]) -> Column:
    """A column named so that none has its name yet, of the kind all its cells have."""
    alike = Counter(header.partition("（")[0] for header in taken)[name]
    header = f"{name}（{alike + 1}）" if name in taken else name
    return Column(header, header, kind_of(name, values))


def _read(
    values: Sequence[Raw], column: Column, name: str, numbers: Any, faults: Faults, *, textual: bool
) -> Any:
    """The typed array. A cell that cannot be read is missing, and told.

    One that gives away a person is refused.
    """
    reading = read_column(values, column, textual=textual)
    for position, issue in reading.issues:
        if issue.level is not Level.NOTE and issue.code != "V01":
            faults.add(name, column.header, int(numbers[position]), _softened(issue))
    return reading.array


def _softened(issue: Issue) -> Issue:
    if issue.code == "V20":
        return replace(issue, hint=_REMEDY)
    return replace(issue, level=Level.WARNING, hint="按未填报处理；要用这一格请先改正。")
