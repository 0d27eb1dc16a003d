"""考核得分 -> rates of a branch by period, its place among others, the star and grade its rate stands for.

Periods differ in how many points could be scored (a quarter has no 述职评议), so periods and years
are compared by 得分率.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any, Literal

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.county import County, names
from dangjian.scoring.vetoes import Veto, taking
from dangjian.workbook.scoring_terms import EXCELLENT, STARS, VETO, BadTerms, Band, star_lines
from gongwen.chinese.numbers.numerals import chinese as ordinal
from gongwen.errors import BadFact
from gongwen.facts.arithmetic import add, ratio
from gongwen.facts.value import Derived, Fact, Read, numeric
from zhibi.data.figures.measure import total
from zhibi.data.figures.origin import group
from zhibi.data.figures.picking import records
from zhibi.data.figures.unchanged import refuse_changed, refuse_repeats
from zhibi.data.figures.values import number_of

Row = Mapping[str, Any]
PeriodKind = Literal["月", "季", "年"]
GRADES = (("优秀", "优秀分数线"), ("良好", "良好分数线"), ("一般", "一般分数线"))
NO_STAR = "未达到星级分数线"
NO_GRADE = "低于一般分数线"
VOID_STAR, VOID_EXCELLENT = "不评星级", "不得评为优秀"


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


def _with_points(scheme: pd.DataFrame, scores: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The scores of periods in which more than a bonus was given: a bonus alone has no rate."""
    ordinary = ~scores["指标代码"].isin(bonuses(records(scheme)))
    if ordinary.all():
        return scores
    return scores[ordinary.groupby([scores[column] for column in by]).transform("any")]


def quarters(branch: Branch) -> tuple[Period, ...]:
    """The quarters of the report year that were scored, in order."""
    return _periods(branch, branch.year, "季")


def last_year(branch: Branch) -> Period | None:
    """The annual score of the year before, or None where there is none."""
    found = _periods(branch, branch.year - 1, "年")
    return found[-1] if found else None


def this_year(branch: Branch) -> Period | None:
    """The annual score of the report year, or None before it is given."""
    found = _periods(branch, branch.year, "年")
    return found[-1] if found else None


def mean_rate(periods: Iterable[Period], name: str) -> Fact | None:
    """Everything scored in percent of everything that could be; None without a period."""
    listed = tuple(periods)
    if not listed:
        return None
    return _rate([period.得分 for period in listed], [period.满分 for period in listed], name)


def _rate(scored: Iterable[Fact], possible: Iterable[Fact], name: str) -> Fact:
    together = add(*scored, label=f"{name}得分合计"), add(*possible, label=f"{name}满分合计")
    return ratio(*together, f"{name}得分率", "%", places=1)


def standing(branch: Branch) -> Fact | None:
    """The rate a branch is ranked by: the annual score once given, until then that of the quarters."""
    annual = this_year(branch)
    name = str(branch.named.value)
    return mean_rate((annual,), name) if annual else mean_rate(quarters(branch), name)


