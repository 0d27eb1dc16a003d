"""Tables of a folder in which files are missing -> the same without references into those files, and which they were.

A reference into a file that was not received is nobody's mistake: it is left blank and told with
the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from gongwen.findings import Finding, Level, Location
from zhibi.data.checking.keys import lost
from zhibi.data.checking.merge import MergedSheet
from zhibi.data.contract import Column, Contract, Reporters, Sheet
from zhibi.data.figures.origin import HEADERS, AsRead
from zhibi.data.sources.grid import addresses

Mask = np.ndarray[Any, np.dtype[np.bool_]]
_TOLD = 5  # codes in one sentence


@dataclass(frozen=True, slots=True)
class LeftBlank:
    """References of one column that lead nowhere.

    Where they stood, the codes, and whose file is waited for.

    `absent` is empty where that cannot be told.
    """

    absent: str
    sheet: str
    column: str
    file: str
    cells: str
    codes: tuple[str, ...]

    def __str__(self) -> str:
        codes = "、".join(self.codes[:_TOLD]) + ("等" if len(self.codes) > _TOLD else "")
        return f"“{self.sheet}”表的“{self.column}”{codes}"


def without_lost(
    contract: Contract, tables: Mapping[str, MergedSheet], absent: Iterable[str], *, partial: bool
) -> tuple[dict[str, MergedSheet], tuple[LeftBlank, ...]]:
    """The tables, and what was left blank: references in the rows of absent reporters and of those above them; if `partial`, all of them.

    What a row cannot do without stays, and is told as V02.
    """
    who, missing = contract.reporters, frozenset(absent)
    cut = dict(tables)
    blanks: list[LeftBlank] = []
    if who is None or not missing:
        return cut, ()
    claims = _claims(who, tables[who.sheet], missing)
    for sheet in contract.sheets:
        for column in sheet.columns:
            if column.refers and not column.required:
                table = cut[sheet.title]
                here = lost(column, table, tables)
                owners = _owners(sheet, who, table).map(claims)
                owned = np.asarray(owners.notna(), dtype=bool)
                blanks += _told(sheet, column, table, here & owned, owners)
                if partial:
                    blanks += _told(sheet, column, table, here & ~owned, None)
                cut[sheet.title] = _blanked(sheet, column, table, here if partial else here & owned)
    return cut, tuple(blanks)


def partial_findings(blanks: Iterable[LeftBlank]) -> Iterator[Finding]:
    """V02 as a warning, for what was left blank though no absent file claims it."""
    for blank in blanks:
        if not blank.absent:
            place = Location(blank.file, blank.sheet, blank.cells, blank.column)
            codes = "、".join(blank.codes[:_TOLD])
            message = f"{codes}查不到，可能在没有收到的工作簿里；汇总里先留空。"
            yield Finding("V02", Level.WARNING, place, message, "请收齐后再汇总一次，再核对。")


def _claims(who: Reporters, table: MergedSheet, missing: Iterable[str]) -> dict[str, str]:
    """Whose rows wait for which absent reporter.

    Its own, and those of all it is below, led by people from there.
    """
    above = dict(zip(table.frame[who.key], table.frame[who.parent], strict=True))
    claims: dict[str, str] = {code: code for code in missing}
    for code in sorted(missing):
        parent = above.get(code)
        while isinstance(parent, str) and parent not in claims:
            claims[parent] = code
            parent = above.get(parent)
    return claims


def _owners(sheet: Sheet, who: Reporters, table: MergedSheet) -> pd.Series[str]:
    """Whose each row is, as far as the row itself says so."""
    target = f"{who.sheet}.{who.key}"
    named = (column.header for column in sheet.columns if column.refers == target)
    header = who.key if sheet.title == who.sheet else next(named, "")
    if not header:
        return pd.Series("", index=table.frame.index)
    return table.frame[header].astype(object)


def _told(
    sheet: Sheet, column: Column, table: MergedSheet, rows: Mask, owners: pd.Series[str] | None
) -> Iterator[LeftBlank]:
    """The blanks of a column by reporter and file; without `owners`, by file only."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    frame = table.frame[rows]
    names = [""] * len(frame) if owners is None else list(owners[rows])
    for (file, _, row), code, absent in zip(frame.index, frame[column.header], names, strict=True):
        found.setdefault((absent, str(file)), []).append((int(row), str(code)))
    for (absent, file), cells in found.items():
        letters = table.letters[column.header].get(file, "")
        at = addresses(letters, (row for row, _ in cells))
        codes = tuple(dict.fromkeys(code for _, code in cells))
        yield LeftBlank(absent, sheet.title, column.header, file, at, codes)


def _blanked(sheet: Sheet, column: Column, table: MergedSheet, rows: Mask) -> MergedSheet:
    if not rows.any():
        return table
    frame = table.frame.copy()
    header = column.header
    frame[header] = frame[header].mask(rows)
    frame.attrs = {HEADERS: AsRead(frame, "", sheet.title)}
    cells = frozenset((file, int(row)) for file, _, row in frame.index[rows])
    unread = {**table.unread, header: table.unread.get(header, frozenset()) | cells}
    return replace(table, frame=frame, unread=unread)
