"""A cell as people write it and its column -> the value, or why it cannot be one.

And how well a column's cells fit.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongwen.chinese.personal_data import gives_away
from zhibi.data.contract import Column, Kind
from zhibi.data.importing.questions import Answers
from zhibi.data.importing.recognition.lexicon import Lexicon, bare, in_doubt
from zhibi.data.reading.cells import parse
from zhibi.data.sources.grid import UNCOMPUTED, Raw, words

EMPTY, FIRST_DAY = "留空", "按当月1日"
PERSONAL, MONTH_ONLY, NO_VALUE, NOT_COMPUTED = "隐私", "只有年月", "读不懂", "未计算"
_STROKES = ("/", "\\", "-", "--", "---", "—", "——", "―", "–", "_", ".", "、")
_NOTHING = (
    "空",
    "空白",
    "暂无",
    "未填",
    "未填报",
    "不详",
    "N/A",
    "NA",
    "NULL",
    "NONE",
    "#N/A",
    "无数据",
)
BLANK_MARKS = frozenset((*_STROKES, *_NOTHING))
_UNITS = re.compile(
    r"(?:人次|人|名|位|个月|个|次|家|场|期|张|年|岁|票|天|日|课时|学时|小时|元|分|%|届|项|户|份|条|块)$"
)
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)(?:[-/.年](\d{1,2})月?|(\d\d))")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年?|[-/.年].*|\d{2}|\d{4})")
_LOOSE_DAY = re.compile(
    r"((?:19|20)\d\d)\s*[-/.年、]\s*(\d{1,2})\s*[-/.月、]\s*(\d{1,2})\s*[日号]?\.?"
)
_NUMERALS = {sign: n for n, sign in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
_RANGE = re.compile(r"\s*(?:至|到|—+|–|~|～|--?(?=\s*(?:19|20)?\d{2,4}[.年/-])|－)\s*")
SAMPLED = 200  # cells of a column that show what it holds
_LONG_NUMBER = 1e10


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says.

    Where it says nothing usable, why (`trouble`), without the cell's own words if personal.
    """

    value: Any = None
    trouble: str = ""
    note: str = ""


_BLANK = Value()


@dataclass
class ValueReader:
    """Cells of one column of the contract; equal cells are read once."""

    sheet: str
    column: Column
    lexicon: Lexicon
    day_of_month: str = ""  # what to make of a day that is only a month: 1 for its first
    answers: dict[str, str] = field(
        default_factory=dict
    )  # a value nobody could read -> what it was answered to be
    _seen: dict[tuple[type, Raw], Value] = field(default_factory=dict)

    def read(self, raw: Raw) -> Value:
        """The value of one cell."""
        if self.column.kind is Kind.TEXT:
            return self._read(raw)  # names are many: to keep them all costs more than to read them
        key = (type(raw), raw)
        value = self._seen.get(key)
        if value is None:
            value = self._seen[key] = self._read(raw)
        return value

    def read_all(self, cells: Sequence[Raw]) -> tuple[list[Any], dict[str, list[int]]]:
        """The values of a column, and the positions of the cells that have none, by what is the matter with them."""
        if bool in set(map(type, cells)):  # Python takes TRUE for 1
            read = [self.read(raw) for raw in cells]
        else:
            known = {raw: self.read(raw) for raw in set(cells)}
            if not any(value.trouble for value in known.values()):
                return [known[raw].value for raw in cells], {}
            read = [known[raw] for raw in cells]
        troubled: dict[str, list[int]] = {}
        for place, value in enumerate(read):
            if value.trouble:
                troubled.setdefault(value.trouble, []).append(place)
        return [value.value for value in read], troubled

    def fits(self, cells: Iterable[Raw]) -> tuple[int, float]:
        """How many of some cells say anything, and the share of those that this column can hold."""
        said = fine = 0
        for raw, count in Counter(cells).items():
            value = self.read(raw)
            said += count * (value.value is not None or bool(value.trouble))
            fine += count * (value.value is not None or value.trouble == MONTH_ONLY)
        return said, fine / said if said else 0.0

    def _read(self, raw: Raw) -> Value:  # noqa: PLR0911  (one return for each kind of cell)
        if is_personal(raw):
            return Value(trouble=PERSONAL)
        if raw == UNCOMPUTED:
            return Value(trouble=NOT_COMPUTED)
        text = unicodedata.normalize("NFKC", words(raw)).strip() if isinstance(raw, str) else ""
        if isinstance(raw, str) and self._is_blank(text):
            return _BLANK
        if self.column.kind is Kind.TEXT and text.isalpha() and not self.answers:
            return Value(self.lexicon.value(self.sheet, self.column.header, text) or text)
        answered = self.answers.get(text or words(raw))
        if answered is not None:
            return Value(answered) if answered else _BLANK
        known = self.lexicon.value(self.sheet, self.column.header, text) if text else None
        if known is not None:
            return Value(known or None, note=f"“{text}”读作“{known}”")
        return _BY_KIND.get(self.column.kind, _plain)(raw, text, self)

    def _is_blank(self, text: str) -> bool:
        if not text or text.upper() in BLANK_MARKS:
            return True
        numeric = self.column.kind in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY, Kind.YES_NO)
        return text == "无" and not numeric and text not in self.column.choices


def is_month(raw: Raw) -> bool:
    """True of a cell that says a month and no day."""
    text = unicodedata.normalize("NFKC", raw) if isinstance(raw, str) else ""
    return bool(_YEAR_MONTH.fullmatch("".join(text.split())))


def month_key(sheet: str, column: Column) -> str:
    """The key of the question what to make of days that are only months."""
    return f"年月|{sheet}.{column.header}"


