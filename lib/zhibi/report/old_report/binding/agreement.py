"""A number as it is written, and a figure -> whether value and unit agree, at the rounding that is shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from gongwen.chinese.numbers.bounds import ABOVE, BELOW
from gongwen.chinese.numbers.quantity import PERCENT, Quantity
from zhibi.data.figures.offers import Offer
from zhibi.report.old_report.binding import speaking

_SCALES = {"万": 10**4, "亿": 10**8}
_TENTH = 10


def agrees(quantity: Quantity, offer: Offer) -> bool:
    """Value and unit agree, at the rounding that is shown."""
    value = offer.fact.value
    if not isinstance(value, int | Decimal):
        return False
    exact = Fraction(value)
    unit = offer.fact.unit
    if PERCENT in {unit, quantity.unit}:
        same = unit == quantity.unit
        return same and _within(abs(exact), quantity)
    if unit[:1] in _SCALES and len(unit) > 1 and quantity.unit == unit[1:]:
        return _within(exact * _SCALES[unit[0]], quantity)
    return speaking.same_amount(quantity.unit, unit) and _within(exact, quantity)


def one_sided(quantity: Quantity) -> bool:
    """超过500名, 不足600名: what has a bound on one side only."""
    return quantity.hedge in (*ABOVE, *BELOW)


def last_place(quantity: Quantity) -> Fraction:
    """One unit of the last digit that is not nought: 100 of 500, a tenth of 亿 in 13.5亿."""
    if "." in quantity.text:
        return quantity.step
    if quantity.unit == PERCENT and quantity.spelt:
        return Fraction(_TENTH)
    digits = str(int(quantity.value))
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))


def _within(value: Fraction, quantity: Quantity) -> bool:
    if quantity.hedge in ABOVE:  # 超过500名 is said of 598, not of 1,200
        return quantity.value < value < quantity.value + last_place(quantity)
    if quantity.hedge in BELOW:
        return quantity.value - last_place(quantity) < value < quantity.value
    if quantity.hedge == "以上" and quantity.unit == PERCENT:
        return quantity.value <= value < quantity.value + last_place(quantity)
    low, high = quantity.bounds.low, quantity.bounds.high
    if low is None or high is None:
        return False
    return low <= value <= high


def signed_as(verb: str, offer: Offer) -> bool:
    """True if the verb goes the way the figure goes."""
    value = offer.fact.value
    return isinstance(value, int | Decimal) and (value >= 0) == (verb in speaking.UPWARDS)
