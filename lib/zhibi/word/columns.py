"""Rows of cells -> the grid they cover and the width of each column, from what the columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhibi.document import Cell, plain
from zhibi.word.text import script_of

_UNBROKEN = re.compile(r"[!-~]+")
_LONGEST_WORD = 16  # half-width characters; a longer word is broken rather than given the page
_SHORT = 10  # half-width characters; a cell no longer than this (未填报, 联合党支部) stays on one line
_PROSE = 24  # half-width characters that a column of prose may claim beyond its longest word
_WHOLE = 8  # half-width characters; words no longer than this stay on one line even where there is little room
_NARROWEST, _COMFORTABLE = 6, 24  # half-width characters that a longer text needs at least, and is content with
_LINES = 12  # over which a long text may go
_PADDING = 1  # half-width characters of room, so that a width rounded down never breaks a number


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a row: a cell, or where a cell of a row above continues (cell None)."""

    cell: Cell | None
    columns: int
    starts: bool = False  # a cell that continues in the row below


def slots(rows: Sequence[Sequence[Cell]], width: int) -> list[list[Slot]]:
    """Every row as slots that together cover `width` grid columns; what rows leave out is filled with empty cells.

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
                span = max(1, min(cell.columns, _free(below, column)))
                tall = min(cell.rows, len(rows) - index)
                line.append(Slot(cell, span, starts=tall > 1))
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
        widest = max(widest, sum(columns for _, columns in hanging) + sum(cell.columns for cell in real))
        hanging = [(left - 1, columns) for left, columns in hanging if left > 1]
        hanging += [(cell.rows - 1, cell.columns) for cell in real if cell.rows > 1]
    return widest


def widths(lines: Sequence[Sequence[Slot]], count: int, room: int, half: float, margins: int) -> list[int]:
    """Widths in twips that add up to `room`: each column its longest word at least, the rest by what it holds.

    `half` is the advance of a half-width character, `margins` what a cell leaves blank at both sides, in twips.
    """
    least, wanted = [1.0] * count, [1.0] * count
    for line in lines:
        column = 0
        for slot in line:
            if slot.cell is not None:
                text = plain(slot.cell.line)
                longest, whole = max((_units(word) for word in _words(text)), default=1), _units(text)
                for covered in range(column, column + slot.columns):
                    least[covered] = max(least[covered], longest / slot.columns)
                    wanted[covered] = max(wanted[covered], whole / slot.columns)
            column += slot.columns
    floor = [room_for(units, half, margins) for units in least]
    if sum(floor) > room:  # then longer heads may go over two lines, before any word is broken
        eased = readable(lines, count)
        floor = [min(low, room_for(units, half, margins)) for low, units in zip(floor, eased, strict=True)]
    # a column of long prose may want hundreds of characters; beyond a point more width does not read better
    claims = [min(want, 2 * low + _PROSE) for low, want in zip(least, wanted, strict=True)]
    weights = [room_for(units, half, margins) for units in claims]
    tight = min(1.0, room / sum(floor))
    shares = [int(share) for share in _filled([low * tight for low in floor], weights, room)]
    shares[-1] += room - sum(shares)
    return shares


def readable(lines: Sequence[Sequence[Slot]], count: int) -> list[float]:
    """Half-width characters each column needs to be read with ease: longest words whole, long texts not in a thread."""
    needed = [1.0] * count
    for line in lines:
        column = 0
        for slot in line:
            if slot.cell is not None:
                need = _readable(plain(slot.cell.line), numeric=slot.cell.numeric) / slot.columns
                for covered in range(column, column + slot.columns):
                    needed[covered] = max(needed[covered], need)
            column += slot.columns
    return needed


@lru_cache(maxsize=4096)
def _readable(text: str, *, numeric: bool) -> float:
    units = _units(text)
    if units <= _WHOLE or numeric:
        return units
    longest = max((_units(word[:_LONGEST_WORD]) for word in _UNBROKEN.findall(text)), default=1)
    return max(longest, min(_COMFORTABLE, max(_NARROWEST, units / _LINES)))


def room_for(units: float, half: float, margins: int) -> float:
    """Twips of a column that holds so many half-width characters."""
    return (units + _PADDING) * half + margins


def _filled(floor: Sequence[float], weights: Sequence[float], room: float) -> list[float]:
    """Shares by weight with a floor each: those below it get the floor, the others divide what is left."""
    pinned: set[int] = set()
    while True:
        free = [index for index in range(len(floor)) if index not in pinned]
        left = room - sum(floor[index] for index in pinned)
        total = sum(weights[index] for index in free)
        low = {index for index in free if weights[index] / total * left < floor[index]}
        if not low or len(low) == len(free):
            return [floor[i] if i in pinned else weights[i] / total * left for i in range(len(floor))]
        pinned |= low


@lru_cache(maxsize=4096)
def _units(text: str) -> int:
    """Width in half-width characters of the widest line of the text."""
    return max(sum(1 if script_of(character) == "latin" else 2 for character in line) for line in text.split("\n"))


def _words(text: str) -> Iterator[str]:
    """Stretches that should not be broken: Latin words and numbers, a cell of a few Chinese characters."""
    if text:
        yield text if _units(text) <= _SHORT else "汉"
    for word in _UNBROKEN.findall(text):
        yield word[:_LONGEST_WORD]
