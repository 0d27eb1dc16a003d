"""Frames read from the workbook -> facts of single cells, rows as facts, and rows by group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from gongwen.errors import BadFact, UnknownName
from gongwen.facts.value import NOT_REPORTED, Fact, Read, Rows
from zhibi.data.figures.origin import LEVELS, arrays_of, origins_of, require_origin
from zhibi.data.figures.unchanged import (
    refuse_changed_cell,
    refuse_changed_columns,
    refuse_computed,
)
from zhibi.data.figures.values import value_of


def pick(
    row: pd.DataFrame | pd.Series,
    column: str,
    label: str = "",
    unit: str = "",
    *,
    places: int | None = None,
    as_of: date | None = None,
) -> Fact:
    """One cell: from a frame of exactly one row, or from a row taken out of a frame.

    是否 columns give 是 or 否.
    """
    label = label or str(column)
    if isinstance(row, pd.DataFrame):
        if len(row) != 1:
            raise BadFact(label, f"要取一个单元格，但筛选后有{len(row)}行")
        return pick_at(row, 0, column, label, unit, places=places, as_of=as_of)
    if column not in row.index:
        raise UnknownName("列", str(column), map(str, row.index))
    origin, cell = row.name, row[column]
    if not isinstance(origin, tuple) or len(origin) != len(LEVELS):
        raise BadFact(
            label,
            "这一行不知道来自工作簿哪一行；请从工作簿的表里取（frame.iloc[0] 或 frame.loc[…]）",
        )
    refuse_computed(row, str(column), label)
    refuse_changed_cell(cell, origin, str(column), row.attrs, label)
    return cell_fact(cell, origin, str(column), label, unit, places=places, as_of=as_of)


def pick_at(
    frame: pd.DataFrame,
    at: int,
    column: str,
    label: str = "",
    unit: str = "",
    *,
    places: int | None = None,
    as_of: date | None = None,
) -> Fact:
    """The same for the row at a position (from 0): no frame of one row has to be made for it."""
    label = label or str(column)
    require_origin(frame, label)
    if column not in frame.columns:
        raise UnknownName("列", str(column), map(str, frame.columns))
    origin, cell = frame.index[at], frame[column].array[at]
    refuse_computed(frame, str(column), label)
    refuse_changed_cell(cell, origin, str(column), frame.attrs, label)
    return cell_fact(cell, origin, str(column), label, unit, places=places, as_of=as_of)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Every row as plain values by column, None where a cell is blank.

    For looking at cells one by one.

    What is printed is made of facts (`pick_at` for the row at the same position); this only helps
    to choose.
    """
    columns = [_plain_values(array) for _, array in arrays_of(frame)]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain_values(array: Any) -> list[Any]:
    cells = zip(array.isna().tolist(), array.tolist(), strict=True)
    return [None if blank else cell for blank, cell in cells]


def cell_fact(
    cell: Any,
    origin: tuple[Any, ...],
    column: str,
    label: str,
    unit: str = "",
    *,
    places: int | None = None,
    as_of: date | None = None,
) -> Fact:
    """A single cell with the (file, sheet, row) it stands in."""
    cells = (Rows(str(origin[0]), str(origin[1]), (int(origin[2]),), column),)
    value = value_of(cell, label)
    return Fact(
        label, value, Read("取值", cells), unit, as_of, places, cells if value is None else ()
    )


def rows(frame: pd.DataFrame, units: dict[str, str] | None = None) -> list[dict[str, Fact]]:
    """Every row as facts by column, for `{% for r in … %}`; `units` gives the unit of a column."""
    require_origin(frame, "逐行")
    units = units or {}
    columns = [str(column) for column in frame.columns]
    for column in columns:
        refuse_computed(frame, column, column)
    if frame.empty:
        return []
    arrays = arrays_of(frame)
    refuse_changed_columns(frame, ((str(name), array) for name, array in arrays))
    cells = [array.tolist() for _, array in arrays]

    def row(origin: tuple[Any, ...], record: Iterable[Any]) -> dict[str, Fact]:
        return {
            column: cell_fact(cell, origin, column, column, units.get(column, ""))
            for column, cell in zip(columns, record, strict=True)
        }

    return [row(origin, record) for origin, *record in zip(origins_of(frame), *cells, strict=True)]


def groups(
    frame: pd.DataFrame, by: str, order: Sequence[Any] | None = None
) -> dict[Any, pd.DataFrame]:
    """The frame cut by a column, index kept.

    Values in `order` come first, present or not (an empty frame counts 0), then the others as first
    met; a categorical column brings its own order. Rows with a blank stand last under 未填报, so
    that the parts add up to the whole.
    """
    if by not in frame.columns:
        raise UnknownName("列", by, map(str, frame.columns))
    column = frame[by]
    known = (
        list(column.cat.categories)
        if order is None and isinstance(column.dtype, pd.CategoricalDtype)
        else order
    )
    values = dict.fromkeys([*(known or ()), *column.dropna().unique()])
    parts: dict[Any, pd.DataFrame] = {
        value: frame[(column == value).fillna(value=False).astype(bool)] for value in values
    }
    blank = frame[column.isna()]
    return {**parts, NOT_REPORTED: blank} if len(blank) else parts
