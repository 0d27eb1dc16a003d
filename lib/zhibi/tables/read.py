"""A workbook or a folder of CSV, and its contract -> a Dataset, or every fault of it at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from zhibi.errors import InvalidInput
from zhibi.findings import Finding, errors_in
from zhibi.tables.contract import Contract, Sheet
from zhibi.tables.dataset import Dataset, Source
from zhibi.tables.faults import Faults
from zhibi.tables.folder import read_folder
from zhibi.tables.grid import Book, Grid, letters
from zhibi.tables.held import refuse_from_within
from zhibi.tables.keys import key_faults
from zhibi.tables.layout import match_sheets
from zhibi.tables.settings import SettingsReading, no_settings, read_settings
from zhibi.tables.sheets import SheetReading, absent, read_sheet
from zhibi.tables.strangers import private_cells
from zhibi.tables.xlsx import read_xlsx


def open_dataset(path: Path | str, contract: Contract) -> Dataset:
    """The dataset of a workbook that has no 错误; else InvalidInput with all of them, or UnreadableFile."""
    dataset, findings = read(path, contract)
    if dataset is None:
        raise InvalidInput(Path(path).name, errors_in(findings))
    return dataset


def read(path: Path | str, contract: Contract) -> tuple[Dataset | None, tuple[Finding, ...]]:
    """The dataset (None if anything is a 错误) and every finding: file, sheets, columns, cells, then the checks."""
    refuse_from_within(str(path))
    path = Path(path)
    book, findings = read_folder(path) if path.is_dir() else read_xlsx(path)
    matched = match_sheets(book, contract)
    readings = {sheet.title: _read(matched.grids.get(sheet.title), sheet, book) for sheet in contract.sheets}
    settings = _settings(matched.grids.get(contract.settings_title), contract)
    faults = {title: Faults(_file(reading, book), title) for title, reading in readings.items()}
    key_faults(contract, readings, faults)
    dataset = Dataset(
        contract,
        tuple(Source(name, digest) for name, digest in book.digests.items()),
        settings.settings,
        {title: reading.frame for title, reading in readings.items()},
        {title: reading.unread for title, reading in readings.items()},
        {title: {header: letters(at) for header, at in reading.columns.items()} for title, reading in readings.items()},
    )
    found = [*findings, *matched.findings, *settings.findings]
    for title, reading in readings.items():
        found += [*reading.findings, *faults[title].findings()]
    found += private_cells(matched, readings)
    for check in contract.checks:
        found += check(dataset)
    return (None if errors_in(found) else replace(dataset, unread={})), tuple(found)


def _read(grid: Grid | None, sheet: Sheet, book: Book) -> SheetReading:
    if grid is None or not grid.whole:
        return absent(sheet, grid.file if grid else book.name)
    return read_sheet(grid, sheet)


def _settings(grid: Grid | None, contract: Contract) -> SettingsReading:
    if grid is None or not grid.whole:
        return SettingsReading(no_settings(contract), ())
    return read_settings(grid, contract)


def _file(reading: SheetReading, book: Book) -> str:
    """The file a sheet stands in: the workbook, or its own CSV."""
    files = reading.frame.index.levels[0]  # type: ignore[attr-defined]  # every frame here has the origin index
    return str(files[0]) if len(files) else book.name
