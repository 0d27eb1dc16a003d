"""One raw cell and its column -> the value it stands for, or what is wrong with it.

This is the slow and patient way: the reader comes here only with cells that are not plainly right.
What is harmless (full-width digits, a date written as text) is put right and reported as 提示. A
number with its unit (“34人”) is refused: whether 34 or 340000 was meant for “34万” is not for a
program to guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from gongwen.chinese.personal_data import gives_away, masked
from gongwen.errors import near_miss
from gongwen.findings import Level
from zhibi.data.checking.answers import (
    Answer,
    choice_meant,
    day_meant,
    means_nothing,
    month_meant,
    number_meant,
    only_year,
)
from zhibi.data.contract import Column, Kind
from zhibi.data.reading.dates import date_of
from zhibi.data.sources.grid import SWALLOWED, UNCOMPUTED, Raw, words

LONGEST = 5_000  # characters in a cell; the whole of an official report has no more
EXCEL_ERRORS = (
    "#REF!",
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#VALUE!",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
)
INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(E[+-]?\d{1,2})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_LEADING_NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?")
_BIG = Decimal(10) ** 15  # beyond this Excel itself no longer keeps every digit
_MOBILE_FROM, _ID_FROM, _CARD_TO = (
    1e10,
    1e15,
    1e19,
)  # numbers that may be a telephone, an ID, a card
_EXCEL_DIGITS = 15
_QUOTED = 20  # characters of a cell in a message
_YES = {"是": True, "否": False}


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with a cell: `message` speaks of this cell, `gist` of all cells with the same fault.

    `answer` is the value that is meant, where there is only one.
    """

    code: str
    level: Level
    message: str
    gist: str
    hint: str = ""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, or None; `bad` tells a cell that could not be read from one that was left blank."""

    value: Any = None
    issue: Issue | None = None
    bad: bool = False


BLANK = Parsed()


def parse(raw: Raw, column: Column, *, textual: bool = False) -> Parsed:
    """The value of one cell.

    `textual`: the file knows only text, so that a number in digits needs no remark.
    """
    if isinstance(raw, str):
        if not raw.strip():
            return BLANK
        stop = vet(raw)
        if stop:
            return stop
        if means_nothing(raw, column):
            return adapted(
                None,
                "B14",
                f"{shown(raw)}已按空白读取",
                "表示没有内容的记号，已按空白读取",
                answer=Answer(None, "没有内容的记号改为空白"),
            )
    elif _is_private_number(raw, column.kind):
        return refuse("V20", "疑似身份证号、手机号或银行卡号", "请删除；工作簿不收集这些信息。")
    return _PARSERS[column.kind](raw, column, textual)


def refuse(
    code: str, message: str, hint: str, gist: str = "", answer: Answer | None = None
) -> Parsed:
    """A cell that cannot be used; with an answer, the hint is to write that."""
    told = f"请改为{shown(str(answer))}。" if answer else hint
    return Parsed(None, Issue(code, Level.ERROR, message, gist or message, told, answer), bad=True)


def adapted(
    value: Any,
    code: str,
    message: str,
    gist: str,
    *,
    hint: str = "",
    level: Level = Level.NOTE,
    answer: Answer | None = None,
) -> Parsed:
    """A cell that was understood although it is written otherwise."""
    return Parsed(value, Issue(code, level, message, gist, hint, answer))


def vet(text: str) -> Parsed | None:  # noqa: PLR0911  (one return for each thing no cell may hold)
    """What no cell of any kind may hold."""
    if text == SWALLOWED:
        return Parsed(bad=True)  # the merged range itself has been reported
    if text == UNCOMPUTED:
        return refuse(
            "B17", "公式没有保存计算结果", "请用 Excel 或 WPS 打开后另存一次，或把公式粘贴成数值。"
        )
    if len(text) > LONGEST:
        return refuse(
            "B12",
            f"内容有{len(text)}个字符，超过{LONGEST}个",
            "请只留要点，长材料另存文件。",
            "内容过长",
        )
    if text.strip() in EXCEL_ERRORS:
        return refuse("V28", f"是错误值 {text.strip()}", "请改正公式，或填入数值，不清楚就留空。")
    kind = gives_away(text)
    if kind:
        return refuse("V20", f"疑似含有{kind}（内容不显示）", "请删除；工作簿不收集这些信息。")
    if CONTROL.search(text):
        return refuse(
            "B13", "含有看不见的控制字符", "请删掉后重新输入，不要从网页或其他系统直接粘贴。"
        )
    return None


def _is_private_number(raw: Raw, kind: Kind) -> bool:
    """A number typed as a number; amounts may well have eleven digits, counts and codes may not."""
    if (
        isinstance(raw, bool)
        or not isinstance(raw, int | float)
        or not _MOBILE_FROM <= raw < _CARD_TO
    ):
        return False
    if kind in (Kind.NUMBER, Kind.MONEY) and raw < _ID_FROM:
        return False
    digits = str(int(raw))
    # Excel keeps 15 digits, so the check digits of a longer number are gone; its length is enough
    # to refuse it
    return len(digits) > _EXCEL_DIGITS or bool(gives_away(digits))


def shown(raw: Raw) -> str:
    """The cell as a message may quote it: short, and never with a long run of digits."""
    text = masked(words(raw).strip().replace("\n", " "))
    return f"“{text if len(text) <= _QUOTED else text[:_QUOTED] + '…'}”"


# ---- text
# ----------------------------------------------------------------------------------------------------------


def _text(raw: Raw, _column: Column, _textual: bool) -> Parsed:
    if not isinstance(raw, str):
        value = words(raw)
        return adapted(
            value, "B14", f"不是文字，已按{shown(value)}读取", "不是文字，已按显示的内容读取"
        )
    value = INVISIBLE.sub("", raw).strip()
    if value == raw:
        return Parsed(value)
    if not value:
        return BLANK
    message = "前后的空格或看不见的字符已去掉"
    return adapted(
        value, "B14", message, message, answer=Answer(value, "去掉前后的空格和看不见的字符")
    )


def _code(raw: Raw, _column: Column, _textual: bool) -> Parsed:
    if not isinstance(raw, str):
        if isinstance(raw, bool | date | time | timedelta):
            return refuse(
                "V01",
                f"代码{shown(raw)}不是文字",
                "请把单元格格式设为“文本”后重新填写。",
                "代码不是文字",
            )
        value = words(raw)
        message = f"代码是数字格式，已按文字{shown(value)}读取"
        return adapted(
            value,
            "V01",
            message,
            "代码是数字格式，已按文字读取",
            level=Level.WARNING,
            hint="前面如果有0（如0012）已经丢失，请核对，并把单元格格式设为“文本”。",
        )
    value = unicodedata.normalize("NFKC", INVISIBLE.sub("", raw))
    if "".join(value.split()) != raw:
        tidy = "".join(value.split())
        if not tidy:
            return BLANK
        issue = Issue(
            "V01",
            Level.ERROR,
            f"代码{shown(raw)}含有空格或全角字符",
            "代码含有空格或全角字符",
            f"请改为{shown(tidy)}。",
            Answer(tidy, "代码去掉空格和全角字符"),
        )
        return Parsed(
            tidy, issue
        )  # what was meant is plain, so that references to it are not reported as well
    return Parsed(raw)


def _choice(raw: Raw, column: Column, textual: bool) -> Parsed:
    value = unicodedata.normalize("NFKC", words(raw)).strip()
    folded = {unicodedata.normalize("NFKC", choice): choice for choice in column.choices}
    if value in folded:
        found = folded[value]
        return (
            Parsed(found)
            if found == raw
            else adapted(
                found,
                "B14",
                f"已按“{found}”读取",
                "写法不同，已按选项读取",
                answer=Answer(found, "改为选项的写法"),
            )
        )
    if column.open_choices:
        return _text(raw, column, textual)
    meant = choice_meant(value, column)
    if meant:
        message = f"{shown(raw)}不在可选范围内，是“{meant}”的另一种说法"
        return refuse("B11", message, "", answer=Answer(meant, "改为选项的写法"))
    return refuse(
        "B11",
        f"{shown(raw)}不在可选范围内{near_miss(masked(value)[:40], column.choices)}",
        "请从下拉列表中选。",
    )


def _choices(raw: Raw, column: Column, textual: bool) -> Parsed:
    parts = [part for part in re.split(r"[；;、,，\n]", words(raw)) if part.strip()]
    found: list[str] = []
    for part in parts:
        one = _choice(part.strip(), column, textual)
        if one.bad:
            return one
        found.append(str(one.value))
    value = "；".join(found)
    return (
        Parsed(value)
        if value == raw
        else adapted(
            value,
            "B14",
            f"已按“{value}”读取",
            "写法不同，已按选项读取",
            answer=Answer(value, "改为选项的写法"),
        )
    )


def _yes_no(raw: Raw, _column: Column, _textual: bool) -> Parsed:
    if isinstance(raw, str) and raw in _YES:
        return Parsed(_YES[raw])
    text = words(raw).strip().upper()
    for value, spellings in (
        (True, ("是", "TRUE", "√", "✓", "✔", "Y", "YES")),
        (False, ("否", "FALSE", "×", "✗", "✘", "N", "NO")),
    ):
        if text in spellings:
            word = "是" if value else "否"
            return adapted(
                value,
                "B14",
                f"{shown(raw)}已按“{word}”读取",
                "写法不同，已按“是”“否”读取",
                answer=Answer(word, "改为“是”“否”"),
            )
    return refuse(
        "B11", f"{shown(raw)}不是“是”或“否”", "请从下拉列表中选“是”或“否”，不清楚就留空。"
    )


# ---- numbers
# -------------------------------------------------------------------------------------------------------


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


def _number(raw: Raw, column: Column, textual: bool) -> Parsed:
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


def _date(raw: Raw, column: Column, textual: bool) -> Parsed:
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


_PARSERS: dict[Kind, Callable[[Raw, Column, bool], Parsed]] = {
    Kind.CODE: _code,
    Kind.TEXT: _text,
    Kind.INTEGER: _number,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _date,
    Kind.YEAR: _number,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
}
