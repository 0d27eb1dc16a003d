"""Imported rows -> a workbook in the form of the template that knows where each row came from.

The frame is the template's, made by openpyxl; the rows are written as XML, as many as there are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
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
    checksum,
)
from zhibi.data.sources.grid import letters
from zhibi.data.writing.template import FIRST_ROW, FORMATS, blank
from zhibi.data.writing.xlsx_save import pressed

if TYPE_CHECKING:
    from openpyxl import Workbook

_LEVEL = 3
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SAMPLE = re.compile(r'<row r="3"[^>]*>(.*?)</row>', re.DOTALL)
_STYLE = re.compile(r'<c r="([A-Z]+)3"(?: s="(\d+)")?')

Line = Sequence[Any]


def write(contract: Contract, imported: Imported) -> bytes:
    """The workbook; the same import gives the same bytes."""
    book = blank(contract, examples=False)
    front = book[contract.settings_title]
    for row, column in enumerate(contract.settings, 2):
        value = imported.settings.get(column.header)
        if value is not None:
            front.cell(row, 2).value = value
            front.cell(row, 2).data_type = (
                "s" if isinstance(value, str) else front.cell(row, 2).data_type
            )
    lines: dict[str, Iterable[Line]] = {}
    for sheet in contract.sheets:
        rows = imported.rows.get(sheet.title)
        if rows is not None and len(rows):
            _prepare(book, sheet)
            lines[sheet.title] = _lines(sheet, rows)
    _extra(book, CODE_TABLE, CODE_HEADERS)
    _extra(book, RECORD, RECORD_HEADERS)
    lines[CODE_TABLE], lines[RECORD] = imported.codes, imported.files
    return _with_lines(pressed(book), book.sheetnames, lines)


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


def _lines(sheet: Sheet, rows: Rows) -> Iterator[Line]:
    columns = [
        [_plain(cell, column) for cell in rows.columns[column.header]] for column in sheet.columns
    ]
    for cells, origin in zip(zip(*columns, strict=True), rows.origins, strict=True):
        file, name, number = origin
        yield (
            *cells,
            *((file, name, number, checksum(cells)) if file else (None,) * len(ORIGIN_HEADERS)),
        )


def _plain(cell: Any, column: Column) -> Any:
    if isinstance(cell, Decimal) and column.kind in (Kind.INTEGER, Kind.YEAR):
        return int(cell)
    if isinstance(cell, Decimal):
        whole = cell == cell.to_integral_value()
        return int(cell) if whole else float(cell)
    return cell


def _with_lines(draft: bytes, titles: Sequence[str], lines: dict[str, Iterable[Line]]) -> bytes:
    """The sample row of each sheet replaced by its lines."""
    parts = {f"xl/worksheets/sheet{number}.xml": title for number, title in enumerate(titles, 1)}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(draft)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            own = lines.get(parts.get(name, ""))
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
    waiting: list[str] = []
    for number, line in enumerate(lines, FIRST_ROW):
        waiting.append(_row(number, line, names, styles))
        if len(waiting) == 256:  # noqa: PLR2004  # rows at once
            yield "".join(waiting).encode()
            waiting.clear()
    yield "".join(waiting).encode()
    yield page[sample.end() :].encode()


def _row(number: int, line: Line, names: Sequence[str], styles: Sequence[str]) -> str:
    cells = [
        f'<c r="{name}{number}"{style}{_cell(value)}'
        for name, style, value in zip(names, styles, line, strict=False)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return _day(value)
    return f"><v>{value}</v></c>"


@lru_cache(maxsize=50_000)
def _text(value: str) -> str:
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(_ILLEGAL.sub(" ", value))}</t></is></c>'


@lru_cache(maxsize=50_000)
def _day(value: date) -> str:
    return f"><v>{to_excel(value)}</v></c>"  # type: ignore[no-untyped-call]
