"""The words of a cell -> how wide they are, in half-width characters, and over how many lines they go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import ceil

from gongwen.writer.text.runs import script_of

_UNBROKEN = re.compile(r"[!-~]+")
_BRACKET = re.compile(r"(?=（)")
_LONGEST_WORD = 16  # half-width characters; a longer word is broken rather than given the page
# half-width characters; a cell no longer than this (未填报, 示例县中学) stays on one line
_SHORT = 10
# half-width characters; words no longer than this stay on one line even where there is little room
_WHOLE = 8
# half-width characters that a longer text needs at least, and is content with
_NARROWEST, _COMFORTABLE = 6, 24
MOST_LINES = 12  # over which a long text may go


@lru_cache(maxsize=4096)
def text_width(text: str) -> int:
    """Width in half-width characters of the widest line of the text."""
    return max(map(_line_units, text.split("\n")))


def _line_units(line: str) -> int:
    return sum(1 if script_of(character) == "latin" else 2 for character in line)


def _words(text: str) -> Iterator[str]:
    """Stretches that should not be broken: Latin words and numbers, a cell of a few Chinese characters but for a （…）."""
    if text:
        yield from _BRACKET.split(text) if text_width(text) <= _SHORT else ("汉",)
    for word in _UNBROKEN.findall(text):
        yield word[:_LONGEST_WORD]


@lru_cache(maxsize=4096)
def longest_word(text: str) -> int:
    """Width of the longest stretch that should not be broken."""
    return max((text_width(word) for word in _words(text)), default=1)


@lru_cache(maxsize=4096)
def readable_width(text: str, *, numeric: bool) -> float:
    """Width at which the text is read with ease."""
    units = text_width(text)
    if units <= _WHOLE or numeric:
        return units
    longest = max((text_width(word[:_LONGEST_WORD]) for word in _UNBROKEN.findall(text)), default=1)
    return max(longest, min(_COMFORTABLE, max(_NARROWEST, units / MOST_LINES)))


Shape = tuple[bool, tuple[int, ...]]


def lines_over(text_shape: Shape, units: float) -> int:
    """Lines of a text of this shape over so many half-width characters; a hanzi is never halved."""
    unbroken, widest = text_shape
    room = max(units if unbroken else units // 2 * 2, 1)
    return sum([max(1, ceil(each / room)) for each in widest])


@lru_cache(maxsize=4096)
def shape(text: str) -> Shape:
    """Whether it is one Latin word or number, and the half-width characters of each of its lines."""
    return bool(_UNBROKEN.fullmatch(text)), tuple(map(text_width, text.split("\n")))
