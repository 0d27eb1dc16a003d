"""A folder of workbooks -> the books in it, and what is said of every file that is not read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gongwen.chinese.personal_data import gives_away, without_numbers
from gongwen.errors import UnreadableFile
from gongwen.findings import Finding, Level, Location
from zhibi.data.checking.merge import same_bytes
from zhibi.data.sources.container import LOCK
from zhibi.data.sources.grid import Book
from zhibi.data.sources.xlsx import read_xlsx

WORKBOOKS = (".xlsx", ".xlsm")
OTHER_TABLES = (
    ".xls",
    ".xlsb",
    ".et",
    ".ods",
    ".numbers",
)  # most likely somebody's report in a form we do not read
MOST_FILES = 10_000


def has_workbooks(folder: Path) -> bool:
    """True if there is anything in the folder to read as a workbook."""
    return any(
        file.suffix.lower() in WORKBOOKS and not file.name.startswith(LOCK)
        for file in folder.iterdir()
    )


def read_workbooks(folder: Path) -> tuple[tuple[Book, ...], tuple[Finding, ...]]:
    """Every workbook in the folder itself, by name.

    What cannot be read is told, all of it at once.
    """
    books: list[Book] = []
    findings: list[Finding] = []
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    if len(files) > MOST_FILES:
        raise UnreadableFile(
            folder.name, f"文件夹里有{len(files)}个文件，多得不正常", "请只留下各单位报来的工作簿。"
        )
    for file in files:
        passed = _named_after_a_person(file) or _passed_over(file, folder)
        if passed:
            findings.append(passed)
            continue
        try:
            book, said = read_xlsx(file)
        except UnreadableFile as trouble:
            findings.append(
                Finding("M07", Level.ERROR, Location(file.name), trouble.reason, trouble.hint)
            )
        else:
            books.append(book)
            findings.extend(said)
    unique, doubled = _once(books)
    return unique, (*findings, *doubled)


def _named_after_a_person(file: Path) -> Finding | None:
    kind = gives_away(file.name)
    if not kind:
        return None
    message = f"文件名里含有{kind}，没有读取。"
    place = Location(without_numbers(file.name))
    return Finding("M07", Level.ERROR, place, message, "请改名，文件名里不写号码。")


def _passed_over(file: Path, folder: Path) -> Finding | None:
    """Why a file is not read; None for one that is."""
    place, suffix = Location(without_numbers(file.name)), file.suffix.lower()
    if file.name.startswith(LOCK):
        message = "是 Excel 打开工作簿时的临时文件，没有读取；那个工作簿可能还没有保存。"
        return Finding("M08", Level.WARNING, place, message, "请保存并关闭后重新汇总。")
    if file.is_symlink() and not _inside(file, folder):
        return Finding(
            "M08",
            Level.WARNING,
            place,
            "是指向文件夹外面的链接，没有读取。",
            "请把文件本身复制进来。",
        )
    if file.is_dir():
        return Finding("M08", Level.NOTE, place, "是子文件夹，里面的文件没有读取。")
    if suffix in OTHER_TABLES:
        return Finding(
            "M07",
            Level.ERROR,
            place,
            f"是{suffix}文件，读不了。",
            "请另存为“Excel 工作簿(.xlsx)”。",
        )
    if suffix not in WORKBOOKS:
        return Finding("M08", Level.NOTE, place, "不是工作簿，没有读取。")
    return None


def _inside(file: Path, folder: Path) -> bool:
    try:
        return file.resolve(strict=True).is_relative_to(folder.resolve())
    except OSError:
        return False


def _once(books: Iterable[Book]) -> tuple[tuple[Book, ...], Iterable[Finding]]:
    """Each content once; a second copy of a file under another name adds nothing and is told."""
    listed = tuple(books)
    copies = same_bytes((book.name, book.digests[book.name]) for book in listed)
    findings = [
        Finding(
            "M03",
            Level.WARNING,
            Location(name),
            f"与“{first}”一字不差，只读取一份。",
            "请确认没有漏报的单位，删去一份。",
        )
        for name, first in copies.items()
    ]
    return tuple(book for book in listed if book.name not in copies), findings
