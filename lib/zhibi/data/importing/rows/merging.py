"""Blocks of one sheet -> its rows, each key once.

What a later file says of a row replaces what stood there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongwen.chinese.personal_data import masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Contract, Sheet
from zhibi.data.importing.rows.blocks import Block

_MOST = 20


@dataclass
class Rows:
    """Columns by header, and file, sheet and row of each row.

    No file where the row is the workbook's own.
    """

    columns: dict[str, list[Any]]
    origins: list[tuple[str, str, int]] = field(default_factory=list)
    kept: int = 0  # rows that were there before and that this import did not name

    def __len__(self) -> int:
        return len(self.origins)


def merged(
    contract: Contract, blocks: Sequence[Block], extra: Sequence[Block]
) -> tuple[Mapping[str, Rows], list[Finding]]:
    """The rows of every sheet."""
    rows: dict[str, Rows] = {}
    findings: list[Finding] = []
    for sheet in contract.sheets:
        own = [block for block in (*blocks, *extra) if block.sheet.title == sheet.title]
        rows[sheet.title], conflicts = _one(sheet, own)
        findings += conflicts
    return rows, findings


def _one(sheet: Sheet, blocks: Sequence[Block]) -> tuple[Rows, list[Finding]]:
    rows = Rows({header: [] for header in sheet.headers})
    places: dict[tuple[Any, ...], int] = {}
    old: set[int] = set()
    twice: list[tuple[Block, int, int]] = []
    for block in blocks:
        cells = [block.cells(header) for header in sheet.headers]
        keys = zip(*(block.cells(header) for header in sheet.primary_key), strict=True)
        for at, key in enumerate(keys):
            there = places.get(key) if key[0] is not None else None
            if there is None:
                _append(rows, cells, at, block)
                places[key] = len(rows) - 1
                if block.existing:
                    old.add(len(rows) - 1)
            elif there in old:
                _update(rows, there, cells, at, block)
                old.discard(there)
            elif _differs(rows, there, cells, at):
                twice.append((block, at, there))
    rows.kept = len(old)
    return rows, [*_doubled(sheet, rows, twice), *_left(sheet, rows, blocks)]


def _append(rows: Rows, cells: Sequence[list[Any]], at: int, block: Block) -> None:
    for column, own in zip(rows.columns.values(), cells, strict=True):
        column.append(own[at])
    rows.origins.append((block.files[at], block.sheets[at], block.numbers[at]))


def _update(rows: Rows, there: int, cells: Sequence[list[Any]], at: int, block: Block) -> None:
    for column, own in zip(rows.columns.values(), cells, strict=True):
        if own[at] is not None:
            column[there] = own[at]
    rows.origins[there] = (block.files[at], block.sheets[at], block.numbers[at])


def _differs(rows: Rows, there: int, cells: Sequence[list[Any]], at: int) -> bool:
    pairs = (
        (column[there], own[at]) for column, own in zip(rows.columns.values(), cells, strict=True)
    )
    return any(before != now for before, now in pairs if before is not None and now is not None)


def _doubled(
    sheet: Sheet, rows: Rows, twice: Sequence[tuple[Block, int, int]]
) -> Iterable[Finding]:
    for block, at, there in twice[:_MOST]:
        file, name, row = rows.origins[there]
        place = Location(block.files[at], masked(block.sheets[at]), str(block.numbers[at]))
        message = f"与{file}“{masked(name)}”第{row}行是“{sheet.title}”的同一行，内容不同。"
        yield Finding("M05", Level.ERROR, place, message, "请核实以哪个为准，把两处改成一致。")
    if len(twice) > _MOST:
        message = f"“{sheet.title}”还有{len(twice) - _MOST}行与别处是同一行而内容不同。"
        yield Finding("M05", Level.ERROR, Location(), message)


def _left(sheet: Sheet, rows: Rows, blocks: Sequence[Block]) -> Iterable[Finding]:
    """Rows that were there before and that the new files do not name."""
    renewed = any(not block.existing for block in blocks)
    if rows.kept and renewed:
        message = f"“{sheet.title}”原有的{rows.kept}行，这次的表里没有，仍然留着。"
        hint = "已经离开、撤销的，请在工作簿里注明。"
        yield Finding("M28", Level.WARNING, Location(), message, hint)
