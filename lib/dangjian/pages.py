"""The sheets of a county, or of one organisation -> plain rows by organisation, each sheet gone through once.

What scores are counted again from stands here as plain numbers; the rows themselves, which facts rest on, are cut out of
the frames only for the few organisations and sheets somebody asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from dangjian.branch import Branch
from dangjian.county import County
from zhibi.facts.value import Fact
from zhibi.tables.columnar import excerpt
from zhibi.tables.dataset import Dataset

Row = Mapping[str, Any]
OWNER = {
    "党组织": "党组织代码", "党员": "所属党组织", "组织生活台账": "党组织代码", "发展党员": "党组织代码", "考核得分": "党组织代码",
    "三单台账": "责任组织", "案例品牌": "党组织代码",
}  # fmt: skip
FOR_ALL = "考核指标"
OF_MEMBER, HONOURS, SECRETARY = "党员年度", "荣誉", "书记"


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting: its kind, its day, what else it counts as."""

    kind: str
    day: pd.Timestamp
    counts_as: str


class Pages:
    """The frames a report may see, and what they hold by organisation; `settings`, year and day as in `Branch`."""

    def __init__(
        self, frames: Mapping[str, pd.DataFrame], settings: Mapping[str, Fact], year: int, as_of: date
    ) -> None:
        self.frames, self.settings, self.year, self.as_of = frames, settings, year, as_of
        self._places: dict[str, dict[str, list[int]]] = {}
        self._lines: dict[str, list[Row]] = {}
        self._above: dict[str, tuple[str, ...]] = {}

    @cached_property
    def indicators(self) -> dict[str, tuple[int, Row]]:
        """指标代码 -> where its line stands, and the line."""
        return {row["指标代码"]: (at, row) for at, row in enumerate(_plain(self.frames[FOR_ALL]))}

    @cached_property
    def parents(self) -> frozenset[str]:
        """指标代码 of indicators with others below them: their points are those of their parts."""
        return frozenset(self.frames[FOR_ALL]["上级指标"].dropna())

    def above(self, code: str) -> tuple[str, ...]:
        """The indicators above one, the nearest first; the scheme is a tree."""
        if code not in self._above:
            parent = self.indicators[code][1]["上级指标"] if code in self.indicators else None
            self._above[code] = (parent, *self.above(parent)) if isinstance(parent, str) else ()
        return self._above[code]

    @cached_property
    def orgs(self) -> dict[str, Row]:
        """党组织代码 -> its line."""
        return {row["党组织代码"]: row for row in _plain(self.frames["党组织"])}

    @cached_property
    def events(self) -> dict[str, list[Event]]:
        """党组织代码 -> its meetings of the year."""
        frame = self.frames["组织生活台账"]
        also = frame["计入类型"].fillna("").astype(str)
        found: dict[str, list[Event]] = {}
        for org, *event in zip(frame["党组织代码"], frame["类型"], frame["日期"], also, strict=True):
            found.setdefault(org, []).append(Event(*event))
        return found

    @cached_property
    def members(self) -> dict[str, list[Row]]:
        """党组织代码 -> its members on the register: code, status, post."""
        frame = self.frames["党员"][["党员代码", "所属党组织", "党员类别", "党内职务"]]
        found: dict[str, list[Row]] = {}
        for row in _plain(frame):
            found.setdefault(row["所属党组织"], []).append(row)
        return found

    @cached_property
    def years(self) -> dict[str, Row]:
        """党员代码 -> the line of 党员年度."""
        return {row["党员代码"]: row for row in _plain(self.frames[OF_MEMBER])}

    @cached_property
    def scores(self) -> dict[str, list[tuple[int, Row]]]:
        """党组织代码 -> the scores of the report year that were given by the day: where each stands, and its line."""
        frame = self.frames["考核得分"]
        late = (frame["检查日期"] > pd.Timestamp(self.as_of)).fillna(value=False).astype(bool)
        wanted = ((frame["年度"] == self.year).fillna(value=False).astype(bool) & ~late).to_numpy()
        found: dict[str, list[tuple[int, Row]]] = {}
        for at, row in zip(wanted.nonzero()[0], _plain(frame[wanted]), strict=True):
            found.setdefault(str(row["党组织代码"]), []).append((int(at), row))
        return found

    def rows(self, title: str, org: str) -> list[int]:
        """Where an organisation's lines stand in a sheet."""
        if title not in self._places:
            self._places[title] = self._owned(title)
        return self._places[title].get(org, [])

    def lines(self, title: str, org: str) -> list[Row]:
        """An organisation's lines of a sheet."""
        if title not in self._lines:
            self._lines[title] = _plain(self.frames[title])
        return [self._lines[title][at] for at in self.rows(title, org)]

    def branch(self, code: str) -> Branch:
        """An organisation as its report sees it, but for its unit and what the county hands over."""
        return Branch(code, self.year, self.as_of, self.settings, _Own(self, code))

    def _owned(self, title: str) -> dict[str, list[int]]:
        frame, home = self.frames[title], self._home
        found: dict[str, list[int]] = {}
        if title == HONOURS:
            for at, (org, member) in enumerate(zip(frame["党组织代码"], frame["党员代码"], strict=True)):
                for owner in {org, home.get(member)}:
                    if isinstance(owner, str):
                        found.setdefault(owner, []).append(at)
            return found
        owners = frame["党员代码"].map(home) if title == OF_MEMBER else frame[OWNER[title]]
        for at, owner in enumerate(owners):
            if isinstance(owner, str):
                found.setdefault(owner, []).append(at)
        return found

    @cached_property
    def _home(self) -> dict[str, str]:
        members = self.frames["党员"]
        return dict(zip(members["党员代码"], members["所属党组织"], strict=True))


def _plain(frame: pd.DataFrame) -> list[Row]:
    names = list(map(str, frame.columns))
    return [dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None)]


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
            mine: pd.DataFrame = everyone[everyone["党员代码"] == pages.orgs[self._code]["书记党员代码"]]
            return mine
        home = str(pages.frames["党组织"].index[pages.rows("党组织", self._code)[0]][0])
        return excerpt(pages.frames[title], pages.rows(title, self._code), home)

    def __iter__(self) -> Iterator[str]:
        return iter((*OWNER, OF_MEMBER, HONOURS, SECRETARY, FOR_ALL))

    def __len__(self) -> int:
        return len(OWNER) + 4


def pages_of(branch: Branch) -> Pages:
    """The pages of one organisation that has been cut out already."""
    return Pages(branch.frames, branch.settings, branch.year, branch.as_of)


def county_pages(data: Dataset) -> Pages:
    """The pages of a whole county."""
    county = County(data)
    frames = {
        **data.frames, "党员": county.members, OF_MEMBER: county.member_year, "组织生活台账": county.activities,
        "三单台账": county.tasks,
    }  # fmt: skip
    return Pages(frames, county.settings, county.year, county.as_of)
