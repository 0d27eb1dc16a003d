"""Columns an import adds to a sheet -> where each of its rows came from, unless somebody has changed the row since."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

import pandas as pd

from gongwen.facts.value import Fact, Read, Rows
from zhibi.data.dataset import ORIGIN, Dataset, Source
from zhibi.data.figures.origin import HEADERS, AsRead
from zhibi.data.sources.grid import Book, Grid, Raw, plain, words

ORIGIN_HEADERS = ("取自文件", "取自工作表", "取自行", "取自校验")
CODE_TABLE, RECORD = "代码对照", "导入记录"
IMPORT_SHEETS = (CODE_TABLE, RECORD)
RECORD_HEADERS = ("文件", "内容校验（SHA-256）")

Origin = tuple[str, str, int]


def checksums(columns: Iterable[Sequence[Raw]]) -> list[str]:
    """A short sum over the cells of each row, the same however a spreadsheet stores them."""
    lines = zip(*map(_words, columns), strict=True)
    return [f"{zlib.crc32(chr(31).join(line).encode()):08x}" for line in lines]


def _words(cells: Sequence[Raw]) -> list[str]:
    if set(map(type, cells)) <= {str}:
        return [cell.strip() for cell in cells]  # type: ignore[union-attr]
    known = {(type(cell), cell): words(cell).strip() for cell in {*cells}}
    return [known.get((type(cell), cell)) or words(cell).strip() for cell in cells]


def origins_in(
    grid: Grid, positions: Sequence[int], numbers: Sequence[int], rows: Sequence[Sequence[Raw]]
) -> Mapping[int, Origin]:
    """Where rows came from, by their number here.

    `positions` are the columns of the contract in its order.
    """
    head = [plain(words(cell)) for cell in grid.rows[0]] if grid.rows else []
    if not set(map(plain, ORIGIN_HEADERS)) <= set(head):
        return {}
    file, sheet, number, check = (head.index(plain(name)) for name in ORIGIN_HEADERS)
    origins: dict[int, Origin] = {}
    sums = checksums(list(map(itemgetter(at), rows)) for at in positions)
    for here, row, own in zip(numbers, rows, sums, strict=True):
        place = words(row[number]) if own == row[check] else ""
        if place.isdigit():
            origins[int(here)] = (words(row[file]), words(row[sheet]), int(place))
    return origins


def setting_origins(grid: Grid) -> Mapping[str, Origin]:
    """Where settings came from, by name, unless somebody has changed them since."""
    head = [plain(words(cell)) for cell in grid.rows[0]] if grid.rows else []
    if not set(map(plain, ORIGIN_HEADERS)) <= set(head):
        return {}
    file, sheet, number, check = (head.index(plain(name)) for name in ORIGIN_HEADERS)
    return {
        words(row[0]): (words(row[file]), words(row[sheet]), int(words(row[number])))
        for row in grid.rows[1:]
        if words(row[number]).isdigit() and checksums([row[1:2]]) == [row[check]]
    }


def cited(
    dataset: Dataset, origins: Mapping[str, Mapping[tuple[str, int], Origin]], books: Sequence[Book]
) -> Dataset:
    """The dataset with the rows of an import standing for those they came from, and her files among the sources."""
    if not any(origins.values()):
        return dataset
    frames = {
        title: _cited(frame, origins.get(title, {})) for title, frame in dataset.frames.items()
    }
    letters = {
        title: _with_files(columns, origins.get(title, {}).values())
        for title, columns in dataset.letters.items()
    }
    return replace(
        dataset,
        settings=_settings(dataset, books),
        frames=frames,
        letters=letters,
        sources=(*dataset.sources, *_sources(books)),
    )


def _with_files(
    columns: Mapping[str, Mapping[str, str]], origins: Iterable[Origin]
) -> dict[str, dict[str, str]]:
    """The letters of columns, with the files that rows came from: in those no letter is known."""
    of_imports = {file: "" for file, _, _ in origins}
    return {header: {**files, **of_imports} for header, files in columns.items()}


def _settings(dataset: Dataset, books: Sequence[Book]) -> Mapping[str, Fact]:
    """Settings that stand in her files, with the line that says so."""
    front = dataset.contract.settings_title
    own = {}
    for book in books:
        for grid in book.grids:
            if grid.title == front:
                for name, origin in setting_origins(grid).items():
                    own[book.name, name] = origin
    return {name: _cited_setting(fact, own) for name, fact in dataset.settings.items()}


def _cited_setting(fact: Fact, own: Mapping[tuple[str, str], Origin]) -> Fact:
    assert isinstance(fact.origin, Read)  # as settings are read
    cells = fact.origin.cells[0]
    origin = own.get((cells.file, fact.label))
    if origin is None or fact.value is None:
        return fact
    file, sheet, row = origin
    rows = Rows(file, sheet, (row,) if row else ())
    return replace(fact, origin=Read(fact.origin.operation, (rows,)))


def _cited(frame: pd.DataFrame, origins: Mapping[tuple[str, int], Origin]) -> pd.DataFrame:
    if not origins:
        return frame
    here = list(frame.index)
    stands_for: list[Any] = [
        origins.get((file, row), (file, sheet, row)) for file, sheet, row in here
    ]
    counts = pd.Series(stands_for).value_counts()
    doubled = set(counts[counts > 1].index)
    if doubled:  # a row somebody copied is the workbook's own
        stands_for = [
            own if origin in doubled else origin
            for own, origin in zip(here, stands_for, strict=True)
        ]
    made = frame.set_axis(pd.MultiIndex.from_tuples(stands_for, names=ORIGIN))
    files, sheets = made.index.levels[0], made.index.levels[1]  # type: ignore[attr-defined]
    alone = len(files) == len(sheets) == 1
    made.attrs = {HEADERS: AsRead(made, str(files[0]) if alone else "", str(sheets[0]))}
    return made


def _sources(books: Sequence[Book]) -> tuple[Source, ...]:
    """The files an import read, as it recorded them."""
    sources: dict[str, str] = {}
    for book in books:
        for grid in book.grids:
            if grid.title == RECORD:
                lines = {words(row[0]): words(row[1]) for row in grid.rows[1:]}
                sources |= {name: digest for name, digest in lines.items() if name}
    return tuple(Source(name, digest) for name, digest in sources.items())
