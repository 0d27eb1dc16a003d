"""A validated workbook -> the county as the reports see it.

Who is in it on the day the data ends.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dangjian.model.own_texts import TITLE, texts_of
from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.tree import codes_below, direct_subordinates, places_by, unit_of_org
from gongwen.facts.value import Fact
from zhibi.data.dataset import Dataset
from zhibi.data.figures.origin import Mask
from zhibi.data.figures.picking import pick
from zhibi.data.figures.values import value_of
from zhibi.data.snapshot.slices import open_whole
from zhibi.notebook.supplement import Supplement

BRANCH_TYPES = ("党支部", "联合党支部", "临时党支部")
SOE_KINDS = ("县属国企", "区管企业", "委管企业")


@dataclass(frozen=True)
class County:
    """One county at its 数据截止日. Frames keep the workbook's own headers.

    Their index is the origin of every row.
    """

    data: Dataset

    @property
    def settings(self) -> Mapping[str, Fact]:
        """The 设置 sheet by its Chinese names."""
        return self.data.settings

    @cached_property
    def year(self) -> int:
        """The report year."""
        value = self.settings["年度"].value
        assert isinstance(value, int)  # the contract requires it
        return value

    @cached_property
    def as_of(self) -> date:
        """The day up to which every figure counts."""
        value = self.settings["数据截止日"].value
        assert isinstance(value, date)  # the contract requires it
        return value

    @cached_property
    def supplement(self) -> Supplement:
        """补充数据 of the county itself: rows that name no organisation."""
        frame = self.data["补充数据"]
        return Supplement(frame[frame["组织"].isna()], self.as_of)

    @cached_property
    def units(self) -> pd.DataFrame:
        """单位, one a row."""
        return self.data["单位"]

    @cached_property
    def orgs(self) -> pd.DataFrame:
        """党组织 in being on the day: neither 撤销 nor founded later.

        党小组 are parts of branches and left out.
        """
        frame = self.data["党组织"]
        closed = (frame["状态"] == "撤销") & ~(frame["撤销日期"] > pd.Timestamp(self.as_of))
        later = frame["成立日期"] > pd.Timestamp(self.as_of)
        return frame[~closed & ~later & (frame["类型"] != "党小组")]

    @cached_property
    def branches(self) -> pd.DataFrame:
        """党支部 of every kind."""
        return self.orgs[self.orgs["类型"].isin(BRANCH_TYPES)]

    @cached_property
    def members(self) -> pd.DataFrame:
        """党员 on the register on the day: not marked 否 under 在册, not admitted later, not gone."""
        frame = self.data["党员"]
        gone = equal(frame["在册"], value=False) | by(frame["离开日期"], self.as_of)
        present: pd.DataFrame = frame[~gone & ~after(frame["入党日期"], self.as_of)]
        return present

    @cached_property
    def member_year(self) -> pd.DataFrame:
        """党员年度 of the report year, for members on the register."""
        frame = self.data["党员年度"]
        registered = among(frame["党员代码"], self.members["党员代码"])
        years: pd.DataFrame = frame[equal(frame["年度"], self.year) & registered]
        return years

    @cached_property
    def activities(self) -> pd.DataFrame:
        """组织生活台账 of the report year up to the day."""
        frame = self.data["组织生活台账"]
        days: Any = frame["日期"].array
        within: pd.DataFrame = frame[(days.year == self.year) & by(frame["日期"], self.as_of)]
        return within

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """三单台账 given out up to the day."""
        frame = self.data["三单台账"]
        return frame[by(frame["下达日"], self.as_of)]

    @cached_property
    def closed_tasks(self) -> pd.Series[bool]:
        """True for tasks of `tasks` that were closed by the day.

        One closed later was still open then.
        """
        later = (self.tasks["销号日"] > pd.Timestamp(self.as_of)).fillna(value=False)
        closed: pd.Series[bool] = (self.tasks["状态"] == "已销号").fillna(value=False) & ~later
        return closed.astype(bool)

    def texts(self, report: str) -> Mapping[str, str]:
        """What was written for a report on the whole county, by the name of the place."""
        return texts_of(self.data[TITLE], report, None, self.year)

    @cached_property
    def unit_of_org(self) -> Mapping[str, str]:
        """党组织代码 -> 单位代码.

        An organisation without a unit of its own belongs to its superior's.
        """
        return unit_of_org(self.data["党组织"])

    def members_under(self, org_code: str) -> pd.DataFrame:
        """Members on the register of an organisation and of everything below it."""
        return self.members.take(self.places_under(org_code))

    def members_of_unit(self, unit_code: str) -> pd.DataFrame:
        """Members on the register of all organisations of a unit."""
        return self.members.take(self.member_places_of_unit.get(unit_code, ()))

    def orgs_of_unit(self, unit_code: str) -> pd.DataFrame:
        """Organisations of a unit."""
        return self.orgs.take(self.org_places_of_unit.get(unit_code, ()))

    def places_under(self, org_code: str) -> Sequence[int]:
        """Where the members of an organisation and of everything below it stand in `members`."""
        codes = codes_below(self._direct_subordinates, org_code)
        places = (self._member_places.get(code, ()) for code in codes)
        return sorted(chain.from_iterable(places))

    @cached_property
    def member_places_of_unit(self) -> Mapping[Hashable, Sequence[int]]:
        """单位代码 -> where its members stand in `members`."""
        return places_by(self.members["所属党组织"].map(self.unit_of_org))

    @cached_property
    def org_places_of_unit(self) -> Mapping[Hashable, Sequence[int]]:
        """单位代码 -> where its organisations stand in `orgs`."""
        return places_by(self.orgs["党组织代码"].map(self.unit_of_org))

    @cached_property
    def _member_places(self) -> Mapping[Hashable, Sequence[int]]:
        return places_by(self.members["所属党组织"])

    @cached_property
    def _direct_subordinates(self) -> Mapping[str, Sequence[str]]:
        return direct_subordinates(self.data["党组织"])


def equal(column: pd.Series, value: Any) -> Mask:
    """True where a cell holds the value; a blank cell holds none.

    On the array: a Series costs more than its rows.
    """
    same: Any = column.array == value
    return np.asarray(
        same if isinstance(same, np.ndarray) else same.to_numpy(dtype=bool, na_value=False)
    )


def among(column: pd.Series, values: pd.Series) -> Mask:
    """True where a cell holds one of the values of another column."""
    return np.asarray(column.array.isin(values.array), dtype=bool)


def by(column: pd.Series, day: date) -> Mask:
    """True where a date is not later than the day; False for a blank one."""
    return np.asarray(column.array <= pd.Timestamp(day), dtype=bool)


def after(column: pd.Series, day: date) -> Mask:
    """True where a date is later than the day; False for a blank one."""
    return np.asarray(column.array > pd.Timestamp(day), dtype=bool)


def named(row: pd.DataFrame) -> Fact:
    """What to call a unit or an organisation: its 简称, or its full name where no short one is given."""
    full = full_name_column(row)
    return pick(row, full if pd.isna(row["简称"].iloc[0]) else "简称")


def called(row: Mapping[str, Fact], full: str) -> Fact:
    """The same of a row that is facts already; `full` is the column of full names."""
    return row[full] if row["简称"].missing else row["简称"]


def full_name_column(frame: pd.DataFrame) -> str:
    """The column in which units, or organisations, have their full names."""
    return "单位全称" if "单位全称" in frame.columns else "名称"


def names(frame: pd.DataFrame) -> list[str]:
    """What each line of 党组织 is called, as `named` tells it."""
    pairs = zip(frame["简称"], frame["名称"], strict=True)
    return [str(value_of(full if pd.isna(short) else short, "名称")) for short, full in pairs]


def open_county(workbook: str | Path) -> County:
    """The county in a workbook, a folder or a database; a relative path counts from the workspace.

    Raises InvalidInput.
    """
    return County(open_whole(workbook, CONTRACT))
