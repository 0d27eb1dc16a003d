"""A PDF -> what two programs must agree on: lines, page ends, page numbers, 版记, the red line.

Heights are those of baselines, read from each character's matrix: boxes of the same glyph differ
from one PDF writer to another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pdfplumber

_MM = 25.4 / 72
_SAME_LINE_MM, _PARTED_MM = 1.5, 6.0
_FOOT_MM = 264.0  # page numbers stand below it
WHITE = re.compile(r"[\s·.…―—]")
_NUMBER = re.compile(r"\d+")
_ENTRY = re.compile(r"(.*?\D)(\d+)")
_LONG_MM = 150.0
_IMPRINT = ("抄送：", "主送：")


@dataclass(frozen=True, slots=True)
class Line:
    """Characters beside one another without a wide gap: a line of text, or of one cell."""

    baseline: float
    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""

    left: float
    right: float
    height: float
    red: bool


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]

    @property
    def text(self) -> list[str]:
        """The lines of the page but its number, without blanks, dots and dashes."""
        words = (WHITE.sub("", each.text) for each in self.lines if not _is_number(each))
        return [each for each in words if each]

    @property
    def number(self) -> tuple[str, float, float] | None:
        """The page number with its middle and baseline, if there is one."""
        for each in reversed(self.lines):
            if _is_number(each):
                return WHITE.sub("", each.text), (each.left + each.right) / 2, each.baseline
        return None


def _is_number(line: Line) -> bool:
    digits = WHITE.sub("", line.text)
    return line.baseline >= _FOOT_MM and _NUMBER.fullmatch(digits) is not None


@dataclass(frozen=True, slots=True)
class Marks:
    """What is compared of one document."""

    pages: tuple[Page, ...]

    @property
    def lines(self) -> Counter[str]:
        return Counter(line for page in self.pages for line in page.text)

    @property
    def ends(self) -> list[str]:
        """The last line of each page."""
        return [page.text[-1] if page.text else "" for page in self.pages]

    @property
    def contents(self) -> dict[str, str]:
        """Page numbers in 目录, by entry."""
        rows = [line for page in self.pages for line in page.lines if line.text.count("·") > 3]
        found = (_ENTRY.fullmatch(WHITE.sub("", row.text)) for row in rows)
        return {each[1]: each[2] for each in found if each}

    @property
    def imprint(self) -> tuple[int, float] | None:
        """The page and height of the last rule of 版记: the lowest long black one on the last page."""
        last = self.pages[-1]
        if not any(line.text.startswith(_IMPRINT) for line in last.lines):
            return None
        rules = [each for each in last.rules if not each.red and _long(each)]
        return (len(self.pages), max(each.height for each in rules)) if rules else None

    @property
    def red_line(self) -> Rule | None:
        """The longest red rule on the first page."""
        red = [each for each in self.pages[0].rules if each.red and _long(each)]
        return max(red, key=lambda each: each.right - each.left) if red else None


def _long(rule: Rule) -> bool:
    return rule.right - rule.left > _LONG_MM


def read(pdf: Path) -> Marks:
    """The pages of a PDF."""
    with pdfplumber.open(pdf) as opened:
        return Marks(tuple(Page(tuple(_lines(page)), tuple(_rules(page))) for page in opened.pages))


def _lines(page) -> Iterator[Line]:
    tall = float(page.height)
    chars = sorted(
        ((tall - char["matrix"][5]) * _MM, char["x0"] * _MM, char["x1"] * _MM, char["text"])
        for char in page.chars
        if char["upright"] and char["text"].strip()
    )
    rows: list[list] = []
    for char in chars:
        if rows and char[0] - rows[-1][0][0] < _SAME_LINE_MM:
            rows[-1].append(char)
        else:
            rows.append([char])
    for row in rows:
        yield from _parted(sorted(row, key=lambda char: char[1]))


def _parted(row: list) -> Iterator[Line]:
    part = [row[0]]
    for before, char in pairwise(row):
        if char[1] - before[2] > _PARTED_MM:
            yield _line(part)
            part = []
        part.append(char)
    yield _line(part)


def _line(chars: list) -> Line:
    return Line(chars[0][0], chars[0][1], chars[-1][2], "".join(char[3] for char in chars))


def _rules(page) -> Iterator[Rule]:
    for item in (*page.rects, *page.lines, *page.curves):
        if item["bottom"] - item["top"] < 2 / _MM and item["x1"] - item["x0"] > 10 / _MM:
            color = item["non_stroking_color"] if item["fill"] else item["stroking_color"]
            middle = (item["top"] + item["bottom"]) / 2
            yield Rule(item["x0"] * _MM, item["x1"] * _MM, middle * _MM, _is_red(color))


def _is_red(color) -> bool:
    return isinstance(color, tuple | list) and len(color) == 3 and tuple(color) == (1, 0, 0)
