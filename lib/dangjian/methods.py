"""One method of scoring and a branch's rows -> the points they come to, or why they cannot say.

The table at the end is all there is; what each method reads is told in docs/考核方案.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from dangjian.branch import Branch
from dangjian.periods import months_due, quarters_due
from dangjian.rules import RULES
from dangjian.terms import Terms
from dangjian.verdicts import FUNCTIONS, Outcome, verdict_on
from dangjian.verdicts.meetings import held
from dangjian.verdicts.organisation import has_committee, term_ends
from zhibi.facts.measure import count, pick
from zhibi.facts.value import Derived, Fact

MONTHS = {"月": 1, "季": 3, "年": 12}
MEETINGS = {"R10": "党员大会", "R11": "支委会", "R13": "党课", "R15": "主题党日"}
BY_QUARTER = ("R10", "R13")
WITH_SHARES = ("R19", "R20", "R21", "R25")  # verdicts that say how many of how many
DATED = {"荣誉": "授予日期", "案例品牌": "起始"}  # what brings bonus points, and the day that counts


class Unknown(Exception):
    """The rows cannot say what the score should be; the words say why."""


@dataclass(frozen=True)
class Counted:
    """Points, how they come about, and the facts they rest on (made when asked for)."""

    points: Decimal
    how: str
    rests_on: Callable[[], tuple[Fact, ...]]


class Ledger:
    """A branch and what many of its scores need, looked up once."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.scheme = branch["考核指标"]
        self._events: dict[str, pd.DataFrame] = {}
        self._due: dict[str, list[tuple[int, ...]]] = {}
        self.name = str(branch.named.value)

    @cached_property
    def term(self) -> tuple[Fact, Fact | None]:
        """When the committee was elected, and when its term ends."""
        return self.branch.picked("本届选举日期"), term_ends(self.branch)

    @cached_property
    def committee(self) -> bool:
        """True if the branch must have a 支委会."""
        return has_committee(self.branch, RULES["R06"])

    def events(self, kind: str) -> pd.DataFrame:
        """The year's meetings of a kind."""
        if kind not in self._events:
            self._events[kind] = held(self.branch, kind)
        return self._events[kind]

    def due(self, rule: str) -> list[tuple[int, ...]]:
        """The periods a rule speaks of that the branch can be held to, each as its months."""
        if rule not in self._due:
            until = (self.branch.founded, self.branch.year, self.branch.until)
            if rule in BY_QUARTER:
                self._due[rule] = [(end - 2, end - 1, end) for end in (quarter * 3 for quarter in quarters_due(*until))]
            else:
                self._due[rule] = [(month,) for month in months_due(*until)]
        return self._due[rule]


@dataclass(frozen=True)
class Asked:
    """What one score is about: its indicator, the most it can be, its terms, its line, the months it covers."""

    ledger: Ledger
    label: str
    rule: str
    source: str
    most: Decimal
    terms: Terms
    months: range
    row: Callable[[], pd.DataFrame]
    grade: str

    @property
    def branch(self) -> Branch:
        """Whose score it is."""
        return self.ledger.branch

    @property
    def whole_year(self) -> bool:
        """True for a score of the year."""
        return len(self.months) == MONTHS["年"]


def word(cell: Any) -> str:
    """A cell as text; blank as nothing."""
    return "" if pd.isna(cell) else str(cell)


def by_people(_asked: Asked) -> Counted:
    """人工, 一票否决: for people to judge."""
    raise Unknown("由人评定")


def _per_miss(asked: Asked) -> Counted:
    """按次扣分: so many points off for each period without the meeting, never below nothing."""
    ledger, each = asked.ledger, asked.terms.each
    if asked.rule not in MEETINGS or each is None:
        raise Unknown("没有对应的组织生活规则" if each is not None else "参数未填")
    if asked.rule == "R11" and not ledger.committee:
        raise Unknown("不设支部委员会")
    if asked.branch.activities.empty:
        raise Unknown("组织生活台账未填报")
    due = [months for months in ledger.due(asked.rule) if set(months) <= set(asked.months)]
    if not due:
        raise Unknown("没有完整经过的月份、季度")
    kind = MEETINGS[asked.rule]
    days = ledger.events(kind)["日期"].dt.month
    times = set(days)
    missed = sum(not times & set(months) for months in due)

    def rests_on() -> tuple[Fact, ...]:
        events = ledger.events(kind)[days.isin(list(asked.months))]
        recorded = count(events, f"{asked.label}期内{kind}记录数", "条", as_of=asked.branch.as_of)
        origin = Derived("应开展各期中没有记录的", (recorded, asked.branch.picked("成立日期")))
        return (Fact(f"{asked.label}缺次", missed, origin, "次", asked.branch.as_of),)

    return Counted(max(Decimal(0), asked.most - missed * each), "分值减缺次乘每次扣分，不足0分的按0分", rests_on)


