"""Tables of the user's own that a notebook opens -> the rows of one organisation, packed beside its slice.

Such a table has no contract; which column says whose a row is, the notebook says. Rows are named by
code or by a name that only one organisation has.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gongwen.chinese.personal_data import masked
from gongwen.errors import InvalidInput, UnknownName, UnreadableFile
from gongwen.findings import Finding, Level, Location, errors_in
from zhibi.data.contract import Column, Kind, Sheet
from zhibi.data.reading.any_table import AnyTable, read_any
from zhibi.data.reading.layout import OWN_SHEETS
from zhibi.data.snapshot import columnar
from zhibi.data.snapshot.access_scope import refuse_other_folder
from zhibi.data.sources.any_file import read_file
from zhibi.data.sources.folder import read_csv
from zhibi.data.sources.grid import Book, Grid, plain
from zhibi.workspace.workspace import resolve

_CSV = ".csv"
_PREFIX = "own-"
_DESCRIBED = ".json"


@dataclass(frozen=True, slots=True)
class TableRequest:
    """A table as a notebook asks for it: a path that counts from the workspace, and what `open_table` is told."""

    file: str
    sheet: str = ""
    organisation: str = ""
    header: int | None = None

    @property
    def name(self) -> str:
        """What its files are called in the folder of a run."""
        asked = json.dumps([self.file, self.sheet, self.organisation, self.header])
        return _PREFIX + hashlib.sha256(asked.encode()).hexdigest()[:16]


def read_table(wanted: TableRequest, start: Path | None = None) -> AnyTable:
    """All its records.

    Raises UnreadableFile, UnknownName, InvalidInput (every cell that gives away a person).
    """
    place = resolve(wanted.file, start)
    if not isinstance(place, Path):
        raise UnreadableFile(
            wanted.file, "是数据库地址，不是表格文件", "请给出 .xlsx 或 .csv 文件。"
        )
    table = read_any(_chosen(_book(place), wanted.sheet), wanted.header)
    if errors_in(table.findings):
        raise InvalidInput(place.name, errors_in(table.findings))
    if wanted.organisation and wanted.organisation not in table.frame.columns:
        raise UnknownName("列", wanted.organisation, map(str, table.frame.columns))
    return table


def _book(place: Path) -> Book:
    return (read_csv(place) if place.suffix.lower() == _CSV else read_file(place))[0]


def _chosen(book: Book, title: str) -> Grid:
    grids = {
        grid.title: grid
        for grid in book.grids
        if grid.title not in OWN_SHEETS and any(map(any, grid.rows))
    }
    if title:
        wanted = next((grid for name, grid in grids.items() if plain(name) == plain(title)), None)
        if wanted is None:
            raise UnknownName(f"工作表（{book.name}）", title, map(masked, grids))
        return wanted
    if len(grids) != 1:
        names = "、".join(f"“{masked(name)}”" for name in grids)
        reason = f"有{len(grids)}张有内容的工作表：{names}" if grids else "里面没有内容"
        hint = '请写明是哪一张，如 open_table("文件.xlsx", "工作表")。'
        raise UnreadableFile(book.name, reason, hint)
    return next(iter(grids.values()))


class OwnTables:
    """The tables a notebook opens, each read once, to be cut for one organisation after another."""

    def __init__(
        self, wanted: Iterable[TableRequest], names: Mapping[str, Iterable[str]], root: Path
    ) -> None:
        """`names` of each organisation by code; a name that two have tells neither."""
        self._wanted, self._root = tuple(wanted), root
        folded = {code: set(map(plain, listed)) for code, listed in names.items()}
        owners = Counter(chain.from_iterable(folded.values()))
        self._shared = {name for name, count in owners.items() if count > 1}
        self._names = {code: listed - self._shared for code, listed in folded.items()}

    @cached_property
    def _tables(self) -> tuple[tuple[TableRequest, AnyTable], ...]:
        return tuple((wanted, read_table(wanted, self._root)) for wanted in self._wanted)

    def of(self, code: str) -> dict[str, bytes]:
        """The files with the rows of an organisation.

        Raises InvalidInput where it cannot be told whose rows are.
        """
        files: dict[str, bytes] = {}
        for wanted, table in self._tables:
            files |= packed(wanted, replace(table, frame=self._cut(wanted, table, code)))
        return files

    def _cut(self, wanted: TableRequest, table: AnyTable, code: str) -> pd.DataFrame:
        file = Path(wanted.file).name
        if not wanted.organisation:
            message = "一个组织自己的报告只能看到自己的行，而 open_table 没有写明哪一列是组织。"
            hint = '请写成 open_table(…, organisation="列名")。'
            raise InvalidInput(file, [Finding("C13", Level.ERROR, Location(file), message, hint)])
        cells = [plain(str(cell)) for cell in table.frame[wanted.organisation].fillna("")]
        shared = next((cell for cell in cells if cell in self._shared), "")
        if shared:
            message = f"“{masked(shared)}”是两个以上组织的名称，不知道是谁的行。"
            place = Location(file, table.sheet.title, "", wanted.organisation)
            finding = Finding("C13", Level.ERROR, place, message, "请在表里写全称或代码。")
            raise InvalidInput(file, [finding])
        mine = {plain(code), *self._names.get(code, ())}
        positions = np.flatnonzero([cell in mine for cell in cells])
        return columnar.excerpt(table.frame, positions, file)


def packed(wanted: TableRequest, table: AnyTable) -> dict[str, bytes]:
    """The files of a table in the folder of a run."""
    rows = columnar.stored(table.frame, table.sheet)
    described = {
        "title": table.sheet.title,
        "columns": [[column.header, str(column.kind)] for column in table.sheet.columns],
        **rows.levels(),
    }
    files = {f"{wanted.name}{_DESCRIBED}": json.dumps(described, ensure_ascii=False).encode()}
    content = rows.written()
    return files | ({f"{wanted.name}{columnar.SUFFIX}": content} if content else {})


def unpacked(folder: Path, wanted: TableRequest) -> pd.DataFrame | None:
    """The rows of a table in the folder of a run; None for one that was not packed for it."""
    refuse_other_folder(folder)
    description = folder / f"{wanted.name}{_DESCRIBED}"
    if not description.is_file():
        return None
    described: dict[str, Any] = json.loads(description.read_bytes())
    columns = tuple(Column(header, header, Kind(kind)) for header, kind in described["columns"])
    sheet = Sheet(wanted.name, described["title"], columns, ())
    return columnar.opened(folder, sheet, described)
