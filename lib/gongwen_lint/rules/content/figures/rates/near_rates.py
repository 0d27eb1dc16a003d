"""The sentences of a paragraph -> rates and shares that their own two numbers all but make (for K19).

满意651件 of 参评687件 is 94.8%: a 满意率 of 99.8% is a slip. A rate that any two numbers told near it make is right, and one that
is far from its two numbers has another base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, permutations, product

from gongwen.chinese.numbers.bounds import difference, exactly, share, total
from gongwen.chinese.numbers.quantity import Quantity
from gongwen.findings import Level
from gongwen_lint.rules.content.reading.bases import Share, found_in, is_beside
from gongwen_lint.rules.content.reading.rates import (
    always_within,
    counts,
    meets,
    name_of,
    off,
    says_qualifier,
)
from gongwen_lint.rules.content.reading.scopes import Sense, elsewhere, label, removed, sense
from gongwen_lint.rules.content.reading.wholes import has_rate
from gongwen_lint.rules.content.sentences import Sentence, figure, shown
from gongwen_lint.rules.rule import Violation

_SHARE = re.compile(
    r"(?P<how>占|完成|达到)(?P<base>[^，。；、占\d]{0,14}?)(?:的)?(?:比例|比重|比)?(?:力争|预计|将|约|仅|只)?(?:[为是达]到?|仅|约)?$"
)
_OF_BASE = re.compile(r"(?:占|完成|达到)[^，。；、\d]{2,12}$")  # 完成年初预算4300万元的53%
_AMONG = re.compile(r"中[，,]")
_BESIDE = 16  # characters from the part to the rate
_NEAR = 10  # points that a slip of the pen is off at most
_FAR, _TENTH = 8, 10  # points; a number told to more than a tenth of itself may be anything near
_NEARER = 6  # points, where more than one number may be the base
_NO_NAME = frozenset({"", "总数", "全部", "总量", "总额", "其"})
_OF_OTHERS = re.compile(r"(?<!其)中[^，。；、]{0,16}$")
_FELL = re.compile(r"减|降|少|缩|落")
_TOTAL = re.compile(r"(?<=[\u4e00-\u9fff]{2})总?[额量数]?的?$")
_PLANNED = re.compile(r"计划|任务|目标|预算|概算|限额|应")
_BEFORE, _AROUND = 3, 6  # sentences that may tell of the base, of other numbers
_WORD = 2
_AGO = re.compile(r"上年|去年|同期|上季|上月|年初")
_AGO_OR_MONTH = re.compile(r"上年|去年|同期|上季|上月|年初|\d月|季度")
_ALL = 100  # per cent


@dataclass(frozen=True, slots=True)
class _Said:
    """A rate with the part it is of; `noun` names the part of a rate, or the base of a share."""

    percent: Quantity
    part: Quantity
    noun: str
    is_rate: bool


def near_rates(
    spoken: Sequence[Sentence], place: int, everywhere: Sequence[Quantity]
) -> Iterator[Violation]:
    """The rates of one sentence of a paragraph that its numbers make but for a little.

    `everywhere` are the numbers of the whole text: a share that one of them makes may be of it.
    """
    sentence = spoken[place]
    for said in _rates_of(sentence):
        around = spoken[max(0, place - _AROUND) : place + 2]
        numbers = [
            each for each in chain.from_iterable(map(_amounts, around)) if each is not said.percent
        ]
        pairs = permutations(numbers, 2)
        if any(_makes(one, other, said.percent) for one, other in pairs):
            continue
        earlier = spoken[max(0, place - _BEFORE) : place]
        base = _base_of(said, earlier, sentence) or _base_before(
            said, sentence, earlier, everywhere
        )
        if base is None:
            yield from _beyond_all(sentence, said)
            continue
        true = shown(said.part.value * 100 / base.value)
        message = f"{figure(said.part)}除以{figure(base)}是{true}%，文中写{figure(said.percent)}"
        yield sentence.hit(
            said.part.start, said.percent.end, message, "请核对两个数和比率。", Level.WARNING
        )


def shares_fit(sentence: Sentence, found: Violation) -> bool:
    """True where the shares told in a place all fit one number before them: then its parts overlap.

    180户中，清楚的63户，占35%；得到过分红的81户，占45%；认为关系不大的48户，占26.7%.
    """
    told = [
        each
        for each in found_in(sentence)
        if found.start <= sentence.at(each.part.start) < found.end
    ]
    told = told or [
        each
        for each in found_in(sentence)
        if found.start <= sentence.at(each.percent.start) < found.end
    ]
    bases = [each for each in _amounts(sentence) if told and each.end <= told[0].part.start]
    if len(told) < 2:  # noqa: PLR2004  one share tells nothing of the others
        return False
    return any(_all_of(told, base) for base in bases)


def _all_of(told: Sequence[Share], base: Quantity) -> bool:
    """True if every share is of this base."""
    return all(meets(each.part, base, each.percent) for each in told)


def explained(sentence: Sentence, found: Violation) -> bool:
    """True if a rate of change that was found wrong is what other two numbers of the sentence make.

    5月3150万元，4月为2870万元，环比增加280万元，增长9.8%; 减少9批次（去年同期35批次），下降25.7%.
    """
    amounts = _amounts(sentence)
    rates = [each for each in sentence.quantities if each.percent and each.plain]
    inside = [each for each in rates if found.start <= sentence.at(each.start) < found.end]
    pairs = [pair for pair in permutations(amounts, 2) if pair[0].thing == pair[1].thing]
    return any(_changes_by(sentence, *pair, rate) for pair, rate in product(pairs, inside))


def _changes_by(sentence: Sentence, one: Quantity, other: Quantity, rate: Quantity) -> bool:
    """True if a change and what there was before, or what there is and was, make a rate."""
    between = sentence.text[one.end : other.start]
    if sense(sentence, one) is Sense.CHANGE:
        ago = bool(_AGO.search(between)) and meets(one, other, rate)
        return ago or _came_to(sentence, other, one, rate)
    if sense(sentence, other) is Sense.CHANGE or not _AGO_OR_MONTH.search(between):
        return False
    grown = share(difference(one.bounds, other.bounds), other.bounds)
    shrunk = share(difference(other.bounds, one.bounds), other.bounds)
    return any(each is not None and each.meets(rate.bounds) for each in (grown, shrunk))


def _came_to(sentence: Sentence, now: Quantity, by: Quantity, rate: Quantity) -> bool:
    """True if an amount that grew or fell by another did so by the rate."""
    fell = _FELL.search(sentence.before(by))
    before = total((now.bounds, by.bounds)) if fell else difference(now.bounds, by.bounds)
    found = share(by.bounds, before)
    return found is not None and found.meets(rate.bounds)


def _beyond_all(sentence: Sentence, said: _Said) -> Iterator[Violation]:
    """达标率104.3%: more than all of them."""
    if said.is_rate and said.percent.value > _ALL and always_within(said.noun):
        message = f"{said.noun}率不会超过100%"
        yield sentence.hit(
            said.percent.start, said.percent.end, message, "请核对这个比率。", Level.WARNING
        )


def _makes(one: Quantity, other: Quantity, percent: Quantity) -> bool:
    """True if one number is the rate of the other, or what is left of it is."""
    if one.thing != other.thing or not 0 < one.size <= other.size:
        return False
    rate = one.size * _ALL / other.size  # near enough to see that none of the three is meant
    ways = rate, _ALL - rate, one.size * _ALL / (one.size + other.size)
    if (
        all(abs(each - percent.size) > _FAR for each in ways)
        and not other.step * _TENTH > other.size
    ):
        return False
    left = share(difference(other.bounds, one.bounds), other.bounds)
    both = share(one.bounds, total((one.bounds, other.bounds)))  # 存量1120套，比年初减少182套
    found = (each for each in (left, both) if each is not None)
    return meets(one, other, percent) or any(each.meets(percent.bounds) for each in found)


def _base_before(
    said: _Said,
    here: Sentence,
    earlier: Sequence[Sentence],
    everywhere: Sequence[Quantity],
) -> Quantity | None:
    """52300人 in the sentence before for 35岁以下的31200人，占62.7%: a share that names no base.

    It is of a number told just before, unless any number of the text makes it.
    """
    part, percent = said.part, said.percent
    if _AGO.search(here.before(part)):
        return None  # 上年同期为292名、占34.1%: of the whole of then
    of_others = _OF_OTHERS.search(here.text[: part.start])  # 农村职工中35岁以下的1080名
    if said.is_rate or of_others or said.noun not in _NO_NAME or percent.value > _ALL:
        return None
    told = list(chain.from_iterable(map(_placed, earlier)))
    same = [each for each in told if each[1].thing == part.thing and each[1].value > part.value]
    able = [each[1] for each in same if not has_rate(*each) and sense(*each) is Sense.AMOUNT]
    if not able or any(meets(part, each, percent) for each in everywhere):
        return None
    base = min(able, key=lambda each: off(part, each, percent))
    most = _NEAR if len(able) == 1 else _NEARER
    return base if off(part, base, percent) <= most else None


def _amounts(sentence: Sentence) -> list[Quantity]:
    """The amounts of a sentence; what was planned is as exact as it is told: 计划投资12亿元."""
    told = [each for each in sentence.quantities if counts(each)]
    return [_exact_if_planned(sentence, each) for each in told]


def _exact_if_planned(sentence: Sentence, amount: Quantity) -> Quantity:
    if not _PLANNED.search(label(sentence, amount)):
        return amount
    return replace(amount, bounds=exactly(amount.value))


def _rates_of(sentence: Sentence) -> Iterator[_Said]:
    """Every rate by name and every share, with the number just before it."""
    for percent in sentence.quantities:
        if not percent.percent or not percent.plain or percent.value == _ALL:
            continue
        lead = sentence.text[: percent.start]
        name = name_of(lead)
        share = None if name else _SHARE.search(lead)
        if share is not None and share["how"] != "占":
            share = None
        found = name or share
        if found is None or (name and _of_another_base(name["name"], percent)):
            continue
        before = [each for each in _amounts(sentence) if each.end <= found.start()]
        near = before and found.start() - before[-1].end <= _BESIDE
        if near and share and not is_beside(sentence, before[-1], found.start()):
            continue  # 初级1463人，高级职称教师占26.4%
        bare = name["name"].removeprefix("群众") if name else ""
        if near and not says_qualifier(bare, sentence, before[-1]):
            continue
        if near and "；" not in sentence.text[before[-1].end : found.start()]:
            noun = found["name"] if name else found["base"]
            yield _Said(percent, before[-1], noun, is_rate=bool(name))


def _of_another_base(name: str, percent: Quantity) -> bool:
    """True for a rate of births or prices, and of what was taken away."""
    return elsewhere(name, percent) or removed(name)


def _placed(sentence: Sentence) -> list[tuple[Sentence, Quantity]]:
    """The amounts of a sentence, each with the sentence."""
    return [(sentence, amount) for amount in _amounts(sentence)]


def _base_of(said: _Said, earlier: Sequence[Sentence], here: Sentence) -> Quantity | None:
    """The number that all but makes the rate with its part, where the words say that it is the base."""
    part, percent = said.part, said.percent
    told = list(chain.from_iterable(map(_placed, earlier)))
    told += [(here, amount) for amount in _amounts(here) if amount.end <= part.start]
    same = [each for each in told if each[1].thing == part.thing and each[1].value > part.value]
    able = [each for each in same if not has_rate(*each)]
    if not able:
        return None
    sentence, base = min(able, key=lambda each: off(part, each[1], percent))
    if off(part, base, percent) > _NEAR or percent.value > _ALL:
        return None
    among = sentence is here and _AMONG.search(here.text[base.end : part.start])
    if said.is_rate or among:
        return base
    words = label(sentence, base) + sentence.after(base)
    noun = _TOTAL.sub("", said.noun)[-_WORD:]
    called = len(noun) == _WORD and noun in words
    inside = len(label(sentence, base)) >= _WORD and label(sentence, base) in said.noun
    return base if called or inside else None