def _pass_or_fail(asked: Asked) -> Counted:
    """达标: all points or none, as the rule says; within the year only where days alone decide."""
    if asked.rule == "R08" and not asked.whole_year:
        return _term_at(asked)
    if not asked.whole_year or asked.rule not in FUNCTIONS:
        raise Unknown("没有对应的规则" if asked.whole_year else "当时的名册、台账已无从查考")
    found = verdict_on(asked.branch, asked.rule)
    if found.outcome not in (Outcome.MET, Outcome.FAILED):
        raise Unknown(f"{found.outcome}{f'：{found.说明}' if found.说明 else ''}")
    points = asked.most if found.outcome is Outcome.MET else Decimal(0)
    return Counted(points, "达标得满分，未达标得0分", lambda: (found.结论,))


def _term_at(asked: Asked) -> Counted:
    """R08 at the end of a period that lies behind: was the term running then?"""
    elected, ends = asked.ledger.term
    last = asked.months[-1]
    after = date(asked.branch.year + last // 12, last % 12 + 1, 1)  # the day after the period
    if ends is None or not isinstance(elected.value, date) or not isinstance(ends.value, date):
        raise Unknown("选举日期或任期未填报")
    if elected.value >= after:
        raise Unknown("期后才换届，当时的届期已无从查考")
    points = asked.most if ends.value >= after else Decimal(0)
    return Counted(points, "期末任期未满得满分，已届满得0分", lambda: (elected, ends))


def _by_share(asked: Asked) -> Counted:
    """比例: the share of members who reach the figure, of all of whom it is known; nobody may be unknown."""
    if not asked.whole_year or asked.rule not in WITH_SHARES:
        raise Unknown("没有对应的规则" if asked.whole_year else "党员年度是累计数，期中的已无从查考")
    figure = RULES[asked.rule].figure
    if asked.terms.needed not in (None, figure):
        raise Unknown(f"参数与规则规定的{figure}不同")
    found = verdict_on(asked.branch, asked.rule)
    whole, part = found.应达, found.实际
    if found.说明 or whole is None or part is None:
        raise Unknown(found.说明 or "党员年度未填报")
    assert isinstance(whole.value, int)  # counts of members
    assert isinstance(part.value, int)
    return Counted(asked.most * part.value / whole.value, "分值乘符合规定的占比", lambda: (part, whole))


def _by_band(asked: Asked) -> Counted:
    """分档: the points of the grade in the score's own line."""
    if not asked.terms.grades:
        raise Unknown("按数分档的由人核对" if asked.terms.lines else "参数未填")
    points = dict(asked.terms.grades).get(asked.grade)
    if points is None:
        raise Unknown(f"参数里没有“{asked.grade}”这一档" if asked.grade else "等次未填报")
    return Counted(points, "按等次对应的得分", lambda: (pick(asked.row(), "等次", f"{asked.label}等次"),))


def _bonus(asked: Asked) -> Counted:
    """加分: so many points for each honour (or chosen case) within the period, up to the cap."""
    each, cap = asked.terms.each, asked.terms.cap
    if asked.source not in DATED or each is None or cap is None:
        raise Unknown("参数未填" if each is None else "加分的数据来源表应为荣誉或案例品牌")
    rows, branch = asked.branch[asked.source], asked.branch
    days = rows[DATED[asked.source]]
    within = (days.dt.year == branch.year) & days.dt.month.isin(list(asked.months))
    rows = rows[within & (days <= pd.Timestamp(branch.as_of))]
    if asked.source == "案例品牌":
        rows = rows[rows["入选"].fillna(value=False).astype(bool)]
    found = rows
    points = min(len(found) * each, cap)
    label = f"{asked.label}加分项数"
    return Counted(points, "项数乘每项加分，不超过封顶", lambda: (count(found, label, "项", as_of=branch.as_of),))


METHODS: Mapping[str, Callable[[Asked], Counted]] = {
    "按次扣分": _per_miss,
    "达标": _pass_or_fail,
    "比例": _by_share,
    "分档": _by_band,
    "加分": _bonus,
}
