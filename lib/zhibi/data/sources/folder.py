"""A folder of CSV files, one for each sheet -> the same plain grids a workbook gives."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

from gongwen.errors import UnreadableFile
from gongwen.findings import Finding, Level, Location
from zhibi.data.snapshot.access_scope import refuse_from_within
from zhibi.data.sources.container import LOCK, file_bytes
from zhibi.data.sources.grid import Book, Grid, Raw, padded

ENCODINGS = ("utf-8-sig", "gb18030")  # Excel writes one or the other; GB18030 covers GBK and GB2312


def has_csv(path: Path) -> bool:
    """True if the folder holds any .csv."""
    return bool(_csv_files(path))


def _csv_files(path: Path) -> list[Path]:
    return sorted(
        file for file in path.iterdir() if file.suffix.lower() == ".csv" and file.is_file()
    )


def read_folder(path: Path) -> tuple[Book, tuple[Finding, ...]]:
    """Every .csv of the folder; the file name is the sheet's name.

    Workbooks beside them are not read, and that is told.
    """
    refuse_from_within(path.name)
    files = _csv_files(path)
    if not files:
        raise UnreadableFile(path, "文件夹里没有 CSV 文件", "请每张表放一个“表名.csv”。")
    grids: list[Grid] = []
    findings = list(_workbooks_beside(path))
    digests: dict[str, str] = {}
    known: dict[str, str] = {}
    for file in files:
        data = file_bytes(file) if file.stat().st_size else b""
        digests[file.name] = hashlib.sha256(data).hexdigest()
        grid, finding = _grid(file, data, known)
        grids.append(grid)
        findings.extend(finding)
    return Book(path.name, tuple(grids), digests), tuple(findings)


def read_csv(file: Path) -> tuple[Book, tuple[Finding, ...]]:
    """One .csv by itself; raises UnreadableFile where it is none."""
    refuse_from_within(file.name)
    data = file_bytes(file)
    grid, findings = _grid(file, data, {})
    if not grid.whole:
        raise UnreadableFile(file, findings[0].message.rstrip("。"), findings[0].hint)
    return Book(file.name, (grid,), {file.name: hashlib.sha256(data).hexdigest()}), ()


def _workbooks_beside(path: Path) -> Iterable[Finding]:
    for file in sorted(path.iterdir()):
        if file.suffix.lower() == ".xlsx" and not file.name.startswith(LOCK):
            message = "文件夹里已经有 CSV，这个工作簿没有读取。"
            yield Finding(
                "M08",
                Level.WARNING,
                Location(file.name),
                message,
                "要用工作簿，请直接给出它，或把 CSV 移走。",
            )


def _grid(file: Path, data: bytes, known: dict[str, str]) -> tuple[Grid, tuple[Finding, ...]]:
    """One file laid out; `known` has the words of cells met before, so that equal ones are one object."""
    nothing = Grid(file.name, file.stem, [], textual=True, whole=False)
    encoding = _encoding(data)
    if encoding is None:
        message = "文字编码认不出来，也可能不是 CSV 文件。"
        hint = "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。"
        return nothing, (Finding("B18", Level.ERROR, Location(file.name), message, hint),)
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), encoding, newline=""))
    try:
        rows = [_shared(row, known) for row in reader]
    except csv.Error as trouble:
        too_long = "field limit" in str(trouble)
        message = (
            f"第{reader.line_num}行附近{'有过长的内容' if too_long else '格式有误'}，文件没有读取。"
        )
        hint = (
            "请删去过长的内容。"
            if too_long
            else "请检查引号是否成对，或在 Excel 中重新另存为 CSV。"
        )
        return nothing, (
            Finding("B12" if too_long else "B18", Level.ERROR, Location(file.name), message, hint),
        )
    width = max(map(len, rows), default=0)
    return Grid(file.name, file.stem, padded(rows, width), textual=True), ()


def _shared(row: list[str], known: dict[str, str]) -> list[Raw]:
    """The row with one object for equal words: millions of cells repeat a few thousand of them."""
    return [known.setdefault(cell, cell) for cell in row]


def _encoding(data: bytes) -> str | None:
    if b"\x00" in data:  # UTF-16, or no text at all
        return None
    for encoding in ENCODINGS:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None
