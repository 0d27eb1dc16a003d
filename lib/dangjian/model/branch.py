"""A slice -> one organisation as its own report sees it.

Its own rows, and county figures handed over as facts.

The slice was cut before anything is counted here (`division`); no row of another organisation can
be reached.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any, TypeVar, cast

import pandas as pd

from dangjian.model.county import BRANCH_TYPES, SOE_KINDS, County, among, equal, named
from dangjian.model.own_texts import TITLE, texts_of
from gongwen.facts.value import Fact
from zhibi.data.dataset import Dataset, Frames
from zhibi.data.figures.measure import count
from zhibi.data.figures.origin import Mask
from zhibi.data.figures.picking import pick_at, records
from zhibi.notebook.supplement import Supplement

COMMITTEE_POSTS = ("书记", "副书记", "委员")
JOIN = "；"  # between the types of organisation a unit has
OWN = ("发展党员", "考核得分", "案例品牌", "考核指标", "撰写", "补充数据")
T = TypeVar("T")


@dataclass(frozen=True)
class _Handed:
    """Names of the facts the county hands over."""

    superior: str = "上级"
    place: str = "名次"
    unit_size: str = "所在单位党员数"
    unit_types: str = "所在单位党组织类型"


HANDED = _Handed()


@dataclass(frozen=True)
class Unit:
    """What a branch is told of the unit it belongs to.

    Enough to see which organisation the unit should have.
    """

    enterprise: bool = False
    types: frozenset[str] = frozenset()
    members: Fact | None = None


@dataclass(frozen=True)
class Branch:
    """One organisation on 数据截止日 (or on the day it was closed).

    Frames keep the workbook's headers and origins.
    """

    code: str
    year: int
    as_of: date
    settings: Mapping[str, Fact]
    frames: Mapping[str, pd.DataFrame] = field(compare=False)
    unit: Unit = field(default_factory=Unit)
    handed: Mapping[str, Fact] = field(default_factory=dict)
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out at the first call with this key.

        Forty rules ask for the same few things.
        """
        if key not in self._kept:
            self._kept[key] = make()
        return cast("T", self._kept[key])

    @property
    def superior(self) -> Fact | None:
        """The name of the organisation above; None for the highest."""
        return self.handed.get(HANDED.superior)

    @cached_property
    def supplement(self) -> Supplement:
        """补充数据 of the organisation."""
        return Supplement(self.frames["补充数据"], self.until)

    @property
    def place(self) -> Fact | None:
        """Its place by 得分率 among the branches of the county; None where it has no score."""
        return self.handed.get(HANDED.place)

    @property
    def row(self) -> pd.DataFrame:
        """Its line in 党组织, a frame of one row."""
        return self.frames["党组织"]

    def cell(self, column: str) -> Any:
        """A cell of that line; None where it is blank."""
        return self.records("党组织")[0][column]

    def records(self, title: str) -> list[dict[str, Any]]:
        """The rows of a sheet as plain values, to choose among.

        Position for position those of the frame.
        """
        return self.once(("records", title), lambda: records(self.frames[title]))

    @property
    def kind(self) -> str:
        """党支部, 党总支, 党委 …"""
        return str(self.cell("类型"))

    @property
    def is_branch(self) -> bool:
        """True for 党支部 of every kind."""
        return self.kind in BRANCH_TYPES

    @property
    def founded(self) -> date | None:
        """成立日期; None where nobody filled it in."""
        day = self.cell("成立日期")
        return None if day is None else day.date()

    @property
    def until(self) -> date:
        """The last day its duties count: 数据截止日, or the day it was closed or merged, if that was earlier."""
        closed = self.cell("撤销日期")
        if self.cell("状态") == "撤销" and closed is not None and closed.date() < self.as_of:
            ended: date = closed.date()
            return ended
        return self.as_of

    @property
    def year_over(self) -> bool:
        """True if the report year lies wholly before the end of the day the data ends, so that yearly duties are due."""
        return self.as_of >= date(self.year, 12, 31)

    @cached_property
    def named(self) -> Fact:
        """What it is called: 简称, or 名称 where there is none."""
        return named(self.row)

    def picked(self, column: str, unit: str = "") -> Fact:
        """A cell of its line as a fact."""
        label = f"{self.named.value}{column}"
        return self.once(
            ("picked", column, unit), lambda: pick_at(self.row, 0, column, label, unit)
        )

    def __getitem__(self, title: str) -> pd.DataFrame:
        return self.frames[title]

    def texts(self, report: str) -> Mapping[str, str]:
        """What was written for a report on it, by the name of the place."""
        return texts_of(self[TITLE], report, self.code, self.year)

    @cached_property
    def members(self) -> pd.DataFrame:
        """Its own members on the register."""
        return self.frames["党员"]

    @cached_property
    def full_members(self) -> pd.DataFrame:
        """正式党员."""
        return self.members[equal(self.members["党员类别"], "正式")]

    @cached_property
    def member_year(self) -> pd.DataFrame:
        """党员年度 of the report year."""
        return self.frames["党员年度"]

    @cached_property
    def activities(self) -> pd.DataFrame:
        """组织生活台账 of the report year up to the day."""
        return self.frames["组织生活台账"]

    @property
    def secretary(self) -> pd.DataFrame:
        """The secretary's line in 党员, wherever registered; empty where none is reported."""
        return self.frames["书记"]

    @cached_property
    def committee(self) -> pd.DataFrame:
        """Members with a post in the committee."""
        return self.members[self.members["党内职务"].isin(COMMITTEE_POSTS)]

    @cached_property
    def size(self) -> Fact:
        """Members on the register."""
        return count(self.members, f"{self.named.value}在册党员数", "名", as_of=self.as_of)

    @cached_property
    def full_size(self) -> Fact:
        """正式党员 on the register."""
        return count(self.full_members, f"{self.named.value}正式党员数", "名", as_of=self.as_of)


