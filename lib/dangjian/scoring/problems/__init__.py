"""A county -> what stands against the rules.

How many, out of how many, who, and which tasks answer it.

Every problem is bound to one indicator. Its names are Chinese because report notebooks print them:
涉及, 总数, 占比, 名单.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dangjian.model.county import SOE_KINDS, County, called, full_name_column, named
from dangjian.model.periods import day_in, months_due, quarters_due, years_later
from dangjian.rules import RULES, Rule
from dangjian.scoring.problems.problem import Indicator, Problem
from dangjian.workbook.sheets import SEPARATORS
from gongwen.facts.arithmetic import share
from gongwen.facts.value import Derived, Fact, Read
from zhibi.data.figures.measure import count
from zhibi.data.figures.picking import rows

LATE_TASKS = "W02"  # tasks past their day


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that must be held once a period.

    Which periods are due, and which period a month lies in.
    """

    kind: str
    period: str  # the measure word: 个月, 个季度
    due: Callable[[date | None, int, date], tuple[int, ...]]
    period_of: Callable[[int], int]


def problems(county: County) -> tuple[Problem, ...]:
    """Every indicator the county is held to, met or not, in the order of a report.

    组织、班子、生活、教育、融合、整改.
    """
    return (
        organisation_below_threshold(county),
        oversized_branches(county),
        undersized_branches(county),
        expired_terms(county),
        missed_theme_days(county),
        missed_assemblies(county),
        short_study_hours(county),
        charter_missing(county),
        overdue_tasks(county),
    )


def organisation_below_threshold(county: County) -> Problem:
    """Enterprises whose membership reaches that of a 党委 or 党总支 and that have neither it nor anything above it."""
    enterprises = county.units[county.units["单位类别"].isin(SOE_KINDS)]
    committee, general = RULES["R01"], RULES["R02"]
    kinds = county.orgs["类型"].tolist()

    def falls_short(unit_code: str) -> bool:
        members = len(county.member_places_of_unit.get(unit_code, ()))
        types = {kinds[place] for place in county.org_places_of_unit.get(unit_code, ())}
        wants = {"党委"} if members >= committee.figure else {"党委", "党总支"}
        return members >= general.figure and not types & wants

    short = enterprises[enterprises["单位代码"].map(falls_short).astype(bool)]
    base = count(enterprises, "企业数", "家", as_of=county.as_of)
    indicator = Indicator("R02", "党员人数达到设立党总支（党委）条件而未设立的企业数", general)
    return _problem(county, indicator, base, short, _everyone(county))


def oversized_branches(county: County) -> Problem:
    """Branches with more members than a branch normally has."""
    rule = RULES["R04"]
    sizes = county.branches["党组织代码"].map(county.members["所属党组织"].value_counts()).fillna(0)
    return _branch_problem(
        county, rule, "党员人数超过规模上限的党支部数", county.branches[sizes > rule.figure]
    )


def undersized_branches(county: County) -> Problem:
    """Branches (joint ones aside) with fewer full members than a branch needs."""
    rule = RULES["R03"]
    full = county.members[county.members["党员类别"] == "正式"]
    sizes = county.branches["党组织代码"].map(full["所属党组织"].value_counts()).fillna(0)
    reported = county.branches["党组织代码"].isin(county.members["所属党组织"])
    few = reported & (sizes < rule.figure) & (county.branches["类型"] == "党支部")
    return _branch_problem(county, rule, "正式党员不足成立条件的党支部数", county.branches[few])


def expired_terms(county: County) -> Problem:
    """Organisations (temporary branches aside) whose term ended before the closing day.

    Unreported elections not counted.
    """
    elected = county.orgs[county.orgs["本届选举日期"].notna() & county.orgs["任期(年)"].notna()]
    elected = elected[elected["类型"] != "临时党支部"]
    expired = [
        years_later(day.date(), int(term)) < county.as_of
        for day, term in zip(elected["本届选举日期"], elected["任期(年)"], strict=True)
    ]
    base = count(elected, "填报本届选举日期的党组织数", "个", as_of=county.as_of)
    indicator = Indicator("R08", "任期届满未换届的党组织数", RULES["R08"])
    return _problem(county, indicator, base, elected[expired])


def missed_theme_days(county: County) -> Problem:
    """Branches with a due month that has no 主题党日.

    A branch that entered none at all is not judged.
    """
    indicator = Indicator("R15", "未做到每月开展主题党日的党支部数", RULES["R15"])
    return _missed(county, indicator, Meeting("主题党日", "个月", months_due, lambda month: month))


