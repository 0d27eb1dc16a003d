"""The slots of a table -> the width of each column, from what the columns hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from math import ceil

from gongwen.writer.tables.cell_text import (
    MOST_LINES,
    lines_over,
    longest_word,
    readable_width,
    shape,
    text_width,
)
from gongwen.writer.tables.slots import Slot

_PROSE = 24  # half-width characters that a column of prose may claim beyond its longest word
_ENOUGH = 50  # rows looked at to find widths; the rows of a long table are like one another
_CLOSE = 1e-6
_UGLY = 0.2  # lines; what a line more in a cell costs where the row is no higher for it
_PADDING = 1  # half-width characters of room, so that a width rounded down never breaks a number


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
        least=[_widest(column, longest_word) for column in texts],
        wanted=[_widest(column, text_width) for column in texts],
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
    texts: list[dict[int, _Text]] = [{} for _ in range(count)]
    for row, line in enumerate(lines):
        at = 0
        for slot in line:
            if slot.cell is not None:
                entry = (slot.text, slot.columns, slot.rows)
                for covered in range(at, at + slot.columns):
                    texts[covered][row] = entry
            at += slot.columns
    return list[_Texts](texts)


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
    wide = {text_width(text) / columns for text, columns, _ in column.values()}
    ways = product(wide, range(1, MOST_LINES + 1))
    even = {2.0 * ceil(units / lines / 2) for units, lines in ways}
    texts = (column.get(row, ("", 1, 1)) for row in sample)
    shapes = [(shape(text), columns, rows) for text, columns, rows in texts]
    different = dict.fromkeys(shapes)  # the texts of a column are many, their lengths few
    steps = {}
    for narrow in {narrowest} | {max(narrowest, units) for units in even if units <= spare}:
        lines = {each: lines_over(each[0], narrow * each[1]) / each[2] for each in different}
        by_row = tuple([lines[each] for each in shapes])
        steps[narrow] = _Lines(by_row, sum(by_row))
    return steps


def readable(lines: Sequence[Sequence[Slot]], count: int) -> list[float]:
    """Half-width characters each column needs to be read with ease.

    Longest words whole, long texts not in a thread.
    """
    needed = [1.0] * count
    for line in lines:
        column = 0
        for slot in line:
            if slot.cell is not None:
                need = readable_width(slot.text, numeric=slot.cell.numeric) / slot.columns
                for covered in range(column, column + slot.columns):
                    needed[covered] = max(needed[covered], need)
            column += slot.columns
    return needed


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
