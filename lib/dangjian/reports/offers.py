"""A county's workbook -> the figures that a report about it may speak of, by the words of party work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pandas as pd

from dangjian.model.county import SOE_KINDS, County
from dangjian.workbook.sheets import EDUCATIONS
from gongwen.facts.value import Fact
from zhibi.data.dataset import Dataset
from zhibi.data.figures.measure import count_where
from zhibi.data.figures.offers import (
    Catalogue,
    Offer,
    Population,
    grown,
    identifier,
    offers_of,
    shared,
    unambiguous,
)
from zhibi.data.figures.picking import pick

OPENING = """\
from dangjian.model.county import SOE_KINDS, open_county

县 = open_county(workbook)
年度, 地区, 截至 = 县.settings["年度"], 县.settings["地区"], 县.as_of
补充 = 县.supplement  # “补充数据”表里的数，正文里写【补充.名称】"""
SETTINGS = {"年度": "年度|数", "地区": "地区", "截至": "截至"}
_MEMBERS = ("党员",)
_HIGHER = ("研究生", "大学本科", "大学专科")


def catalogue(data: Dataset) -> Catalogue:
    """Units, organisations, branches, members, practice, tasks, honours and the yearly figures of units."""
    county = County(data)
    offers = list(chain.from_iterable(map(offers_of, _populations(county))))
    offers += [*_members(county), *_yearly(county), *_cases(county)]
    return Catalogue(OPENING, unambiguous(offers), SETTINGS)


def _populations(county: County) -> Iterator[Population]:
    day = county.as_of
    units, orgs, branches = county.units, county.orgs, county.branches
    yield Population(
        "县.units", units, "单位", ("单位",), "家", day,
        {"单位类别": {kind: (kind, f"{kind}单位") for kind in _values(units, "单位类别")}},
        ("简称", "单位全称"), {"职工总数(人)": (("职工", "职工总数"), "人")}, bare=True,
    )  # fmt: skip
    firms = units[units["单位类别"].isin(SOE_KINDS)]
    yield Population(
        '县.units[县.units["单位类别"].isin(SOE_KINDS)]', firms, "企业", ("企业", "国有企业", "国企"), "家", day,
        {
            "党建入章": {True: ("完成党建入章", "党建入章", "党建要求写入公司章程")},
            "前置研究清单": {True: ("制定前置研究清单", "制定前置研究讨论清单", "制定前置研究讨论事项清单")},
            "交叉任职": {True: ("实行交叉任职", "落实交叉任职", "落实“双向进入、交叉任职”", "实行双向进入、交叉任职")},
        },
    )  # fmt: skip
    yield Population(
        "县.orgs", orgs, "基层党组织", ("基层党组织", "党组织"), "个", day,
        {"类型": {kind: (kind,) for kind in ("党委", "党总支", "联合党支部", "临时党支部")}}, bare=True,
    )  # fmt: skip
    yield Population("县.branches", branches, "党支部", ("党支部", "支部", "基层党支部"), "个", day)
    for title, noun, nouns, unit in (
        ("机制做法", "机制做法", ("机制做法", "机制和做法"), "项"),
        ("案例品牌", "案例品牌", ("案例品牌", "案例和品牌", "典型案例和品牌"), "项"),
    ):
        kinds = (
            {kind: (kind,) for kind in _values(county.data[title], "类型")}
            if "类型" in county.data[title]
            else {}
        )
        columns = {"类型": kinds} if kinds else {}
        yield Population(
            f'县.data["{title}"]', county.data[title], noun, nouns, unit, day, columns, shares=False
        )
    yield Population(
        "县.tasks", county.tasks, "三单事项", ("三单事项", "“三单”事项", "事项"), "项", day,
        {"清单类型": {kind: (f"{kind}清单", f"{kind}类") for kind in _values(county.tasks, "清单类型")}},
    )  # fmt: skip
    for kind in _values(county.activities, "类型"):
        yield _activities(county, kind)


def _activities(county: County, kind: str) -> Population:
    frame = county.activities
    code = f'县.activities[县.activities["类型"] == "{kind}"]'
    return Population(code, frame[frame["类型"] == kind], kind, (kind,), "次", county.as_of)


def _values(frame: pd.DataFrame, column: str) -> list[str]:
    return [str(each) for each in frame[column].dropna().unique()]


def _members(county: County) -> Iterator[Offer]:
    """Members on the register by sex, schooling, kind and age."""
    population = Population(
        "县.members", county.members, "党员", _MEMBERS, "名", county.as_of,
        {
            "性别": {"女": ("女", "女性"), "男": ("男", "男性")},
            "学历": {each: (f"{each}学历", each) for each in EDUCATIONS},
            "党员类别": {"正式": ("正式",), "预备": ("预备",)},
            "用工形式": {"离退休": ("离退休",)},
            "流动状态": {"流出": ("流出",), "流入": ("流入",), "失联": ("失联",)},
            "所属党组织": _branches(county),
        },
    )  # fmt: skip
    offers = list(offers_of(population))
    yield from offers
    whole = offers[0]
    higher = ("大专及以上学历", "大学专科及以上学历", "大专以上学历", "大学专科以上学历")
    yield from _part(
        county, whole, "学历", f"{list(_HIGHER)!r}".replace("'", '"'), list(_HIGHER), higher
    )
    for most in (30, 35, 40, 45):
        words = (f"{most}岁及以下", f"{most}岁以下")
        code = f"lambda 生: 年度.value - 生 <= {most}"
        yield from _part(
            county,
            whole,
            "出生年份",
            code,
            lambda born, most=most: county.year - born <= most,
            words,
        )
    for least in (56, 60):
        words = (f"{least}岁及以上", f"{least}岁以上")
        code = f"lambda 生: 年度.value - 生 >= {least}"
        yield from _part(
            county,
            whole,
            "出生年份",
            code,
            lambda born, least=least: county.year - born >= least,
            words,
        )


