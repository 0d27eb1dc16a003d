"""masks(names, text): what becomes of a text; names in ordinary words stay, and are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.chinese.pseudonyms import Pseudonyms, apart, letters, stem

NAMES = {
    "示例县": "某县",
    "城投": "甲集团",
    "城投集团": "甲集团",
    "城投集团物业党支部": "甲集团A党支部",
    "王平": "A某",
    "高峰": "B某",
    "李明远": "C某",
    "颗粒归仓": "A品牌",
    "AI": "B品牌",
}
TABLE = Pseudonyms(
    NAMES,
    frozenset({"城投", "王平", "高峰", "颗粒归仓"}),
    before=("书记", "党员"),
    after=("党支部", "公司"),
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("示例县城投集团物业党支部", "某县甲集团A党支部"),  # the longest name first
        ("城投集团的党员", "甲集团的党员"),
        ("城投公司", "甲集团公司"),
        ("由王平负责，李明远协助", "由A某负责，C某协助"),
        ("书记王平冒雨抢修", "书记A某冒雨抢修"),
        ("王平同志、高峰同志", "A某同志、B某同志"),
        ("王平", "A某"),
        ("高峰", "B某"),  # a cell that is nothing but the name
        ("“颗粒归仓”做法", "“A品牌”做法"),
        ("用AI排班", "用B品牌排班"),
    ],
)
def test_a_name_is_replaced_by_its_stand_in(text, masked):
    assert TABLE.mask(text) == masked
    assert TABLE.left_in(masked) == ()


@pytest.mark.parametrize(
    "text",
    [
        "国王平时不上朝",
        "和平年代",
        "早晚高峰，增开班次",
        "确保颗粒归仓，应收尽收",
        "旧城投入使用",
        "MAIN 程序",
        "某县甲集团A党支部的A某",
        "",
    ],
)
def test_a_name_inside_another_word_is_left_alone(text):
    assert TABLE.mask(text) == text


def test_what_was_left_alone_is_told_so_that_a_person_can_look():
    assert TABLE.left_in("早晚高峰，增开班次") == ("高峰",)
    assert TABLE.left_in("和平年代") == ()


def test_a_name_that_stands_for_itself_is_left_alone_and_not_told():
    kept = Pseudonyms({**NAMES, "高峰": "高峰"}, frozenset({"高峰"}))

    assert kept.mask("高峰同志") == "高峰同志"
    assert kept.left_in("早晚高峰，增开班次") == ()


def test_stand_ins_are_counted_without_end_and_never_twice():
    counted = [stem(number) for number in range(1, 400)]

    assert counted[:11] == [*"甲乙丙丁戊己庚辛壬癸", "子"]
    assert counted[22] == "甲子"
    assert len(set(counted)) == len(counted)
    assert [letters(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


def test_a_stand_in_that_holds_a_real_name_is_not_apart():
    assert not apart("甲集团", ["甲集团"])
    assert apart("甲集团", ["城投集团"])


@given(st.text("示例县城投集团物业党支部王平高峰李明远和的，国时", max_size=40))
def test_masking_twice_is_masking_once(text):
    once = TABLE.mask(text)

    assert TABLE.mask(once) == once
