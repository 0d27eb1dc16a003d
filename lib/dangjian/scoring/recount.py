"""The scheme and a branch's own rows -> its scores once more, beside those that were typed in.

Only what the rows can bear is counted again: what people judge, what an earlier register would be
needed for, and what was not reported stays as it is, and says why. A difference is told; which of
the two is right is for people to say.

Numbers are compared first; facts with their origins are made only when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.county_rows import Row, SchemeLine, pages_of
from dangjian.model.org_rows import Ledger
from dangjian.scoring.methods import METHODS
from dangjian.scoring.methods.points import by_people
from dangjian.scoring.methods.score_request import (
    MONTHS,
    Counted,
    Line,
    ScoreRequest,
    Unknown,
    line_of,
    word,
)
from dangjian.workbook.scoring_terms import VETO, BadTerms, source, terms
from gongwen.chinese.numbers.numerals import chinese as ordinal
from gongwen.facts.arithmetic import add, subtract
from gongwen.facts.value import Derived, Fact
from zhibi.data.figures.picking import pick_at

CLOSE = Decimal("0.05")  # points are typed to one decimal
NOTHING = "—"
POINTS = "年度积分"  # the total of a member's hundred points


@dataclass(frozen=True)
class Recount:
    """One score as typed in and as its rows come to.

    `counted` is None where they cannot say, for the reason 说明.
    """

    label: str
    期次: str
    typed: Decimal
    indicator: SchemeLine
    row: Line
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
        return self.indicator.picked("指标名称")

    @cached_property
    def 应得(self) -> Fact:
        """分值."""
        return self.indicator.picked("分值", f"{self.label}分值", "分")

    @cached_property
    def 填报(self) -> Fact:
        """得分, as typed in."""
        return pick_at(*self.row, "得分", f"{self.label}得分", "分")

    @cached_property
    def 重算(self) -> Fact | None:
        """The score its rows come to, with everything it rests on."""
        if self.counted is None:
            return None
        parameter = self.indicator.picked("参数", f"{self.label}参数")
        rests_on = (
            self.应得,
            *(() if parameter.missing else (parameter,)),
            *self.counted.rests_on(),
        )
        points = self.counted.points.quantize(Decimal("0.01"))
        shortest = Decimal(int(points)) if points == int(points) else points.normalize()
        return Fact(
            f"{self.label}重算得分", shortest, Derived(self.counted.how, rests_on), "分", self.as_of
        )

    @cached_property
    def 相差(self) -> Fact | None:
        """Typed in less counted again; None where they agree or cannot be compared."""
        if not self.differs or self.重算 is None:
            return None
        return subtract(self.填报, self.重算, f"{self.label}填报与重算之差")


@dataclass(frozen=True)
class Total:
    """A total as typed in, and the typed scores it should be the sum of; names as in `Recount`."""

    label: str
    期次: str
    typed: Decimal
    parts: tuple[Recount, ...]
    cell: Callable[[], Fact]

    @property
    def differs(self) -> bool:
        """True if the two are not the same."""
        return abs(self.typed - sum((part.typed for part in self.parts), Decimal(0))) > CLOSE

    @cached_property
    def 填报(self) -> Fact:
        """The total, as typed in."""
        return self.cell()

    @cached_property
    def 重算(self) -> Fact:
        """The sum of its parts, as typed in."""
        return add(*(part.填报 for part in self.parts), label=f"{self.label}各项得分合计")

    @cached_property
    def 相差(self) -> Fact | None:
        """Typed in less the sum; None where they agree."""
        return (
            subtract(self.填报, self.重算, f"{self.label}填报与合计之差") if self.differs else None
        )


@dataclass(frozen=True)
class Recounts:
    """Everything of one organisation: its own scores, those of its members, and the totals of both."""

    own: tuple[Recount, ...]
    members: Mapping[str, tuple[Recount, ...]]
    totals: tuple[Total, ...]


def recounts(branch: Branch) -> tuple[Recount, ...]:
    """Every score of the report year on an indicator with none below it, in the order of the workbook."""
    return everything(branch).own


def everything(branch: Branch) -> Recounts:
    """Everything of a branch that has been cut out already."""
    return branch.once("recounts", lambda: recounts_of(ledger_of(branch)))


def ledger_of(branch: Branch) -> Ledger:
    """A branch that has been cut out already, as plain rows."""
    return branch.once("ledger", lambda: Ledger(pages_of(branch), branch.code, lambda: branch))


def recounts_of(ledger: Ledger) -> Recounts:
    """Everything of an organisation, whose rows may stand in the pages of its county."""
    own: list[Recount] = []
    members: dict[str, list[Recount]] = {}
    groups: dict[Key, list[tuple[str, Recount]]] = {}
    blank: set[tuple[Key, str]] = set()
    pages = ledger.pages
    for at, row in pages.scores.get(ledger.code, []):
        code, member = row["指标代码"], word(row["党员代码"])
        key = member, str(row["周期类型"]), int(row["期次"])
        if code not in pages.indicators or code in pages.parents:
            continue
        if pd.isna(row["得分"]):
            blank |= {(key, above) for above in (code, *pages.above(code))}
            continue
        one = _recount(ledger, at, row, member)
        (members.setdefault(member, []) if member else own).append(one)
        if word(pages.indicators[code].row["计分方式"]) != VETO:
            groups.setdefault(key, []).append((code, one))
    by_member = {member: tuple(parts) for member, parts in members.items()}
    return Recounts(tuple(own), by_member, tuple(_totals(ledger, groups, blank)))


Key = tuple[str, str, int]  # whose, which kind of period, which of them


def _totals(
    ledger: Ledger, groups: Mapping[Key, Sequence[tuple[str, Recount]]], blank: set[tuple[Key, str]]
) -> Iterator[Total]:
    """Totals typed in on an indicator with others below it, and 积分 of members scored for the year.

    A part that was left blank leaves its totals open; one without a line was not assessed and is
    not asked for.
    """
    pages = ledger.pages
    for at, row in pages.scores.get(ledger.code, []):
        code, member = row["指标代码"], word(row["党员代码"])
        key = member, str(row["周期类型"]), int(row["期次"])
        parts = tuple(one for leaf, one in groups.get(key, ()) if code in pages.above(leaf))
        if (
            code in pages.parents
            and parts
            and not pd.isna(row["得分"])
            and (key, code) not in blank
        ):
            label = f"{_whose(ledger, member)}{_period(*key[1:])}“{pages.indicators[code].row['指标名称']}”"
            cell = partial(_cell, pages.frames["考核得分"], at, "得分", label)
            yield Total(label, _period(*key[1:]), _exact(row["得分"]), parts, cell)
    for (member, kind, number), scored in groups.items():
        points = pages.years[member]["积分"] if kind == "年" and member in pages.years else None
        open_ = any((member, kind, number) == key for key, _ in blank)
        if member and points is not None and not pd.isna(points) and not open_:
            label = f"党员{member}{POINTS}"
            cell = partial(_points, ledger, member, label)
            yield Total(label, "年度", _exact(points), tuple(one for _, one in scored), cell)


def _cell(frame: pd.DataFrame, at: int, column: str, label: str) -> Fact:
    return pick_at(frame, at, column, label, "分")


def _points(ledger: Ledger, member: str, label: str) -> Fact:
    return pick_at(*line_of(ledger.branch, member), "积分", label, "分")


def _exact(cell: Any) -> Decimal:
    return Decimal(repr(float(cell)))


def _whose(ledger: Ledger, member: str) -> str:
    return f"党员{member}" if member else ledger.name


def _period(kind: str, number: int) -> str:
    return {"月": f"{ordinal(number)}月", "季": f"{ordinal(number)}季度"}.get(kind, "年度")


def _recount(ledger: Ledger, at: int, row: Row, member: str = "") -> Recount:
    pages = ledger.pages
    indicator = pages.indicators[row["指标代码"]]
    of, line = indicator.row, (pages.frames["考核得分"], at)
    kind, number = str(row["周期类型"]), int(row["期次"])
    period = _period(kind, number)
    label = f"{_whose(ledger, member)}{period}“{of['指标名称']}”"
    first = (number - 1) * MONTHS[kind] + 1
    typed, most = _exact(row["得分"]), _exact(of["分值"])
    counted, reason = None, ""
    try:
        meant = terms(word(of["计分方式"]), word(of["参数"]), most)
        months, own = range(first, first + MONTHS[kind]), kind == word(of["周期"])
        rule, where = word(of["规则号"])[:3], source(word(of["数据来源表"]))
        asked = ScoreRequest(
            ledger, label, rule, where, most, meant, months, line, word(row["等次"]), member, own
        )
        counted = METHODS.get(word(of["计分方式"]), by_people)(asked)
    except (Unknown, BadTerms) as trouble:
        reason = str(trouble)
    return Recount(label, period, typed, indicator, line, pages.as_of, counted, reason)


def comparison(found: Iterable[Recount]) -> list[dict[str, Fact | str]]:
    """表: one row an indicator, over the periods that could be counted again.

    — where nothing differs.
    """
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
