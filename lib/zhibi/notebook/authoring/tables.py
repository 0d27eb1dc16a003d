"""A frame or a list of rows -> a table whose every number is a fact.

Cells print numbers without their unit (it belongs in the header or the 单位 line), percentages with %. Dates print as
2026-11-30, so that a column lines up (GB/T 15835 permits it in tables). Missing prints 未填报; an empty text stays
empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, pairwise
from typing import Any, Literal

import numpy as np
import pandas as pd

from gongwen.chinese.dates import date_in_table
from gongwen.chinese.numbers.numerals import has_digits
from gongwen.chinese.text import clean, one_line
from gongwen.document import Cell, Table, Text, plain
from gongwen.errors import BadFact, BadFigure, UnknownName
from gongwen.facts.value import NOT_REPORTED, Fact
from zhibi.data.figures.origin import arrays_of, has_origin, origins_of
from zhibi.data.figures.picking import cell_fact
from zhibi.data.figures.unchanged import (
    refuse_changed_cell,
    refuse_changed_columns,
    refuse_computed,
)
from zhibi.notebook.authoring.display import Shown

_BARE_NUMBER = re.compile(r"[-+]?[\d０-９][\d０-９.,，．]*\s*[%％‰万亿]?\S?")

Columns = Sequence[Any] | Mapping[Any, str]


@dataclass(frozen=True)
class _Column:
    """What stands below one another: its name in the frame (the head may call it otherwise), its head, its cells."""

    path: str
    heading: str
    in_percent: bool
    cells: list[Any]
    as_read: bool

    def where(self, position: int) -> str:
        return f"第{position + 1}行“{self.heading}”列"


def table(  # noqa: PLR0913 — the parts of a printed table, all but two optional and named
    data: pd.DataFrame | Sequence[Mapping[str, Any]],
    caption: str,
    key: str = "",
    *,
    unit: str = "",
    note: str = "",
    source: str = "",
    series: Literal["表", "附表"] = "表",
    columns: Columns | None = None,
    index: str = "",
    merge: Sequence[str] = (),
) -> Shown:
    """A native table. `columns` chooses and orders them, as a mapping it renames them too; `index` heads the index.

    In the columns named in `merge`, equal cells that stand below one another become one.

    In a frame read from the workbook every number is traced to its cell. Elsewhere numbers must be facts already.
    """
    if series not in ("表", "附表"):
        raise BadFigure(caption, f"series 只能是“表”或“附表”，不能是“{series}”")
    frame = _chosen(_frame(data, caption), columns)
    if index:
        frame = frame.set_axis(frame.index, axis=0)
        frame.insert(0, index, [_index_word(label) for label in frame.index])
    head = _head(frame, columns)
    facts: dict[str, Fact] = {}
    read = _columns(frame, head, unit)
    origins = origins_of(frame) if has_origin(frame) else [None] * len(frame)
    body = tuple(_row(at, read, origin, frame, caption, facts) for at, origin in enumerate(origins))
    body = _merged(body, [_position(name, frame) for name in merge]) if body and merge else body
    words = [clean(text) for text in (caption, unit, note, source)]
    block = Table(head, body, words[0], key, words[1], words[2], words[3], series)
    return Shown((block,), facts)


def _frame(data: pd.DataFrame | Sequence[Mapping[str, Any]], caption: str) -> pd.DataFrame:
    if isinstance(data, pd.DataFrame):
        return data
    rows = list(data)
    if not all(isinstance(row, Mapping) for row in rows):
        raise BadFigure(caption, "表的内容要是 DataFrame，或者每行一个字典的列表")
    names = dict.fromkeys(chain.from_iterable(rows))
    return pd.DataFrame({name: _cells(rows, name) for name in names}, dtype=object)


def _cells(rows: Iterable[Mapping[str, Any]], name: str) -> np.ndarray[Any, Any]:
    """As objects, so that pandas keeps every cell: a None beside numbers would turn into NaN."""
    return np.fromiter((row.get(name) for row in rows), object)


def _chosen(frame: pd.DataFrame, columns: Columns | None) -> pd.DataFrame:
    if columns is None:
        return frame
    for name in columns:
        if name not in frame.columns:
            raise UnknownName("列", str(name), map(str, frame.columns))
    return frame[list(columns)]


def _position(name: str, frame: pd.DataFrame) -> int:
    names = [str(column) for column in frame.columns]
    if name not in names:
        raise UnknownName("列", name, names)
    return names.index(name)


def _merged(
    body: tuple[tuple[Cell, ...], ...], columns: Sequence[int]
) -> tuple[tuple[Cell, ...], ...]:
    """Runs of equal words in a column as one cell reaching down; a later column never reaches past an earlier one."""
    rows = [list(row) for row in body]
    edges = {0, len(rows)}
    for column in columns:
        words = [plain(row[column].line) for row in body]
        edges |= {at for at in range(1, len(rows)) if words[at] != words[at - 1] or not words[at]}
        for start, end in pairwise(sorted(edges)):
            rows[start][column] = replace(rows[start][column], rows=end - start)
            for covered in range(start + 1, end):
                rows[covered][column] = Cell((), rows=0)
    return tuple(tuple(row) for row in rows)


def _columns(frame: pd.DataFrame, head: tuple[tuple[Cell, ...], ...], unit: str) -> list[_Column]:
    """The columns, each read once: a cell taken out of a frame costs as much as a whole column."""
    columns = []
    arrays = [(_path(name), array) for name, array in arrays_of(frame)]
    as_read = _as_read(frame, arrays)
    for number, (path, array) in enumerate(arrays):
        inlines = chain.from_iterable(row[number].line for row in head)
        heading = "".join(inline.text for inline in inlines if isinstance(inline, Text))
        columns.append(_Column(path, heading, "%" in heading + unit, list(array), as_read))
    return columns


def _as_read(frame: pd.DataFrame, arrays: Sequence[tuple[str, Any]]) -> bool:
    """True if all columns are the workbook's; else cells are looked at one by one, and the first one printed is told."""
    try:
        for column, _ in arrays:
            refuse_computed(frame, column, column)
        refuse_changed_columns(frame, arrays)
    except BadFact:
        return False
    return True


