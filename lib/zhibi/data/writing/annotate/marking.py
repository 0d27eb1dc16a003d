"""A workbook and its findings -> the bytes of its marked copy."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from lxml import etree
from openpyxl import Workbook

from gongwen.chinese.personal_data import masked
from gongwen.errors import UnreadableFile
from gongwen.findings import Finding, Level
from zhibi.data.reading.cells.vetting import CONTROL
from zhibi.data.reading.layout import OWN_SHEETS
from zhibi.data.sources.container import open_package
from zhibi.data.sources.folder import read_folder
from zhibi.data.sources.grid import plain, split_address
from zhibi.data.writing.annotate import comments, findings_sheet, privacy
from zhibi.data.writing.annotate.cells import Address, AddressedCells
from zhibi.data.writing.annotate.package import (
    WORKBOOK,
    Damaged,
    Parts,
    drop,
    group_of,
    link_key,
    local,
    within,
)
from zhibi.data.writing.annotate.styles import Styles
from zhibi.data.writing.xlsx_save import xlsx_bytes

LIST_TITLE = OWN_SHEETS[1]
STRENGTH = (Level.NOTE, Level.WARNING, Level.ERROR)
MOST_COMMENTS = 300  # of one finding; beyond that the colour must do
MOST_CELLS = 100_000
LONGEST = 1_000  # characters of one message
LAST_ROW, LAST_COLUMN = 1_048_576, 16_383
PERSON, FORBIDDEN_COLUMN = "V20", "V21"
_AREA = re.compile(r"([A-Z]{1,3}[0-9]{1,7})(?::([A-Z]{1,3}[0-9]{1,7}))?")
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook: its title, its part, and the line that names it."""

    title: str
    part: str
    entry: etree._Element


@dataclass
class CellMarks:
    """What is to be done to the cells of one sheet."""

    levels: dict[Address, Level] = field(default_factory=dict)
    words: dict[Address, list[str]] = field(default_factory=dict)
    blank: set[Address] = field(default_factory=set)
    blank_below: set[Address] = field(default_factory=set)


