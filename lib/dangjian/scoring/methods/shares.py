"""A score request -> what is done of what is due: of columns, of one member, of all members, of meetings by period."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from dangjian.model.branch import COMMITTEE_POSTS
from dangjian.model.county import BRANCH_TYPES
from dangjian.rules import RULES
from dangjian.scoring.methods.score_request import (
    BEHIND,
    BLANK,
    BY_QUARTER,
    MEETINGS,
    OF_PEOPLE,
    YEAR,
    YEARLY,
    ScoreRequest,
    Share,
    Unknown,
    decimal,
    is_within,
    line_of,
    places_within,
    word,
)
from dangjian.scoring.verdicts import verdict_on
from dangjian.scoring.verdicts.meetings import LEDGER, held_at
from gongwen.facts.value import Derived, Fact
from zhibi.data.figures.measure import count, total


def share_of(asked: ScoreRequest) -> Share:
    """What the indicator's rule or its named columns come to within the period."""
    if asked.source.column:
        return _of_columns(asked)
    if asked.member:
        return _of_one(asked)
    if asked.rule in OF_PEOPLE:
        return _of_everyone(asked)
    if asked.rule in MEETINGS:
        return share_of_periods(asked)
    raise Unknown("没有对应的规则")


def _of_columns(asked: ScoreRequest) -> Share:
    """“表.列/列”: the one column of the other, added up over the rows of the period."""
    source = asked.source
    if not source.whole:
        raise Unknown("数据来源表只写了一列，不能算占比")
    if source.sheet == YEARLY and not asked.whole_year:
        raise Unknown(BEHIND)
    if asked.member:
        rows: list[Mapping[str, Any]] = [asked.year_row]
    else:
        rows = [
            row
            for row in asked.ledger.lines(source.sheet)
            if source.sheet != LEDGER or is_within(row["日期"], asked)
        ]
    if not rows:
        raise Unknown(f"{source.sheet}未填报" if asked.whole_year else "期内没有记录")
    parts = [row[source.column] for row in rows]
    wholes = [row[source.whole] for row in rows]
    if any(pd.isna(cell) for cell in (*parts, *wholes)):
        raise Unknown(f"有的{source.column}或{source.whole}未填报")
    part, whole = sum(map(decimal, parts), Decimal(0)), sum(map(decimal, wholes), Decimal(0))
    if not whole:
        raise Unknown(f"{source.whole}合计为0")

    def rests_on() -> tuple[Fact, ...]:
        frame = asked.branch[source.sheet]
        if asked.member:
            frame = frame.iloc[[line_of(asked.branch, asked.member)[1]]]
        elif source.sheet == LEDGER:
            frame = frame.iloc[places_within(asked, range(len(frame)))]
        return tuple(
            total(frame[name], f"{asked.label}{name}合计", "")
            for name in (source.column, source.whole)
        )

    return Share(part, whole, rests_on)


def _of_one(asked: ScoreRequest) -> Share:
    """A rule on members, of one member: so much done of so much asked for."""
    if asked.rule not in OF_PEOPLE:
        raise Unknown("没有对应的规则")
    if not asked.whole_year:
        raise Unknown(BEHIND)
    (column, wanted), *also = OF_PEOPLE[asked.rule]
    if also and asked.rule == "R21":
        raise Unknown("这条规则看两个数，只能按达标重算")
    part, whole = (
        asked.year_row[column],
        asked.year_row[wanted] if isinstance(wanted, str) else wanted,
    )
    if pd.isna(part) or pd.isna(whole):
        raise Unknown(f"{column}未填报")
    if not whole:
        raise Unknown(f"{wanted}为0")

    def rests_on() -> tuple[Fact, ...]:
        asked_for = (
            asked.of_member(wanted) if isinstance(wanted, str) else RULES[asked.rule].threshold
        )
        return asked.of_member(column), asked_for

    return Share(decimal(part), decimal(whole), rests_on)


