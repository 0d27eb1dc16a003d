"""A system -> what its experience material reports as results.

Organisation, members, and the enterprise's figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.county import County, named
from dangjian.model.subtree import System
from dangjian.model.table_rows import Rows
from dangjian.reports.practice import Case, case_of, selected_cases
from dangjian.reports.rollup.judged import Judged, judge_each
from dangjian.reports.tables import each
from dangjian.rules import WORDS
from dangjian.scoring.verdicts import Outcome, Verdict, verdict_on
from dangjian.scoring.verdicts.verdict import coming_out
from gongwen.facts.arithmetic import change, points, share, subtract, tally
from gongwen.facts.value import Fact, numeric
from zhibi.data.figures.measure import count, total
from zhibi.data.figures.picking import pick
from zhibi.notebook.prose.filters import in_hundred_millions, movement, parts_of
from zhibi.notebook.prose.spans import PrintedPart, Said

# the institutions of party life by which 组织建设 is told
INSTITUTIONS = ("R08", "R10", "R11", "R13", "R15")
# what is better the less there is of it
_UNWANTED = ("事故", "投诉", "隐患", "亏损", "负债", "信访")
# what is put in, not what comes of it
_PUT_IN = ("经费", "投入", "支出")
_MEASURED = ("时点", "当年", "累计")  # a plan is no result
_COUNTED = ("次", "起", "人", "人次", "名", "家", "个", "户", "场", "期", "张", "件", "项")
_STARS = "五四三二一"
_HUNDRED_MILLION = 10_000  # in 万元
NOTHING = "—"


@dataclass(frozen=True)
class Performance:
    """One figure of the enterprise against its base.

    增长 in percent (missing where the base is 0), 增减 in its unit.

    按率 tells that its growth reads as a rate; a handful of accidents or people reads as more or
    less of them.
    """

    名称: Fact
    本期: Fact
    基期: Fact
    基期年: Fact
    增长: Fact
    增减: Fact
    家数: Fact

    @property
    def 按率(self) -> bool:
        """True if its change is told in percent."""
        return self.本期.unit not in _COUNTED and not self.增长.missing

    @property
    def 向好(self) -> bool:
        """True if it moved the way it should: up, or down for accidents, complaints and their like."""
        return self._moved > 0

    @property
    def 回落(self) -> bool:
        """True if it moved the other way."""
        return self._moved < 0

    @property
    def 投入(self) -> bool:
        """True if it tells what was spent; more of it is no achievement."""
        return any(word in str(self.名称.value) for word in _PUT_IN)

    @property
    def 持平(self) -> bool:
        """True if it did not move."""
        return self._moved == 0

    @property
    def _moved(self) -> Decimal:
        change_ = Decimal(numeric(self.增减))
        return -change_ if any(word in str(self.名称.value) for word in _UNWANTED) else change_

    def in_prose(self) -> Said:
        """营业收入为6.94亿元，2025年为6.38亿元，增长8.9%."""
        year = (*parts_of(self.基期年), PrintedPart("年"))
        if self.持平:
            head = (*parts_of(self.名称), PrintedPart("与"), *year, PrintedPart("持平，均为"))
            return Said((*head, *self._amount(self.本期)))
        name = (*parts_of(self.名称), PrintedPart("合计为" if self.家数.value != 1 else "为"))
        before = (
            PrintedPart("，"),
            *year,
            PrintedPart("为"),
            *self._amount(self.基期),
            PrintedPart("，"),
        )
        moved = movement(self.增长 if self.按率 else self.增减)
        return Said((*name, *self._amount(self.本期), *before, *moved.parts))

    def _amount(self, fact: Fact) -> tuple[PrintedPart, ...]:
        return in_hundred_millions(fact).parts if self.按亿 else parts_of(fact)

    @property
    def 按亿(self) -> bool:
        """True if both figures read better in 亿元."""
        return self.本期.unit == "万元" and all(
            numeric(fact) >= _HUNDRED_MILLION for fact in (self.本期, self.基期)
        )


@dataclass(frozen=True)
class Honour:
    """One honour of the year: who, what, and from whom where that is given."""

    得主: Fact
    名称: Fact
    单位: Fact | None

    def in_prose(self) -> Said:
        """公路养护党支部获得“市级工人先锋号”（市总工会授予）."""
        head = (*parts_of(self.得主), PrintedPart("获得“"), *parts_of(self.名称), PrintedPart("”"))
        if self.单位 is None:
            return Said(head)
        return Said((*head, PrintedPart("（"), *parts_of(self.单位), PrintedPart("授予）")))


def told_cases(county: County, most: int = 4) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    """Cases an experience tells, and those it only names.

    Told are the best of those selected, or the first of all.

    A case that does not say what was done is in neither.
    """
    rows = county.data["案例品牌"]
    rows = rows[rows["做法"].notna()]
    chosen = selected_cases(county)
    marked = rows["入选"].fillna(value=False).astype(bool) if chosen else rows["做法"].isna()
    others = tuple(case_of(county.data["党组织"], row) for row in each(rows[~marked]))
    everything = (*chosen, *others)
    told = len(chosen[:most]) or most
    return everything[:told], everything[told:]


def performance(system: System) -> tuple[Performance, ...]:
    """Figures of the report year that have a base, summed over the system's units where several report the same one.

    Only rows with both figures count, so that both sides of a comparison rest on the same units.
    """
    rows = system.county.data["年度指标"]
    rows = rows[(rows["年度"] == system.year) & rows["口径"].isin(_MEASURED)]
    rows = rows[rows["数值"].notna() & rows["基期值"].notna() & rows["基期年"].notna()]
    keys = ["指标名称", "计量单位", "口径", "基期年"]
    return tuple(_performance(part, system) for _, part in rows.groupby(keys, sort=False))


def _performance(part: pd.DataFrame, system: System) -> Performance:
    first = part.iloc[[0]]
    name, unit = str(first["指标名称"].iloc[0]), str(first["计量单位"].iloc[0])
    now = total(part["数值"], name, unit, as_of=system.as_of)
    before = total(part["基期值"], f"{name}基期值", unit, as_of=system.as_of)
    return Performance(
        pick(first, "指标名称"),
        now,
        before,
        pick(first, "基期年"),
        change(now, before, f"{name}比基期增长"),
        subtract(now, before, f"{name}比基期增减"),
        count(part, f"填报{name}的单位数", "家", as_of=system.as_of),
    )


def performance_table(found: Sequence[Performance]) -> Rows:
    """表: the figures with their base, its year, and what changed; no rate where the base is 0.

    Where a figure is a sum over several units, how many reported it.
    """
    summed = any(one.家数.value != 1 for one in found)
    return [
        {
            "指标": one.名称,
            "单位": one.本期.unit,
            **({"填报单位（家）": one.家数} if summed else {}),
            "本期": one.本期,
            "基期": one.基期,
            "基期年": one.基期年,
            "增减": one.增减,
            "增长（%）": NOTHING if one.增长.missing else one.增长,
        }
        for one in found
    ]


def judge_institutions(county: County) -> tuple[Judged, ...]:
    """Every organisation on the register with its verdicts on `INSTITUTIONS` only, in the order of the workbook."""
    return judge_each(county, _institutions)


def _institutions(branch: Branch) -> tuple[Verdict, ...]:
    return tuple(verdict_on(branch, id_) for id_ in INSTITUTIONS)


def institution_table(judged: Sequence[Judged]) -> Rows:
    """表: by institution how many branches could be judged, how many kept it, and their share.

    None judged, no row.
    """
    rows = []
    for id_ in INSTITUTIONS:
        concluded = [one.on(id_).结论 for one in judged]
        name = WORDS[id_].name
        met = tally(concluded, f"{name}达标的党支部数", "个", holds=coming_out(str(Outcome.MET)))
        known = tally(
            concluded,
            f"{name}可以判定的党支部数",
            "个",
            holds=lambda fact: fact.value in (Outcome.MET, Outcome.FAILED),
        )
        if known.value:
            rows.append(
                {"制度": name, "可以判定": known, "达标": met, "达标率（%）": share(met, known)}
            )
    return rows


def kept_by_all(judged: Sequence[Judged]) -> tuple[str, ...]:
    """The institutions that every branch held to them kept."""
    return tuple(name for name, met, known in _kept(judged) if met.value == known.value)


@dataclass(frozen=True)
class Kept:
    """An institution, how many branches kept it, and their share of those that could be judged."""

    制度: str
    达标: Fact
    占比: Fact

    def in_prose(self) -> Said:
        """主题党日有6个党支部达到要求，占85.7%; of one alone no share."""
        met = (PrintedPart(f"{self.制度}有"), *parts_of(self.达标), PrintedPart("党支部达到要求"))
        if self.达标.value == 1:
            return Said(met)
        return Said((*met, PrintedPart("，占"), *parts_of(self.占比)))


def kept_by_some(judged: Sequence[Judged]) -> tuple[Kept, ...]:
    """The institutions that some branches kept and some did not, with how many did."""
    return tuple(
        Kept(name, met, share(met, known, f"{name}达标率"))
        for name, met, known in _kept(judged)
        if met.value and met.value != known.value
    )


def kept_by_none(judged: Sequence[Judged]) -> tuple[str, ...]:
    """The institutions that no branch held to them kept."""
    return tuple(name for name, met, _ in _kept(judged) if not met.value)


def _kept(judged: Sequence[Judged]) -> Iterator[tuple[str, Fact, Fact]]:
    for row in institution_table(judged):
        name, met, known = row["制度"], row["达标"], row["可以判定"]
        yield name, replace(met, label=f"{name}达到要求的党支部数"), known


def stars_of_last_year(judged: Sequence[Judged]) -> dict[str, Fact]:
    """五星党支部 -> how many were given that star last year, the highest first."""
    stars = [one.star for one in judged]
    known = [fact for fact in stars if not fact.missing]
    names = sorted({str(fact.value) for fact in known}, key=lambda name: _STARS.find(name[0]))
    return {
        f"{name}党支部": tally(known, f"上年评定为{name}的党支部数", "个", holds=coming_out(name))
        for name in names
    }


def branch_table(judged: Sequence[Judged]) -> Rows:
    """表: every branch with its members, last year's star, and its rate of last year and this."""
    rows = []
    for one in judged:
        rate, last = one.rate, one.last
        rows.append(
            {
                "党支部": one.named,
                "党员": one.size,
                "上年星级": one.star if last else NOTHING,
                "上年得分率": last.得分率 if last else NOTHING,
                "本年得分率": rate if rate is not None else NOTHING,
                "变化": points(rate, last.得分率) if last and rate is not None else NOTHING,
            }
        )
    return rows


