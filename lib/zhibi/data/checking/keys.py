"""Frames -> faults between rows: identifiers given twice, references to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from gongwen.findings import Level
from zhibi.data.checking.faults import Faults
from zhibi.data.checking.merge import MergedSheet
from zhibi.data.contract import Column, Contract, Sheet
from zhibi.data.dataset import Cell
from zhibi.data.reading.cells.parsed import Issue


def key_faults(
    contract: Contract, tables: Mapping[str, MergedSheet], *, partial: bool
) -> Mapping[str, Faults]:
    """By sheet, every identifier given twice (V01) and every reference that leads nowhere (V02).

    In a `partial` workbook, one branch's own, a reference may lead into another file and is only
    noted.
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
                    issue_shown = _elsewhere(column, issue) if partial else issue
                    faults.add(
                        table.letters[column.header][file], column.header, row, issue_shown, file
                    )
        found[sheet.title] = faults
    return found


def _elsewhere(column: Column, issue: Issue) -> Issue:
    gist = f"不在本文件的“{column.refers.partition('.')[0]}”表里，汇总后再核对"
    return Issue(
        "V02", Level.NOTE, issue.message.partition("中不存在")[0] + "中没有，汇总后再核对", gist
    )


def _duplicates(sheet: Sheet, table: MergedSheet) -> Iterable[tuple[Cell, Issue]]:
    key = list(sheet.primary_key)
    frame = table.frame
    unreadable = frozenset[Cell]().union(*(table.unread.get(column, frozenset()) for column in key))
    first = frame[key[0]]
    repeated = frame.duplicated(key, keep=False) & first.notna()
    if not repeated.any():
        return
    first_rows: dict[tuple[object, ...], int] = {}
    origins = frame.index[repeated.to_numpy()]
    for (file, _, row), values in zip(
        origins, frame.loc[repeated.to_numpy(), key].itertuples(index=False, name=None), strict=True
    ):
        value = tuple(None if pd.isna(part) else part for part in values)
        if (file, row) in unreadable or (file, 0) in unreadable:
            continue
        if value not in first_rows:
            first_rows[value] = row
            continue
        said = "、".join(str(part) for part in value if part is not None)
        names = "、".join(key)
        message = f"“{said}”与第{first_rows[value]}行重复"
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
    column: Column, table: MergedSheet, tables: Mapping[str, MergedSheet]
) -> Iterable[tuple[Cell, Issue]]:
    """V02. The nearest code is never offered: a code that differs by one digit is somebody else."""
    title, header = column.refers.split(".")
    gist, hint = f"在“{title}”表的“{header}”中不存在", f"请改正，或在“{title}”表中补上。"
    unread = tables[title].unread.get(header, frozenset())
    level = Level.WARNING if unread else Level.ERROR
    more = (
        f"（那一列有{len(unread)}格读不出来）" if unread else ""
    )  # one of them may be the very code
    rows = lost(column, table, tables)
    for (file, _, row), value in zip(
        table.frame.index[rows], table.frame[column.header][rows], strict=True
    ):
        yield (file, int(row)), Issue("V02", level, f"“{value}”{gist}{more}", gist, hint)


def lost(
    column: Column, table: MergedSheet, tables: Mapping[str, MergedSheet]
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """The rows whose code in a column is not among those it refers to.

    None where there is no such column, which has been told. pandas' isin would turn every known
    code into a Python string first.
    """
    title, header = column.refers.split(".")
    target = tables[title]
    if any(not row for _, row in target.unread.get(header, ())):
        return np.zeros(len(table.frame), dtype=bool)
    codes = pa.array(table.frame[column.header].array)
    known = pa.array(target.frame[header].array).drop_null()
    present = pc.is_in(codes, value_set=known)
    return np.asarray(pc.and_(pc.is_valid(codes), pc.invert(present)), dtype=bool)
