"""decimal_text(value, places) prints; untraced(text) points at digits no data stands behind."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.chinese.numbers.digits import decimal_text, rounded, shortest
from gongwen.chinese.numbers.numerals import chinese, from_chinese, has_digits, ordinal, untraced


def prints(value, places=None, *, percent=False):
    return decimal_text(
        value if isinstance(value, int) else Decimal(value), places, percent=percent
    )


def points_at(text):
    return [word for _, _, word in untraced(text)]


def test_halves_are_rounded_away_from_zero():
    assert prints("2.5", 0) == "3"
    assert prints("0.125", 2) == "0.13"
    assert prints("-2.5", 0) == "-3"


def test_without_places_the_value_is_printed_as_it_is():
    assert prints("4.00") == "4"
    assert prints("1E+2") == "100"
    assert prints("12.50") == "12.5"
    assert prints(598) == "598"


def test_binary_noise_never_shows():
    assert prints(str(0.1 + 0.2)) == "0.3"


def test_minus_zero_is_zero():
    assert prints("-0.001", 2) == "0.00"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("100", "100"),
        ("0", "0"),
        ("99.96", "99.96"),
        ("99.94", "99.9"),
        ("99.9996", "99.9996"),
        ("0.04", "0.04"),
        ("100.04", "100.04"),
        ("50", "50.0"),
    ],
)
def test_a_percentage_is_100_or_0_only_when_it_is_exactly_that(value, shown):
    assert prints(value, 1, percent=True) == shown


@given(st.decimals(min_value=0, max_value=100, places=6))
def test_no_share_below_100_prints_as_100(value):
    assert (Decimal(prints(str(value), 1, percent=True)) == 100) == (value == 100)
    assert (Decimal(prints(str(value), 1, percent=True)) == 0) == (value == 0)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6), st.integers(0, 6))
def test_rounding_is_never_off_by_more_than_half_a_unit(value, places):
    assert abs(rounded(value, places) - value) <= Decimal(1).scaleb(-places) / 2


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_the_shortest_form_is_the_same_number(value):
    assert shortest(value) == value


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (10_005, "一万零五"),
        (100_000, "十万"),
        (10_110_000, "一千零一十一万"),
        (100_010_000, "一亿零一万"),
        (10**12 + 5, "一万亿零五"),
    ],
)
def test_chinese_numerals(number, words):
    assert chinese(number) == words


@given(st.integers(0, 10**16 - 1))
def test_chinese_numerals_mean_the_number_they_came_from(number):
    assert from_chinese(chinese(number)) == number


def test_heading_numbers_follow_the_standard():
    assert [ordinal(12, level) for level in (1, 2, 3, 4)] == ["十二、", "（十二）", "12.", "（12）"]


@given(st.integers(1, 99), st.sampled_from([1, 2]))
def test_ordinals_lead_back_to_their_number(number, level):
    assert from_chinese(ordinal(number, level).strip("（）、")) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("全县共有党员598名", ["598名"]),
        ("增长5.2%，减少12家", ["5.2%", "12家"]),
        ("共１２３名", ["１２３名"]),
        ("投入3.5万元", ["3.5万元"]),
        ("“598名”党员", ["598名"]),
        ("开展1,234次", ["1,234次"]),
        ("居第3位", ["3位"]),
        ("平均年龄45岁", ["45岁"]),
        ("历时12个月", ["12个"]),
        ("“598”党员", ["598"]),
        ("“598个”“598次”", ["598个", "598次"]),
        ("“增长5倍”“98分”", ["5倍", "98分"]),
        ("“1+13名”", ["1", "13名"]),
        ("共P598场，K598次", ["598场", "598次"]),
        ("A4场", ["4场"]),
        ("完成①②", ["①", "②"]),
        ("过½", ["½"]),
        ("共Ⅻ家", ["Ⅻ"]),
        ("占九成，八成以上", ["九成", "八成"]),
        ("不足两成", ["两成"]),
        ("党员五百九十八名，群众两千名", ["五百九十八名", "两千名"]),
        ("开展十二次", ["十二次"]),
    ],
)
def test_typed_data_is_pointed_at(text, words):
    assert points_at(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "截至2026年11月30日",
        "2021—2025年",
        "2026年度",
        "11月底",
        "2026年1—11月",
        "2026年1月至11月",
        "1月1日至11月30日",
        "12月1日至3日",
        "20世纪90年代",
        "9:30开会",
        "2026-11-30",
        "党发〔2023〕5号",
        "《2023年工作要点》",
        "第12条第3款",
        "GB/T 9704-2012",
        "A4纸",
        "“1+N”工作法",
        "“3·15”活动",
        "“1+13”体系、“1+3+N”机制、“6S”管理、“互联网+”",
        "“十四个坚持”“三会一课”“七一”",
        "“12345”政务服务热线",
        "PM2.5和B12",
        "占地m²",
        "Ⅱ级响应",
        "①加强领导；②压实责任",
        "三个方面、一名书记、两级、十个明确、千家万户、千万个家庭",
        "党的第二十次全国代表大会、第二十二次会议",
        "《五百个村的调查》",
        "一一分析、万一个别、千分之一、十分重要、一成不变、已三成为",
        "五步工作法",
        "一是加强领导",
        "35岁及以下",
        "36至45岁",
        "1.加强领导",
        "要求：（1）加强领导；（2）压实责任",
    ],
)
def test_dates_document_numbers_and_slogans_are_silent(text):
    assert points_at(text) == []


@given(st.text(alphabet="名1二3年月〔〕“”《》.，第条", max_size=30))
def test_what_is_pointed_at_stands_where_it_says(text):
    assert all(
        text[start:end] == word and (has_digits(word) or not word.isascii())
        for start, end, word in untraced(text)
    )


def test_digits_of_every_script_are_digits_and_chinese_numerals_are_words():
    assert all(has_digits(text) for text in ("5", "５", "²", "①", "٣"))
    assert not has_digits("五百余名、第一书记")