def _row(
    position: int,
    columns: Sequence[_Column],
    origin: tuple[Any, ...] | None,
    frame: pd.DataFrame,
    caption: str,
    facts: dict[str, Fact],
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for column in columns:
        cell = column.cells[position]
        value = _traced(cell, origin, column, position, caption)
        if not column.as_read and isinstance(value, Fact) and value is not cell:
            _refuse_computed(frame, cell, origin, column.path, caption)
        if isinstance(value, Fact):
            facts[value.id] = value
            cells.append(_fact_cell(value, in_percent=column.in_percent))
        else:
            cells.append(Cell((Text(value),) if value else ()))
    return tuple(cells)


def _refuse_computed(
    frame: pd.DataFrame, cell: Any, origin: Any, column: str, caption: str
) -> None:
    try:
        refuse_computed(frame, column, caption)
        refuse_changed_cell(cell, origin, column, frame.attrs, caption)
    except BadFact as fault:
        raise BadFigure(caption, fault.reason) from None


def _path(name: Any) -> str:
    return "·".join(filter(None, map(str, name))) if isinstance(name, tuple) else str(name)


def _traced(
    value: Any, origin: tuple[Any, ...] | None, column: _Column, position: int, caption: str
) -> Fact | str:
    """A cell as a fact, or as words."""
    if isinstance(value, Fact):
        return value
    if isinstance(value, str) and not (origin is not None and has_digits(value)):
        if origin is None and _BARE_NUMBER.fullmatch(value.strip()):
            reason = f"的“{value}”是没有出处的数；请放指标（Fact）"
            raise BadFigure(caption, f"{column.where(position)}{reason}")
        return clean(one_line(value))
    if origin is not None:
        try:
            return cell_fact(value, origin, column.path, column.path)
        except BadFact as fault:
            raise BadFigure(caption, f"{column.where(position)}：{fault.reason}") from None
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return NOT_REPORTED
    if isinstance(value, date):
        return date_in_table(value.date() if isinstance(value, datetime) else value)
    reason = "是没有出处的数；请放指标（Fact），或直接用工作簿里筛选出的表"
    raise BadFigure(caption, f"{column.where(position)}的“{str(value)[:40]}”{reason}")


def _fact_cell(fact: Fact, *, in_percent: bool) -> Cell:
    numeric = isinstance(fact.value, int | Decimal)
    if isinstance(fact.value, date):
        text = date_in_table(fact.value)
    elif numeric and fact.unit == "%" and not in_percent:
        text = str(fact)
    else:
        text = fact.number
    return Cell((Text(text, fact=fact.id),), numeric)


def _index_word(label: Any) -> str:
    return "、".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _head(frame: pd.DataFrame, columns: Columns | None) -> tuple[tuple[Cell, ...], ...]:
    """The head rows; equal neighbours on an upper level are one cell, and a label over empty ones reaches down."""
    names = dict(columns) if isinstance(columns, Mapping) else {}
    paths = [
        tuple(map(str, name)) if isinstance(name, tuple) else (str(names.get(name, name)),)
        for name in frame.columns
    ]
    depth = max((len(path) for path in paths), default=1)
    grid = [[*path, *([""] * (depth - len(path)))] for path in paths]
    rows = [list(map(_label, level)) for level in zip(*grid, strict=True)] or [[]]
    for level in range(depth):
        for column in range(len(grid)):
            if rows[level][column].columns == 0 or rows[level][column].rows == 0:
                continue
            _merge(rows, grid, level, column)
    return tuple(tuple(row) for row in rows)


def _merge(rows: list[list[Cell]], grid: list[list[str]], level: int, column: int) -> None:
    """Spread one head cell over its equal neighbours to the right and the empty labels below."""
    right = column + 1
    while (
        level < len(rows) - 1
        and right < len(grid)
        and grid[right][: level + 1] == grid[column][: level + 1]
    ):
        right += 1
    down = level + 1
    while down < len(rows) and not any(grid[each][down] for each in range(column, right)):
        down += 1
    rows[level][column] = replace(rows[level][column], columns=right - column, rows=down - level)
    for below in range(level, down):
        for each in range(column, right):
            if (below, each) == (level, column):
                continue
            rows[below][each] = Cell(
                (), columns=0 if each > column else right - column, rows=0 if below > level else 1
            )


def _label(text: str) -> Cell:
    words = clean(text)
    return Cell((Text(words),) if words else ())
