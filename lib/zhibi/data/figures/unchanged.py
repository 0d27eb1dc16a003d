"""A frame and what is to be counted in it -> nothing, or BadFact where it is no longer what the workbook holds."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from gongwen.errors import BadFact
from gongwen.facts.value import NOT_REPORTED
from zhibi.data.figures.origin import (
    HEADERS,
    AsRead,
    Frame,
    has_origin,
    index_of,
    row_numbers,
    traced,
)
from zhibi.data.figures.values import value_of


def refuse_computed(frame: pd.DataFrame | pd.Series, column: str, label: str) -> None:
    """Nothing, if the workbook has this column.

    Else an error: a column made in the notebook is no origin.

    A frame that does not say what the workbook has (`HEADERS`) is believed.
    """
    headers = frame.attrs.get(HEADERS)
    if headers is not None and column not in headers:
        reason = "列是在笔记本里算出来的，工作簿里没有，查不到出处；请用 share、ratio 等由指标来算"
        raise BadFact(label, f"“{column}”{reason}")


def refuse_changed(cells: pd.Series, label: str) -> None:
    """Nothing, if the cells of a column are as they were read.

    Else an error: the workbook says something else.
    """
    refuse_changed_columns(cells, [(str(cells.name), cells.array)], label)


def refuse_changed_columns(
    frame: pd.DataFrame | pd.Series, arrays: Iterable[tuple[str, Any]], label: str = ""
) -> None:
    """The same for the columns of a frame, each under its own name where no label is given."""
    read = frame.attrs.get(HEADERS)
    if not isinstance(read, AsRead) or not has_origin(frame):
        return
    known = [(column, array) for column, array in arrays if column in read]
    places = read.places(traced(frame)) if known else np.empty(0, dtype=np.intp)
    for column, array in known:
        _refuse(read.changed(array, places, column), read.place[1], column, label or column)


def refuse_changed_cell(
    cell: Any, origin: tuple[Any, ...], column: str, attrs: Mapping[Hashable, Any], label: str
) -> None:
    """Nothing, if this one cell of a frame with these attrs is as it was read; else an error."""
    read = attrs.get(HEADERS)
    if isinstance(read, AsRead) and column in read:
        _refuse(read.cell_changed(cell, origin, column), read.place[1], column, label)


def _refuse(change: tuple[int, Any, Any] | None, sheet: str, column: str, label: str) -> None:
    if change:
        row, was, now = change
        message = f"“{sheet}”第{row}行“{column}”列在工作簿里是“{_difference(was)}”，在笔记本里成了“{_difference(now)}”"
        raise BadFact(
            label,
            f'{message}，查不到出处；请改工作簿，不要在笔记本里改数（空白的用 blanks="skip"，'
            "换算由指标来算）",
        )


def _difference(cell: Any) -> str:
    try:
        value = value_of(cell, "")
    except BadFact:
        return str(cell)
    return NOT_REPORTED if value is None else str(value)


def refuse_repeats(frame: Frame, label: str) -> None:
    """Nothing, if every row stands once.

    Else an error: what was joined or appended twice counts twice.
    """
    index = index_of(frame)
    if isinstance(index, pd.MultiIndex) and len(set(row_numbers(index).tolist())) == len(
        index
    ):  # no row number stands twice
        return
    repeated = index[index.duplicated()]
    if len(repeated):
        _, sheet, row = repeated[0]
        raise BadFact(
            label,
            f"“{sheet}”第{row}行等{len(repeated)}行出现了不止一次，会重复计算；"
            '请先去重，确实要按重复后的行计算时写 repeats="keep"',
        )
