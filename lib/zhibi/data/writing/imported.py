"""Imported rows -> a workbook in the form of the template that knows where each row came from.

The frame is the template's, made by openpyxl; the rows are written as XML, as many as there are.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from openpyxl.utils.datetime import to_excel

from zhibi.data.contract import Column, Contract, Kind, Sheet
from zhibi.data.importing.assembly import Imported
from zhibi.data.importing.names.registers import CODE_HEADERS
from zhibi.data.importing.rows.merging import Rows
from zhibi.data.reading.imported_rows import (
    CODE_TABLE,
    ORIGIN_HEADERS,
    RECORD,
    RECORD_HEADERS,
    checksums,
)
from zhibi.data.reading.settings import SETTINGS_HEADERS
from zhibi.data.sources.grid import Book, letters
from zhibi.data.sources.xlsx import read_xlsx
from zhibi.data.writing.template import FIRST_ROW, FORMATS, blank
from zhibi.data.writing.xlsx_save import xlsx_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LEVEL = 1  # of zlib: a county is imported while somebody waits
_AT_ONCE = 1024  # rows
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SAMPLE = re.compile(r'<row r="3"[^>]*>(.*?)</row>', re.DOTALL)
_STYLE = re.compile(r'<c r="([A-Z]+)3"(?: s="(\d+)")?')

Line = Sequence[Any]


@dataclass(frozen=True)
class Pages:
    """The workbook without its rows, the names of its sheets, and the rows that some of them get."""

    frame: bytes
    titles: tuple[str, ...]
    rows: Mapping[str, list[Line]]


def laid_out(contract: Contract, imported: Imported) -> Pages:
    """The sheets an import fills."""
    book = blank(contract, examples=False)
    _fill_front(book[contract.settings_title], contract, imported)
    rows: dict[str, list[Line]] = {}
    for sheet in contract.sheets:
        own = imported.rows.get(sheet.title)
        if own is not None and len(own):
            _prepare(book, sheet)
            rows[sheet.title] = _lines(sheet, own)
    _extra(book, CODE_TABLE, CODE_HEADERS)
    _extra(book, RECORD, RECORD_HEADERS)
    rows[CODE_TABLE], rows[RECORD] = list(imported.codes), list(imported.files)
    return Pages(xlsx_bytes(book), tuple(book.sheetnames), rows)


def _fill_front(front: Worksheet, contract: Contract, imported: Imported) -> None:
    """The settings, and in hidden columns where those of her files stand in them."""
    first = len(SETTINGS_HEADERS) + 1
    for at, header in enumerate(ORIGIN_HEADERS, first):
        front.cell(1, at).value = header
        front.column_dimensions[letters(at - 1)].hidden = True
    for row, column in enumerate(contract.settings, 2):
        value = imported.settings.get(column.header)
        if value is None:
            continue
        front.cell(row, 2).value = value
        front.cell(row, 2).data_type = (
            "s" if isinstance(value, str) else front.cell(row, 2).data_type
        )
        origin = imported.setting_origins.get(column.header)
        if origin:
            parts: list[Any] = [*origin, *checksums([[value]])]
            for at, part in enumerate(parts, first):
                front.cell(row, at).value = part
                front.cell(row, at).number_format = "@"


def write(pages: Pages) -> bytes:
    """The workbook; the same import gives the same bytes."""
    return _with_lines(pages)


def as_read(pages: Pages, name: str, content: bytes) -> Book:
    """The book that reading the written file would give, without unpacking and parsing what has just been written."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(pages.frame)
        frame, _ = read_xlsx(path)
    grids = tuple(
        replace(grid, rows=[*grid.rows[: FIRST_ROW - 1], *pages.rows[grid.title]])  # type: ignore[list-item]
        if grid.title in pages.rows
        else grid
        for grid in frame.grids
    )
    return replace(frame, grids=grids, digests={name: hashlib.sha256(content).hexdigest()})


def _prepare(book: Workbook, sheet: Sheet) -> None:
    """The columns that tell where rows came from, hidden, and a row of cells that show each column's style."""
    page = book[sheet.title]
    for at, column in enumerate(sheet.columns, 1):
        cell = page.cell(FIRST_ROW, at)
        cell.value, cell.number_format = "x", FORMATS.get(column.kind, "@")
    for at, header in enumerate(ORIGIN_HEADERS, len(sheet.columns) + 1):
        page.cell(1, at).value = header
        page.column_dimensions[letters(at - 1)].hidden = True
        page.cell(FIRST_ROW, at).value = "x"


