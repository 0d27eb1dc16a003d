"""Rows of values -> an .xlsx file: a bold head that stays, columns as wide as asked, text that is never a formula.

All of it is written as XML: an object for each cell takes many times as long, and to import a
library for the few parts around the rows as long as to write a report. The same rows give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

from zhibi.data.writing.spreadsheet.parts import (
    DAY,
    FORMULA_LIKE,
    HEAD,
    TEXT,
    column_letters,
    package_parts,
)

LONGEST = 32_000  # Excel refuses cells above 32,767 characters
PLAIN_WIDTH = 12
_AT_ONCE = 64  # rows
_LEVEL = (
    3  # of zlib: a tenth larger than the usual 6 in half the time, and a batch writes thousands
)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MARKED = re.compile(rf"[&<>]|{_ILLEGAL.pattern}")
_BEGINS_FORMULA = ("=", "+", "-", "@")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DAY_NOUGHT = date(1899, 12, 30).toordinal()

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet: its name, its headers, the rows below them (None or empty text: an empty cell)."""

    title: str
    headers: tuple[str, ...]
    rows: Iterable[Row]


def write(sheets: Sequence[PlainSheet], widths: Mapping[str, float]) -> bytes:
    """The file. `widths` by header; a header without one is PLAIN_WIDTH wide."""
    layout = tuple((sheet.title, sheet.headers) for sheet in sheets)
    parts = _frame(layout, tuple(widths.items()))
    by_part = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            filled = b"".join(_pieces(content, by_part.get(name)))
            target.writestr(entry, filled, compresslevel=_LEVEL)
    return out.getvalue()


def _pieces(frame: bytes, sheet: PlainSheet | None) -> Iterator[bytes]:
    """A part bit by bit: as one text a sheet would be many times as large as it is in the file."""
    before, end, after = frame.partition(b"</sheetData>")
    yield before
    rows = enumerate(sheet.rows if sheet else (), 2)
    while several := list(islice(rows, _AT_ONCE)):
        yield "".join([_row(place, row) for place, row in several]).encode()
    yield end + after


@cache
def _frame(
    layout: tuple[tuple[str, tuple[str, ...]], ...], widths: tuple[tuple[str, float], ...]
) -> dict[str, bytes]:
    """All parts of the file without any row but the heads."""
    titles = [title for title, _ in layout]
    sheets = [_headed(headers, dict(widths)) for _, headers in layout]
    return {name: part.encode() for name, part in package_parts(titles, sheets).items()}


def _headed(headers: tuple[str, ...], widths: Mapping[str, float]) -> str:
    """The columns of a sheet, and its head."""
    columns = [
        f'<col min="{at}" max="{at}" width="{widths.get(header, PLAIN_WIDTH):g}" customWidth="1"/>'
        for at, header in enumerate(headers, 1)
    ]
    cells = [
        f'<c r="{column_letters(at)}1" s="{HEAD}" t="inlineStr"><is><t>{_shown(header)}</t></is></c>'
        for at, header in enumerate(headers, 1)
    ]
    return (
        f'<cols>{"".join(columns)}</cols><sheetData><row r="1">{"".join(cells)}</row></sheetData>'
    )


def _row(place: int, row: Row) -> str:
    cells = [
        f'<c r="{column_letters(number)}{place}"{_words(value) if type(value) is str else _other(value)}'
        for number, value in enumerate(row, 1)
        if value is not None and value != ""
    ]
    return f'<row r="{place}">{"".join(cells)}</row>'


def _other(value: Any) -> str:
    """A cell that is no plain text, from its style on."""
    match value:
        case str():
            return _words(value)
        case date():
            return _day(value)
        case int() | Decimal() | float():
            return f"><v>{value}</v></c>"
        case _:
            raise TypeError(f"no cell for {type(value).__name__}")


@lru_cache(maxsize=10_000)  # labels, units, sheets and sentences come again and again
def _words(text: str) -> str:
    style = FORMULA_LIKE if text.startswith(_BEGINS_FORMULA) else TEXT
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{_shown(text)}</t></is></c>'


@cache
def _day(day: date) -> str:
    return f' s="{DAY}"><v>{day.toordinal() - _DAY_NOUGHT}</v></c>'


def _shown(text: str) -> str:
    if _MARKED.search(text) is None and len(text) <= LONGEST:
        return text
    text = _ILLEGAL.sub(" ", text)
    return escape(text if len(text) <= LONGEST else f"{text[:LONGEST]}……")
