"""Rows of cells -> the grid they cover and the width of each column, from what the columns hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, product
from math import ceil

from gongwen.document import Cell, plain
from gongwen.writer.text.runs import script_of

_UNBROKEN = re.compile(r"[!-~]+")
_BRACKET = re.compile(r"(?=（)")
_LONGEST_WORD = 16  # half-width characters; a longer word is broken rather than given the page
_SHORT = (
    10  # half-width characters; a cell no longer than this (未填报, 示例县中学) stays on one line
)
_PROSE = 24  # half-width characters that a column of prose may claim beyond its longest word
# half-width characters; words no longer than this stay on one line even where there is little room
_WHOLE = 8
_NARROWEST, _COMFORTABLE = (
    6,
    24,
)  # half-width characters that a longer text needs at least, and is content with
_LINES = 12  # over which a long text may go
_ENOUGH = 50  # rows looked at to find widths; the rows of a long table are like one another
_CLOSE = 1e-6
_UGLY = 0.2  # lines; what a line more in a cell costs where the row is no higher for it
_PADDING = 1  # half-width characters of room, so that a width rounded down never breaks a number


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


_Text = tuple[str, int, int]  # words, over how many columns and rows they stand
_Texts = Mapping[int, _Text]  # of one column, by row


@dataclass(frozen=True, slots=True)
class ColumnContents:
    """What each column of a table holds, in half-width characters.

    It is asked for once, in whatever type it is set.
    """

    texts: Sequence[_Texts]
    least: Sequence[float]  # the longest word
    wanted: Sequence[float]  # the longest text
    eased: Sequence[float]  # what reads with ease


def held(lines: Sequence[Sequence[Slot]], count: int) -> ColumnContents:
    """What the columns of these rows hold."""
    texts = _by_column(lines, count)
    return ColumnContents(
        texts,
        least=[_widest(column, _least) for column in texts],
        wanted=[_widest(column, _units) for column in texts],
        eased=readable(lines, count),
    )


def _widest(column: _Texts, measure: Callable[[str], int]) -> float:
    """The greatest measure of a text of the column, for each column that it stands over."""
    different = {(text, columns) for text, columns, _ in column.values()}
    return max((measure(text) / columns for text, columns in different), default=1.0)


def divided(table: ColumnContents, room: int, half: float, margins: int) -> list[int]:
    """Widths in twips that add up to `room`, each column its longest word at least.

    Rows as low as they can be.

    `half` is the advance of a half-width character, `margins` what a cell leaves blank at both sides, in twips.
    """
    least, wanted = table.least, table.wanted
    floor = [room_for(units, half, margins) for units in least]
    if sum(floor) > room:  # then longer heads may go over two lines, before any word is broken
        floor = [
            min(low, room_for(units, half, margins))
            for low, units in zip(floor, table.eased, strict=True)
        ]
    tight = min(1.0, room / sum(floor))
    if tight == 1 and sum(room_for(units, half, margins) for units in wanted) > room:
        spare = (room - len(least) * margins) / half - len(least) * _PADDING
        narrowest = [(low - margins) / half - _PADDING for low in floor]
        floor = [
            room_for(units, half, margins)
            for units in _lowest(table.texts, narrowest, wanted, spare)
        ]
    # a column of long prose may want hundreds of characters; beyond a point more width does not
    # read better
    claims = [min(want, 2 * low + _PROSE) for low, want in zip(least, wanted, strict=True)]
    weights = [room_for(units, half, margins) for units in claims]
    tightened = [low * tight for low in floor]
    shares = [int(share) for share in _filled(tightened, weights, room)]
    shares[-1] += room - sum(shares)
    return shares


def _by_column(lines: Sequence[Sequence[Slot]], count: int) -> list[_Texts]:
    found: list[dict[int, _Text]] = [{} for _ in range(count)]
    for row, line in enumerate(lines):
        at = 0
        for slot in line:
            if slot.cell is not None:
                entry = (slot.text, slot.columns, slot.rows)
                for covered in range(at, at + slot.columns):
                    found[covered][row] = entry
            at += slot.columns
    return list[_Texts](found)


@lru_cache(maxsize=4096)
def _least(text: str) -> int:
    return max((_units(word) for word in _words(text)), default=1)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of each row that a column has at one width, and of all of them."""

    rows: tuple[float, ...]
    total: float


_Steps = dict[float, _Lines]  # by the widths a column may have, in half-width characters


def _lowest(
    texts: Sequence[_Texts], narrowest: Sequence[float], wanted: Sequence[float], spare: float
) -> list[float]:
    """Half-width characters for each column, together no more than `spare`, at which the rows are low.

    From widths that break nothing, the narrowing that costs the fewest lines for what it saves,
    again and again; then what one column gains by taking from another. What is left over goes to
    the column that breaks most.
    """
    rows = sorted(set(chain.from_iterable(texts)))
    sample = rows[:: ceil(len(rows) / _ENOUGH)]
    units = [max(low, want) for low, want in zip(narrowest, wanted, strict=True)]
    unbroken = _Lines((1.0,) * len(sample), 1.0 * len(sample))
    steps = [
        {wide: unbroken} | _steps(column, low, spare, sample)
        for column, low, wide in zip(texts, narrowest, units, strict=True)
    ]
    while (excess := sum(units) - spare) > _CLOSE and (
        choices := list(_narrowings(steps, units, excess))
    ):
        _, place, narrow = min(choices)
        units[place] = narrow
    while True:
        best = min(
            _exchanges(steps, units, spare), key=lambda each: _height(steps, each), default=units
        )
        if _height(steps, best) >= _height(steps, units):
            break
        units = best
    most = max(range(len(units)), key=lambda place: steps[place][units[place]].total)
    return [
        each + max(0.0, spare - sum(units)) * (place == most) for place, each in enumerate(units)
    ]


