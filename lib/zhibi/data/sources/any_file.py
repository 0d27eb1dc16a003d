"""Files and folders as they come -> the sheets in them, and what is said of every file that cannot be read."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from gongwen.errors import UnreadableFile
from gongwen.findings import Finding, Level, Location
from zhibi.data.snapshot.access_scope import refuse_from_within
from zhibi.data.sources.container import LOCK, file_bytes
from zhibi.data.sources.grid import Book, Grid, Raw, letters, padded
from zhibi.data.sources.xlsx import read_xlsx

XLSX = (".xlsx", ".xlsm")
OLDER = (".xls", ".et", ".xlsb", ".ods", ".xlt", ".ett")
TEXT = (".csv", ".tsv", ".txt")
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = "\t,;|，"
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿(.xlsx)”后再试。"
_LOOKED_AT = 20  # lines of a text file that show what separates its cells


def read_sources(paths: Iterable[Path], findings: list[Finding]) -> Iterator[Book]:
    """Every table file named or inside a folder named, each content once, one after the other.

    Others are reported.
    """
    first: dict[str, str] = {}
    for name, path in _files(paths, findings):
        try:
            book, said = read_file(path, name)
        except UnreadableFile as trouble:
            findings.append(
                Finding("M07", Level.ERROR, Location(name), f"{trouble.reason}。", trouble.hint)
            )
            continue
        digest = next(iter(book.digests.values()))
        if digest in first:
            message = f"与“{first[digest]}”一字不差，只读取一份。"
            findings.append(Finding("M03", Level.WARNING, Location(name), message, "请删去一份。"))
            continue
        first[digest] = name
        findings += said
        yield book


def _files(paths: Iterable[Path], findings: list[Finding]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        if not path.is_dir():
            if path.with_name(f"{LOCK}{path.name}").exists():
                findings.append(_open_elsewhere(path.name))
            yield path.name, path
            continue
        for file in sorted(path.rglob("*")):
            name = file.relative_to(path).as_posix()
            if file.is_dir() or any(part.startswith(".") for part in Path(name).parts):
                continue
            if file.name.startswith(LOCK):
                findings.append(_open_elsewhere(name.replace(LOCK, "")))
            elif file.suffix.lower() in (*XLSX, *OLDER, *TEXT):
                yield name, file
            elif file.suffix.lower() != ".toml":
                findings.append(Finding("M08", Level.NOTE, Location(name), "不是表格，没有读取。"))


def _open_elsewhere(name: str) -> Finding:
    message = "正在 Excel 里打开，读到的是上次保存的内容。"
    return Finding("M08", Level.WARNING, Location(name), message, "有改动的请保存后重新导入。")


def read_file(path: Path, name: str = "") -> tuple[Book, tuple[Finding, ...]]:
    """One table file of any usual kind, called `name`; raises UnreadableFile."""
    refuse_from_within(path.name)
    name = name or path.name
    suffix = path.suffix.lower()
    if suffix in TEXT:
        return _text(path, name), ()
    if suffix in XLSX or path.name.startswith(LOCK):
        book, findings = read_xlsx(path)
        return _renamed(book, name), findings
    if suffix in OLDER:
        return _older(path, name), ()
    raise UnreadableFile(
        path, "不是表格文件", "请给出 .xlsx、.xls、.et、.csv 文件，或放它们的文件夹。"
    )


def _renamed(book: Book, name: str) -> Book:
    if book.name == name:
        return book
    grids = tuple(
        Grid(name, grid.title, grid.rows, grid.textual, grid.merged, grid.whole)
        for grid in book.grids
    )
    digest = next(iter(book.digests.values()))
    return Book(name, grids, {name: digest}, book.saved_on)


def _older(path: Path, name: str) -> Book:
    """An .xls and its kin.

    A cell with an error shows as a blank there, so such a file is read as it shows.
    """
    data = file_bytes(path)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = tuple(_sheet(workbook, title, name) for title in workbook.sheet_names)
    except (CalamineError, ValueError, KeyError, OSError, OverflowError):
        raise UnreadableFile(path, "这种旧格式的文件读不出来，可能加了密码", _SAVE_AS) from None
    return Book(name, grids, {name: hashlib.sha256(data).hexdigest()})


def _sheet(workbook: CalamineWorkbook, title: str, name: str) -> Grid:
    sheet = workbook.get_sheet_by_name(title)
    rows: list[list[Raw]] = sheet.to_python(skip_empty_area=False)
    try:
        ranges = sheet.merged_cell_ranges or ()
    except (CalamineError, ValueError, AttributeError):
        ranges = ()
    merged = tuple(
        f"{letters(first[1])}{first[0] + 1}:{letters(last[1])}{last[0] + 1}"
        for first, last in ranges
    )
    return Grid(name, title, rows, merged=merged)


def _text(path: Path, name: str) -> Book:
    data = file_bytes(path)
    text = _decoded(data)
    if text is None:
        raise UnreadableFile(
            path, "文字编码认不出来", "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。"
        )
    lines = text.splitlines()[:_LOOKED_AT]
    delimiter = max(DELIMITERS, key="\n".join(lines).count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise UnreadableFile(
            path, "引号不成对，或有过长的内容", "请在 Excel 中重新另存为 CSV。"
        ) from None
    grid = Grid(name, path.stem, padded(rows, max(map(len, rows), default=0)), textual=True)
    return Book(name, (grid,), {name: hashlib.sha256(data).hexdigest()})


def _decoded(data: bytes) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _as(data, "utf-16")
    if data[1:40:2].count(0) > len(data[1:40:2]) // 3:
        return _as(data, "utf-16-le")
    if data[:40:2].count(0) > len(data[:40:2]) // 3:
        return _as(data, "utf-16-be")
    decoded = (_as(data, name) for name in ENCODINGS)
    return next((text for text in decoded if text is not None), None)


def _as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
