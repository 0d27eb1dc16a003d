"""A county's members -> how they are made up by age, schooling and kind, every number a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dangjian.model.county import County
from dangjian.rules import RULES
from dangjian.scoring.proportion import Kind, Portion, portion
from dangjian.workbook.sheets import EDUCATIONS, PEOPLE, STAFF, people_called
from gongwen.facts.arithmetic import points, share
from gongwen.facts.value import Fact, numeric
from zhibi.data.figures.measure import count, count_where, total
from zhibi.notebook.prose.filters import movement, parts_of
from zhibi.notebook.prose.spans import PrintedPart, Said

AGE_GROUPS = (
    ("35岁及以下", 0, 35),
    ("36至45岁", 36, 45),
    ("46至55岁", 46, 55),
    ("56岁及以上", 56, 200),
)


FEWEST_TOLD = 3  # people; a smaller group would tell of persons where only sums may be published


def without_few(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows of a table of people without those of one or two persons."""
    return [row for row in rows if row["人数"].missing or row["人数"].value >= FEWEST_TOLD]


def people_of_units(units: pd.DataFrame, as_of: date) -> dict[str, Fact]:
    """职工, 教职工, 从业人员, 村民, 居民: how many of each the units report.

    A kind no unit has is not there, nor one of which nobody reports where others do: how many
    units did not report is told beside.
    """
    words = units["单位类别"].map(people_called)
    people = {
        word: total(
            units[words == word]["职工总数(人)"], f"{word}总数", "人", blanks="skip", as_of=as_of
        )
        for word in (STAFF, *PEOPLE.values())
        if (words == word).any()
    }
    reported = {word: fact for word, fact in people.items() if not fact.missing}
    return reported or people


def short_hours_last_year(county: County) -> Portion:
    """Members whose hours of the year before stayed below the year's figure, out of those on the register who reported any."""
    frame = county.data["党员年度"]
    own = frame["党员代码"].isin(county.members["党员代码"])
    rows = frame[own & (frame["年度"] == county.year - 1).fillna(value=False).astype(bool)]
    label = "上年全年没有达到规定学时的党员数"
    kind = Kind(label, "名", date(county.year - 1, 12, 31))
    return portion(rows, "集中学时", lambda hours: hours < RULES["R20"].figure, kind)


@dataclass(frozen=True)
class Trend:
    """A rate of this year, and how it changed on last year's where both are known."""

    本年: Fact
    变化: Fact | None

    @property
    def 下降(self) -> bool:
        """True if it is known to have fallen."""
        return self.变化 is not None and numeric(self.变化) < 0

    def in_prose(self) -> Said:
        """91.7%，较上年下降3.1个百分点."""
        if self.变化 is None or self.本年.missing:
            return Said(parts_of(self.本年))
        return Said((*parts_of(self.本年), PrintedPart("，较上年"), *movement(self.变化).parts))


def attendance(county: County) -> Trend | None:
    """How many of the meetings that members were due at they came to.

    None where nobody reported any.
    """
    frame = county.data["党员年度"]
    own = frame[frame["党员代码"].isin(county.members["党员代码"])]
    now, before = (_attendance(county, own, year) for year in (county.year, county.year - 1))
    if now.missing:
        return None
    return Trend(now, None if before.missing else points(now, before, "组织生活参加率较上年变化"))


def _attendance(county: County, frame: pd.DataFrame, year: int) -> Fact:
    rows = frame[(frame["年度"] == year).fillna(value=False).astype(bool)]
    day = county.as_of if year == county.year else date(year, 12, 31)
    due, came = (
        total(rows[column], f"{year}年党员{column}", "人次", blanks="skip", as_of=day)
        for column in ("应到次数", "实到次数")
    )
    return share(came, due, f"{year}年组织生活参加率")


def age_groups(county: County) -> dict[str, Fact]:
    """Members by age in the report year (year − birth year).

    A blank birth year is in no group and shows as a gap.
    """

    def within(least: int, most: int) -> Callable[[int], bool]:
        return lambda born: least <= county.year - born <= most

    return {
        label: count_where(
            county.members,
            "出生年份",
            within(least, most),
            f"{label}党员数",
            "名",
            as_of=county.as_of,
        )
        for label, least, most in AGE_GROUPS
    }


def member_structure(county: County) -> list[dict[str, Any]]:
    """Rows 分类 · 项目 · 人数 · 占比 of the table of members.

    A group nobody is in is left out, the unreported are shown.
    """
    members = county.members
    everyone = count(members, "在册党员数", "名", as_of=county.as_of)
    groups: list[tuple[str, str, Fact]] = [
        ("年龄", label, fact) for label, fact in age_groups(county).items()
    ]
    groups += _unreported(county, "年龄", "出生年份")
    for heading, column, labels in (
        ("性别", "性别", ("男", "女")),
        ("学历", "学历", EDUCATIONS),
        ("用工形式", "用工形式", ("正式", "聘用", "离退休")),
        ("党员类别", "党员类别", ("正式", "预备")),
    ):
        for label in labels:
            fact = count_where(
                members, column, label, f"{heading}为{label}的党员数", "名", as_of=county.as_of
            )
            groups.append((heading, label, fact))
        groups += _unreported(county, heading, column)
    return [
        {"分类": heading, "项目": label, "人数": fact, "占比": share(fact, everyone)}
        for heading, label, fact in groups
        if fact.value
    ]


def _unreported(county: County, heading: str, column: str) -> list[tuple[str, str, Fact]]:
    blank: pd.DataFrame = county.members[county.members[column].isna()]
    return [(heading, "未填报", count(blank, f"未填报{column}的党员数", "名", as_of=county.as_of))]
