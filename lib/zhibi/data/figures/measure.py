"""Frames read from the workbook -> facts: counted, summed, averaged or picked, each with the rows it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import numpy as np
import pandas as pd

from gongwen.errors import BadFact, UnknownName
from gongwen.facts.value import Cited, Fact, Read, Rows, Value
from zhibi.data.figures.origin import (
    Mask,
    group_chosen,
    is_of_one_sheet,
    require_origin,
    row_numbers,
    rows_of,
    traced,
)
from zhibi.data.figures.unchanged import refuse_changed, refuse_computed, refuse_repeats
from zhibi.data.figures.values import number_of, value_of

Blanks = Literal["refuse", "skip"]
_DATA_UNITS = frozenset(
    ("名", "人", "人次", "家", "户", "个", "场", "元", "万元", "亿元", "%", "‰", "个百分点")
)
Repeats = Literal["refuse", "keep"]


def count(
    frame: pd.DataFrame | pd.Series | pd.Index,
    label: str,
    unit: str = "个",
    *,
    as_of: date | None = None,
    repeats: Repeats = "refuse",
) -> Fact:
    """How many rows, be it of a frame or of its index.

    A row that stands twice (after explode or join) is refused unless `repeats="keep"`.
    """
    if isinstance(frame, pd.Series) and pd.api.types.is_bool_dtype(frame.dtype):
        raise BadFact(label, "这是一列条件，不是筛选后的表；请写 count(表[条件], …)")
    cells = rows_of(frame, label)
    if repeats == "refuse":
        refuse_repeats(frame, label)
    return Fact(label, len(frame), Read("计数", cells), unit, as_of)


def count_where(
    frame: pd.DataFrame,
    column: str,
    wanted: Any,
    label: str,
    unit: str = "个",
    *,
    as_of: date | None = None,
) -> Fact:
    """How many rows have in a column the value wanted, one of several, or one for which a function says True.

    A blank cell is neither yes nor no: it is left out and listed as a gap, and where every cell is
    blank the count itself is missing.
    """
    if column not in frame.columns:
        raise UnknownName("列", column, map(str, frame.columns))
    cells = frame[column]
    blank = _blank(cells)
    fits = wanted if callable(wanted) else _among(wanted)
    pairs = zip(blank.tolist(), cells.array, strict=True)
    chosen = np.array([not gap and bool(fits(cell)) for gap, cell in pairs], dtype=bool)
    counted, gaps = _cells(cells, chosen, label), _gaps(cells, blank)
    value = None if len(blank) and blank.all() else int(chosen.sum())
    return Fact(label, value, Read("计数", counted), unit, as_of, None, gaps)


def count_distinct(
    series: pd.Series, label: str, unit: str = "个", *, as_of: date | None = None
) -> Fact:
    """How many different values; blank cells are not counted and are listed as gaps."""
    blank = _blank(series)
    cells, gaps = _cells(series, ~blank, label), _gaps(series, blank)
    return Fact(label, int(series.nunique()), Read("不同值计数", cells), unit, as_of, None, gaps)


def total(  # noqa: PLR0913 — all optional but three
    series: pd.Series,
    label: str,
    unit: str,
    places: int | None = None,
    blanks: Blanks = "refuse",
    *,
    as_of: date | None = None,
    repeats: Repeats = "refuse",
    empty: Literal["missing", "zero"] = "missing",
) -> Fact:
    """The exact sum.

    A blank cell makes it missing, or with `blanks="skip"` is left out and listed as a gap.

    The sum of no rows at all is missing too, because nothing was reported; `empty="zero"` where no
    row means none.
    """
    numbers, cells, gaps = _numbers(series, label, repeats)
    value = _sum(numbers) if numbers or (empty == "zero" and not len(series)) else None
    return Fact(
        label, _unless_blank(value, gaps, blanks), Read("求和", cells), unit, as_of, places, gaps
    )


class Summands:
    """A column of which many parts are to be summed: what each cell is, is asked once."""

    def __init__(self, column: pd.Series) -> None:
        self._column = column
        self._numbers = _by_place(column)
        one_sheet = self._numbers is not None and is_of_one_sheet(traced(column))
        self._rows = row_numbers(traced(column)).tolist() if one_sheet else []

    def total(
        self,
        places_of: Sequence[int],
        label: str,
        unit: str,
        places: int | None = None,
        *,
        as_of: date | None = None,
    ) -> Fact:
        """`total` of the cells at these places (from 0), in all it says and refuses."""
        known = [self._numbers[at] for at in places_of] if self._numbers and self._rows else []
        numbers = [number for number in known if number is not None]
        if not numbers or len(numbers) < len(known):
            part = self._column.take(places_of)
            return total(part, label, unit, places, as_of=as_of)
        file, sheet = (str(level[0]) for level in traced(self._column).levels[:2])
        rows = tuple(dict.fromkeys([self._rows[at] for at in places_of]))
        cells = (Rows(file, sheet, rows, str(self._column.name)),)
        return Fact(label, _sum(numbers), Read("求和", cells), unit, as_of, places)


def _by_place(column: pd.Series) -> list[int | Decimal | None] | None:
    """The number in each cell, None where it is blank; None at all if something is to be said of a cell."""
    try:
        numbers, _, _ = _numbers(column, "", "refuse")
    except BadFact:
        return None
    each = iter(numbers)
    return [None if blank else next(each) for blank in _blank(column).tolist()]


def mean(
    series: pd.Series,
    label: str,
    unit: str,
    places: int | None = 1,
    blanks: Blanks = "refuse",
    *,
    as_of: date | None = None,
    repeats: Repeats = "refuse",
) -> Fact:
    """The arithmetic mean; blanks as in `total`."""
    numbers, cells, gaps = _numbers(series, label, repeats)
    value = Decimal(_sum(numbers)) / len(numbers) if numbers else None
    return Fact(
        label, _unless_blank(value, gaps, blanks), Read("平均", cells), unit, as_of, places, gaps
    )


def largest(
    series: pd.Series,
    label: str,
    unit: str,
    places: int | None = None,
    *,
    as_of: date | None = None,
) -> Fact:
    """The greatest value and the row (or rows, when tied) that has it.

    Blanks are listed as gaps.
    """
    return _extreme(series, label, unit, places, as_of, highest=True)


def smallest(
    series: pd.Series,
    label: str,
    unit: str,
    places: int | None = None,
    *,
    as_of: date | None = None,
) -> Fact:
    """The least value and the row (or rows, when tied) that has it; blanks are listed as gaps."""
    return _extreme(series, label, unit, places, as_of, highest=False)


def given(value: Value | float, label: str, unit: str = "", *, as_of: date | None = None) -> Fact:
    """A figure handed in as a parameter of the run (a year, a period), traceable to the parameter of that name.

    What people, households, firms or money come to is data: it has a cell and is refused here.
    """
    if unit in _DATA_UNITS and isinstance(value, int | float | Decimal):
        reason = f"“{value}{unit}”是统计数，不是运行参数；请用 count、total、pick 等从工作簿里取"
        raise BadFact(
            label,
            f"{reason}（given 只用于年度、期间和办法规定的界限；目标、计划一类的数写进“补充数据”表）",
        )
    exact = Decimal(str(value)) if isinstance(value, float) else value  # 95.5 as it was written
    return Fact(label, exact, Cited("运行参数", label, verified=True), unit, as_of)


def _among(wanted: Any) -> Callable[[Any], bool]:
    values = tuple(wanted) if isinstance(wanted, list | tuple | set | frozenset) else (wanted,)
    return lambda cell: cell in values


def _numbers(
    series: pd.Series, label: str, repeats: Repeats
) -> tuple[list[int | Decimal], tuple[Rows, ...], tuple[Rows, ...]]:
    """The numbers of a column exactly, the cells that hold them, and the cells that are blank."""
    if not isinstance(series, pd.Series):
        raise BadFact(label, '请给出一列，例如 表["列名"]')
    if isinstance(series.dtype, pd.BooleanDtype) or series.dtype == bool:
        raise BadFact(label, f"“{series.name}”是“是否”列，请先筛选再用 count 计数")
    require_origin(series, label)
    if repeats == "refuse":
        refuse_repeats(series, label)
    blank = _blank(series)
    numbers: list[int | Decimal] = []
    for at, (gap, cell) in enumerate(zip(blank.tolist(), _exact(series), strict=True)):
        if gap:
            continue
        if isinstance(cell, str | date):
            raise BadFact(
                label, f"{_where(series, at)}是文字或日期（{value_of(cell, label)}），不能计算"
            )
        number = number_of(cell, label)
        assert number is not None
        numbers.append(number)
    return numbers, _cells(series, ~blank, label), _gaps(series, blank)


def _exact(series: pd.Series) -> Iterable[Any]:
    """The cells one by one, as Python's own numbers where these are as exact."""
    array: Any = series.array
    return array.tolist() if isinstance(array.dtype, pd.Int64Dtype | pd.Float64Dtype) else array  # type: ignore[no-any-return]


