"""Rates of all branches -> the place of one among them, and a rate over several periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import chain

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.county import County, names
from dangjian.scoring.scores.periods import (
    PeriodKind,
    bonuses,
    leaves,
    mean_rate,
    periods,
    quarters,
    rate_of,
    this_year,
    with_points,
)
from gongwen.facts.value import Derived, Fact, Read, numeric
from zhibi.data.figures.measure import total
from zhibi.data.figures.origin import group
from zhibi.data.figures.picking import records
from zhibi.data.figures.unchanged import refuse_changed, refuse_repeats
from zhibi.data.figures.values import number_of


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
    scores = with_points(scheme, scores, ["党组织代码", "周期类型", "期次"])
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

    rates: dict[str, Fact] = {}
    for code, name in zip(county.branches["党组织代码"], names(county.branches), strict=True):
        own = periods.get((code, "年")) or periods.get((code, "季")) or {}
        parts = [places for _, places in sorted(own.items())]
        if parts:
            scored = [sum_of(part, f"{name}得分") for part in parts]
            most = [possible(part) for part in parts]
            rates[code] = rate_of(
                scored, [replace(each, label=f"{name}满分") for each in most], name
            )
    return rates


def composite(branch: Branch) -> Fact:
    """The year's rate of a branch by the weights of 设置.

    Missing before every kind that carries weight was scored.
    """
    name = str(branch.named.value)
    kinds: tuple[PeriodKind, ...] = ("月", "季", "年")
    rates = {kind: mean_rate(periods(branch, branch.year, kind), name) for kind in kinds}
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