def branch_of(data: Dataset) -> Branch:
    """The organisation of a slice: what was on the register, done and given out up to the day it is judged."""
    county, code = County(data), data.slice_of
    return Branch(
        code,
        county.year,
        county.as_of,
        county.settings,
        _frames(county, code),
        _unit(data),
        data.handed,
    )


def _frames(county: County, code: str) -> Frames:
    """What it had and did, each sheet chosen when it is asked for."""
    data = county.data

    def members() -> pd.DataFrame:
        return county.members[equal(county.members["所属党组织"], code)]

    def secretary() -> pd.DataFrame:
        return county.members[
            among(county.members["党员代码"], data["党组织"]["书记党员代码"].dropna())
        ]

    def of_members(frame: pd.DataFrame) -> Mask:
        return among(frame["党员代码"], frames["党员"]["党员代码"])

    def honours() -> pd.DataFrame:
        awarded = data["荣誉"]
        mine: pd.DataFrame = awarded[equal(awarded["党组织代码"], code) | of_members(awarded)]
        return mine

    frames = Frames({
        "党组织": lambda: data["党组织"],
        "党员": members,
        "书记": secretary,
        "党员年度": lambda: county.member_year[of_members(county.member_year)],
        "组织生活台账": lambda: county.activities,
        **{title: partial(data.__getitem__, title) for title in OWN},
        "三单台账": lambda: county.tasks,
        "荣誉": honours,
    })  # fmt: skip
    return frames


def _unit(data: Dataset) -> Unit:
    rows, types = data["单位"], data.handed.get(HANDED.unit_types)
    if rows.empty or types is None:
        return Unit()
    return Unit(
        rows["单位类别"].array[0] in SOE_KINDS,
        frozenset(str(types.value).split(JOIN) if types.value else ()),
        data.handed.get(HANDED.unit_size),
    )
