"""A founding day and a closing day -> the whole months and quarters a branch can be held to."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import pandas as pd


def day_in(cell: Any) -> date | None:
    """The day in a cell of a frame; None where it is blank."""
    if pd.isna(cell):
        return None
    day: date = cell.date()
    return day


def months_due(founded: date | None, year: int, as_of: date) -> tuple[int, ...]:
    """Months of the year that lie wholly between the founding day and the closing day.

    A month in which the branch was founded, or which is not over on the closing day, is not held
    against it. A branch whose founding day is not known is taken to have been there all year; the
    data check says so.
    """
    if founded is not None and founded.year > year:
        return ()
    earlier = founded is None or founded.year < year
    first = 1 if founded is None or earlier else founded.month + (founded.day > 1)
    return tuple(month for month in range(first, 13) if _last_day(year, month) <= as_of)


def quarters_due(founded: date | None, year: int, as_of: date) -> tuple[int, ...]:
    """Quarters (1–4) all three months of which are due."""
    due = set(months_due(founded, year, as_of))
    return tuple(
        quarter for quarter in range(1, 5) if {quarter * 3 - 2, quarter * 3 - 1, quarter * 3} <= due
    )


def years_later(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 28 February where the year has none."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
