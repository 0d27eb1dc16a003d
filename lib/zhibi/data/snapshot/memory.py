"""A workbook that was read before -> its unchanged sheets as they were read, and what checks found in them.

For a process that stays: when one cell of a large workbook is saved, only its sheet is read again, and only the checks
that look at that sheet are asked again. What is not the same in every byte is read; what was read last is remembered,
nothing older.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

import pandas as pd

from gongwen.findings import Finding
from zhibi.data.contract import Check, Sheet
from zhibi.data.dataset import Dataset
from zhibi.data.reading.sheets import SheetReading, read_sheet
from zhibi.data.snapshot.columnar import PackedSheet, pack, packed_sheet
from zhibi.data.sources.grid import Book, Grid
from zhibi.data.sources.xlsx import Laid, read_xlsx

Value = TypeVar("Value")
_LOCAL_HEADER = 30  # bytes before the name of a part in a zip
_SHARED = ("xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml")


class Memory:
    """What is remembered from one reading to the next."""

    def __init__(self) -> None:
        self._sheets: dict[str, tuple[tuple[str, str], Laid]] = {}
        self._readings: dict[str, tuple[Grid, Sheet, SheetReading]] = {}
        self._checks: dict[Check, _Asked] = {}
        self._packed: dict[str, tuple[pd.DataFrame, Sheet, PackedSheet]] = {}
        self._last: Dataset | None = None

    def is_of_another(self, path: Path) -> bool:
        """Whether another workbook is remembered, which reading this one would drive out."""
        return any(name != path.name for (name, _), _ in self._sheets.values())

    def workbook(self, path: Path) -> tuple[Book, tuple[Finding, ...]]:
        """A workbook as `read_xlsx` gives it; only sheets that changed are laid out."""
        known, self._sheets = self._sheets, {}
        marks: dict[str, str] = {}

        def remembered(name: str, part: str, data: bytes, lay: Callable[[], Laid]) -> Laid:
            if not marks:
                marks.update(digests(data))
            before = known.get(name)
            same = before is not None and before[0] == (path.name, marks[part])
            laid = before[1] if before is not None and same else lay()
            self._sheets[name] = (path.name, marks[part]), laid
            return laid

        return read_xlsx(path, remembered)

    def reading(self, grid: Grid, sheet: Sheet) -> SheetReading:
        """The reading of a laid out sheet against what is asked of it."""
        known = self._readings.get(sheet.title)
        if known is None or known[0] is not grid or known[1] != sheet:
            known = self._readings[sheet.title] = grid, sheet, read_sheet(grid, sheet)
        return known[2]

    def packed(self, dataset: Dataset) -> dict[str, bytes]:
        """The files of a dataset as `columnar.pack` gives them; only sheets whose frame is another are packed."""
        return pack(dataset, self._packed_sheet)

    def _packed_sheet(self, dataset: Dataset, sheet: Sheet) -> PackedSheet:
        frame = dataset[sheet.title]
        known = self._packed.get(sheet.title)
        if known is None or known[0] is not frame or known[1] != sheet:
            known = self._packed[sheet.title] = frame, sheet, packed_sheet(dataset, sheet)
        return known[2]

    def findings(
        self, checks: Iterable[Check], dataset: Dataset, ask: Callable[[Check, Dataset], Any]
    ) -> Iterator[Finding]:
        """What checks find: of those that saw nothing that has changed, what they found before."""
        same = _Comparison(self._last, dataset)
        today = date.today()  # noqa: DTZ011  # as a check would ask
        for check in checks:
            known = self._checks.get(check)
            if known is None or known.on != today or not all(map(same.holds, known.titles)):
                titles: set[str] = set()
                found = tuple(ask(check, _watched(dataset, titles)))
                known = self._checks[check] = _Asked(frozenset(titles), today, found)
            yield from known.findings
        self._last = dataset


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a check looked at, the day it was asked, what it found."""

    titles: frozenset[str]
    on: date
    findings: tuple[Finding, ...]


class _Comparison:
    """A dataset held against the one before, a sheet at a time and each sheet once."""

    def __init__(self, before: Dataset | None, now: Dataset) -> None:
        self._before, self._now = before, now
        self._alike = before is not None and _around(before) == _around(now)
        self._known: dict[str, bool] = {}

    def holds(self, title: str) -> bool:
        """Whether a sheet, with what could not be read in it, is what it was."""
        if title not in self._known:
            self._known[title] = self._alike and self._compared(title)
        return self._known[title]

    def _compared(self, title: str) -> bool:
        before, now = self._before, self._now
        if before is None or title not in before.frames or title not in now.frames:
            return False
        beside = before.unread.get(title) == now.unread.get(title)
        lettered = before.letters.get(title) == now.letters.get(title)
        return beside and lettered and _equal(before.frames[title], now.frames[title])


def _around(dataset: Dataset) -> tuple[Any, ...]:
    files = tuple(source.name for source in dataset.sources)
    return dataset.contract, dict(dataset.settings), files, tuple(dataset.frames)


def _equal(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    if one is other:
        return True
    names = list(one.columns) == list(other.columns) and one.index.equals(other.index)
    return names and one.equals(other)


class _Watched(Mapping[str, Value], Generic[Value]):
    """A mapping by sheet that notes which sheets are looked at; who goes through it looks at all."""

    def __init__(self, inner: Mapping[str, Value], titles: set[str]) -> None:
        self._inner, self._titles = inner, titles

    def __getitem__(self, title: str) -> Value:
        self._titles.add(title)
        return self._inner[title]

    def __iter__(self) -> Iterator[str]:
        self._titles.update(self._inner)
        return iter(self._inner)

    def __len__(self) -> int:
        return len(self._inner)


def _watched(dataset: Dataset, titles: set[str]) -> Dataset:
    return replace(
        dataset,
        frames=_Watched(dataset.frames, titles),
        unread=_Watched(dataset.unread, titles),
        letters=_Watched(dataset.letters, titles),
    )


def digests(data: bytes) -> Mapping[str, str]:
    """What each part of an .xlsx is known by: its own bytes as packed, and those of the parts all sheets refer to."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        packed = {entry.filename: _packed(data, entry) for entry in archive.infolist()}
    shared = hashlib.sha256()
    for name in _SHARED:
        shared.update(hashlib.sha256(packed.get(name, b"")).digest())
    return {
        name: hashlib.sha256(shared.digest() + content).hexdigest()
        for name, content in packed.items()
    }


def _packed(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    at = entry.header_offset
    name, extra = (
        int.from_bytes(data[at + place : at + place + 2], "little") for place in (26, 28)
    )
    begins = at + _LOCAL_HEADER + name + extra
    return data[begins : begins + entry.compress_size]