def _branches(county: County) -> dict[str, tuple[str, ...]]:
    """The names of each branch by its code; a name that two of them have is left out."""
    bearers: dict[str, list[str]] = {}
    for code, *names in county.branches[["党组织代码", "简称", "名称"]].itertuples(index=False):
        for name in names:
            if not pd.isna(name):
                bearers.setdefault(str(name), []).append(str(code))
    unique: dict[str, tuple[str, ...]] = {}
    for name, codes in bearers.items():
        if len(codes) == 1:
            unique[codes[0]] = (*unique.get(codes[0], ()), name)
    return unique


def _part(
    county: County, whole: Offer, column: str, shown: str, wanted: object, words: tuple[str, ...]
) -> Iterator[Offer]:
    label = f"{words[0]}党员数"
    fact = count_where(county.members, column, wanted, label, "名", as_of=county.as_of)
    if fact.missing:
        return
    code = f'count_where(县.members, "{column}", {shown}, "{label}", "{{unit}}", as_of=截至)'
    part = Offer(identifier(label), code, fact, _MEMBERS, (words,))
    yield part
    yield shared(part, whole)


def _yearly(county: County) -> Iterator[Offer]:
    """Each figure of 年度指标 of the report year by the unit's name, the same a year before, and its growth."""
    frame = county.data["年度指标"]
    frame = frame[frame["年度"] == county.year]
    names = _names(county)
    for place in range(len(frame)):
        row = frame.iloc[[place]]
        subject, metric = str(row["主体代码"].iloc[0]), str(row["指标名称"].iloc[0])
        unit = str(row["计量单位"].iloc[0])
        same = (frame["主体代码"] == subject) & (frame["指标名称"] == metric)
        if subject not in names or same.sum() != 1:
            continue
        called = names[subject]
        label = f"{called[0]}{metric}"
        now = _yearly_offer(row, "数值", label, unit, subject, metric, called)
        if now is None:
            continue
        before = _yearly_offer(row, "基期值", f"基期{label}", unit, subject, metric, called)
        if before is None:
            yield now
            continue
        yield replace(now, since=before.name)
        yield replace_kinds(before)
        if before.fact.value and not _grown_missing(now.fact, before.fact):
            yield grown(now, before)


def _yearly_offer(
    row: pd.DataFrame,
    column: str,
    label: str,
    unit: str,
    subject: str,
    metric: str,
    called: tuple[str, ...],
) -> Offer | None:
    if pd.isna(row[column].iloc[0]):
        return None
    fact = pick(row, column, label, unit)
    rows = '县.data["年度指标"]'
    chosen = f'{rows}[({rows}["主体代码"] == "{subject}") & ({rows}["指标名称"] == "{metric}") & ({rows}["年度"] == 县.year)]'
    return Offer(
        identifier(label),
        f'pick({chosen}, "{column}", "{label}", "{unit}")',
        fact,
        (metric,),
        (called,),
    )


def _cases(county: County) -> Iterator[Offer]:
    """What each case improved: the figure of before and of after, by the name of the figure."""
    frame = county.data["案例品牌"]
    if not {"前值", "后值", "计量单位", "指标名称"} <= {*frame.columns}:
        return
    places = county.orgs.set_index("党组织代码")
    for place in range(len(frame)):
        row = frame.iloc[[place]]
        case, metric, code = (str(row[each].iloc[0]) for each in ("名称", "指标名称", "案例编号"))
        cells = row[["前值", "后值", "计量单位", "指标名称", "名称"]].iloc[0]
        if cells.isna().any() or (frame["案例编号"] == code).sum() != 1:
            continue
        alone = (frame["指标名称"] == metric).sum() == 1
        org = str(row["党组织代码"].iloc[0])
        owner = places.loc[org, ["简称", "名称"]].dropna() if org in places.index else ()
        before, now = (
            _case_offer(row, column, f"{label}{metric}", code)
            for column, label in (("前值", "原"), ("后值", ""))
        )
        kinds = () if alone else ((case,),)
        yield Offer(before.name, before.code, before.fact, ())
        yield replace(
            now, nouns=(metric,), kinds=kinds, since=before.name, aside=(case, *map(str, owner))
        )


def _case_offer(row: pd.DataFrame, column: str, label: str, code: str) -> Offer:
    unit = str(row["计量单位"].iloc[0])
    rows = '县.data["案例品牌"]'
    chosen = f'{rows}[{rows}["案例编号"] == "{code}"]'
    made = f'pick({chosen}, "{column}", "{label}", "{unit}")'
    return Offer(identifier(label), made, pick(row, column, label, unit), ())


def replace_kinds(offer: Offer) -> Offer:
    """A base value: no text speaks of it by itself."""
    return Offer(offer.name, offer.code, offer.fact, (), offer.kinds)


def _grown_missing(now: Fact, before: Fact) -> bool:
    return not before.value or now.value is None


def _names(county: County) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for frame, code, columns in (
        (county.units, "单位代码", ("简称", "单位全称")),
        (county.orgs, "党组织代码", ("简称", "名称")),
    ):
        for place in range(len(frame)):
            row = frame.iloc[place]
            names[str(row[code])] = tuple(
                str(row[each]) for each in columns if not pd.isna(row[each])
            )
    return names
