"""The index of a frame -> the rows of the workbook it stands for.

Every frame read from a workbook is indexed by file, sheet and Excel row (levels `LEVELS`), and
pandas carries that index through filters, groupby, sort_values, head and concat. Operations that
renumber rows (merge, reset_index) lose it, and then no figure can be made. In an origin each row is
listed once, in the order it was first met.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cached_property
from itertools import product
from typing import Any, Self

import numpy as np
import pandas as pd

from gongwen.errors import BadFact
from gongwen.facts.value import Rows
from zhibi.data.figures.values import value_of

_FEW = 1000  # rows up to which plain Python looks them up sooner than pandas does
LEVELS = ("file", "sheet", "row")
# in DataFrame.attrs: the columns the workbook has; any other was computed in the notebook
HEADERS = "zhibi.headers"

Frame = pd.DataFrame | pd.Series | pd.Index
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Places = np.ndarray[Any, np.dtype[np.intp]]


class AsRead(tuple[str, ...]):  # noqa: SLOT001 — a tuple takes no slots of its own
    """The headers of a sheet and its cells as they were read, whatever a notebook writes into the frame later.

    It is stored in the attrs of the frame. pandas deep-copies attrs with every operation, so a copy
    returns the object itself. When frames of two sheets or files are appended, pandas keeps the
    attrs of one of them; rows that this one does not hold are not compared. A sheet that was
    gathered from several files has no file of its own ("").
    """

    frame: pd.DataFrame
    place: tuple[str, str]
    _cells: dict[
        str, Any
    ]  # of a column, once asked for: pandas makes a new Series of it every time

    def __new__(cls, frame: pd.DataFrame, file: str, sheet: str) -> Self:
        """The sheet of a file as it stands in a frame nobody has worked on yet."""
        self = super().__new__(cls, map(str, frame.columns))
        self.frame, self.place = (
            frame.copy(deep=False),
            (file, sheet),
        )  # shallow: what changes is copied by pandas
        self._cells = {}
        return self

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.frame, *self.place)

    def __eq__(self, other: object) -> bool:
        strange = isinstance(other, AsRead) and other is not self and other.place == self.place
        return not strange and tuple.__eq__(self, other)

    __hash__ = tuple.__hash__

    def cells(self, column: str) -> Any:
        """The array of a column as it was read."""
        if column not in self._cells:
            self._cells[column] = self.frame[column].array
        return self._cells[column]

    def changed(self, now: Any, places: Places, column: str) -> tuple[int, Any, Any] | None:
        """The first cell of an array that is no longer as read.

        Its row, what was read, what stands there now.
        """
        known = places >= 0
        if not known.all():
            places, now = places[known], now[known]
        read = self.cells(column).take(places)
        if read.dtype == now.dtype and read.equals(now):
            return None
        pairs = zip(self._rows[places], read, now, strict=True)
        return next(
            ((int(row), was, cell) for row, was, cell in pairs if not _same(was, cell)), None
        )

    @cached_property
    def _rows(self) -> pd.Index:
        """The numbers of the rows.

        Kept, because pandas builds its table of where each row stands once.
        """
        return self.frame.index.get_level_values("row") if has_origin(self.frame) else pd.Index([])

    @cached_property
    def _place_of_row(self) -> dict[int, int]:
        """Where each row stands in a sheet of a few rows."""
        return {row: at for at, row in enumerate(self._rows.tolist())}

    def places(self, index: pd.MultiIndex) -> Places:
        """Where in the sheet as read each of these rows stands; -1 for one that is not of it."""
        file, _ = self.place
        if not file:
            return np.asarray(self.frame.index.get_indexer(index))
        numbers = row_numbers(index)
        if len(self._rows) > _FEW:
            places = self._rows.get_indexer(pd.Index(numbers))
        else:
            places = np.array(
                [self._place_of_row.get(row, -1) for row in numbers.tolist()], dtype=np.intp
            )
        for level, name in enumerate(self.place):
            names = index.levels[level]
            if len(names) != 1 or names[0] != name:
                places = np.where(index.get_level_values(level) == name, places, -1)
        return np.asarray(places)

    def cell_changed(
        self, cell: Any, origin: tuple[Any, ...], column: str
    ) -> tuple[int, Any, Any] | None:
        """The same for one cell taken out of a frame."""
        at = self._place(origin)
        if at < 0:
            return None
        was = self.cells(column)[at]
        return None if was is cell or _same(was, cell) else (int(origin[-1]), was, cell)

    def _place(self, origin: tuple[Any, ...]) -> int:
        """The same for one row."""
        file, sheet, row = origin
        if not self.place[0]:
            return int(self.frame.index.get_indexer(pd.MultiIndex.from_tuples([origin]))[0])
        if (file, sheet) != self.place:
            return -1
        if len(self._rows) <= _FEW:
            return self._place_of_row.get(row, -1)
        return int(self._rows.get_loc(row)) if row in self._rows else -1  # type: ignore[arg-type]  # each row stands once


def _same(read: Any, now: Any) -> bool:
    """True if a cell still says the same, be it as another type (12, 12.0 and "12"; True and 1)."""
    missing = [bool(pd.api.types.is_scalar(cell) and pd.isna(cell)) for cell in (read, now)]
    if any(missing):
        return all(missing)
    try:
        return bool(read == now) or str(value_of(read, "")) == str(value_of(now, ""))
    except (BadFact, TypeError, ValueError):
        return False


def index_of(frame: Frame) -> pd.Index:
    """The index of a frame or column; an index is its own."""
    return frame if isinstance(frame, pd.Index) else frame.index


def has_origin(frame: Frame) -> bool:
    """True if every row of the frame still knows where it was read."""
    return tuple(index_of(frame).names) == LEVELS


def require_origin(frame: Frame, label: str) -> None:
    """Nothing, if the rows know where they were read.

    Else an error that says what to do instead.
    """
    if not has_origin(frame):
        raise BadFact(
            label,
            "表里的行已经不知道来自工作簿哪一行（merge、reset_index 会丢掉行号）；"
            "请直接在工作簿的表上筛选、分组，用 isin、map 代替 merge",
        )


def rows_of(frame: Frame, label: str, column: str = "") -> tuple[Rows, ...]:
    """The rows of a frame by file and sheet.

    An empty frame still names the sheets it was filtered from.
    """
    require_origin(frame, label)
    index = traced(frame)
    if not len(index):
        sheets = product(index.levels[0], index.levels[1])
        return tuple(Rows(str(file), str(sheet), (), column) for file, sheet in sheets)
    return group(index, column)


def group(origins: Iterable[tuple[Hashable, ...]], column: str = "") -> tuple[Rows, ...]:
    """Single rows gathered by file and sheet, each once."""
    if isinstance(origins, pd.MultiIndex) and len(origins) and is_of_one_sheet(origins):
        return (_one_group(origins, row_numbers(origins), column),)
    found: dict[tuple[str, str], dict[int, None]] = {}
    for file, sheet, row in origins:
        found.setdefault((str(file), str(sheet)), {})[int(row)] = None  # type: ignore[call-overload]
    return tuple(Rows(file, sheet, tuple(rows), column) for (file, sheet), rows in found.items())


def group_chosen(frame: Frame, chosen: Mask, column: str = "") -> tuple[Rows, ...]:
    """The same for the rows chosen out of a frame, at least one.

    No index has to be made for them.
    """
    index = traced(frame)
    if is_of_one_sheet(index):
        return (_one_group(index, row_numbers(index)[chosen], column),)
    return group(index[chosen], column)


def arrays_of(frame: pd.DataFrame) -> list[tuple[Hashable, Any]]:
    """The columns by name, as arrays.

    Taken out one by one, each would bring a copy of the index.
    """
    bare = frame.set_axis(pd.RangeIndex(len(frame)))
    return [(name, cells.array) for name, cells in bare.items()]


def origins_of(frame: Frame) -> list[tuple[Any, ...]]:
    """File, sheet and row of each row, without the array of tuples that pandas would make first."""
    index = traced(frame)
    columns = []
    for level, codes in zip(index.levels, index.codes, strict=True):
        names = level.tolist()
        columns.append([names[code] for code in codes.tolist()])
    return list(zip(*columns, strict=True))


def traced(frame: Frame) -> pd.MultiIndex:
    """The index of a frame that has an origin."""
    index = index_of(frame)
    assert isinstance(index, pd.MultiIndex)
    return index


def is_of_one_sheet(index: pd.MultiIndex) -> bool:
    """True if all its rows stand on one sheet of one file."""
    return len(index.levels[0]) == len(index.levels[1]) == 1


def _one_group(
    index: pd.MultiIndex, numbers: np.ndarray[Any, np.dtype[np.int64]], column: str
) -> Rows:
    file, sheet = index.levels[0][0], index.levels[1][0]
    return Rows(str(file), str(sheet), tuple(dict.fromkeys(numbers.tolist())), column)


def row_numbers(index: pd.MultiIndex) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The numbers of the rows; `get_level_values` would make an Index of them first."""
    return np.asarray(index.levels[2])[index.codes[2]]
