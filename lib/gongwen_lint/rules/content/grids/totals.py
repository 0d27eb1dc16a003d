"""A grid -> the cells of a total or a subtotal that are not what their rows or columns come to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain

from gongwen.findings import Level
from gongwen_lint.rules.content.figures.kinds import Makeup, makeup
from gongwen_lint.rules.content.grids.formulas import shares_of_total
from gongwen_lint.rules.content.grids.grid import Grid, decimals, number_of
from gongwen_lint.rules.content.sentences import shown
from gongwen_lint.rules.rule import Violation

_TOTAL = re.compile(r"^(?:.{0,12}(?:合\s*计|总\s*计)|共\s*计|总\s*数)$")
_UPPER = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]")
_LOWER = re.compile(r"\d{1,2}[.．]\d{1,2}")
_SUBTOTAL = re.compile(r"^小\s*计$")
_NO_SUM = re.compile(
    r"率|占比|比重|比例|[%％]|平均|人均|户均|均|增长|同比|得分|分数|名次|排名|年龄|年度|年份|代码|编号|序号|日期|时间|任期|单价|[师床户]比"
)


def columns(grid: Grid, *, rounded: bool) -> Iterator[Violation]:
    """A row of 合计 against the rows above it, column by column; `rounded` where the text says so."""
    first = grid.first_row
    totals = [row for row in range(first, grid.rows + 1) if _is_total(grid, row)]
    if len(totals) != 1:
        return
    rows = [row for row in range(first, grid.rows + 1) if row != totals[0]]
    subtotals = [
        row
        for row in rows
        if _SUBTOTAL.match(grid.text(row, 1)) or _SUBTOTAL.match(grid.text(row, 2))
    ]
    details = [row for row in rows if row not in subtotals]
    if any(re.match(r"其中|#", grid.text(row, 1)) for row in details):
        return
    ways = [details, subtotals, _upper(grid, details)]
    summed = [
        column
        for column in range(2, grid.columns + 1)
        if (totals[0], column) in grid.cells and not _NO_SUM.search(grid.header(column))
    ]
    wrong = [list(_total(grid, totals[0], column, ways, rounded=rounded)) for column in summed]
    proven = not all(wrong)  # one column comes out: so should the others
    for each in chain.from_iterable(wrong):
        yield replace(each, level=Level.WARNING) if proven and each.level is Level.NOTE else each
    yield from shares_of_total(grid, totals[0], details)


def _is_total(grid: Grid, row: int) -> bool:
    return bool(_TOTAL.match(grid.text(row, 1)) or _TOTAL.match(grid.text(row, 2)))


def _upper(grid: Grid, rows: Sequence[int]) -> list[int]:
    """The rows of the upper level where labels tell levels: 一、二、 above plain ones, 1 above 1.1."""
    chosen = [row for row in rows if _UPPER.match(grid.text(row, 1))]
    lower = [row for row in rows if _LOWER.match(grid.text(row, 1))]
    return chosen or ([row for row in rows if row not in lower] if lower else [])


def _total(
    grid: Grid, row: int, column: int, ways: Sequence[Sequence[int]], *, rounded: bool
) -> Iterator[Violation]:
    cell, said = grid.cells[row, column], number_of(grid.text(row, column))
    sums = [total for rows in ways if rows and (total := grid.summed(rows, column)) is not None]
    step = Fraction(1, 10 ** decimals(grid.text(row, column)))
    slack = step * len(ways[0]) / 2 if step < 1 or rounded else 0  # each may have been rounded
    if said is None or not sums or any(abs(total - said) <= slack for total in sums):
        return
    nearest = min(sums, key=lambda each: abs(each - said))
    near = abs(nearest - said) * 10 <= abs(said)  # farther off, some rows may be parts of others
    yield Violation(
        cell.number,
        0,
        len(cell.text),
        f"各行相加是{shown(nearest, 4)}",
        hint="请核对合计。",
        level=None if near else Level.NOTE,
    )


def across(grid: Grid) -> Iterator[Violation]:
    """A 合计 column at either end of plain number columns, in a table with one row of headers."""
    totals = [column for column in range(2, grid.columns + 1) if _TOTAL.match(grid.text(1, column))]
    if grid.first_row != 2 or len(totals) != 1:  # noqa: PLR2004  row 2 is the first below one header
        return
    (last,) = totals
    columns = range(2, last) if last == grid.columns else range(last + 1, grid.columns + 1)
    if any(_NO_SUM.search(grid.text(1, column)) for column in columns):
        return
    hits = list(_unlike_total(grid, last, columns))
    if last == grid.columns or 2 * len(hits) < grid.rows - 1:
        yield from hits


def _unlike_total(grid: Grid, total: int, columns: range) -> Iterator[Violation]:
    """The rows whose columns do not come to the cell of the total's column."""
    for row in range(2, grid.rows + 1):
        values = [grid.number(row, column) for column in columns]
        said = number_of(grid.text(row, total))
        numbers = [value for value in values if value is not None]
        if said is None or len(numbers) != len(values) or len(numbers) < 2 or sum(numbers) == said:  # noqa: PLR2004  one is no sum
            continue
        cell = grid.cells[row, total]
        yield Violation(
            cell.number,
            0,
            len(cell.text),
            f"同一行各栏相加是{shown(sum(numbers), 4)}",
            hint="请核对合计。",
            level=Level.WARNING,
        )


