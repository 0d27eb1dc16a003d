"""A score request -> the points of 按次扣分, 比例, 分档 and 加分, or why the rows cannot say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from dangjian.model.org_rows import DATED
from dangjian.rules import RULES
from dangjian.scoring.methods.passing import held_once
from dangjian.scoring.methods.score_request import (
    BEHIND,
    MEETINGS,
    OF_PEOPLE,
    ONCE_A_YEAR,
    Counted,
    ScoreRequest,
    Unknown,
    decimal,
    is_within,
    word,
)
from dangjian.scoring.methods.shares import share_of, share_of_periods
from dangjian.workbook.scoring_terms import Terms
from gongwen.facts.value import Fact
from zhibi.data.figures.measure import count
from zhibi.data.figures.picking import pick_at


def by_people(_asked: ScoreRequest) -> Counted:
    """人工, 一票否决: for people to judge."""
    raise Unknown("由人评定")


def per_miss(asked: ScoreRequest) -> Counted:
    """按次扣分: so many points off for each period without the meeting, never below nothing."""
    each = asked.terms.each
    if (
        each is None
        or (asked.rule not in MEETINGS and asked.rule not in ONCE_A_YEAR)
        or asked.member
    ):
        raise Unknown("没有对应的组织生活规则" if each is not None else "参数未填")
    if asked.rule in ONCE_A_YEAR:
        there, rests_on = held_once(asked)
        missed: Decimal | int = 0 if there else 1
    else:
        share = share_of_periods(asked)
        missed, rests_on = share.whole - share.part, share.rests_on
    return Counted(
        max(Decimal(0), asked.most - missed * each),
        "分值减缺次乘每次扣分，不足0分的按0分",
        rests_on,
    )


def by_share(asked: ScoreRequest) -> Counted:
    """比例: the points by the share reached, never more than all of them."""
    figure = RULES[asked.rule].figure if asked.rule in OF_PEOPLE else None
    if not asked.source.column and figure is not None and asked.terms.needed not in (None, figure):
        raise Unknown(f"参数与规则规定的{figure}不同")
    share = share_of(asked)
    return Counted(
        asked.most * min(Decimal(1), Decimal(share.part) / share.whole),
        "分值乘占比",
        share.rests_on,
    )


def by_band(asked: ScoreRequest) -> Counted:
    """分档: the points of the grade, or of the line reached; below the last line there are none."""
    if asked.terms.grades:
        return _by_grade(asked)
    if not asked.terms.lines:
        raise Unknown("参数未填")
    if asked.terms.percent:
        share = share_of(asked)
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
        return decimal(cell), lambda: (asked.of_member(column),)
    if not asked.member and not column and asked.rule in MEETINGS:
        share = share_of_periods(replace(asked, terms=Terms()))
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


def bonus(asked: ScoreRequest) -> Counted:
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
            if not is_within(row[DATED[title]], asked) or row[DATED[title]] > last:
                return False
            return (
                row["党员代码"] == asked.member
                if asked.member
                else title != "案例品牌" or bool(row["入选"])
            )

        lines = branch[title].index[[brings(row) for row in branch.records(title)]]
        return (count(lines, f"{asked.label}加分项数", "项", as_of=branch.as_of),)

    return Counted(points, "项数乘每项加分，不超过封顶", rests_on)