def _of_everyone(asked: ScoreRequest) -> Share:
    """A rule on members, of all members of a branch: how many meet it; nobody may be unknown."""
    if not asked.whole_year:
        raise Unknown(BEHIND)
    answers, fine, everyone = members_meeting(asked)
    if answers < everyone:
        raise Unknown(BLANK)

    def rests_on() -> tuple[Fact, ...]:
        verdict = verdict_on(asked.branch, asked.rule)
        return tuple(fact for fact in (verdict.实际, verdict.应达) if fact is not None)

    return Share(fine, answers, rests_on)


def members_meeting(asked: ScoreRequest) -> tuple[int, int, int]:
    """Members who reported, those of them who meet the rule, and all it concerns."""
    ledger = asked.ledger
    if ledger.kind not in BRANCH_TYPES:
        raise Unknown("只对党支部")
    concerned = [
        row
        for row in ledger.members
        if asked.rule != "R21" or word(row["党内职务"]) in COMMITTEE_POSTS
    ]
    if not concerned:
        raise Unknown("书记、委员未填报" if ledger.members else "党员名册未填报")
    met = [meets(asked.rule, ledger.years.get(row["党员代码"])) for row in concerned]
    answers = [answer for answer in met if answer is not None]
    if not answers:
        raise Unknown(f"{OF_PEOPLE[asked.rule][0][0]}未填报")
    return len(answers), sum(answers), len(concerned)


def meets(rule: str, row: Mapping[str, Any] | None) -> bool | None:
    """If a member meets the rule; None where a cell it needs is blank."""
    if row is None:
        return None
    pairs = [
        (row[column], row[most] if isinstance(most, str) else most)
        for column, most in OF_PEOPLE[rule]
    ]
    if any(pd.isna(done) or pd.isna(wanted) for done, wanted in pairs):
        return None
    return all(decimal(done) >= decimal(wanted) for done, wanted in pairs)


def share_of_periods(asked: ScoreRequest) -> Share:
    """A meeting that falls due by month or quarter.

    The periods within the score's own in which it was held.

    Where the scheme asks for another number a year than the rule, that number counts, by the months
    that are over.
    """
    ledger, kind = asked.ledger, MEETINGS[asked.rule]
    each = _each(asked)
    if ledger.silent:
        raise Unknown("组织生活台账未填报")
    if not ledger.held(kind):
        raise Unknown(f"组织生活台账里没有{kind}的记录")
    within = [month for month in ledger.months if month in asked.months]
    due = [
        span for span in ledger.due(by_quarter=asked.rule in BY_QUARTER) if set(span) <= set(within)
    ]
    times = [month for month in ledger.held(kind) if month in asked.months]
    a_year = asked.terms.needed
    if a_year is None or a_year == (YEAR // len(due[0]) if due else a_year):
        done = sum(min(each, _held_within(span, times)) for span in due)
        whole = len(due) * each
    else:
        whole = -(-int(a_year * len(within)) // YEAR) * each  # rounded up
        done = min(whole, len(times))
    if not whole:
        raise Unknown("没有完整经过的月份、季度")

    def rests_on() -> tuple[Fact, ...]:
        branch = asked.branch
        events = branch.activities.index[places_within(asked, held_at(branch, kind))]
        recorded = count(events, f"{asked.label}期内{kind}记录数", "条", as_of=branch.as_of)
        parents = (recorded, branch.picked("成立日期"))
        groups = (branch.picked("党小组数", "个"),) if asked.rule == "R12" else ()
        origin = Derived("应开展各期中没有记录的", (*parents, *groups))
        return (Fact(f"{asked.label}缺次", whole - done, origin, "次", branch.as_of),)

    return Share(done, whole, rests_on)


def _held_within(span: Container[int], months: Iterable[int]) -> int:
    return sum(month in span for month in months)


def _each(asked: ScoreRequest) -> int:
    """How many such meetings one period asks for: one, of group meetings one a group."""
    if asked.rule == "R11" and not asked.ledger.committee:
        raise Unknown("不设支部委员会")
    if asked.rule != "R12":
        return 1
    groups = asked.ledger.row["党小组数"]
    if pd.isna(groups) or not groups:
        raise Unknown("党小组数未填报" if pd.isna(groups) else "没有党小组")
    return int(groups)
