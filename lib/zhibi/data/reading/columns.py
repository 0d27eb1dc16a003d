"""A column of raw cells -> a typed array and what is wrong with which cell.

Almost every column of a real workbook is plainly right, so each kind has a fast way over the whole
column that either proves it right or gives up; only then is every distinct cell looked at one by
one (`cells.parse`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from gongwen.chinese.personal_data import DIGIT, FEWEST_DIGITS, SPOKEN_WORDS, SUSPECT
from zhibi.data.checking.answers import SIGNS_OF_NOTHING, WORDS_FOR_NOTHING
from zhibi.data.contract import Column, Kind, Sheet
from zhibi.data.reading.arrays import MONEY, STORED, TEXTS, to_pandas, typed
from zhibi.data.reading.cells import parse
from zhibi.data.reading.cells.dates import date_of
from zhibi.data.reading.cells.parsed import Issue, Parsed
from zhibi.data.reading.cells.vetting import LONGEST
from zhibi.data.sources.grid import Raw, plain, words

# what sends a word to the slow way: blanks at an end, anything invisible, an Excel error, a long
# run of digits
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}"
_UNSEEN = r"\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}\x{feff}\x{a0}\x{3000}"
_ODD = rf"^\s|\s$|[{_CONTROLS}{_UNSEEN}]|^#"
_ODD_CODE = rf"[\s\x{{80}}-\x{{2fff}}\x{{3000}}\x{{ff00}}-\x{{ffef}}]|{_ODD}"


_LONGEST_NUMBER = 12  # digits of text that may be a number; more are a code
_CODES = ("代码", "编码", "编号", "号码", "序号", "工号", "学号", "证号", "文号")
_NOTHING = pa.array((*SIGNS_OF_NOTHING, *WORDS_FOR_NOTHING), pa.string())


@dataclass(frozen=True)
class TypedColumn:
    """A typed array; issues by position; positions that could not be read.

    Positions that are blank.
    """

    array: Any
    issues: tuple[tuple[int, Issue], ...]
    bad: frozenset[int]
    blank: np.ndarray[Any, Any]


def read_column(values: Sequence[Raw], column: Column, *, textual: bool) -> TypedColumn:
    """The typed column; a blank stays missing, and so does a cell that cannot be read."""
    if column.kind in TEXTS:
        words = _as_words(values)
        if words is not None:
            return _read_words(words, column, textual=textual)
    else:
        clean = _FAST[column.kind](values, column)
        if clean is not None:
            return _reading(clean, (), frozenset())
    return _slowly(values, column, textual=textual)


def kind_of(name: str, values: Sequence[Raw]) -> Kind:
    """What the cells of a column are, one and all; text where they are not of one kind."""
    filled = [cell for cell in values if not isinstance(cell, str) or cell.strip()]
    if not filled or any(isinstance(cell, bool) for cell in filled):
        return Kind.TEXT
    if all(isinstance(cell, date | str) and date_of(cell)[0] for cell in filled):
        return Kind.DATE
    if plain(name).endswith(_CODES) or not all(map(_is_number, filled)):
        return Kind.TEXT
    return (
        Kind.INTEGER if all(float(_digits(cell)).is_integer() for cell in filled) else Kind.NUMBER
    )


def _is_number(cell: Raw) -> bool:
    if isinstance(cell, int | float):
        return True
    text = _digits(cell)
    bare = text.lstrip("+-").replace(".", "", 1)
    leading_zero = (
        len(bare) > 1
        and text.lstrip("+-").startswith("0")
        and not text.lstrip("+-").startswith("0.")
    )
    return bare.isascii() and bare.isdigit() and len(bare) <= _LONGEST_NUMBER and not leading_zero


def _digits(cell: Raw) -> str:
    return words(cell).strip().replace(",", "")


def with_own_columns(sheet: Sheet, frame: pd.DataFrame) -> Sheet:
    """The sheet with the columns that a frame has beside those of the contract: somebody's own."""
    headers = [header for header in map(str, frame.columns) if header not in sheet.headers]
    if not headers:
        return sheet
    own = (Column(header, header, _kind_of_array(frame[header].array)) for header in headers)
    return replace(sheet, columns=(*sheet.columns, *own))


def _kind_of_array(array: Any) -> Kind:
    if isinstance(array.dtype, pd.Int64Dtype):
        return Kind.INTEGER
    if isinstance(array.dtype, pd.Float64Dtype):
        return Kind.NUMBER
    return Kind.DATE if pd.api.types.is_datetime64_dtype(array.dtype) else Kind.TEXT


def _reading(
    array: pa.Array, issues: tuple[tuple[int, Issue], ...], bad: frozenset[int]
) -> TypedColumn:
    return TypedColumn(
        to_pandas(array), issues, bad, np.asarray(array.is_null().to_numpy(zero_copy_only=False))
    )


# ---- fast: prove the whole column right
# ----------------------------------------------------------------------------


