"""Facts -> the set phrases of official prose, still as facts: what stands after | in `{{ }}`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from jinja2 import Undefined

from gongwen.chinese import dates, names, wording
from gongwen.chinese.numbers import numerals
from gongwen.chinese.text import clean
from gongwen.document import Reference
from gongwen.errors import BadExpression
from gongwen.facts.value import Fact
from zhibi.notebook.prose.spans import PrintedPart, Said, Worded

_MOST_ORDINAL = 99


def number(value: Any) -> Said:
    """数: the value without its unit."""
    fact = _fact(value, "数")
    return said_of(fact, fact.number)


def in_ten_thousands(value: Any, places: int = 2) -> Said:
    """万: 5980000元 prints 598万元."""
    return _scaled(value, "万", places)


def in_hundred_millions(value: Any, places: int = 2) -> Said:
    """亿: 120000000元 prints 1.2亿元, 12000万元 too."""
    return _scaled(value, "亿", places)


def against(with_what: str) -> Callable[[Any], Said]:
    """同比, 较上年, 较年初: 同比增长5.2%, 较上年提高2.1个百分点, 较年初增加5名, 与上年持平."""

    def worded(value: Any) -> Said:
        fact = numeric_fact(value, with_what)
        return said_of(
            fact, fact.number if fact.missing else wording.compared(with_what, _movement(fact))
        )

    return worded


def movement(value: Any) -> Said:
    """增减: 增加5名, 减少5名, 持平; for % 增长/下降, for 个百分点 提高/下降."""
    fact = numeric_fact(value, "增减")
    return said_of(fact, fact.number if fact.missing else _movement(fact))


def in_chinese(value: Any) -> Said:
    """中文数: 5名 prints 五, for 五个方面."""
    fact = numeric_fact(value, "中文数")
    if fact.missing:
        return said_of(fact, fact.number)
    whole = int(number_of(fact))
    if whole != fact.value or whole < 0:
        raise BadExpression(fact.label, f"中文数只写非负整数，不能写 {fact.number}")
    return said_of(fact, numerals.chinese(whole))


def ordinal(value: Any) -> Said:
    """序数: the counter of a loop as 一, 二, 三, for 一是… 二是…; not for data."""
    if isinstance(value, Fact):
        raise BadExpression(value.label, "序数只用于循环里的 loop.index；指标请用“中文数”")
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_ORDINAL:
        raise BadExpression(_short(value), f"序数只用于循环里的 loop.index（1 到 {_MOST_ORDINAL}）")
    return Said((PrintedPart(numerals.chinese(value)),))


def masked(value: Any) -> Said:
    """脱敏: 王小明 prints 王**."""
    if isinstance(value, Fact):
        text = value.number if value.missing else names.mask_name(str(value))
        return said_of(value, text)
    if not isinstance(value, str):
        raise BadExpression(str(value)[:40], "脱敏只用于姓名")
    return Said((PrintedPart(names.mask_name(value)),))


def day(value: Any, form: str = "年月日") -> Said:
    """日期: 2026年11月30日, with 年月 2026年11月."""
    fact = value if isinstance(value, Fact) else None
    if fact is not None and fact.missing:
        return said_of(fact, fact.number)
    content = value if fact is None else fact.value
    if not isinstance(content, date) or is_nothing(content):
        raise BadExpression(_short(value) if fact is None else fact.label, "不是日期")
    try:
        return Said((PrintedPart(dates.date_text(content, form), fact),))
    except ValueError as fault:
        raise BadExpression(form, str(fault)) from None


def worded(how: Callable[[str], str]) -> Callable[[Any], Said]:
    """句, 引, 书名: the words of a cell closed as a sentence, in “” or in 《》, never doubling what the cell has."""

    def said(value: Any) -> Said:
        if isinstance(value, Fact):
            return said_of(value, value.number if value.missing else how(value.number))
        words = _text_of(parts_of(value))
        return Said((PrintedPart(how(words)),), nothing=not words.strip())

    return said


def _text_of(parts: Iterable[PrintedPart]) -> str:
    return "".join(part.text for part in parts)


def listed(values: Any, most: int = 0) -> Said:
    """列举: 甲、乙和丙, each still a fact.

    列举(5) names the first five of more and closes with 等.
    """
    if not isinstance(values, Iterable) or isinstance(values, str | Fact | Mapping | Undefined):
        raise BadExpression(str(values)[:40], "列举要一个列表")
    groups = [parts_of(value) for value in values]
    cut = bool(most) and len(groups) > most
    groups = groups[:most] if cut else groups
    spacing = wording.joints(list(map(_text_of, groups)), open_end=cut)
    if not groups:
        return Said((), nothing=True)
    together: list[PrintedPart] = []
    for joint, parts in zip(spacing, groups, strict=True):
        together += [PrintedPart(joint), *parts]
    end = (PrintedPart("等"),) if cut else ()
    return Said((*(part for part in together if part.text), *end))


def parts_of(value: Any) -> tuple[PrintedPart, ...]:
    """A printable value as parts; anything else is refused with the reason."""
    if isinstance(value, Said):
        return value.parts
    if isinstance(value, Fact):
        return (PrintedPart(str(value), value),)
    if isinstance(value, Worded):
        return value.in_prose().parts
    if isinstance(value, str):
        if numerals.has_digits(clean(value)):
            reason = "文字里有数字，查不到出处；请改用指标（Fact）：名称用 pick(…) 取，年份用 given(…) 声明"
            raise BadExpression(value[:40], reason)
        return (PrintedPart(str(value)),)
    if isinstance(value, date) and not is_nothing(value):
        return (PrintedPart(dates.date_text(value)),)
    raise BadExpression(_short(value), _refusal(value))


def parts_of_all(values: Iterable[Any]) -> tuple[PrintedPart, ...]:
    """Printable values one after another as parts. What cannot be printed is refused."""
    return tuple(chain.from_iterable(map(parts_of, values)))


def present(value: Any) -> bool:
    """`{% if 项.问题 is 有 %}`: the workbook says something.

    Not so for 未填报, for nothing and for an empty list.
    """
    if isinstance(value, Fact):
        return not value.missing
    return (
        value is not None
        and not isinstance(value, Undefined)
        and (not isinstance(value, Sized) or len(value) > 0)
    )


def table(key: str) -> Reference:
    """表('key'): a mention of a table; prints 表2."""
    return Reference(str(key))


PLAIN: Mapping[str, Callable[..., Any]] = {
    "数": number,
    "万": in_ten_thousands,
    "亿": in_hundred_millions,
    "同比": against("同比"),
    "较上年": against("较上年"),
    "较年初": against("较年初"),
    "增减": movement,
    "中文数": in_chinese,
    "序数": ordinal,
    "脱敏": masked,
    "日期": day,
    "列举": listed,
    "句": worded(wording.closed),
    "引": worded(wording.quoted),
    "书名": worded(wording.titled),
}
TESTS: Mapping[str, Callable[[Any], bool]] = {"有": present}
GLOBALS: Mapping[str, Callable[..., Reference]] = {"表": table, "图": table, "式": table}


def _refusal(value: Any) -> str:
    if is_nothing(value):
        return "没有值；缺数据的地方请用指标，会印成“未填报”"
    kind = type(value).__name__
    if isinstance(value, int | float | Decimal) or type(value).__module__ == "numpy":
        return f"是没有出处的数（{kind}）；请用 count、total、share 等做成指标（Fact）再印"
    return f"是 {kind}，不能印在正文里；能印的有：指标、姓名和名称、日期（列表用“列举”）"


def is_nothing(value: Any) -> bool:
    """None, NaN, and the two pandas has for nothing (told by name: pandas is not needed to write prose)."""
    nan = isinstance(value, float) and value != value  # noqa: PLR0124 — NaN is the one value unlike itself
    return value is None or nan or type(value).__name__ in ("NAType", "NaTType")


def _short(value: Any) -> str:
    return type(value).__name__ if not isinstance(value, int | float | Decimal) else str(value)[:40]


def _movement(fact: Fact) -> str:
    value = number_of(fact)
    if fact.unit == "%":
        return wording.growth(value, fact.places)
    if fact.unit == "个百分点":
        return wording.points_moved(value, fact.places)
    return wording.difference(value, fact.unit, fact.places)


def _scaled(value: Any, scale: str, places: int) -> Said:
    fact = numeric_fact(value, scale)
    if fact.missing:
        return said_of(fact, fact.number)
    own = fact.unit[:1]
    if fact.unit == "%" or wording.SCALES.get(own, 1) >= wording.SCALES[scale]:
        raise BadExpression(fact.label, f"单位已经是“{fact.unit}”，不能再用“{scale}”")
    amount = number_of(fact) * wording.SCALES.get(own, 1)
    return said_of(
        fact,
        wording.scaled(
            amount, scale, fact.unit[1:] if own in wording.SCALES else fact.unit, places
        ),
    )


def said_of(fact: Fact, text: str) -> Said:
    """A text that is all of one figure."""
    return Said((PrintedPart(text, fact),))


def _fact(value: Any, name: str) -> Fact:
    if isinstance(value, Fact):
        return value
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()  # noqa: SLF001 — Jinja's own way to raise it
    raise BadExpression(_short(value), f"“{name}”只用于指标（Fact），这里是 {type(value).__name__}")


def numeric_fact(value: Any, name: str) -> Fact:
    """A figure that is a number or missing; raises BadExpression for all else."""
    fact = _fact(value, name)
    if not fact.missing and not isinstance(fact.value, int | Decimal):
        raise BadExpression(fact.label, f"“{name}”只用于数，这里是“{fact.number}”")
    return fact


def number_of(fact: Fact) -> int | Decimal:
    """The value of a figure that `numeric_fact` passed and that is not missing."""
    assert isinstance(fact.value, int | Decimal)
    return fact.value
