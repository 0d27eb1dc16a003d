"""An .xlsx -> its sheets as plain grids.

calamine reads the cells, fast, but shows an error value or a formula nobody computed as a blank. A
blank means 未填报 here, so the sheet's XML is searched for those two before its cells are believed.
Nor does it survive every address, so it is asked for no sheet whose extent is not known.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, load_workbook

from gongwen.chinese.personal_data import masked
from gongwen.errors import UnreadableFile
from gongwen.findings import Finding, Level, Location
from zhibi.data.reading.layout import WRITTEN_ONLY
from zhibi.data.snapshot.access_scope import refuse_from_within
from zhibi.data.sources.container import Package, contract_version, open_package, saved_on
from zhibi.data.sources.grid import UNCOMPUTED, Book, Grid, Raw, letters, split_address
from zhibi.data.sources.sheet_extent import NoSuchAddress, extent_of

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)</(?:\w+:)?v>")
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


Laid = tuple[Grid, Finding | None]
Lay = Callable[[str, str, bytes, Callable[[], Laid]], Laid]


def laid_anew(name: str, part: str, data: bytes, lay: Callable[[], Laid]) -> Laid:  # noqa: ARG001
    """A sheet laid out, whatever was read before."""
    return lay()


def read_xlsx(path: Path, remembered: Lay = laid_anew) -> tuple[Book, tuple[Finding, ...]]:
    """Every worksheet, hidden ones too.

    `remembered` is asked for a sheet by its name, its part and the bytes of the file before it is laid out.
    """
    refuse_from_within(path.name)
    package = open_package(path)
    try:
        workbook = load_workbook(io.BytesIO(package.data))
        sheets = [
            remembered(name, part, package.data, partial(_sheet, workbook, package, name, part))
            for name, part in _parts(package).items()
        ]
    except (CalamineError, ET.ParseError, ValueError, KeyError, OSError, OverflowError):
        raise UnreadableFile(
            path, "文件内容已损坏，无法解析", "如果能用 Excel 打开，请另存一份再试。"
        ) from None
    grids = tuple(grid for grid, _ in sheets)
    findings = tuple(finding for _, finding in sheets if finding)
    digests = {path.name: hashlib.sha256(package.data).hexdigest()}
    book = Book(
        path.name,
        grids,
        digests,
        saved_on=saved_on(package),
        version=contract_version(package),
    )
    return book, findings


def _parts(package: Package) -> dict[str, str]:
    """Sheet name -> the part with its XML, in the order of the workbook; chart sheets are left out."""
    targets = {
        relation.get("Id"): posixpath.normpath(
            posixpath.join("/xl", relation.get("Target", ""))
        ).lstrip("/")
        for relation in ET.fromstring(package.relations)  # noqa: S314  (documents with a DTD were refused)
    }
    sheets: dict[str, str] = {}
    for node in ET.fromstring(package.workbook).iter():  # noqa: S314
        if node.tag.endswith("}sheet"):
            relation = next(
                (value for key, value in node.attrib.items() if key.endswith("}id")), ""
            )
            part = targets.get(relation, "")
            if part in package.sheets:
                sheets[node.get("name", "")] = part
    return sheets


def _sheet(workbook: CalamineWorkbook, package: Package, name: str, part: str) -> Laid:
    file, xml = package.path.name, package.sheets[part]
    if name in WRITTEN_ONLY:
        return Grid(file, name, []), None
    stray = _stray(xml, file, name)
    if stray:
        return Grid(file, name, [], whole=False), stray
    sheet = workbook.get_sheet_by_name(name)
    rows = _cells(sheet)
    if rows is None:
        message = "有超出范围的日期或时间，整张表无法读取。"
        finding = Finding(
            "B18",
            Level.ERROR,
            Location(file, masked(name)),
            message,
            "请检查日期格式的单元格里有没有极大的数字。",
        )
        return Grid(file, name, [], whole=False), finding
    _put_back(rows, xml)
    hidden = tuple(int(row[1]) for row in _HIDDEN.finditer(xml)) if b"hidden=" in xml else ()
    return Grid(file, name, rows, merged=_merged(sheet), hidden=hidden), None


def _cells(sheet: CalamineSheet) -> list[list[Raw]] | None:
    """Every row from A1 on, or None where a cell makes calamine panic (a time no clock can show)."""
    try:
        rows: list[list[Raw]] = sheet.to_python(skip_empty_area=False)
    except BaseException as panic:
        if (
            type(panic).__name__ != "PanicException"
        ):  # pyo3 hangs it beside Exception and does not export it
            raise
        return None
    return rows


def _merged(sheet: CalamineSheet) -> tuple[str, ...]:
    return tuple(
        f"{letters(first[1])}{first[0] + 1}:{letters(last[1])}{last[0] + 1}"
        for first, last in sheet.merged_cell_ranges or ()
    )


def _stray(xml: bytes, file: str, name: str) -> Finding | None:
    """What is wrong with the place of a cell, where the sheet must not be laid out because of it."""
    try:
        stray = extent_of(xml).stray
    except NoSuchAddress as wrong:
        message = (
            f"有一个单元格的位置写成“{masked(str(wrong))}”，没有这样的单元格，整张表没有读取。"
        )
        hint = "请用 Excel 或 WPS 打开，核对后另存一份。"
        return Finding("B16", Level.ERROR, Location(file, masked(name)), message, hint)
    if not stray:
        return None
    message = f"内容一直延伸到 {stray}，而中间是空的，多半是误填。"
    hint = "请删去该单元格，或删除多余的空行空列后保存。"
    return Finding("B16", Level.ERROR, Location(file, masked(name), stray), message, hint)


def _put_back(rows: list[list[Raw]], xml: bytes) -> None:
    """Write error values, and a mark for formulas without a result, into the cells calamine left blank."""
    if b't="e"' not in xml and not _FORMULA.search(xml):
        return
    for cell in _CELL.finditer(xml):
        attributes, inside = cell[1], cell[2]
        address = _ADDRESS.search(attributes)
        value = _VALUE.search(inside)
        if b't="e"' in attributes:
            word = value[1].decode() if value else "#N/A"
        elif _FORMULA.search(inside) and not (value and value[1]) and b't="str"' not in attributes:
            word = UNCOMPUTED
        else:
            continue
        if address:
            row, column = split_address(address[1].decode())
            if row <= len(rows) and column < len(rows[row - 1]) and rows[row - 1][column] == "":
                rows[row - 1][column] = word
