"""An .xlsx and new values of single cells -> the same .xlsx with only these cells written anew.

Every other byte of every part stays: formats, formulas, comments, drop-downs, the cells beside
them. A text is written into its cell, not into the list of shared texts, so that no other cell can
change with it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from zhibi.data.sources.grid import plain

CellValue = str | int | float | date | None  # None empties a cell; its format stays

_DAY_ZERO = date(1899, 12, 30)
_DAY_ZERO_1904 = date(1904, 1, 1)
_BUILT_IN = frozenset((14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_STYLES = "xl/styles.xml"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ROW = rb'<(\w+:)?row\b[^>]*?\br="%d"[^>]*?(?:/>|>(.*?)</(?:\w+:)?row>)'
_CELL = rb'<(\w+:)?c\b([^>]*?\br="%s"[^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)'
_ANY_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]+)"')
_SHEET_DATA = re.compile(rb"</(\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
_ANY_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})[0-9]{1,7}"')
_EVERY_CELL = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*?(?<!/)>(.*?)</(?:\w+:)?c>', re.DOTALL
)
_TYPE = re.compile(rb'\s+t="[^"]*"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a workbook keeps a day: the number of the day since `zero`, in cells whose style is one of `styles`."""

    zero: date = _DAY_ZERO
    styles: frozenset[int] = frozenset()


def with_cells(
    package: bytes,
    cells: Mapping[str, Mapping[str, CellValue]],
    merged: Mapping[str, Iterable[str]] | None = None,
) -> bytes:
    """The workbook with these values, by sheet name and address, and without these merged ranges.

    A cell with a formula is left alone. A day is written as a number where the cell shows days,
    else in words. Sheets are found whatever spaces and width their names are written with.
    """
    apart = dict(merged or {})
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts, calendar = _parts(archive), _calendar(archive)
        changed: dict[str, bytes] = {}
        for title in {*cells, *apart}:
            part = parts[plain(title)]
            xml = without_merged(archive.read(part), apart.get(title, ()))
            changed[part] = edited(xml, cells.get(title, {}), calendar)
        if all(archive.read(part) == xml for part, xml in changed.items()):
            return package
        return replaced(archive, changed)


def with_rows(package: bytes, title: str, numbers: Iterable[int]) -> bytes:
    """The workbook with these rows in a sheet, those that are not there yet without a cell."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        part = _parts(archive)[plain(title)]
        xml = archive.read(part)
        for number in sorted(set(numbers)):
            xml = _with_row(xml, number)
        return replaced(archive, {part: xml})


def _with_row(xml: bytes, number: int) -> bytes:
    found = re.compile(_ROW % number, re.DOTALL).search(xml)
    if found is not None and found[2] is not None:
        return xml
    prefix = (match[1] or b"") if (match := _SHEET_DATA.search(xml)) else b""
    row = b'<%srow r="%d"></%srow>' % (prefix, number, prefix)
    if found is not None:
        return xml[: found.start()] + row + xml[found.end() :]
    later = (match for match in _ANY_ROW.finditer(xml) if int(match[1]) > number)
    first = next(later, None)
    if first is not None:
        return xml[: first.start()] + row + xml[first.start() :]
    return _SHEET_DATA.sub(lambda data: _closed(data, row), xml, count=1)


def _closed(data: re.Match[bytes], row: bytes) -> bytes:
    """The end of the rows, or of a sheet that has none, with one more before it."""
    prefix = data[1] or b""
    opening = b"" if data[0].startswith(b"</") else b"<" + prefix + b"sheetData>"
    return opening + row + b"</" + prefix + b"sheetData>"


def formula_cells(package: bytes) -> Mapping[str, frozenset[str]]:
    """The cells that hold formulas, by sheet name without spaces and width."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        addresses = {}
        for title, part in _parts(archive).items():
            xml = archive.read(part)
            cells = _EVERY_CELL.finditer(xml) if _FORMULA.search(xml) else ()
            addresses[title] = frozenset(c[1].decode() for c in cells if _FORMULA.search(c[2]))
        return addresses


