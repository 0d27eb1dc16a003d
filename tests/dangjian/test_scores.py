"""Scores of the example county as rates, and the star and grade a rate stands for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from dangjian.model.county import open_county
from dangjian.scoring.partition import Division, cut
from dangjian.scoring.scores.periods import last_year, leaves, quarters
from dangjian.scoring.scores.standings import standing, standings
from dangjian.scoring.scores.stars import grade, star, star_bands
from gongwen.errors import BadFact
from gongwen.facts.value import Cited, Fact
from zhibi.data.figures.measure import total

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"
ORIGIN = Cited("试", "", verified=True)


def lines(text: str | None) -> Fact:
    return Fact("星级分数线", text, ORIGIN)


def rate(value: str) -> Fact:
    return Fact("甲支部得分率", Decimal(value), ORIGIN, "%")


def settings(text: str | None = "五星:95;四星:90;三星:80") -> dict[str, Fact]:
    marks = {"优秀分数线": 90, "良好分数线": 80, "一般分数线": 60}
    return {
        "星级分数线": lines(text),
        **{name: Fact(name, Decimal(mark), ORIGIN) for name, mark in marks.items()},
    }


@pytest.fixture(scope="module")
def county():
    return open_county(EXAMPLE)


def test_quarters_are_scored_of_what_could_be_scored_in_them(county):
    found = quarters(cut(county, "B012"))

    assert [(period.名称, str(period.得分), str(period.满分)) for period in found] == [
        ("一季度", "94.0分", "95分"), ("二季度", "93.5分", "95分"), ("三季度", "91.0分", "95分"),
    ]  # fmt: skip
    assert str(standing(cut(county, "B012"))) == "97.7%"  # 278.5 of 285


def test_a_period_rests_on_the_cells_that_total_adds_up(county):
    branch = cut(county, "B012")
    scheme, scores = branch["考核指标"], leaves(branch["考核指标"], branch["考核得分"])
    second = scores[
        (scores["年度"] == branch.year) & (scores["周期类型"] == "季") & (scores["期次"] == 2)
    ]
    bound = scheme[scheme["指标代码"].isin(second["指标代码"])]

    period = quarters(branch)[1]

    assert period.得分 == total(second["得分"], f"{branch.named.value}二季度得分", "分", places=1)
    assert period.满分 == total(bound["分值"], f"{branch.named.value}二季度满分", "分")


def test_a_changed_score_is_refused_in_its_own_period(county):
    branch = cut(county, "B012")
    scores = branch["考核得分"].copy()
    third = (scores["年度"] == branch.year) & (scores["周期类型"] == "季") & (scores["期次"] == 3)
    scores.loc[third, "得分"] += 1
    changed = replace(branch, frames={**branch.frames, "考核得分": scores})

    assert last_year(changed) == last_year(branch)
    with pytest.raises(BadFact, match=r"三季度得分.*在笔记本里成了"):
        quarters(changed)


def test_last_year_is_the_annual_score_of_a_hundred(county):
    period = last_year(cut(county, "B012"))

    assert period is not None
    assert (str(period.得分), str(period.满分)) == ("94.5分", "100分")


def test_a_branch_founded_this_year_has_no_last_year(county):
    assert last_year(cut(county, "B038")) is None
    assert standing(cut(county, "B038")) is None


def test_what_the_county_hands_over_is_what_the_branch_reckons(county):
    handed, division = standings(county), Division(county.data)

    assert {code: str(fact) for code, fact in handed.items()} == {
        code: str(standing(division.branch(code))) for code in handed
    }
    assert len(handed) == 31


@pytest.mark.parametrize(
    ("value", "given"),
    [("95", "五星"), ("94.99", "四星"), ("80", "三星"), ("79.99", "未达到星级分数线")],
)
def test_a_star_begins_at_its_line(value, given):
    assert star(rate(value), settings()).value == given


@pytest.mark.parametrize(
    ("value", "given"),
    [("90", "优秀"), ("89.9", "良好"), ("60", "一般"), ("59.9", "低于一般分数线")],
)
def test_a_grade_begins_at_its_line(value, given):
    assert grade(rate(value), settings()).value == given


def test_without_lines_there_is_no_star():
    assert star(rate("99"), settings(None)).missing


@pytest.mark.parametrize("text", ["五星:90;四星:95", "五星:90;四星:90", "五星95", "五星:甲"])
def test_lines_that_overlap_or_cannot_be_read_are_refused(text):
    with pytest.raises(BadFact, match="星级分数线"):
        star_bands(lines(text))


def test_full_width_marks_are_read_too():
    assert star_bands(lines("五星：95；四星：90")) == [("五星", Decimal(95)), ("四星", Decimal(90))]
