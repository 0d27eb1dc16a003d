"""Which months and quarters a branch can be held to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.model.periods import months_due, quarters_due, years_later

NOVEMBER_END = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("founded", "as_of", "due"),
    [
        (date(2015, 3, 1), NOVEMBER_END, tuple(range(1, 12))),
        (date(2026, 1, 1), NOVEMBER_END, tuple(range(1, 12))),
        (date(2026, 1, 2), NOVEMBER_END, tuple(range(2, 12))),
        (date(2026, 8, 1), NOVEMBER_END, (8, 9, 10, 11)),
        (date(2026, 8, 15), NOVEMBER_END, (9, 10, 11)),
        (date(2015, 3, 1), date(2026, 11, 29), tuple(range(1, 11))),
        (date(2015, 3, 1), date(2026, 1, 30), ()),
        (date(2026, 12, 5), NOVEMBER_END, ()),
        (date(2027, 1, 1), NOVEMBER_END, ()),
        (date(2015, 3, 1), date(2027, 3, 1), tuple(range(1, 13))),
    ],
)
def test_only_months_lived_through_from_first_to_last_day_are_due(founded, as_of, due):
    assert months_due(founded, 2026, as_of) == due


@pytest.mark.parametrize(
    ("founded", "as_of", "due"),
    [
        (date(2015, 3, 1), NOVEMBER_END, (1, 2, 3)),
        (date(2015, 3, 1), date(2026, 12, 31), (1, 2, 3, 4)),
        (date(2026, 8, 15), NOVEMBER_END, ()),
        (date(2026, 7, 1), NOVEMBER_END, (3,)),
    ],
)
def test_only_quarters_lived_through_are_due(founded, as_of, due):
    assert quarters_due(founded, 2026, as_of) == due


def test_february_is_over_on_its_own_last_day_in_leap_years_too():
    assert months_due(date(2020, 1, 1), 2028, date(2028, 2, 28)) == (1,)
    assert months_due(date(2020, 1, 1), 2028, date(2028, 2, 29)) == (1, 2)


def test_a_leap_day_falls_on_the_28th_in_other_years():
    assert years_later(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(
    st.dates(date(2020, 1, 1), date(2027, 12, 31)), st.dates(date(2026, 1, 1), date(2027, 1, 31))
)
def test_a_later_closing_day_never_takes_a_month_away(founded, as_of):
    assert set(months_due(founded, 2026, as_of)) <= set(
        months_due(founded, 2026, date(2026, 12, 31))
    )
