"""A workbook -> the same workbook with every cell put right of which it is known what it should say, and the list of them.

What a person must decide stays as it is. Only those cells are written anew (`sheet_xml`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from gongwen.findings import Finding
from zhibi.data.checking.answers import AnswerValue, Change
from zhibi.data.contract import Contract
from zhibi.data.read import examine
from zhibi.data.sources.container import open_package
from zhibi.data.sources.grid import addresses, letters, plain, split_address
from zhibi.data.writing.corrections.sheet_xml import CellValue, formula_cells, with_cells

_ROUNDS = (
    4  # what is put right may let something else be known, as a range taken apart names of codes
)


@dataclass(frozen=True)
class Corrected:
    """The new bytes, the cells that were put right in order, and what is still to be said of the workbook."""

    content: bytes
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def corrected(path: Path, contract: Contract) -> Corrected:
    """Put right what has one answer; raises UnreadableFile.

    A formula stays a formula, whatever comes of it.
    """
    content = open_package(path).data
    formulas = formula_cells(content)
    done: list[Change] = []
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / path.name
        draft.write_bytes(content)
        examination = examine(draft, contract)
        for _ in range(_ROUNDS):
            changes = [
                change
                for change in examination.changes
                if change not in done and change.cell not in formulas[plain(change.sheet)]
            ]
            if not changes:
                break
            done += changes
            content = with_changes(content, changes)
            draft.write_bytes(content)
            examination = examine(draft, contract)
    return Corrected(content, tuple(done), examination.findings)


def with_changes(content: bytes, changes: Iterable[Change]) -> bytes:
    """The workbook with these changes."""
    cells: dict[str, dict[str, CellValue]] = {}
    merged: dict[str, list[str]] = {}
    for change in changes:
        if change.merged:
            merged.setdefault(change.sheet, []).append(change.merged)
        for cell in _cells_of(change):
            cells.setdefault(change.sheet, {})[cell] = _typed(change.answer.value)
    return with_cells(content, cells, merged)


def _cells_of(change: Change) -> Iterator[str]:
    """The cells a change writes: its own, or all but the first of a range."""
    if not change.merged:
        yield change.cell
        return
    (top, left), (bottom, right) = (split_address(corner) for corner in change.merged.split(":"))
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) != (top, left):
                yield f"{letters(column)}{row}"


def _typed(value: AnswerValue) -> CellValue:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


@dataclass(frozen=True)
class EqualChanges:
    """Equal changes of a column: their cells, what stood there, what stands there now, by which rule."""

    sheet: str
    column: str
    cells: tuple[str, ...]
    before: str
    after: str
    rule: str

    def __str__(self) -> str:
        """One line for a person."""
        place = f"工作表“{self.sheet}” {'、'.join(runs_of_cells(self.cells))} “{self.column}”列"
        return f"{place}：“{self.before}”改为“{self.after}”（{self.rule}）"


def runs_of_cells(cells: Iterable[str]) -> list[str]:
    """Cells of one column in Excel's own writing; a range stays what it is."""
    listed_cells = list(cells)
    if any(":" in cell for cell in listed_cells):
        return listed_cells
    rows: dict[str, list[int]] = {}
    for cell in listed_cells:
        row, column = split_address(cell)
        rows.setdefault(letters(column), []).append(row)
    return [addresses(column, numbers) for column, numbers in rows.items()]


def listed(changes: Iterable[Change]) -> tuple[EqualChanges, ...]:
    """The changes with equal ones of a column together."""
    groups: dict[tuple[str, str, str, str, str], list[str]] = {}
    for one in changes:
        key = (one.sheet, one.column, one.before, str(one.answer), one.answer.rule)
        groups.setdefault(key, []).append(one.cell)
    return tuple(
        EqualChanges(sheet, column, tuple(cells), before, after, rule)
        for (sheet, column, before, after, rule), cells in groups.items()
    )
