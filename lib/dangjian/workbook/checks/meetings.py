"""组织生活台账 -> V38, V39, V04 (year), V07, V08, V15–V17."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from dangjian.workbook.checks.findings import Saying, about_several, tell, year_of
from dangjian.workbook.checks.structure import _parents, _upwards
from gongwen.findings import Finding, Level, Location
from zhibi.data.dataset import Dataset

TITLE = "组织生活台账"
OWN_MEETINGS = (
    "党员大会",
    "支委会",
    "党小组会",
    "组织生活会",
)  # nobody but the organisation's own members attends
JOINT = ("培训班", "督查", "现场会", "其他")
LEEWAY = 1.1
TELLING_LENGTH = 10  # characters; shorter topics (半年工作总结) are alike without being copied
OTHERS = 3
MOST_A_DAY = 3
WEEKENDS = 3
SATURDAY = 5
SHOWN = 6


def founding_known(dataset: Dataset) -> Iterable[Finding]:
    """V38 填有成立日期；没有填的，按全年都在计算应开展的期数。"""
    frame = dataset.sound("党组织", "党组织代码", "成立日期")
    meetings = dataset[TITLE]["党组织代码"]
    unknown = frame[frame["成立日期"].isna() & frame["党组织代码"].isin(meetings)]
    message = "没有填成立日期，应开展的期数按全年都在计算"
    saying = Saying("V38", Level.WARNING, message, message, "当年成立的请补上，否则会多算。")
    yield from tell(dataset, "党组织", "成立日期", unknown, saying)


def any_this_year(dataset: Dataset) -> Iterable[Finding]:
    """V39 报告年度有活动记录；一条都没有而上一年度有的，多半是忘了补。"""
    year = year_of(dataset)
    days = dataset.sound(TITLE, "日期")["日期"].dropna()
    if year is None or days.empty or (days.dt.year >= year).any():
        return
    message = f"{year}年度没有一条活动记录，最近一条是{days.max().date()}。"
    hint = "请补上这一年的台账，或改设置中的年度；不补，报告里都是未填报。"
    yield Finding("V39", Level.WARNING, Location(sheet=TITLE, column="日期"), message, hint)


def in_year(dataset: Dataset) -> Iterable[Finding]:
    """V04 活动日期在报告年度内（上一年度的留作对比）。"""
    year = year_of(dataset)
    frame = dataset.sound(TITLE, "日期")
    if year is None:
        return
    odd = frame[frame["日期"].notna() & ~frame["日期"].dt.year.isin((year - 1, year))]
    saying = Saying(
        "V04",
        Level.ERROR,
        f"日期{{日期}}不在{year}年度",
        f"日期不在{year}年度",
        "请核对日期，或改设置中的年度。",
    )
    yield from tell(dataset, TITLE, "日期", odd, saying)


def attendance(dataset: Dataset) -> Iterable[Finding]:
    """V07 实到不超过应到。"""
    frame = dataset.sound(TITLE, "应到", "实到")
    odd = frame[(frame["实到"] > frame["应到"]).fillna(value=False)]
    saying = Saying(
        "V07", Level.ERROR, "实到{实到}人多于应到{应到}人", "实到多于应到", "请核对两个数。"
    )
    yield from tell(dataset, TITLE, "实到", odd, saying)


def due_within_members(dataset: Dataset) -> Iterable[Finding]:
    """V07 应到不超过当天党员人数一成以上；V08 民主评议实到不超过当天党员人数。"""
    frame = dataset.sound(TITLE, "党组织代码", "日期", "类型", "应到", "实到")
    frame = frame[frame["类型"].isin((*OWN_MEETINGS, "民主评议")) & frame["日期"].notna()]
    members = dataset.sound("党员", "党员代码", "所属党组织", "入党日期", "离开日期")
    orgs = dataset.sound("党组织", "党组织代码", "上级代码")
    if members.empty or orgs.empty or frame.empty:
        return
    unread = len(members) != len(dataset["党员"]) or len(orgs) != len(dataset["党组织"])
    homeless = ~members["所属党组织"].dropna().isin(orgs["党组织代码"].dropna())
    if unread or homeless.any():  # the number of members is not known
        message = "“党员”或“党组织”表还有错误，应到和参评人数没有与党员人数核对（V07、V08）。"
        place = Location(sheet=TITLE)
        yield Finding("B21", Level.NOTE, place, message, "改好错误后请再查一次。")
        return
    frame = frame.assign(党员=_members_on(dataset, members, frame))
    review = frame["类型"] == "民主评议"
    odd = frame[~review & (frame["应到"] > frame["党员"] * LEEWAY).fillna(value=False)]
    message = "应到{应到}人，当天本组织党员{党员}名，多出一成以上"
    yield from tell(
        dataset,
        TITLE,
        "应到",
        odd,
        Saying("V07", Level.WARNING, message, "应到人数明显多于当天党员人数", "请核实。"),
    )
    odd = frame[review & (frame["实到"] > frame["党员"]).fillna(value=False)]
    message = "参评{实到}人，多于当天在册党员{党员}名"
    yield from tell(
        dataset,
        TITLE,
        "实到",
        odd,
        Saying("V08", Level.ERROR, message, "参评人数多于在册党员", "请核对人数。"),
    )


def _members_on(
    dataset: Dataset, members: pd.DataFrame, meetings: pd.DataFrame
) -> np.ndarray[Any, Any]:
    """Members of each meeting's organisation, those below it included, on the day of the meeting."""
    above = _parents(dataset.sound("党组织", "党组织代码", "上级代码"))
    numbers = {code: number for number, code in enumerate(above)}
    lines = {code: [*map(numbers.__getitem__, _upwards(code, above))] for code in above}
    homes = [lines.get(code, []) for code in members["所属党组织"]]
    lengths = [len(line) for line in homes]
    org = np.fromiter(chain.from_iterable(homes), dtype=np.int64)
    span = 10**6  # days; keeps organisation and day apart in one sortable number
    joined = _days(members["入党日期"], missing=0)
    left = _days(members["离开日期"], missing=span - 1)
    came = np.sort(org * span + np.repeat(joined, lengths))
    went = np.sort(org * span + np.repeat(left, lengths))
    at = (
        meetings["党组织代码"]
        .map(numbers)
        .astype("Int64")
        .fillna(len(numbers))
        .to_numpy(dtype=np.int64)
    )
    day = at * span + _days(meetings["日期"], missing=0)
    arrived = np.searchsorted(came, day, side="right") - np.searchsorted(came, at * span)
    departed = np.searchsorted(went, day, side="right") - np.searchsorted(went, at * span)
    return np.asarray(arrived - departed)


