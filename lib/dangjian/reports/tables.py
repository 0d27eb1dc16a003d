"""A county -> the rows its report tables print: each number a fact, each name a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from dangjian.model.county import BRANCH_TYPES, County, named
from dangjian.model.periods import day_in, months_due
from dangjian.model.table_rows import Rows
from dangjian.scoring.problems import Problem, counts_as
from dangjian.scoring.scores import leaves
from dangjian.workbook.sheets import STAFF, people_called
from gongwen.chinese.numbers.numerals import chinese as ordinal
from gongwen.facts.arithmetic import ratio
from gongwen.facts.value import Fact
from zhibi.data.figures.measure import count, count_distinct, pick, total


def each(frame: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """The frame's rows one at a time, each still a frame with its origin."""
    return (frame.iloc[[position]] for position in range(len(frame)))


def unit_overview(county: County) -> Rows:
    """One row a unit: kind, staff (人数 where not all of them are 职工), organisations, branches, members."""
    rows = []
    words = {people_called(kind) for kind in county.units["单位类别"]}
    head = STAFF if words <= {STAFF} else "人数"
    for unit in each(county.units):
        code, called = unit["单位代码"].iloc[0], named(unit)
        name = str(called.value)
        rows.append({
            "单位": called,
            "类别": pick(unit, "单位类别"),
            head: pick(unit, "职工总数(人)", f"{name}{people_called(unit['单位类别'].iloc[0])}总数", "人"),
            "党组织": count(county.orgs_of_unit(code), f"{name}党组织数", "个", as_of=county.as_of),
            "党支部": count(_branches(county.orgs_of_unit(code)), f"{name}党支部数", "个", as_of=county.as_of),
            "党员": count(county.members_of_unit(code), f"{name}在册党员数", "名", as_of=county.as_of),
        })  # fmt: skip
    return rows


def org_types(county: County) -> Rows:
    """One row a type of organisation: how many, and for branches the members registered there and their mean."""
    rows: Rows = []
    for kind in ("党委", "党总支", *BRANCH_TYPES):
        orgs = county.orgs[county.orgs["类型"] == kind]
        if orgs.empty:
            continue
        called = "党支部（不含联合、临时）" if kind == "党支部" else kind
        number = count(orgs, f"{called}数", "个", as_of=county.as_of)
        if kind not in BRANCH_TYPES:
            rows.append({"类型": kind, "数量": number, "所属党员": "—", "平均": "—"})
            continue
        members = count(
            county.members[county.members["所属党组织"].isin(orgs["党组织代码"])],
            f"{called}所属党员数",
            "名",
            as_of=county.as_of,
        )
        rows.append(
            {
                "类型": kind,
                "数量": number,
                "所属党员": members,
                "平均": ratio(members, number, f"平均每个{called}党员数", "名"),
            }
        )
    return rows


def monthly_theme_days(county: County) -> list[tuple[str, Fact, Fact]]:
    """(month, branches held to a 主题党日 that month, those that recorded one), for every month that is over."""
    held = _theme_days(county)
    months = []
    for month in range(1, 13):
        due = [
            month in months_due(day_in(day), county.year, county.as_of)
            for day in county.branches["成立日期"]
        ]
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


def theme_days(county: County) -> Fact:
    """How many 主题党日 the branches recorded in the year."""
    return count(_theme_days(county), "年内开展主题党日次数", "次", as_of=county.as_of)


def _theme_days(county: County) -> pd.DataFrame:
    activities = county.activities
    kind = (activities["类型"] == "主题党日") | counts_as(activities, "主题党日")
    return activities[kind & activities["党组织代码"].isin(county.branches["党组织代码"])]


def org_register(county: County) -> Rows:
    """附表: one row an organisation: name, type, superior, members (its own and those below it), election and term."""
    names = {org["党组织代码"].iloc[0]: named(org) for org in each(county.orgs)}
    rows = []
    for org in each(county.orgs):
        code, parent = org["党组织代码"].iloc[0], org["上级代码"].iloc[0]
        temporary = org["类型"].iloc[0] == "临时党支部"  # has no election and no term
        rows.append({
            "党组织": names[code],
            "类型": pick(org, "类型"),
            "上级党组织": names.get(parent, "—") if isinstance(parent, str) else "—",
            "党员": count(county.members_under(code), f"{names[code].value}及下级党组织在册党员数", "名", as_of=county.as_of),
            "本届选举": "—" if temporary else pick(org, "本届选举日期", f"{names[code].value}本届选举日期"),
            "任期": "—" if temporary else pick(org, "任期(年)", f"{names[code].value}任期", "年"),
        })  # fmt: skip
    return rows


def remedies(found: Iterable[Problem], titles: Mapping[str, str]) -> Rows:
    """附表: every problem with each open task that answers it: what, who, by when.

    A problem without a task says so.

    `titles` gives a problem's heading by its 代号.
    """
    rows: Rows = []
    for problem in found:
        tasks = list(each(problem.待办))
        for task in tasks:
            rows.append({
                "问题": titles[problem.代号], "整改事项": pick(task, "事项"),
                "责任人": pick(task, "责任人职务"), "时限": pick(task, "时限"),
            })  # fmt: skip
        if not tasks:
            rows.append(
                {
                    "问题": titles[problem.代号],
                    "整改事项": "尚未列入三单",
                    "责任人": "—",
                    "时限": "—",
                }
            )
    return rows


def score_table(county: County) -> Rows:
    """附表: one row a branch: last year's score and star, this year's quarters so far.

    — where it did not exist yet.
    """
    scores = leaves(county.data["考核指标"], county.data["考核得分"])
    scores = scores[~(scores["检查日期"] > pd.Timestamp(county.as_of)).fillna(value=False)]
    quarters = scores[(scores["年度"] == county.year) & (scores["周期类型"] == "季")]
    last = scores[(scores["年度"] == county.year - 1) & (scores["周期类型"] == "年")]
    rows = []
    for branch in each(county.branches):
        founded = day_in(branch["成立日期"].iloc[0])
        row: dict[str, Any] = {"党支部": named(branch)}
        row["上年得分"] = _score(
            county, last, branch, "上年得分", since=date(county.year - 1, 1, 1), founded=founded
        )
        row["上年星级"] = (
            pick(branch, "上年星级") if founded is None or founded.year < county.year else "—"
        )
        for quarter in sorted({int(number) for number in quarters["期次"].unique()}):
            name = f"{ordinal(quarter)}季度"
            rows_of_quarter = quarters[quarters["期次"] == quarter]
            row[name] = _score(
                county,
                rows_of_quarter,
                branch,
                f"{name}得分",
                since=date(county.year, quarter * 3 - 2, 1),
                founded=founded,
            )
        rows.append(row)
    return rows


def _score(
    county: County,
    scores: pd.DataFrame,
    branch: pd.DataFrame,
    label: str,
    *,
    since: date,
    founded: date | None,
) -> Fact | str:
    own = scores[scores["党组织代码"] == branch["党组织代码"].iloc[0]]
    if own.empty and founded is not None and founded > since:
        return "—"
    return total(own["得分"], f"{named(branch).value}{label}", "分", places=1, as_of=county.as_of)


def _branches(orgs: pd.DataFrame) -> pd.DataFrame:
    return orgs[orgs["类型"].isin(BRANCH_TYPES)]