def _as_words(values: Sequence[Raw]) -> pa.Array | None:
    try:
        return pa.array(values, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return None


def _read_words(words: pa.Array, column: Column, *, textual: bool) -> TypedColumn:
    """Text: only distinct words that look odd are parsed."""
    encoded = words.dictionary_encode()
    distinct: pa.Array = encoded.dictionary
    odd = _odd(distinct, column)
    parsed = {int(at): parse(distinct[int(at)].as_py(), column, textual=textual) for at in odd}
    if not parsed:
        return _reading(words, (), frozenset())
    spoken = distinct.to_pylist()
    for at, one in parsed.items():
        spoken[at] = one.value
    codes = encoded.indices.to_numpy()
    array = pa.array(spoken, pa.string()).take(encoded.indices)
    telling = np.isin(codes, [at for at, one in parsed.items() if one.issue or one.bad])
    return _reading(
        array,
        *_gather(
            (int(position), parsed[int(codes[position])]) for position in np.flatnonzero(telling)
        ),
    )


def _odd(distinct: pa.Array, column: Column) -> Any:
    """Positions of the distinct words that must be parsed; the empty word among them."""
    odd = pc.match_substring_regex(distinct, _ODD_CODE if column.kind is Kind.CODE else _ODD)
    odd = pc.or_(odd, _suspects(distinct))
    odd = pc.or_(odd, pc.greater(pc.utf8_length(distinct), LONGEST))
    odd = pc.or_(odd, pc.equal(distinct, ""))
    if column.kind is not Kind.TEXT:
        odd = pc.or_(odd, pc.is_in(distinct, _NOTHING))
    if column.kind is Kind.CHOICES or (column.kind is Kind.CHOICE and not column.open_choices):
        odd = pc.or_(odd, pc.invert(pc.is_in(distinct, pa.array(column.choices, pa.string()))))
    return np.flatnonzero(odd.to_numpy(zero_copy_only=False))


def _suspects(distinct: pa.Array) -> pa.Array:
    """Which words may give away a person.

    To make the whole pattern ready takes 7 ms, a column's share of a file's time.
    """
    digits = pc.count_substring_regex(distinct, DIGIT)
    spoken = pc.match_substring_regex(distinct, SPOKEN_WORDS)
    doubtful = pc.or_(pc.greater_equal(digits, FEWEST_DIGITS), spoken)
    return pc.match_substring_regex(distinct, SUSPECT) if pc.any(doubtful).as_py() else doubtful


def _fast_numbers(values: Sequence[Raw], column: Column) -> pa.Array | None:  # noqa: PLR0911  (each return gives up or is done)
    kinds = set(map(type, values))
    if not kinds <= {float, int, str}:
        return None
    try:
        array = pa.array(
            [None if value == "" else value for value in values] if str in kinds else values,
            pa.float64(),
        )
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return None
    if array.null_count == len(array):
        return array.cast(STORED[column.kind])
    limits = pc.min_max(array).as_py()
    most = 1e10 if column.kind in (Kind.INTEGER, Kind.YEAR) else 1e15
    if not (-most < limits["min"] and limits["max"] < most) or not _within(limits, column):
        return None
    rounded = pc.round(array, 2) if column.kind is Kind.MONEY else pc.round(array)
    if column.kind is Kind.NUMBER:
        return array
    if column.kind is Kind.MONEY:
        near = pc.all(pc.less(pc.abs(pc.subtract(array, rounded)), 1e-7)).as_py()
        return rounded.cast(MONEY) if near else None
    return rounded.cast(pa.int64()) if pc.all(pc.equal(array, rounded)).as_py() else None


def _within(limits: dict[str, Any], column: Column) -> bool:
    low, high = column.minimum, column.maximum
    return (low is None or bool(limits["min"] >= low)) and (
        high is None or bool(limits["max"] <= high)
    )


def _fast_dates(values: Sequence[Raw], column: Column) -> pa.Array | None:
    kinds = set(map(type, values))
    if not kinds <= {date, str}:
        return None
    try:
        array = pa.array(
            [value or None for value in values] if str in kinds else values, pa.date32()
        )
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return None
    if array.null_count < len(array) and not _within(pc.min_max(array).as_py(), column):
        return None
    return array


def _fast_yes_no(values: Sequence[Raw], _column: Column) -> pa.Array | None:
    answers = {"是": True, "否": False, "": None}
    if not set(map(type, values)) <= {str} or not set(values) <= set(answers):
        return None
    return pa.array([answers[value] for value in values], pa.bool_())  # type: ignore[index]


_FAST = {
    Kind.INTEGER: _fast_numbers,
    Kind.YEAR: _fast_numbers,
    Kind.NUMBER: _fast_numbers,
    Kind.MONEY: _fast_numbers,
    Kind.DATE: _fast_dates,
    Kind.YES_NO: _fast_yes_no,
}


# ---- slow: every distinct cell
# -------------------------------------------------------------------------------------


def _slowly(values: Sequence[Raw], column: Column, *, textual: bool) -> TypedColumn:
    known: dict[tuple[type, Raw], Parsed] = {}
    parsed: list[Parsed] = []
    for raw in values:
        key = (type(raw), raw)
        if key not in known:
            known[key] = parse(raw, column, textual=textual)
        parsed.append(known[key])
    issues, bad = _gather(
        (position, one) for position, one in enumerate(parsed) if one.issue or one.bad
    )
    return _reading(typed([one.value for one in parsed], column), issues, bad)


def _gather(cells: Any) -> tuple[tuple[tuple[int, Issue], ...], frozenset[int]]:
    cells = list(cells)
    issues = tuple((position, one.issue) for position, one in cells if one.issue)
    return issues, frozenset(position for position, one in cells if one.bad)


# ---- storage
# -------------------------------------------------------------------------------------------------------
