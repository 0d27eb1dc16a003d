"""A title too long for one line -> where to break it.

Whole words, a trapezoid or a diamond (GB/T 9704-2012 7.3.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations, pairwise

from gongwen.chinese.words import breaks

_MOST_LINES = 6
_MOST_PLACES = 40  # beyond that, only the places nearest to an even split are looked at


def width(text: str) -> float:
    """Width in full-width characters; Latin letters and digits count half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def broken(text: str, room: float) -> tuple[str, ...]:
    """The text on as few lines as fit into `room` characters, each line of whole words, in a good shape."""
    if width(text) <= room:
        return (text,)
    places = breaks(text)
    for count in range(2, _MOST_LINES + 1):
        if width(text) > room * count:
            continue
        fitting = [lines for lines in _cuts(text, places, count) if max(map(width, lines)) <= room]
        if fitting:
            return min(fitting, key=_ugliness)
    return _forced(text, room)


def _cuts(text: str, places: Sequence[int], count: int) -> list[tuple[str, ...]]:
    """Every way to break at count−1 of the places."""
    near = places
    if len(places) > _MOST_PLACES or count > 3:  # noqa: PLR2004  three lines of forty places are 780 ways, four 10 000
        wanted = [len(text) * line / count for line in range(1, count)]
        near = sorted(set(chain.from_iterable(_nearest(places, want) for want in wanted)))
    return [_lines(text, chosen) for chosen in combinations(near, count - 1)]


def _nearest(places: Sequence[int], wanted: float) -> list[int]:
    """The five places nearest to the wanted one."""
    return sorted(places, key=lambda place: abs(place - wanted))[:5]


def _lines(text: str, chosen: Sequence[int]) -> tuple[str, ...]:
    """The text broken at the chosen places."""
    return tuple(text[start:end] for start, end in pairwise((0, *chosen, len(text))))


def _ugliness(lines: tuple[str, ...]) -> float:
    """Small for widths that only grow, only shrink, or swell in the middle.

    An hourglass and a lone word are ugly.
    """
    widths = [width(line) for line in lines]
    mean = sum(widths) / len(widths)
    spread = sum((each - mean) ** 2 for each in widths)
    waist = sum(
        max(0.0, min(left, right) - middle)
        for left, middle, right in zip(widths, widths[1:], widths[2:], strict=False)
    )
    equal = sum(
        2.0 for left, right in pairwise(widths) if abs(left - right) < 1
    )  # a block, neither shape
    lone = 4.0 * max(0.0, mean / 2 - widths[-1])
    return spread + 8 * waist + equal + lone


def _forced(text: str, room: float) -> tuple[str, ...]:
    """A single piece longer than a line: broken where it is full, for it must be broken somewhere."""
    lines, line = [], ""
    for character in text:
        if line and width(line + character) > room:
            lines.append(line)
            line = ""
        line += character
    return (*lines, line)
