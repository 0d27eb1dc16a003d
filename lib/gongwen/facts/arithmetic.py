"""Facts -> facts: shares, changes and ranks, each with an operation a reader can redo by hand.

If one parent is missing the result is missing. Numbers are exact decimals; rounding happens only
when printed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, localcontext
from itertools import chain
from typing import Literal

from gongwen.errors import BadFact
from gongwen.facts.value import Derived, Fact, Read, Rows, added, derived, numeric, same_unit, taken

_PRECISION = 34
_HOLDS = {"是": True, "达标": True, "否": False, "未达标": False}


def add(*facts: Fact, label: str) -> Fact:
    """The sum of facts of one unit."""
    return added(facts, label)


def subtract(whole: Fact, part: Fact, label: str = "") -> Fact:
    """One fact less another; prints with the filter 增减 as 增加5名, 减少5名 or 持平."""
    return taken(whole, part, label or f"{whole.label}减{part.label}")


def share(part: Fact, whole: Fact, label: str = "", places: int = 1) -> Fact:
    """The part in percent of the whole, 0 to 100.

    For rates that may pass 100 use `ratio(…, unit="%")`.
    """
    label = label or f"{part.label}占{whole.label}的比重"
    same_unit(label, (part, whole))
    if not (part.missing or whole.missing) and not 0 <= numeric(part) <= numeric(whole):
        raise BadFact(
            label,
            f"{part.label}（{part}）不在 0 和{whole.label}（{whole}）之间，不是它的一部分；"
            '完成率一类可以超过 100% 的请用 ratio(…, unit="%")',
        )
    return _quotient(part, whole, label, "%", places)


def ratio(part: Fact, base: Fact, label: str = "", unit: str = "", places: int = 1) -> Fact:
    """One fact divided by another: 名/个, 倍, or with unit % a rate that may pass 100."""
    return _quotient(part, base, label or f"{part.label}与{base.label}之比", unit, places)


def change(now: Fact, before: Fact, label: str = "", places: int = 1) -> Fact:
    """The growth in percent from `before` to `now`.

    A base of 0 or less gives no rate (missing, with the reason).
    """
    label = label or f"{now.label}增长率"
    same_unit(label, (now, before))
    base = numeric(before)
    operation = f"（{now.label} － {before.label}） ÷ {before.label} × 100"
    if not before.missing and base <= 0:
        reason = "基数为0，不计算" if base == 0 else "基数为负，不计算"
        return derived(label, f"{operation}（{reason}）", (now, before), None, "%", places)
    value = _divided((numeric(now) - base) * 100, base) if base else None
    return derived(label, operation, (now, before), value, "%", places)


def points(now: Fact, before: Fact, label: str = "", places: int = 1) -> Fact:
    """The difference of two percentages, in 个百分点."""
    label = label or f"{now.label}变化"
    if (now.unit, before.unit) != ("%", "%"):
        raise BadFact(
            label,
            f"百分点只用于两个百分数相减：{now.label}（{now.unit}）、"
            f"{before.label}（{before.unit}）",
        )
    value = numeric(now) - numeric(before)
    return derived(
        label, f"{now.label} － {before.label}", (now, before), value, "个百分点", places
    )


def rank(
    fact: Fact,
    among: Iterable[Fact],
    label: str = "",
    best: Literal["high", "low"] = "high",
    *,
    sealed_as: str = "",
) -> Fact:
    """The place of a fact among others (1 is best, equals share a place).

    `among` may hold the fact itself or not.

    `sealed_as`: the others go along as one `sealed` fact of that label, for a document that may not name them.
    """
    others = _without(fact, tuple(among))
    label = label or f"{fact.label}排名"
    same_unit(label, (fact, *others))
    own = numeric(fact)
    better = sum(
        (numeric(other) > own) if best == "high" else (numeric(other) < own) for other in others
    )
    tied = sum(numeric(other) == own for other in others)
    operation = (
        f"{len(others) + 1}个中{'从高到低' if best == 'high' else '从低到高'}排序{_equals(tied)}"
    )
    shown = (sealed((fact, *others), sealed_as),) if sealed_as else others
    known = None if any(other.missing for other in others) else better + 1
    return derived(label, operation, (fact, *shown), known, "位")


def ranks(
    facts: Mapping[str, Fact], labels: Mapping[str, str], together: Fact | str
) -> dict[str, Fact]:
    """The place of each among all from high to low, for thousands at once.

    `together` stands for all of them (`gathered`), so that no place carries every other. A label
    in its stead: they are `sealed`, for documents that may not name the others.
    """
    if isinstance(together, str):
        together = sealed(facts.values(), together)
    listed = tuple(facts.values())
    same_unit(together.label, listed)
    numbers = sorted(map(numeric, listed))
    missing = sum(fact.missing for fact in listed)
    ranked = {}
    for key, fact in facts.items():
        first, behind = bisect_left(numbers, numeric(fact)), bisect_right(numbers, numeric(fact))
        operation = f"{len(listed)}个中从高到低排序{_equals(behind - first - 1)}"
        known = None if missing - fact.missing else len(listed) - behind + 1
        ranked[key] = derived(labels[key], operation, (fact, together), known, "位")
    return ranked


def _equals(tied: int) -> str:
    return f"，与另外{tied}个并列" if tied else ""


def sealed(facts: Iterable[Fact], label: str, unit: str = "个") -> Fact:
    """How many facts there are, resting on all their cells.

    Whoever holds the workbook can redo them.

    Their names, values and the facts between stay behind, so that a document about one may rest on
    all.
    """
    return gathered(facts, label, unit, "计数（各项的明细不随文件下发）")


def gathered(facts: Iterable[Fact], label: str, unit: str = "个", operation: str = "计数") -> Fact:
    """How many facts there are, resting on all their cells, one group for each column."""
    listed = tuple(facts)
    cells = _cells_by_column(chain.from_iterable(fact.cells() for fact in listed))
    gaps = _cells_by_column(chain.from_iterable(fact.gaps for fact in listed))
    return Fact(label, len(listed), Read(operation, cells), unit, gaps=gaps)


def _cells_by_column(groups: Iterable[Rows]) -> tuple[Rows, ...]:
    """The cells of many facts by file, sheet and column, in the order of the sheet."""
    found: dict[tuple[str, str, str], set[int]] = {}
    for group in groups:
        found.setdefault((group.file, group.sheet, group.column), set()).update(group.rows)
    return tuple(
        Rows(file, sheet, tuple(sorted(rows)), column)
        for (file, sheet, column), rows in found.items()
    )


def tally(
    facts: Iterable[Fact],
    label: str,
    unit: str = "个",
    *,
    holds: Callable[[Fact], bool] | None = None,
    blanks: Literal["refuse", "skip"] = "refuse",
) -> Fact:
    """How many of the facts hold: 是 or 达标, a number other than 0, or what `holds` says.

    A missing one makes the tally missing, unless `blanks="skip"` leaves it out.
    """
    listed = tuple(facts)
    judged = tuple(fact for fact in listed if not (fact.missing and blanks == "skip"))
    decide = holds or _holds
    number = sum(decide(fact) for fact in judged if not fact.missing)
    skipped = f"，未填报的{len(listed) - len(judged)}个不计" if len(judged) < len(listed) else ""
    if not judged:
        value = None if listed else 0
        return Fact(label, value, Derived(f"符合条件的个数{skipped}", listed), unit)
    return derived(label, f"{len(judged)}个中符合条件的个数{skipped}", judged, number, unit)


def _without(fact: Fact, among: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The others: the fact itself is left out once, also where it was measured a second time under another label."""
    cells = fact.cells()
    rests_on_rows = any(rows.rows for rows in cells)
    for position, other in enumerate(among):
        if other.id == fact.id or (
            rests_on_rows and other.value == fact.value and other.cells() == cells
        ):
            return among[:position] + among[position + 1 :]
    return among


def _holds(fact: Fact) -> bool:
    if isinstance(fact.value, int | Decimal):
        return fact.value != 0
    if str(fact.value) not in _HOLDS:
        raise BadFact(fact.label, f"“{fact}”不知道算不算符合，请用 holds= 说明")
    return _HOLDS[str(fact.value)]


def _quotient(part: Fact, base: Fact, label: str, unit: str, places: int) -> Fact:
    scale = 100 if unit == "%" else 1
    operation = f"{part.label} ÷ {base.label}" + (" × 100" if scale == 100 else "")  # noqa: PLR2004
    divisor = numeric(base)
    if not divisor and not base.missing:
        return derived(label, f"{operation}（基数为0，不计算）", (part, base), None, unit, places)
    value = _divided(numeric(part) * scale, divisor) if divisor else None
    return derived(label, operation, (part, base), value, unit, places)


def _divided(number: int | Decimal, by: int | Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = _PRECISION
        return Decimal(number) / Decimal(by)
