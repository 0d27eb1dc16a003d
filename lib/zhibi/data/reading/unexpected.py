"""Sheets and columns nobody asked for -> personal data hidden in them.

They are not read, but they would travel along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongwen.chinese.personal_data import HEADERS_REMEDY, gives_away, masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.checking.faults import Faults
from zhibi.data.reading.cells.parsed import Issue
from zhibi.data.reading.layout import OWN_SHEETS, Matched, forbids
from zhibi.data.reading.sheets import SheetReading
from zhibi.data.sources.grid import Grid, Raw, letters, words

FEWEST, MOST = 1e10, 1e19  # a mobile number, a bank card
_REMEDY = "请删除；工作簿不收集这些信息。"


def private_cells(matched: Matched, readings: Mapping[str, SheetReading]) -> Iterable[Finding]:
    """V20 in header rows, extra columns and extra sheets, V21 in extra sheets."""
    for title, grid in matched.grids.items():
        reading = readings.get(title)
        taken = set(reading.columns.values()) if reading else {0, 1}
        yield from _scan(grid, title, taken, skip_head=reading is None)
    for grid in matched.others:
        if grid.title in OWN_SHEETS:
            continue
        yield from _scan(grid, masked(grid.title), set(), skip_head=False)
        for at, cell in enumerate(grid.rows[0] if grid.rows else ()):
            if isinstance(cell, str) and forbids(cell):
                place = Location(
                    grid.file, masked(grid.title), f"{letters(at)}1", masked(cell)[:20]
                )
                yield Finding(
                    "V21",
                    Level.ERROR,
                    place,
                    "工作簿不得有这样的列。",
                    HEADERS_REMEDY,
                )


def _scan(grid: Grid, title: str, taken: set[int], *, skip_head: bool) -> tuple[Finding, ...]:
    """Cells outside the `taken` columns; of those only the header (unless it has no header row)."""
    faults = Faults(grid.file, title)
    width = len(grid.rows[0]) if grid.rows else 0
    free = [at for at in range(width) if at not in taken]
    known: dict[Raw, str] = {}
    for number, row in enumerate(grid.rows):
        if number and not free:
            break
        for at in range(width) if number == 0 and not skip_head else free:
            cell = row[at]
            kind = known.get(cell)
            if kind is None:
                kind = known[cell] = _gives_away(cell)
            if kind:
                message = f"疑似含有{kind}（内容不显示）"
                faults.add(
                    grid.column(at),
                    "",
                    grid.number(number),
                    Issue("V20", Level.ERROR, message, message, _REMEDY),
                )
    return faults.findings()


def _gives_away(cell: Raw) -> str:
    if isinstance(cell, str):
        return gives_away(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and FEWEST <= cell < MOST:
        return gives_away(words(cell))
    return ""
