"""Frames -> faults between rows: identifiers given twice, references to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from zhibi.errors import near_miss
from zhibi.findings import Level
from zhibi.tables.cells import Issue
from zhibi.tables.contract import Column, Contract, Sheet
from zhibi.tables.faults import Faults
from zhibi.tables.grid import letters
from zhibi.tables.sheets import WHOLE_COLUMN, SheetReading

NEAR_MISSES = 50  # looking for what was meant takes a while; after so many the codes are simply of another kind


def key_faults(contract: Contract, readings: Mapping[str, SheetReading], faults: Mapping[str, Faults]) -> None:
    """Add to `faults` every duplicate identifier (V01) and every reference that leads nowhere (V02)."""
    for sheet in contract.sheets:
        reading = readings[sheet.title]
        for row, issue in _duplicates(sheet, reading):
            header = sheet.primary_key[0]
            faults[sheet.title].add(letters(reading.columns[header]), header, row, issue)
        for column in sheet.columns:
            if column.refers:
                for row, issue in _dangling(column, reading, readings):
                    faults[sheet.title].add(letters(reading.columns[column.header]), column.header, row, issue)


def _duplicates(sheet: Sheet, reading: SheetReading) -> Iterable[tuple[int, Issue]]:
    key = list(sheet.primary_key)
    frame = reading.frame
    if any(reading.unread.get(column) == WHOLE_COLUMN for column in key):
        return
    unreadable = frozenset[int]().union(*(reading.unread.get(column, frozenset()) for column in key))
    first = frame[key[0]]
    repeated = frame.duplicated(key, keep=False) & first.notna()
    if not repeated.any():
        return
    seen: dict[tuple[object, ...], int] = {}
    rows = frame.index.get_level_values("row")[repeated.to_numpy()]
    for row, values in zip(rows, frame.loc[repeated.to_numpy(), key].itertuples(index=False, name=None), strict=True):
        value = tuple(None if pd.isna(part) else part for part in values)
        if row in unreadable:
            continue
        if value not in seen:
            seen[value] = row
            continue
        said = "、".join(str(part) for part in value if part is not None)
        names = "、".join(key)
        says = f"“{said}”与第{seen[value]}行重复"
        yield int(row), Issue("V01", Level.ERROR, says, f"“{names}”重复", f"“{names}”每行必须唯一，请改正或删去一行。")


def _dangling(
    column: Column, reading: SheetReading, readings: Mapping[str, SheetReading]
) -> Iterable[tuple[int, Issue]]:
    title, header = column.refers.split(".")
    target = readings[title]
    if reading.unread.get(column.header) == WHOLE_COLUMN or target.unread.get(header):
        return  # what cannot be read may be the very code that is looked for
    known = target.frame[header]
    child = reading.frame[column.header]
    lost = _lost(child, known)
    if not lost.any():
        return
    choices = list(dict.fromkeys(known.dropna()))
    rows = reading.frame.index.get_level_values("row")[lost]
    hints: dict[str, str] = {}
    for row, value in zip(rows, child[lost], strict=True):
        if value not in hints:
            few = len(hints) < NEAR_MISSES
            hint = near_miss(value, choices) if few and choices else ""
            hints[value] = hint if "是否" in hint else ""
        says = f"“{value}”在“{title}”表的“{header}”中不存在{hints[value]}"
        yield (
            int(row),
            Issue("V02", Level.ERROR, says, f"在“{title}”表的“{header}”中不存在", f"请改正，或在“{title}”表中补上。"),
        )


def _lost(child: pd.Series[str], known: pd.Series[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which codes are not among the known; pandas' isin would turn every known code into a Python string first."""
    codes = pa.array(child.array)
    found = pc.is_in(codes, value_set=pa.array(known.array).drop_null())
    return np.asarray(pc.and_(pc.is_valid(codes), pc.invert(found)))
