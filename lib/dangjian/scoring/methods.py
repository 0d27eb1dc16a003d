"""One method of scoring and plain rows -> the points they come to, or why they cannot say.

The tables at the end are all there is; what each method reads is told in docs/考核方案.md.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any

import pandas as pd

from dangjian.model.branch import COMMITTEE_POSTS, Branch
from dangjian.model.county import BRANCH_TYPES
from dangjian.model.org_rows import DATED, Ledger
from dangjian.rules import RULES
from dangjian.scoring.verdicts import FUNCTIONS, Outcome, verdict_on
from dangjian.scoring.verdicts.meetings import LEDGER, held_at
from dangjian.scoring.verdicts.organisation import term_ends
from dangjian.workbook.scoring_terms import Source, Terms
from gongwen.facts.value import Derived, Fact
from zhibi.data.figures.measure import count, pick_at, total

Line = tuple[pd.DataFrame, int]  # a frame and where in it one row stands
MONTHS = {"月": 1, "季": 3, "年": 12}
YEAR = MONTHS["年"]
MEETINGS = {"R10": "党员大会", "R11": "支委会", "R12": "党小组会", "R13": "党课", "R15": "主题党日"}
ONCE_A_YEAR = {"R16": "组织生活会", "R17": "民主评议"}
BY_QUARTER = ("R10", "R13")
YEARLY = "党员年度"
# a step of admission happened in the period if this day did
STEPS: Mapping[str, tuple[str, ...]] = {
    "D02": ("谈话日",), "D05": ("发展对象日",), "D06": ("接收大会日",), "D07": ("接收大会日",), "D08": ("接收大会日",),
    "D09": ("党委审批日",), "D10": ("宣誓日",), "D11": ("接收大会日", "转正大会日"), "D12": ("转正审批日",),
}  # fmt: skip
# what of 党员年度 a rule on members looks at, and how much of it is asked for: a figure, or another
# cell
OF_PEOPLE: Mapping[str, tuple[tuple[str, str | int], ...]] = {
    "R19": (("谈心谈话次数", RULES["R19"].figure),),
    "R20": (("集中学时", RULES["R20"].figure),),
    "R21": (("集中学时", RULES["R21"].figure), ("集中培训次数", RULES["R21T"].figure)),
    "R25": (("已交月数", "应交月数"), ("实交党费(元)", "应交党费(元)")),
}
BEHIND = "党员年度是累计数，期中的已无从查考"
BLANK = "有党员未填报，未计入"


class Unknown(Exception):
    """The rows cannot say what the score should be; the words say why."""


@dataclass(frozen=True)
class Counted:
    """Points, how they come about, and the facts they rest on (made when asked for)."""

    points: Decimal
    how: str
    rests_on: Callable[[], tuple[Fact, ...]]


@dataclass(frozen=True)
class Share:
    """So much of so much, and the facts the two rest on."""

    part: Decimal | int
    whole: Decimal | int
    rests_on: Callable[[], tuple[Fact, ...]]


@dataclass(frozen=True)
class ScoreRequest:
    """What one score is about: its indicator, the most it can be, its terms, its line, the months it covers.

    `member` is whose score it is, empty for one of the organisation; `own_period` is True if the score covers the period
    that the scheme names for the indicator.
    """

    ledger: Ledger
    label: str
    rule: str
    source: Source
    most: Decimal
    terms: Terms
    months: range
    row: Line
    grade: str
    member: str = ""
    own_period: bool = True

    @property
    def branch(self) -> Branch:
        """Whose score it is; made only for facts and for rules that plain rows do not answer."""
        return self.ledger.branch

    @property
    def whole_year(self) -> bool:
        """True for a score of the year."""
        return len(self.months) == YEAR

    @cached_property
    def year_row(self) -> Mapping[str, Any]:
        """The member's line of 党员年度."""
        row = self.ledger.years.get(self.member)
        if row is None:
            raise Unknown("党员年度未填报")
        return row

    def of_member(self, column: str) -> Fact:
        """A cell of that line."""
        return pick_at(*line_of(self.branch, self.member), column, f"{self.label}{column}")


def line_of(branch: Branch, member: str) -> Line:
    """A member's line of 党员年度; each has one a year."""
    places = branch.once(
        "years", lambda: {row["党员代码"]: at for at, row in enumerate(branch.records(YEARLY))}
    )
    return branch.member_year, places[member]


def word(cell: Any) -> str:
    """A cell as text; blank as nothing."""
    return "" if pd.isna(cell) else str(cell)


def by_people(_asked: ScoreRequest) -> Counted:
    """人工, 一票否决: for people to judge."""
    raise Unknown("由人评定")


# ---- what a score is a share of
# --------------------------------------------------------------------------------------