def missed_assemblies(county: County) -> Problem:
    """Branches with a due quarter that has no 党员大会.

    A branch that entered none at all is not judged.
    """
    indicator = Indicator("R10", "未做到每季度召开党员大会的党支部数", RULES["R10"])
    return _missed(
        county,
        indicator,
        Meeting("党员大会", "个季度", quarters_due, lambda month: (month + 2) // 3),
    )


def short_study_hours(county: County) -> Problem:
    """Members whose reported hours are below the year's figure.

    Those not reported are not counted in.
    """
    rule = RULES["R20"]
    reported = county.member_year[county.member_year["集中学时"].notna()]
    short = reported[reported["集中学时"] < rule.figure]
    base = count(reported, "填报集中学时的党员数", "名", as_of=county.as_of)
    affected = count(short, "集中学习培训未满年度学时的党员数", "名", as_of=county.as_of)
    return Problem("R20", affected, base, share(affected, base), (), _tasks(county, "R20"), rule)


def charter_missing(county: County) -> Problem:
    """Enterprises that report 党建入章 as not done."""
    enterprises = county.units[
        county.units["单位类别"].isin(SOE_KINDS) & county.units["党建入章"].notna()
    ]
    missing = enterprises[~enterprises["党建入章"].astype(bool)]
    base = count(enterprises, "填报党建入章情况的企业数", "家", as_of=county.as_of)
    return _problem(county, Indicator("W01", "未完成党建入章的企业数"), base, missing)


def overdue_tasks(county: County) -> Problem:
    """Tasks past their day and not closed; the names are the organisations that owe them."""
    overdue = county.tasks[
        ~county.closed_tasks & (county.tasks["时限"] < pd.Timestamp(county.as_of))
    ]
    base = count(county.tasks, "三单事项数", "项", as_of=county.as_of)
    affected = count(overdue, "逾期未销号事项数", "项", as_of=county.as_of)
    owing = county.orgs[county.orgs["党组织代码"].isin(overdue["责任组织"])]
    return Problem(
        LATE_TASKS,
        affected,
        base,
        share(affected, base),
        _names(owing),
        _tasks(county, LATE_TASKS),
        称="责任组织为",
    )


def _missed(county: County, indicator: Indicator, meeting: Meeting) -> Problem:
    kind = meeting.kind
    meetings = county.activities[
        (county.activities["类型"] == kind) | counts_as(county.activities, kind)
    ]
    branches = county.branches[county.branches["党组织代码"].isin(meetings["党组织代码"])]
    done: dict[str, set[int]] = {}
    for org, day in zip(meetings["党组织代码"], meetings["日期"], strict=True):
        done.setdefault(org, set()).add(meeting.period_of(day.month))
    gaps = [
        len(set(meeting.due(day_in(founded), county.year, county.as_of)) - done.get(org, set()))
        for org, founded in zip(branches["党组织代码"], branches["成立日期"], strict=True)
    ]
    missed = pd.Series(gaps, index=branches.index, dtype=int)
    records = count(meetings, f"{kind}记录数", "条", as_of=county.as_of)
    base = count(branches, f"登记了{kind}的党支部数", "个", as_of=county.as_of)
    worst = _worst(county, meeting, branches, missed, meetings)
    lacking = branches[missed == missed.max()] if (missed > 0).sum() > 1 else branches.iloc[:0]
    typical = named(lacking) if len(lacking) == 1 else None
    problem = _problem(county, indicator, base, branches[missed > 0], records)
    return replace(problem, 最多=worst, 典型=typical)


def _worst(
    county: County,
    meeting: Meeting,
    branches: pd.DataFrame,
    missed: pd.Series[int],
    meetings: pd.DataFrame,
) -> Fact:
    """How many periods the branch (or branches) lack that lack most, resting on them and what they did record."""
    kind, unit = meeting.kind, meeting.period
    label = f"{kind}缺得最多的党支部所缺期数"
    if missed.empty:
        return Fact(label, None, Read("没有填报台账的党支部", ()), unit, county.as_of)
    lacking = branches[missed == missed.max()]
    recorded = meetings[meetings["党组织代码"].isin(lacking["党组织代码"])]
    own = count(lacking, f"{kind}缺得最多的党支部数", "个", as_of=county.as_of)
    records = count(recorded, f"这些党支部的{kind}记录数", "条", as_of=county.as_of)
    return Fact(
        label,
        int(missed.max()),
        Derived("应开展期数减台账中已开展的期数", (own, records)),
        unit,
        county.as_of,
    )


def counts_as(activities: pd.DataFrame, kind: str) -> pd.Series[bool]:
    """True where an event says under 计入类型 that it also counts as this kind."""
    counts = [
        kind in kinds_of(None if pd.isna(listed) else listed) for listed in activities["计入类型"]
    ]
    return pd.Series(counts, index=activities.index, dtype=bool)


def kinds_of(listed: str | None) -> tuple[str, ...]:
    """The kinds a cell of 计入类型 lists."""
    return tuple(re.split(SEPARATORS, listed)) if listed else ()


def _branch_problem(county: County, rule: Rule, label: str, affected: pd.DataFrame) -> Problem:
    base = count(county.branches, "党支部数", "个", as_of=county.as_of)
    return _problem(county, Indicator(rule.id, label, rule), base, affected, _everyone(county))


def _everyone(county: County) -> Fact:
    return count(county.members, "在册党员数", "名", as_of=county.as_of)


def _problem(
    county: County, indicator: Indicator, base: Fact, affected: pd.DataFrame, *also: Fact
) -> Problem:
    """The problem of an indicator: who is affected out of `base`, resting on those rows and on the facts in `also`."""
    affected_count = count(affected, indicator.label, base.unit, as_of=county.as_of)
    thresholds = (indicator.rule.threshold,) if indicator.rule else ()
    how = Derived("逐个比对，不符合的计1个", (affected_count, base, *also, *thresholds))
    many = Fact(indicator.label, affected_count.value, how, base.unit, county.as_of)
    tasks = _tasks(county, indicator.code)
    return Problem(
        indicator.code, many, base, share(many, base), _names(affected), tasks, indicator.rule
    )


def _names(frame: pd.DataFrame) -> tuple[Fact, ...]:
    if frame.empty:  # nobody concerned: such a frame may have no columns
        return ()
    full = full_name_column(frame)
    return tuple(called(row, full) for row in rows(frame[[full, "简称"]]))


def _tasks(county: County, code: str) -> pd.DataFrame:
    return county.tasks[county.tasks["关联规则指标"] == code]