def _extra(book: Workbook, title: str, headers: Sequence[str]) -> None:
    page = book.create_sheet(title)
    for at, header in enumerate(headers, 1):
        page.cell(1, at).value = header
        page.column_dimensions[letters(at - 1)].width = 24
        page.cell(FIRST_ROW, at).value = "x"
        page.cell(FIRST_ROW, at).number_format = "@"
    page.freeze_panes = "A2"


def _lines(sheet: Sheet, rows: Rows) -> list[Line]:
    """Cells by row as a workbook shows them, a blank as an empty text, and where the row came from."""
    columns = [_plain_cells(rows, column) for column in sheet.columns]
    nowhere = ("",) * len(ORIGIN_HEADERS)
    sums = checksums(columns)
    return [
        [*cells, *((*origin, check) if origin[0] else nowhere)]
        for *cells, origin, check in zip(*columns, rows.origins, sums, strict=True)
    ]


def _plain_cells(rows: Rows, column: Column) -> list[Any]:
    return [_plain(cell, column) for cell in rows.columns[column.header]]


def _plain(cell: Any, column: Column) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell if cell.isprintable() else _ILLEGAL.sub(" ", cell)
    if isinstance(cell, Decimal) and column.kind in (Kind.INTEGER, Kind.YEAR):
        return int(cell)
    if isinstance(cell, Decimal):
        whole = cell == cell.to_integral_value()
        return int(cell) if whole else float(cell)
    return cell


def _with_lines(pages: Pages) -> bytes:
    """The sample row of each sheet replaced by its lines."""
    parts = {
        f"xl/worksheets/sheet{number}.xml": title for number, title in enumerate(pages.titles, 1)
    }
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(pages.frame)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            own = pages.rows.get(parts.get(name, ""))
            if own is None:
                target.writestr(entry, content, compresslevel=_LEVEL)
                continue
            with target.open(entry, "w") as part:
                for piece in _pieces(content.decode(), own):
                    part.write(piece)
    return out.getvalue()


def _pieces(page: str, lines: Iterable[Line]) -> Iterator[bytes]:
    page = re.sub(r"<dimension[^>]*/>", "", page)
    sample = _SAMPLE.search(page)
    assert sample is not None  # `_prepare` put it there
    styles = [f' s="{style}"' if style else "" for _, style in _STYLE.findall(sample[0])]
    names = [letters(at) for at in range(len(styles))]
    yield page[: sample.start()].encode()
    numbered = enumerate(lines, FIRST_ROW)
    while several := list(islice(numbered, _AT_ONCE)):
        yield "".join(_rows(several, names, styles)).encode()
    yield page[sample.end() :].encode()


def _rows(
    lines: Sequence[tuple[int, Line]], names: Sequence[str], styles: Sequence[str]
) -> list[str]:
    """Rows of XML, made column by column: what a column says again and again is written out once."""
    numbers = [number for number, _ in lines]
    columns = []
    by_column = zip(*(line for _, line in lines), strict=True)
    for name, style, cells in zip(names, styles, by_column, strict=False):
        known = {cell: _cell(cell, style) for cell in set(cells)}
        if known.keys() != {""}:
            columns.append(
                [
                    f'<c r="{name}{number}"{known[cell]}' if cell != "" else ""
                    for number, cell in zip(numbers, cells, strict=True)
                ]
            )
    return [
        f'<row r="{number}">{"".join(cells)}</row>'
        for number, cells in zip(numbers, zip(*columns, strict=True), strict=True)
    ]


def _cell(value: Any, style: str) -> str:
    if isinstance(value, str):
        space = "" if value.strip() == value else ' xml:space="preserve"'
        words = escape(_ILLEGAL.sub(" ", value))
        return f'{style} t="inlineStr"><is><t{space}>{words}</t></is></c>'
    return f"{style}{_day(value)}" if isinstance(value, date) else f"{style}><v>{value}</v></c>"


@lru_cache(maxsize=50_000)
def _day(value: date) -> str:
    return f"><v>{to_excel(value)}</v></c>"  # type: ignore[no-untyped-call]
