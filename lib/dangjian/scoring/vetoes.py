"""考核得分 of a branch -> the 一票否决 items that happened, and what the scheme takes away for each.

That an item happened is said by a row on its indicator whose 等次 is 是. What follows is what the
indicator's 参数 says (星级, 优秀); where it says nothing, nothing is taken away here and people
decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.county import County, after, among, equal
from dangjian.workbook.scoring_terms import FULL, HAPPENED, VETO, BadTerms, terms
from gongwen.facts.value import Fact
from zhibi.data.figures.picking import pick_at


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
    scheme = {
        row["指标代码"]: at
        for at, row in enumerate(branch.records("考核指标"))
        if row["计分方式"] == VETO
    }
    rows: dict[str, int] = {}
    for at, row in enumerate(branch.records("考核得分")):
        own = row["指标代码"] in scheme and row["党员代码"] is None and row["年度"] == branch.year
        if own and row["等次"] == HAPPENED and not _late(branch, row["检查日期"]):
            rows.setdefault(row["指标代码"], at)
    return tuple(_veto(branch, scheme[code], at) for code, at in rows.items())


def vetoed(county: County) -> frozenset[str]:
    """The codes of the organisations with an item that happened.

    What `vetoes` says of each, for a whole county.
    """
    scheme, scores = county.data["考核指标"], county.data["考核得分"]
    items = scheme[equal(scheme["计分方式"], VETO)]["指标代码"]
    if not len(items):
        return frozenset()
    own = among(scores["指标代码"], items) & scores["党员代码"].isna().to_numpy()
    own &= equal(scores["年度"], county.year) & equal(scores["等次"], HAPPENED)
    own &= ~after(scores["检查日期"], county.as_of)
    return frozenset(scores[own]["党组织代码"])


def _late(branch: Branch, checked: pd.Timestamp | None) -> bool:
    return checked is not None and checked > pd.Timestamp(branch.as_of)


def _veto(branch: Branch, of: int, at: int) -> Veto:
    """The item whose indicator and whose row stand at these places."""
    indicator, row = (branch["考核指标"], of), (branch["考核得分"], at)
    name, label = pick_at(*indicator, "指标名称"), f"{branch.named.value}一票否决"
    text, reason = (
        branch.records("考核指标")[of]["参数"],
        branch.records("考核得分")[at]["扣分原因"],
    )
    try:
        voids = () if text is None else terms(VETO, str(text), FULL).voids
    except BadTerms:
        voids = ()
    why = None if reason is None else pick_at(*row, "扣分原因", f"{label}原因")
    consequence = pick_at(*indicator, "参数", f"“{name.value}”取消")
    return Veto(name, why, pick_at(*row, "等次", f"{label}“{name.value}”"), consequence, voids)


def taking(found: Iterable[Veto], what: str) -> tuple[Fact, ...]:
    """The cells of the items that take this away; none where nothing does."""
    return tuple(chain.from_iterable(veto.facts for veto in found if what in veto.voids))
