"""says(...) words a number; numbers_in(text) reads it back."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.chinese.dates import date_in_table, date_text
from gongwen.chinese.names import mask_name
from gongwen.chinese.numbers.rounded_words import approximate
from gongwen.chinese.text import clean, visible
from gongwen.chinese.wording import (
    closed,
    compared,
    difference,
    enumerate_words,
    growth,
    points_moved,
    quoted,
    scaled,
    titled,
)


def test_amounts_are_told_in_ten_thousands_without_trailing_zeros():
    assert scaled(5_980_000, "万", "元") == "598万元"
    assert scaled(12_345_678, "万", "元") == "1234.57万元"
    assert scaled(120_000_000, "亿", "元") == "1.2亿元"


@pytest.mark.parametrize(
    ("value", "step", "words"),
    [
        (598, 100, "近600名"),
        (612, 100, "600余名"),
        (600, 100, "600名"),
        (59_000, 10_000, "近6万名"),
        (61_000, 10_000, "6万余名"),
        (550, 100, "近600名"),
        (549, 100, "500余名"),
    ],
)
def test_approximations_point_the_right_way(value, step, words):
    assert approximate(value, step, "名") == words


def test_a_percentage_is_passed_not_followed_by_more():
    assert approximate(Decimal("61.3"), 10, "%") == "超过60%"
    assert approximate(Decimal("58.7"), 10, "%") == "近60%"


def test_a_value_below_half_a_step_has_no_approximation():
    with pytest.raises(ValueError, match="没有近似说法"):
        approximate(3, 10, "名")


@given(st.integers(1, 10**9), st.sampled_from([1, 5, 10, 100, 1000, 10_000]))
def test_near_means_below_and_more_means_above(value, step):
    if 2 * value < step:
        return
    words = approximate(value, step, "名")
    number = int(
        Decimal(re.search(r"[\d.]+", words)[0])
        * (10**8 if "亿" in words else 10**4 if "万" in words else 1)
    )
    assert words.startswith("近") == (value < number)
    assert ("余" in words) == (value > number)
    assert abs(value - number) <= step / 2


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        ("5.23", "增长5.2%"),
        ("-5.25", "下降5.3%"),
        ("0", "持平"),
        ("0.04", "持平"),
        ("-0.04", "持平"),
        ("100", "增长100%"),
    ],
)
def test_growth(percent, words):
    assert growth(Decimal(percent)) == words


@given(st.decimals(min_value=-1000, max_value=1000, places=3))
def test_growth_never_contradicts_its_sign(percent):
    words = growth(percent)
    assert words.startswith("增长") <= (percent > 0)
    assert words.startswith("下降") <= (percent < 0)
    assert "-" not in words


def test_points_and_differences():
    assert points_moved(Decimal("2.1")) == "提高2.1个百分点"
    assert points_moved(Decimal("-2.1")) == "下降2.1个百分点"
    assert difference(-5, "名") == "减少5名"
    assert difference(5, "名") == "增加5名"
    assert difference(0, "名") == "持平"


def test_comparisons_name_their_base():
    assert compared("同比", "增长5.2%") == "同比增长5.2%"
    assert compared("同比", "持平") == "与上年同期持平"
    assert compared("较年初", "持平") == "与年初持平"


def test_enumerations():
    assert enumerate_words(["甲"]) == "甲"
    assert enumerate_words(["甲", "乙"]) == "甲和乙"
    assert enumerate_words(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert enumerate_words([]) == ""


def test_quoted_items_stand_side_by_side():
    assert enumerate_words(["“甲”", "“乙”", "“丙”"]) == "“甲”“乙”和“丙”"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王**"),
        ("王明", "王*"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧*"),
        ("阿依古丽·买买提", "阿**"),
        ("王", "王"),
        ("", ""),
    ],
)
def test_names_keep_their_surname(name, masked):
    assert mask_name(name) == masked


@given(st.text(alphabet="王李欧阳司马明华·", max_size=8))
def test_a_masked_name_shows_at_most_a_surname(name):
    assert len(mask_name(name).replace("*", "")) <= 2


def test_dates_have_no_leading_zeros_in_prose_and_fixed_width_in_tables():
    assert date_text(date(2026, 1, 5)) == "2026年1月5日"
    assert date_text(date(2026, 1, 5), "年月") == "2026年1月"
    assert date_in_table(date(2026, 1, 5)) == "2026-01-05"


def test_text_from_a_cell_comes_out_on_one_visible_line():
    assert clean("第一行\n第二行") == "第一行第二行"
    assert clean("one\r\ntwo") == "one two"
    assert clean("甲\x00乙\x1b[31m丙\x1b[0m\u202e丁\ufeff") == "甲乙丙丁"
    assert clean("  甲\t乙 ") == "甲 乙"


@given(st.text(max_size=60))
def test_clean_text_is_printable_in_xml_and_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert not re.search("[\x00-\x1f\ud800-\udfff\ufffe\uffff\U0010f000-\U0010f0ff]", once)
    assert clean(once) == once
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("党员带头亮承诺", "党员带头亮承诺。"),
        ("党员带头亮承诺。", "党员带头亮承诺。"),
        ("前面做完；", "前面做完。"),
        ("问：“做了没有？”", "问：“做了没有？”"),
        ("推行“双百”考核", "推行“双百”考核。"),
        ("覆盖面扩大……", "覆盖面扩大……"),
        ("", ""),
    ],
)
def test_the_words_of_a_cell_become_one_sentence(cell, sentence):
    assert closed(cell) == sentence


@pytest.mark.parametrize(
    ("cell", "in_quotes", "as_title"),
    [
        ("清水哨", "“清水哨”", "《清水哨》"),
        ("“清水哨”", "“清水哨”", "《“清水哨”》"),
        ("《支部工作法》", "“《支部工作法》”", "《支部工作法》"),
        ("“双百”考核", "“‘双百’考核”", "《“双百”考核》"),
        ("学习《条例》和《细则》", "“学习《条例》和《细则》”", "《学习〈条例〉和〈细则〉》"),
        ("《条例》和《细则》", "“《条例》和《细则》”", "《〈条例〉和〈细则〉》"),
    ],
)
def test_quotation_marks_and_title_marks_are_never_doubled(cell, in_quotes, as_title):
    assert (quoted(cell), titled(cell)) == (in_quotes, as_title)
