"""考核得分 -> the points and the rate of a branch in each quarter and year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.workbook.scoring_terms import VETO
from gongwen.chinese.numbers.numerals import chinese as ordinal
from gongwen.errors import BadFact
from gongwen.facts.arithmetic import add, ratio
from gongwen.facts.value import Fact, Read
from zhibi.data.figures.measure import total
from zhibi.data.figures.origin import group
from zhibi.data.figures.picking import records
from zhibi.data.figures.unchanged import refuse_changed, refuse_repeats
from zhibi.data.figures.values import number_of

Row = Mapping[str, Any]


PeriodKind = Literal["月", "季", "年"]


@dataclass(frozen=True)
class Period:
    """One period's score, what could be scored in it, and the one in percent of the other."""

    名称: str
    得分: Fact
    满分: Fact
    得分率: Fact


def leaves(scheme: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Scores of organisations (not of members) on indicators with none below them, so that none counts twice.

    What brings no points is left out: 一票否决, and indicators of 0 points, which only have a
    grade.
    """
    return scores[scores["党员代码"].isna() & ~scores["指标代码"].isin(_out(records(scheme)))]


def _out(scheme: Collection[Row]) -> set[str]:
    pointless = {row["指标代码"] for row in scheme if row["计分方式"] == VETO or row["分值"] == 0}
    return pointless | {row["上级指标"] for row in scheme if row["上级指标"] is not None}


def bonuses(scheme: Iterable[Row]) -> set[str]:
    """指标代码 of 加分: outside the hundred points, so that they add to what is scored and not to what could be."""
    return {row["指标代码"] for row in scheme if row["计分方式"] == "加分"}


def with_points(scheme: pd.DataFrame, scores: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The scores of periods in which more than a bonus was given: a bonus alone has no rate."""
    ordinary = ~scores["指标代码"].isin(bonuses(records(scheme)))
    if ordinary.all():
        return scores
    return scores[ordinary.groupby([scores[column] for column in by]).transform("any")]


def quarters(branch: Branch) -> tuple[Period, ...]:
    """The quarters of the report year that were scored, in order."""
    return periods(branch, branch.year, "季")


def last_year(branch: Branch) -> Period | None:
    """The annual score of the year before, or None where there is none."""
    years = periods(branch, branch.year - 1, "年")
    return years[-1] if years else None


def this_year(branch: Branch) -> Period | None:
    """The annual score of the report year, or None before it is given."""
    years = periods(branch, branch.year, "年")
    return years[-1] if years else None


def mean_rate(periods: Iterable[Period], name: str) -> Fact | None:
    """Everything scored in percent of everything that could be; None without a period."""
    listed = tuple(periods)
    if not listed:
        return None
    return rate_of([period.得分 for period in listed], [period.满分 for period in listed], name)


def rate_of(scored: Iterable[Fact], possible: Iterable[Fact], name: str) -> Fact:
    """Points scored of those that could be scored."""
    together = add(*scored, label=f"{name}得分合计"), add(*possible, label=f"{name}满分合计")
    return ratio(*together, f"{name}得分率", "%", places=1)


def periods(branch: Branch, year: int, kind: PeriodKind) -> tuple[Period, ...]:
    """The periods of a kind.

    A report asks for the same ones from many places, so they are worked out once.
    """
    return branch.once(("periods", year, kind), lambda: _scored(branch, year, kind))


def _scored(branch: Branch, year: int, kind: PeriodKind) -> tuple[Period, ...]:
    scheme, scores = branch.records("考核指标"), branch.records("考核得分")
    out, extra = branch.once("pointless", lambda: (_out(scheme), bonuses(scheme)))
    rows: dict[int, list[int]] = {}
    for at, row in enumerate(scores):
        own = row["党员代码"] is None and row["指标代码"] not in out  # as `leaves`
        if own and (row["年度"], row["周期类型"]) == (year, kind) and row["得分"] is not None:
            rows.setdefault(int(row["期次"]), []).append(at)
    scored: dict[str, list[int]] = {}
    possible: dict[str, list[int]] = {}
    for number, places in sorted(rows.items()):
        ordinary = {scores[at]["指标代码"] for at in places} - extra
        if ordinary:  # a bonus alone has no rate
            called = _called(kind, number, past=year < branch.year)
            scored[called] = places
            possible[called] = [at for at, row in enumerate(scheme) if row["指标代码"] in ordinary]
    return _rated(branch, scored, possible)


def _rated(
    branch: Branch, scored: Mapping[str, list[int]], possible: Mapping[str, list[int]]
) -> tuple[Period, ...]:
    """The periods by what they are called, each with where its scores and where its indicators stand."""
    if not scored:
        return ()
    name = str(branch.named.value)
    points = _totals(
        branch["考核得分"]["得分"],
        {f"{name}{called}得分": at for called, at in scored.items()},
        places=1,
    )
    most = _totals(
        branch["考核指标"]["分值"], {f"{name}{called}满分": at for called, at in possible.items()}
    )
    return tuple(
        Period(called, part, whole, ratio(part, whole, f"{name}{called}得分率", "%", places=1))
        for called, part, whole in zip(scored, points, most, strict=True)
    )


def _totals(
    column: pd.Series, wanted: Mapping[str, list[int]], places: int | None = None
) -> list[Fact]:
    """What `total` says of parts of a column without blanks, by label and position.

    The column is looked at once.
    """
    try:
        refuse_repeats(column, "")
        refuse_changed(column, "")
    except BadFact:  # not in every part: `total` tells in which
        return [total(column.iloc[part], label, "分", places) for label, part in wanted.items()]
    origins, cells = list(column.index), column.array
    totals = []
    for label, part in wanted.items():
        amount = sum(number_of(cells[at], label) or 0 for at in part)
        read = Read("求和", group((origins[at] for at in part), str(column.name)))
        totals.append(Fact(label, amount, read, "分", places=places))
    return totals


def _called(kind: PeriodKind, number: int, *, past: bool) -> str:
    if kind == "年":
        return "上年" if past else "年度"
    return f"{ordinal(number)}{'季度' if kind == '季' else '月'}"
