"""Dates -> dates: working days of the example year, and months and days later."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

YEAR = 2026
AS_OF = date(2026, 11, 30)
# Public holidays of 2026 that fall on weekdays; days worked in exchange are weekends and are not used either.
HOLIDAYS = frozenset(
    date(YEAR, month, day)
    for month, days in (
        (1, (1, 2)),
        (2, range(15, 24)),
        (4, (6,)),
        (5, (1, 4, 5)),
        (6, (19,)),
        (9, (25,)),
        (10, range(1, 8)),
    )
    for day in days
)


def is_workday(day: date) -> bool:
    """Monday to Friday and no holiday (holidays are known for the example year only)."""
    return day.weekday() < 5 and day not in HOLIDAYS  # noqa: PLR2004


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
