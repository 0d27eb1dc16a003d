"""A file that claims to be a workbook -> its parts, after every reason not to open it has been ruled out."""

from __future__ import annotations

import contextlib
import difflib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from gongwen.atomic_files.whole_file import whole_file
from gongwen.errors import UnreadableFile
from zhibi.data.snapshot.access_scope import refuse_from_within

LARGEST_FILE = 200 * 2**20
LARGEST_CONTENT = 1536 * 2**20  # unpacked; 3,000 branches with a year of records take about 150 MB
LARGEST_RATIO = 250  # sheets full of equal rows reach about 60
RATIO_COUNTS_FROM = 64 * 2**20
MOST_PARTS = 4_000
LOCK = "~$"  # begins the name of the file Excel and WPS put beside an open workbook

_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*(\d{4}-\d\d-\d\dT[\d:]{8}Z?)")

_VERSION = re.compile(rb"<cp:version>\s*(\d{1,4})\s*</cp:version>")
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿(.xlsx)”后再试。"
_DAMAGED = ("文件不完整或已损坏", "请重新拷贝或下载；如果能用 Excel 打开，请另存一份。")


@dataclass(frozen=True)
class Package:
    """The bytes of a sound .xlsx and its unpacked XML parts of interest."""

    path: Path
    data: bytes
    workbook: bytes
    relations: bytes
    sheets: Mapping[str, bytes]  # part name -> XML
    properties: bytes = b""


