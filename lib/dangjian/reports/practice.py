"""Mechanisms, cases and what came of them -> what the chapter on 主要做法 tells, straight from rows.

Nothing here writes qualitative text: names, problems and descriptions are cells and keep their
origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import Any

import pandas as pd

from dangjian.model.county import County, called, named
from dangjian.model.subtree import System
from dangjian.workbook.sheets import SEPARATORS
from dangjian.workbook.tree import places_by
from gongwen.chinese.wording import titled
from gongwen.facts.arithmetic import share
from gongwen.facts.value import Fact, Read
from zhibi.data.figures import picking
from zhibi.data.figures.picking import pick
from zhibi.notebook.prose.filters import day, parts_of
from zhibi.notebook.prose.phrases import composed, wording
from zhibi.notebook.prose.spans import PrintedPart, Said

# Chapter headings and the kinds of mechanism told under each; an empty chapter is left out.
THEMES: Mapping[str, tuple[str, ...]] = {
    "健全责任体系，压实工作责任": ("领导小组", "督查组"),
    "完善制度机制，规范日常运行": ("制度", "机制", "清单"),
    "创新方法载体，推动融合发展": ("工作法", "模板", "载体"),
}

# What is done with a mechanism of each kind, and the word that closes its name where the name lacks
# it
_VERBS: Mapping[str, tuple[str, str]] = {
    "领导小组": ("组建", ""), "督查组": ("组建", ""), "制度": ("落实", ""), "机制": ("健全", "机制"), "清单": ("推行", ""),
    "工作法": ("推行", ""), "模板": ("推广", ""), "载体": ("设立", ""),
}  # fmt: skip
ALL = 100  # percent
TOLD_AT_LENGTH = 2  # of each chapter
BODIES = ("领导小组", "督查组")  # their items are members, counted 个; of all others 项


@dataclass(frozen=True)
class Mechanism:
    """One row of 机制做法 as prose needs it; a field is None where the row leaves it blank.

    数量 is None too where the items listed are not as many as declared: then no number is printed.
    """

    名称: Fact
    类别: str
    动词: str  # 健全 for 健全…机制
    尾词: str
    责任: Fact | None
    起始: Fact | None
    问题: Fact | None
    说明: Fact | None
    列举: tuple[Fact, ...]
    数量: Fact | None
    覆盖: Fact | None
    应覆盖: Fact | None
    覆盖率: Fact | None

    @property
    def 全名(self) -> Said:
        """健全党建和业务“四同”工作机制: what was done with it, its name, and the word that closes the name."""
        return Said((PrintedPart(self.动词), *parts_of(self.名称), *parts_of(self.尾词)))

    @property
    def 始于(self) -> Said:
        """2025年5月: since when."""
        return Said((), nothing=True) if self.起始 is None else day(self.起始, "年月")

    @property
    def 起步(self) -> Said:
        """自2025年5月起实施; of a body of people 2025年1月组建，由甲和乙组成."""
        since = self.始于
        who = composed(self.成员)
        if self.类别 not in BODIES:
            words = (
                () if since.nothing else (PrintedPart("自"), *since.parts, PrintedPart("起实施"))
            )
            return Said(words, nothing=since.nothing)
        founded = () if since.nothing else (*since.parts, PrintedPart("组建"))
        comma = (PrintedPart("，"),) if founded and who.parts else ()
        return Said((*founded, *comma, *who.parts), nothing=not founded and not who.parts)

    @property
    def 成员(self) -> tuple[Fact, ...]:
        """Who belongs to it, where it is a body of people."""
        return self.列举 if self.类别 in BODIES else ()

    @property
    def 内容(self) -> tuple[Fact, ...]:
        """What it is made of, unless its name (月抽查、季督查、年考评) or what is told of it lists that."""
        told = str(self.名称.value), "" if self.说明 is None else str(self.说明.value)
        named = any(map(self._lists_all, told))
        return () if named or self.类别 in BODIES else self.列举

    def _lists_all(self, words: str) -> bool:
        return all(str(item.value) in words for item in self.列举)

    @property
    def 推行(self) -> Fact | None:
        """How many organisations have taken it up, where not all that should have done so."""
        partly = self.覆盖率 is not None and self.覆盖率.value != ALL
        return self.覆盖 if partly and self.类别 not in BODIES else None


@dataclass(frozen=True)
class Theme:
    """One chapter of practice: its heading and the mechanisms told there."""

    标题: str
    做法: tuple[Mechanism, ...]

    @property
    def 详述(self) -> tuple[Mechanism, ...]:
        """The mechanisms that are told at length."""
        return self.做法[:TOLD_AT_LENGTH]

    @property
    def 其余(self) -> tuple[Fact, ...]:
        """The names of the others."""
        return tuple(one.名称 for one in self.做法[TOLD_AT_LENGTH:])


@dataclass(frozen=True)
class Issued:
    """A document with its number: 《……的通知》（示组发〔2025〕3号）."""

    标题: Fact
    文号: Fact

    def in_prose(self) -> Said:
        """The title in 《》, the number in brackets where there is one."""
        title = PrintedPart(titled(self.标题.number), self.标题)
        if self.文号.missing:
            return Said((title,))
        return Said(
            (title, PrintedPart("（"), PrintedPart(self.文号.number, self.文号), PrintedPart("）"))
        )


_OF_A_CASE = (
    "名称", "党组织代码", "计量单位", "背景", "做法", "成效", "指标名称", "前值", "后值", "受益人次",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One selected case: who, what, with what effect, and the figure before and after where the row has both."""

    名称: Fact
    单位: Fact
    背景: Fact | None
    做法: Fact
    成效: Fact | None
    指标: Fact | None
    前值: Fact | None
    后值: Fact | None
    走向: str  # 降至, 升至 or 保持, as the two figures say; empty where one is missing
    受益: Fact | None

    @property
    def 全名(self) -> Said:
        """公路养护党支部“养路先锋队”: whose it is, and its name."""
        return Said(
            (*parts_of(self.单位), PrintedPart("“"), *parts_of(self.名称), PrintedPart("”"))
        )

    @property
    def 成绩(self) -> Said:
        """联系种植户数由46户升至68户，受益520人次; in words where there are no figures."""
        parts: list[PrintedPart] = []
        if self.指标 is not None and self.前值 is not None and self.后值 is not None:
            before, after = (
                PrintedPart(str(self.前值), self.前值),
                PrintedPart(str(self.后值), self.后值),
            )
            parts = [
                PrintedPart(self.指标.number, self.指标),
                PrintedPart("由"),
                before,
                PrintedPart(self.走向),
                after,
            ]
        elif self.成效 is not None:
            parts = [PrintedPart(self.成效.number.rstrip("。"), self.成效)]
        if self.受益 is not None and self.受益.value:
            parts += [
                PrintedPart("，受益" if parts else "受益"),
                PrintedPart(str(self.受益), self.受益),
            ]
        return Said(tuple(parts), nothing=not parts)


