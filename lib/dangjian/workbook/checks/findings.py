"""Rows a rule objects to -> findings at their cells, equal ones in hundreds of rows told once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dangjian.rules import Rule
from gongwen.findings import Finding, Level
from zhibi.data.checking.faults import SEVERAL, Faults
from zhibi.data.dataset import Dataset
from zhibi.data.reading.cells.parsed import Issue

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Saying:
    """What a rule says: of one row (`message` is filled in from its columns), of many (`gist`), and what to do.

    What a user wrote comes into a message only through a column, never as part of the sentence it
    is filled into.
    """

    code: str
    level: Level
    message: str
    gist: str
    hint: str = ""


def tell(
    dataset: Dataset, title: str, header: str, rows: pd.DataFrame, saying: Saying
) -> tuple[Finding, ...]:
    """One finding for each row, at its cell in column `header`.

    Extra columns of `rows` may be used in `message`.
    """
    if rows.empty:
        return ()
    faults = Faults("", title)
    columns = [_spoken(rows[column]) for column in rows.columns]
    for at, values in enumerate(zip(*columns, strict=True)):
        message = filled(saying.message, dict(zip(rows.columns, values, strict=True)))
        issue = Issue(saying.code, saying.level, message, saying.gist, saying.hint)
        file, _, row = rows.index[at]
        faults.add(dataset.letter(title, header, file), header, int(row), issue, str(file))
    return faults.findings()


def filled(message: str, cells: Mapping[str, Any]) -> str:
    """The message with `{列}` replaced by the cell of that column.

    What cells hold is text and nothing else.
    """
    return _COLUMN.sub(lambda hit: str(cells[hit[1]]) if hit[1] in cells else hit[0], message)


_COLUMN = re.compile(r"\{([^{}]*)\}")


def about_several(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings that name several organisations.

    They are told to the county and to none of these.
    """
    for finding in findings:
        yield replace(finding, place=replace(finding.place, spot=SEVERAL))


def _spoken(column: pd.Series[Any]) -> Iterable[Any]:
    words: Callable[[Any], Any] = _word
    return map(words, column)


def _word(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.date() if not pd.isna(value) else "（空）"
    if pd.isna(value):
        return "（空）"
    return f"{value:g}" if isinstance(value, float) else value


def year_of(dataset: Dataset) -> int | None:
    """年度, or None where the settings do not say (which is reported elsewhere)."""
    value = dataset.settings["年度"].value
    return value if isinstance(value, int) else None


def day_of(dataset: Dataset) -> pd.Timestamp | None:
    """数据截止日, or None where the settings do not say."""
    value = dataset.settings["数据截止日"].value
    return pd.Timestamp(value) if isinstance(value, dt.date) else None


def basis(rule: Rule) -> str:
    """The words that name the source; an article nobody has verified is not printed."""
    return f"依据{rule.source}{rule.article}" if rule.verified else f"依据{rule.source}，条款待核实"