def _where(series: pd.Series, at: int) -> str:
    origin = series.index[at]
    return f"“{series.name}”列" + (f"第{origin[2]}行" if isinstance(origin, tuple) else "")


def _blank(series: pd.Series) -> Mask:
    return np.asarray(series.array.isna(), dtype=bool)


def _sum(numbers: list[int | Decimal]) -> int | Decimal:
    return sum(numbers)


def _unless_blank(
    value: int | Decimal | None, gaps: tuple[Rows, ...], blanks: Blanks
) -> int | Decimal | None:
    return None if gaps and blanks == "refuse" else value


def _cells(column: pd.Series, chosen: Mask, label: str) -> tuple[Rows, ...]:
    """Some cells of a column; where none are chosen, the column by its name, with no rows."""
    name = "" if column.name is None else str(column.name)
    if name:
        refuse_computed(column, name, label)
        refuse_changed(column, label)
    require_origin(column, label)
    return _grouped(column, chosen)


def _gaps(column: pd.Series, blank: Mask) -> tuple[Rows, ...]:
    """The blank cells of a column that `_cells` has been asked for already."""
    return _grouped(column, blank) if blank.any() else ()


def _grouped(column: pd.Series, chosen: Mask) -> tuple[Rows, ...]:
    name = "" if column.name is None else str(column.name)
    if chosen.any():
        return group_chosen(column, chosen, name)
    return tuple(replace(sheet, rows=()) for sheet in rows_of(column, name, name))


def _extreme(
    series: pd.Series,
    label: str,
    unit: str,
    places: int | None,
    as_of: date | None,
    *,
    highest: bool,
) -> Fact:
    numbers, _, gaps = _numbers(series, label, "keep")
    operation = "最大值" if highest else "最小值"
    if not numbers:
        none = np.zeros(len(series), dtype=bool)
        return Fact(
            label, None, Read(operation, _cells(series, none, label)), unit, as_of, places, gaps
        )
    best = max(numbers) if highest else min(numbers)
    winners = ~_blank(series)
    winners[winners] = [number == best for number in numbers]
    return Fact(
        label,
        best,
        Read(operation, group_chosen(series, winners, str(series.name))),
        unit,
        as_of,
        places,
        gaps,
    )
