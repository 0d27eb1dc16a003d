"""A sheet as it stands in a file -> plain rows of raw cells, each with its Excel address."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from gongwen.facts.row_runs import runs_of

Raw = str | float | int | bool | date | datetime | time | timedelta

# calamine shows cells it cannot give as blanks; these words stand in for them so that no blank is
# ever a lie
UNCOMPUTED = "#未计算"
SWALLOWED = "#被合并"


@dataclass(frozen=True)
class Grid:
    """One sheet: `rows[0]` is Excel row 1, a blank cell is an empty string.

    `textual`: the file knows only text (CSV).

    A table of a database has no Excel rows: `numbers` then gives the number of every row, the
    header's included.
    """

    file: str
    title: str
    rows: list[list[Raw]]
    textual: bool = False
    merged: tuple[str, ...] = ()
    whole: bool = True  # False: it is there but was not laid out; the reason has been reported
    numbers: Sequence[int] = ()
    hidden: tuple[int, ...] = ()  # rows of Excel that a filter or a hand has hidden

    def number(self, at: int) -> int:
        """The number people know a row by, from its position."""
        return self.numbers[at] if self.numbers else at + 1

    def column(self, at: int) -> str:
        """What stands before the row number in the name of a cell.

        The letters of Excel, or 行 in a database.
        """
        return "行" if self.numbers else letters(at)


@dataclass(frozen=True)
class Book:
    """All sheets of a workbook or folder in the order of the file."""

    name: str
    grids: tuple[Grid, ...]
    digests: dict[str, str] = field(default_factory=dict)  # file name -> sha256
    saved_on: date | None = None  # as the file itself says, or the file system
    tables: dict[str, str] = field(default_factory=dict)  # sheet title -> its table, in a database
    version: int | None = None  # of the contract whose blank workbook it was


def letters(column: int) -> str:
    """The Excel letters of a column counted from 0: 0 -> A, 26 -> AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """The column counted from 0 of Excel letters: A -> 0, AA -> 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def split_address(address: str) -> tuple[int, int]:
    """Excel address -> (row counted from 1, column counted from 0)."""
    name = address.rstrip("0123456789")
    return int(address[len(name) :]), column_number(name)


def addresses(name: str, rows: Iterable[int]) -> str:
    """Cells of one column in Excel's own writing, runs joined: D14:D16、D20."""
    ends = ((run[0], run[-1]) for run in runs_of(sorted(rows)))
    return "、".join(f"{name}{a}" if a == b else f"{name}{a}:{name}{b}" for a, b in ends)


def plain(name: str) -> str:
    """A header or sheet name without what people write differently.

    Width, spaces, brackets, the required mark.
    """
    folded = unicodedata.normalize("NFKC", name)
    return "".join(folded.split()).strip("*†").replace("【", "(").replace("】", ")")


def words(cell: Raw) -> str:
    """A raw cell as the text a person sees in it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return str(cell)


def padded(rows: Sequence[Sequence[Raw]], width: int) -> list[list[Raw]]:
    """Rows of equal length, short ones filled with blanks."""
    return [list(row) if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]