def _share(asked: ScoreRequest) -> Share:
    """What the indicator's rule or its named columns come to within the period."""
    if asked.source.column:
        return _of_columns(asked)
    if asked.member:
        return _of_one(asked)
    if asked.rule in OF_PEOPLE:
        return _of_everyone(asked)
    if asked.rule in MEETINGS:
        return _of_periods(asked)
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
            if source.sheet != LEDGER or _within(row["日期"], asked)
        ]
    if not rows:
        raise Unknown(f"{source.sheet}未填报" if asked.whole_year else "期内没有记录")
    parts = [row[source.column] for row in rows]
    wholes = [row[source.whole] for row in rows]
    if any(pd.isna(cell) for cell in (*parts, *wholes)):
        raise Unknown(f"有的{source.column}或{source.whole}未填报")
    part, whole = sum(map(_decimal, parts), Decimal(0)), sum(map(_decimal, wholes), Decimal(0))
    if not whole:
        raise Unknown(f"{source.whole}合计为0")

    def rests_on() -> tuple[Fact, ...]:
        frame = asked.branch[source.sheet]
        if asked.member:
            frame = frame.iloc[[line_of(asked.branch, asked.member)[1]]]
        elif source.sheet == LEDGER:
            frame = frame.iloc[_places_within(asked, range(len(frame)))]
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

    return Share(_decimal(part), _decimal(whole), rests_on)


def _of_everyone(asked: ScoreRequest) -> Share:
    """A rule on members, of all members of a branch: how many meet it; nobody may be unknown."""
    if not asked.whole_year:
        raise Unknown(BEHIND)
    told, fine, everyone = _people(asked)
    if told < everyone:
        raise Unknown(BLANK)

    def rests_on() -> tuple[Fact, ...]:
        found = verdict_on(asked.branch, asked.rule)
        return tuple(fact for fact in (found.实际, found.应达) if fact is not None)

    return Share(fine, told, rests_on)


def _people(asked: ScoreRequest) -> tuple[int, int, int]:
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
    met = [_meets(asked.rule, ledger.years.get(row["党员代码"])) for row in concerned]
    told = [answer for answer in met if answer is not None]
    if not told:
        raise Unknown(f"{OF_PEOPLE[asked.rule][0][0]}未填报")
    return len(told), sum(told), len(concerned)


def _meets(rule: str, row: Mapping[str, Any] | None) -> bool | None:
    """If a member meets the rule; None where a cell it needs is blank."""
    if row is None:
        return None
    pairs = [
        (row[column], row[most] if isinstance(most, str) else most)
        for column, most in OF_PEOPLE[rule]
    ]
    if any(pd.isna(done) or pd.isna(wanted) for done, wanted in pairs):
        return None
    return all(_decimal(done) >= _decimal(wanted) for done, wanted in pairs)


def _of_periods(asked: ScoreRequest) -> Share:
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
        events = branch.activities.index[_places_within(asked, held_at(branch, kind))]
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


def _places_within(asked: ScoreRequest, places: Iterable[int]) -> list[int]:
    """The lines of the ledger among these that fall into the score's months."""
    events = asked.branch.records(LEDGER)
    return [at for at in places if events[at]["日期"].month in asked.months]


def _within(day: Any, asked: ScoreRequest) -> bool:
    return not pd.isna(day) and day.year == asked.ledger.year and day.month in asked.months


def _decimal(cell: Any) -> Decimal:
    return cell if isinstance(cell, Decimal) else Decimal(repr(float(cell)))


# ---- the methods
# -----------------------------------------------------------------------------------------------------


def _per_miss(asked: ScoreRequest) -> Counted:
    """按次扣分: so many points off for each period without the meeting, never below nothing."""
    each = asked.terms.each
    if (
        each is None
        or (asked.rule not in MEETINGS and asked.rule not in ONCE_A_YEAR)
        or asked.member
    ):
        raise Unknown("没有对应的组织生活规则" if each is not None else "参数未填")
    if asked.rule in ONCE_A_YEAR:
        there, rests_on = _once(asked)
        missed: Decimal | int = 0 if there else 1
    else:
        share = _of_periods(asked)
        missed, rests_on = share.whole - share.part, share.rests_on
    return Counted(
        max(Decimal(0), asked.most - missed * each),
        "分值减缺次乘每次扣分，不足0分的按0分",
        rests_on,
    )


def _pass_or_fail(asked: ScoreRequest) -> Counted:
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
        share = _of_periods(replace(asked, terms=Terms()))
        return share.part >= share.whole, share.rests_on
    if asked.rule in ONCE_A_YEAR:
        return _once(asked)
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
    met = _meets(asked.rule, asked.year_row)
    cells = chain.from_iterable(OF_PEOPLE[asked.rule])
    columns = [name for name in cells if isinstance(name, str)]
    if met is None:
        raise Unknown(f"{columns[0]}未填报")
    return met, lambda: (*(asked.of_member(name) for name in columns), RULES[asked.rule].threshold)


def _branches_only(asked: ScoreRequest) -> None:
    if asked.ledger.kind not in BRANCH_TYPES:
        raise Unknown("只对党支部")


