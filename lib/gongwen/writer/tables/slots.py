"""Rows of cells -> the grid columns that each of them covers, merged cells included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from gongwen.document import Cell, plain


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a row: a cell, or where a cell of a row above continues (cell None)."""

    cell: Cell | None
    columns: int
    starts: bool = False  # a cell that continues in the row below
    text: str = ""  # the words of the cell

    @property
    def rows(self) -> int:
        """How many rows the cell reaches over."""
        return self.cell.rows if self.cell and self.starts else 1


def slots(rows: Sequence[Sequence[Cell]], width: int) -> list[list[Slot]]:
    """Every row as slots that together cover `width` grid columns.

    What rows leave out is filled with empty cells.

    Cells marked as covered (0 columns or 0 rows) are dropped: spans alone say what is covered.
    """
    below = [(0, 0)] * width  # by first column: rows still covered, columns covered
    made = []
    for index, row in enumerate(rows):
        cells = (cell for cell in row if cell.columns and cell.rows)
        line: list[Slot] = []
        column = 0
        while column < width:
            left, span = below[column]
            if left:
                line.append(Slot(None, span))
                below[column] = (left - 1, span)
            else:
                cell = next(cells, Cell(()))
                span = 1 if cell.columns == 1 else max(1, min(cell.columns, _free(below, column)))
                tall = min(cell.rows, len(rows) - index)
                line.append(Slot(cell, span, tall > 1, plain(cell.line)))
                below[column] = (tall - 1, span)
            column += span
        made.append(line)
    return made


def _free(below: Sequence[tuple[int, int]], column: int) -> int:
    """Columns from here on that no cell from above covers."""
    free = 0
    while column + free < len(below) and not below[column + free][0]:
        free += 1
    return free


def width_of(rows: Sequence[Sequence[Cell]]) -> int:
    """Grid columns of the widest row, cells that reach down from above included."""
    widest = 1
    hanging: list[tuple[int, int]] = []  # rows left, columns
    for row in rows:
        real = [cell for cell in row if cell.columns and cell.rows]
        widest = max(
            widest, sum(columns for _, columns in hanging) + sum(cell.columns for cell in real)
        )
        hanging = [(left - 1, columns) for left, columns in hanging if left > 1]
        hanging += [(cell.rows - 1, cell.columns) for cell in real if cell.rows > 1]
    return widest


def placed(line: Sequence[Slot]) -> Iterator[tuple[int, Slot]]:
    """Every slot of a row with the column it begins in."""
    return zip(accumulate((slot.columns for slot in line), initial=0), line, strict=False)


def numeric_columns(body: Sequence[Sequence[Slot]]) -> set[int]:
    """The columns in which a figure begins."""
    places = chain.from_iterable(map(placed, body))
    return {column for column, slot in places if slot.cell and slot.cell.numeric}
