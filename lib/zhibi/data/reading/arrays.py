"""Values of a column -> an array of its kind: Arrow's as they are stored, pandas' as reports see them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]

from zhibi.data.contract import Column, Kind

TEXTS = (Kind.CODE, Kind.TEXT, Kind.CHOICE, Kind.CHOICES)
MONEY = pa.decimal128(18, 2)
FEW = pd.StringDtype("python", na_value=np.nan)
# pandas' own default; spelled out because codes rely on it
STRING = pd.StringDtype("pyarrow", na_value=np.nan)


def empty_column(column: Column, length: int) -> Any:
    """A column of missing values, typed as the contract says."""
    return to_pandas(typed([None] * length, column)) if length else no_cells(column.kind)


@lru_cache
def no_cells(kind: Kind) -> Any:
    """Shared by all frames without rows: there is nothing in it to write to."""
    return to_pandas(pa.array([], STORED[kind]))


STORED = {
    Kind.CODE: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.CHOICE: pa.string(),
    Kind.CHOICES: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.YEAR: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.MONEY: MONEY,
    Kind.DATE: pa.date32(),
    Kind.YES_NO: pa.bool_(),
}


_MASKED = {
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def typed(values: list[Any], column: Column) -> pa.Array:
    """Values as the contract stores them; missing ones stay missing."""
    if column.kind is Kind.NUMBER:
        values = [None if value is None else float(value) for value in values]
    elif column.kind is Kind.MONEY:
        values = [None if value is None else round(Decimal(value), 2) for value in values]
    elif column.kind in (Kind.INTEGER, Kind.YEAR):
        values = [None if value is None else int(value) for value in values]
    return pa.array(values, STORED[column.kind])


def to_pandas(array: pa.Array, *, small: bool = False) -> Any:
    """The pandas array that keeps every value exact and every blank missing.

    The words of a few rows are kept as Python's own: Arrow takes longer to hand one out than to
    compare a thousand.
    """
    if pa.types.is_string(array.type):
        words: Any = FEW if small else STRING
        return words.__from_arrow__(array)  # the protocol of pandas, not in the stubs
    if pa.types.is_date32(array.type):
        return array.to_numpy(zero_copy_only=False).astype("datetime64[s]")
    if pa.types.is_decimal(array.type):
        return pd.arrays.ArrowExtensionArray(array)
    return _MASKED[array.type].__from_arrow__(array)  # type: ignore[attr-defined]


def to_arrow(array: Any, column: Column) -> pa.Array:
    """The column of a frame as it is stored; `to_pandas` gives it back unchanged."""
    stored = pa.array(array, from_pandas=True)
    return stored if stored.type == STORED[column.kind] else stored.cast(STORED[column.kind])
