"""Values that 【】 prints -> the words official prose has for them: one name or one filter each.

Nought, all and one are worded here: 没有预备职工, 全部完成, 均未制定; one of one gets no
percentage, 其中 needs more than one, months in a row are folded. A notebook or a domain adds its
own with `wording`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from decimal import Decimal
from functools import wraps
from itertools import chain
from typing import Any

from jinja2 import Undefined

from gongwen.chinese import wording as words_of
from gongwen.chinese.numbers.numerals import has_digits
from gongwen.document import Reference
from gongwen.errors import BadExpression, ReportError
from gongwen.facts.arithmetic import share
from gongwen.facts.value import NOT_REPORTED, Derived, Fact
from zhibi.notebook.prose import filters
from zhibi.notebook.prose.spans import PrintedPart, Said, Worded

_COUNTED = re.compile(r"(?:总数|人数|个数|数量|数)$")
_TIED = re.compile(r"另外\d+个并列")
_OWN = "_zhibi_wording"
REPORTED = "已填报的"  # of whom nought and all are said, where others did not report
_ALIKE = ("没有", "均为", f"{REPORTED}没有", f"{REPORTED}均为")


def phrase(value: Any) -> Said | Reference:
    """What 【】 prints for a value; `nothing` where it has nothing to say."""
    match value:
        case Reference() | Said():
            said: Said | Reference = value
        case Worded():
            said = value.in_prose()
        case Fact():
            said = Said(filters.parts_of(value), nothing=_nought(value))
        case bool():
            said = Said((), nothing=not value)
        case Mapping():
            said = _amounts(list(value.items()))
        case _ if value is None or filters.is_nothing(value) or value == "":
            said = Said((), nothing=True)
        case Iterable() if not isinstance(value, str | Undefined):
            said = _several(list(value))
        case _:
            said = Said(filters.parts_of(value))
    return said


def named(value: Any) -> Said:
    """名数: 预备职工6名 of a figure called 预备职工数; 没有预备职工 for nought.

    A list gives 甲9家、乙2家.
    """
    if isinstance(value, Fact):
        return _amount(noun(value), value)
    if isinstance(value, Mapping):
        return _amounts(list(value.items()))
    return _amounts(_list(value, "名数"))


def out_of(value: Any, whole: Any) -> Said:
    """占(职工数): 女职工197名，占32.9%; nought, all and one are worded without a percentage."""
    if not isinstance(value, Fact) or not isinstance(whole, Fact):
        raise BadExpression(str(value)[:40], "占要两个指标，如【女职工数|占(职工数)】")
    return proportion(value, share(value, whole))


def proportion(part: Fact, rate: Fact, base: str = "占") -> Said:
    """女职工197名，占32.9%.

    Where the name is 完成入章的企业: 完成入章的7家，占77.8%, 均未完成入章, 全部完成入章. Where some
    did not report, nought and all are said of those who did: 已填报的没有女职工.
    """
    if part.missing:
        return Said((PrintedPart(NOT_REPORTED, part),))
    name = noun(part)
    doing, _, _ = name.rpartition("的")
    whole = rate.origin.parents[1].value if isinstance(rate.origin, Derived) else None
    of_whom = "" if base == "占" else REPORTED
    if part.value == 0:
        words = of_whom + _none_of(name, doing, alone=whole == 1)
        return Said((PrintedPart(words, part),), nothing=True)
    if part.value == whole:
        return Said((PrintedPart(of_whom + _all_of(name, doing, alone=whole == 1), part),))
    head = (
        PrintedPart(f"{doing}的" if doing else name, part if has_digits(name) else None),
        PrintedPart(str(part), part),
    )
    if rate.missing or part.value == 1:
        return Said(head)
    return Said((*head, PrintedPart(f"，{base}"), PrintedPart(str(rate), rate)))


def _none_of(name: str, doing: str, *, alone: bool) -> str:
    each = "" if alone else "均"
    if doing.startswith("有"):
        return f"{each}没有{doing[1:]}"
    negative = not doing or doing.startswith(("未", "没有", "尚未", "不"))
    return f"没有{name}" if negative else f"{each}未{doing}"


def _all_of(name: str, doing: str, *, alone: bool) -> str:
    if not doing:
        return f"均为{name}"
    if doing.startswith("有"):
        return doing if alone else f"均{doing}"
    return f"已{doing}" if alone else f"全部{doing}"


def among(value: Any) -> Said:
    """其中: ，其中甲9家、乙2家 with its comma; of one kind only ，均为甲, of one alone ，为甲.

    Of none nothing.
    """
    entries = list(value.items()) if isinstance(value, Mapping) else _list(value, "其中")
    pairs = [(name, fact) for name, fact in map(_pair, entries) if not _nought(fact)]
    if not pairs:
        return Said((PrintedPart(""),), nothing=True)  # the clause it follows stays
    if len(pairs) == 1 and not pairs[0][1].missing:
        all_of = "为" if pairs[0][1].value == 1 else "均为"
        return Said((PrintedPart(f"，{all_of}{pairs[0][0]}", pairs[0][1]),))
    return Said((PrintedPart("，其中"), *_amounts(pairs).parts))


def composed(value: Any) -> Said:
    """组成: 由甲、乙和丙组成; of one 由甲组成, of none nothing."""
    parts = filters.listed(value).parts
    return (
        Said((PrintedPart("由"), *parts, PrintedPart("组成"))) if parts else Said((), nothing=True)
    )


def months(value: Any) -> Said:
    """月份: 1至11月 of 1月、2月……11月, be it one cell or a list of figures."""
    facts = [value] if isinstance(value, Fact) else _list(value, "月份")
    if not all(isinstance(fact, Fact) for fact in facts):
        raise BadExpression("月份", "月份要指标（Fact）：一格“1月、2月”，或者一列各月")
    written = chain.from_iterable(re.findall(r"\d+", fact.number) for fact in facts)
    numbers = list(map(int, written))
    if not numbers:
        return Said((PrintedPart(NOT_REPORTED, facts[0]),)) if facts else Said((), nothing=True)
    return Said((PrintedPart(words_of.folded_months(numbers), facts[0]),))


def place(value: Any) -> Said:
    """位次: 第3位, and 并列第3位 where others share it."""
    if not isinstance(value, Fact):
        raise BadExpression(str(value)[:40], "位次只用于名次（rank 算出来的指标）")
    if value.missing:
        return Said((PrintedPart(NOT_REPORTED, value),))
    tied = isinstance(value.origin, Derived) and _TIED.search(value.origin.operation)
    return Said((PrintedPart(f"{'并列' if tied else ''}第{value.number}位", value),))


def provided(value: Any) -> Said:
    """若: prints nothing.

    〖……〗 around it is left out where the value is nothing, nought, an empty list or 否.
    """
    if isinstance(value, Sized) and not isinstance(value, str):
        return Said((PrintedPart(""),), nothing=not len(value), decides=True)
    said = phrase(value)
    if isinstance(said, Reference):
        return Said((PrintedPart(""),), decides=True)
    missing = tuple(
        PrintedPart("", part.fact)
        for part in said.parts
        if part.fact is not None and part.fact.missing
    )
    return Said(missing or (PrintedPart(""),), nothing=said.nothing, decides=True)


def wording(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function a filter of 【】 under its own name: 【名单|分批】.

    It gives back words, figures, or a list of both; digits in words are refused as everywhere.
    """
    setattr(function, _OWN, True)
    return function