def value_key(sheet: str, column: Column) -> str:
    """How the keys of questions about single values of a column begin."""
    return f"值|{sheet}.{column.header}|"


def reader_of(sheet: str, column: Column, lexicon: Lexicon, answers: Answers) -> ValueReader:
    """The reader of a column that knows what was answered about it."""
    answer = answers.get(month_key(sheet, column))
    months = {EMPTY: "0", "": ""}.get(answer, "1")
    prefix = value_key(sheet, column)
    answered = {
        name.removeprefix(prefix): "" if word == EMPTY else word
        for name, word in answers.given.items()
        if name.startswith(prefix)
    }
    return ValueReader(sheet, column, lexicon, months, answered)


def is_personal(raw: Raw) -> bool:
    """True if a cell gives away a person."""
    if isinstance(raw, str):
        return len(raw) > 10 and bool(gives_away(raw))  # noqa: PLR2004  # the digits of a mobile number
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw < _LONG_NUMBER:
        return False
    return bool(gives_away(words(raw)))


def _plain(raw: Raw, _text: str, reader: ValueReader) -> Value:
    parsed = parse(raw, reader.column, textual=True)
    if parsed.bad:
        return Value(trouble=NO_VALUE)
    value = parsed.value
    if isinstance(value, bool):
        return Value("是" if value else "否")
    return Value(value)


def _date(raw: Raw, text: str, reader: ValueReader) -> Value:
    if isinstance(raw, str):
        loose = _LOOSE_DAY.fullmatch(text)
        if loose:
            return _day(int(loose[1]), int(loose[2]), int(loose[3]), reader)
        month = _YEAR_MONTH.fullmatch("".join(text.split()))
        if month:
            return _month(int(month[1]), int(month[2] or month[3]), reader)
    return _plain(raw, text, reader)


def _day(year: int, month: int, day: int, reader: ValueReader) -> Value:
    try:
        return _plain(date(year, month, day), "", reader)
    except ValueError:
        return Value(trouble=NO_VALUE)


def _month(year: int, month: int, reader: ValueReader) -> Value:
    if not 1 <= month <= 12:  # noqa: PLR2004  # the months of a year
        return Value(trouble=NO_VALUE)
    if reader.day_of_month == "1":
        return _day(year, month, 1, reader)
    return Value(trouble="" if reader.day_of_month == "0" else MONTH_ONLY)


def _year(raw: Raw, text: str, reader: ValueReader) -> Value:
    if isinstance(raw, date | datetime):
        return _plain(raw.year, "", reader)
    shown = text or words(raw)
    year = _YEAR.fullmatch("".join(shown.split()))
    return _plain(int(year[1]), "", reader) if year else _plain(raw, text, reader)


def _number(raw: Raw, text: str, reader: ValueReader) -> Value:
    if isinstance(raw, str):
        bare = _UNITS.sub("", text.replace("￥", "").replace("¥", "").replace(" ", ""))
        if bare in _NUMERALS:
            return _plain(_NUMERALS[bare], "", reader)
        return _plain(bare, bare, reader) if bare else Value(trouble=NO_VALUE)
    return _plain(raw, text, reader)


def _choice(raw: Raw, text: str, reader: ValueReader) -> Value:
    if not reader.column.open_choices and text not in reader.column.choices:
        parts = [part for part in re.split(r"[、,，;；/]", text) if part]
        named = [
            reader.lexicon.value(reader.sheet, reader.column.header, part) or part for part in parts
        ]
        if len(parts) > 1 and named[0] in reader.column.choices and len(set(named)) == 1:
            return Value(named[0])
        plain = bare(text)  # 委员（组织）
        if plain in reader.column.choices and not in_doubt(text):
            return Value(plain)
    return _plain(raw, text, reader)


_BY_KIND = {
    Kind.DATE: _date,
    Kind.YEAR: _year,
    Kind.INTEGER: _number,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.CHOICE: _choice,
}


def ends(raw: Raw) -> tuple[Raw, Raw]:
    """The two ends of a span that stands in one cell: 2026.3.1-3.5 -> 2026.3.1, 2026.3.5."""
    text = unicodedata.normalize("NFKC", words(raw)).strip()
    parts = [part.strip() for part in _RANGE.split(text) if part.strip()]
    if len(parts) == 1:
        return parts[0], ""
    if len(parts) != 2:  # noqa: PLR2004  # a span has two ends
        return raw, raw
    first, last = parts
    known = re.match(r"((?:19|20)\d\d)([.年/-])(?:(\d{1,2})([.月/-]))?", first)
    if known and not re.match(r"(?:19|20)\d\d", last):
        whole = last.count(".") + last.count("/") + last.count("-") + last.count("月")
        last = (
            f"{known[1]}{known[2]}{last}"
            if whole
            else f"{known[1]}{known[2]}{known[3]}{known[4]}{last}"
        )
    return first, last


def amounts(cells: Sequence[Raw]) -> tuple[int, Decimal]:
    """How many months of a row are filled, and their sum.

    A tick counts as a month without an amount.
    """
    filled, total = 0, Decimal(0)
    for raw in cells:
        text = unicodedata.normalize("NFKC", words(raw)).strip()
        if (
            not text
            or text.upper() in BLANK_MARKS
            or text in ("0", "×", "X", "否", "未交", "未缴", "欠")
        ):
            continue
        filled += 1
        bare = _UNITS.sub("", text.replace(",", ""))
        if re.fullmatch(r"\d+(\.\d+)?", bare):
            total += Decimal(bare)
    return filled, total
