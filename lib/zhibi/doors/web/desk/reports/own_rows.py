"""Texts that people wrote on the page -> rows of the sheet 撰写 in a copy of the workbook, from which every report prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen.errors import UnreadableFile
from zhibi.data.contract import Contract
from zhibi.data.read import is_several
from zhibi.data.sources.container import open_package
from zhibi.data.sources.grid import Grid, letters
from zhibi.data.writing.corrections.sheet_xml import CellValue, with_cells, with_rows
from zhibi.doors.web.desk.place import relative
from zhibi.doors.web.desk.reports.form import TEXTS, options_of, planned
from zhibi.doors.web.desk.reports.row_texts import (
    REPORT,
    SECTION,
    SHEET,
    TEXT,
    YEAR,
    report_as_called,
)
from zhibi.doors.web.desk.workbooks import tables
from zhibi.doors.web.work.listing import FOLDER
from zhibi.report import pipeline
from zhibi.report.request import Plan


@dataclass(frozen=True, slots=True)
class Whom:
    """What the rows of one report say of it: the report as the sheet calls it, the organisation, the year.

    `owner` is the column that holds the organisation's code.
    """

    report: str
    owner: str
    organisation: str
    year: int


def write(root: Path, report: str, fields: Mapping[str, Any], *, progress: Any) -> dict[str, Any]:
    """The copy with a row for each text; the workbook of the form stays as it is."""
    declared = planned(root, report).declared
    chosen = {name: value for name, value in fields.items() if name != TEXTS}
    plan = planned(root, report, options_of(declared, chosen))
    texts = {name: text for name, text in dict(fields.get(TEXTS) or {}).items() if text.strip()}
    path = _workbook(plan)
    if not texts:
        raise UnreadableFile(path.name, "还没有写一段文字", "请先写，再写进“撰写”表。")
    grid = tables.grid_of(tables.books(path), "", SHEET)
    if grid is None:
        raise UnreadableFile(path.name, f"没有“{SHEET}”表", "请点“生成”，文字写进参数文件。")
    cells = dict(_cells(grid, _whom(plan, path), texts))
    rows = [int(re.sub(r"\D", "", address)) for address in cells]
    content = with_cells(with_rows(open_package(path).data, SHEET, rows), {SHEET: cells})
    target = path if path.stem.endswith(f"-{SHEET}") else _free(root / FOLDER, path)
    atomic_files.save(target.parent, {target.name: content})
    return {
        "report": report,
        "path": relative(root, target),
        "name": target.name,
        "count": len(texts),
    }


def _workbook(plan: Plan) -> Path:
    source = plan.source
    if not isinstance(source, Path) or not source.is_file() or is_several(source):
        name = str(plan.stands_for)
        raise UnreadableFile(name, "不是一本工作簿", "请点“生成”，文字写进参数文件。")
    return source


def _whom(plan: Plan, path: Path) -> Whom:
    called = report_as_called(plan)
    if not called or plan.contract is None:
        hint = "请点“生成”，文字写进参数文件。"
        raise UnreadableFile(path.name, f"这种报告不从“{SHEET}”表取文字", hint)
    data, _ = pipeline.read_everything(plan)
    year = data.settings[plan.contract.report_year].value if data is not None else None
    if not isinstance(year, int):
        raise UnreadableFile(path.name, "“设置”里没有年度", "请先填好年度。")
    return Whom(called, _owner(plan.contract, path), plan.org or plan.top, year)


def _owner(contract: Contract, path: Path) -> str:
    """The column of the sheet that says whose a row is."""
    owners = (sheet.owner for sheet in contract.sheets if sheet.title == SHEET)
    headers = next(owners, ())
    if not headers:
        raise UnreadableFile(
            path.name, f"这个领域没有“{SHEET}”表", "请点“生成”，文字写进参数文件。"
        )
    return headers[0]


def _cells(grid: Grid, whom: Whom, texts: Mapping[str, str]) -> Iterator[tuple[str, CellValue]]:
    """The cells to write: of the row that is there for a place already, else of a new one at the end."""
    head = next((n for n, row in enumerate(grid.rows, 1) if TEXT in row and SECTION in row), 0)
    places = {
        name: tables.column_of(grid, head, name)
        for name in (REPORT, whom.owner, YEAR, SECTION, TEXT)
    }
    if not head or None in places.values():
        raise UnreadableFile(grid.file, f"“{SHEET}”表的表头不全", "请照空白工作簿补上表头。")
    columns = {name: place for name, place in places.items() if place is not None}
    known = dict(_sections(grid, head, columns, whom))
    following = max((n for n, row in enumerate(grid.rows, 1) if any(map(_said, row))), default=head)
    for name, text in texts.items():
        row = known.get(name)
        words = re.sub(r"\s*\n\s*", "\n", text.strip())
        values: dict[str, CellValue] = {TEXT: words}
        if row is None:
            following += 1
            row = following
            values = {REPORT: whom.report, YEAR: whom.year, SECTION: name, TEXT: words}
            values |= {whom.owner: whom.organisation} if whom.organisation else {}
        yield from ((f"{letters(columns[header])}{row}", value) for header, value in values.items())


def _sections(
    grid: Grid, head: int, columns: Mapping[str, int], whom: Whom
) -> Iterator[tuple[str, int]]:
    """The rows that are of this report, by their place in it."""
    wanted = [whom.report, whom.organisation, str(whom.year)]
    for number, row in enumerate(grid.rows[head:], head + 1):
        cells = [_said(row[at]) if at < len(row) else "" for at in columns.values()]
        if cells[:3] == wanted:
            yield cells[3], number


def _said(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _free(folder: Path, path: Path) -> Path:
    """A name that no file has yet."""
    stem, number = f"{path.stem}-{SHEET}", 1
    target = folder / f"{stem}{path.suffix}"
    while target.exists():
        number += 1
        target = folder / f"{path.stem}（{number}）-{SHEET}{path.suffix}"
    return target
