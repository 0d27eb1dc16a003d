"""A row of a sheet and what is wrong with one of its cells -> the finding, at the cell's Excel address."""

from __future__ import annotations

from typing import Any

from gongwen.findings import Finding, Level, Location
from zhibi.data.dataset import Dataset


def cell_fault(
    data: Dataset,
    origin: Any,
    header: str,
    message: str,
    hint: str = "请核对。",
    *,
    code: str = "Y01",
    level: Level = Level.ERROR,
) -> Finding:
    """What a check says of one cell.

    `origin` is the label of the row in its frame: file, sheet and Excel row.
    """
    file, sheet, row = origin
    cell = f"{data.letter(sheet, header, file)}{row}"
    return Finding(code, level, Location(file, sheet, cell, header), message, hint)
