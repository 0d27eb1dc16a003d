"""A workbook, a folder of them, a folder of CSV or a database, and its contract -> a Dataset, or every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import ModuleType

from gongwen.chinese.personal_data import gives_away, without_numbers
from gongwen.errors import InvalidInput, MissingExtra, UnreadableFile
from gongwen.facts.value import Fact
from gongwen.findings import Finding, errors_in
from zhibi.data.checking.answers import Change
from zhibi.data.checking.incomplete import partial_findings, without_lost
from zhibi.data.checking.keys import key_faults
from zhibi.data.checking.merge import MergedSheet, gather
from zhibi.data.checking.named_codes import with_codes
from zhibi.data.checking.own_checks import run_checks
from zhibi.data.checking.reporters import (
    Filled,
    late,
    not_received,
    one_settings,
    reporter,
    who_reported,
)
from zhibi.data.contract import Contract, Sheet
from zhibi.data.dataset import Dataset, Source
from zhibi.data.reading.imported_rows import Origin, cited
from zhibi.data.reading.layout import match_sheets
from zhibi.data.reading.settings import (
    SettingsReading,
    dated,
    last_day,
    no_settings,
    read_settings,
)
from zhibi.data.reading.sheets import (
    SheetReading,
    absent,
    examples_told_once,
    omissions_told_once,
    read_sheet,
)
from zhibi.data.reading.unexpected import private_cells
from zhibi.data.snapshot.access_scope import refuse_from_within
from zhibi.data.snapshot.memory import Memory
from zhibi.data.sources.folder import has_csv, read_folder
from zhibi.data.sources.grid import Book, Grid
from zhibi.data.sources.workbooks import has_workbooks, read_workbooks
from zhibi.data.sources.xlsx import read_xlsx
from zhibi.workspace.address import address, is_address

Books = tuple[tuple[Book, ...], tuple[Finding, ...]]


def open_dataset(place: Path | str, contract: Contract) -> Dataset:
    """The dataset of a source that has no 错误.

    Else InvalidInput with all of them, or UnreadableFile.

    `place` is a workbook, a folder of branch workbooks, a folder of CSV, or the address of a database as text.
    """
    dataset, findings = read(place, contract)
    if dataset is None:
        raise InvalidInput(called(place), errors_in(findings))
    return dataset


def called(place: Path | str) -> str:
    """A source as messages call it: the name of the file or folder, the address of a database without its password."""
    return address(str(place)).shown if is_address(place) else Path(place).name


def read(
    place: Path | str,
    contract: Contract,
    *,
    due: date | None = None,
    partial: bool = False,
    memory: Memory | None = None,
) -> tuple[Dataset | None, tuple[Finding, ...]]:
    """The dataset (None if anything is a 错误) and every finding.

    Files, sheets, columns, cells, then the checks.

    In a folder of workbooks those saved after the day `due` are named. While files are missing
    there, references into them are left blank and told with M01; if `partial`, every reference that
    leads nowhere is. With `memory`, what has not changed since the last reading is not read again.
    """
    examination = examine(place, contract, due=due, partial=partial, memory=memory)
    return examination.dataset, examination.findings


@dataclass(frozen=True)
class Examination:
    """A source as it was read: the dataset (None if anything is a 错误), every finding, and the cells with one answer."""

    dataset: Dataset | None
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()


def examine(
    place: Path | str,
    contract: Contract,
    *,
    due: date | None = None,
    partial: bool = False,
    memory: Memory | None = None,
) -> Examination:
    """The same as `read`, with the cells of which it is known what they should say."""
    refuse_from_within(called(place) if is_address(place) else str(place))
    refuse_private_name(place)
    books, said = _books(place, contract, memory)
    return examine_books(books, contract, said, due=due, partial=partial, memory=memory)


def examine_books(
    books: tuple[Book, ...],
    contract: Contract,
    said: tuple[Finding, ...] = (),
    *,
    due: date | None = None,
    partial: bool = False,
    memory: Memory | None = None,
) -> Examination:
    """The same of books that are laid out already; `said` is what was found on the way to them."""
    if not books:
        return Examination(None, tuple(map(_shown, said)))
    files = [_filled(book, contract, memory) for book in books]
    whole = {sheet.title: _gathered(sheet, files) for sheet in contract.sheets}
    named = with_codes(contract, {title: table for title, (table, _) in whole.items()})
    who = contract.reporters
    missing = (
        not_received(files, contract, named.tables[who.sheet].frame)
        if who and len(files) > 1
        else {}
    )
    tables, blanks = without_lost(contract, named.tables, missing, partial=partial)
    settings, disagreeing = one_settings(files, contract)
    faults = key_faults(
        contract, tables, partial=len(files) == 1 and bool(reporter(files[0], contract))
    )
    dataset = _dataset(contract, books, tables, settings)
    findings = [*said, *disagreeing, *chain.from_iterable(filled.findings for filled in files)]
    for title, (_, contradictions) in whole.items():
        findings += chain.from_iterable(filled.sheets[title].findings for filled in files)
        findings += [*contradictions, *named.faults[title].findings(), *faults[title].findings()]
    if who and len(files) > 1:
        findings += who_reported(files, contract, dataset[who.sheet], missing, blanks)
        findings += partial_findings(blanks)
    if due is not None:
        findings += late(files, due)
    findings += run_checks(contract.checks, dataset, memory)
    shown = omissions_told_once(examples_told_once(map(_shown, findings)))
    changes = (*chain.from_iterable(filled.changes for filled in files), *named.changes)
    if errors_in(findings):
        return Examination(None, shown, changes)
    made = cited(replace(dataset, unread={}), _origins(files), books)
    return Examination(made, shown, changes)


def _gathered(sheet: Sheet, files: Iterable[Filled]) -> tuple[MergedSheet, tuple[Finding, ...]]:
    return gather(sheet, [filled.sheets[sheet.title] for filled in files])


def refuse_private_name(place: Path | str) -> None:
    """The name of a file is printed beside every figure.

    Raises UnreadableFile, which does not repeat it.
    """
    kind = "" if is_address(place) else gives_away(Path(place).name)
    if kind:
        raise UnreadableFile(
            "工作簿", f"文件名里含有{kind}（文件名不显示）", "请改个名字，文件名里不写号码。"
        )


def _shown(finding: Finding) -> Finding:
    """The finding as it may go anywhere: whatever a check quotes of a cell, no number of a person is in it."""
    place = finding.place
    return replace(
        finding,
        message=without_numbers(finding.message),
        hint=without_numbers(finding.hint),
        place=replace(
            place,
            file=without_numbers(place.file),
            sheet=without_numbers(place.sheet),
            column=without_numbers(place.column),
        ),
    )


def _origins(files: Iterable[Filled]) -> Mapping[str, Mapping[tuple[str, int], Origin]]:
    """By sheet, the rows an import wrote and where they came from."""
    origins: dict[str, dict[tuple[str, int], Origin]] = {}
    for filled in files:
        for title, reading in filled.sheets.items():
            rows = origins.setdefault(title, {})
            rows |= {(reading.file, row): origin for row, origin in reading.origins.items()}
    return origins


def _books(place: Path | str, contract: Contract, memory: Memory | None) -> Books:
    if is_address(place):
        return _single(database().read_database(address(str(place)), contract), ())
    path = Path(place)
    if not path.is_dir():
        return _single(*(memory.workbook(path) if memory else read_xlsx(path)))
    if has_csv(path):
        return _single(*read_folder(path))
    if not has_workbooks(path):
        raise UnreadableFile(
            path,
            "文件夹里没有 CSV 文件，也没有工作簿",
            "请每张表放一个“表名.csv”，或放各单位报来的 .xlsx 工作簿。",
        )
    return read_workbooks(path)


def _single(book: Book, findings: tuple[Finding, ...]) -> Books:
    return (book,), findings


def database() -> ModuleType:
    """The room that knows databases; MissingExtra where its packages are not installed."""
    try:
        return import_module("zhibi.data.sources.postgres")
    except ModuleNotFoundError:
        raise MissingExtra(
            "读写数据库所需的软件", "请运行：pip install 'zhibi[postgres]'"
        ) from None


def is_several(place: Path | str) -> bool:
    """True of a source that is no single workbook and no folder of CSV."""
    return is_address(place) or (Path(place).is_dir() and not has_csv(Path(place)))


def _filled(book: Book, contract: Contract, memory: Memory | None) -> Filled:
    """One file: every sheet and setting of it, and what is wrong with each by itself."""
    matched = match_sheets(book, contract)
    settings = _settings(matched.grids.get(contract.settings_title), contract)
    until = last_day(settings.settings, contract)
    readings = {
        sheet.title: _read(matched.grids.get(sheet.title), dated(sheet, until), book, memory)
        for sheet in contract.sheets
    }
    private = private_cells(matched, readings)
    changes = chain.from_iterable(reading.changes for reading in readings.values())
    return Filled(
        book,
        readings,
        settings.settings,
        (*matched.findings, *settings.findings, *private),
        (*settings.changes, *changes),
    )


def _read(grid: Grid | None, sheet: Sheet, book: Book, memory: Memory | None) -> SheetReading:
    if grid is None or not grid.whole:
        return absent(sheet, grid.file if grid else book.name)
    return memory.reading(grid, sheet) if memory else read_sheet(grid, sheet)


def _settings(grid: Grid | None, contract: Contract) -> SettingsReading:
    if grid is None or not grid.whole:
        return SettingsReading(no_settings(contract), ())
    return read_settings(grid, contract)


def _dataset(
    contract: Contract,
    books: Iterable[Book],
    tables: Mapping[str, MergedSheet],
    settings: Mapping[str, Fact],
) -> Dataset:
    digests = chain.from_iterable(book.digests.items() for book in books)
    return Dataset(
        contract,
        tuple(Source(name, digest) for name, digest in digests),
        settings,
        {title: table.frame for title, table in tables.items()},
        {title: table.unread for title, table in tables.items()},
        {title: table.letters for title, table in tables.items()},
    )
