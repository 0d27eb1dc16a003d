"""Rows -> an .xlsx file, the same bytes every time.

Written straight to XML: a county of thousands of branches has millions of cells, and a library's metadata would carry
the day of writing.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

EPOCH = date(1899, 12, 30)  # Excel's day 0, for all dates after February 1900
WRITTEN = (2026, 11, 30, 0, 0, 0)
BODY, HEADER, DATE = 0, 1, 2  # cell styles
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
VIEW = "<bookViews><workbookView/></bookViews>"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Table:
    """One sheet: its title, headers, hidden identifiers (none for a plain list) and rows keyed by identifier."""

    title: str
    headers: Sequence[str]
    keys: Sequence[str]
    rows: Iterable[Mapping[str, object]]
    identified: bool = True


class _Strings:
    """The workbook's shared strings in order of first use."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}
        self.uses = 0

    def of(self, text: str) -> int:
        self.uses += 1
        return self._index.setdefault(text, len(self._index))

    def xml(self) -> str:
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in self._index)
        return f'{HEAD}<sst xmlns="{MAIN}" count="{self.uses}" uniqueCount="{len(self._index)}">{items}</sst>'


def letters(number: int) -> str:
    """1 -> A, 27 -> AA."""
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def _cell(address: str, value: object, strings: _Strings, style: int = BODY) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return f'<c r="{address}" s="{DATE}"><v>{(value - EPOCH).days}</v></c>'
    mark = f' s="{style}"' if style else ""
    if isinstance(value, (int, float, Decimal)):
        number = int(value) if value == int(value) else value
        return f'<c r="{address}"{mark}><v>{number}</v></c>'
    return f'<c r="{address}"{mark} t="s"><v>{strings.of(str(value))}</v></c>'


def _rows(table: Table, strings: _Strings) -> Iterator[str]:
    columns = [letters(at) for at in range(1, len(table.headers) + 1)]
    cells = "".join(
        _cell(f"{c}1", header, strings, HEADER)
        for c, header in zip(columns, table.headers, strict=True)
    )
    yield f'<row r="1">{cells}</row>'
    number = 1
    if table.identified:
        number = 2
        cells = "".join(
            _cell(f"{c}2", key, strings) for c, key in zip(columns, table.keys, strict=True)
        )
        yield f'<row r="2" hidden="1">{cells}</row>'
    for row in table.rows:
        number += 1
        unknown = row.keys() - set(table.keys)
        if unknown:
            raise KeyError(f"{table.title}: {sorted(unknown)}")
        cells = "".join(
            _cell(f"{c}{number}", row.get(key), strings)
            for c, key in zip(columns, table.keys, strict=True)
        )
        yield f'<row r="{number}">{cells}</row>'


def _sheet(table: Table, strings: _Strings) -> Iterator[str]:
    frozen = 2 if table.identified else 1
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{max(10, 2 * len(header) + 4)}" customWidth="1"/>'
        for at, header in enumerate(table.headers, start=1)
    )
    yield (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="{frozen}" '
        f'topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )
    yield from _rows(table, strings)
    yield "</sheetData></worksheet>"


STYLES = (
    f'<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/>'
    "</fill>"
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/><bgColor indexed="64"/></patternFill></fill>'
    "</fills>"
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _relationships(targets: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{REL}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _content_types(sheets: int) -> str:
    parts = {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number in range(1, sheets + 1)}
    parts |= {
        "/xl/workbook.xml": "sheet.main",
        "/xl/styles.xml": "styles",
        "/xl/sharedStrings.xml": "sharedStrings",
    }
    types = "".join(
        f'<Override PartName="{part}" ContentType="{KIND}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{RELATIONS}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )


def _frame(titles: Sequence[str]) -> dict[str, str]:
    """The parts that tie the sheets together."""
    sheets = "".join(
        f'<sheet name="{escape(title)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, title in enumerate(titles, start=1)
    )
    targets = [
        ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(titles) + 1)
    ]
    targets += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    return {
        "[Content_Types].xml": _content_types(len(titles)),
        "_rels/.rels": _relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{VIEW}<sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relationships(targets),
        "xl/styles.xml": STYLES,
    }


def write(tables: Sequence[Table]) -> bytes:
    """The workbook as bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in _frame([table.title for table in tables]).items():
            archive.writestr(_entry(name), f"{HEAD}{text}".encode())
        strings = _Strings()
        for number, table in enumerate(tables, start=1):
            with archive.open(
                _entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True
            ) as part:
                for chunk in _sheet(table, strings):
                    part.write(chunk.encode())
        archive.writestr(_entry("xl/sharedStrings.xml"), strings.xml().encode())
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, WRITTEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 3
    return entry


def save(tables: Sequence[Table], path: Path) -> None:
    """Writes the file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(write(tables))
    partial.replace(path)
