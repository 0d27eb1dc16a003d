"""Names of organisations that stand where their codes belong -> the codes, and what was read in their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

import pandas as pd

from gongwen.findings import Level
from zhibi.data.checking.answers import Answer, Change
from zhibi.data.checking.faults import Faults
from zhibi.data.checking.merge import MergedSheet
from zhibi.data.contract import Column, Contract
from zhibi.data.figures.origin import HEADERS, AsRead
from zhibi.data.reading.cells.parsed import Issue
from zhibi.data.sources.grid import plain

_RULE = "组织的名称改为代码"


@dataclass(frozen=True)
class NamedCodes:
    """The tables with codes for names, what is to be said of it by sheet, and the cells to be put right."""

    tables: Mapping[str, MergedSheet]
    faults: Mapping[str, Faults]
    changes: tuple[Change, ...]


def with_codes(contract: Contract, tables: Mapping[str, MergedSheet]) -> NamedCodes:
    """Every reference to an organisation that is its name, and only its, as its code."""
    faults = {title: Faults("", title) for title in tables}
    if contract.reporters is None:
        return NamedCodes(tables, faults, ())
    codes = unique_names(contract, tables)
    target = f"{contract.reporters.sheet}.{contract.reporters.key}"
    coded, changes = dict(tables), list[Change]()
    for sheet in contract.sheets:
        for column in sheet.columns:
            if column.refers == target and codes:
                table = coded[sheet.title]
                named = _named(table.frame[column.header], codes)
                if named.any():
                    changes += _told(sheet.title, column, table, named, codes, faults[sheet.title])
                    coded[sheet.title] = _replaced(sheet.title, column, table, named, codes)
    return NamedCodes(coded, faults, tuple(changes))


def unique_names(contract: Contract, tables: Mapping[str, MergedSheet]) -> dict[str, str]:
    """Name -> code, of every name that one organisation has alone and that is nobody's code."""
    assert contract.reporters is not None  # the caller looked
    who = contract.reporters
    frame = tables[who.sheet].frame
    codes = frame[who.key]
    named = chain.from_iterable(zip(frame[header], codes, strict=True) for header in who.names)
    pairs = {
        (plain(name), str(code))
        for name, code in named
        if isinstance(name, str) and isinstance(code, str)
    }
    owners = Counter(name for name, _ in pairs)
    known = set(codes.dropna())
    return {name: code for name, code in pairs if owners[name] == 1 and name not in known}


def _named(column: pd.Series, codes: Mapping[str, str]) -> pd.Series[bool]:
    named = {value for value in column.dropna().unique() if plain(value) in codes}
    return column.isin(named)


def _told(
    title: str,
    column: Column,
    table: MergedSheet,
    named: pd.Series[bool],
    codes: Mapping[str, str],
    faults: Faults,
) -> Iterable[Change]:
    origins = table.frame.index[named.to_numpy()].tolist()
    cells = table.frame[column.header][named.to_numpy()].tolist()
    gist = "填的是组织的名称，已按代码读取"
    for (file, _, row), name in zip(origins, cells, strict=True):
        code = codes[plain(name)]
        letters = table.letters[column.header][file]
        answer = Answer(code, _RULE)
        message = f"“{name}”是“{code}”的名称，已按代码读取"
        issue = Issue("V02", Level.NOTE, message, gist, "", answer)
        faults.add(letters, column.header, int(row), issue, str(file))
        yield Change(title, f"{letters}{row}", column.header, name, answer)


def _replaced(
    title: str, column: Column, table: MergedSheet, named: pd.Series[bool], codes: Mapping[str, str]
) -> MergedSheet:
    frame = table.frame.copy(deep=False)
    cells = frame[column.header]
    instead = cells[named].map(lambda name: codes[plain(name)])
    frame[column.header] = cells.mask(named, instead.reindex(cells.index)).astype(cells.dtype)
    files = frame.index.get_level_values("file").unique()
    frame.attrs = {HEADERS: AsRead(frame, str(files[0]) if len(files) == 1 else "", title)}
    return replace(table, frame=frame)
