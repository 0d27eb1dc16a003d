"""The workbook that is imported into -> its rows, its settings and its codes, so that they stay what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gongwen.chinese.personal_data import masked
from gongwen.errors import UnreadableFile
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Kind, Sheet
from zhibi.data.importing.assembly import Importer
from zhibi.data.importing.recognition.lexicon import Lexicon
from zhibi.data.importing.rows.blocks import Block
from zhibi.data.importing.rows.values import ValueReader
from zhibi.data.reading.imported_rows import (
    CODE_TABLE,
    IMPORT_SHEETS,
    ORIGIN_HEADERS,
    RECORD,
    Origin,
    setting_origins,
)
from zhibi.data.reading.layout import OWN_SHEETS, Matched, match_sheets, place_columns
from zhibi.data.reading.settings import read_settings
from zhibi.data.reading.sheets import read_sheet
from zhibi.data.sources.grid import Book, Grid, Raw, plain, words
from zhibi.data.sources.xlsx import read_xlsx


def with_existing(importer: Importer, workbook: Path) -> Importer:
    """The importer that goes on from this workbook.

    Raises UnreadableFile where it cannot be read.
    """
    if not workbook.is_file():
        return importer
    book, _ = read_xlsx(workbook)
    matched = match_sheets(book, importer.contract)
    if not matched.grids:
        raise UnreadableFile(
            workbook,
            "不是规定样式的工作簿，不能导入到里面",
            "请把 --into 换成一个新的文件名；原表请放在要导入的文件里。",
        )
    blocks = []
    for sheet in importer.contract.sheets:
        grid = matched.grids.get(sheet.title)
        if grid is not None and grid.rows:
            blocks.append(_block(grid, sheet, importer.lexicon))
    settings: dict[str, Any] = {}
    origins: Mapping[str, Origin] = {}
    front = matched.grids.get(importer.contract.settings_title)
    if front is not None:
        facts = read_settings(front, importer.contract).settings
        settings = {name: fact.value for name, fact in facts.items() if fact.value is not None}
        origins = setting_origins(front)
    return replace(
        importer,
        findings=(*importer.findings, *_not_taken(workbook, matched, importer)),
        existing=tuple(block for block in blocks if len(block)),
        earlier=codes_in(book),
        settings=settings,
        setting_origins=origins,
        recorded=_record(book),
    )


def _not_taken(workbook: Path, matched: Matched, importer: Importer) -> Iterable[Finding]:
    """What somebody added to the workbook and an import does not write again.

    It stays in the copy of before.
    """
    own = (*OWN_SHEETS, *IMPORT_SHEETS)
    added = [
        f"工作表“{masked(grid.title)}”"
        for grid in matched.others
        if grid.title not in own and any(map(any, grid.rows))
    ]
    for sheet in importer.contract.sheets:
        grid = matched.grids.get(sheet.title)
        if grid is None or not grid.rows:
            continue
        columns = [
            masked(name)[:20]
            for name, at in place_columns(grid, sheet).own.items()
            if _holds_anything(grid, at)
        ]
        if columns:
            added.append(f"“{sheet.title}”表的列“{'”“'.join(columns)}”")
    if added:
        message = f"您自己加的{'、'.join(added)}，导入后的工作簿里没有。"
        hint = f"它们留在“{workbook.stem}-导入前.xlsx”里，要用的请复制过来。"
        yield Finding("M28", Level.WARNING, Location(workbook.name), message, hint)


def _holds_anything(grid: Grid, column: int) -> bool:
    return any(row[column] != "" for row in grid.rows[1:])


def _block(grid: Grid, sheet: Sheet, lexicon: Lexicon) -> Block:
    reading = read_sheet(grid, sheet)
    numbers = [int(row) for row in reading.frame.index.get_level_values("row")]
    rows = [grid.rows[number - 1] for number in numbers]
    columns: dict[str, list[Any]] = {}
    for column in sheet.columns:
        at = reading.columns.get(column.header)
        if at is None:
            continue
        cells = [row[at] for row in rows]
        if column.kind is Kind.CODE:
            columns[column.header] = [words(raw).strip() or None for raw in cells]
        else:
            reader = ValueReader(sheet.title, column, lexicon)
            columns[column.header] = [reader.read(raw).value for raw in cells]
    origins = [_origin(row, grid) for row in rows]
    return Block(
        sheet,
        None,
        columns,
        [origin[0] for origin in origins],
        [origin[1] for origin in origins],
        [origin[2] or number for origin, number in zip(origins, numbers, strict=True)],
        existing=True,
    )


def _origin(row: list[Raw], grid: Grid) -> tuple[str, str, int]:
    head = [plain(words(cell)) for cell in grid.rows[0]]
    if plain(ORIGIN_HEADERS[0]) not in head:
        return "", "", 0
    at = head.index(plain(ORIGIN_HEADERS[0]))
    file, sheet, number = (words(cell) for cell in row[at : at + 3])
    return (file, sheet, int(number)) if number.isdigit() else ("", "", 0)


def codes_in(book: Book) -> tuple[tuple[str, ...], ...]:
    """The code table that an import wrote into a workbook."""
    rows = _rows(book, CODE_TABLE)
    return tuple(_six_cells(row) for row in rows)


def _six_cells(row: Sequence[Raw]) -> tuple[str, ...]:
    return tuple(words(cell).strip() for cell in (*row, "", "", "", "", "")[:6])


def _record(book: Book) -> Mapping[str, str]:
    return {words(row[0]): words(row[1]) for row in _rows(book, RECORD) if words(row[0])}


def _rows(book: Book, title: str) -> list[list[Raw]]:
    return next((grid.rows[1:] for grid in book.grids if grid.title == title), [])