def mechanism_themes(county: County) -> tuple[Theme, ...]:
    """Mechanisms in chapters by kind, in the order of the workbook."""
    frame = county.data["机制做法"]
    chapters = []
    for heading, kinds in THEMES.items():
        rows = frame[frame["类别"].isin(kinds)]
        if not rows.empty:
            chapters.append(Theme(heading, _mechanisms(county, rows)))
    return tuple(chapters)


def mechanisms(county: County) -> tuple[Mechanism, ...]:
    """All mechanisms in the order of the workbook."""
    return _mechanisms(county, county.data["机制做法"])


def own_mechanisms(system: System) -> tuple[Mechanism, ...]:
    """The mechanisms of a system.

    A coverage that counts more organisations than it has is not its own and left out.
    """
    orgs = len(system.county.orgs)
    return tuple(_within(each, orgs) for each in mechanisms(system.county))


def own_themes(system: System) -> tuple[Theme, ...]:
    """The chapters of `mechanism_themes` for a system, its coverage counted as in `own_mechanisms`."""
    orgs = len(system.county.orgs)
    return tuple(_theme_within(theme, orgs) for theme in mechanism_themes(system.county))


def _theme_within(theme: Theme, orgs: int) -> Theme:
    return replace(theme, 做法=tuple(_within(each, orgs) for each in theme.做法))


def _within(mechanism: Mechanism, orgs: int) -> Mechanism:
    target = mechanism.应覆盖
    if target is None or (isinstance(target.value, int) and target.value <= orgs):
        return mechanism
    return replace(mechanism, 覆盖=None, 应覆盖=None, 覆盖率=None)


def _mechanisms(county: County, rows: pd.DataFrame) -> tuple[Mechanism, ...]:
    return tuple(
        _mechanism(county.data["党组织"], rows.iloc[at : at + 1]) for at in range(len(rows))
    )


def basis_documents(county: County) -> pd.DataFrame:
    """The local documents that mechanisms rest on, in force, in the order of the workbook."""
    frame = county.data["文件文献"]
    cited = frame["文献代码"].isin(county.data["机制做法"]["依据文件"].dropna())
    return frame[cited & (frame["类型"] == "本级文件") & frame["现行有效"].fillna(value=False)]


def issued_documents(county: County) -> tuple[Issued, ...]:
    """The same documents as prose names them."""
    frame = basis_documents(county)
    rows = (frame.iloc[at : at + 1] for at in range(len(frame)))
    return tuple(Issued(pick(row, "标题"), pick(row, "文号")) for row in rows)


def selected_cases(county: County) -> tuple[Case, ...]:
    """Cases marked 入选 that say what was done, the best scored first.

    Without a row there is no example.
    """
    frame = county.data["案例品牌"]
    chosen = frame[frame["入选"].fillna(value=False) & frame["做法"].notna()]
    marks = chosen[["实用性评分", "规范性评分", "针对性评分"]].sum(axis=1)
    chosen = chosen.loc[marks.sort_values(ascending=False, kind="stable").index]
    orgs = county.data["党组织"]
    known = places_by(orgs["党组织代码"])
    names = [called(org, "名称") for org in picking.rows(orgs[["名称", "简称"]])]
    found = [known.get(code, ()) for code in chosen["党组织代码"]]
    return tuple(
        _case(row, names[at[0]] if len(at) == 1 else None)
        for row, at in zip(picking.rows(chosen[list(_OF_A_CASE)]), found, strict=True)
    )