def replaced(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The archive with the content of some parts changed.

    The others are copied with their names, order and dates.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in archive.infolist():
            content = changed.get(entry.filename)
            out.writestr(entry, archive.read(entry) if content is None else content)
    return target.getvalue()


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> its part."""
    targets = {
        relation.get("Id"): posixpath.normpath(
            posixpath.join("/xl", relation.get("Target", ""))
        ).lstrip("/")
        for relation in ET.fromstring(archive.read(_RELATIONS))  # noqa: S314  (documents with a DTD were refused)
    }
    parts: dict[str, str] = {}
    for node in ET.fromstring(archive.read(_WORKBOOK)).iter():  # noqa: S314
        if node.tag.endswith("}sheet"):
            relation = next(
                (value for key, value in node.attrib.items() if key.endswith("}id")), ""
            )
            parts[plain(node.get("name", ""))] = targets.get(relation, "")
    return parts


def _calendar(archive: zipfile.ZipFile) -> Calendar:
    old = re.search(rb'date1904="(?:1|true)"', archive.read(_WORKBOOK))
    zero = _DAY_ZERO_1904 if old else _DAY_ZERO
    if _STYLES not in archive.namelist():
        return Calendar(zero)
    styles = ET.fromstring(archive.read(_STYLES))  # noqa: S314  (documents with a DTD were refused)
    own = {
        int(node.get("numFmtId", "0"))
        for node in styles.iter()
        if node.tag.endswith("}numFmt") and _shows_days(node.get("formatCode", ""))
    }
    formats = next((node for node in styles if node.tag.endswith("}cellXfs")), ())
    shown = (int(style.get("numFmtId", "0")) for style in formats)
    days = frozenset(at for at, number in enumerate(shown) if number in own or number in _BUILT_IN)
    return Calendar(zero, days)


def _shows_days(code: str) -> bool:
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code).lower()
    return "y" in bare or "d" in bare


def edited(xml: bytes, values: Mapping[str, CellValue], calendar: Calendar | None = None) -> bytes:
    """The XML of a sheet with new values of some cells, by address."""
    calendar = calendar or Calendar()
    by_row: dict[int, dict[str, CellValue]] = {}
    for address, value in values.items():
        row = int(_split(address)[1])
        by_row.setdefault(row, {})[address] = value
    pieces: list[bytes] = []
    at = 0
    for row in sorted(by_row):
        match = re.compile(_ROW % row, re.DOTALL).search(xml, at)
        if match is None or match[2] is None:
            continue  # there is nothing in this row; nothing to put right
        pieces += [
            xml[at : match.start(2)],
            _row_edited(match[2], by_row[row], calendar, match[1] or b""),
        ]
        at = match.end(2)
    return b"".join([*pieces, xml[at:]])


def _row_edited(
    cells: bytes, values: Mapping[str, CellValue], calendar: Calendar, prefix: bytes
) -> bytes:
    for address, value in values.items():
        match = re.compile(_CELL % address.encode(), re.DOTALL).search(cells)
        if match is None:
            at = _insertion(cells, address)
            cells = (
                cells[:at]
                + _written(b' r="%s"' % address.encode(), value, calendar, prefix)
                + cells[at:]
            )
        elif match[3] is None or not _FORMULA.search(match[3]):
            new = _written(_TYPE.sub(b"", match[2]).rstrip(), value, calendar, match[1] or b"")
            cells = cells[: match.start()] + new + cells[match.end() :]
    return cells


def _insertion(cells: bytes, address: str) -> int:
    """Where in a row a cell that is not there yet belongs."""
    wanted = _order(_split(address)[0])
    return next(
        (cell.start() for cell in _ANY_CELL.finditer(cells) if _order(cell[1].decode()) > wanted),
        len(cells),
    )


def _order(column: str) -> tuple[int, str]:
    return len(column), column


def _written(attributes: bytes, value: CellValue, calendar: Calendar, prefix: bytes) -> bytes:
    """A cell with its attributes (without the type) and a value."""
    opening = b"<" + prefix + b"c" + attributes
    if value is None:
        return opening + b"/>"
    if isinstance(value, date):
        style = _STYLE.search(attributes)
        shows_days = style is not None and int(style[1]) in calendar.styles
        value = (value - calendar.zero).days if shows_days else value.isoformat()
    closing = b"</" + prefix + b"c>"
    if isinstance(value, str):
        text = escape(value).encode()
        tags = [b"<" + prefix + b"is>", b"<" + prefix + b't xml:space="preserve">', text]
        tags += [b"</" + prefix + b"t>", b"</" + prefix + b"is>"]
        return opening + b' t="inlineStr">' + b"".join(tags) + closing
    return (
        opening + b"><" + prefix + b"v>" + repr(value).encode() + b"</" + prefix + b"v>" + closing
    )


def _split(address: str) -> tuple[str, str]:
    match = _ADDRESS.fullmatch(address)
    assert match is not None  # addresses come from the reader
    return match[1], match[2]


def without_merged(xml: bytes, areas: Iterable[str]) -> bytes:
    """The XML of a sheet in which some merged ranges are ranges of single cells."""
    for area in areas:
        xml = re.sub(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="%s"[^>]*/>' % area.encode(), b"", xml)
    left = len(re.findall(rb"<(?:\w+:)?mergeCell\b", xml))
    if not left:
        return re.sub(rb"<(?:\w+:)?mergeCells\b[^>]*>\s*</(?:\w+:)?mergeCells>", b"", xml)
    return re.sub(rb'(<(?:\w+:)?mergeCells\b[^>]*\bcount=")\d+(")', rb"\g<1>%d\g<2>" % left, xml)
