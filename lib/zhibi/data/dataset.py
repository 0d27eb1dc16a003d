"""A workbook that was read -> frames whose index is the origin of every row, and settings with theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from gongwen.facts.value import Fact
from zhibi.data.contract import Contract

ORIGIN = [
    "file",
    "sheet",
    "row",
]  # names of the index levels of every frame; row is the Excel row, header = 1

Cell = tuple[str, int]  # file and row; row 0 stands for the whole column


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its bare name and the sha256 of its bytes.

    Of a database, its address and content.
    """

    name: str
    sha256: str


class Frames(Mapping[str, pd.DataFrame]):
    """Frames by title, each built on first access; an error in building one is raised there."""

    def __init__(self, made_by: Mapping[str, pd.DataFrame | Callable[[], pd.DataFrame]]) -> None:
        self._frames: dict[str, pd.DataFrame | Callable[[], pd.DataFrame]] = dict(made_by)

    def __getitem__(self, title: str) -> pd.DataFrame:
        found = self._frames[title]
        if not isinstance(found, pd.DataFrame):
            found = self._frames[title] = found()
        return found

    def maker(self, title: str) -> Callable[[], pd.DataFrame] | None:
        """What will make a frame; None once it is there."""
        found = self._frames[title]
        return None if isinstance(found, pd.DataFrame) else found

    def __contains__(self, title: object) -> bool:
        return title in self._frames

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


@dataclass(frozen=True)
class Dataset:
    """Frames by sheet title. Columns are the Chinese headers of the contract.

    The index levels are `ORIGIN`.

    Codes and text are str, dates are datetime64, integers Int64, numbers Float64, money Decimal
    (exact), 是否 is boolean with missing values kept. A settings value is a Fact, missing where the
    sheet leaves it blank.

    `unread` is empty in every dataset handed out as valid. While faults are being gathered it tells, by sheet and
    column, the cells that could not be read, so that no check complains of a gap that has already been reported as
    something else. `letters` tells where each column stands, by sheet, column and file.

    A slice holds the rows of one organisation, `slice_of`, and what is `handed` to it: facts of the whole it may know.
    `own_tables` are the files of its rows in tables that have no contract (`own_tables.packed`).
    """

    contract: Contract
    sources: tuple[Source, ...]
    settings: Mapping[str, Fact]
    frames: Mapping[str, pd.DataFrame]
    unread: Mapping[str, Mapping[str, frozenset[Cell]]] = field(default_factory=dict)
    letters: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    slice_of: str = ""
    handed: Mapping[str, Fact] = field(default_factory=dict)
    own_tables: Mapping[str, bytes] = field(default_factory=dict)

    def __getitem__(self, title: str) -> pd.DataFrame:
        """The frame of a sheet by its Chinese title."""
        return self.frames[title]

    def sound(self, title: str, *columns: str) -> pd.DataFrame:
        """The rows of a sheet in which every one of these cells could be read (or was left blank)."""
        frame = self.frames[title]
        unread = self.unread.get(title, {})
        cells = frozenset[Cell]().union(*(unread.get(column, frozenset()) for column in columns))
        if not cells:
            return frame
        whole = {file for file, row in cells if not row}
        files, rows = frame.index.get_level_values("file"), frame.index.get_level_values("row")
        lost = files.isin(whole)
        for file in {file for file, _ in cells} - whole:
            lost |= (files == file) & rows.isin([row for name, row in cells if name == file])
        return frame[~lost]

    def letter(self, title: str, header: str, file: str) -> str:
        """The Excel letters of a column in a file; A where the column is not there."""
        return self.letters.get(title, {}).get(header, {}).get(file, "A")
