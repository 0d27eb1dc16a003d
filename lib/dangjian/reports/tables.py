"""A county -> the rows its report tables print: each number a fact, each name a cell."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from dangjian.model.county import BRANCH_TYPES, County, called
from dangjian.model.periods import day_in, months_due
from dangjian.model.table_rows import Rows
from dangjian.scoring.problems import LATE_TASKS, counts_as
from dangjian.scoring.problems.problem import Problem
from dangjian.scoring.scores.periods import leaves
from dangjian.workbook.sheets import STAFF, people_called
from dangjian.workbook.tree import places_by
from gongwen.chinese.numbers.numerals import chinese as ordinal
from gongwen.facts.arithmetic import ratio
from gongwen.facts.value import Fact
from zhibi.data.figures import picking
from zhibi.data.figures.measure import Summands, count, count_distinct
from zhibi.data.figures.picking import pick


def each(frame: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """The frame's rows one at a time, each still a frame with its origin."""
    return (frame.iloc[[position]] for position in range(len(frame)))


def unit_overview(county: County) -> Rows:
    """One row a unit: kind, staff (人数 where not all of them are 职工), organisations, branches, members."""
    words = {people_called(kind) for kind in county.units["单位类别"]}
    head = STAFF if words <= {STAFF} else "人数"
    units = county.units[["单位代码", "单位类别", "单位全称", "简称", "职工总数(人)"]]
    branches = places_by(county.branches["党组织代码"].map(county.unit_of_org))
    return [_unit_row(county, unit, head, branches) for unit in picking.rows(units)]


def _unit_row(
    county: County,
    unit: Mapping[str, Fact],
    head: str,
    branch_places: Mapping[Hashable, Sequence[int]],
) -> dict[str, Any]:
    name_cell = called(unit, "单位全称")
    name, code, kind = str(name_cell.value), unit["单位代码"].value, str(unit["单位类别"].value)
    orgs = county.orgs.index.take(county.org_places_of_unit.get(code, ()))
    branches = county.branches.index.take(branch_places.get(code, ()))
    members = county.members.index.take(county.member_places_of_unit.get(code, ()))
    staff = replace(unit["职工总数(人)"], label=f"{name}{people_called(kind)}总数", unit="人")
    return {
        "单位": name_cell,
        "类别": unit["单位类别"],
        head: staff,
        "党组织": count(orgs, f"{name}党组织数", "个", as_of=county.as_of),
        "党支部": count(branches, f"{name}党支部数", "个", as_of=county.as_of),
        "党员": count(members, f"{name}在册党员数", "名", as_of=county.as_of),
    }


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
    founded = map(day_in, county.branches["成立日期"])
    held_to = [months_due(day, county.year, county.as_of) for day in founded]
    for month in range(1, 13):
        due = [month in each for each in held_to]
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
    wanted = ["党组织代码", "上级代码", "类型", "名称", "简称", "本届选举日期", "任期(年)"]
    orgs = picking.rows(county.orgs[wanted])
    names = {str(org["党组织代码"].value): called(org, "名称") for org in orgs}
    return [_register_row(county, org, names) for org in orgs]


def _register_row(
    county: County, org: Mapping[str, Fact], names: Mapping[str, Fact]
) -> dict[str, Any]:
    code, parent = str(org["党组织代码"].value), org["上级代码"].value
    name = names[code].value
    temporary = org["类型"].value == "临时党支部"  # has no election and no term
    members = county.members.index.take(county.places_under(code))
    elected = replace(org["本届选举日期"], label=f"{name}本届选举日期")
    term = replace(org["任期(年)"], label=f"{name}任期", unit="年")
    return {
        "党组织": names[code],
        "类型": org["类型"],
        "上级党组织": names.get(str(parent), "—"),
        "党员": count(members, f"{name}及下级党组织在册党员数", "名", as_of=county.as_of),
        "本届选举": "—" if temporary else elected,
        "任期": "—" if temporary else term,
    }


def remedies(found: Iterable[Problem], titles: Mapping[str, str]) -> Rows:
    """附表: every problem with each open task that answers it: what, who, by when.

    A problem without a task says so; tasks past their day are themselves what is to be done.

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
        if not tasks and problem.代号 != LATE_TASKS:
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
    of_quarter = scores[(scores["年度"] == county.year) & (scores["周期类型"] == "季")]
    of_year = scores[(scores["年度"] == county.year - 1) & (scores["周期类型"] == "年")]
    last = _Scores(of_year, "上年得分", date(county.year - 1, 1, 1))
    numbers = sorted(set(map(int, of_quarter["期次"].unique())))
    quarters = [_quarter(of_quarter, number, county.year) for number in numbers]
    rows = []
    for branch in picking.rows(
        county.branches[["党组织代码", "名称", "简称", "成立日期", "上年星级"]]
    ):
        founded = branch["成立日期"].value
        assert founded is None or isinstance(founded, date)  # the contract requires it
        star = founded is None or founded.year < county.year
        row: dict[str, Any] = {"党支部": called(branch, "名称")}
        row["上年得分"] = last.of(branch, founded, county.as_of)
        row["上年星级"] = branch["上年星级"] if star else "—"
        for quarter in quarters:
            row[quarter.label.removesuffix("得分")] = quarter.of(branch, founded, county.as_of)
        rows.append(row)
    return rows


class _Scores:
    """The scores of one period by organisation; `since` is the day it began."""

    def __init__(self, scores: pd.DataFrame, label: str, since: date) -> None:
        self.label, self._since = label, since
        self._points = Summands(scores["得分"])
        self._places = places_by(scores["党组织代码"])

    def of(self, branch: Mapping[str, Fact], founded: date | None, as_of: date) -> Fact | str:
        """A branch's score; — where it was founded after the period began and has none."""
        places = self._places.get(branch["党组织代码"].value, ())
        if not places and founded is not None and founded > self._since:
            return "—"
        label = f"{called(branch, '名称').value}{self.label}"
        return self._points.total(places, label, "分", places=1, as_of=as_of)


def _quarter(scores: pd.DataFrame, number: int, year: int) -> _Scores:
    begins = date(year, number * 3 - 2, 1)
    return _Scores(scores[scores["期次"] == number], f"{ordinal(number)}季度得分", begins)
