"""What a shown number may stand for, and the laws of adding and dividing such."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.chinese.numbers.bounds import (
    Bounds,
    around,
    difference,
    exactly,
    growth,
    quotient,
    share,
    spoken,
    total,
)
from gongwen.chinese.numbers.digits import rounded

NUMBERS = st.integers(min_value=1, max_value=10**7)


def message(value: int, hedge: str, actual: int, step: int = 1) -> bool:
    return spoken(Fraction(value), Fraction(step), hedge, whole=True).meets(exactly(actual))


@pytest.mark.parametrize(
    ("value", "hedge", "step", "true", "false"),
    [
        (600, "", 1, [600], [599, 601]),
        (600, "近", 100, [598, 599, 500], [600, 601, 400]),
        (600, "余", 100, [601, 650, 700], [600, 599, 701]),
        (600, "超过", 100, [601, 5000], [600, 599]),
        (600, "不少于", 100, [600, 601], [599]),
        (600, "不足", 100, [599, 1], [600, 601]),
        (600, "不超过", 100, [600, 1], [601]),
        (600, "约", 100, [520, 690], [300, 900]),
    ],
)
def test_the_word_beside_a_number_says_on_which_side_the_truth_lies(
    value, hedge, step, true, false
):
    assert [each for each in true if not message(value, hedge, each, step)] == []
    assert [each for each in false if message(value, hedge, each, step)] == []


@given(NUMBERS, NUMBERS, st.integers(min_value=0, max_value=3))
def test_a_share_rounded_as_shown_never_contradicts_its_numbers(part, whole, places):
    printed = rounded(Decimal(part) * 100 / Decimal(whole), places)
    shown = around(printed, Decimal(1).scaleb(-places) / 2)

    assert share(exactly(part), exactly(whole)).meets(shown)


@given(NUMBERS, NUMBERS, st.integers(min_value=0, max_value=2))
def test_growth_of_rounded_figures_contains_the_growth_of_the_true_ones(now, before, places):
    scale = 10**places
    shown = [
        around(Fraction((each + scale // 2) // scale * scale), Fraction(scale, 2))
        for each in (now, before)
    ]
    found = growth(*shown)

    assert found is None or found.meets(exactly(Fraction(now * 100, before) - 100))


@given(st.lists(NUMBERS, min_size=1, max_size=6))
def test_parts_add_to_their_total_however_each_was_rounded(parts):
    thousands = [around(Fraction(round(each, -3)), Fraction(500)) for each in parts]

    assert total(thousands).meets(exactly(sum(parts)))


@given(NUMBERS, NUMBERS)
def test_meeting_is_mutual(one, other):
    first, second = (
        around(Fraction(one), Fraction(3)),
        spoken(Fraction(other), Fraction(10), "余", whole=True),
    )

    assert first.meets(second) == second.meets(first)


def test_nothing_is_divided_by_what_may_be_nothing():
    assert quotient(exactly(1), around(Fraction(0), Fraction(1))) is None
    assert share(exactly(1), Bounds(None, Fraction(3))) is None


def test_what_has_no_end_has_none_after_subtraction():
    assert difference(Bounds(Fraction(60), None), exactly(10)) == Bounds(Fraction(50), None)
