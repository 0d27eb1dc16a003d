"""R10–R17: meetings that fall due once a month, a quarter or a year -> verdicts.

A month or quarter counts only if the organisation lived through all of it and it is over; a meeting of the year is held
against nobody before the year is over (docs/decisions/0006-verdicts.md).
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.periods import months_due, quarters_due
from dangjian.rules import RULES, Rule
from dangjian.scoring.problems import kinds_of
from dangjian.scoring.verdicts.organisation import has_committee
from dangjian.scoring.verdicts.verdict import Outcome, Verdict, verdict
from gongwen.facts.value import Derived, Fact, Read
from zhibi.data.figures.measure import count

MET, FAILED, NOT_APPLICABLE, UNKNOWN = Outcome
LEDGER = "组织生活台账"


def assemblies(branch: Branch, rule: Rule) -> Verdict:
    """R10 党员大会每季度至少一次，以季度计。"""
    return _by_quarter(branch, rule, "党员大会")


def committee_meetings(branch: Branch, rule: Rule) -> Verdict:
    """R11 支委会每月至少一次，以月计；不设支部委员会的不适用。"""
    if not has_committee(branch, RULES["R06"]):
        return verdict(
            branch,
            rule,
            NOT_APPLICABLE,
            "正式党员人数不足，不设支部委员会",
            rests_on=(branch.full_size,),
        )
    return _by_month(branch, rule, "支委会")


def group_meetings(branch: Branch, rule: Rule) -> Verdict:
    """R12 党小组会每组每月至少一次：每月次数以党小组数为限；没有党小组的不适用。"""
    groups = branch.picked("党小组数", "个")
    if not isinstance(groups.value, int):
        return verdict(branch, rule, UNKNOWN, "党小组数未填报", rests_on=(groups,))
    if groups.value == 0:
        return verdict(branch, rule, NOT_APPLICABLE, "没有党小组", rests_on=(groups,))
    return _by_month(branch, rule, "党小组会", groups)


def lectures(branch: Branch, rule: Rule) -> Verdict:
    """R13 党课每季度至少一次，以季度计。"""
    return _by_quarter(branch, rule, "党课")


def secretary_lecture(branch: Branch, rule: Rule) -> Verdict:
    """R14 党委书记每年至少讲一次党课；只对党委，按台账的主讲主持核对姓名。"""
    if branch.kind != "党委":
        return verdict(branch, rule, NOT_APPLICABLE, "只对党委")
    events, lectures = branch.records(LEDGER), held_at(branch, "党课")
    name = branch.secretary["姓名"]
    if name.empty or any(events[at]["主讲主持"] is None for at in lectures):
        message = "书记或者党课的主讲人未填报"
        return verdict(branch, rule, UNKNOWN, message, rests_on=(branch.picked("书记党员代码"),))
    return _yearly(branch, rule, [at for at in lectures if events[at]["主讲主持"] == name.iloc[0]])


def theme_days(branch: Branch, rule: Rule) -> Verdict:
    """R15 主题党日每月一次，以月计。"""
    return _by_month(branch, rule, "主题党日")


def life_meeting(branch: Branch, rule: Rule) -> Verdict:
    """R16 组织生活会每年至少一次。"""
    return _yearly(branch, rule, held_at(branch, "组织生活会"))


def review(branch: Branch, rule: Rule) -> Verdict:
    """R17 民主评议党员每年一次；临时党支部不适用。"""
    if branch.kind == "临时党支部":
        return verdict(branch, rule, NOT_APPLICABLE, "临时党支部不开展")
    return _yearly(branch, rule, held_at(branch, "民主评议"))


def held_at(branch: Branch, kind: str) -> list[int]:
    """Where in the ledger the year's events of a kind stand; one that counts as it by the scheme is of the kind too."""

    def found() -> dict[str, list[int]]:
        last = pd.Timestamp(branch.until)
        places: dict[str, list[int]] = {}
        for at, event in enumerate(branch.records(LEDGER)):
            if event["日期"] <= last:
                for counted in {event["类型"], *kinds_of(event["计入类型"])}:
                    places.setdefault(counted, []).append(at)
        return places

    return branch.once("events", found).get(kind, [])


