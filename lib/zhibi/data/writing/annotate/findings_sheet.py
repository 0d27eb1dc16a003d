"""Findings -> the XML of a sheet that lists them, each with a link to its cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from gongwen.findings import Finding, Level
from zhibi.data.reading.cells.vetting import CONTROL
from zhibi.data.sources.grid import letters
from zhibi.data.writing.annotate.styles import Styles

HEADERS = ("序号", "级别", "编号", "文件", "工作表", "单元格", "列", "问题", "处理办法")
WIDTHS = (6, 8, 8, 20, 16, 18, 18, 70, 60)
LEVEL_COLUMN, CELL_COLUMN = 1, 5
LONGEST = 32_000  # Excel refuses cells above 32,767 characters
_FIRST = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")
_LONE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Formats:
    """Numbers of the formats that the list uses."""

    head: int
    words: int
    link: int
    levels: Mapping[Level, int]


def formats(styles: Styles) -> Formats:
    """The formats, added to those of the workbook."""
    words = styles.wrapped()
    return Formats(
        styles.bold(), words, styles.link(), {level: styles.marked(words, level) for level in Level}
    )


def written(
    findings: Iterable[Finding], titles: Collection[str], look: Formats, space: str
) -> bytes:
    """The sheet.

    `titles` are the sheets a link can lead to, `space` is the vocabulary of the workbook.
    """
    listed = tuple(findings)
    head = "".join(_text(f"{letters(at)}1", title, look.head) for at, title in enumerate(HEADERS))
    rows = "".join(_row(number, finding, look) for number, finding in enumerate(listed, 2))
    links = "".join(_link(number, finding, titles) for number, finding in enumerate(listed, 2))
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(WIDTHS, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">'
        '<sheetPr><tabColor rgb="FFFF9F9F"/></sheetPr>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData><row r="1">{head}</row>{rows}</sheetData>'
        f"{f'<hyperlinks>{links}</hyperlinks>' if links else ''}</worksheet>"
    ).encode()


def _row(number: int, finding: Finding, look: Formats) -> str:
    place = finding.place
    texts = (
        str(finding.level), finding.code, place.file, place.sheet, place.cell, place.column or place.spot,
        finding.message, finding.hint,
    )  # fmt: skip
    cells = [f'<c r="A{number}" s="{look.words}"><v>{number - 1}</v></c>']
    for at, text in enumerate(texts, 1):
        form = look.words
        if at == LEVEL_COLUMN:
            form = look.levels[finding.level]
        if at == CELL_COLUMN and _FIRST.match(place.cell):
            form = look.link
        cells.append(_text(f"{letters(at)}{number}", text, form))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(address: str, text: str, form: int) -> str:
    legal = escape(_LONE.sub("", CONTROL.sub("", text))[:LONGEST])
    return f'<c r="{address}" s="{form}" t="inlineStr"><is><t xml:space="preserve">{legal}</t></is></c>'


def _link(number: int, finding: Finding, titles: Collection[str]) -> str:
    first = _FIRST.match(finding.place.cell)
    if not first or finding.place.sheet not in titles:
        return ""
    target = finding.place.sheet.replace("'", "''")
    address = f"{letters(CELL_COLUMN)}{number}"
    location = quoteattr(f"'{target}'!{first[0]}")
    return f'<hyperlink ref="{address}" location={location}/>'