def _days(dates: pd.Series[Any], missing: int) -> np.ndarray[Any, Any]:
    days = (dates - pd.Timestamp("1900-01-01")).dt.days
    return days.fillna(missing).clip(lower=0).to_numpy(dtype=np.int64)


def not_twice(dataset: Dataset) -> Iterable[Finding]:
    """V15 同一组织同一天同一类型同一主题只记一次。"""
    key = ["党组织代码", "日期", "类型", "主题"]
    frame = dataset.sound(TITLE, *key).dropna(subset=key)
    odd = frame[frame.duplicated(key)]
    saying = Saying(
        "V15",
        Level.WARNING,
        "“{党组织代码}”{日期}{类型}“{主题}”记了不止一次",
        "同一活动记了不止一次",
        "重复登记的请删去。",
    )
    yield from tell(dataset, TITLE, "主题", odd, saying)


def not_copied(dataset: Dataset) -> Iterable[Finding]:
    """V16 主题不与本组织上一年的相同，也不与另外三个以上组织不同日期的活动一字不差。"""
    frame = dataset.sound(TITLE, "党组织代码", "日期", "类型", "主题").dropna(
        subset=["主题", "日期", "党组织代码"]
    )
    frame = frame[~frame["类型"].isin(JOINT) & (frame["主题"].str.len() >= TELLING_LENGTH)]
    frame = frame[frame["主题"].duplicated(keep=False)]
    if frame.empty:
        return
    frame = frame.assign(年=frame["日期"].dt.year)
    before = frame[["党组织代码", "主题", "年"]].assign(年=frame["年"] + 1).drop_duplicates()
    again = (
        frame.reset_index()
        .merge(before, on=["党组织代码", "主题", "年"])
        .set_index(frame.index.names)
    )
    saying = Saying(
        "V16",
        Level.WARNING,
        "主题“{主题}”与本组织上一年的活动相同",
        "主题与本组织上一年的活动相同",
        "请核实是否照抄上年记录。",
    )
    yield from tell(dataset, TITLE, "主题", again, saying)
    groups = frame.groupby("主题").agg(组织=("党组织代码", "nunique"), 天=("日期", "nunique"))
    for topic in groups.index[(groups["组织"] > OTHERS) & (groups["天"] > 1)]:
        mine = frame[frame["主题"] == topic]
        codes = list(dict.fromkeys(mine["党组织代码"]))
        names = "、".join(codes[:SHOWN]) + ("等" if len(codes) > SHOWN else "")
        row = mine.iloc[:1].assign(组织=names, 组织数=len(codes))
        message = "主题“{主题}”在{组织数}个组织（{组织}）的记录中一字不差"
        gist = "主题与别的组织一字不差"
        saying = Saying("V16", Level.WARNING, message, gist, "请核实是否互相照抄。")
        yield from about_several(tell(dataset, TITLE, "主题", row, saying))


def ordinary_days(dataset: Dataset) -> Iterable[Finding]:
    """V17 活动不集中在周末，一天不超过三次（只看星期几，不看节假日调休）。"""
    frame = dataset.sound(TITLE, "党组织代码", "日期").dropna(subset=["党组织代码", "日期"])
    day = frame.groupby(["党组织代码", "日期"])["日期"].transform("size")
    crowded = frame.assign(次数=day)[day > MOST_A_DAY].drop_duplicates(["党组织代码", "日期"])
    saying = Saying(
        "V17",
        Level.WARNING,
        "“{党组织代码}”{日期}一天登记了{次数}次活动",
        "一天登记的活动过多",
        "请核实日期。",
    )
    yield from tell(dataset, TITLE, "日期", crowded, saying)
    weekend = frame["日期"].dt.day_of_week >= SATURDAY
    parts = weekend.groupby(frame["党组织代码"]).agg(["sum", "size"])
    often = parts[(parts["sum"] >= WEEKENDS) & (parts["sum"] * 2 > parts["size"])]
    suspect = frame[weekend & frame["党组织代码"].isin(often.index)].drop_duplicates("党组织代码")
    suspect = suspect.assign(
        次数=suspect["党组织代码"].map(often["sum"]).astype("Int64"),
        总数=suspect["党组织代码"].map(often["size"]).astype("Int64"),
    )
    saying = Saying(
        "V17",
        Level.WARNING,
        "“{党组织代码}”的{总数}次活动有{次数}次在周末",
        "活动多在周末",
        "请核实日期。",
    )
    yield from tell(dataset, TITLE, "日期", suspect, saying)
