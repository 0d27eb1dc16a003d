"""The sheets of a county, or of one organisation -> plain rows by organisation, each sheet gone through once.

What scores are counted again from stands here as plain numbers; the rows themselves, which facts
rest on, are cut out of the frames only for the few organisations and sheets somebody asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.county import County
from dangjian.workbook.owners import BY_MEMBER, BY_ORG
from gongwen.facts.value import Fact
from zhibi.data.dataset import Dataset
from zhibi.data.figures.picking import pick_at, records
from zhibi.data.snapshot.columnar import excerpt

Row = Mapping[str, Any]
OWNER = {title: column for title, column in BY_ORG.items() if title not in BY_MEMBER}
FOR_ALL = "考核指标"
OF_SCORE = (
    "党组织代码", "党员代码", "指标代码", "年度", "周期类型", "期次", "得分", "等次", "检查日期"
)  # fmt: skip
ON_REGISTER = ("党员代码", "所属党组织", "党员类别", "党内职务")
OF_MEMBER, HONOURS, SECRETARY = "党员年度", "荣誉", "书记"


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting: its kind, its day, what else it counts as."""

    kind: str
    day: pd.Timestamp
    counts_as: str


class SchemeLine:
    """A line of the scheme; each of its cells is picked once, however many scores rest on it."""

    def __init__(self, frame: pd.DataFrame, at: int, row: Row) -> None:
        self.frame, self.at, self.row = frame, at, row
        self._picked: dict[tuple[str, str], Fact] = {}

    def picked(self, column: str, label: str = "", unit: str = "") -> Fact:
        """A cell as a fact."""
        if (column, unit) not in self._picked:
            self._picked[column, unit] = pick_at(self.frame, self.at, column, label, unit)
        return replace(self._picked[column, unit], label=label or column)


