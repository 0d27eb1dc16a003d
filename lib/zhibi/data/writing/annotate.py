"""A workbook and its findings -> a copy to send back: faulty cells coloured and commented, all findings on one sheet.

The original is only read. What gives away a person is blanked in the copy, or the copy would carry it further.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from gongwen.chinese.personal_data import gives_away, masked
from gongwen.errors import UnreadableFile
from gongwen.findings import Finding, Level
from zhibi.data.reading.cells import CONTROL
from zhibi.data.reading.layout import OWN_SHEETS
from zhibi.data.sources.container import open_package
from zhibi.data.sources.folder import read_folder
from zhibi.data.sources.grid import letters, plain, split_address
from zhibi.data.writing.xlsx_save import pressed

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "执笔检查"
LIST_TITLE = OWN_SHEETS[1]
HEADERS = ("序号", "级别", "编号", "文件", "工作表", "单元格", "列", "问题", "处理办法")
WIDTHS = (6, 8, 8, 20, 16, 18, 18, 70, 60)
COLOURS = {Level.ERROR: "FFFF9F9F", Level.WARNING: "FFFFE08A", Level.NOTE: "FFBDE3FF"}
FILLS = {level: PatternFill("solid", start_color=colour) for level, colour in COLOURS.items()}
STRENGTH = (Level.NOTE, Level.WARNING, Level.ERROR)
MOST_COMMENTS = 300  # of one finding; beyond that the colour must do
MOST_CELLS = 100_000
LONGEST = 1_000  # characters of a comment or a listed message
_AREA = re.compile(r"([A-Z]{1,3}[0-9]{1,7})(?::([A-Z]{1,3}[0-9]{1,7}))?")


def mark(path: Path | str, findings: Iterable[Finding]) -> bytes:
    """The marked copy as .xlsx bytes; a folder of CSV becomes one workbook."""
    path, findings = Path(path), tuple(findings)
    book = _from_folder(path) if path.is_dir() else _from_workbook(path)
    _clean(book)
    pages = {plain(page.title): page for page in book.worksheets}
    for finding in findings:
        page = pages.get(plain(finding.place.sheet))
        if page is not None:
            _mark_cells(page, finding)
    _hide_names(book)
    _write_list(book, findings)
    return pressed(book)


def _from_workbook(path: Path) -> Workbook:
    package = open_package(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl names every Excel feature it leaves out of the copy
            return load_workbook(io.BytesIO(package.data))
    except Exception:  # noqa: BLE001  (openpyxl raises whatever a damaged part makes it stumble over)
        raise UnreadableFile(
            path, "文件内容已损坏，无法标注", "如果能用 Excel 打开，请另存一份再试。"
        ) from None


def _from_folder(path: Path) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in read_folder(path)[0].grids:
        page = book.create_sheet(grid.title[:31])
        for row, cells in enumerate(grid.rows, 1):
            for column, cell in enumerate(cells, 1):
                if cell != "":
                    _write_text(page.cell(row, column), str(cell))
    return book


def _clean(book: Workbook) -> None:
    """Take out the marks of an earlier check, and everything that gives away a person."""
    if LIST_TITLE in book.sheetnames:
        book.remove(book[LIST_TITLE])
    for page in book.worksheets:
        for cell in _present(page):
            if cell.comment is not None and (
                cell.comment.author == AUTHOR or gives_away(cell.comment.text)
            ):
                cell.comment = None
            if cell.has_style and cell.fill.start_color.rgb in COLOURS.values():
                cell.fill = PatternFill()
            if isinstance(cell.value, str) and gives_away(cell.value):
                cell.value = None


def _present(page: Worksheet) -> Iterator[Cell]:
    for row in page.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell) and (cell.value is not None or cell.has_style):
                yield cell


def _mark_cells(page: Worksheet, finding: Finding) -> None:
    told = CONTROL.sub(
        "", f"{finding.level} {finding.code}：{finding.message} {finding.hint}"
    ).strip()[:LONGEST]
    for number, cell in enumerate(islice(_cells(page, finding.place.cell), MOST_CELLS)):
        if finding.code == "V20":
            cell.value = None
        if finding.code == "V21":
            _blank_below(page, cell)
        present = cell.fill.start_color.rgb if cell.has_style else ""
        if not any(
            present == COLOURS[level] for level in STRENGTH[STRENGTH.index(finding.level) :]
        ):
            cell.fill = FILLS[finding.level]
        if number < MOST_COMMENTS:
            earlier = f"{cell.comment.text}\n" if cell.comment is not None else ""
            cell.comment = Comment(f"{earlier}{told}"[: 4 * LONGEST], AUTHOR, height=120, width=320)


def _cells(page: Worksheet, places: str) -> Iterator[Cell]:
    for place in places.split("、"):
        area = _AREA.fullmatch(place)
        if not area:
            continue
        (top, left), (bottom, right) = split_address(area[1]), split_address(area[2] or area[1])
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cell = page.cell(row, column + 1)
                if not isinstance(cell, MergedCell):
                    yield cell


def _blank_below(page: Worksheet, head: Cell) -> None:
    for row in range(head.row + 1, page.max_row + 1):
        cell = page.cell(row, head.column)
        if not isinstance(cell, MergedCell):
            cell.value = None


def _hide_names(book: Workbook) -> None:
    for number, page in enumerate(book.worksheets, 1):
        if masked(page.title) != page.title:
            page.title = f"（名称略）{number}"


def _write_list(book: Workbook, findings: tuple[Finding, ...]) -> None:
    page = book.create_sheet(LIST_TITLE, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    for at, (title, width) in enumerate(zip(HEADERS, WIDTHS, strict=True), 1):
        page.cell(1, at, title).font = Font(bold=True)
        page.column_dimensions[letters(at - 1)].width = width
    page.freeze_panes = "A2"
    for row, finding in enumerate(findings, 2):
        place = finding.place
        texts = (
            finding.level,
            finding.code,
            place.file,
            place.sheet,
            place.cell,
            place.column or place.spot,
            finding.message,
            finding.hint,
        )
        page.cell(row, 1, row - 1)
        for at, text in enumerate(texts, 2):
            cell = _write_text(page.cell(row, at), str(text))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.cell(row, 2).fill = FILLS[finding.level]
        first = _AREA.match(place.cell)
        if first and place.sheet in book.sheetnames:
            link = page.cell(row, 6)
            target = place.sheet.replace("'", "''")
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{target}'!{first[1]}")
            link.font = Font(color="FF0563C1", underline="single")


def _write_text(cell: Cell, text: str) -> Cell:
    """Text that stays text: a message or a cell that begins with = must not become a formula."""
    cell.value = CONTROL.sub("", text)[: 32 * LONGEST]
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