def _months(branch: Branch, kind: str) -> list[int]:
    """The months of those events."""
    events = branch.records(LEDGER)
    return [events[at]["日期"].month for at in held_at(branch, kind)]


def _by_month(branch: Branch, rule: Rule, kind: str, groups: Fact | None = None) -> Verdict:
    due = months_due(branch.founded, branch.year, branch.until)
    each = 1
    if groups is not None:
        assert isinstance(groups.value, int)  # the caller looked
        each = groups.value
    times = Counter(_months(branch, kind))
    done = sum(min(times[month], each) for month in due)
    unit = "个月" if groups is None else "次"
    return _periods(branch, rule, kind, len(due) * each, done, unit, groups)


def _by_quarter(branch: Branch, rule: Rule, kind: str) -> Verdict:
    due = quarters_due(branch.founded, branch.year, branch.until)
    times = {(month + 2) // 3 for month in _months(branch, kind)}
    return _periods(branch, rule, kind, len(due), len(times & set(due)), "个季度")


def _periods(
    branch: Branch,
    rule: Rule,
    kind: str,
    due: int,
    done: int,
    unit: str,
    groups: Fact | None = None,
) -> Verdict:
    """The verdict on periods due and periods in which the meeting was held.

    A ledger without a single meeting of the kind does not tell whether none was held or none was entered.
    """
    founded = branch.picked("成立日期")
    name = f"{branch.named.value}{kind}"
    parents = (founded, rule.threshold, *((groups,) if groups is not None else ()))
    required = Fact(
        f"{name}应开展", due, Derived("截止日前完整经过的期数", parents), unit, branch.as_of
    )
    if not due:
        return verdict(
            branch, rule, NOT_APPLICABLE, "成立不久，还没有完整的一期", rests_on=(founded,)
        )
    if branch.activities.empty:
        return verdict(branch, rule, UNKNOWN, "组织生活台账未填报", required=required)
    events = branch.activities.index[held_at(branch, kind)]
    recorded = count(events, f"{name}记录数", "条", as_of=branch.as_of)
    if events.empty:
        silent = f"组织生活台账里没有{kind}的记录"
        return verdict(branch, rule, UNKNOWN, silent, required=required, rests_on=(recorded,))
    actual = Fact(
        f"{name}已开展",
        done,
        Derived("应开展的各期中有记录的", (recorded, required)),
        unit,
        branch.as_of,
    )
    return verdict(branch, rule, MET if done >= due else FAILED, required=required, actual=actual)


def _yearly(branch: Branch, rule: Rule, events: list[int]) -> Verdict:
    """The verdict on something due once before the year is over, by the lines of the ledger that tell of it."""
    if branch.activities.empty:
        return verdict(branch, rule, UNKNOWN, "组织生活台账未填报")
    name = f"{branch.named.value}{events_name(rule)}"
    done = count(branch.activities.index[events], f"{name}次数", "次", as_of=branch.as_of)
    if events:
        return verdict(branch, rule, MET, required=rule.threshold, actual=done)
    if not branch.year_over:
        return verdict(
            branch, rule, NOT_APPLICABLE, "年度未满，截至数据截止日尚未开展", rests_on=(done,)
        )
    return verdict(branch, rule, FAILED, required=rule.threshold, actual=done)


def events_name(rule: Rule) -> str:
    """What the events of a yearly rule are called in labels."""
    return {"R14": "党课", "R16": "组织生活会", "R17": "民主评议"}[rule.part_of]


def missed_months(branch: Branch, kind: str) -> Fact:
    """The due months without such an event, as words: 3月、7月; 无 where none is missing."""
    due = months_due(branch.founded, branch.year, branch.until)
    times = set(_months(branch, kind))
    missed = "、".join(f"{month}月" for month in due if month not in times) or "无"
    events = branch.activities.index[held_at(branch, kind)]
    cells = count(events, f"{kind}记录数", "条", as_of=branch.as_of).origin
    assert isinstance(cells, Read)  # as count makes it
    return Fact(
        f"{branch.named.value}{kind}缺的月份",
        missed,
        Read("应开展而没有记录的月份", cells.cells),
        as_of=branch.as_of,
    )
