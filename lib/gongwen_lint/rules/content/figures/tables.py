"""K29: totals in tables recomputed; numbers that a sentence takes from a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from itertools import chain, permutations, product

from gongwen.chinese.numbers.bounds import HUNDRED
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.figures.kinds import Makeup, makeup
from gongwen_lint.rules.content.sentences import sentences, shown
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_NUMBER = re.compile(
    r"^[+＋]?(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?:人|名|个|家|次|项|万元|元|户|件)?$"
)
_TOTAL = re.compile(r"^(?:.{0,12}(?:合\s*计|总\s*计)|共\s*计|总\s*数)$")
_UPPER = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]")
_LOWER = re.compile(r"\d{1,2}[.．]\d{1,2}")
_SUBTOTAL = re.compile(r"^小\s*计$")
_NO_SUM = re.compile(
    r"率|占比|比重|比例|[%％]|平均|人均|户均|均|增长|同比|得分|分数|名次|排名|年龄|年度|年份|代码|编号|序号|日期|时间|任期|单价"
)
_FEWEST, _MOST_ROWS, _MOST_COLUMNS = (
    4,
    200,
    12,
)  # rows that agree on how a column is made, and tables worth asking
_NOTHING = frozenset({"", "—", "-", "－", "/", "——"})
_SCALES = (1, 10**4, 10**8)  # a table in 万元 or 亿元
_SEE = re.compile(r"见(附?表\d{1,2})")
_CAPTION = re.compile(r"^\s*(附?表\s*\d{1,2})")


@dataclass(frozen=True)
class Grid:
    """One table: its cells by row and column, from 1."""

    cells: Mapping[tuple[int, int], Para]
    caption: str

    @cached_property
    def rows(self) -> int:
        """How many rows there are."""
        return max(row for row, _ in self.cells)

    @cached_property
    def columns(self) -> int:
        """How many columns there are."""
        return max(column for _, column in self.cells)

    def text(self, row: int, column: int) -> str:
        """The words of a cell."""
        return self._texts.get((row, column), "")

    @cached_property
    def _texts(self) -> Mapping[tuple[int, int], str]:
        return {place: re.sub(r"\s", "", cell.text) for place, cell in self.cells.items()}


def grids(manuscript: Manuscript) -> list[Grid]:
    """The tables of a manuscript, each with the caption above it."""
    cells: dict[int, dict[tuple[int, int], Para]] = {}
    captions: dict[int, str] = {}
    last = ""
    for para in manuscript.paras:
        if para.cell is None:
            match = _CAPTION.match(para.text)
            last = (
                re.sub(r"\s", "", match[1])
                if match
                else (last if para.role in {"table_note", "caption"} else "")
            )
            continue
        table, row, column = para.cell
        captions.setdefault(table, last)
        cells.setdefault(table, {}).setdefault((row, column), para)
    return [Grid(found, captions[table]) for table, found in cells.items()]


def table_totals(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K29：表中的合计等于各行之和，正文引用表中的数与表一致。

    好：合计一行等于各行相加    差：合计 612，各行相加是 614
    """
    del against
    known = grids(manuscript)
    rounded = "四舍五入" in manuscript.whole
    for grid in known:
        yield from _columns(grid, rounded=rounded)
        yield from _across(grid)
        yield from _subtotals(grid)
        yield from _kinds(grid)
        yield from _unlike_its_column(grid)
    yield from _quoted(manuscript, known)


def _columns(grid: Grid, *, rounded: bool) -> Iterator[Violation]:
    first = _first_row(grid)
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
    columns = [
        column
        for column in range(2, grid.columns + 1)
        if (totals[0], column) in grid.cells and not _NO_SUM.search(_header(grid, column))
    ]
    wrong = [list(_total(grid, totals[0], column, ways, rounded=rounded)) for column in columns]
    proven = not all(wrong)  # one column comes out: so should the others
    for each in chain.from_iterable(wrong):
        yield replace(each, level=Level.WARNING) if proven and each.level is Level.NOTE else each
    yield from _shares_of_total(grid, totals[0], details)


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
    cell, said = grid.cells[row, column], _value(grid.text(row, column))
    sums = [total for rows in ways if rows and (total := _summed(grid, rows, column)) is not None]
    step = Fraction(1, 10 ** len(grid.text(row, column).partition(".")[2]))
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


