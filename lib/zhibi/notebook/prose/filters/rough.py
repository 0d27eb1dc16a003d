"""Figures -> the words for them that round: 近600名, 超过500名, 约3.2万名, 近三分之一, 由46户升至68户."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from gongwen.chinese.numbers import rounded_words
from gongwen.errors import BadExpression
from gongwen.facts.value import NOT_REPORTED, Fact
from zhibi.notebook.prose.filters.plain import number_of, numeric_fact, said_of
from zhibi.notebook.prose.spans import PrintedPart, Said


def approximately(value: Any, step: int | Decimal) -> Said:
    """近似(100): 近600名, 600余名, or the plain number when it is exact."""
    return _rounded(value, "近似", lambda fact: rounded_words.approximate(
        number_of(fact), step, fact.unit
    ))  # fmt: skip


def roughly(value: Any, step: int | Decimal, word: str = "约") -> Said:
    """约(100): 约600名 for anything that rounds to it, 600名 where it is exact; 约(100, "左右")."""
    return _rounded(value, "约", lambda fact: rounded_words.roughly(
        number_of(fact), step, fact.unit, word
    ))  # fmt: skip


def above(value: Any, step: int | Decimal, word: str = "超过") -> Said:
    """超过(100): 超过500名 of 598; 超过(100, "余") says 500余名, of 500 it is 500名."""
    return _rounded(value, "超过", lambda fact: rounded_words.above(
        number_of(fact), step, fact.unit, word
    ))  # fmt: skip


def below(value: Any, step: int | Decimal, word: str = "不足") -> Said:
    """不足(100): 不足600名 of 598, 600名 of 600."""
    return _rounded(value, "不足", lambda fact: rounded_words.below(
        number_of(fact), step, fact.unit, word
    ))  # fmt: skip


def parts_in(value: Any, parts: int, word: str = "") -> Said:
    """几分之几(3): 三分之一 of 33.1%, 近三分之一, 超过三分之一; in halves 一半; 几分之几(3, "约")."""
    return _fraction(value, "几分之几", parts, word, tenths=False)


def tenths(value: Any, word: str = "") -> Said:
    """几成: 近九成 of 88.9%; 几成("以上") 八成以上."""
    return _fraction(value, "几成", rounded_words.TENTHS, word, tenths=True)


def from_value(opening: str) -> Callable[..., Said]:
    """由, 从: 【今年|由(去年)】 prints 由46户升至68户.

    Where it fell 降至, where it stayed 保持在68户; 由(去年, "增加到", "上年的").
    """

    def worded(value: Any, before: Any, verb: str = "升至", when: str = "") -> Said:
        now, was = (_one_figure(each, opening) for each in (value, before))
        if now.fact.missing or was.fact.missing:
            return said_of(now.fact if now.fact.missing else was.fact, NOT_REPORTED)
        if now.fact.unit != was.fact.unit:
            reason = f"单位不同：{was.text} 和 {now.text}"
            raise BadExpression(now.fact.label, reason)
        moved = rounded_words.moved(number_of(was.fact), number_of(now.fact), verb)
        if not moved:
            return Said((PrintedPart("保持在"), now.part))
        return Said((PrintedPart(f"{opening}{when}"), was.part, PrintedPart(moved), now.part))

    return worded


ROUGH: Mapping[str, Callable[..., Any]] = {
    "近似": approximately,
    "约": roughly,
    "超过": above,
    "不足": below,
    "几分之几": parts_in,
    "几成": tenths,
    "由": from_value("由"),
    "从": from_value("从"),
}


class _One:
    """A printed figure that stands alone."""

    def __init__(self, text: str, fact: Fact) -> None:
        self.text, self.fact, self.part = text, fact, PrintedPart(text, fact)


def _one_figure(value: Any, opening: str) -> _One:
    """A figure, or one that a filter has worded: 资产|亿."""
    if isinstance(value, Said):
        (part,) = value.parts if len(value.parts) == 1 else (PrintedPart(""),)
        if part.fact is not None:
            return _One(part.text, numeric_fact(part.fact, opening))
    fact = numeric_fact(value, opening)
    return _One(str(fact), fact)


def _rounded(value: Any, name: str, words: Callable[[Fact], str]) -> Said:
    fact = numeric_fact(value, name)
    if fact.missing:
        return said_of(fact, fact.number)
    try:
        return said_of(fact, words(fact))
    except ValueError as fault:
        raise BadExpression(fact.label, str(fault)) from None


def _fraction(value: Any, name: str, parts: int, word: str, *, tenths: bool) -> Said:
    fact = numeric_fact(value, name)
    if not fact.missing and fact.unit != "%":
        raise BadExpression(fact.label, f"“{name}”只用于百分数，如 share(…)")
    return _rounded(
        fact, name, lambda each: rounded_words.fraction(number_of(each), parts, word, tenths=tenths)
    )