class Pages:
    """The frames a report may see, and what they hold by organisation.

    `settings`, year and day as in `Branch`.

    `records` gives the rows of a sheet where somebody has them already.
    """

    def __init__(
        self,
        frames: Mapping[str, pd.DataFrame],
        settings: Mapping[str, Fact],
        year: int,
        as_of: date,
        records: Callable[[str], Sequence[Row]] | None = None,
    ) -> None:
        self.frames, self.settings, self.year, self.as_of = frames, settings, year, as_of
        self._records = records
        self._read: dict[tuple[str, ...], Sequence[Row]] = {}
        self._places: dict[str, dict[str, list[int]]] = {}
        self._above: dict[str, tuple[str, ...]] = {}

    @cached_property
    def indicators(self) -> dict[str, SchemeLine]:
        """指标代码 -> its line."""
        frame = self.frames[FOR_ALL]
        return {
            row["指标代码"]: SchemeLine(frame, at, row)
            for at, row in enumerate(self._plain(FOR_ALL))
        }

    @cached_property
    def parents(self) -> frozenset[str]:
        """指标代码 of indicators with others below them: their points are those of their parts."""
        return frozenset(row["上级指标"] for row in self._plain(FOR_ALL)) - {None}

    def above(self, code: str) -> tuple[str, ...]:
        """The indicators above one, the nearest first; the scheme is a tree."""
        if code not in self._above:
            parent = self.indicators[code].row["上级指标"] if code in self.indicators else None
            self._above[code] = (parent, *self.above(parent)) if isinstance(parent, str) else ()
        return self._above[code]

    @cached_property
    def orgs(self) -> dict[str, Row]:
        """党组织代码 -> its line."""
        return {row["党组织代码"]: row for row in self._plain("党组织")}

    @cached_property
    def events(self) -> dict[str, list[Event]]:
        """党组织代码 -> its meetings of the year."""
        found: dict[str, list[Event]] = {}
        for row in self._plain("组织生活台账", "党组织代码", "类型", "日期", "计入类型"):
            found.setdefault(row["党组织代码"], []).append(
                Event(row["类型"], row["日期"], row["计入类型"] or "")
            )
        return found

    @cached_property
    def members(self) -> dict[str, list[Row]]:
        """党组织代码 -> its members on the register: code, status, post."""
        found: dict[str, list[Row]] = {}
        for row in self._plain("党员", *ON_REGISTER):
            found.setdefault(row["所属党组织"], []).append(row)
        return found

    @cached_property
    def years(self) -> dict[str, Row]:
        """党员代码 -> the line of 党员年度."""
        return {row["党员代码"]: row for row in self._plain(OF_MEMBER)}

    @cached_property
    def scores(self) -> dict[str, list[tuple[int, Row]]]:
        """党组织代码 -> the scores of the report year that were given by the day.

        Where each stands, and its line.
        """
        last = pd.Timestamp(self.as_of)
        found: dict[str, list[tuple[int, Row]]] = {}
        for at, row in enumerate(self._plain("考核得分", *OF_SCORE)):
            day = row["检查日期"]
            if row["年度"] == self.year and (day is None or day <= last):
                found.setdefault(row["党组织代码"], []).append((at, row))
        return found

    def rows(self, title: str, org: str) -> list[int]:
        """Where an organisation's lines stand in a sheet."""
        if title not in self._places:
            self._places[title] = self._owned(title)
        return self._places[title].get(org, [])

    def lines(self, title: str, org: str) -> list[Row]:
        """An organisation's lines of a sheet."""
        every = self._plain(title)
        return [every[at] for at in self.rows(title, org)]

    def _plain(self, title: str, *columns: str) -> Sequence[Row]:
        """The rows of a sheet with these columns at least, or with all where none is named.

        A county's cells are many.
        """
        if self._records:
            return self._records(title)
        if (title, *columns) not in self._read:
            frame = self.frames[title]
            frame = frame[list(columns)] if columns else frame
            names = pd.Index(
                list(frame.columns), dtype=object
            )  # pandas keeps them in Arrow, slow to go through
            self._read[title, *columns] = records(frame.set_axis(names, axis="columns"))
        return self._read[title, *columns]

    def branch(self, code: str) -> Branch:
        """An organisation as its report sees it, but for its unit and what the county hands over."""
        return Branch(code, self.year, self.as_of, self.settings, _Own(self, code))

    def _owned(self, title: str) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        keys = {OF_MEMBER: ("党员代码",), HONOURS: ("党组织代码", "党员代码")}
        for at, row in enumerate(self._plain(title, *keys.get(title) or (OWNER[title],))):
            for owner in self._owners(title, row) - {None}:
                places.setdefault(owner, []).append(at)
        return places

    def _owners(self, title: str, row: Row) -> set[Any]:
        if title == HONOURS:
            return {row["党组织代码"], self._home.get(row["党员代码"])}
        return {self._home.get(row["党员代码"]) if title == OF_MEMBER else row[OWNER[title]]}

    @cached_property
    def _home(self) -> dict[str, str]:
        return {row["党员代码"]: row["所属党组织"] for row in self._plain("党员", *ON_REGISTER)}


class _Own(Mapping[str, pd.DataFrame]):
    """The frames of one organisation, each cut out when it is asked for."""

    def __init__(self, pages: Pages, code: str) -> None:
        self._pages, self._code = pages, code
        self._cut: dict[str, pd.DataFrame] = {}

    def __getitem__(self, title: str) -> pd.DataFrame:
        if title not in self._cut:
            self._cut[title] = self._frame(title)
        return self._cut[title]

    def _frame(self, title: str) -> pd.DataFrame:
        pages = self._pages
        if title == FOR_ALL:
            return pages.frames[title]
        if title == SECRETARY:
            everyone = pages.frames["党员"]
            mine: pd.DataFrame = everyone[
                everyone["党员代码"] == pages.orgs[self._code]["书记党员代码"]
            ]
            return mine
        home = str(pages.frames["党组织"].index[pages.rows("党组织", self._code)[0]][0])
        return excerpt(pages.frames[title], pages.rows(title, self._code), home)

    def __iter__(self) -> Iterator[str]:
        return iter((*OWNER, OF_MEMBER, HONOURS, SECRETARY, FOR_ALL))

    def __len__(self) -> int:
        return len(OWNER) + 4


def pages_of(branch: Branch) -> Pages:
    """The pages of one organisation that has been cut out already."""
    return Pages(branch.frames, branch.settings, branch.year, branch.as_of, branch.records)


def county_pages(data: Dataset) -> Pages:
    """The pages of a whole county."""
    county = County(data)
    frames = {
        **data.frames, "党员": county.members, OF_MEMBER: county.member_year, "组织生活台账": county.activities,
        "三单台账": county.tasks,
    }  # fmt: skip
    return Pages(frames, county.settings, county.year, county.as_of)
