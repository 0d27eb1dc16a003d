"""Frames -> faults between rows: identifiers given twice, references to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from gongwen.errors import near_miss
from gongwen.findings import Level
from zhibi.data.checking.faults import Faults
from zhibi.data.checking.merge import Table
from zhibi.data.contract import Column, Contract, Sheet
from zhibi.data.dataset import Cell
from zhibi.data.reading.cells import Issue

NEAR_MISSES = 50  # looking for what was meant takes a while; after so many the codes are simply of another kind


def key_faults(
    contract: Contract, tables: Mapping[str, Table], *, partial: bool
) -> Mapping[str, Faults]:
    """By sheet, every identifier given twice (V01) and every reference that leads nowhere (V02).

    In a `partial` workbook, one branch's own, a reference may lead into another file and is only noted.
    """
    found: dict[str, Faults] = {}
    for sheet in contract.sheets:
        table, faults = tables[sheet.title], Faults("", sheet.title)
        header = sheet.primary_key[0]
        for (file, row), issue in _duplicates(sheet, table):
            faults.add(table.letters[header][file], header, row, issue, file)
        for column in sheet.columns:
            if column.refers:
                for (file, row), issue in _dangling(column, table, tables):
                    told = _elsewhere(column, issue) if partial else issue
                    faults.add(table.letters[column.header][file], column.header, row, told, file)
        found[sheet.title] = faults
    return found


def _elsewhere(column: Column, issue: Issue) -> Issue:
    gist = f"不在本文件的“{column.refers.partition('.')[0]}”表里，汇总后再核对"
    return Issue(
        "V02", Level.NOTE, issue.message.partition("中不存在")[0] + "中没有，汇总后再核对", gist
    )


def _duplicates(sheet: Sheet, table: Table) -> Iterable[tuple[Cell, Issue]]:
    key = list(sheet.primary_key)
    frame = table.frame
    unreadable = frozenset[Cell]().union(*(table.unread.get(column, frozenset()) for column in key))
    first = frame[key[0]]
    repeated = frame.duplicated(key, keep=False) & first.notna()
    if not repeated.any():
        return
    seen: dict[tuple[object, ...], int] = {}
    origins = frame.index[repeated.to_numpy()]
    for (file, _, row), values in zip(
        origins, frame.loc[repeated.to_numpy(), key].itertuples(index=False, name=None), strict=True
    ):
        value = tuple(None if pd.isna(part) else part for part in values)
        if (file, row) in unreadable or (file, 0) in unreadable:
            continue
        if value not in seen:
            seen[value] = row
            continue
        said = "、".join(str(part) for part in value if part is not None)
        names = "、".join(key)
        message = f"“{said}”与第{seen[value]}行重复"
        yield (
            (file, int(row)),
            Issue(
                "V01",
                Level.ERROR,
                message,
                f"“{names}”重复",
                f"“{names}”每行必须唯一，请改正或删去一行。",
            ),
        )


def _dangling(
    column: Column, table: Table, tables: Mapping[str, Table]
) -> Iterable[tuple[Cell, Issue]]:
    title, header = column.refers.split(".")
    target = tables[title]
    unread = target.unread.get(header, frozenset())
    if any(not row for _, row in unread):
        return  # there is no such column, which has been told
    known = target.frame[header]
    child = table.frame[column.header]
    lost = _lost(child, known)
    if not lost.any():
        return
    choices = list(dict.fromkeys(known.dropna()))
    origins = table.frame.index[lost]
    hints: dict[str, str] = {}
    for (file, _, row), value in zip(origins, child[lost], strict=True):
        if value not in hints:
            few = len(hints) < NEAR_MISSES
            hint = near_miss(value, choices) if few and choices else ""
            hints[value] = hint if "是否" in hint else ""
        message = f"“{value}”在“{title}”表的“{header}”中不存在{hints[value]}"
        if unread:  # what cannot be read may be the very code that is looked for
            message += f"（那一列有{len(unread)}格读不出来）"
        yield (
            (file, int(row)),
            Issue(
                "V02",
                Level.WARNING if unread else Level.ERROR,
                message,
                f"在“{title}”表的“{header}”中不存在",
                f"请改正，或在“{title}”表中补上。",
            ),
        )


def _lost(child: pd.Series[str], known: pd.Series[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which codes are not among the known; pandas' isin would turn every known code into a Python string first."""
    codes = pa.array(child.array)
    found = pc.is_in(codes, value_set=pa.array(known.array).drop_null())
    return np.asarray(pc.and_(pc.is_valid(codes), pc.invert(found)))
