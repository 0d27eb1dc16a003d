"""An answer as it would be printed -> the same without personal numbers and with people's names masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from gongwen.chinese.names import mask_name
from gongwen.chinese.personal_data import without_numbers
from gongwen.errors import ReportError
from zhibi import domain
from zhibi.data.sources.grid import Grid
from zhibi.data.sources.xlsx import read_xlsx
from zhibi.workspace import workspace

LONGEST = 2000  # characters of one text
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SHORTEST = 2  # characters of a name that is looked for
_PEOPLE = ("姓名",)
_ROOT = "（工作区）"


class NameMask:
    """People's names of the workbooks in data/, as the workspace has them now."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, value: Any) -> Any:
        """The value with every text of it masked and shortened."""
        match value:
            case str():
                return self._text(value)
            case Mapping():
                return {str(key): self.of(each) for key, each in value.items()}
            case list() | tuple():
                return [self.of(each) for each in value]
            case _:
                return value

    def _text(self, text: str) -> str:
        shown = _CONTROL.sub("", text).replace(str(self._root), _ROOT)
        shown = without_numbers(shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…")
        pattern = self._names
        return pattern.sub(lambda hit: mask_name(hit[0]), shown) if pattern else shown

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        names: set[str] = set()
        for path in sorted((self._root / "data").glob("*.xlsx")):
            if path.resolve().is_relative_to(self._root.resolve()):
                with suppress(ReportError, OSError, ValueError):
                    names |= _names_in(path, self._headers)
        listed = sorted((re.escape(name) for name in names), key=len, reverse=True)
        return re.compile("|".join(listed)) if listed else None

    @cached_property
    def _headers(self) -> tuple[str, ...]:
        """The columns that hold people's names."""
        with suppress(ReportError):
            package = domain.of(workspace.find(self._root))
            if package is not None and package.intake is not None:
                return (*_PEOPLE, *package.intake().people.names)
        return _PEOPLE


def _texts_in(grid: Grid, columns: Sequence[int]) -> Iterator[str]:
    for row in grid.rows:
        for at in columns:
            if at < len(row) and isinstance(cell := row[at], str):
                yield cell.strip()


def _names_in(path: Path, headers: tuple[str, ...]) -> set[str]:
    book, _ = read_xlsx(path)
    names: set[str] = set()
    for grid in book.grids:
        for row in grid.rows[:20]:
            columns = [
                at
                for at, cell in enumerate(row)
                if isinstance(cell, str) and cell.strip() in headers
            ]
            if columns:
                names.update(_texts_in(grid, columns))
                break
    return {name for name in names - set(headers) if len(name) >= _SHORTEST}
