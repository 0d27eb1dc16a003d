"""A number as it is written now, and the figures of the run -> whether it follows from the data, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from gongwen.chinese.numbers.bounds import Bounds, exactly
from gongwen.chinese.numbers.quantity import Quantity
from gongwen.facts.value import Fact
from zhibi.report.checking.edits.revisions import RevisedNumber

_SCALES = {"万": 10**4, "亿": 10**8, "千": 10**3, "百": 10**2}
_PEOPLE = frozenset("人名位")
_ROUNDED = ("", "约", "大约", "大概", "左右", "上下", "近", "将近", "接近", "余", "多")
_HALF = Fraction(1, 2)
_MOST = 3


class Follows(Enum):
    """Whether a number follows from the data."""

    YES = True
    NO = False
    UNKNOWN = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a number follows from the data, and why; `equal` are figures of that value."""

    follows: Follows
    reason: str
    equal: tuple[Fact, ...] = ()


def judged(change: RevisedNumber, facts: Iterable[Fact]) -> Verdict:
    """What is to be said of one number that is not as it was."""
    if not change.after:
        return Verdict(Follows.UNKNOWN, "这个数删去了")
    quantity = change.quantity
    equal = tuple(each for each in facts if quantity and means(quantity, each, approximate=False))
    if change.fact is None:
        return _without_figure(equal)
    return _with_figure(
        change, change.fact, tuple(each for each in equal if each.id != change.fact.id)
    )


def _without_figure(equal: tuple[Fact, ...]) -> Verdict:
    if equal:
        reason = f"数据中有相等的数：{_named(equal)}；是不是它，请核对"
        return Verdict(Follows.UNKNOWN, reason, equal)
    return Verdict(Follows.UNKNOWN, "数据中没有这个数")


def _with_figure(change: RevisedNumber, fact: Fact, others: tuple[Fact, ...]) -> Verdict:
    if not change.whole:
        return Verdict(Follows.NO, f"这里印的是“{fact.label}”，数据中是“{fact}”")
    if change.quantity and means(change.quantity, fact):
        return Verdict(Follows.YES, f"与“{fact.label}”相符（数据中是{exact(fact)}）", others)
    reason = f"“{fact.label}”在数据中是{exact(fact)}"
    if others:
        reason += f"；改后的数与{_named(others)}相等"
    return Verdict(Follows.NO, reason, others)


def means(quantity: Quantity, fact: Fact, *, approximate: bool = True) -> bool:
    """True if a written number is a way to say a figure: value, unit and rounding agree.

    A number without a unit, as in a cell of a table, is held against the value alone.
    """
    value = fact.value
    if not isinstance(value, int | Decimal) or quantity.ranged:
        return False
    if quantity.hedge and (not approximate or quantity.hedge.removeprefix("及") not in _ROUNDED):
        return False
    amounts = [amount for amount, unit in amounts_of(fact) if same_thing(quantity.unit, unit)]
    return any(exactly(amount).meets(_shown(quantity, fact)) for amount in amounts)


def amounts_of(fact: Fact) -> list[tuple[Fraction, str]]:
    """The value in its own unit, and in the unit without 万 or 亿 where it has such."""
    assert isinstance(fact.value, int | Decimal)
    value, unit = Fraction(fact.value), fact.unit
    found = [(value, unit)]
    if unit[:1] in _SCALES and len(unit) > 1:
        found.append((value * _SCALES[unit[0]], unit[1:]))
    if unit in ("%", "个百分点"):
        found.append((-value, unit))  # 下降5.2%
    return found


def same_thing(written: str, unit: str) -> bool:
    """True for equal units, for 人, 名 and 位, and where nothing is written."""
    return not written or written == unit or {written, unit} <= _PEOPLE


def _shown(quantity: Quantity, fact: Fact) -> Bounds:
    """What the number may stand for.

    Whole numbers that round a figure with decimals count as rounded.
    """
    broken = Fraction(str(fact.value)).denominator != 1
    if broken and quantity.bounds.low == quantity.bounds.high:
        return quantity.bounds.widened(quantity.step * _HALF)
    return quantity.bounds


def exact(fact: Fact) -> str:
    """The figure with its basis, short."""
    return f"{fact}（{fact.basis}）" if fact.basis else str(fact)


def _named(facts: tuple[Fact, ...]) -> str:
    labels = list(dict.fromkeys(f"“{each.label}”" for each in facts))
    more = f"等{len(labels)}项" if len(labels) > _MOST else ""
    return "、".join(labels[:_MOST]) + more