def _once(asked: ScoreRequest) -> tuple[bool, Callable[[], tuple[Fact, ...]]]:
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
        told, fine, everyone = _people(asked)
        if fine == told < everyone:
            raise Unknown(BLANK)
        return fine == told, lambda: (verdict_on(asked.branch, asked.rule).结论,)
    _, ends = asked.ledger.term
    if asked.rule == "R08" and asked.ledger.kind != "临时党支部" and ends is not None:
        return asked.ledger.until <= ends, lambda: (verdict_on(asked.branch, asked.rule).结论,)
    found = verdict_on(asked.branch, asked.rule)
    if found.outcome not in (Outcome.MET, Outcome.FAILED):
        raise Unknown(f"{found.outcome}{f'：{found.说明}' if found.说明 else ''}")
    return found.outcome is Outcome.MET, lambda: (found.结论,)


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
    found = verdict_on(within, asked.rule)
    if found.outcome not in (Outcome.MET, Outcome.FAILED):
        raise Unknown(found.说明 or str(found.outcome))
    return found.outcome is Outcome.MET, lambda: (found.结论,)


def _steps_within(row: Mapping[str, Any], asked: ScoreRequest) -> bool:
    return any(_within(row[column], asked) for column in STEPS[asked.rule])


def _by_share(asked: ScoreRequest) -> Counted:
    """比例: the points by the share reached, never more than all of them."""
    figure = RULES[asked.rule].figure if asked.rule in OF_PEOPLE else None
    if not asked.source.column and figure is not None and asked.terms.needed not in (None, figure):
        raise Unknown(f"参数与规则规定的{figure}不同")
    share = _share(asked)
    return Counted(
        asked.most * min(Decimal(1), Decimal(share.part) / share.whole),
        "分值乘占比",
        share.rests_on,
    )


def _by_band(asked: ScoreRequest) -> Counted:
    """分档: the points of the grade, or of the line reached; below the last line there are none."""
    if asked.terms.grades:
        return _by_grade(asked)
    if not asked.terms.lines:
        raise Unknown("参数未填")
    if asked.terms.percent:
        share = _share(asked)
        value, rests_on = Decimal(share.part) * 100 / share.whole, share.rests_on
    elif not asked.own_period:
        raise Unknown("各档是按方案的周期定的数，别的周期不重算")
    else:
        value, rests_on = _number(asked)
    points = next((points for line, points in asked.terms.lines if value >= line), Decimal(0))
    return Counted(points, "按所达到的一档得分，不到最低一档的得0分", rests_on)


def _number(asked: ScoreRequest) -> tuple[Decimal, Callable[[], tuple[Fact, ...]]]:
    """The plain number a band is read off: a cell of the member's year, or the periods in which a meeting was held."""
    column = asked.source.column
    if asked.member and column and not asked.source.whole:
        if not asked.whole_year:
            raise Unknown(BEHIND)
        cell = asked.year_row[column]
        if pd.isna(cell):
            raise Unknown(f"{column}未填报")
        return _decimal(cell), lambda: (asked.of_member(column),)
    if not asked.member and not column and asked.rule in MEETINGS:
        share = _of_periods(replace(asked, terms=Terms()))
        return Decimal(share.part), share.rests_on
    raise Unknown("按数分档的由人核对")


def _by_grade(asked: ScoreRequest) -> Counted:
    column, grade = asked.source.column, asked.grade
    if column:
        if not asked.member or not asked.whole_year:
            raise Unknown("只有党员的年度得分按党员年度的等次重算")
        grade = word(asked.year_row[column])
    points = dict(asked.terms.grades).get(grade)
    if points is None:
        raise Unknown(f"参数里没有“{grade}”这一档" if grade else "等次未填报")

    def rests_on() -> tuple[Fact, ...]:
        return (
            asked.of_member(column)
            if column
            else pick_at(*asked.row, "等次", f"{asked.label}等次"),
        )

    return Counted(points, "按等次对应的得分", rests_on)


def _bonus(asked: ScoreRequest) -> Counted:
    """加分: so many points for each honour (or chosen case) within the period, up to the cap."""
    each, cap = asked.terms.each, asked.terms.cap
    title = asked.source.sheet
    if title not in DATED or each is None or cap is None:
        raise Unknown("参数未填" if each is None else "加分的数据来源表应为荣誉或案例品牌")
    if asked.member and title != "荣誉":
        raise Unknown("案例品牌不记到党员")
    days = asked.ledger.bonus(title, asked.member)
    points = min(sum(month in asked.months for month in days) * each, cap)

    def rests_on() -> tuple[Fact, ...]:
        branch, last = asked.branch, pd.Timestamp(asked.branch.as_of)

        def brings(row: Mapping[str, Any]) -> bool:
            if not _within(row[DATED[title]], asked) or row[DATED[title]] > last:
                return False
            return (
                row["党员代码"] == asked.member
                if asked.member
                else title != "案例品牌" or bool(row["入选"])
            )

        lines = branch[title].index[[brings(row) for row in branch.records(title)]]
        return (count(lines, f"{asked.label}加分项数", "项", as_of=branch.as_of),)

    return Counted(points, "项数乘每项加分，不超过封顶", rests_on)


METHODS: Mapping[str, Callable[[ScoreRequest], Counted]] = {
    "按次扣分": _per_miss,
    "达标": _pass_or_fail,
    "比例": _by_share,
    "分档": _by_band,
    "加分": _bonus,
}