def standings(county: County) -> dict[str, Fact]:
    """党组织代码 -> the rate it is ranked by, for every branch that has one.

    Handed to branches as facts.

    What `standing` says of each, but for thousands: every sheet is gone through once.
    """
    scheme = county.data["考核指标"]
    scores = leaves(scheme, county.data["考核得分"])
    scores = scores[
        (scores["年度"] == county.year)
        & scores["得分"].notna()
        & scores["周期类型"].isin(("季", "年"))
    ]
    scores = _with_points(scheme, scores, ["党组织代码", "周期类型", "期次"])
    refuse_changed(scores["得分"], "得分率")
    refuse_repeats(scores, "得分率")
    periods: dict[tuple[str, str], dict[int, list[int]]] = {}
    lines = zip(scores["党组织代码"], scores["周期类型"], scores["期次"], strict=True)
    for at, (org, kind, number) in enumerate(lines):
        if not pd.isna(org) and not pd.isna(number):
            periods.setdefault((org, kind), {}).setdefault(number, []).append(at)
    extra = bonuses(records(scheme))
    origins, points = list(scores.index), [number_of(cell, "得分") or 0 for cell in scores["得分"]]
    indicators = list(scores["指标代码"])

    @cache
    def full_marks(codes: frozenset[str]) -> Fact:
        counted = scheme["指标代码"].isin(codes - extra)
        return total(scheme[counted]["分值"], "满分", "分")

    def possible(part: list[int]) -> Fact:
        return full_marks(frozenset(indicators[at] for at in part))

    def sum_of(part: list[int], label: str) -> Fact:
        read = Read("求和", group((origins[at] for at in part), "得分"))
        return Fact(label, sum(points[at] for at in part), read, "分", places=1)

    found: dict[str, Fact] = {}
    for code, name in zip(county.branches["党组织代码"], names(county.branches), strict=True):
        own = periods.get((code, "年")) or periods.get((code, "季")) or {}
        parts = [places for _, places in sorted(own.items())]
        if parts:
            scored = [sum_of(part, f"{name}得分") for part in parts]
            most = [possible(part) for part in parts]
            found[code] = _rate(scored, [replace(each, label=f"{name}满分") for each in most], name)
    return found


def star(rate: Fact, settings: Mapping[str, Fact], found: Sequence[Veto] = ()) -> Fact:
    """The star a rate stands for by 星级分数线.

    Missing where no line is set, none at all after a veto that takes it.
    """
    lines = settings["星级分数线"]
    label = rate.label.removesuffix("得分率") + "对应星级"
    bands = star_bands(lines)
    if bands and (facts := taking(found, STARS)):
        return Fact(
            label,
            VOID_STAR,
            Derived(f"有一票否决事项，考核方案规定取消{STARS}", (rate, lines, *facts)),
        )
    value = _band(rate, bands, NO_STAR) if bands else None
    return Fact(label, value, Derived("得分率按星级分数线对应", (rate, lines)))


def stars_of(
    rates: Mapping[str, Fact],
    settings: Mapping[str, Fact],
    found: Mapping[str, Sequence[Veto]] | None = None,
) -> dict[str, Fact]:
    """The star of each rate, where a star may have a quota.

    A share of all who have a rate, rounded down.

    Best rates first. Equal rates share their star: where not all of them fit, all go one star down,
    for nobody may choose among equals but people. Whom a veto takes the star has none, and takes no
    place of the quota.
    """
    vetoed = {code: facts for code, facts in (found or {}).items() if taking(facts, STARS)}
    void = {
        code: star(rate, settings, vetoed[code]) for code, rate in rates.items() if code in vetoed
    }
    return {**_stars_within(rates, settings, void), **void}


def _stars_within(
    everyone: Mapping[str, Fact], settings: Mapping[str, Fact], void: Mapping[str, Fact]
) -> dict[str, Fact]:
    rates = {code: rate for code, rate in everyone.items() if code not in void}
    lines = settings["星级分数线"]
    bands = _stars(lines)
    if not any(band.quota for band in bands):
        return {code: star(rate, settings) for code, rate in rates.items()}
    free = {band.name: _places(band, len(everyone)) for band in bands}
    found: dict[str, Fact] = {}
    for value in sorted({numeric(rate) for rate in rates.values()}, reverse=True):
        equal = [code for code, rate in rates.items() if numeric(rate) == value]
        fits = (band.name for band in bands if value >= band.line and free[band.name] >= len(equal))
        name = next(fits, NO_STAR)
        if name != NO_STAR:
            free[name] -= len(equal)
        for code in equal:
            label = rates[code].label.removesuffix("得分率") + "对应星级"
            origin = Derived("得分率按星级分数线和名额对应", (rates[code], lines))
            found[code] = Fact(label, name, origin)
    return found


def _places(band: Band, everyone: int) -> int:
    return everyone if band.quota is None else int(everyone * band.quota / 100)


def composite(branch: Branch) -> Fact:
    """The year's rate of a branch by the weights of 设置.

    Missing before every kind that carries weight was scored.
    """
    name = str(branch.named.value)
    kinds: tuple[PeriodKind, ...] = ("月", "季", "年")
    rates = {kind: mean_rate(_periods(branch, branch.year, kind), name) for kind in kinds}
    return weighted(
        {kind: rate for kind, rate in rates.items() if rate is not None}, branch.settings, name
    )


