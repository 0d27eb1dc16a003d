"""The rows below the header -> those that are data: no row of identifiers, no total or signature, no example."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Sheet
from zhibi.data.reading.layout import Placement
from zhibi.data.sources.grid import Grid, Raw, addresses, plain, words

EXAMPLE_MARK = "【示例】"  # stands before the first cell of the template's example row
TOTAL, SIGNATURE = "合计行", "落款行"
_TOTAL = re.compile(r"(?:本页|全县|全区|总)?(?:合计|总计|小计|共计|累计|汇总)(?:数|人数)?[:：]?")
_SIGNATURE = re.compile(
    r"(?:填表人?|填报人?|制表人?|审核人?|复核人?|经办人?|负责人|主要负责人|分管领导|联系人|单位盖章|盖章"
    r"|填报单位|填表单位|制表单位|填报日期|填表日期|填报时间|填表时间|制表日期|备注|说明|注)[^:：]{0,8}[:：]"
)
_FIRST = 2  # a total is named in one of the first cells that hold anything
_FEW = 4  # a line under a table fills at most so many cells


def footer(row: Sequence[Raw]) -> str:
    """What a row is instead of a record; an empty string for a record."""
    filled = [cell for cell in row if cell != ""]
    words = [plain(cell) for cell in filled[:_FIRST] if isinstance(cell, str)]
    if any(_TOTAL.fullmatch(word) for word in words):
        return TOTAL
    if len(filled) <= _FEW and words and isinstance(filled[0], str) and _SIGNATURE.match(words[0]):
        return SIGNATURE
    return ""


def without_footers(
    grid: Grid, sheet: Sheet, placement: Placement, numbers: Any, rows: list[list[Raw]]
) -> tuple[Any, list[list[Raw]], tuple[Finding, ...]]:
    """Leave out totals and signatures: rows that look so and have no identifier of their own."""
    key = placement.columns.get(sheet.primary_key[0], 0)
    kinds = [
        footer(row) if not _filled(row[key]) or footer(row[key : key + 1]) else "" for row in rows
    ]
    if not any(kinds):
        return numbers, rows, ()
    findings = []
    for kind in dict.fromkeys(filter(None, kinds)):
        at = [int(numbers[position]) for position, one in enumerate(kinds) if one == kind]
        place = Location(grid.file, sheet.title, addresses("A", at))
        findings.append(Finding("B19", Level.NOTE, place, f"是{kind}，没有读取。"))
    positions = [position for position, kind in enumerate(kinds) if not kind]
    return numbers[positions], [rows[position] for position in positions], tuple(findings)


def data_rows(grid: Grid, sheet: Sheet, placement: Placement) -> tuple[Any, list[list[Raw]]]:
    """Rows below the header that hold anything in a column of the contract, with their Excel numbers."""
    width = len(grid.rows[0])
    start = placement.header + 1
    if len(grid.rows) > start and _is_identifier_row(grid.rows[start], sheet, placement):
        start += 1
    first = placement.columns.get(sheet.primary_key[0], 0)
    positions = list(placement.columns.values())
    kept = [
        at
        for at, row in enumerate(grid.rows[start:], start)
        if row.count("") != width and (_filled(row[first]) or _any_filled(row, positions))
    ]
    numbers = (
        [grid.numbers[at] for at in kept] if grid.numbers else np.asarray(kept, dtype=np.int64) + 1
    )
    return np.asarray(numbers, dtype=np.int64), [grid.rows[at] for at in kept]


def _any_filled(row: Sequence[Raw], positions: Iterable[int]) -> bool:
    return any(_filled(row[position]) for position in positions)


def _filled(cell: Raw) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


def _is_identifier_row(row: Sequence[Raw], sheet: Sheet, placement: Placement) -> bool:
    hits = sum(
        row[placement.columns[c.header]] == c.key
        for c in sheet.columns
        if c.header in placement.columns
    )
    return hits >= max(1, len(placement.columns) // 2)


def without_example(
    grid: Grid, sheet: Sheet, placement: Placement, numbers: Any, rows: list[list[Raw]]
) -> tuple[Any, list[list[Raw]], tuple[Finding, ...]]:
    """Leave out the template's example row; where somebody wrote into it, say so and stop.

    Untouched it can mislead nobody. Written over, with the mark still standing, it may be a real
    row, which must not vanish in silence.
    """
    first = placement.columns.get(sheet.columns[0].header, 0)
    marked = {at for at, row in enumerate(rows) if _is_marked(row[first])}
    findings = []
    for position in sorted(marked):
        row = rows[position]
        place = Location(grid.file, sheet.title, f"A{numbers[position]}")
        if _untouched(row, sheet, placement):
            findings.append(Finding("B08", Level.NOTE, place, "是模板的示例行，没有读取。"))
        else:
            message = f"这一行带有“{EXAMPLE_MARK}”字样，内容却改过，不知道是不是真实数据。"
            hint = f"真实数据请删去“{EXAMPLE_MARK}”四字，示例请整行删除。"
            findings.append(Finding("B08", Level.ERROR, place, message, hint))
    if not marked:
        return numbers, rows, ()
    positions = [position for position in range(len(rows)) if position not in marked]
    return numbers[positions], [rows[position] for position in positions], tuple(findings)


def _is_marked(cell: Raw) -> bool:
    return isinstance(cell, str) and cell.startswith(EXAMPLE_MARK)


def example_cells(sheet: Sheet) -> dict[str, str]:
    """The example row by header, its first cell marked."""
    first, *rest = sheet.columns
    return {first.header: EXAMPLE_MARK + first.example} | {
        column.header: column.example for column in rest
    }


def _untouched(row: Sequence[Raw], sheet: Sheet, placement: Placement) -> bool:
    expected = example_cells(sheet)
    return all(
        words(row[at]).strip() == expected[header] for header, at in placement.columns.items()
    )