def _mechanism(orgs: pd.DataFrame, row: pd.DataFrame) -> Mechanism:
    covered, target = _cell(row, "覆盖组织数", "个"), _cell(row, "应覆盖数", "个")
    kind, items = str(row["类别"].iloc[0]), _items(row)
    declared = _cell(row, "声明数量", "个" if kind in BODIES else "项")
    verb, closing = _VERBS.get(kind, ("推行", ""))
    org = _named(orgs, "党组织代码", row["责任组织"].iloc[0])
    return Mechanism(
        名称=pick(row, "名称"),
        类别=kind,
        动词=verb,
        尾词="" if str(row["名称"].iloc[0]).endswith((closing, *BODIES)) else closing,
        责任=named(org) if org is not None else None,
        起始=_cell(row, "起始"),
        问题=_cell(row, "解决的问题"),
        说明=_cell(row, "说明"),
        列举=items,
        数量=declared if declared is not None and declared.value == len(items) else None,
        覆盖=covered,
        应覆盖=target,
        覆盖率=share(covered, target, "覆盖率")
        if covered is not None and target is not None
        else None,
    )


def case_of(orgs: pd.DataFrame, row: pd.DataFrame) -> Case:
    """One row of 案例品牌, its organisation named from the rows given."""
    org = _named(orgs, "党组织代码", row["党组织代码"].iloc[0])
    facts = picking.rows(row[list(_OF_A_CASE)])
    return _case(facts[0], named(org) if org is not None else None)


def _case(row: Mapping[str, Fact], org: Fact | None) -> Case:
    unit = str(row["计量单位"].value or "")
    told = {name: None if fact.missing else fact for name, fact in row.items()}
    before, after = (_with_unit(told[column], unit) for column in ("前值", "后值"))
    return Case(
        名称=row["名称"],
        单位=row["党组织代码"] if org is None else org,
        背景=told["背景"],
        做法=row["做法"],
        成效=told["成效"],
        指标=_indicator(told["指标名称"], unit),
        前值=before,
        后值=after,
        走向=_direction(before, after),
        受益=_with_unit(told["受益人次"], "人次"),
    )


def _with_unit(fact: Fact | None, unit: str) -> Fact | None:
    return None if fact is None else replace(fact, unit=unit)


@wording
def 问题列(items: Sequence[Fact], most: int = 4) -> list[Any]:
    """甲、乙等问题; of one alone 甲的问题."""
    listed = [*chain.from_iterable(("、", item) for item in items[:most])][1:]
    return [*listed, "等问题" if len(items) > 1 else "的问题"] if listed else []


def case_results(cases: Iterable[Case]) -> tuple[Said, ...]:
    """“养路先锋队”实施以来，单次平均抢通由9小时降至6小时: of the cases that tell any result."""
    return tuple(
        Said((PrintedPart("“"), *parts_of(case.名称), PrintedPart("”实施以来，"), *case.成绩.parts))
        for case in cases
        if not case.成绩.nothing
    )


def _indicator(cell: Fact | None, unit: str) -> Fact | None:
    """What was measured; 平均等候 of 平均等候分钟, because the figures bring the unit along."""
    if (
        cell is None
        or not unit
        or not str(cell.value).endswith(unit)
        or len(str(cell.value)) <= len(unit)
    ):
        return cell
    assert isinstance(cell.origin, Read)
    words = str(cell.value).removesuffix(unit)
    return replace(cell, value=words, origin=Read("取值并略去末尾的计量单位", cell.origin.cells))


def _direction(before: Fact | None, after: Fact | None) -> str:
    if before is None or after is None:
        return ""
    first, then = before.value, after.value
    assert isinstance(first, int | Decimal)  # the column holds numbers
    assert isinstance(then, int | Decimal)
    return "保持" if then == first else "升至" if then > first else "降至"


def _items(row: pd.DataFrame) -> tuple[Fact, ...]:
    """The items of 事项列表, each a fact resting on that one cell."""
    cell = _cell(row, "事项列表")
    if cell is None:
        return ()
    assert isinstance(cell.origin, Read)
    return tuple(
        Fact(
            f"{cell.label}第{number}项",
            words.strip(),
            Read("取值并按“；”分项", cell.origin.cells),
            as_of=cell.as_of,
        )
        for number, words in enumerate(filter(str.strip, re.split(SEPARATORS, str(cell.value))), 1)
    )


def _cell(row: pd.DataFrame, column: str, unit: str = "") -> Fact | None:
    return None if pd.isna(row[column].iloc[0]) else pick(row, column, unit=unit)


def _named(frame: pd.DataFrame, key: str, code: Any) -> pd.DataFrame | None:
    """The one row with a code; None where there is none, or several."""
    if not isinstance(code, str):
        return None
    places = (frame[key] == code).fillna(value=False).to_numpy(bool).nonzero()[0]
    if len(places) != 1:
        return None
    return frame.iloc[places[0] : places[0] + 1]
