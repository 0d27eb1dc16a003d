"""Two days -> the working days from one to the other, public holidays and days worked in exchange counted as they are."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar


def workdays(first: date, last: date) -> int | None:
    """Working days from the first to the last day, both counted; None where the holidays of a year are not known."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    try:
        return sum(bool(chinese_calendar.is_workday(day)) for day in days)
    except NotImplementedError:  # a year the calendar has no official notice for
        return None