def open_package(path: Path) -> Package:
    """The parts of an .xlsx, or UnreadableFile with the reason in plain words.

    NotYours within a branch's run.
    """
    if path.name.startswith(LOCK) and path.exists():
        raise UnreadableFile(
            path, "这是 Excel 打开工作簿时的临时锁定文件，不是工作簿", _locked_one(path)
        )
    data = file_bytes(path)
    _must_be_zip(path, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _must_be_small(path, archive)
            _must_be_workbook(path, archive)
            parts = _parts(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as trouble:
        if isinstance(trouble, RuntimeError) and "encrypted" in str(trouble):
            raise UnreadableFile(path, "文件加了密码", "请先去掉密码再试。") from None
        raise UnreadableFile(path, *_DAMAGED) from None
    for part in parts.values():
        if re.search(rb"<!(?:DOCTYPE|ENTITY)", part[:65_536]):
            raise UnreadableFile(
                path,
                "文件里含有外部实体声明，可能是有害文件，没有打开",
                "请确认来源；正常的工作簿不含这种内容。",
            )
    workbook = parts.pop("xl/workbook.xml")
    relations, properties = (
        parts.pop("xl/_rels/workbook.xml.rels", b""),
        parts.pop(_PROPERTIES, b""),
    )
    return Package(path, data, workbook, relations, parts, properties)


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts of interest, none longer than it says.

    Two of one name are not told apart by everybody.
    """
    entries = [entry for entry in archive.infolist() if _matters(entry.filename)]
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise zipfile.BadZipFile("doubled name")
    return {entry.filename: _unpacked(archive, entry) for entry in entries}


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One part.

    `read()` without a number would unpack gigabytes before it cut them to the size that is told.
    """
    with archive.open(entry) as opened:
        return opened.read(entry.file_size + 1)


def saved_on(package: Package) -> date:
    """The day the workbook was last saved, as it says itself (which outlives copying), else as the file system says."""
    stamp = _MODIFIED.search(package.properties)
    if stamp:
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(stamp[1].decode()).astimezone().date()
    return datetime.fromtimestamp(package.path.stat().st_mtime).astimezone().date()


def contract_version(package: Package) -> int | None:
    """The version of the contract whose blank workbook this was, as its properties say.

    None where they do not.
    """
    stated = _VERSION.search(package.properties)
    return int(stated[1]) if stated else None


def file_bytes(path: Path) -> bytes:
    """The bytes of a file, or UnreadableFile; NotYours within a branch's run."""
    refuse_from_within(path.name)
    try:
        data = whole_file(path, LARGEST_FILE, "请分年度或分单位拆开。")
    except FileNotFoundError:
        raise UnreadableFile(path, "文件不存在", _similar(path)) from None
    except PermissionError:
        raise UnreadableFile(
            path, "没有权限读取", "请检查文件权限，或关闭正在独占它的程序。"
        ) from None
    except OSError as trouble:
        raise UnreadableFile(
            path, f"读取失败（{trouble.strerror or trouble}）", "请检查路径和存储设备。"
        ) from None
    if not data:
        raise UnreadableFile(path, "文件是空的（0字节）", "请重新拷贝或下载。")
    return data


def _locked_one(path: Path) -> str:
    """The workbook a lock file stands for.

    A long name has lost its first two characters to the mark.
    """
    rest = path.name.removeprefix(LOCK)
    try:
        present = [other.name for other in path.parent.iterdir() if not other.name.startswith(LOCK)]
    except OSError:
        present = []
    real = next((name for name in present if name == rest), None)
    real = real or next((name for name in present if name[len(LOCK) :] == rest), None)
    return f"请给出“{real or rest}”。"


def _similar(path: Path) -> str:
    try:
        present = [
            other.name
            for other in path.parent.iterdir()
            if other.suffix == ".xlsx" and not other.name.startswith(LOCK)
        ]
    except OSError:
        return "请检查路径。"
    close = difflib.get_close_matches(path.name, present, n=1, cutoff=0.5)
    return f"同一文件夹里有“{close[0]}”，是否就是它？" if close else "请检查路径和文件名。"


def _must_be_zip(path: Path, data: bytes) -> None:
    if data.startswith(b"PK\x03\x04"):
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile(
                path, "文件加了打开密码", "请在 Excel 或 WPS 中去掉密码，另存后再试。"
            )
        if "WordDocument".encode("utf-16-le") in data:
            raise UnreadableFile(
                path, "这是旧版 Word 文档(.doc)，不是工作簿", "请给出 .xlsx 工作簿。"
            )
        raise UnreadableFile(path, "这是旧格式的 Excel 文件(.xls)", _SAVE_AS)
    kind = next(
        (name for magic, name in _KINDS if data[:512].lstrip().lower().startswith(magic)), ""
    )
    if not kind and path.suffix.lower() == ".csv":
        raise UnreadableFile(
            path,
            "这是单个 CSV 文件",
            "请把各表的 CSV（文件名为“表名.csv”）放在一个文件夹里，给出文件夹。",
        )
    raise UnreadableFile(path, f"不是 Excel 工作簿{kind}", _SAVE_AS)


_KINDS = (
    (b"%pdf", "，而是 PDF"),
    (b"<html", "，而是网页"),
    (b"<!doctype html", "，而是网页"),
    (b"<?xml", "，而是 XML 文件"),
    (b"\x89png", "，而是图片"),
    (b"\xff\xd8\xff", "，而是图片"),
    (b"rar!", "，而是压缩包"),
    (b"7z\xbc\xaf", "，而是压缩包"),
)


def _must_be_small(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    bomb = total > RATIO_COUNTS_FROM and total / packed > LARGEST_RATIO
    if len(parts) > MOST_PARTS or total > LARGEST_CONTENT or bomb:
        reason = f"文件解压后有{total // 2**20}MB（{len(parts)}个部分），大得不正常，没有打开"
        raise UnreadableFile(path, reason, "请确认来源；真有这么多数据时，请分年度或分单位拆开。")


def _must_be_workbook(path: Path, archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return
    if "word/document.xml" in names:
        raise UnreadableFile(path, "这是 Word 文档，不是工作簿", "请给出 .xlsx 工作簿。")
    if "ppt/presentation.xml" in names:
        raise UnreadableFile(path, "这是 PowerPoint 演示文稿，不是工作簿", "请给出 .xlsx 工作簿。")
    if "xl/workbook.bin" in names:
        raise UnreadableFile(path, "这是二进制工作簿(.xlsb)", _SAVE_AS)
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableFile(path, "这是 OpenDocument 文件(.ods)", _SAVE_AS)
    raise UnreadableFile(path, "这是压缩包，不是 Excel 工作簿", "请解压后给出里面的 .xlsx 文件。")


def _matters(name: str) -> bool:
    name = name.lower()  # as the reader of cells takes it
    return (
        name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        or (name.startswith("xl/worksheets/") and name.endswith(".xml"))
        or name in ("xl/sharedstrings.xml", "xl/styles.xml", _PROPERTIES.lower())
    )
