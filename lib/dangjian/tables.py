"""A county -> the rows its report tables print: each number a fact, each name a cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from dangjian.county import BRANCH_TYPES, County
from dangjian.periods import months_due
from dangjian.problems import Problem, counts_as
from zhibi.facts import count, count_distinct, pick, ratio
from zhibi.facts.value import Fact

Rows = list[dict[str, Any]]


def each(frame: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """The frame's rows one at a time, each still a frame with its origin."""
    return (frame.iloc[[position]] for position in range(len(frame)))


def unit_overview(county: County) -> Rows:
    """One row a unit: kind, staff, organisations, members, 党建入章."""
    rows = []
    for unit in each(county.units):
        code, name = unit["单位代码"].iloc[0], unit["简称"].iloc[0]
        rows.append({
            "单位": pick(unit, "简称" if isinstance(name, str) else "单位全称"),
            "类别": pick(unit, "单位类别"),
            "职工": pick(unit, "职工总数(人)", f"{name}职工总数", "人"),
            "党组织": count(county.orgs_of_unit(code), f"{name}党组织数", "个", as_of=county.as_of),
            "党支部": count(_branches(county.orgs_of_unit(code)), f"{name}党支部数", "个", as_of=county.as_of),
            "党员": count(county.members_of_unit(code), f"{name}在册党员数", "名", as_of=county.as_of),
        })  # fmt: skip
    return rows


def org_types(county: County) -> Rows:
    """One row a type of organisation: how many, members registered there, members per organisation."""
    rows = []
    for kind in ("党委", "党总支", *BRANCH_TYPES):
        orgs = county.orgs[county.orgs["类型"] == kind]
        if orgs.empty:
            continue
        number = count(orgs, f"{kind}数", "个", as_of=county.as_of)
        members = count(county.members[county.members["所属党组织"].isin(orgs["党组织代码"])], f"{kind}所属党员数", "名", as_of=county.as_of)
        rows.append({"类型": kind, "数量": number, "直接管理党员": members, "平均": ratio(members, number, f"平均每个{kind}党员数", "名")})
    return rows


def monthly_theme_days(county: County) -> list[tuple[str, Fact, Fact]]:
    """(month, branches held to a 主题党日 that month, those that recorded one), for every month that is over."""
    held = county.activities[(county.activities["类型"] == "主题党日") | counts_as(county.activities, "主题党日")]
    held = held[held["党组织代码"].isin(county.branches["党组织代码"])]
    months = []
    for month in range(1, 13):
        due = [month in months_due(day.date(), county.year, county.as_of) for day in county.branches["成立日期"]]
        if not any(due):
            continue
        bound = county.branches[due]
        done = held[(held["日期"].dt.month == month) & held["党组织代码"].isin(bound["党组织代码"])]
        label = f"{month}月"
        months.append((
            label,
            count(bound, f"{label}应开展主题党日的党支部数", "个", as_of=county.as_of),
            count_distinct(done["党组织代码"], f"{label}开展主题党日的党支部数", "个", as_of=county.as_of),
        ))  # fmt: skip
    return months


def org_register(county: County) -> Rows:
    """附表: one row an organisation: name, type, superior, members, election, end of term by the sheet's own words."""
    names = dict(zip(county.orgs["党组织代码"], county.orgs["简称"], strict=True))
    rows = []
    for org in each(county.orgs):
        code, parent = org["党组织代码"].iloc[0], org["上级代码"].iloc[0]
        rows.append({
            "党组织": pick(org, "简称"),
            "类型": pick(org, "类型"),
            "上级党组织": names.get(parent, "—") if isinstance(parent, str) else "—",
            "党员": count(county.members[county.members["所属党组织"] == code], f"{names[code]}在册党员数", "名", as_of=county.as_of),
            "本届选举": pick(org, "本届选举日期"),
            "任期": pick(org, "任期(年)", unit="年"),
        })  # fmt: skip
    return rows


def remedies(found: Iterable[Problem]) -> Rows:
    """附表: every problem with each open task that answers it: what, who, by when. A problem without a task shows none."""
    rows: Rows = []
    for problem in found:
        tasks = list(each(problem.待办))
        for task in tasks:
            rows.append({
                "问题": problem.涉及.label, "涉及": problem.涉及, "整改事项": pick(task, "事项"),
                "责任人": pick(task, "责任人职务"), "时限": pick(task, "时限"),
            })  # fmt: skip
        if not tasks:
            rows.append({"问题": problem.涉及.label, "涉及": problem.涉及, "整改事项": "尚未列入三单", "责任人": "—", "时限": "—"})
    return rows




def _branches(orgs: pd.DataFrame) -> pd.DataFrame:
    return orgs[orgs["类型"].isin(BRANCH_TYPES)]
