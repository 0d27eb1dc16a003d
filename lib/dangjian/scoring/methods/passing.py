"""A score request -> all points or none: 达标, as the rule says of the period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from dangjian.model.branch import COMMITTEE_POSTS
from dangjian.model.county import BRANCH_TYPES
from dangjian.rules import RULES
from dangjian.scoring.methods.score_request import (
    BEHIND,
    BLANK,
    MEETINGS,
    OF_PEOPLE,
    ONCE_A_YEAR,
    STEPS,
    YEAR,
    Counted,
    ScoreRequest,
    Unknown,
    is_within,
    word,
)
from dangjian.scoring.methods.shares import meets, members_meeting, share_of_periods
from dangjian.scoring.verdicts import FUNCTIONS, Outcome, verdict_on
from dangjian.scoring.verdicts.meetings import LEDGER, held_at
from dangjian.scoring.verdicts.organisation import term_ends
from dangjian.workbook.scoring_terms import Terms
from gongwen.facts.value import Fact
from zhibi.data.figures.measure import count


def pass_or_fail(asked: ScoreRequest) -> Counted:
    """达标: all points or none, as the rule says."""
    met, rests_on = _passed(asked)
    return Counted(asked.most if met else Decimal(0), "达标得满分，未达标得0分", rests_on)


def _passed(asked: ScoreRequest) -> tuple[bool, Callable[[], tuple[Fact, ...]]]:
    if asked.member:
        return _one_passed(asked)
    if asked.rule not in FUNCTIONS:
        raise Unknown("没有对应的规则")
    if asked.rule in MEETINGS:
        _branches_only(asked)
        share = share_of_periods(replace(asked, terms=Terms()))
        return share.part >= share.whole, share.rests_on
    if asked.rule in ONCE_A_YEAR:
        return held_once(asked)
    if asked.whole_year:
        return _by_verdict(asked)
    if asked.rule == "R08":
        return _term_at(asked)
    if asked.rule in STEPS:
        return _steps(asked)
    raise Unknown(BEHIND if asked.rule in OF_PEOPLE else "当时的名册、台账已无从查考")


def _one_passed(asked: ScoreRequest) -> tuple[bool, Callable[[], tuple[Fact, ...]]]:
    """A rule on members, of one member."""
    if asked.rule not in OF_PEOPLE or not asked.whole_year:
        raise Unknown("没有对应的规则" if asked.whole_year else BEHIND)
    posts = [
        word(row["党内职务"]) for row in asked.ledger.members if row["党员代码"] == asked.member
    ]
    if asked.rule == "R21" and not set(posts) & set(COMMITTEE_POSTS):
        raise Unknown("只对书记、委员")
    met = meets(asked.rule, asked.year_row)
    cells = chain.from_iterable(OF_PEOPLE[asked.rule])
    columns = [name for name in cells if isinstance(name, str)]
    if met is None:
        raise Unknown(f"{columns[0]}未填报")
    return met, lambda: (*(asked.of_member(name) for name in columns), RULES[asked.rule].threshold)


def _branches_only(asked: ScoreRequest) -> None:
    if asked.ledger.kind not in BRANCH_TYPES:
        raise Unknown("只对党支部")


def held_once(asked: ScoreRequest) -> tuple[bool, Callable[[], tuple[Fact, ...]]]:
    """A meeting due once a year: held by the end of the period, or certainly missed when the year is over."""
    ledger, kind = asked.ledger, ONCE_A_YEAR[asked.rule]
    _branches_only(asked)
    if asked.rule == "R17" and ledger.kind == "临时党支部":
        raise Unknown("临时党支部不开展")
    if ledger.silent:
        raise Unknown("组织生活台账未填报")
    last = asked.months[-1]
    there = any(month <= last for month in ledger.held(kind))
    if not there and not (last == YEAR and ledger.year_over):
        raise Unknown("年度未满，尚未开展")

    def rests_on() -> tuple[Fact, ...]:
        branch = asked.branch
        events = branch.records(LEDGER)
        until = [at for at in held_at(branch, kind) if events[at]["日期"].month <= last]
        return (
            count(
                branch.activities.index[until],
                f"{asked.label}至期末{kind}次数",
                "次",
                as_of=branch.as_of,
            ),
        )

    return there, rests_on


def _by_verdict(asked: ScoreRequest) -> tuple[bool, Callable[[], tuple[Fact, ...]]]:
    """What the rule says of the year.

    Rules on members, which every scheme has, are answered from plain rows.
    """
    if asked.rule in OF_PEOPLE:
        answers, fine, everyone = members_meeting(asked)
        if fine == answers < everyone:
            raise Unknown(BLANK)
        return fine == answers, lambda: (verdict_on(asked.branch, asked.rule).结论,)
    _, ends = asked.ledger.term
    if asked.rule == "R08" and asked.ledger.kind != "临时党支部" and ends is not None:
        return asked.ledger.until <= ends, lambda: (verdict_on(asked.branch, asked.rule).结论,)
    verdict = verdict_on(asked.branch, asked.rule)
    if verdict.outcome not in (Outcome.MET, Outcome.FAILED):
        raise Unknown(f"{verdict.outcome}{f'：{verdict.说明}' if verdict.说明 else ''}")
    return verdict.outcome is Outcome.MET, lambda: (verdict.结论,)


def _term_at(asked: ScoreRequest) -> tuple[bool, Callable[[], tuple[Fact, ...]]]:
    """R08 at the end of a period that lies behind: was the term running then?"""
    elected, ends = asked.ledger.term
    last = asked.months[-1]
    after = date(asked.ledger.year + last // YEAR, last % YEAR + 1, 1)  # the day after the period
    if elected is None or ends is None:
        raise Unknown("选举日期或任期未填报")
    if elected >= after:
        raise Unknown("期后才换届，当时的届期已无从查考")

    def rests_on() -> tuple[Fact, ...]:
        ending = term_ends(asked.branch)
        assert ending is not None  # its two cells are there
        return asked.branch.picked("本届选举日期"), ending

    return ends >= after, rests_on


def _steps(asked: ScoreRequest) -> tuple[bool, Callable[[], tuple[Fact, ...]]]:
    """A step of admission, of those for whom it happened in the period."""
    there = [_steps_within(row, asked) for row in asked.ledger.lines("发展党员")]
    if not any(there):
        raise Unknown("期内没有这一环节")
    branch = asked.branch
    within = replace(branch, frames={"党组织": branch.row, "发展党员": branch["发展党员"][there]})
    verdict = verdict_on(within, asked.rule)
    if verdict.outcome not in (Outcome.MET, Outcome.FAILED):
        raise Unknown(verdict.说明 or str(verdict.outcome))
    return verdict.outcome is Outcome.MET, lambda: (verdict.结论,)


def _steps_within(row: Mapping[str, Any], asked: ScoreRequest) -> bool:
    return any(is_within(row[column], asked) for column in STEPS[asked.rule])