def weighted(rates: Mapping[PeriodKind, Fact], settings: Mapping[str, Fact], name: str) -> Fact:
    """The rate of a year out of those of its months, quarters and the year, by the weights of 设置.

    Missing where a weight is not set, or where a kind that carries weight has no rate: the rest is
    not blown up.
    """
    kinds: tuple[PeriodKind, ...] = ("月", "季", "年")
    weights = {kind: settings[f"{kind}权重"] for kind in kinds}
    parts = [(weights[kind], rates.get(kind)) for kind in kinds]
    known = tuple(fact for fact in chain.from_iterable(parts) if fact is not None)
    total_ = Decimal(0)
    missing = False
    for weight, rate in parts:
        if weight.missing or (numeric(weight) and (rate is None or rate.missing)):
            missing = True
        elif rate is not None and not rate.missing:
            total_ += numeric(weight) * numeric(rate)
    value = None if missing else total_.quantize(Decimal("0.1"))
    return Fact(
        f"{name}综合得分率", value, Derived("月、季、年得分率按权重加权", known), "%", places=1
    )


def grade(rate: Fact, settings: Mapping[str, Fact], found: Sequence[Veto] = ()) -> Fact:
    """优秀, 良好 or 一般 by the three lines of the settings; missing where one is not set.

    After a veto that takes 优秀 away a rate that reaches its line is 不得评为优秀; what else it is
    people decide.
    """
    lines = [settings[name] for _, name in GRADES]
    bands = [
        (word, line.value)
        for (word, _), line in zip(GRADES, lines, strict=True)
        if isinstance(line.value, Decimal)
    ]
    label = rate.label.removesuffix("得分率") + "对应等次"
    value = _band(rate, bands, NO_GRADE) if len(bands) == len(GRADES) else None
    if value == EXCELLENT and (facts := taking(found, EXCELLENT)):
        how = f"有一票否决事项，考核方案规定取消{EXCELLENT}"
        return Fact(label, VOID_EXCELLENT, Derived(how, (rate, *lines, *facts)))
    return Fact(label, value, Derived("得分率按等次分数线对应", (rate, *lines)))


def star_bands(lines: Fact) -> list[tuple[str, Decimal]]:
    """“五星:95;四星:90” as (五星, 95), … from high to low.

    Anything else, or lines that do not fall, is refused.
    """
    return [(band.name, band.line) for band in _stars(lines)]


def _stars(lines: Fact) -> tuple[Band, ...]:
    if lines.missing:
        return ()
    try:
        return star_lines(str(lines.value))
    except BadTerms as fault:
        raise BadFact("星级分数线", str(fault)) from None


def _band(rate: Fact, bands: Iterable[tuple[str, Decimal]], below: str) -> str | None:
    if not isinstance(rate.value, int | Decimal):
        return None
    return next((name for name, line in bands if rate.value >= line), below)


def _periods(branch: Branch, year: int, kind: PeriodKind) -> tuple[Period, ...]:
    """The periods of a kind.

    A report asks for the same ones from many places, so they are worked out once.
    """
    return branch.once(("periods", year, kind), lambda: _scored(branch, year, kind))


def _scored(branch: Branch, year: int, kind: PeriodKind) -> tuple[Period, ...]:
    scheme, scores = branch.records("考核指标"), branch.records("考核得分")
    out, extra = branch.once("pointless", lambda: (_out(scheme), bonuses(scheme)))
    found: dict[int, list[int]] = {}
    for at, row in enumerate(scores):
        own = row["党员代码"] is None and row["指标代码"] not in out  # as `leaves`
        if own and (row["年度"], row["周期类型"]) == (year, kind) and row["得分"] is not None:
            found.setdefault(int(row["期次"]), []).append(at)
    scored: dict[str, list[int]] = {}
    possible: dict[str, list[int]] = {}
    for number, places in sorted(found.items()):
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
