"""What people type into a date cell -> the day, and how it was written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from zhibi.data.sources.grid import Raw

_EPOCH = date(
    1899, 12, 30
)  # Excel's day 0, counted so that the days after its false 1900-02-29 come out right
_LAST_SERIAL = 2_958_465  # 9999-12-31
_FIRST_SERIAL = 7_672  # 1921; smaller numbers are years, ages and counts that went astray, not days
_EIGHT_DIGITS = range(19_000_000, 30_000_000)  # 20260315
_FORMS = re.compile(
    r"(?P<y>\d{4})(?:(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号]|(?P<m3>\d\d)(?P<d3>\d\d))"
)
_CLOCK = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?$")


def date_of(raw: Raw) -> tuple[date | None, str]:
    """The day and in which unusual form it stood (empty: as a date).

    Without a day, what is wrong with it.
    """
    if isinstance(raw, datetime):
        return raw.date(), "" if raw.time() == time() else "带有钟点"
    if isinstance(raw, date):
        return raw, ""
    if isinstance(raw, bool | time | timedelta):
        return None, ""
    if isinstance(raw, str):
        return _from_text(raw)
    return _from_number(raw)


def _from_number(raw: float) -> tuple[date | None, str]:
    if float(raw).is_integer() and int(raw) in _EIGHT_DIGITS:
        day, _ = _from_text(str(int(raw)))
        return day, "是八位数字"
    if _FIRST_SERIAL <= raw <= _LAST_SERIAL:
        return _EPOCH + timedelta(days=int(raw)), "是 Excel 日期序号"
    return None, ""


def _from_text(raw: str) -> tuple[date | None, str]:
    text = unicodedata.normalize("NFKC", raw).strip()
    clock = _CLOCK.search(text)
    text = "".join((text[: clock.start()] if clock else text).split())
    form = _FORMS.fullmatch(text)
    if not form:
        return None, ""
    part = form.groupdict()
    month, day = (part[key] or part[key + "2"] or part[key + "3"] for key in "md")
    try:
        return date(int(part["y"]), int(month), int(day)), "是文字形式的日期"
    except ValueError:
        return None, "不是存在的日期"
