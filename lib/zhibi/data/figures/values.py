"""A cell of a frame -> the plain value or exact number it stands for."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pandas as pd

from gongwen.chinese.numbers.digits import shortest
from gongwen.chinese.text import clean, one_line
from gongwen.errors import BadFact
from gongwen.facts.value import Value

_MOST_DIGITS = 24
_LARGEST_FLOAT = 1e24  # below it a float is neither infinite nor too large


def value_of(cell: Any, label: str) -> Value:
    """A cell of a frame as the value of a fact.

    Exact, on one line, None where nothing was filled in.
    """
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return None
    if isinstance(cell, str):
        return clean(one_line(cell)) or None
    if isinstance(cell, bool) or type(cell).__name__ in (
        "bool",
        "bool_",
    ):  # numpy's own is no subclass
        return "是" if cell else "否"
    if isinstance(cell, datetime):  # pd.Timestamp is one
        return cell.date()
    if isinstance(cell, date):
        return cell
    return number_of(cell, label)


def number_of(cell: Any, label: str) -> int | Decimal | None:
    """A number without the noise of its binary form: 0.1 is one tenth. NaN is missing.

    Infinity is refused.
    """
    if isinstance(cell, int):
        return int(cell)
    if type(cell) is float and abs(cell) < _LARGEST_FLOAT:
        return _number_of_float(cell)
    try:
        exact = cell if isinstance(cell, Decimal) else Decimal(str(cell))
    except ArithmeticError:
        raise BadFact(label, f"“{cell}”不是数") from None
    if exact.is_nan():
        return None
    if exact.is_infinite():
        raise BadFact(label, f"“{cell}”不是有限的数")
    if exact.adjusted() > _MOST_DIGITS:
        raise BadFact(label, f"“{cell}”太大，不像是统计数")
    bare = shortest(exact)
    return int(bare) if bare == bare.to_integral_value() and not isinstance(cell, Decimal) else bare


@lru_cache(maxsize=4096)  # the points of a county are many, the different ones few
def _number_of_float(cell: float) -> int | Decimal:
    bare = shortest(Decimal(str(cell)))
    return int(bare) if bare == bare.to_integral_value() else bare
