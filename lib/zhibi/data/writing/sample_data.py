"""A contract and a few cells -> a dataset of made-up rows, for trying out what reads one.

Nothing of it is anybody's data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhibi.data.contract import Contract, Sheet
from zhibi.data.dataset import Dataset
from zhibi.data.reading.settings import read_settings
from zhibi.data.reading.sheets import SheetReading, read_sheet
from zhibi.data.sources.grid import Grid, Raw

FILE = "例.xlsx"
Cells = Mapping[str, str]


def dataset(contract: Contract, rows: Mapping[str, Sequence[Cells]]) -> Dataset:
    """The rows of each sheet by header, as text.

    A column that a row leaves out holds the contract's own example.

    Nothing is checked: cells that do not fit the contract are missing.
    """
    settings: list[list[Raw]] = [[column.header, column.example] for column in contract.settings]
    grids = {
        sheet: Grid(FILE, sheet.title, _cells(sheet, rows.get(sheet.title, ())), textual=True)
        for sheet in contract.sheets
    }
    readings = {sheet.title: read_sheet(grid, sheet) for sheet, grid in grids.items()}
    return Dataset(
        contract,
        (),
        read_settings(
            Grid(FILE, contract.settings_title, settings, textual=True), contract
        ).settings,
        {title: reading.frame for title, reading in readings.items()},
        letters={title: _letters(reading) for title, reading in readings.items()},
    )


def _letters(reading: SheetReading) -> dict[str, dict[str, str]]:
    return {header: {FILE: letters} for header, letters in reading.letters.items()}


def _cells(sheet: Sheet, rows: Sequence[Cells]) -> list[list[Raw]]:
    head: list[Raw] = [*sheet.headers]

    def line(row: Cells) -> list[Raw]:
        return [row.get(column.header, column.example) for column in sheet.columns]

    return [head, *map(line, rows)]
