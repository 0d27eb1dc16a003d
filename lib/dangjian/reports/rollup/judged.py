"""An organisation's rows -> its verdicts and rates; of the rows nothing is kept, so that ten thousand organisations fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from dangjian.model.branch import Branch
from dangjian.model.county import County
from dangjian.model.table_rows import Rows
from dangjian.reports.annual_review.review import open_tasks, without_twice
from dangjian.scoring.partition import Division
from dangjian.scoring.recount import Recount, recounts
from dangjian.scoring.scores.periods import Period, last_year
from dangjian.scoring.scores.standings import standing
from dangjian.scoring.verdicts import Outcome, Verdict, judge
from dangjian.scoring.verdicts.organisation import term_ends
from dangjian.scoring.verdicts.people import graded
from dangjian.scoring.vetoes import Veto, vetoes
from gongwen.facts.arithmetic import tally
from gongwen.facts.value import Fact
from zhibi.data.figures.measure import count

BUSINESS, ACCOUNT = "R31", "R30"  # rules: 业务考核, 书记述职评议


@dataclass(frozen=True)
class Judged:
    """One organisation with its verdicts and its rates.

    `rate` is what it is ranked by this year, `last` last year's annual score, `failed` how many
    rules are not met, `overdue` how many 三单 tasks are past their day, `disputed` the scores
    typed in that its own rows contradict.
    """

    code: str
    named: Fact
    kind: str
    is_branch: bool
    as_of: date
    size: Fact
    star: Fact  # 上年星级
    verdicts: tuple[Verdict, ...]
    rate: Fact | None
    last: Period | None
    vetoes: tuple[Veto, ...]
    failed: Fact
    overdue: Fact
    term_ends: Fact | None
    business: Fact | None
    account: Fact | None
    disputed: tuple[Recount, ...] = ()

    def on(self, id_: str) -> Verdict:
        """The verdict of one rule."""
        return next(each for each in self.verdicts if each.代号 == id_)


def judge_county(county: County) -> tuple[Judged, ...]:
    """Every organisation on the register with all its verdicts, in the order of the workbook."""
    return judge_each(county, judge)


def judge_each(
    county: County, rules: Callable[[Branch], tuple[Verdict, ...]]
) -> tuple[Judged, ...]:
    """Every organisation on the register with the verdicts that `rules` gives of it."""
    division = Division(county.data)
    return tuple(
        judged(branch, rules(branch)) for branch in map(division.branch, county.orgs["党组织代码"])
    )


def judged(branch: Branch, verdicts: tuple[Verdict, ...]) -> Judged:
    """What a roll-up needs of one organisation whose verdicts are known."""
    return Judged(
        code=branch.code,
        named=branch.named,
        kind=branch.kind,
        is_branch=branch.is_branch,
        as_of=branch.as_of,
        size=branch.size,
        star=branch.picked("上年星级"),
        verdicts=verdicts,
        rate=standing(branch),
        last=last_year(branch),
        vetoes=vetoes(branch),
        failed=_failed(branch, verdicts),
        overdue=_overdue(branch),
        term_ends=term_ends(branch),
        business=graded(branch, BUSINESS),
        account=graded(branch, ACCOUNT),
        disputed=tuple(each for each in recounts(branch) if each.differs),
    )


def _failed(branch: Branch, verdicts: tuple[Verdict, ...]) -> Fact:
    counted = {id(each.结论) for each in failed_once(verdicts)}
    concluded = [each.结论 for each in verdicts]
    label = f"{branch.named.value}未达标的项目数"
    return tally(concluded, label, "项", holds=lambda outcome: id(outcome) in counted)


def failed_once(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The rules not met, without those that say of another's shortcoming that it has lasted long."""
    return without_twice([each for each in verdicts if each.outcome is Outcome.FAILED])


def _overdue(branch: Branch) -> Fact:
    tasks = open_tasks(branch)
    late = tasks[[day.date() < branch.as_of for day in tasks["时限"]]] if len(tasks) else tasks
    label = f"{branch.named.value}逾期三单事项数"
    return count(late, label, "项", as_of=branch.as_of)


def score_disputes(judged: Sequence[Judged]) -> Rows:
    """表: every typed-in score that the branch's own rows contradict.

    Which is right is for people to say.
    """
    return list(chain.from_iterable(map(_disputes, judged)))


def _disputes(branch: Judged) -> Rows:
    return [
        {
            "党支部": branch.named,
            "指标": score.指标,
            "期次": score.期次,
            "应得": score.应得,
            "填报得分": score.填报,
            "重算得分": score.重算,
            "相差": score.相差,
        }
        for score in branch.disputed
    ]
