"""A workbook -> what a document about it can be held against.

Names, posts, and the figures texts speak of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import pandas as pd

from dangjian.model.county import County
from dangjian.workbook.sheets import people_called
from gongwen_lint.reference_data import Figure, Person, ReferenceData
from zhibi.data.dataset import Dataset

POSTS = ("书记", "副书记", "委员")
LIFE = ("党员大会", "支委会", "党课", "主题党日", "组织生活会", "民主评议")
_REGIONS = "县区市"


def known(data: Dataset) -> ReferenceData:
    """Names, people and figures of a county on its 数据截止日."""
    county = County(data)
    value = data.settings["地区"].value
    region = value if isinstance(value, str) else ""
    return ReferenceData(
        names=_names(data),
        year=county.year,
        as_of=county.as_of,
        region=region,
        figures=(
            *_county(county, _whole(region)),
            *_told(county, _whole(region)),
            *_units(county),
            *_orgs(county),
        ),
        people=tuple(_people(county)),
        anonymous=data.settings["是否脱敏"].value == "是",
    )


def _whole(region: str) -> tuple[str, ...]:
    """What a text calls the whole: 示例县, 全县, 我县, 本县."""
    kind = region[-1:] if region[-1:] in _REGIONS else "县"
    return tuple(name for name in (region, f"全{kind}", f"我{kind}", f"本{kind}") if name)


def _names(data: Dataset) -> tuple[str, ...]:
    """Every unit and organisation by its full and its short name, closed ones too."""
    columns = (
        data["单位"]["单位全称"],
        data["单位"]["简称"],
        data["党组织"]["名称"],
        data["党组织"]["简称"],
    )
    names = (column.dropna().astype(str) for column in columns)
    return tuple(dict.fromkeys(chain.from_iterable(names)))


def _people(county: County) -> Iterator[Person]:
    named = county.members.dropna(subset=["姓名"])
    for name, rows in named.groupby("姓名")["党内职务"]:
        yield Person(str(name), tuple(post for post in rows.dropna().astype(str) if post in POSTS))


def _county(county: County, subjects: tuple[str, ...]) -> Iterator[Figure]:
    members, kinds = county.members, county.orgs["类型"]
    yield Figure(subjects, ("党员", "在册党员", "党员总数"), len(members), "名", "党员")
    for column, value, words in (
        ("党员类别", "正式", "正式党员"), ("党员类别", "预备", "预备党员"), ("性别", "女", "女党员"), ("性别", "男", "男党员"),
    ):  # fmt: skip
        if members[column].notna().all():
            yield Figure(subjects, (words,), int((members[column] == value).sum()), "名", "党员")
    yield Figure(subjects, ("党组织", "基层党组织"), len(kinds), "个", "党组织")
    yield Figure(subjects, ("党支部", "基层党支部"), len(county.branches), "个", "党组织")
    for kind, number in kinds.value_counts().items():
        yield Figure(subjects, (str(kind), f"基层{kind}"), int(number), "个", "党组织")
    yield Figure(subjects, ("单位",), len(county.units), "家", "单位")
    for word, units in county.units.groupby(county.units["单位类别"].map(people_called)):
        staff = units["职工总数(人)"]
        if staff.notna().all():
            yield Figure(subjects, (str(word), f"{word}总数"), int(staff.sum()), "人", "单位")


def _told(county: County, subjects: tuple[str, ...]) -> Iterator[Figure]:
    """The whole numbers of 补充数据: 走访支部数 is what a text calls 走访支部."""
    for name, fact in county.supplement.items():
        if isinstance(fact.value, int):
            words = (name.removesuffix("数"), name)
            yield Figure(subjects, words, fact.value, fact.unit, "补充数据")


def _units(county: County) -> Iterator[Figure]:
    home = county.members["所属党组织"].map(county.unit_of_org).value_counts()
    for code, full, short, kind, staff in _rows(
        county.units, "单位代码", "单位全称", "简称", "单位类别", "职工总数(人)"
    ):
        subjects, word = _called(full, short), people_called(kind)
        number = None if pd.isna(staff) else int(staff)
        yield Figure(subjects, (word, f"{word}总数"), number, "人", "单位")
        yield Figure(subjects, ("党员", "在册党员"), int(home.get(code, 0)), "名", "党员")


def _orgs(county: County) -> Iterator[Figure]:
    own = county.members["所属党组织"].value_counts()
    below = _with_those_below(county, own)
    counts = county.activities.groupby(["党组织代码", "类型"]).size()
    for code, full, short, groups in _rows(county.orgs, "党组织代码", "名称", "简称", "党小组数"):
        subjects = _called(full, short)
        for number in {int(own.get(code, 0)), below[str(code)]}:
            yield Figure(subjects, ("党员", "在册党员"), number, "名", "党员")
        yield Figure(
            subjects, ("党小组",), None if pd.isna(groups) else int(groups), "个", "党组织"
        )
        for kind in LIFE:
            metrics = (kind, f"支部{kind}") if kind == "党员大会" else (kind,)
            yield Figure(subjects, metrics, int(counts.get((code, kind), 0)), "次", "组织生活台账")


def _with_those_below(county: County, own: pd.Series[int]) -> Mapping[str, int]:
    """Members of each organisation and of all below it, by code."""
    frame = county.data["党组织"]
    parent = dict(zip(frame["党组织代码"], frame["上级代码"], strict=True))
    total = dict.fromkeys(frame["党组织代码"].astype(str), 0)
    for code, number in own.items():
        at: object = code
        while isinstance(at, str) and at in total:
            total[at] += int(number)
            at = parent.get(at)
    return total


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(frame[column] for column in columns), strict=True)


def _called(full: Any, short: Any) -> tuple[str, ...]:
    """The full name and the short one, where there is one."""
    return tuple(dict.fromkeys(str(name) for name in (full, short) if not pd.isna(name)))
