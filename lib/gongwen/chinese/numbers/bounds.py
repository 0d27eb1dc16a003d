"""A shown number -> the values it may stand for, and sums, shares and growth of such.

The one place of rounding rules.

A text that prints 20.2% speaks of anything from 20.15 to 20.25; 近600名 of something short of 600;
600余名 of more than 600 and no more than 700. Two statements contradict each other only when
nothing satisfies both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

HUNDRED = 100
_NEARLY = Fraction(4, 5)  # 近600 of 480 is no longer near
_ROUGHLY = Fraction(3, 20)  # 约: within this nobody would call it wrong

ABOVE = ("超过", "超", "逾", "突破", "高于", "多于", "大于")
FLOOR = ("不少于", "不低于", "至少", "以上")
NEARLY = ("将近", "接近", "近")
BELOW = ("不足", "不到", "不满", "低于", "少于")
CEILING = ("不超过", "不多于", "至多", "最多", "以下", "以内")
ABOUT = ("大约", "大概", "约", "左右", "上下")
ODD = ("余", "多")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The values from `low` to `high`; None is without end.

    A `strict` end is not itself among them.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    strict_low: bool = False
    strict_high: bool = False

    def meets(self, other: Bounds) -> bool:
        """True if some value lies in both."""
        return not (_apart(self, other) or _apart(other, self))

    def widened(self, by: Fraction) -> Bounds:
        """The same with both ends moved outwards."""
        low = None if self.low is None else self.low - by
        high = None if self.high is None else self.high + by
        return Bounds(low, high, self.strict_low and not by, self.strict_high and not by)

    @property
    def bounded(self) -> bool:
        """True if it ends on both sides."""
        return self.low is not None and self.high is not None


def exactly(value: int | Decimal | Fraction) -> Bounds:
    """One value and no other."""
    return Bounds(Fraction(value), Fraction(value))


def around(value: Decimal | Fraction, half: Decimal | Fraction) -> Bounds:
    """What may round to the value: half a unit of its last place on either side, whichever way halves go."""
    return Bounds(Fraction(value) - Fraction(half), Fraction(value) + Fraction(half))


def spoken(value: Fraction, step: Fraction, hedge: str, *, whole: bool) -> Bounds:
    """What a number with the word beside it may stand for.

    近 is less, 余 more by under one `step`, 约 either way.

    `step` is one unit of the last place shown; `whole` says that the number was counted, not rounded.
    """
    meant = next((bounds for words, bounds in _MEANT if hedge in words), None)
    if meant:
        return meant(value, step)
    return exactly(value) if whole else around(value, step / 2)


_MEANT: tuple[tuple[tuple[str, ...], Callable[[Fraction, Fraction], Bounds]], ...] = (
    (ABOVE, lambda value, _: Bounds(value, None, strict_low=True)),
    (FLOOR, lambda value, _: Bounds(value, None)),
    (NEARLY, lambda value, _: Bounds(value * _NEARLY, value, strict_high=True)),
    (BELOW, lambda value, _: Bounds(None, value, strict_high=True)),
    (CEILING, lambda value, _: Bounds(None, value)),
    (ABOUT, lambda value, step: around(value, max(value * _ROUGHLY, step))),
    (ODD, lambda value, step: Bounds(value, value + step, strict_low=True)),
)


def total(parts: Iterable[Bounds]) -> Bounds:
    """What the parts may add to."""
    low: Fraction | None = Fraction(0)
    high: Fraction | None = Fraction(0)
    for part in parts:
        low = None if low is None or part.low is None else low + part.low
        high = None if high is None or part.high is None else high + part.high
    return Bounds(low, high)


def difference(one: Bounds, other: Bounds) -> Bounds:
    """What the one less the other may be."""
    return Bounds(_less(one.low, other.high), _less(one.high, other.low))


def quotient(one: Bounds, other: Bounds, scale: int = 1) -> Bounds | None:
    """What the one divided by the other may be, times `scale`.

    None where the divisor may be nothing.
    """
    if (
        one.low is None
        or one.high is None
        or other.low is None
        or other.high is None
        or other.low <= 0
    ):
        return None
    pairs = product((one.low, one.high), (other.low, other.high))
    ends = [dividend * scale / divisor for dividend, divisor in pairs]
    return Bounds(min(ends), max(ends))


def share(part: Bounds, whole: Bounds) -> Bounds | None:
    """The part in per cent of the whole."""
    return quotient(part, whole, HUNDRED)


def growth(now: Bounds, before: Bounds) -> Bounds | None:
    """The change from before to now in per cent of before; negative where it fell."""
    ratio = quotient(now, before, HUNDRED)
    return difference(ratio, exactly(HUNDRED)) if ratio else None


def _less(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other


def _apart(lower: Bounds, upper: Bounds) -> bool:
    """True if the first ends before the second begins."""
    if lower.high is None or upper.low is None:
        return False
    return lower.high < upper.low or (
        lower.high == upper.low and (lower.strict_high or upper.strict_low)
    )
