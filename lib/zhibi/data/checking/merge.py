"""One sheet as it stands in every file -> one frame, and where the files contradict each other.

The same row in several files is read once, from the first of them. A row under a code that another
file uses for other values is left out and reported, with both places: which of the two is right is
for people to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from gongwen.findings import Finding, Level
from zhibi.data.checking.faults import Faults
from zhibi.data.contract import Column, Sheet
from zhibi.data.dataset import Cell
from zhibi.data.figures.origin import HEADERS, AsRead
from zhibi.data.reading.arrays import STRING
from zhibi.data.reading.cells.parsed import Issue, shown
from zhibi.data.reading.sheets import SheetReading
from zhibi.data.sources.grid import words

_TOLD = 3  # columns in which two rows differ; the first few are enough to find them


@dataclass(frozen=True)
class MergedSheet:
    """One sheet of all files: rows, cells that could not be read, letters of each column by file."""

    frame: pd.DataFrame
    unread: Mapping[str, frozenset[Cell]]
    letters: Mapping[str, Mapping[str, str]]


def gather(
    sheet: Sheet, readings: Sequence[SheetReading]
) -> tuple[MergedSheet, tuple[Finding, ...]]:
    """The rows of all files.

    Of several files in the order of the codes, so that no file comes first by chance.
    """
    unread = {header: frozenset(_unread(readings, header)) for header in sheet.headers}
    letters = {header: _letters(readings, header) for header in sheet.headers}
    if len(readings) == 1:
        return MergedSheet(readings[0].frame, unread, letters), ()
    frames = [one.frame for one in readings if len(one.frame)] or [readings[0].frame]
    frame = pd.concat(_alike(sheet, frames)) if len(frames) > 1 else frames[0]
    keep, findings = _agreed(sheet, frame, letters)
    frame = frame[keep].sort_values(list(sheet.primary_key), kind="stable")
    frame.index = frame.index.remove_unused_levels()  # type: ignore[attr-defined]  # every frame has the origin index
    frame.attrs = {HEADERS: AsRead(frame, "", sheet.title)}
    return MergedSheet(frame, unread, letters), findings


def _unread(readings: Iterable[SheetReading], header: str) -> Iterator[Cell]:
    """The cells of a column that could not be read, by file and row."""
    for reading in readings:
        for row in reading.unread.get(header, ()):
            yield reading.file, row


def _letters(readings: Iterable[SheetReading], header: str) -> dict[str, str]:
    """The letter of a column in each file that has it."""
    having = (reading for reading in readings if header in reading.letters)
    return {reading.file: reading.letters[header] for reading in having}


def _alike(sheet: Sheet, frames: Sequence[pd.DataFrame]) -> Sequence[pd.DataFrame]:
    """The frames with the columns of their own in words, where one file has them of another kind or not at all."""
    headers = chain.from_iterable(frame.columns for frame in frames)
    own = dict.fromkeys(str(header) for header in headers if header not in sheet.headers)
    if not own:
        return frames
    made = [frame.copy(deep=False) for frame in frames]
    for header in own:
        kinds = {str(frame[header].dtype) if header in frame.columns else "" for frame in frames}
        if len(kinds) == 1:
            continue
        for frame in made:
            cells = frame[header] if header in frame.columns else pd.Series(None, frame.index)
            frame[header] = cells.map(_in_words, na_action="ignore").astype(STRING)
    return made


def _in_words(cell: Any) -> str:
    return words(cell.date() if isinstance(cell, pd.Timestamp) else cell)


def _agreed(
    sheet: Sheet, frame: pd.DataFrame, letters: Mapping[str, Mapping[str, str]]
) -> tuple[np.ndarray[Any, np.dtype[np.bool_]], tuple[Finding, ...]]:
    """Which rows stay, and a finding for every row that another file contradicts."""
    key = list(sheet.primary_key)
    keep: np.ndarray[Any, np.dtype[np.bool_]] = np.ones(len(frame), dtype=bool)
    doubled = (frame.duplicated(key, keep=False) & frame[key[0]].notna()).to_numpy()
    faults = Faults("", sheet.title)
    first: dict[tuple[Any, ...], tuple[tuple[Any, ...], tuple[Any, ...]]] = {}
    places = np.flatnonzero(doubled)
    named = [sheet.headers.index(header) for header in key]
    rows = frame[list(sheet.headers)].iloc[places].itertuples(index=False, name=None)
    for at, origin, row in zip(places, frame.index[places], rows, strict=True):
        cells = tuple(None if pd.isna(cell) else cell for cell in row)
        code = tuple(cells[position] for position in named)
        if code not in first:
            first[code] = origin, cells
            continue
        there, others = first[code]
        if there[0] == origin[0]:
            continue  # twice in one file is told as V01
        keep[at] = False
        differing = [
            column
            for column, mine, other in zip(sheet.columns, cells, others, strict=True)
            if mine != other
        ]
        if differing:
            issue = _contradiction(sheet, code, differing, cells, (there, others))
            column = differing[0].header
            faults.add(
                letters[column].get(origin[0], ""), column, int(origin[2]), issue, str(origin[0])
            )
    return keep, faults.findings()


def _contradiction(
    sheet: Sheet,
    code: tuple[Any, ...],
    differing: Sequence[Column],
    mine: tuple[Any, ...],
    theirs: tuple[tuple[Any, ...], tuple[Any, ...]],
) -> Issue:
    (file, _, row), others = theirs
    said = "、".join(str(part) for part in code if part is not None)
    differences = "；".join(
        _difference(sheet, column, mine, others) for column in differing[:_TOLD]
    )
    more = f"等{len(differing)}列" if len(differing) > _TOLD else ""
    elsewhere = any(
        column.refers and not column.refers.startswith(f"{sheet.title}.") for column in differing
    )
    message = f"“{said}”与“{file}”第{row}行不一致：{differences}{more}"
    if elsewhere:
        gist = "同一代码在两个文件里归属不同"
        return Issue(
            "M04",
            Level.ERROR,
            message,
            gist,
            "请核实究竟属于哪一个，在另一个文件里删去这一行，或改用别的代码。",
        )
    return Issue(
        "M05",
        Level.ERROR,
        message,
        "同一代码在两个文件里内容不同",
        "请核实以哪个为准，把两个文件改成一致。",
    )


def _difference(
    sheet: Sheet, column: Column, mine: tuple[Any, ...], others: tuple[Any, ...]
) -> str:
    at = sheet.headers.index(column.header)
    return f"“{column.header}”这里是{_word(mine[at])}，那里是{_word(others[at])}"


def _word(cell: Any) -> str:
    if cell is None:
        return "空白"
    if isinstance(cell, bool | np.bool_):
        return "“是”" if cell else "“否”"
    if isinstance(cell, pd.Timestamp):
        return shown(cell.date())
    return shown(f"{cell:g}" if isinstance(cell, float) else str(cell))


def same_bytes(digests: Iterable[tuple[str, str]]) -> dict[str, str]:
    """File -> the earlier file with the very same content."""
    first: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, digest in digests:
        if digest in first:
            names[name] = first[digest]
        first.setdefault(digest, name)
    return names
