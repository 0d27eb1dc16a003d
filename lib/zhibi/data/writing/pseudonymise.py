"""Dataset + stand-ins -> the same dataset in which no name is left.

Cells, settings and the name of the file.

Rows, numbers and codes are untouched, so that every figure rests on the same rows as in the open
report.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from gongwen.chinese.pseudonyms import Pseudonyms
from gongwen.facts.value import Fact, Read
from zhibi.data.contract import Kind, Sheet
from zhibi.data.dataset import Dataset, Source
from zhibi.data.reading.columns import with_own_columns
from zhibi.data.snapshot.columnar import stamp

_WORDS = (Kind.TEXT, Kind.CHOICE, Kind.CHOICES)


def masked(data: Dataset, names: Pseudonyms) -> Dataset:
    """The dataset as a report sees it that goes to people who must not know whom it is about."""
    frames = {
        sheet.title: _frame(data.frames[sheet.title], sheet, names)
        for sheet in data.contract.sheets
        if sheet.title in data.frames
    }
    return replace(
        data,
        sources=tuple(Source(names.mask(source.name), source.sha256) for source in data.sources),
        settings={header: _fact(fact, names) for header, fact in data.settings.items()},
        frames=frames,
    )


def _frame(frame: pd.DataFrame, sheet: Sheet, names: Pseudonyms) -> pd.DataFrame:
    made = frame.copy()
    for column in with_own_columns(sheet, frame).columns:
        if column.kind in _WORDS and column.header in made.columns:
            made[column.header] = _column(made[column.header], names)
    index = made.index
    assert isinstance(index, pd.MultiIndex)  # every frame of a dataset has the origin as its index
    files = _apart([names.mask(str(file)) for file in index.levels[0]])
    made.index = index.set_levels(files, level=0, verify_integrity=False)
    return stamp(made)


def _apart(files: list[str]) -> list[str]:
    """File names that stay different when their stand-ins are not."""
    return [
        f"{file}（{at}）" if file in files[: at - 1] else file for at, file in enumerate(files, 1)
    ]


def _column(cells: pd.Series, names: Pseudonyms) -> pd.Series:
    """The column with its words masked; each different text is looked at once."""
    words: dict[Any, Any] = {
        word: names.mask(word) for word in cells.dropna().unique() if isinstance(word, str)
    }
    changed = {word: replacement for word, replacement in words.items() if word != replacement}
    return (
        cells.map(lambda word: changed.get(word, word), na_action="ignore").astype(cells.dtype)
        if changed
        else cells
    )


def _fact(fact: Fact, names: Pseudonyms) -> Fact:
    value = names.mask(fact.value) if isinstance(fact.value, str) else fact.value
    assert isinstance(fact.origin, Read)  # a setting is a cell
    cells = tuple(replace(rows, file=names.mask(rows.file)) for rows in fact.origin.cells)
    gaps = tuple(replace(rows, file=names.mask(rows.file)) for rows in fact.gaps)
    return replace(fact, value=value, origin=Read(fact.origin.operation, cells), gaps=gaps)
