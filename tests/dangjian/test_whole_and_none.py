"""What is whole and what is none read as an office says them: 分别为, 全部参加, no member without a register."""

from __future__ import annotations

import pytest

from dangjian import Membership, 参加, 含列, 问题列
from gongwen.facts.value import Fact, Read, Rows


def fact(value: int | str | None, unit: str = "") -> Fact:
    return Fact("数", value, Read("计数", (Rows("县.xlsx", "党员", (2,), "姓名"),)), unit)


def words(said) -> str:
    return "".join(part.text for part in said.parts)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("", ""),
        ("甲", "为“甲”"),
        ("甲乙", "分别为“甲”“乙”"),
        ("甲乙丙", "分别为“甲”“乙”“丙”"),
        ("甲乙丙丁", "包括“甲”“乙”“丙”等"),
    ],
)
def test_a_list_that_is_whole_is_not_said_to_contain(names, sentence):
    said = 含列([fact(name) for name in names])

    assert words(said) == sentence
    assert said.nothing == (not names)


def test_an_empty_register_has_no_full_members():
    assert Membership(fact(0, "名"), fact(0, "名")).in_prose().nothing


def test_a_register_without_probationers_is_all_full_members():
    assert words(Membership(fact(3, "名"), fact(0, "名")).in_prose()) == "均为正式党员"


def test_where_everybody_came_no_rate_is_told():
    assert words(参加(fact(130, "人次"), fact(130, "人次"))) == "全部参加"


def test_where_some_did_not_come_the_rate_is_told():
    assert words(参加(fact(90, "人次"), fact(100, "人次"))) == "实际参加90人次，参加率为90.0%"


@pytest.mark.parametrize(
    ("names", "sentence"), [("", ""), ("甲", "甲的问题"), ("甲乙", "甲、乙等问题")]
)
def test_one_problem_alone_is_not_called_one_of_several(names, sentence):
    pieces = 问题列([fact(name) for name in names])

    assert "".join(piece if isinstance(piece, str) else str(piece) for piece in pieces) == sentence