def mark(path: Path | str, findings: Iterable[Finding]) -> bytes:
    """The marked copy; a folder of CSV becomes one workbook.

    Raises UnreadableFile for one that is damaged.
    """
    path = Path(path)
    data = _from_folder(path) if path.is_dir() else open_package(path).data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            return _marked(Parts(source), tuple(findings))
    except (Damaged, KeyError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        raise UnreadableFile(
            path, "文件内容已损坏，无法标注", "如果能用 Excel 打开，请另存一份再试。"
        ) from None


def _marked(parts: Parts, findings: tuple[Finding, ...]) -> bytes:
    sheets = list(_sheets(parts))
    styles = Styles(parts.tree(_styles_part(parts)))
    if any(sheet.title == LIST_TITLE for sheet in sheets):
        styles.forget_marks()
        for sheet in sheets:
            comments.forget(parts, sheet.part)
    privacy.clean(parts, [sheet.part for sheet in sheets])
    by_title = {plain(sheet.title): sheet for sheet in sheets if sheet.title != LIST_TITLE}
    for title, marks in _by_sheet(findings).items():
        if title in by_title:
            _mark_sheet(parts, by_title[title].part, marks, styles)
    _hide_names(sheets)
    _put_list(parts, sheets, findings, styles)
    return parts.saved()


def _sheets(parts: Parts) -> Iterator[SheetPart]:
    """The worksheets in the order of the workbook."""
    targets = {each.id: each.target for each in parts.relations(WORKBOOK)}
    for entry in parts.tree(WORKBOOK).iter():
        if local(entry) == "sheet":
            part = targets.get(str(entry.get(link_key(entry), "")), "")
            if part in parts.names:
                yield SheetPart(entry.get("name", ""), part, entry)


def _styles_part(parts: Parts) -> str:
    name = parts.related(WORKBOOK, "styles")
    if not name:
        space = etree.QName(parts.tree(WORKBOOK)).namespace or ""
        name = parts.add("xl/stylesZhibi{}.xml", f'<styleSheet xmlns="{space}"/>'.encode(), _STYLES)
        parts.relate(WORKBOOK, "styles", name)
    return name


def _by_sheet(findings: Iterable[Finding]) -> dict[str, CellMarks]:
    found: dict[str, CellMarks] = {}
    for finding in findings:
        marks = found.setdefault(plain(finding.place.sheet), CellMarks())
        said = f"{finding.level} {finding.code}：{finding.message} {finding.hint}"
        words = CONTROL.sub("", said).strip()[:LONGEST]
        for number, address in enumerate(islice(_addresses(finding.place.cell), MOST_CELLS)):
            before = marks.levels.get(address, Level.NOTE)
            marks.levels[address] = max(before, finding.level, key=STRENGTH.index)
            if number < MOST_COMMENTS:
                marks.words.setdefault(address, []).append(words)
            if finding.code == PERSON:
                marks.blank.add(address)
            if finding.code == FORBIDDEN_COLUMN:
                marks.blank_below.add(address)
    return found


def _addresses(places: str) -> Iterator[Address]:
    for place in places.split("、"):
        area = _AREA.fullmatch(place)
        if not area:
            continue
        (top, left), (bottom, right) = split_address(area[1]), split_address(area[2] or area[1])
        for row in range(max(top, 1), min(bottom, LAST_ROW) + 1):
            for column in range(left, min(right, LAST_COLUMN) + 1):
                yield row, column


def _mark_sheet(parts: Parts, part: str, marks: CellMarks, styles: Styles) -> None:
    if not marks.levels:
        return
    cells = AddressedCells(parts.tree(part))
    for address in marks.blank:
        cells.blank(address)
    for address in marks.blank_below:
        cells.blank_below(address)
    shown = cells.first_of_merged(marks.levels)
    levels: dict[Address, Level] = {}
    words: dict[Address, list[str]] = {}
    for address, level in marks.levels.items():
        first = shown.get(address, address)
        levels[first] = max(levels.get(first, Level.NOTE), level, key=STRENGTH.index)
        if address in marks.words:
            words.setdefault(first, []).extend(marks.words[address])
    cells.restyle(levels, styles.marked)
    comments.add(parts, part, {address: "\n".join(said) for address, said in words.items()})


def _hide_names(sheets: Iterable[SheetPart]) -> None:
    for number, sheet in enumerate(sheets, 1):
        if masked(sheet.title) != sheet.title:
            sheet.entry.set("name", f"（名称略）{number}")


def _put_list(
    parts: Parts, sheets: list[SheetPart], findings: tuple[Finding, ...], styles: Styles
) -> None:
    """The list as the last sheet, and the one that is seen first.

    Of an earlier list only the place is kept.
    """
    root = parts.tree(WORKBOOK)
    titles = {sheet.entry.get("name", "") for sheet in sheets if sheet.title != LIST_TITLE}
    look = findings_sheet.formats(styles)
    space = etree.QName(root).namespace or ""
    content = findings_sheet.written(findings, titles, look, space)
    earlier = next((sheet for sheet in sheets if sheet.title == LIST_TITLE), None)
    if earlier is not None:
        parts.put(earlier.part, content)
        parts.drop_relations(earlier.part)
        entry = earlier.entry
    else:
        entry = _new_entry(
            parts, root, parts.add("xl/worksheets/sheetZhibi{}.xml", content, _SHEET)
        )
    drop(entry, "state")
    others = [sheet for sheet in sheets if sheet is not earlier]
    _show_first(parts, root, entry, others)


def _new_entry(parts: Parts, root: etree._Element, part: str) -> etree._Element:
    group = group_of(root, "sheets")
    entries = [each for each in group if local(each) == "sheet"]
    used = [int(each.get("sheetId", "0")) for each in entries]
    key = next((link_key(each) for each in entries), "") or _LINK
    entry = etree.SubElement(group, within(group, "sheet"), {"name": LIST_TITLE})
    entry.set("sheetId", str(max([0, *used]) + 1))
    entry.set(key, parts.relate(WORKBOOK, "worksheet", part))
    return entry


def _show_first(
    parts: Parts, root: etree._Element, entry: etree._Element, others: Iterable[SheetPart]
) -> None:
    """Let the workbook open on a sheet, and no other be selected with it.

    What is typed goes into all selected.
    """
    entries = [each for each in group_of(root, "sheets") if local(each) == "sheet"]
    for view in root.iter(within(root, "workbookView")):
        view.set("activeTab", str(entries.index(entry)))
    for sheet in others:
        if b"tabSelected" in parts.content(sheet.part):
            for each in parts.tree(sheet.part).iter():
                if local(each) == "sheetView":
                    drop(each, "tabSelected")


def _from_folder(path: Path) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in read_folder(path)[0].grids:
        page = book.create_sheet(grid.title[:31])
        for row, cells in enumerate(grid.rows, 1):
            for column, cell in enumerate(cells, 1):
                if cell != "":
                    written = page.cell(row, column)
                    written.value = CONTROL.sub("", str(cell))[: 32 * LONGEST]
                    written.data_type, written.number_format = "s", "@"
    return xlsx_bytes(book)
