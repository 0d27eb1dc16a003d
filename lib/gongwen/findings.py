"""Finding: one fault or remark as a value: code, level, location, message, hint.

A finding never stops anything by itself; the caller counts levels and decides. What stops a run is
in `errors`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How bad: an error stops a final document, a warning wants a look, a note only tells what was done."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


@dataclass(frozen=True, slots=True)
class Location:
    """Where in the user's material; empty fields do not apply.

    `cell` is an Excel address such as D14.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    column: str = ""
    spot: str = ""  # anywhere else, in words: 第3个单元格, 第12段, 表2

    def __str__(self) -> str:
        column = f"“{self.column}”列" if self.column else ""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        parts = (self.file, sheet, _few(self.cell), column, self.spot)
        return " ".join(part for part in parts if part)


_MOST_CELLS = 20  # addresses in a line; `cell` itself has all of them


def _few(cells: str) -> str:
    listed = cells.split("、")
    return cells if len(listed) <= _MOST_CELLS else f"{'、'.join(listed[:_MOST_CELLS])}……"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: a stable code, its level, the place, what is the matter and what to do about it."""

    code: str
    level: Level
    place: Location
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.place}：" if str(self.place) else ""
        return f"[{self.level} {self.code}] {where}{sentence(self.message)}{sentence(self.hint)}"

    def as_json(self) -> dict[str, Any]:
        """The finding as plain JSON values, as `--json` prints it."""
        return {**asdict(self), "level": str(self.level)}


def from_json(content: Mapping[str, Any]) -> Finding:
    """The finding that `as_json` gave."""
    return Finding(
        content["code"],
        Level(content["level"]),
        Location(**content["place"]),
        content["message"],
        content["hint"],
    )


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those findings that stop a final document, in the order given."""
    return tuple(finding for finding in findings if finding.level is Level.ERROR)


def counts_by_level(findings: Iterable[Finding]) -> dict[str, int]:
    """错误 -> how many of them, and so for every level."""
    levels = Counter(finding.level for finding in findings)
    return {str(level): levels[level] for level in Level}


def sentence(words: str) -> str:
    """The words closed by a full stop, unless they close themselves; nothing stays nothing."""
    return words if not words or words[-1] in "。？！…" else f"{words}。"
