"""The sheets and header rows found in a file -> which of them is which part of the contract."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from gongwen.chinese.personal_data import FORBIDDEN_HEADERS, HEADERS_REMEDY, masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Column, Contract, Sheet
from zhibi.data.reading.imported_rows import IMPORT_SHEETS, ORIGIN_HEADERS
from zhibi.data.sources.grid import Book, Grid, letters, plain, words

WRITTEN_ONLY = ("填表说明", "问题清单")  # written by us, never read
OWN_SHEETS = (*WRITTEN_ONLY, *IMPORT_SHEETS)  # ours, no table of the contract
RESERVED = ("file", "sheet", "row")  # what every row says of where it comes from
LIKE = 0.6  # below this two names are not likely to mean the same
_COPY = re.compile(r"(.+?)(?:\(\d+\)|-?副本|copy)$")


@dataclass(frozen=True)
class Matched:
    """Grids by the title of the contract; titles that are missing do not appear."""

    grids: dict[str, Grid]
    others: tuple[Grid, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Placement:
    """Where each column of a sheet stands (position counted from 0).

    Absent columns do not appear.
    """

    columns: dict[str, int]
    findings: tuple[Finding, ...]
    header: int = 0  # position of the header row
    own: Mapping[str, int] = field(default_factory=dict)  # columns that somebody added, by name


def match_sheets(book: Book, contract: Contract) -> Matched:
    """Every sheet of the contract found, missing, renamed or doubled.

    The others are named, not read.
    """
    titles = [contract.settings_title, *(sheet.title for sheet in contract.sheets)]
    grids, spare, findings = _by_title(book, titles)
    missing = [title for title in titles if title not in grids]
    near = nearest(missing, [grid.title for grid in spare])
    textual = not book.digests.get(book.name)
    required = {contract.settings_title, *(s.title for s in contract.sheets if s.required)}
    findings.extend(_older_template(book, contract))
    needed = required | set(near) | set(book.tables)
    findings.extend(
        _missing_sheet(book, title, near.get(title, ""), textual=textual)
        for title in missing
        if title in needed
    )
    findings.extend(_sheets_left_out(book, [title for title in missing if title not in needed]))
    findings.extend(_unread_sheets(spare, set(near.values())))
    return Matched(grids, tuple(spare), tuple(findings))


def _by_title(
    book: Book, titles: Iterable[str]
) -> tuple[dict[str, Grid], list[Grid], list[Finding]]:
    """The sheets of these titles, the others, and those that stand there twice."""
    by_plain = {plain(title): title for title in titles}
    grids: dict[str, Grid] = {}
    spare: list[Grid] = []
    doubled: list[Finding] = []
    for grid in book.grids:
        title = by_plain.get(plain(grid.title))
        copied = _COPY.fullmatch(plain(grid.title))
        if title is None and copied and copied[1] in by_plain:
            doubled.append(_doubled(book, by_plain[copied[1]], grid.title))
        elif title is None:
            spare.append(grid)
        elif title in grids:
            doubled.append(_doubled(book, title, grid.title))
        else:
            grids[title] = grid
    return grids, spare, doubled


def _unread_sheets(spare: Iterable[Grid], renamed: set[str]) -> Iterable[Finding]:
    for grid in spare:
        if grid.title in renamed or grid.title in OWN_SHEETS or not any(map(any, grid.rows)):
            continue
        place = Location(grid.file, masked(grid.title))
        yield Finding("B03", Level.NOTE, place, "不是规定的工作表，没有读取。")


def _older_template(book: Book, contract: Contract) -> Iterable[Finding]:
    if book.version is not None and book.version < contract.version:
        message = (
            f"这份工作簿是按第{book.version}版模板填的，现在是第{contract.version}版；"
            "新增的表和列这里没有，报告中按“未填报”处理。"
        )
        hint = "要填新增的内容，请用 zhibi data template 生成新的空白工作簿。"
        yield Finding("B20", Level.NOTE, Location(book.name), message, hint)


def _sheets_left_out(book: Book, titles: Sequence[str]) -> Iterable[Finding]:
    if titles:
        sheets = "、".join(f"“{title}”" for title in titles)
        message = f"没有工作表{sheets}，报告中按“未填报”处理。"
        yield Finding("B01", Level.NOTE, Location(book.name), message)


def _doubled(book: Book, title: str, spelled: str) -> Finding:
    message = f"工作表“{title}”不止一个（另一个名为“{masked(spelled)}”），不知道以哪个为准。"
    return Finding(
        "B02",
        Level.ERROR,
        Location(book.name, masked(spelled)),
        message,
        "请删去多余的一个，或改成别的名字。",
    )


def _missing_sheet(book: Book, title: str, near: str, *, textual: bool) -> Finding:
    if title in book.tables:
        message = f"数据库里缺少数据表 {book.tables[title]}（{title}）。"
        return Finding(
            "B01",
            Level.ERROR,
            Location(book.name, title),
            message,
            "请用 zhibi data load 建表并导入数据。",
        )
    what = f"{title}.csv" if textual else f"工作表“{title}”"
    renamed = f"现有的“{masked(near)}”是否就是它？请把名字改为“{title}”。"
    hint = renamed if near else "请补上；没有内容的也要保留表头。"
    return Finding("B01", Level.ERROR, Location(book.name, title), f"缺少{what}。", hint)


def nearest(missing: Sequence[str], present: Sequence[str]) -> dict[str, str]:
    """Missing name -> the present name that most likely is it; nobody is taken twice."""
    pairs = sorted(
        (-_likeness(plain(want), plain(have)), want, have)
        for want, have in product(missing, present)
    )
    taken: dict[str, str] = {}
    for ratio, want, have in pairs:
        if -ratio >= LIKE and want not in taken and have not in taken.values():
            taken[want] = have
    return taken


def _likeness(one: str, other: str) -> float:
    if sorted(one) == sorted(other):
        return 1.0  # 品牌案例 for 案例品牌
    return difflib.SequenceMatcher(None, one, other).ratio()


def place_columns(grid: Grid, sheet: Sheet) -> Placement:
    """Every column of the contract found, missing, renamed or doubled.

    The others are named, not read.
    """
    known = {plain(header): header for header in sheet.headers}
    moved = _moved_header(grid, known)
    head = [words(cell).strip() for cell in grid.rows[moved]] if grid.rows else []
    columns: dict[str, int] = {}
    spare: dict[int, str] = {}
    findings: list[Finding] = []
    if moved:
        place = Location(grid.file, grid.title, f"A{grid.number(moved)}")
        message = f"表头在第{grid.number(moved)}行，从那里读起；上面的标题和说明没有读取。"
        findings.append(Finding("B07", Level.NOTE, place, message))
    for position, spelled in enumerate(head):
        header = known.get(plain(spelled))
        if header is None:
            spare[position] = spelled
        elif header in columns:
            findings.append(_doubled_column(grid, header, columns[header], position))
        else:
            columns[header] = position
    missing = [column for column in sheet.columns if column.header not in columns]
    findings.extend(_missing_columns(grid, missing, spare, grid.number(moved)))
    return Placement(columns, tuple(findings), moved, _own(spare))


def _own(spare: Mapping[int, str]) -> Mapping[str, int]:
    """The columns that are not of the contract and may be read.

    Named, once, and collecting nothing personal.
    """
    own: dict[str, int] = {}
    for position, name in spare.items():
        sound = name and not forbids(name) and masked(name) == name and name not in ORIGIN_HEADERS
        if sound and name not in RESERVED:
            own.setdefault(name, position)
    return own


def _moved_header(grid: Grid, known: dict[str, str]) -> int:
    """The position of the header row: the first, or one of those below it that clearly is it."""

    def hits(row: Iterable[object]) -> int:
        return sum(plain(cell) in known for cell in row if isinstance(cell, str))

    if not grid.rows or hits(grid.rows[0]) > 1:
        return 0
    enough = max(2, len(known) // 2)
    return next((at for at, row in enumerate(grid.rows[1:6], 1) if hits(row) >= enough), 0)


def _doubled_column(grid: Grid, header: str, first: int, second: int) -> Finding:
    place = Location(grid.file, grid.title, f"{letters(second)}1", header)
    message = f"列“{header}”重复，{letters(first)}列已经有了，不知道以哪个为准。"
    return Finding("B05", Level.ERROR, place, message, "请删去多余的一列。")


def _missing_columns(
    grid: Grid, missing: Sequence[Column], spare: dict[int, str], row: int
) -> Iterable[Finding]:
    forbidden = {at: name for at, name in spare.items() if forbids(name)}
    for at, name in forbidden.items():
        place = _header_at(grid, at, row, name)
        yield Finding("V21", Level.ERROR, place, "工作簿不得有这样的列。", HEADERS_REMEDY)
    written = {*map(plain, ORIGIN_HEADERS)}
    loose = {
        at: name for at, name in spare.items() if at not in forbidden and plain(name) not in written
    }
    near = nearest([column.header for column in missing], [name for name in loose.values() if name])
    yield from _absent_columns(grid, missing, {at: name for at, name in loose.items() if name}, row)
    optional = [each.header for each in missing if not each.required and each.header not in near]
    if optional:
        columns = "、".join(f"“{header}”" for header in optional)
        message = f"没有列{columns}，报告中按“未填报”处理。"
        yield Finding("B04", Level.NOTE, Location(grid.file, grid.title), message)
    for at, name in loose.items():
        if name not in near.values() and _any_cell(grid, at):
            yield Finding(
                "B06", Level.NOTE, _header_at(grid, at, row, name), _OWN_COLUMN[bool(name)]
            )


_OWN_COLUMN = {
    True: "不是规定的列，已读入，报告的笔记本里可以用。",
    False: "这一列没有表头，没有读取。",
}


def _absent_columns(
    grid: Grid, missing: Sequence[Column], named: Mapping[int, str], row: int
) -> Iterable[Finding]:
    """The columns that a header nearly names, and those that must be there."""
    near = nearest([column.header for column in missing], list(named.values()))
    for column in missing:
        header = column.header
        message = f"缺少列“{header}”。"
        if header in near:
            at = next(at for at, name in named.items() if name == near[header])
            place = Location(grid.file, grid.title, f"{letters(at)}{row}", header)
            hint = f"现有的“{masked(near[header])[:20]}”是否就是它？请把表头改为“{header}”。"
            level = Level.ERROR if column.required else Level.WARNING
            yield Finding("B04", level, place, message, hint)
        elif column.required:
            place = Location(grid.file, grid.title, "", header)
            yield Finding("B04", Level.ERROR, place, message, "这一列必须有，请补上。")


def _header_at(grid: Grid, at: int, row: int, name: str) -> Location:
    return Location(grid.file, grid.title, f"{letters(at)}{row}", masked(name)[:20])


def _any_cell(grid: Grid, at: int) -> bool:
    return any(at < len(line) and line[at] != "" for line in grid.rows)


def forbids(header: str) -> bool:
    """True if a column of this name would collect what must not be collected."""
    return any(word in plain(header) for word in FORBIDDEN_HEADERS)
