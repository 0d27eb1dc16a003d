"""Text -> its runs of digits, whatever script, width or invisible characters they are written with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

FEWEST = 7  # digits of the shortest number that is anybody's
MOST_MARKS = 3  # marks between two digits of one number
MOST_BLANKS = 4

_HANZI = "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_VALUES = dict(zip(_HANZI, "000" + "123456789" + "1" + "123456789", strict=True))
_HANZI_RUN = re.compile(rf"[{_HANZI}](?:\s?[{_HANZI}]){{{FEWEST - 1},}}")
_DIGIT = re.compile(
    "[\\d\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\U0001f100-\U0001f10a]"
)
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols that show nothing
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me", "Co", "Cs"})
_STROKES = frozenset("ーㄧ丨")  # letters that people type for a dash
_CHECK_LETTERS = frozenset("XxＸｘ")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that follow each other, where they stand, and what is visible between them and the group before."""

    digits: str
    start: int
    end: int
    gap: str = ""


def digit_runs(text: str) -> Iterator[tuple[Group, ...]]:
    """Runs of at least seven digits with no more than a few marks and blanks between them."""
    hanzi = _hanzi_digits(text)
    if len(hanzi) + len(_DIGIT.findall(text)) < FEWEST:
        return
    run: list[Group] = []
    for group in _groups(text, hanzi):
        if run and not _joins(group.gap):
            if _long_enough(run):
                yield tuple(run)
            run = []
        run.append(group)
    if _long_enough(run):
        yield tuple(run)


def _long_enough(run: list[Group]) -> bool:
    return sum(len(group.digits) for group in run) >= FEWEST


def _hanzi_digits(text: str) -> dict[int, str]:
    """Positions where a hanzi is a digit of a long number, not a word: 一三八〇〇一三八〇〇〇."""
    digits: dict[int, str] = {}
    for run in _HANZI_RUN.finditer(text):
        signs = enumerate(run[0], run.start())
        digits |= {at: _VALUES[sign] for at, sign in signs if sign in _VALUES}
    return digits


def _groups(text: str, hanzi: dict[int, str]) -> Iterator[Group]:
    digits: list[str] = []
    start, end, gap, before = 0, 0, "", ""
    script = False  # whether the digits of the group are hanzi
    for at, character in enumerate(text):
        digit = hanzi.get(at) or _value(character)
        if (
            not digit
            and digits
            and character in _CHECK_LETTERS
            and _ends_here(text, at)
            and _joins(gap)
        ):
            digits.append("X")
            end, gap = at + 1, ""
        elif digit:
            if digits and (gap or script != (at in hanzi)):
                yield Group("".join(digits), start, end, before)
                digits, before = [], gap
            script = at in hanzi
            start = start if digits else at
            digits.append(digit)
            end, gap = at + 1, ""
        elif len(gap) <= MOST_MARKS + MOST_BLANKS and not _unseen(character):
            gap += character
    if digits:
        yield Group("".join(digits), start, end, before)


def _value(character: str) -> str:
    if character.isascii():
        return character if character.isdigit() else ""
    value = unicodedata.digit(character, None)
    return "" if value is None else str(value)


def _unseen(character: str) -> bool:
    if character.isascii():
        return character < " " and not character.isspace()
    return unicodedata.category(character) in _UNSEEN or character in _FILLERS


def _ends_here(text: str, at: int) -> bool:
    following = text[at + 1 : at + 2]
    return not (following.isascii() and following.isalnum())


def _joins(gap: str) -> bool:
    """True if digits on both sides of the gap may belong to one number."""
    blanks = sum(map(str.isspace, gap))
    others = [character for character in gap if not character.isspace()]
    if blanks > MOST_BLANKS or len(others) > MOST_MARKS:
        return False
    return not any(map(_is_word, others))


def _is_word(character: str) -> bool:
    return character not in _STROKES and unicodedata.normalize("NFKC", character)[:1].isalnum()
