"""Quantities in prose: what is read as a number, in which unit, and what is left alone."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.chinese.numbers.numerals import chinese
from gongwen.chinese.numbers.quantity import number, quantities


def read(text: str) -> list[str]:
    return [f"{each.hedge}{float(each.value):g}{each.unit}" for each in quantities(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("党员598名、预备党员2名", ["598名", "2名"]),
        ("1.36亿元，100万元，1,234元", ["1.36e+08元", "1e+06元", "1234元"]),
        ("近600名，600余名，3000多名，100余万元", ["近600名", "余600名", "多3000名", "余1e+06元"]),
        ("超过60%，不足三成，20名以上", ["超过60%", "不足30%", "以上20名"]),
        ("占三分之一，百分之十二点五，千分之三，七成半", ["33.3333%", "12.5%", "0.3%", "75%"]),
        ("五百九十八名，两千户，一千余户", ["598名", "2000户", "余1000户"]),
        ("提高22.5个百分点，是上年的1.5倍", ["22.5个百分点", "1.5倍"]),
        ("接待5.2万人次", ["52000人次"]),
        ("3千多户，2百万元", ["多3000户", "2e+06元"]),
        ("收入2026.5万元，亩产1900.0斤，11900.0名", ["2.0265e+07元", "1900斤", "11900名"]),
    ],
)
def test_numbers_are_read_with_their_units(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "截至2026年10月31日，2025—2026年，9月14日至25日，2026-07-15",
        "望组发〔2026〕12号，第3条，第二十次，第一书记",
        "“1+N”工程，A4纸，PM2.5，“12345”热线，《2026年要点》，引文[12]",
        "4时30分，每天8时至12时",
        "成为表率，成立，三成立",
        "1.抓学习",
        "（2）抓落实",
    ],
)
def test_dates_codes_and_slogans_are_no_quantities(text):
    assert read(text) == []


def test_both_ends_of_a_range_are_marked():
    assert [each.ranged for each in quantities("7名至19名的38个，3～5天")] == [
        True,
        True,
        False,
        True,
        True,
    ]


def test_counted_things_are_exact_and_measured_ones_rounded():
    counted, measured, per_cent = quantities("12家、12吨、12%")

    assert (counted.bounds.low, counted.bounds.high) == (12, 12)
    assert (measured.bounds.low, measured.bounds.high) == (Fraction(23, 2), Fraction(25, 2))
    assert (per_cent.bounds.low, per_cent.bounds.high) == (Fraction(23, 2), Fraction(25, 2))


def test_a_long_round_count_was_rounded():
    (people,) = quantities("人口140000人")

    assert (people.bounds.low, people.bounds.high) == (135000, 145000)


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numerals_mean_what_they_write(value):
    assert number(chinese(value)) == value
    assert [each.value for each in quantities(f"共有{chinese(value)}名")] == [value]


@given(
    st.integers(min_value=0, max_value=10**9),
    st.integers(min_value=0, max_value=3),
    st.sampled_from(["名", "元", "%"]),
)
def test_digits_mean_what_they_write_within_their_last_place(value, places, unit):
    shown = f"{value / 10**places:.{places}f}"
    (found,) = quantities(f"计{shown}{unit}")

    assert found.value == Fraction(shown)
    assert found.bounds.low <= Fraction(shown) <= found.bounds.high
    assert found.text == f"{shown}{unit}"


@given(
    st.text(alphabet="0123456789.,万亿余多约近超过一二三百千分之成倍%个名年月日第至到", max_size=30)
)
def test_spans_lie_in_the_text_in_order_and_apart(text):
    found = quantities(text)

    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_words_that_are_no_numeral_have_no_value():
    assert number("几十") is None
    assert number("3万万") is None
