"""A county -> one of its organisations as its own report sees it: its own rows, and county figures handed over as facts.

Every frame here is cut before anything is counted; no row of another organisation can be reached from a Branch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from dangjian.county import BRANCH_TYPES, SOE_KINDS, County, named, open_county
from zhibi.errors import UnknownName
from zhibi.facts.measure import count, pick
from zhibi.facts.value import Fact

COMMITTEE_POSTS = ("书记", "副书记", "委员")


@dataclass(frozen=True)
class Unit:
    """What a branch is told of the unit it belongs to: enough to see which organisation the unit should have."""

    enterprise: bool = False
    types: frozenset[str] = frozenset()
    members: Fact | None = None
    rows: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)


@dataclass(frozen=True)
class Branch:
    """One organisation on 数据截止日 (or on the day it was closed). Frames keep the workbook's headers and origins."""

    code: str
    year: int
    as_of: date
    settings: Mapping[str, Fact]
    frames: Mapping[str, pd.DataFrame] = field(compare=False)
    unit: Unit = field(default_factory=Unit)

    @property
    def row(self) -> pd.DataFrame:
        """Its line in 党组织, a frame of one row."""
        return self.frames["党组织"]

    def cell(self, column: str) -> Any:
        """A cell of that line; None where it is blank."""
        value = self.row[column].iloc[0]
        return None if pd.isna(value) else value

    @property
    def kind(self) -> str:
        """党支部, 党总支, 党委 …"""
        return str(self.cell("类型"))

    @property
    def is_branch(self) -> bool:
        """True for 党支部 of every kind."""
        return self.kind in BRANCH_TYPES

    @property
    def founded(self) -> date:
        """成立日期."""
        day: date = self.cell("成立日期").date()
        return day

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

    @property
    def named(self) -> Fact:
        """What it is called: 简称, or 名称 where there is none."""
        return named(self.row)

    def picked(self, column: str, unit: str = "") -> Fact:
        """A cell of its line as a fact."""
        return pick(self.row, column, f"{self.named.value}{column}", unit)

    def __getitem__(self, title: str) -> pd.DataFrame:
        return self.frames[title]

    @cached_property
    def members(self) -> pd.DataFrame:
        """Its own members on the register."""
        return self.frames["党员"]

    @cached_property
    def full_members(self) -> pd.DataFrame:
        """正式党员."""
        return self.members[self.members["党员类别"] == "正式"]

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

    @property
    def committee(self) -> pd.DataFrame:
        """Members with a post in the committee."""
        return self.members[self.members["党内职务"].isin(COMMITTEE_POSTS)]

    @property
    def size(self) -> Fact:
        """Members on the register."""
        return count(self.members, f"{self.named.value}在册党员数", "名", as_of=self.as_of)

    @property
    def full_size(self) -> Fact:
        """正式党员 on the register."""
        return count(self.full_members, f"{self.named.value}正式党员数", "名", as_of=self.as_of)

    def of_members(self, members: pd.DataFrame) -> pd.DataFrame:
        """党员年度 of the report year of some of its members."""
        return self.member_year[self.member_year["党员代码"].isin(members["党员代码"])]


def cut(county: County, code: str) -> Branch:
    """One organisation of a county, closed ones included. An unknown code is refused with the near miss."""
    orgs = county.data["党组织"]
    row = orgs[orgs["党组织代码"] == code]
    if len(row) != 1:
        raise UnknownName("党组织代码", code, orgs["党组织代码"].astype(str))
    members = county.members[county.members["所属党组织"] == code]
    own = {
        "党组织": row,
        "党员": members,
        "书记": county.members[county.members["党员代码"].isin(row["书记党员代码"].dropna())],
        "党员年度": county.member_year[county.member_year["党员代码"].isin(members["党员代码"])],
        "组织生活台账": _own(county.activities, code),
        "三单台账": _own(county.tasks, code, "责任组织"),
        "考核指标": county.data["考核指标"],
    }
    for title in ("发展党员", "考核得分", "案例品牌"):
        own[title] = _own(county.data[title], code)
    honours = county.data["荣誉"]
    mine = (honours["党组织代码"] == code) | honours["党员代码"].isin(members["党员代码"])
    own["荣誉"] = honours[mine.fillna(value=False).astype(bool)]
    return Branch(code, county.year, county.as_of, county.settings, own, _unit(county, code))


def open_branch(workbook: str, code: str) -> tuple[Branch, County]:
    """One organisation of a workbook, and the county it lies in (for figures to be handed over)."""
    county = open_county(workbook)
    return cut(county, code), county


def _own(frame: pd.DataFrame, code: str, column: str = "党组织代码") -> pd.DataFrame:
    return frame[(frame[column] == code).fillna(value=False).astype(bool)]


def _unit(county: County, code: str) -> Unit:
    unit_code = county.unit_of_org.get(code, "")
    rows = county.units[county.units["单位代码"] == unit_code]
    if rows.empty:
        return Unit()
    members = county.members_of_unit(unit_code)
    name = str(named(rows).value)
    return Unit(
        bool(rows["单位类别"].isin(SOE_KINDS).iloc[0]),
        frozenset(county.orgs_of_unit(unit_code)["类型"]),
        count(members, f"{name}在册党员数", "名", as_of=county.as_of),
        rows,
    )
