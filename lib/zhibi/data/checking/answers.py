"""What somebody wrote in a cell and the column it stands in -> the one value that can be meant, or nothing.

Nothing is given where there are two readings (“高中/中专”, “2小时” where lessons are asked for, “约
41”): a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from gongwen.chinese.numbers.numerals import chinese, from_chinese
from zhibi.data.contract import Column, Kind
from zhibi.data.sources.grid import Raw, words

AnswerValue = str | Decimal | date | None  # None empties the cell

SIGNS_OF_NOTHING = ("/", "\\", "-", "--", "—", "——", "―", "–", "N/A", "n/a")
WORDS_FOR_NOTHING = ("无", "暂无", "没有")
_SHORT = 4  # characters more than the choice itself
_NOT_THE_SAME = re.compile("[不非未没否免原前曾代拟待副双兼]")
_ENDINGS = ("会", "班", "员", "类")
_BRACKETED = re.compile(r"\(([^()]+)\)$")
_COUNTED = (
    "人",
    "名",
    "个",
    "位",
    "次",
    "家",
    "户",
    "项",
    "场",
    "届",
    "期",
    "件",
    "条",
    "票",
    "人次",
)
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?|[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?)(\D*)")
_NUMERALS = re.compile(r"([零一二两三四五六七八九十百千]+)(\D*)")
_MONTH_DAY = re.compile(r"(\d{1,2})(?:月(\d{1,2})[日号]?|[./-](\d{1,2}))")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)(?:[年./-](\d{1,2})月?|(\d\d))")
_EPOCH = date(1899, 12, 30)
_YEARS = range(1921, 2101)
_A_DAY = 86_400
_ROUNDED = 1e-4


@dataclass(frozen=True, slots=True)
class Answer:
    """The value that is meant, and the rule that says so."""

    value: AnswerValue
    rule: str

    def __str__(self) -> str:
        """What a person would type."""
        if self.value is None:
            return "（空白）"
        return f"{self.value:f}" if isinstance(self.value, Decimal) else str(self.value)


@dataclass(frozen=True, slots=True)
class Change:
    """One cell to be put right: where, what stands there, what is meant.

    `merged` is a range to be taken apart.
    """

    sheet: str
    cell: str
    column: str
    before: str
    answer: Answer
    merged: str = ""


def means_nothing(text: str, column: Column) -> bool:
    """True for the signs people put into a cell that has nothing to say; a number “无” may be 0."""
    sign = "".join(unicodedata.normalize("NFKC", text).split())
    if column.kind is Kind.TEXT or sign in column.choices:
        return False
    if sign in SIGNS_OF_NOTHING:
        return True
    return column.kind in (Kind.DATE, Kind.CODE, Kind.CHOICE) and sign in WORDS_FOR_NOTHING


def choice_meant(text: str, column: Column) -> str:
    """The choice that a word stands for: by the column's list of synonyms, or as the only one it contains or ends."""
    word = unicodedata.normalize("NFKC", text).strip()
    synonym = dict(column.synonyms).get(word)
    if synonym:
        return synonym
    inside = [choice for choice in column.choices if choice in word]
    longest = max(inside, key=len, default="")
    if inside and all(choice in longest for choice in inside):
        rest = word.replace(longest, "", 1)
        return "" if _NOT_THE_SAME.search(rest) or len(rest) > _SHORT else longest
    if inside or len(word) < 2:  # noqa: PLR2004  (one character says too little)
        return ""
    wider = [c for c in column.choices if c.endswith(word) or _begins(word, c)]
    return wider[0] if len(wider) == 1 else ""


def _begins(word: str, choice: str) -> bool:
    return choice.startswith(word) and choice[len(word) :] in _ENDINGS


def number_meant(text: str, column: Column) -> Decimal | None:
    """The number before a unit that is the column's own, in digits or numerals."""
    match = _NUMBER.fullmatch(text)
    if match and match[2] in units_of(column):
        return Decimal(match[1].replace(",", ""))
    match = _NUMERALS.fullmatch(text)
    if not match or match[2] not in ("", *units_of(column)):
        return None
    numeral = re.sub("^两", "二", match[1])
    with_no_two_readings = "两" not in numeral and chinese(from_chinese(numeral)) == numeral
    return Decimal(from_chinese(numeral)) if with_no_two_readings else None


def units_of(column: Column) -> tuple[str, ...]:
    """The units that say nothing new in a column.

    That in brackets behind its name, or what such numbers are.
    """
    bracketed = _BRACKETED.search(column.header)
    if bracketed:
        return (bracketed[1], *(("名", "个人") if bracketed[1] == "人" else ()))
    if column.kind is Kind.YEAR:
        return ("年", "年度")
    for measure in ("学时", "天", "分"):
        if measure in column.header:
            return (measure,)
    if column.header.endswith("月数"):
        return ("个月", "月")
    return _COUNTED if column.kind is Kind.INTEGER else ()


def day_meant(raw: Raw, column: Column) -> date | None:
    """The day of the report year that a month and a day stand for, in a column of that year's days."""
    if column.until is None or not isinstance(raw, str | float):
        return None
    if isinstance(raw, float) and len(words(raw).partition(".")[2]) != 2:  # noqa: PLR2004
        return None  # 10.1 may have been 10.10
    match = _MONTH_DAY.fullmatch("".join(unicodedata.normalize("NFKC", words(raw)).split()))
    if not match:
        return None
    try:
        day = date(column.until.year, int(match[1]), int(match[2] or match[3]))
    except ValueError:
        return None
    return day if day <= column.until else None


def month_meant(raw: Raw, column: Column) -> date | None:
    """The first day of a month, in a column where the month is enough.

    “2008.03” typed into a cell of dates too.
    """
    if not column.month_enough:
        return None
    text = "".join(unicodedata.normalize("NFKC", words(raw)).split())
    if isinstance(raw, float | date) and not isinstance(raw, str):
        text = _typed_as_number(raw)
    match = _YEAR_MONTH.fullmatch(text)
    if not match:
        return None
    month = int(match[2] or match[3])
    return date(int(match[1]), month, 1) if 1 <= month <= 12 else None  # noqa: PLR2004


def _typed_as_number(raw: float | date) -> str:
    """Year and month as they were typed, where a cell of dates took them for the number of a day.

    Else nothing.

    2018.1 is either 2018.10 or January.
    """
    number = raw if isinstance(raw, float) else _serial(raw)
    text = f"{number:.2f}"
    typed = int(number) in _YEARS and abs(number - float(text)) < _ROUNDED
    return text if typed and not text.endswith("10") else ""


def only_year(raw: Raw) -> int:
    """The year that a cell of dates took for the number of a day (1905-06-30 is 2008).

    0 where it is none.
    """
    if isinstance(raw, date) and not isinstance(raw, str) and int(_serial(raw)) in _YEARS:
        return int(_serial(raw))
    return 0


def _serial(day: date) -> float:
    clock = day.time() if isinstance(day, datetime) else time()
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6
    bare = day.date() if isinstance(day, datetime) else day
    return (bare - _EPOCH).days + seconds / _A_DAY
