"""A figure of a report -> its formula, and the rows it rests on with the cells that count.

A row -> where it is printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gongwen.document import Document, Figure, Text, lines_of, plain, spots
from gongwen.errors import UnreadableFile
from gongwen.facts.row_runs import text_of
from gongwen.facts.value import Cited, Derived, Fact, Read, Rows
from zhibi.data.contract import Contract
from zhibi.data.sources.grid import Book
from zhibi.doors.web.desk.place import inside
from zhibi.doors.web.desk.reports.form import MEMORY
from zhibi.doors.web.desk.reports.report import Opened, open_report
from zhibi.doors.web.desk.workbooks import tables
from zhibi.doors.web.desk.workbooks.data import contract_of
from zhibi.workspace.address import is_address

MOST_FIGURES = 200


def figure(root: Path, folder: str, fact: str, *, progress: Any) -> dict[str, Any]:
    """Everything a figure rests on."""
    opened = open_report(root, folder)
    traced = opened.document.facts.get(fact)
    if traced is None:
        raise UnreadableFile(fact, "报告里没有这个数", "报告可能刚重新生成过，请再点一次。")
    books, changed = _books(root, opened)
    contract = contract_of(root)
    groups = [_rows(group, books, contract) for group in traced.cells()]
    return {
        "folder": folder,
        "fact": fact,
        "label": traced.label,
        "printed": str(traced),
        "as_of": traced.as_of.isoformat() if traced.as_of else "",
        "steps": list(_steps(traced)),
        "groups": groups,
        "gaps": [
            {"sheet": gap.sheet, "column": gap.column, "rows": text_of(gap.rows)}
            for gap in traced.gaps
        ],
        "printed_at": [
            _place(*entry) for entry in _printed(opened.document) if entry[2].id == fact
        ],
        "changed": changed,
    }


def row(  # a row, and perhaps one cell of it
    root: Path, folder: str, sheet: str, number: int, column: str = "", *, progress: Any
) -> dict[str, Any]:
    """A row of the workbook, its cell of a column marked, and every place of a report where it counts."""
    opened = open_report(root, folder)
    resting: dict[str, bool] = {}
    places = []
    for spot, anchor, fact in _printed(opened.document):
        if fact.id not in resting:
            resting[fact.id] = any(
                group.sheet == sheet and number in group.rows for group in fact.cells()
            )
        if resting[fact.id]:
            places.append(_place(spot, anchor, fact))
    books, changed = _books(root, opened)
    return {
        "sheet": sheet,
        "number": number,
        "table": _row(books, contract_of(root), sheet, number, column),
        "changed": changed,
        "places": places[:MOST_FIGURES],
        "left": max(0, len(places) - MOST_FIGURES),
    }


def _printed(document: Document) -> Iterator[tuple[str, str, Fact]]:
    """Each place where a fact is printed or drawn, in reading order."""
    for number, (spot, block) in enumerate(spots(document.blocks)):
        anchor = f"b-{number}"
        for part, line in lines_of(block):
            for inline in line:
                if isinstance(inline, Text) and inline.fact in document.facts:
                    words = plain(line)
                    where = f"{spot} {part}：{words[:40]}{'…' if len(words) > 40 else ''}"  # noqa: PLR2004
                    yield where, anchor, document.facts[inline.fact]
        if isinstance(block, Figure):
            yield from (
                (spot, anchor, document.facts[name])
                for name in block.facts
                if name in document.facts
            )


def _place(spot: str, anchor: str, fact: Fact) -> dict[str, str]:
    return {
        "spot": spot,
        "anchor": anchor,
        "fact": fact.id,
        "label": fact.label,
        "printed": str(fact),
    }


def _steps(fact: Fact, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The formula, and below it those of the figures it is made of."""
    yield {
        "fact": fact.id,
        "depth": depth,
        "label": fact.label,
        "printed": str(fact),
        "formula": _formula(fact),
        "from": list(_sources(fact)),
    }
    if isinstance(fact.origin, Derived):
        for parent in fact.origin.parents:
            yield from _steps(parent, depth + 1)


def _formula(fact: Fact) -> str:
    match fact.origin:
        case Cited(source=source, article=article, verified=verified):
            return f"依据{source}{article}{'' if verified else '（待核实）'}"
        case Read(operation=operation) | Derived(operation=operation):
            return operation


def _sources(fact: Fact) -> Iterator[str]:
    if isinstance(fact.origin, Read):
        for group in fact.origin.cells:
            column = f"“{group.column}”列" if group.column else ""
            rows = f"第{text_of(group.rows)}行" if group.rows else "没有符合的行"
            yield f"{group.file}　{group.sheet}　{column}{rows}"


def _rows(group: Rows, books: Iterable[Book], contract: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "file": group.file, "sheet": group.sheet, "column": group.column, "rows": text_of(group.rows),
        "count": len(group.rows), "table": None,
    }  # fmt: skip
    grid = tables.grid_of(books, group.file, group.sheet)
    if grid is None or not group.rows:
        return made
    head = tables.head_row(grid, contract)
    column = tables.column_of(grid, head, group.column) if group.column else None
    wanted = list(_first(group.rows, tables.MOST_ROWS))
    marked = {
        number: {column or 0} for number in wanted
    }  # where rows are counted, their first cell
    made["table"] = tables.excerpt(grid, head, wanted, marked)
    made["table"]["left"] = len(group.rows) - len(made["table"]["rows"])
    return made


def _row(
    books: Iterable[Book], contract: Contract, sheet: str, number: int, column: str
) -> dict[str, Any] | None:
    grid = tables.grid_of(books, "", sheet)
    if grid is None or not 0 < number <= len(grid.rows):
        return None
    head = tables.head_row(grid, contract)
    place = tables.column_of(grid, head, column) if column else None
    marked = {number: {place}} if place is not None else {}
    return tables.excerpt(grid, head, [number], marked)


def _first(numbers: Iterable[int], most: int) -> Iterator[int]:
    for count, number in enumerate(numbers):
        if count == most:
            return
        yield number


def _books(root: Path, opened: Opened) -> tuple[tuple[Book, ...], str]:
    """The source of a report as it is now, and a sentence if it is no longer what the report was made from."""
    data: Mapping[str, str] = opened.record["inputs"].get("data") or {}
    path = data.get("path", "")
    if not path or is_address(path):
        return (), "数据在数据库里，这里只写明行号。" if path else ""
    place = Path(path) if Path(path).is_absolute() else root / path
    if not place.exists():
        return (), f"{path} 已经不在原处，看不到它的行。"
    source = inside(root, path) if not Path(path).is_absolute() else place
    books = tables.books(source, None if MEMORY.is_of_another(source) else MEMORY)
    same = place.is_dir() or hashlib.sha256(place.read_bytes()).hexdigest() == data.get("sha256")
    return (
        books,
        "" if same else "工作簿在报告生成之后改过；下面是它现在的样子，请重新生成报告再核对。",
    )
