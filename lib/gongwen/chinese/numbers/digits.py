"""Exact numbers -> digits as printed: rounded half up, never with the noise of binary fractions."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

_MOST_PLACES = 12
_PRECISION = 60  # sums of money and long quotients stay exact well beyond any workbook


def rounded(value: int | Decimal, places: int) -> Decimal:
    """The value with so many decimals, halves away from zero (四舍五入)."""
    with localcontext() as context:
        context.prec = _PRECISION
        return Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def shortest(value: Decimal) -> Decimal:
    """The same value without trailing zeros and without an exponent: 4.00 is 4, 1E+2 is 100."""
    with localcontext() as context:
        context.prec = _PRECISION
        bare = value.normalize()
        return bare.quantize(Decimal(1)) if bare == bare.to_integral_value() else bare


@lru_cache(
    maxsize=4096
)  # a report prints the same figure in a sentence, a table, a notebook and a Word file
def decimal_text(value: int | Decimal, places: int | None = None, *, percent: bool = False) -> str:
    """Digits with `places` decimals, or with as many as the value has.

    A percentage prints 100 or 0 only when it is exactly that (only 100% is 全覆盖):
    99.96 at one place prints 99.96, not 100.0, by showing as many decimals as it takes; an exact
    one prints without decimals.
    """
    if places is None:
        return _plain(shortest(rounded(value, _MOST_PLACES)))
    if not percent:
        return _plain(rounded(value, places))
    for limit in (0, 100):
        if value == limit:
            return str(limit)
        while places < _MOST_PLACES and rounded(value, places) == limit:
            places += 1
    return _plain(rounded(value, places))


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text[1:] if text.startswith("-") and not value else text  # no minus zero
