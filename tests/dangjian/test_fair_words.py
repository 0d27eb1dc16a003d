"""Ranks, coverage and quantity words follow their subject: who has a veto, how many of how many, whose people."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dangjian import (
    branches_of,
    first_and_last,
    judge_county,
    open_county,
    own_mechanisms,
    people_of_units,
    problems,
    ranking,
    system_of,
    unit_overview,
)
from dangjian.model.county import County
from dangjian.reports.exchange import Kept
from dangjian.reports.rollup.summary import Failing
from dangjian.scoring.partition import Division
from dangjian.scoring.problems.problem import Problem
from dangjian.scoring.vetoes import vetoed, vetoes
from dangjian.workbook.contract import CONTRACT
from gongwen.facts.arithmetic import share
from gongwen.facts.value import Fact, Read, Rows
from zhibi.data.read import read

sys.path.append(str(Path(__file__).resolve().parents[1] / "tables"))
import workbooks

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"


@pytest.fixture(scope="module")
def county() -> County:
    return open_county(EXAMPLE)


@pytest.fixture(scope="module")
def ranked(county):
    return ranking(branches_of(judge_county(county)), county.settings)


def test_a_branch_with_a_veto_takes_no_place_and_stands_below_all_that_have_one(ranked):
    places = {str(row["党支部"].value): row["名次"] for row in ranked}
    names = list(places)
    assert places["交运集团出租客运党支部"] == "—"
    at = names.index("交运集团出租客运党支部")
    assert all(place != "—" for place in list(places.values())[:at])
    assert all(place == "—" for place in list(places.values())[at:])


def test_the_first_has_the_best_rate_of_those_that_are_ranked(ranked):
    first, last = first_and_last(ranked)
    placed = [row for row in ranked if row["名次"] != "—"]
    assert placed[0]["名次"].value == 1
    assert "交运集团出租客运党支部" not in {str(name.value) for name in (*first, *last)}
    assert len(first) == len(last) == 3
    assert first_and_last(ranked[:5]) == ([], [])


def test_the_branch_itself_is_told_no_place_and_the_others_are_counted_without_it(county):
    division = Division(county.data)
    assert division.branch("B021").place is None
    assert all(division.branch(code).place is not None for code in ("B012", "B020"))


def test_the_county_finds_the_vetoes_that_each_branch_finds(county):
    division = Division(county.data)
    own = {code for code in county.orgs["党组织代码"] if vetoes(division.branch(code))}
    assert vetoed(county) == own == {"B021"}


def problem(number: int, everyone: int) -> Problem:
    def fact(value: int) -> Fact:
        return Fact("个数", value, Read("计数", (Rows("县.xlsx", "党组织", (2,), "名称"),)), "个")

    return Problem(
        "R08", fact(number), fact(everyone), share(fact(number), fact(everyone)), (), pd.DataFrame()
    )


@pytest.mark.parametrize(
    ("number", "everyone", "word"),
    [
        (1, 6, "个别"), (1, 3, "个别"), (2, 40, "个别"), (2, 6, "部分"), (3, 6, "半数"), (5, 6, "多数"), (6, 6, "全部"),
        (1, 1, ""), (2, 2, "全部"), (1, 2, "个别"),
    ],
)  # fmt: skip
def test_a_quantity_word_follows_how_many_of_how_many(number, everyone, word):
    assert problem(number, everyone).程度 == word


def words(said) -> str:
    return "".join(part.text for part in said.parts)


@pytest.mark.parametrize(
    ("number", "everyone", "sentence"),
    [
        (1, 6, "6个党组织中，没有换届的有1个，为甲支部"),
        (2, 6, "6个党组织中，没有换届的有2个，占33.3%，为甲支部和乙支部"),
        (2, 2, "2个党组织（甲支部和乙支部）均没有换届"),
        (1, 1, "1个党组织（甲支部）没有换届"),
        (0, 6, ""),
        (0, 0, ""),
    ],
)
def test_how_many_of_how_many_is_said_once(number, everyone, sentence):
    names = tuple(
        Fact("名称", name, Read("取值", (Rows("县.xlsx", "党组织", (2,), "名称"),)))
        for name in ("甲支部", "乙支部")[:number]
    )
    said = replace(problem(number, everyone), 名单=names).对照("党组织", "没有换届")

    assert words(said) == sentence
    assert said.nothing == (not sentence)


@pytest.mark.parametrize(
    ("failed", "judged", "everybody", "sentence"),
    [
        (5, 5, True, "5个党支部主题党日均未达标"),
        (3, 3, False, "可以核对的3个党支部主题党日均未达标"),
        (2, 5, True, "主题党日未达标的党支部2个，占40.0%，为甲支部和乙支部"),
        (1, 5, True, "主题党日未达标的是甲支部"),
        (1, 1, True, "主题党日未达标的是甲支部"),
    ],
)
def test_a_rule_not_met_names_the_branches_where_they_are_few(failed, judged, everybody, sentence):
    held = problem(failed, judged)
    names = tuple(
        Fact("名称", name, Read("取值", (Rows("县.xlsx", "党组织", (2,), "名称"),)))
        for name in ("甲支部", "乙支部", "丙支部", "丁支部", "戊支部")[:failed]
    )
    failing = Failing("主题党日", held.涉及, held.总数, held.占比, names, everybody)

    assert words(failing.in_prose()) == sentence


@pytest.mark.parametrize(
    ("met", "judged", "sentence"),
    [(6, 7, "党课有6个党支部达到要求，占85.7%"), (1, 7, "党课有1个党支部达到要求")],
)
def test_an_institution_that_some_kept_says_of_whom(met, judged, sentence):
    held = problem(met, judged)

    assert words(Kept("党课", held.涉及, held.占比).in_prose()) == sentence


def test_a_group_never_claims_a_coverage_beyond_itself(county):
    for code in ("B016", "B005", "B003", "B035"):
        system = system_of(county.data, code)
        orgs = len(system.county.orgs)
        for mechanism in own_mechanisms(system):
            assert mechanism.应覆盖 is None or mechanism.应覆盖.value <= orgs
    own = system_of(county.data, "B016")
    frames = {
        **own.county.data.frames,
        "机制做法": county.data["机制做法"].iloc[[0]],
    }  # the whole county's
    wide = replace(own, county=County(replace(own.county.data, frames=frames)))
    assert [each.覆盖 for each in own_mechanisms(wide)] == [None]


def village_county(folder: Path) -> County:
    data = workbooks.county()
    kinds = (
        ("U001", "村", 1441),
        ("U002", "社区", 5230),
        ("U003", "学校", 86),
        ("U004", "乡镇", 62),
    )
    data["单位"] = workbooks.rows(
        "单位代码 单位全称 单位类别 职工总数(人)",
        *((code, f"示例{kind}", kind, people) for code, kind, people in kinds),
    )
    book = workbooks.workbook(data)
    book.save(folder / "村.xlsx")
    found, findings = read(folder / "村.xlsx", CONTRACT)
    assert found is not None, findings
    return County(found)


def test_villagers_are_no_staff(tmp_path):
    county = village_county(tmp_path)
    people = people_of_units(county.units, county.as_of)

    assert {word: fact.value for word, fact in people.items()} == {
        "职工": 62, "村民": 1441, "居民": 5230, "教职工": 86,
    }  # fmt: skip
    assert "人数" in unit_overview(county)[0]
    assert str(unit_overview(county)[0]["人数"].label).endswith("村民总数")


def test_what_only_enterprises_are_held_to_is_no_problem_of_villages(tmp_path):
    found = {each.代号: each for each in problems(village_county(tmp_path))}
    assert not found["R02"].存在
    assert not found["W01"].存在
