"""A whole workbook -> one for each reporter with its own rows, and one with the rows that are nobody's own.

What is split and sent out comes back through `read` of the folder: the same rows, whoever filled
them in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from gongwen.facts.value import Value
from zhibi.data.contract import Contract, Reporters, Sheet
from zhibi.data.dataset import Dataset
from zhibi.data.writing.fill import filled


@dataclass(frozen=True)
class ReporterWorkbook:
    """One workbook of many: whose (code and name, both empty for the common one) and its bytes."""

    code: str
    name: str
    content: bytes


def split(dataset: Dataset) -> Iterator[ReporterWorkbook]:
    """The common workbook first: it lists every reporter, so that those who did not report are known."""
    contract, who = dataset.contract, dataset.contract.reporters
    assert who is not None  # the caller looked
    owners = owners_of(contract, who, dataset.frames)
    reporters = _reporters(dataset[who.sheet], who)
    settings: dict[str, Value] = {name: fact.value for name, fact in dataset.settings.items()}
    common = {
        title: frame if title == who.sheet else frame[~owners[title].isin(list(reporters))]
        for title, frame in dataset.frames.items()
    }
    yield ReporterWorkbook("", "", filled(contract, settings, common))
    for code, name in reporters.items():
        own = {
            title: frame[(owners[title] == code).to_numpy()]
            for title, frame in dataset.frames.items()
        }
        yield ReporterWorkbook(code, name, filled(contract, settings | {who.setting: code}, own))


def _reporters(frame: pd.DataFrame, who: Reporters) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in frame.to_dict("records"):
        if not any(row[column] == word for column, word in who.excused):
            names = (row[name] for name in (*who.names, who.key))
            found[str(row[who.key])] = next(name for name in names if isinstance(name, str))
    return found


def owners_of(
    contract: Contract, who: Reporters, frames: Mapping[str, pd.DataFrame]
) -> dict[str, pd.Series]:
    """By sheet, whose each row is: the first column that names a reporter, directly or through a row that has one."""
    owners = {who.sheet: frames[who.sheet][who.key].astype(object)}
    waiting = [sheet for sheet in contract.sheets if sheet.title != who.sheet]
    while waiting:
        titles = {sheet.title for sheet in waiting}
        ready = [sheet for sheet in waiting if not _targets(sheet) & titles - {sheet.title}]
        for sheet in ready or waiting:
            owners[sheet.title] = _owners(sheet, who, frames, owners)
        waiting = [sheet for sheet in waiting if sheet.title not in owners]
    return owners


def _targets(sheet: Sheet) -> set[str]:
    return {column.refers.partition(".")[0] for column in sheet.columns if column.refers}


def _owners(
    sheet: Sheet,
    who: Reporters,
    frames: Mapping[str, pd.DataFrame],
    owners: Mapping[str, pd.Series],
) -> pd.Series:
    frame = frames[sheet.title]
    found = pd.Series([None] * len(frame), index=frame.index, dtype=object)
    direct = [column for column in sheet.columns if column.refers == f"{who.sheet}.{who.key}"]
    others = [column for column in sheet.columns if column.refers and column not in direct]
    for column in direct:
        found = found.where(found.notna(), frame[column.header].astype(object))
    for column in others:
        title, header = column.refers.split(".")
        if title in owners and title != who.sheet:
            through = dict(zip(frames[title][header], owners[title], strict=True))
            found = found.where(found.notna(), frame[column.header].astype(object).map(through))
    return found
