"""A grid -> the cells that are not made of the others of their row as all the rest of their column is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import permutations, product

from gongwen.chinese.numbers.bounds import HUNDRED
from gongwen_lint.rules.content.grids.grid import Grid, decimals, number_of, rounds
from gongwen_lint.rules.content.sentences import shown
from gongwen_lint.rules.rule import Violation

_FEWEST = 4  # rows that agree on how a column is made
_MOST_ROWS, _MOST_COLUMNS = 200, 12  # of tables worth asking


def shares_of_total(grid: Grid, total: int, rows: Sequence[int]) -> Iterator[Violation]:
    """A column of shares whose total is 100: a cell that alone is not its row's part of the column beside it."""
    for column in range(3, grid.columns + 1):
        said = number_of(grid.text(total, column).rstrip("%％"))
        if said != HUNDRED or not re.search(r"占比|比重|比例|[%％]", grid.header(column)):
            continue
        for beside in range(column - 1, 1, -1):
            whole = number_of(grid.text(total, beside))
            made = [
                (row, part * 100 / whole)
                for row in rows
                if whole
                and (part := number_of(grid.text(row, beside))) is not None
                and number_of(grid.text(row, column).rstrip("%％")) is not None
            ]
            wrong = [pair for pair in made if not rounds(grid.text(pair[0], column), pair[1])]
            if len(made) > 2 and len(wrong) == 1:  # noqa: PLR2004  two rows prove nothing of a third
                row, value = wrong[0]
                places = max(decimals(grid.text(row, column).rstrip("%％")), 1)
                message = f"占合计的{shown(value, places)}%"
                yield grid.violation(row, column, message, "请核对占比。")
            if len(wrong) <= 1:
                break


def unlike_its_column(grid: Grid) -> Iterator[Violation]:
    """A cell that alone does not come out of its row as all others of its column do: a rate, a growth, a sum."""
    rows = list(range(grid.first_row, grid.rows + 1))
    if not _FEWEST - 1 <= len(rows) <= _MOST_ROWS or grid.columns > _MOST_COLUMNS:
        return
    values = {
        place: value
        for place in product(rows, range(2, grid.columns + 1))
        if (value := number_of(grid.text(*place).rstrip("%％"))) is not None
    }
    for column in range(2, grid.columns + 1):
        ways = list(_ways(grid.header(column), column))
        few = len(ways) <= 2 and all(name != "sum" for name, _ in ways)  # noqa: PLR2004
        fewest = _FEWEST - few  # of two ways none comes out by chance
        for _, made in ways:
            told = [(row, made(row, values)) for row in rows if (row, column) in values]
            known = [(row, value) for row, value in told if value is not None]
            wrong = [
                (row, value) for row, value in known if not rounds(grid.text(row, column), value)
            ]
            if len(known) >= fewest and not wrong:
                break
            if len(known) >= fewest and len(wrong) == 1:
                (row, value), places = (
                    wrong[0],
                    decimals(grid.text(wrong[0][0], column).rstrip("%％")),
                )
                yield grid.violation(
                    row,
                    column,
                    f"照这一栏其他各行的算法，应为{shown(value, max(places, 1))}",
                    "请核对这一行。",
                )
                break


Making = Callable[[int, Mapping[tuple[int, int], Fraction]], Fraction | None]


def _ways(header: str, column: int) -> Iterator[tuple[str, Making]]:
    """How the cells of a column may come of the other numbers of their rows."""
    if re.search(r"率|占比|比重|增长|增幅|同比", header) and column > 3:  # noqa: PLR2004  two numbers stand before it
        for one, other in permutations(range(2, column), 2):
            if re.search(r"率|占比|比重", header):
                yield "share", partial(_quotient, one, other, 0)
            else:
                yield "growth", partial(_quotient, one, other, HUNDRED)
    for first in range(2, column - 1) if re.search(r"合计|总|共计|小计|得分|计$", header) else ():
        yield "sum", partial(_sum_of, range(first, column))


def _quotient(
    one: int, other: int, less: int, row: int, values: Mapping[tuple[int, int], Fraction]
) -> Fraction | None:
    part, whole = values.get((row, one)), values.get((row, other))
    return part * 100 / whole - less if part is not None and whole else None


def _sum_of(
    columns: range, row: int, values: Mapping[tuple[int, int], Fraction]
) -> Fraction | None:
    found = [values.get((row, column)) for column in columns]
    return (
        sum((each for each in found if each is not None), Fraction(0))
        if None not in found and any(found)
        else None
    )