def is_wording(value: Any) -> bool:
    """True of a function that is a filter of 【】."""
    return getattr(value, _OWN, False) is True


def silent_on_nothing(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that has nothing to say of None, so that 〖，【变化|较上年】〗 is left out where there is no figure."""

    @wraps(function)
    def said(value: Any, *arguments: Any) -> Any:
        return Said((), nothing=True) if value is None else function(value, *arguments)

    return said


def own_filters(names: Mapping[str, Any]) -> dict[str, Callable[..., Said]]:
    """The filters that a notebook or its domain brought along with `wording`."""
    return {name: _guarded(name, value) for name, value in names.items() if is_wording(value)}


def noun(fact: Fact) -> str:
    """What a figure counts: 预备职工 of 预备职工数."""
    return _COUNTED.sub("", fact.label) or fact.label


FILTERS: Mapping[str, Callable[..., Any]] = {
    "名数": named,
    "占": out_of,
    "其中": among,
    "组成": composed,
    "月份": months,
    "位次": place,
    "若": provided,
}


def _guarded(name: str, function: Callable[..., Any]) -> Callable[..., Said]:
    def said(value: Any, *arguments: Any) -> Said:
        if isinstance(value, Undefined):
            value._fail_with_undefined_error()  # noqa: SLF001 — Jinja's own way to raise it
        if value is None:
            return Said((), nothing=True)
        try:
            result = function(value, *arguments)
        except ReportError:
            raise
        except Exception as fault:
            raise BadExpression(
                name, f"写法“{name}”算不出来（{type(fault).__name__}：{fault}）"
            ) from fault
        pieces = result if isinstance(result, list | tuple) else [result]
        parts = tuple(part for part in filters.parts_of_all(pieces) if part.text)
        return Said(parts, nothing=not parts)

    return said


def _several(values: Sequence[Any]) -> Said:
    """A bare list: names as 甲、乙和丙, figures as 甲9家、乙2家, phrases one after another."""
    if not values:
        return Said((), nothing=True)
    if all(isinstance(value, Worded) for value in values):
        return _phrases([value.in_prose() for value in values])
    if all(_is_amount(value) for value in values):
        return _amounts(values)
    return filters.listed(values)


def _phrases(phrases: Sequence[Said]) -> Said:
    """Phrases one after another; what is missing among others is named."""
    nothing = all(each.nothing for each in phrases)
    parts = filters.parts_of_all(phrases)
    if all(map(_missing, parts)):
        return Said(parts, nothing=nothing)
    groups: list[list[PrintedPart]] = []
    alike: dict[str, list[PrintedPart]] = {}
    gaps: list[PrintedPart] = []
    for each in phrases:
        if len(each.parts) == 1 and _missing(each.parts[0]):
            gaps.append(each.parts[0])
            continue
        named = list(map(_with_name, each.parts))
        lead = _lead_of(named)
        if lead in alike:  # 没有甲、乙 instead of 没有甲；没有乙, also where another stands between
            alike[lead].append(PrintedPart("、" + named[0].text.removeprefix(lead), named[0].fact))
            continue
        groups.append(named)
        if lead:
            alike[lead] = named
    return Said(_joined([*groups, *_not_reported(gaps)], "；"), nothing=nothing)


def _not_reported(gaps: Sequence[PrintedPart]) -> list[list[PrintedPart]]:
    """甲数、乙数未填报, all of them once."""
    if not gaps:
        return []
    *others, last = [each.fact for each in gaps if each.fact is not None]
    return [
        [
            *(PrintedPart(f"{fact.label}、", fact) for fact in others),
            PrintedPart(f"{last.label}{NOT_REPORTED}", last),
        ]
    ]


def _lead_of(parts: Sequence[PrintedPart]) -> str:
    """没有 of 没有女职工, which the next phrase of its kind need not say again."""
    if len(parts) != 1 or parts[0].fact is None or parts[0].fact.missing:
        return ""
    return next((lead for lead in reversed(_ALIKE) if parts[0].text.startswith(lead)), "")


def _missing(part: PrintedPart) -> bool:
    return part.fact is not None and part.fact.missing and part.text == NOT_REPORTED


def _with_name(part: PrintedPart) -> PrintedPart:
    if part.fact is None or not _missing(part):
        return part
    return PrintedPart(f"{part.fact.label}{NOT_REPORTED}", part.fact)


def _is_amount(value: Any) -> bool:
    if isinstance(value, tuple) and len(value) == 2:  # noqa: PLR2004 — a name and its figure
        return isinstance(value[0], str) and isinstance(value[1], Fact)
    return isinstance(value, Fact) and (value.missing or isinstance(value.value, int | Decimal))


def _pair(value: Any) -> tuple[str, Fact]:
    if isinstance(value, Fact):
        return noun(value), value
    if _is_amount(value):
        return str(value[0]), value[1]
    raise BadExpression(str(value)[:40], "这里要一列指标，或者“名称：指标”")


def _amount(name: str, fact: Fact) -> Said:
    if fact.missing:
        return Said((PrintedPart(NOT_REPORTED, fact),))
    if _nought(fact):
        return Said((PrintedPart(f"没有{name}", fact),), nothing=True)
    return Said(
        (PrintedPart(name, fact if has_digits(name) else None), PrintedPart(str(fact), fact))
    )


def _amounts(values: Sequence[Any]) -> Said:
    """甲9家、乙2家; nought is left out, what is missing is said last."""
    pairs = [_pair(value) for value in values]
    shown = [
        list(_amount(name, fact).parts)
        for name, fact in pairs
        if not (fact.missing or _nought(fact))
    ]
    missing = [(name, fact) for name, fact in pairs if fact.missing]
    if missing and len(missing) == len(pairs):
        return Said(tuple(PrintedPart(NOT_REPORTED, fact) for _, fact in missing))
    gaps = [[PrintedPart(f"{name}{NOT_REPORTED}", fact)] for name, fact in missing]
    return Said(
        (*_joined(shown, "、"), *_joined([[], *gaps] if gaps else [], "，")), nothing=not shown
    )


def _joined(groups: Sequence[list[PrintedPart]], joint: str) -> tuple[PrintedPart, ...]:
    parts: list[PrintedPart] = []
    for at, group in enumerate(groups):
        parts += [PrintedPart(joint), *group] if at else group
    return tuple(parts)


def _list(value: Any, name: str) -> list[Any]:
    if isinstance(value, str | Undefined) or not isinstance(value, Iterable):
        raise BadExpression(str(value)[:40], f"{name}要一个列表")
    return list(value)


def _nought(fact: Fact) -> bool:
    return isinstance(fact.value, int | Decimal) and fact.value == 0
