"""The scheme and a branch's own rows -> its scores once more, beside those that were typed in.

Only what the rows can bear is counted again: what people judge, what an earlier register would be needed for, and what
was not reported stays as it is, and says why. A difference is told; which of the two is right is for people to say.

Numbers are compared first; facts with their origins are made only when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

import pandas as pd

from dangjian.branch import Branch
from dangjian.periods import months_due, quarters_due
from dangjian.rules import RULES
from dangjian.scores import leaves
from dangjian.terms import BadTerms, Terms, terms
from dangjian.verdicts import FUNCTIONS, Outcome, verdict_on
from dangjian.verdicts.meetings import held
from dangjian.verdicts.organisation import has_committee, term_ends
from zhibi.facts.arithmetic import add, subtract
from zhibi.facts.measure import count, pick
from zhibi.facts.value import Derived, Fact
from zhibi.zh.numerals import chinese as ordinal

CLOSE = Decimal("0.05")  # points are typed to one decimal
NOTHING = "—"
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


@dataclass(frozen=True)
class Recount:
    """One score as typed in and as its rows come to; `counted` is None where they cannot say, for the reason 说明."""

    label: str
    期次: str
    typed: Decimal
    indicator: Callable[[], pd.DataFrame]
    row: Callable[[], pd.DataFrame]
    as_of: date
    counted: Counted | None
    说明: str = ""

    @property
    def differs(self) -> bool:
        """True if the two can be compared and are not the same."""
        return self.counted is not None and abs(self.typed - self.counted.points) > CLOSE

    @cached_property
    def 指标(self) -> Fact:
        """指标名称."""
        return pick(self.indicator(), "指标名称")

    @cached_property
    def 应得(self) -> Fact:
        """分值."""
        return pick(self.indicator(), "分值", f"{self.label}分值", "分")

    @cached_property
    def 填报(self) -> Fact:
        """得分, as typed in."""
        return pick(self.row(), "得分", f"{self.label}得分", "分")

    @cached_property
    def 重算(self) -> Fact | None:
        """The score its rows come to, with everything it rests on."""
        if self.counted is None:
            return None
        parameter = pick(self.indicator(), "参数", f"{self.label}参数")
        rests_on = (self.应得, *(() if parameter.missing else (parameter,)), *self.counted.rests_on())
        points = self.counted.points.quantize(Decimal("0.01"))
        shortest = Decimal(int(points)) if points == int(points) else points.normalize()
        return Fact(f"{self.label}重算得分", shortest, Derived(self.counted.how, rests_on), "分", self.as_of)

    @cached_property
    def 相差(self) -> Fact | None:
        """Typed in less counted again; None where they agree or cannot be compared."""
        if not self.differs or self.重算 is None:
            return None
        return subtract(self.填报, self.重算, f"{self.label}填报与重算之差")


def recounts(branch: Branch) -> tuple[Recount, ...]:
    """Every score of the report year on an indicator with none below it, in the order of the workbook."""
    ledger = Ledger(branch)
    scores = leaves(ledger.scheme, branch["考核得分"])
    scores = scores[(scores["年度"] == branch.year) & scores["得分"].notna()]
    scores = scores[~(scores["检查日期"] > pd.Timestamp(branch.as_of)).fillna(value=False).astype(bool)]
    known = {row["指标代码"]: (at, row) for at, row in enumerate(ledger.scheme.to_dict("records"))}
    found = []
    for at, row in enumerate(scores.to_dict("records")):
        if row["指标代码"] in known:
            position, indicator = known[row["指标代码"]]
            lines = partial(_line, ledger.scheme, position), partial(_line, scores, at)
            found.append(_recount(ledger, indicator, row, lines))
    return tuple(found)


def _line(frame: pd.DataFrame, at: int) -> pd.DataFrame:
    return frame.iloc[[at]]


Lines = tuple[Callable[[], pd.DataFrame], Callable[[], pd.DataFrame]]  # of the indicator and of the score


def _recount(ledger: Ledger, of: Mapping[Any, Any], row: Mapping[Any, Any], lines: Lines) -> Recount:
    kind, number = str(row["周期类型"]), int(row["期次"])
    period = {"月": f"{ordinal(number)}月", "季": f"{ordinal(number)}季度"}.get(kind, "年度")
    label = f"{ledger.name}{period}“{of['指标名称']}”"
    first = (number - 1) * MONTHS[kind] + 1
    typed, most = (Decimal(repr(float(cell))) for cell in (row["得分"], of["分值"]))
    counted, reason = None, ""
    try:
        meant = terms(_word(of["计分方式"]), _word(of["参数"]), most)
        months = range(first, first + MONTHS[kind])
        rule, source = _word(of["规则号"])[:3], _word(of["数据来源表"])
        asked = Asked(ledger, label, rule, source, most, meant, months, lines[1], _word(row["等次"]))
        counted = METHODS.get(_word(of["计分方式"]), _by_people)(asked)
    except (Unknown, BadTerms) as trouble:
        reason = str(trouble)
    return Recount(label, period, typed, *lines, ledger.branch.as_of, counted, reason)


def _word(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)


def _by_people(_asked: Asked) -> Counted:
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


def comparison(found: Iterable[Recount]) -> list[dict[str, Fact | str]]:
    """表: one row an indicator, over the periods that could be counted again; — where nothing differs."""
    by_name: dict[object, list[Recount]] = {}
    for each in found:
        if each.counted is not None:
            by_name.setdefault(each.指标.value, []).append(each)
    return [_compared(str(name), parts) for name, parts in by_name.items()]


def _compared(name: str, parts: list[Recount]) -> dict[str, Fact | str]:
    typed = add(*(part.填报 for part in parts), label=f"{name}填报得分")
    counted = add(*(part.重算 for part in parts if part.重算 is not None), label=f"{name}重算得分")
    odd = [part.期次 for part in parts if part.differs]
    return {
        "指标": parts[0].指标,
        "应得": add(*(part.应得 for part in parts), label=f"{name}应得"),
        "填报得分": typed,
        "重算得分": counted,
        "相差": subtract(typed, counted, f"{name}填报与重算之差") if odd else NOTHING,
        "不一致的期次": "、".join(odd) or NOTHING,
    }
