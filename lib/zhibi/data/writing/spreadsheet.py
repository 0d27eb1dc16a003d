"""Rows of values -> an .xlsx file: a bold head that stays, columns as wide as asked, text that is never a formula.

The frame of the file is openpyxl's, made once for each layout; the rows are written as XML, which
is many times quicker than an object for each cell. The same rows give the same bytes.
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

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

LONGEST = 32_000  # Excel refuses cells above 32,767 characters
PLAIN_WIDTH = 12
_AT_ONCE = 64  # rows
_LEVEL = (
    3  # of zlib: a tenth larger than the usual 6 in half the time, and a batch writes thousands
)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MARKED = re.compile(rf"[&<>]|{_ILLEGAL.pattern}")
_STYLE = re.compile(r'<c r="[A-D]2" s="(\d+)"')
_ROWS = re.compile(r'(<row r="1".*?</row>).*</sheetData>', re.DOTALL)
_FORMULA_LIKE = ("=", "+", "-", "@")
_EPOCH = (1980, 1, 1, 0, 0, 0)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its headers, the rows below them (None or empty text: an empty cell)."""

    title: str
    headers: tuple[str, ...]
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class _Styles:
    """Numbers of the styles in the frame's list."""

    text: str
    formula_like: str  # text that would be taken for a formula when edited
    day: str

    @property
    def key(self) -> tuple[str, str]:
        """Of text: as it is, or such as would be taken for a formula."""
        return self.text, self.formula_like


def write(sheets: Sequence[Sheet], widths: Mapping[str, float]) -> bytes:
    """The file. `widths` by header; a header without one is PLAIN_WIDTH wide."""
    layout = tuple((sheet.title, sheet.headers) for sheet in sheets)
    parts, styles = _frame(layout, tuple(widths.items()))
    by_part = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            filled = b"".join(_pieces(content, by_part.get(name), styles))
            target.writestr(entry, filled, compresslevel=_LEVEL)
    return out.getvalue()


def _pieces(frame: bytes, sheet: Sheet | None, styles: _Styles) -> Iterator[bytes]:
    """A part bit by bit: as one text a sheet would be many times as large as it is in the file."""
    before, end, after = frame.partition(b"</sheetData>")
    yield before
    rows = enumerate(sheet.rows if sheet else (), 2)
    while several := list(islice(rows, _AT_ONCE)):
        yield "".join([_row(place, row, styles) for place, row in several]).encode()
    yield end + after


@cache
def _frame(
    layout: tuple[tuple[str, tuple[str, ...]], ...], widths: tuple[tuple[str, float], ...]
) -> tuple[dict[str, bytes], _Styles]:
    """All parts of the file without any row but the heads, and the styles its cells may have."""
    book = Workbook()
    book.remove(book["Sheet"])
    for title, headers in layout:
        _headed(book.create_sheet(title), headers, dict(widths))
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    found: list[str] = []
    for name in [name for name in parts if name.startswith("xl/worksheets/")]:
        found = _STYLE.findall(parts[name].decode())
        parts[name] = _ROWS.sub(
            r"\1</sheetData>", re.sub(r"<dimension[^>]*/>", "", parts[name].decode())
        ).encode()
    parts["docProps/core.xml"] = re.sub(
        rb">\d{4}-\d\d-\d\dT[^<]*<", b">2000-01-01T00:00:00Z<", parts["docProps/core.xml"]
    )
    return parts, _Styles(*found)


def _headed(sheet: Any, headers: tuple[str, ...], widths: Mapping[str, float]) -> None:
    """The head, and a row with a cell of each style, by which their numbers are found."""
    sheet.freeze_panes = "A2"
    for number, header in enumerate(headers, 1):
        sheet.column_dimensions[get_column_letter(number)].width = widths.get(header, PLAIN_WIDTH)
        sheet.cell(1, number, header).font = Font(bold=True)
    wrapped = Alignment(wrap_text=True, vertical="top")
    sheet["A2"].alignment = sheet["B2"].alignment = wrapped
    sheet["B2"].quotePrefix = True
    sheet["C2"].number_format = "yyyy-mm-dd"


def _row(place: int, row: Row, styles: _Styles) -> str:
    words = styles.key
    cells = [
        f'<c r="{_letters(number)}{place}"{_words(value, words) if type(value) is str else _other(value, styles)}'
        for number, value in enumerate(row)
        if value is not None and value != ""
    ]
    return f'<row r="{place}">{"".join(cells)}</row>'


@cache
def _letters(number: int) -> str:
    return get_column_letter(number + 1)


def _other(value: Any, styles: _Styles) -> str:
    """A cell that is no plain text, from its style on."""
    match value:
        case str():
            return _words(value, styles.key)
        case date():
            return _day(value, styles.day)
        case int() | Decimal() | float():
            return f"><v>{value}</v></c>"
        case _:
            raise TypeError(f"no cell for {type(value).__name__}")


@lru_cache(maxsize=10_000)  # labels, units, sheets and sentences come again and again
def _words(text: str, styles: tuple[str, str]) -> str:
    style = styles[text.startswith(_FORMULA_LIKE)]
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{_shown(text)}</t></is></c>'


@cache
def _day(day: date, style: str) -> str:
    return f' s="{style}"><v>{to_excel(day)}</v></c>'  # type: ignore[no-untyped-call]


def _shown(text: str) -> str:
    if _MARKED.search(text) is None and len(text) <= LONGEST:
        return text
    text = _ILLEGAL.sub(" ", text)
    return escape(text if len(text) <= LONGEST else f"{text[:LONGEST]}……")
