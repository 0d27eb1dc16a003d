"""What the example county's workbook says for documents to be held against."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dangjian import DOMAIN, County, open_county
from gongwen_lint.reference_data import ReferenceData

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def county() -> County:
    return open_county(TOP / "data/示例县.xlsx")


@pytest.fixture(scope="module")
def known(county) -> ReferenceData:
    return DOMAIN.known(county.data)


def values(known: ReferenceData, subject: str, metric: str) -> list[int | None]:
    return [
        each.value for each in known.figures if subject in each.subjects and metric in each.metrics
    ]


def test_the_whole_county_is_counted(known, county: County):
    assert (
        values(known, "全县", "党员")
        == values(known, "示例县", "在册党员")
        == [len(county.members)]
    )
    assert set(values(known, "全县", "党支部")) == {32, 28}  # with and without 联合 and 临时
    assert known.region == "示例县"
    assert (known.year, known.as_of) == (2026, date(2026, 11, 30))


def test_an_organisation_is_counted_by_itself_and_with_those_below(known, county: County):
    row = county.orgs[county.orgs["类型"] == "党委"].iloc[[-1]]
    code, name = row["党组织代码"].iloc[0], row["简称"].iloc[0]
    own = int((county.members["所属党组织"] == code).sum())

    assert set(values(known, name, "党员")) == {own, len(county.members_under(code))}


def test_what_is_not_reported_has_no_value(known):
    assert values(known, "园区公司", "职工") == [None]
    assert values(known, "全县", "职工") == []  # a sum with a gap is no total


def test_names_and_posts_are_those_of_the_sheets(known):
    assert "城投集团" in known.names
    assert "中共示例县直属机关工作委员会" in known.names
    posts = {person.name: person.posts for person in known.people}
    assert posts["宋筠川"] == ("书记",)
    assert posts["贾樾衡"] == ()
    assert not known.anonymous


def test_a_workbook_that_asks_for_anonymity_is_known_to(county):
    asked = {
        **county.data.settings,
        "是否脱敏": replace(county.data.settings["是否脱敏"], value="是"),
    }

    assert DOMAIN.known(replace(county.data, settings=asked)).anonymous
