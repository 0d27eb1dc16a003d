"""Automatic numbering of a Word file -> the label Word prints before each paragraph (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from gongwen.chinese.numbers.numerals import chinese
from gongwen.reader.parts import W

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_PRIVATE = range(0xF000, 0xF100)  # where symbol fonts keep their pictures
_BULLET = "●"
_LARGEST = 99_999
_TENS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _roman(number: int) -> str:
    text = ""
    for value, letters in _TENS:
        text, number = text + letters * (number // value), number % value
    return text


def _digit_by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _formal(number: int) -> str:
    return chinese(number).translate(
        str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
    )


def _from(first: str, count: int) -> Callable[[int], str]:
    """Numbers that have a character of their own, from `first` on; beyond them plain digits."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def _in_turn(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number else "0"


def _letters(first: str) -> Callable[[int], str]:
    # Word goes on after z with aa, bb
    return lambda number: (
        chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else "0"
    )


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "numberInDash": "- {} -".format,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": _in_turn("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _in_turn("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalFullWidth": lambda number: str(number).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimalFullWidth2": lambda number: str(number).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of one list, as far as a label and its place need it."""

    start: int
    format: str
    text: str
    style: str  # the paragraph style it is tied to
    restarts: bool
    paragraph: etree._Element | None  # its indents


_PLAIN = ListLevel(1, "decimal", "", "", restarts=True, paragraph=None)


class ListCounter:
    """The lists of one file, counting as its paragraphs pass by in order."""

    def __init__(self, part: etree._Element | None) -> None:
        definitions = [] if part is None else part.findall(f"{W}abstractNum")
        kinds = {_of(each, "abstractNumId"): each for each in definitions}
        linked = {
            _val(each, "styleLink"): each
            for each in definitions
            if each.find(f"{W}styleLink") is not None
        }
        for key, each in kinds.items():
            if _val(each, "numStyleLink") in linked:
                kinds[key] = linked[_val(each, "numStyleLink")]
        read: dict[etree._Element, tuple[ListLevel, ...]] = {}
        self._lists: dict[
            str, tuple[str, tuple[ListLevel, ...]]
        ] = {}  # by numId: what counts together, and its levels
        self._starts: dict[tuple[str, int], int] = {}  # begins anew when first met
        for each in () if part is None else part.findall(f"{W}num"):
            kind = kinds.get(_val(each, "abstractNumId"))
            if kind is None:
                continue
            levels = read[kind] if kind in read else read.setdefault(kind, _levels(kind))
            self._lists[_of(each, "numId")] = (
                _of(kind, "abstractNumId"),
                self._overridden(each, levels),
            )
        self._counts: dict[str, list[int | None]] = {}

    def _overridden(
        self, instance: etree._Element, levels: tuple[ListLevel, ...]
    ) -> tuple[ListLevel, ...]:
        changed = list(levels)
        for each in instance.findall(f"{W}lvlOverride"):
            depth = _whole(_of(each, "ilvl"), -1)
            if not 0 <= depth < LEVELS:
                continue
            own = each.find(f"{W}lvl")
            if own is not None:
                changed[depth] = _level(own)
            if each.find(f"{W}startOverride") is not None:
                self._starts[_of(instance, "numId"), depth] = _whole(_val(each, "startOverride"), 1)
        return tuple(changed)

    def level(self, number: str, depth: int) -> ListLevel | None:
        """The level of a list.

        Nothing for a list that is not there (numId 0 takes numbering away).
        """
        levels = self._lists.get(number)
        return levels[1][depth] if levels and 0 <= depth < LEVELS else None

    def depth_of(self, number: str, style: str) -> int:
        """The level that a list ties to a style; the first if it ties none."""
        _, levels = self._lists.get(number, ("", ()))
        return next(
            (depth for depth, level in enumerate(levels) if level.style and level.style == style), 0
        )

    def family(self, number: str) -> str:
        """Which numbers are counted together with those of this list.

        Empty for a list that is not there.
        """
        return self._lists.get(number, ("", ()))[0]

    def label(self, number: str, depth: int) -> str:
        """The label of the next paragraph of that list and level, without what separates it from the text."""
        if self.level(number, depth) is None:
            return ""
        together, levels = self._lists[number]
        counts = self._counts.setdefault(together, [None] * LEVELS)
        if (number, depth) in self._starts:
            counts[depth] = self._starts.pop((number, depth))
        else:
            before = counts[depth]
            counts[depth] = levels[depth].start if before is None else before + 1
        for deeper in range(depth + 1, LEVELS):
            if levels[deeper].restarts:
                counts[deeper] = None
        for shallower in range(depth):
            if counts[shallower] is None:
                counts[shallower] = levels[shallower].start
        if levels[depth].format == "bullet":
            return "".join(
                _BULLET if ord(sign) in _PRIVATE else sign for sign in levels[depth].text
            ).strip()
        return _PLACE.sub(
            lambda place: _printed(levels, counts, int(place.group(1)) - 1), levels[depth].text
        )


def _printed(levels: tuple[ListLevel, ...], counts: list[int | None], depth: int) -> str:
    number = counts[depth] or 0
    return (
        _FORMATS.get(levels[depth].format, str)(number) if 0 <= number <= _LARGEST else str(number)
    )


def _levels(kind: etree._Element) -> tuple[ListLevel, ...]:
    levels = {_whole(_of(each, "ilvl"), -1): _level(each) for each in kind.findall(f"{W}lvl")}
    return tuple(levels.get(depth, _PLAIN) for depth in range(LEVELS))


def _level(element: etree._Element) -> ListLevel:
    return ListLevel(
        start=_whole(_val(element, "start"), 1),
        format=_val(element, "numFmt") or "decimal",
        text=_val(element, "lvlText"),
        style=_val(element, "pStyle"),
        restarts=_val(element, "lvlRestart") != "0",
        paragraph=element.find(f"{W}pPr"),
    )


def _of(element: etree._Element, attribute: str) -> str:
    return element.get(f"{W}{attribute}", "")


def _val(element: etree._Element, child: str) -> str:
    child_element = element.find(f"{W}{child}")
    return "" if child_element is None else _of(child_element, "val")


def _whole(text: str, default: int) -> int:
    """A whole number of sane size; the default for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else default  # noqa: PLR2004
