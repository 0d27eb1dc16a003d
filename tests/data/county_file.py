"""A county workbook read with plain openpyxl: nothing of ours stands between the file and the tests."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import openpyxl

DATA = Path(__file__).resolve().parents[2] / "data"
sys.path.insert(
    0, str(DATA)
)  # the generator is a script beside its workbook, not part of the package

Row = dict[str, object]


@dataclass(frozen=True)
class Example:
    """A workbook by sheet title."""

    path: Path

    @cached_property
    def book(self) -> openpyxl.Workbook:
        return openpyxl.load_workbook(self.path)

    @cached_property
    def sheets(self) -> dict[str, list[Row]]:
        out: dict[str, list[Row]] = {}
        for sheet in self.book.worksheets[1:]:
            header, _, *rows = sheet.iter_rows(values_only=True)
            out[sheet.title] = [dict(zip(header, row, strict=True)) for row in rows]
        return out

    def __getitem__(self, title: str) -> list[Row]:
        return self.sheets[title]

    def codes(self, title: str, column: str) -> set[object]:
        return {row[column] for row in self[title]}
