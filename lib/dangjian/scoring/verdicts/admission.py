"""D01–D12: the steps by which members are admitted -> verdicts on those taken in the year or overdue at its end.

A step is judged by the text in force on its day; a person admitted before the revised text is judged by the old one
throughout, so that nobody is held to a limit that did not exist when the branch decided (docs/decisions/0006-verdicts.md).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.periods import months_later, years_later
from dangjian.rules import REVISED, RULES, Rule, rule_on
from dangjian.scoring.verdicts.people import day_of
from dangjian.scoring.verdicts.verdict import Outcome, Verdict, verdict
from dangjian.scoring.verdicts.workdays import workdays
from zhibi.data.figures.measure import count

MET, FAILED, NOT_APPLICABLE, UNKNOWN = Outcome
Person = dict[str, Any]
Judge = Callable[[Branch, Person], Outcome]  # NOT_APPLICABLE: no such step this year
ENDED = "终止"


def judged(
    branch: Branch, rule: Rule, judge: Judge, unknown: str = "有的日期或者结论未填报"
) -> Verdict:
    """One step for every person it concerned this year: one fault fails it, one blank leaves it open."""
    frame = branch["发展党员"]
    if branch.kind == "临时党支部":
        return verdict(branch, rule, NOT_APPLICABLE, "临时党支部不发展党员")
    outcomes = [judge(branch, person) for person in branch.once("people", lambda: _people(branch))]
    concerned = [outcome is not NOT_APPLICABLE for outcome in outcomes]
    fine = [outcome is MET for outcome in outcomes]
    name = f"{branch.named.value}年内涉及{rule.id}的人数"
    due = count(frame.index[concerned], name, "名", as_of=branch.as_of)
    done = count(frame.index[fine], f"{name}中符合的", "名", as_of=branch.as_of)
    if not any(concerned):
        message = "年内没有这一环节" if len(frame) else "没有发展党员记录"
        return verdict(branch, rule, NOT_APPLICABLE, message, rests_on=(due,))
    if FAILED in outcomes:
        return verdict(branch, rule, FAILED, required=due, actual=done)
    if UNKNOWN in outcomes:
        return verdict(branch, rule, UNKNOWN, unknown, required=due, rests_on=(done,))
    return verdict(branch, rule, MET, required=due, actual=done)


def _people(branch: Branch) -> list[Person]:
    return [_with_days(row) for row in branch.records("发展党员")]


def _with_days(row: Person) -> Person:
    return {key: day_of(value) or value for key, value in row.items()}


def text_for(person: Person, id_: str, step: date) -> Rule | None:
    """The version of a figure this person's step is judged by, or None where that text has none."""
    admitted = person["接收大会日"]
    old = admitted is not None and admitted < REVISED
    return rule_on(id_, min(step, REVISED - timedelta(days=1)) if old else step)


def _now(branch: Branch, day: date | None) -> bool:
    return day is not None and day.year == branch.year and day <= branch.as_of


def _within(before: str, after: str, id_: str, longest: str = "") -> Judge:
    """From one step to the next in so many months; between the limit and the longest nobody but a human can tell."""

    def judge(branch: Branch, person: Person) -> Outcome:
        first, second = person[before], person[after]
        if first is None:
            return UNKNOWN if _now(branch, second) else NOT_APPLICABLE
        if (second is not None and not _now(branch, second)) or (
            second is None and person["阶段"] == ENDED
        ):
            return NOT_APPLICABLE
        reached = second or branch.as_of
        rule = text_for(person, id_, reached)
        if rule is None or (second is None and reached <= months_later(first, rule.figure)):
            return NOT_APPLICABLE
        if reached <= months_later(first, rule.figure):
            return MET
        return (
            UNKNOWN if longest and reached <= months_later(first, RULES[longest].figure) else FAILED
        )

    return judge


def applicant_age(branch: Branch, rule: Rule) -> Verdict:
    """D01 申请人年满十八岁；工作簿不收申请人出生年份。"""
    message = "工作簿不收申请人出生年份"
    return judged(
        branch,
        rule,
        lambda at, one: UNKNOWN if _now(at, one["申请日"]) else NOT_APPLICABLE,
        message,
    )


def talk(branch: Branch, rule: Rule) -> Verdict:
    """D02 收到入党申请后一个月内谈话。"""
    return judged(branch, rule, _within("申请日", "谈话日", "D02"))


