"""The members of a branch scored out of a hundred -> how many, how well on average, and what their own rows contradict.

No name and no single member's score comes out of here: an annual review tells of members together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from dangjian.model.branch import Branch
from dangjian.model.table_rows import Rows
from dangjian.scoring.recount import POINTS, Recount, Total, everything, ledger_of
from gongwen.facts.arithmetic import ratio, tally
from gongwen.facts.value import Derived, Fact, numeric
from zhibi.data.figures.measure import count, count_distinct, mean, total


@dataclass(frozen=True)
class MemberScores:
    """What the annual review prints of 党员百分制; `表` has one row an indicator."""

    人数: Fact
    平均: Fact
    得分率: Fact
    重算数: Fact
    不一致数: Fact
    积分不一致: Fact
    表: Rows


def member_scores(branch: Branch) -> MemberScores | None:
    """The scores of the year of a branch's members; None where no member was scored."""
    pages = ledger_of(branch).pages
    by_code: dict[str, list[int]] = {}
    for at, row in pages.scores.get(branch.code, []):
        scored_year = (
            row["党员代码"] is not None and row["周期类型"] == "年" and row["得分"] is not None
        )
        if (
            scored_year
            and row["指标代码"] in pages.indicators
            and row["指标代码"] not in pages.parents
        ):
            by_code.setdefault(row["指标代码"], []).append(at)
    if not by_code:
        return None
    recounted = everything(branch)
    scored_rows, scores, name = (
        sorted(chain(*by_code.values())),
        pages.frames["考核得分"],
        str(branch.named.value),
    )
    people = count_distinct(
        scores["党员代码"].iloc[scored_rows],
        f"{name}参加党员百分制考核的党员数",
        "名",
        as_of=branch.as_of,
    )
    scored = total(
        scores["得分"].iloc[scored_rows], f"{name}党员百分制得分合计", "分", as_of=branch.as_of
    )
    of_members = chain.from_iterable(recounted.members.values())
    every = [recount for recount in of_members if recount.期次 == "年度"]
    points = [one for one in recounted.totals if one.label.endswith(POINTS)]
    rows = _rows(branch, by_code, every)
    most = sum((_number(row["分值"]) * _number(row["评分人数"]) for row in rows), Decimal(0))
    parents = tuple(chain.from_iterable((row["分值"], row["评分人数"]) for row in rows))
    possible = Fact(
        f"{name}党员百分制已评分值合计",
        most,
        Derived("各项分值乘评分人数之和", parents),
        "分",
        branch.as_of,
    )
    return MemberScores(
        people,
        ratio(scored, people, f"{name}党员百分制平均得分", "分", places=1),
        ratio(scored, possible, f"{name}党员百分制得分率", "%", places=1),
        _many(every, _counted(every), f"{name}可以重算的党员得分数", "处"),
        _many(every, _odd(every), f"{name}填报与重算不一致的党员得分数", "处"),
        _many(points, _odd(points), f"{name}积分与各项得分合计不一致的党员数", "名"),
        rows,
    )


def _rows(branch: Branch, by_code: Mapping[str, Sequence[int]], every: Iterable[Recount]) -> Rows:
    """One row an indicator, in the order of the scheme; `by_code` tells where its scores stand."""
    pages = ledger_of(branch).pages
    scores = pages.frames["考核得分"]
    by_name: dict[object, list[Recount]] = {}
    for one in every:
        by_name.setdefault(one.指标.value, []).append(one)
    rows: Rows = []
    for indicator in sorted((pages.indicators[code] for code in by_code), key=lambda each: each.at):
        called = str(indicator.row["指标名称"])
        own, mine = list(by_code[indicator.row["指标代码"]]), by_name.get(called, [])
        label = f"{branch.named.value}党员“{called}”"
        rows.append({
            "指标": indicator.picked("指标名称"),
            "分值": indicator.picked("分值", f"“{called}”分值", "分"),
            "评分人数": count(scores.index[own], f"{label}评分人数", "名", as_of=branch.as_of),
            "平均得分": mean(scores["得分"].iloc[own], f"{label}平均得分", "分", as_of=branch.as_of),
            "可以重算": _many(mine, _counted(mine), f"{label}可以重算的得分数", "处"),
            "不一致": _many(mine, _odd(mine), f"{label}不一致的得分数", "处"),
        })  # fmt: skip
    return rows


def _number(fact: Fact) -> Decimal:
    return Decimal(numeric(fact))


def _counted(recounts: Iterable[Recount]) -> list[Recount]:
    """Those that could be counted again; what they come to is made only where it is printed."""
    return [one for one in recounts if one.counted is not None]


def _odd(recounts: Iterable[Recount | Total]) -> list[Recount | Total]:
    return [one for one in recounts if one.differs]


def _many(
    found: Sequence[Recount | Total], chosen: Sequence[Recount | Total], label: str, unit: str
) -> Fact:
    """How many of the typed-in figures looked at are among the chosen; it rests on all of them."""
    reported = {id(one.填报) for one in chosen}
    return tally([one.填报 for one in found], label, unit, holds=lambda fact: id(fact) in reported)
