"""考核得分 of a branch -> the 一票否决 items that happened, and what the scheme takes away for each.

That an item happened is said by a row on its indicator whose 等次 is 是. What follows is what the indicator's 参数 says
(星级, 优秀); where it says nothing, nothing is taken away here and people decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from dangjian.branch import Branch
from dangjian.terms import FULL, HAPPENED, VETO, BadTerms, terms
from zhibi.facts.measure import pick
from zhibi.facts.value import Fact


@dataclass(frozen=True)
class Veto:
    """One item that happened: its name, why as the row tells it, and the cells that say what it takes away."""

    名称: Fact
    原因: Fact | None
    发生: Fact
    后果: Fact
    voids: tuple[str, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The cells it rests on."""
        return (self.发生, self.名称, *(() if self.后果.missing else (self.后果,)))


def vetoes(branch: Branch) -> tuple[Veto, ...]:
    """What happened in the report year up to the day, in the order of the workbook, each item once."""
    codes = {row["指标代码"] for row in branch.records("考核指标") if row["计分方式"] == VETO}
    found: dict[str, int] = {}
    for at, row in enumerate(branch.records("考核得分")):
        late = row["检查日期"] is not None and row["检查日期"] > pd.Timestamp(branch.as_of)
        own = row["指标代码"] in codes and row["党员代码"] is None and row["年度"] == branch.year
        if own and not late and row["等次"] == HAPPENED:
            found.setdefault(row["指标代码"], at)
    scheme, scores = branch["考核指标"], branch["考核得分"]
    return tuple(_veto(branch, scheme, scores.iloc[[at]]) for at in found.values())


def _veto(branch: Branch, scheme: pd.DataFrame, row: pd.DataFrame) -> Veto:
    indicator = scheme[scheme["指标代码"] == row["指标代码"].iloc[0]]
    name, label = pick(indicator, "指标名称"), f"{branch.named.value}一票否决"
    text = indicator["参数"].iloc[0]
    try:
        voids = () if pd.isna(text) else terms(VETO, str(text), FULL).voids
    except BadTerms:
        voids = ()
    reason = None if pd.isna(row["扣分原因"].iloc[0]) else pick(row, "扣分原因", f"{label}原因")
    consequence = pick(indicator, "参数", f"“{name.value}”取消")
    return Veto(name, reason, pick(row, "等次", f"{label}“{name.value}”"), consequence, voids)


def taking(found: Iterable[Veto], what: str) -> tuple[Fact, ...]:
    """The cells of the items that take this away; none where nothing does."""
    return tuple(fact for veto in found if what in veto.voids for fact in veto.facts)