def filed(branch: Branch, rule: Rule) -> Verdict:
    """D03 积极分子报上级党委备案；工作簿不收备案记录。"""
    message = "工作簿不收备案记录"
    return judged(
        branch,
        rule,
        lambda at, one: UNKNOWN if _now(at, one["确定积极分子日"]) else NOT_APPLICABLE,
        message,
    )


def observed(branch: Branch, rule: Rule) -> Verdict:
    """D04 每半年考察一次；工作簿不收考察记录。"""
    message = "工作簿不收考察记录"
    return judged(
        branch,
        rule,
        lambda _, one: UNKNOWN if one["阶段"] in ("积极分子", "发展对象") else NOT_APPLICABLE,
        message,
    )


def cultivated(branch: Branch, rule: Rule) -> Verdict:
    """D05 培养教育一年以上列为发展对象；按修订后的细则公示不少于五个工作日。"""

    def judge(at: Branch, one: Person) -> Outcome:
        listed, chosen = one["发展对象日"], one["确定积极分子日"]
        if not _now(at, listed):
            return NOT_APPLICABLE
        if chosen is None:
            return UNKNOWN
        if listed < years_later(chosen, rule.figure) - timedelta(days=1):
            return FAILED
        return notice(one)

    return judged(branch, rule, judge)


def notice(person: Person) -> Outcome:
    """The public notice before listing: asked for where it began under the revised text, in working days."""
    first, last = person["公示起"], person["公示止"]
    began = first or person["发展对象日"]
    limit = text_for(person, "D05N", began) if began else None
    if limit is None:
        return MET
    days = workdays(first, last) if first and last else None
    if days is None:
        return UNKNOWN
    return MET if days >= limit.figure else FAILED


def vetted(branch: Branch, rule: Rule) -> Verdict:
    """D06 接收前政治审查合格，集中培训不少于三天或者二十四学时。"""

    def judge(at: Branch, one: Person) -> Outcome:
        if not _now(at, one["接收大会日"]):
            return NOT_APPLICABLE
        days, hours = one["培训天数"], one["培训学时"]
        if one["政审结论"] == "不合格":
            return FAILED
        enough = [
            pd.notna(days) and days >= RULES["D06D"].figure,
            pd.notna(hours) and hours >= RULES["D06H"].figure,
        ]
        if not any(enough):
            return UNKNOWN if pd.isna(days) or pd.isna(hours) else FAILED
        return MET if one["政审结论"] == "合格" else UNKNOWN

    return judged(branch, rule, judge)


def assembly_in_time(branch: Branch, rule: Rule) -> Verdict:
    """D07 预审合格后一个月内召开支部大会（修订后的细则）。"""
    return judged(branch, rule, _within("预审日", "接收大会日", "D07"))


def majority(branch: Branch, rule: Rule) -> Verdict:
    """D08 赞成票超过应到会有表决权党员的半数。"""

    def judge(at: Branch, one: Person) -> Outcome:
        if not _now(at, one["接收大会日"]):
            return NOT_APPLICABLE
        if pd.isna(one["应到票数"]) or pd.isna(one["赞成票"]):
            return UNKNOWN
        return MET if one["赞成票"] * rule.figure > one["应到票数"] else FAILED

    return judged(branch, rule, judge)


def approved(branch: Branch, rule: Rule) -> Verdict:
    """D09 三个月内审批，特殊情况不超过六个月。"""
    return judged(
        branch,
        rule,
        _within("接收大会日", "党委审批日", "D09", "D09M"),
        "超过三个月，是否属于特殊情况没有填报",
    )


def oath(branch: Branch, rule: Rule) -> Verdict:
    """D10 审批后一个月内宣誓（修订后的细则）。"""
    return judged(branch, rule, _within("党委审批日", "宣誓日", "D10"))


def probation(branch: Branch, rule: Rule) -> Verdict:
    """D11 预备期自支部大会通过之日起一年，期满才能转正。"""

    def judge(at: Branch, one: Person) -> Outcome:
        admitted, ends, confirmed = one["接收大会日"], one["预备期满日"], one["转正大会日"]
        if not (_now(at, admitted) or _now(at, confirmed)):
            return NOT_APPLICABLE
        if admitted is None or ends is None:
            return UNKNOWN
        short = ends < years_later(admitted, rule.figure) - timedelta(days=1)
        return FAILED if short or (confirmed is not None and confirmed < ends) else MET

    return judged(branch, rule, judge)


def confirmed(branch: Branch, rule: Rule) -> Verdict:
    """D12 转正大会后三个月内审批。"""
    return judged(branch, rule, _within("转正大会日", "转正审批日", "D12"))