def _shares_of_total(grid: Grid, total: int, rows: Sequence[int]) -> Iterator[Violation]:
    """A column of shares whose total is 100: a cell that alone is not its row's part of the column beside it."""
    for column in range(3, grid.columns + 1):
        said = _value(grid.text(total, column).rstrip("%％"))
        if said != HUNDRED or not re.search(r"占比|比重|比例|[%％]", _header(grid, column)):
            continue
        for beside in range(column - 1, 1, -1):
            whole = _value(grid.text(total, beside))
            made = [
                (row, part * 100 / whole)
                for row in rows
                if whole
                and (part := _value(grid.text(row, beside))) is not None
                and _value(grid.text(row, column).rstrip("%％")) is not None
            ]
            wrong = [pair for pair in made if not _rounds(grid.text(pair[0], column), pair[1])]
            if len(made) > 2 and len(wrong) == 1:  # noqa: PLR2004  two rows prove nothing of a third
                row, value = wrong[0]
                places = max(len(grid.text(row, column).rstrip("%％").partition(".")[2]), 1)
                message = f"占合计的{shown(value, places)}%"
                yield _beside(grid, row, column, message, "请核对占比。")
            if len(wrong) <= 1:
                break


def _summed(grid: Grid, rows: Sequence[int], column: int) -> Fraction | None:
    """The sum of a column; None where a cell is no number (未填报): then nothing can be said."""
    values = [
        Fraction(0) if grid.text(row, column) in _NOTHING else _value(grid.text(row, column))
        for row in rows
    ]
    numbers = [value for value in values if value is not None]
    filled = [row for row in rows if grid.text(row, column) not in _NOTHING]
    return sum(numbers, Fraction(0)) if len(numbers) == len(values) and len(filled) > 1 else None


def _across(grid: Grid) -> Iterator[Violation]:
    """A 合计 column at either end of plain number columns, in a table with one row of headers."""
    totals = [column for column in range(2, grid.columns + 1) if _TOTAL.match(grid.text(1, column))]
    if _first_row(grid) != 2 or len(totals) != 1:  # noqa: PLR2004  row 2 is the first below one header
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
        values = [
            Fraction(0) if grid.text(row, column) in _NOTHING else _value(grid.text(row, column))
            for column in columns
        ]
        said = _value(grid.text(row, total))
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


def _subtotals(grid: Grid) -> Iterator[Violation]:
    """A 小计 below its rows: where another column of it, or another 小计 of the column, comes out, it should too."""
    start = _first_row(grid)
    sums: dict[tuple[int, int], tuple[Fraction, Fraction, int]] = {}  # by cell: said, summed, rows
    for row in range(start, grid.rows + 1):
        label = grid.text(row, 1), grid.text(row, 2)
        if any(_TOTAL.match(each) for each in label):
            start = row + 1
        if not any(_SUBTOTAL.match(each) for each in label):
            continue
        rows, start = range(start, row), row + 1
        for column in range(2, grid.columns + 1):
            said, summed = _value(grid.text(row, column)), _summed(grid, rows, column)
            if said is None or summed is None or _NO_SUM.search(_header(grid, column)):
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
            yield _beside(grid, row, column, message, "请核对小计。")


def _kinds(grid: Grid) -> Iterator[Violation]:
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
    said, summed = _value(grid.text(above, column)), _summed(grid, rows, column)
    if said is None or summed is None or _NO_SUM.search(_header(grid, column)):
        return
    text = grid.text(above, column)
    slack = Fraction(len(rows) + 1, 2 * 10 ** len(text.partition(".")[2])) if "." in text else 0
    near = named or abs(said - summed) * 10 <= abs(said)
    if abs(said - summed) > slack and near:
        message = f"其中各项相加是{shown(summed, 4)}"
        yield _beside(grid, above, column, message, "请核对总数和各项。")


