"""The scheme and a branch's own rows -> its scores once more, beside those that were typed in.

Only what the rows can bear is counted again: what people judge, what an earlier register would be needed for, and what
was not reported stays as it is, and says why. A difference is told; which of the two is right is for people to say.

Numbers are compared first; facts with their origins are made only when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial

import pandas as pd

from dangjian.branch import Branch
from dangjian.ledger import Ledger
from dangjian.methods import METHODS, MONTHS, Asked, Counted, Unknown, by_people, word
from dangjian.pages import Row, pages_of
from dangjian.terms import BadTerms, source, terms
from zhibi.facts.arithmetic import add, subtract
from zhibi.facts.measure import pick
from zhibi.facts.value import Derived, Fact
from zhibi.zh.numerals import chinese as ordinal

CLOSE = Decimal("0.05")  # points are typed to one decimal
NOTHING = "—"


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
    return recounts_of(Ledger(pages_of(branch), branch.code, lambda: branch))


def recounts_of(ledger: Ledger) -> tuple[Recount, ...]:
    """The same of an organisation whose rows stand in the pages of its county."""
    return tuple(_recount(ledger, at, row) for at, row in _typed(ledger) if pd.isna(row["党员代码"]))


def _typed(ledger: Ledger) -> Iterator[tuple[int, Row]]:
    """The scores that were typed in on indicators with none below them: where each stands, and its line."""
    pages = ledger.pages
    for at, row in pages.scores.get(ledger.code, []):
        code = row["指标代码"]
        if code in pages.indicators and code not in pages.parents and not pd.isna(row["得分"]):
            yield at, row


def _line(frame: pd.DataFrame, at: int) -> pd.DataFrame:
    return frame.iloc[[at]]


def _recount(ledger: Ledger, at: int, row: Row, member: str = "") -> Recount:
    pages = ledger.pages
    position, of = pages.indicators[row["指标代码"]]
    lines = partial(_line, pages.frames["考核指标"], position), partial(_line, pages.frames["考核得分"], at)
    kind, number = str(row["周期类型"]), int(row["期次"])
    period = {"月": f"{ordinal(number)}月", "季": f"{ordinal(number)}季度"}.get(kind, "年度")
    label = f"{f'党员{member}' if member else ledger.name}{period}“{of['指标名称']}”"
    first = (number - 1) * MONTHS[kind] + 1
    typed, most = (Decimal(repr(float(cell))) for cell in (row["得分"], of["分值"]))
    counted, reason = None, ""
    try:
        meant = terms(word(of["计分方式"]), word(of["参数"]), most)
        months, own = range(first, first + MONTHS[kind]), kind == word(of["周期"])
        rule, where = word(of["规则号"])[:3], source(word(of["数据来源表"]))
        asked = Asked(ledger, label, rule, where, most, meant, months, lines[1], word(row["等次"]), member, own)
        counted = METHODS.get(word(of["计分方式"]), by_people)(asked)
    except (Unknown, BadTerms) as trouble:
        reason = str(trouble)
    return Recount(label, period, typed, *lines, pages.as_of, counted, reason)


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
