"""Characters -> how far they move the pen in a style, in twips, and on how many lines a text falls.

Latin widths are those of the font that official documents use for digits, as its metric twins have
them too; a profile with another Latin font gets a fair estimate.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from gongwen.profile import Style
from gongwen.profile.design import TWIPS_PER_POINT
from gongwen.writer.text.runs import script_of

# thousandths of the size, for ! to ~ after the blank
_LATIN = (
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
)  # fmt: skip
_HANGING = frozenset("，。、；：？！,.;:?!")
_NEVER_FIRST = _HANGING | frozenset("”’）》〉】〕％%…·々)]}")
_NEVER_LAST = frozenset("“‘（《〈【〔([{")
_NEVER_PARTED = frozenset(("——", "……"))
_FIRST = 0x20
_AUTOMATIC = 0.217  # of the size; measured in LibreOffice 7.4, Word's is a quarter


def advance(character: str, style: Style) -> float:
    """How far one character moves on."""
    if script_of(character) != "latin":
        return style.char_twips
    return _share(character) / 1000 * style.size_pt * TWIPS_PER_POINT + style.spacing_twips


def _share(character: str) -> int:
    """Thousandths of the size that a Latin character takes."""
    code = ord(character) - _FIRST
    return _LATIN[code] if 0 <= code < len(_LATIN) else 500


def width(text: str, style: Style) -> float:
    """Width of a text on one line, with the little space that Word and LibreOffice put between hanzi and digits."""
    hanzi, latin, shares, between = _measured(text)
    points = (shares / 1000 + between * _AUTOMATIC) * style.size_pt * TWIPS_PER_POINT
    return hanzi * style.char_twips + latin * style.spacing_twips + points


@lru_cache(maxsize=8192)  # the same words stand in many cells, and are measured in several types
def _measured(text: str) -> tuple[int, int, int, int]:
    """Characters as wide as a hanzi, Latin ones, the thousandths these take together, and places where both meet."""
    shares = [_share(character) for character in text if script_of(character) == "latin"]
    between = sum(_parted(left, right) for left, right in pairwise(text))
    return len(text) - len(shares), len(shares), sum(shares), between


def _parted(left: str, right: str) -> bool:
    """True between a hanzi and a Latin letter or digit."""
    latin = (script_of(left) == "latin", script_of(right) == "latin")
    return latin[0] != latin[1] and left.isalnum() and right.isalnum()


def lines(text: str, style: Style, room: float, first_indent: float = 0) -> int:
    """How many lines a paragraph takes in `room` twips, by the rules for Chinese line ends."""
    return len(line_starts(text, style, room, first_indent))


def line_starts(text: str, style: Style, room: float, first_indent: float = 0) -> list[int]:
    """The character that each line of a paragraph begins with, by the rules for Chinese line ends."""
    starts: list[int] = []
    at = 0
    for number, part in enumerate(text.split("\n")):
        indent = first_indent if number == 0 else 0
        starts += [at + start for start in _wrapped(part, style, room, indent)]
        at += len(part) + 1
    return starts


def _wrapped(text: str, style: Style, room: float, indent: float) -> list[int]:
    starts, at, used = [0], 0, indent
    start = 0
    while at < len(text):
        end = _word_end(text, at)
        before = (
            _AUTOMATIC * style.size_pt * TWIPS_PER_POINT
            if at > start and _parted(text[at - 1], text[at])
            else 0
        )
        step = width(text[at:end], style) + before
        if used + step <= room + 1 or at == start:
            at, used = end, used + step
            continue
        if _hangs(text, at):
            at, used = at + 1, room
            continue
        at = start = max(_cut(text, start, at), start + 1)
        starts.append(start)
        used = 0.0
    return starts


def _word_end(text: str, at: int) -> int:
    """A Latin word moves as one."""
    end = at + 1
    if script_of(text[at]) == "latin" and text[at] not in " -":
        while end < len(text) and script_of(text[end]) == "latin" and text[end] not in " -":
            end += 1
    return end


def _hangs(text: str, at: int) -> bool:
    """True for one closing mark that stands alone: it hangs in the margin after a full line."""
    return text[at] in _HANGING and text[at + 1 : at + 2] not in _NEVER_FIRST


def _cut(text: str, start: int, at: int) -> int:
    """Where the next line really begins: no closing mark first, no opening mark last."""
    while at > start + 1 and _torn(text, at):
        at -= 1
    return at


def _torn(text: str, at: int) -> bool:
    """True where a line may not end: what follows or goes before would stand on the wrong one."""
    return (
        text[at] in _NEVER_FIRST
        or text[at - 1] in _NEVER_LAST
        or text[at - 1 : at + 1] in _NEVER_PARTED
    )