def subtotals(grid: Grid) -> Iterator[Violation]:
    """A 小计 below its rows: where another column of it, or another 小计 of the column, comes out, it should too."""
    start = grid.first_row
    sums: dict[tuple[int, int], tuple[Fraction, Fraction, int]] = {}  # by cell: said, summed, rows
    for row in range(start, grid.rows + 1):
        label = grid.text(row, 1), grid.text(row, 2)
        if any(_TOTAL.match(each) for each in label):
            start = row + 1
        if not any(_SUBTOTAL.match(each) for each in label):
            continue
        rows, start = range(start, row), row + 1
        for column in range(2, grid.columns + 1):
            said, summed = number_of(grid.text(row, column)), grid.summed(rows, column)
            if said is None or summed is None or _NO_SUM.search(grid.header(column)):
                continue
            sums[row, column] = (said, summed, len(rows))
    right = {cell for cell, (said, summed, _) in sums.items() if said == summed}
    wrong = [cell for cell in sums if cell not in right]
    for row, column in wrong:
        alone = sum(each[0] == row for each in wrong) == 1
        proven = any(row == each[0] or column == each[1] for each in right)
        if alone and proven:
            _, summed, count = sums[row, column]
            message = f"上面{count}行相加是{shown(summed, 4)}"
            yield grid.violation(row, column, message, "请核对小计。")


def kinds(grid: Grid) -> Iterator[Violation]:
    """Rows that are all kinds of a row above them (其中：第一产业、第二产业、第三产业) come to that row.

    One total may be divided twice (其中：城镇、乡村；其中：男、女): the row above may be the last of the first division.
    """
    above = 1  # the row that the next 其中 divides, where it does not divide the one just above
    end = 0  # where the last division ended
    for row in range(2, grid.rows + 1):
        named = grid.text(row, 1).startswith("其中")
        if row < end or not (named or _kinds_from(grid, row)):
            continue
        above = above if row == end else row - 1
        count = _kinds_from(grid, row)
        end = row + count
        for column in range(2, grid.columns + 1) if count else ():
            yield from _divided(grid, above, range(row, end), column, named=named)


def _kinds_from(grid: Grid, row: int) -> int:
    """How many rows from here on are all kinds of one whole; 0 where they are none."""
    labels = [
        re.sub(r"^其中[：:]?", "", grid.text(each, 1))
        for each in range(row, min(row + 4, grid.rows + 1))
    ]
    sizes = range(2, len(labels) + 1)
    return next((size for size in sizes if makeup(labels[:size]) is Makeup.WHOLE), 0)


def _divided(
    grid: Grid, above: int, rows: range, column: int, *, named: bool
) -> Iterator[Violation]:
    """The row above against its kinds; `named` where 其中 says that they are its kinds."""
    said, summed = number_of(grid.text(above, column)), grid.summed(rows, column)
    if said is None or summed is None or _NO_SUM.search(grid.header(column)):
        return
    text = grid.text(above, column)
    slack = Fraction(len(rows) + 1, 2 * 10 ** decimals(text)) if "." in text else 0
    near = named or abs(said - summed) * 10 <= abs(said)
    if abs(said - summed) > slack and near:
        message = f"其中各项相加是{shown(summed, 4)}"
        yield grid.violation(above, column, message, "请核对总数和各项。")
