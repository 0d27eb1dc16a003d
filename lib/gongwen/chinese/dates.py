"""Dates -> 2026年11月30日 in prose (GB/T 15835-2011) and 2026-11-30 in tables."""

from __future__ import annotations

from datetime import date


def date_text(day: date, form: str = "年月日") -> str:
    """A date in prose; `form` 年, 年月, 年月日 or 月日 says which parts."""
    if form == "年月日":
        return f"{day.year}年{day.month}月{day.day}日"
    parts = {"年": f"{day.year}年", "月": f"{day.month}月", "日": f"{day.day}日"}
    if form not in ("年", "年月", "年月日", "月日"):
        raise ValueError(f"日期的写法只能是 年、年月、年月日、月日，不能是“{form}”")
    return "".join(parts[part] for part in form)


def date_in_table(day: date) -> str:
    """A date in a table cell: fixed width, so that a column of dates lines up."""
    return f"{day.year:04}-{day.month:02}-{day.day:02}"
