"""A cell -> an exact number or a date within the limits of its column."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from zhibi.data.checking.answers import (
    Answer,
    day_meant,
    month_meant,
    number_meant,
    only_year,
)
from zhibi.data.contract import Column, Kind
from zhibi.data.reading.cells.dates import date_of
from zhibi.data.reading.cells.parsed import INVISIBLE, Parsed, adapted, refuse, shown
from zhibi.data.sources.grid import Raw

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(E[+-]?\d{1,2})?")


_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


_LEADING_NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?")


_BIG = Decimal(10) ** 15  # beyond this Excel itself no longer keeps every digit


def _decimal(raw: Raw, column: Column, *, textual: bool) -> Parsed:  # noqa: PLR0911
    if isinstance(raw, bool | date | time | timedelta):
        return refuse("B10", f"{shown(raw)}不是数字", "请把单元格格式设为“常规”后重新填写数字。")
    if not isinstance(raw, str):
        return Parsed(Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw))
    text = "".join(unicodedata.normalize("NFKC", INVISIBLE.sub("", raw)).split()).replace("−", "-")
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if _NUMBER.fullmatch(text):
        value = Decimal(text)
        if textual and text == raw:
            return Parsed(value)
        return adapted(
            value,
            "V28",
            f"{shown(raw)}是文字形式的数字，已按{text}读取",
            "文字形式的数字，已按数字读取",
            answer=Answer(value, "文字改为数字"),
        )
    meant = number_meant(text, column)
    if meant is not None:
        answer = Answer(meant, "只留数字，去掉单位")
        return refuse("V28", f"{shown(raw)}不是纯数字", "", "不是纯数字", answer)
    if _LEADING_NUMBER.match(text):
        hint = "请只填数字，单位和说明不写在格内；单位与本列不同的先换算。"
        return refuse(
            "V28", f"{shown(raw)}不是纯数字，看不出该填多少", hint, "不是纯数字，看不出该填多少"
        )
    return refuse("B10", f"{shown(raw)}不是数字", "请填数字；没有发生填0，不清楚就留空。")


def as_number(raw: Raw, column: Column, textual: bool) -> Parsed:
    """The exact number, within the limits of the column."""
    parsed = _decimal(raw, column, textual=textual)
    answer = parsed.issue.answer if parsed.issue else None
    if not parsed.bad:
        return _checked(parsed, raw, column) or parsed
    if answer and (beyond := _checked(Parsed(answer.value), raw, column)):
        return beyond
    return parsed


def _checked(parsed: Parsed, raw: Raw, column: Column) -> Parsed | None:
    value: Decimal = parsed.value
    if not value.is_finite() or abs(value) >= _BIG:
        return refuse(
            "B10", f"{shown(raw)}超出可以精确保存的范围", "请核对位数，或改用更大的计量单位。"
        )
    whole = column.kind in (Kind.INTEGER, Kind.YEAR)
    if whole and value != value.to_integral_value():
        return refuse("B10", f"{shown(raw)}不是整数", "请填整数。")
    if column.kind is Kind.MONEY and abs(value - round(value, 2)) > Decimal("1e-9") * max(
        abs(value), Decimal(1)
    ):
        return refuse("B10", f"{shown(raw)}超过两位小数", "金额精确到分，请改为两位小数。")
    return _outside(value, raw, column)


def _outside(value: Any, raw: Raw, column: Column) -> Parsed | None:
    low, high = column.minimum, column.maximum
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    code = {Kind.YEAR: "V30", Kind.DATE: "V04"}.get(column.kind, "V11")
    limits = _limits(column)
    return refuse(code, f"{shown(raw)}超出范围，{limits}", "请核对后改正。", f"超出范围，{limits}")


def _limits(column: Column) -> str:
    low, high = column.minimum, column.maximum
    if low is not None and high is not None:
        return f"应在{low}到{high}之间"
    if high is not None:
        return f"不应大于{high}"
    return f"不应{'早' if column.kind is Kind.DATE else '小'}于{low}"


def as_date(raw: Raw, column: Column, textual: bool) -> Parsed:
    """The day, within the limits of the column."""
    month = month_meant(raw, column)
    if month:
        message = f"{shown(raw)}只有年月，按当月1日计算"
        return _outside(month, raw, column) or adapted(
            month, "V04", message, "只有年月，按当月1日计算"
        )
    value, how = date_of(raw)
    if value is None:
        return _no_day(raw, how, column)
    beyond = _outside(value, value, column)
    if beyond and only_year(raw):
        message = f"{shown(value)}多半是只填了年份“{only_year(raw)}”"
        return refuse(
            "V04", message, "请查档案，补上月份和日期。", "多半是只填了年份，被当成了日期"
        )
    if beyond:
        return beyond
    if not how or (textual and raw == value.isoformat()):
        return Parsed(value)
    return adapted(
        value,
        "V04",
        f"{shown(raw)}{how}，已按{value}读取",
        f"{how}，已按日期读取",
        answer=None if raw == value.isoformat() else Answer(value, "改为日期"),
    )


def _no_day(raw: Raw, how: str, column: Column) -> Parsed:
    """A cell that is no date, or one without its year."""
    day = day_meant(raw, column)
    if day:
        message = f"{shown(raw)}没有年份"
        return refuse("V04", message, "", "没有年份", Answer(day, "补上报告年度的年份"))
    hint = "请填完整日期，年、月、日都要有，如2026-03-15。"
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return refuse("V04", f"数字{shown(raw)}不是日期", hint, "不是日期")
    return refuse("V04", f"{shown(raw)}{how or '不是日期'}", hint, how or "不是日期")
