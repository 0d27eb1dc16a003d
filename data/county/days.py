"""Dates -> dates: working days of the example year, and months and days later."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

YEAR = 2026
AS_OF = date(2026, 11, 30)
# Public holidays; days worked in exchange are weekends and are not used. Earlier years keep only the fixed ones.
FIXED = ((1, range(1, 2)), (5, range(1, 6)), (10, range(1, 8)))
MOVABLE = {
    2024: ((2, range(10, 18)), (4, range(4, 7)), (6, range(8, 11)), (9, range(15, 18))),
    2025: (
        (1, range(28, 32)),
        (2, range(1, 5)),
        (4, range(4, 7)),
        (6, range(1, 3)),
        (10, range(8, 9)),
    ),
    2026: (
        (1, range(2, 4)),
        (2, range(15, 24)),
        (4, range(4, 7)),
        (6, range(19, 22)),
        (9, range(25, 28)),
    ),
}


def is_workday(day: date) -> bool:
    """Monday to Friday and no public holiday."""
    holidays = (*FIXED, *MOVABLE.get(day.year, ()))
    return day.weekday() < 5 and not any(  # noqa: PLR2004
        day.month == month and day.day in days for month, days in holidays
    )


@cache
def workdays(month: int) -> tuple[date, ...]:
    """Working days of a month of the example year."""
    last = calendar.monthrange(YEAR, month)[1]
    days = (date(YEAR, month, number) for number in range(1, last + 1))
    return tuple(day for day in days if is_workday(day))


def next_workday(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def after(day: date, days: int) -> date:
    """So many days later, moved on to a working day."""
    return next_workday(day + timedelta(days=days))


def workdays_after(day: date, count: int) -> date:
    """The count-th working day after a day."""
    for _ in range(count):
        day = next_workday(day + timedelta(days=1))
    return day


def months_later(day: date, months: int) -> date:
    """The same day some months on, cut to the month's end."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
