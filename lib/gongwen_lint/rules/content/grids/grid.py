"""A manuscript -> its tables, each a grid of cells with the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.rule import Violation

_NUMBER = re.compile(
    r"^[+＋]?(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?:人|名|个|家|次|项|万元|元|户|件)?$"
)
_NOTHING = frozenset({"", "—", "-", "－", "/", "——"})
_CAPTION = re.compile(r"^\s*(附?表\s*\d{1,2})")


@dataclass(frozen=True)
class Grid:
    """One table: its cells by row and column, from 1."""

    cells: Mapping[tuple[int, int], Para]
    caption: str

    @cached_property
    def rows(self) -> int:
        """How many rows there are."""
        return max(row for row, _ in self.cells)

    @cached_property
    def columns(self) -> int:
        """How many columns there are."""
        return max(column for _, column in self.cells)

    def text(self, row: int, column: int) -> str:
        """The words of a cell."""
        return self._texts.get((row, column), "")

    @cached_property
    def _texts(self) -> Mapping[tuple[int, int], str]:
        return {place: re.sub(r"\s", "", cell.text) for place, cell in self.cells.items()}

    @cached_property
    def first_row(self) -> int:
        """The first row that holds a number."""
        rows = range(1, self.rows + 1)
        numbered = (row for row in rows if next(self.numbers(row), None) is not None)
        return max(next(numbered, 2), 2)

    def numbers(self, row: int) -> Iterator[Fraction]:
        """The numbers of a row, from its second column on."""
        for column in range(2, self.columns + 1):
            number = number_of(self.text(row, column))
            if number is not None:
                yield number

    def header(self, column: int) -> str:
        """The words above the numbers of a column."""
        return "".join(self.text(row, column) for row in range(1, self.first_row))

    def summed(self, rows: Sequence[int], column: int) -> Fraction | None:
        """The sum of a column; None where a cell is no number (未填报): then nothing can be said."""
        filled = [row for row in rows if self.text(row, column) not in _NOTHING]
        numbers = [self.number(row, column) for row in rows]
        if None in numbers or len(filled) < 2:  # noqa: PLR2004  one is no sum
            return None
        return sum((each for each in numbers if each is not None), Fraction(0))

    def number(self, row: int, column: int) -> Fraction | None:
        """The number of a cell, 0 where nothing stands in it; None where it is no number."""
        text = self.text(row, column)
        return Fraction(0) if text in _NOTHING else number_of(text)

    def violation(
        self, row: int, column: int, message: str, hint: str, level: Level | None = Level.WARNING
    ) -> Violation:
        """What is said of a cell."""
        cell = self.cells[row, column]
        return Violation(cell.number, 0, len(cell.text), message, hint=hint, level=level)


def grids(manuscript: Manuscript) -> list[Grid]:
    """The tables of a manuscript, each with the caption above it."""
    cells: dict[int, dict[tuple[int, int], Para]] = {}
    captions: dict[int, str] = {}
    last = ""
    for para in manuscript.paras:
        if para.cell is None:
            match = _CAPTION.match(para.text)
            last = (
                re.sub(r"\s", "", match[1])
                if match
                else (last if para.role in {"table_note", "caption"} else "")
            )
            continue
        table, row, column = para.cell
        captions.setdefault(table, last)
        cells.setdefault(table, {}).setdefault((row, column), para)
    return [Grid(found, captions[table]) for table, found in cells.items()]


def number_of(text: str) -> Fraction | None:
    """The number that the words of a cell are; None where they are none."""
    match = _NUMBER.match(text)
    return Fraction(match[1].replace(",", "")) if match else None


def rounds(text: str, exact: Fraction) -> bool:
    """True if the words are the number, as exactly as they are written."""
    digits = text.rstrip("%％")
    written, step = number_of(digits), Fraction(1, 10 ** decimals(digits))
    return written is not None and abs(written - exact) <= step / 2


def decimals(text: str) -> int:
    """How many digits stand behind the point."""
    return len(text.partition(".")[2])