def _narrowings(
    steps: Sequence[_Steps], units: Sequence[float], excess: float
) -> Iterator[tuple[float, int, float]]:
    """Every narrower width of a column, with the lines it costs for what it saves."""
    now = _height(steps, units)
    columns = [column[wide] for column, wide in zip(steps, units, strict=True)]
    nothing = (0.0,) * len(columns[0].rows)
    for place, column in enumerate(steps):
        before, after = columns[:place], columns[place + 1 :]
        others = (other.rows for other in (*before, *after))
        beside = list(map(max, zip(nothing, *others, strict=True)))
        for narrow, own in column.items():
            if narrow < units[place]:
                totals = [each.total for each in (*before, own, *after)]
                lines = sum(map(max, beside, own.rows)) + _UGLY * sum(totals) - now
                yield lines / min(units[place] - narrow, excess), place, narrow


def _exchanges(
    steps: Sequence[_Steps], units: Sequence[float], spare: float
) -> Iterator[list[float]]:
    """All widths with one column wider, where there is room for it or another gives up what it takes."""
    free = spare - sum(units) + _CLOSE
    for place, column in enumerate(steps):
        for wide in (each for each in column if each > units[place]):
            wider = [*units[:place], wide, *units[place + 1 :]]
            if wide - units[place] <= free:
                yield wider
                continue
            for other, narrower in enumerate(steps):
                narrow = max(
                    (
                        each
                        for each in narrower
                        if units[other] - each >= wide - units[place] - free
                    ),
                    default=0,
                )
                if narrow and other != place:
                    yield [*wider[:other], narrow, *wider[other + 1 :]]


def _height(steps: Sequence[_Steps], units: Sequence[float]) -> float:
    """Lines of all rows; a cell that breaks beside one as deep costs a little too."""
    columns = [column[wide] for column, wide in zip(steps, units, strict=True)]
    rows: Iterator[float] = map(max, zip(*(column.rows for column in columns), strict=True))
    return sum(rows) + _UGLY * sum(column.total for column in columns)


def _steps(column: _Texts, narrowest: float, spare: float, sample: Sequence[int]) -> _Steps:
    """Widths at which a text takes a line more, and how many lines each row then has."""
    wide = {_units(text) / columns for text, columns, _ in column.values()}
    ways = product(wide, range(1, _LINES + 1))
    even = {2.0 * ceil(units / lines / 2) for units, lines in ways}
    texts = (column.get(row, ("", 1, 1)) for row in sample)
    shapes = [(_shape(text), columns, rows) for text, columns, rows in texts]
    different = dict.fromkeys(shapes)  # the texts of a column are many, their lengths few
    found = {}
    for narrow in {narrowest} | {max(narrowest, units) for units in even if units <= spare}:
        lines = {each: _lines(each[0], narrow * each[1]) / each[2] for each in different}
        by_row = tuple([lines[each] for each in shapes])
        found[narrow] = _Lines(by_row, sum(by_row))
    return found


_Shape = tuple[bool, tuple[int, ...]]


def _lines(shape: _Shape, units: float) -> int:
    """Lines of a text of this shape over so many half-width characters; a hanzi is never halved."""
    unbroken, widest = shape
    room = max(units if unbroken else units // 2 * 2, 1)
    return sum([max(1, ceil(each / room)) for each in widest])


@lru_cache(maxsize=4096)
def _shape(text: str) -> _Shape:
    """Whether it is one Latin word or number, and the half-width characters of each of its lines."""
    return bool(_UNBROKEN.fullmatch(text)), tuple(map(_units, text.split("\n")))


def readable(lines: Sequence[Sequence[Slot]], count: int) -> list[float]:
    """Half-width characters each column needs to be read with ease.

    Longest words whole, long texts not in a thread.
    """
    needed = [1.0] * count
    for line in lines:
        column = 0
        for slot in line:
            if slot.cell is not None:
                need = _readable(slot.text, numeric=slot.cell.numeric) / slot.columns
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
            return [
                floor[i] if i in pinned else weights[i] / total * left for i in range(len(floor))
            ]
        pinned |= low


@lru_cache(maxsize=4096)
def _units(text: str) -> int:
    """Width in half-width characters of the widest line of the text."""
    return max(map(_line_units, text.split("\n")))


def _line_units(line: str) -> int:
    return sum(1 if script_of(character) == "latin" else 2 for character in line)


def _words(text: str) -> Iterator[str]:
    """Stretches that should not be broken: Latin words and numbers, a cell of a few Chinese characters but for a （…）."""
    if text:
        yield from _BRACKET.split(text) if _units(text) <= _SHORT else ("汉",)
    for word in _UNBROKEN.findall(text):
        yield word[:_LONGEST_WORD]