def _unlike_its_column(grid: Grid) -> Iterator[Violation]:
    """A cell that alone does not come out of its row as all others of its column do: a rate, a growth, a sum."""
    rows = list(range(_first_row(grid), grid.rows + 1))
    if not _FEWEST - 1 <= len(rows) <= _MOST_ROWS or grid.columns > _MOST_COLUMNS:
        return
    values = {
        place: value
        for place in product(rows, range(2, grid.columns + 1))
        if (value := _value(grid.text(*place).rstrip("%％"))) is not None
    }
    for column in range(2, grid.columns + 1):
        ways = list(_ways(_header(grid, column), column))
        few = len(ways) <= 2 and all(name != "sum" for name, _ in ways)  # noqa: PLR2004
        fewest = _FEWEST - few  # of two ways none comes out by chance
        for _, made in ways:
            told = [(row, made(row, values)) for row in rows if (row, column) in values]
            known = [(row, value) for row, value in told if value is not None]
            wrong = [
                (row, value) for row, value in known if not _rounds(grid.text(row, column), value)
            ]
            if len(known) >= fewest and not wrong:
                break
            if len(known) >= fewest and len(wrong) == 1:
                (row, value), places = (
                    wrong[0],
                    len(grid.text(wrong[0][0], column).rstrip("%％").partition(".")[2]),
                )
                yield _beside(
                    grid,
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


def _rounds(text: str, value: Fraction) -> bool:
    digits = text.rstrip("%％")
    said, step = _value(digits), Fraction(1, 10 ** len(digits.partition(".")[2]))
    return said is not None and abs(said - value) <= step / 2


def _beside(grid: Grid, row: int, column: int, message: str, hint: str) -> Violation:
    cell = grid.cells[row, column]
    return Violation(cell.number, 0, len(cell.text), message, hint=hint, level=Level.WARNING)


def _header(grid: Grid, column: int) -> str:
    return "".join(grid.text(row, column) for row in range(1, _first_row(grid)))


def _first_row(grid: Grid) -> int:
    """The first row that holds a number."""
    rows = range(1, grid.rows + 1)
    numbered = (row for row in rows if next(_numbers(grid, row), None) is not None)
    return max(next(numbered, 2), 2)


def _numbers(grid: Grid, row: int) -> Iterator[Fraction]:
    """The numbers of a row, from its second column on."""
    for column in range(2, grid.columns + 1):
        value = _value(grid.text(row, column))
        if value is not None:
            yield value


def _quoted(manuscript: Manuscript, known: Sequence[Grid]) -> Iterator[Violation]:
    """A sentence that says 见表1 and names a row: its number is one of that row's."""
    by_caption = {grid.caption: grid for grid in known if grid.caption}
    for sentence in sentences(manuscript):
        match = _SEE.search(sentence.text)
        grid = by_caption.get(match[1]) if match else None
        if grid is None:
            continue
        names = {
            grid.text(row, 1): row for row in range(2, grid.rows + 1) if len(grid.text(row, 1)) > 1
        }
        for quantity in sentence.quantities:
            label = re.sub(
                r"^(?:其中|和|有|共有)|(?:的|有|为|共|共有)$", "", sentence.before(quantity)
            )
            row = names.get(label)
            if row is None or not quantity.plain or sentence.text[quantity.end :].startswith("（"):
                continue
            scaled = [value * scale for value, scale in product(_numbers(grid, row), _SCALES)]
            if scaled and all(abs(each - quantity.value) > quantity.step / 2 for each in scaled):
                message = f"{grid.caption}“{label}”一行没有这个数"
                yield sentence.hit(
                    quantity.start, quantity.end, message, "请与表核对。", Level.WARNING
                )


def _value(text: str) -> Fraction | None:
    match = _NUMBER.match(text)
    return Fraction(match[1].replace(",", "")) if match else None


RULES = (Rule("K29", "表与文、表内合计不符", "内容", Level.ERROR, "算术", table_totals),)
