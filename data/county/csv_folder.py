"""Rows -> a folder of CSV files, one for each sheet: for counties whose rows no sheet of Excel holds."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from county.xlsx import Table


def save(tables: Sequence[Table], folder: Path) -> None:
    """Writes one file after another; rows are made while they are written."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        with (folder / f"{table.title}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(_rows(table))


def _rows(table: Table) -> Iterator[list[object]]:
    yield list(table.headers)
    if table.identified:
        yield list(table.keys)
    for row in table.rows:
        yield [row.get(key) for key in table.keys]