def moved(judged: Sequence[Judged]) -> tuple[Fact, ...]:
    """How the rate of each branch changed on last year, where both are known."""
    return tuple(
        points(one.rate, one.last.得分率, f"{one.named.value}得分率变化")
        for one in judged
        if one.rate is not None and one.last
    )


def last_member_year(county: County) -> pd.DataFrame:
    """党员年度 of the year before, for members on the register: what this year is compared with."""
    frame = county.data["党员年度"]
    return frame[
        (frame["年度"] == county.year - 1) & frame["党员代码"].isin(county.members["党员代码"])
    ]


def honours(county: County, target: str) -> tuple[Honour, ...]:
    """Honours of the report year up to the day, of organisations (组织) or of persons (个人)."""
    rows = honour_rows(county, county.year, target)
    of, key, words = (
        (county.data["党组织"], "党组织代码", named)
        if target == "组织"
        else (county.data["党员"], "党员代码", lambda row: pick(row, "姓名"))
    )
    listed = []
    for row in each(rows):
        holder = of[of[key] == row[key].iloc[0]]
        if len(holder) == 1:
            by = None if pd.isna(row["授予单位"].iloc[0]) else pick(row, "授予单位")
            listed.append(Honour(words(holder), pick(row, "名称"), by))
    return tuple(listed)


def honour_rows(county: County, year: int, target: str) -> pd.DataFrame:
    """The rows of 荣誉 of a year up to the day."""
    rows = county.data["荣誉"]
    days = rows["授予日期"]
    kept: pd.DataFrame = rows[
        (days.dt.year == year) & (days <= pd.Timestamp(county.as_of)) & (rows["对象类型"] == target)
    ]
    return kept
