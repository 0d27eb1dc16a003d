"""A sentence with two values of one thing and their change -> changes that the two do not make, and points told as per cent.

立案274件，上年立案238件，增长20.1%; 参训率98.4%，2023年为96.7%，提升1.7%. The words between the two say that one is of before. A
change that any two numbers of the sentence make is right, and one that is far off is of other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations

from gongwen.chinese.numbers.bounds import Bounds, difference, share
from gongwen.chinese.numbers.quantity import POINTS, Quantity
from gongwen.findings import Level
from gongwen_lint.rules.content.reading.rates import counts, meets
from gongwen_lint.rules.content.reading.scopes import Sense, priced, segment, sense, valued
from gongwen_lint.rules.content.sentences import Sentence, figure, in_scale_of, shown
from gongwen_lint.rules.rule import Violation

_BEFORE = re.compile(
    r"上年|去年|同期|上届|上季|上月|年初|20\d\d年|\d{1,2}月|季度|[察革届造治施理建]前"
)
_THAN = re.compile(
    r"[比较](?P<what>[\u4e00-\u9fff]{2,6})(?:提高|提升|上升|增长|增加|加快|下降|降低|回落|减少|多|少)(?:了|出)?$"
)
_UNTIL, _AFTER = re.compile(r"[察革届造治施理建]前"), re.compile(r"[察革届造治施理建]后")
_FROM_TO = re.compile(r"(?:提升|提高|上升|增长|增加|扩大|下降|降低|减少|回落|降|增|升)?[到至为]$")
_FROM = re.compile(r"[由从][^，。；]{0,10}$")
_CHANGED = re.compile(
    r"(?:增长|增加|上涨|上升|提升|提高|扩大|增幅|下降|下滑|下跌|降低|减少|回落|降幅|缩减|上调|下调)(?:了|约|为|达)?$"
)
_UP = re.compile(r"增|升|涨|高|大|多|快|超")
_THAN_PLANNED = re.compile(r"^，[比较][^，。；\d]{0,8}(?:预算|计划|目标|任务|定额|控制)[数额价]?$")
_MORE_BY = re.compile(
    r"(?:(?:[比较与]|同比|环比|相比)[^，。；]{0,20}?|，|）)(?P<way>净?增加?|减少?|多|少|增长|下降|节约|节省|压减|超支|[多少][\u4e00-\u9fff]{1,2})(?:了|出)?$"
)
_APART_BY = re.compile(
    r"(?:[比较与]|同比|环比|，|）)[^，。；]{0,12}?(?P<way>提高|提升|上升|增长|增加|扩大|加快|高|下降|降低|回落|减少|收窄|低|慢)(?:了|出)?$"
)
_FROM_LIMIT = re.compile(
    r"(?:低于|高于|超过|超出?|少于|多于|突破|比)(?P<what>[\u4e00-\u9fff]{1,4}?(?:限额|预算|目标|计划|任务|定额|标准|概算))数?(?:节约|增加|减少|多|少|低|高)?$"
    r"|(?:低于|高于|超过|超出?|少于|多于|突破)(?P<short>限额|预算|目标|计划|任务|定额|标准|概算)$"
)
# the years, months and quarters, each in its order; one order holds them all
_PERIODS = (
    re.compile(r"(20\d\d)年"),
    re.compile(r"([一二三四])季度"),
    re.compile(r"(?<!\d)(\d{1,2})月"),
    re.compile(r"([上下]半)年"),
)
_ORDER = (
    *map(str, range(1, 13)),
    *map(str, range(2000, 2100)),
    *"一二三四",
    "上半",
    "下半",
)
_POINTS = re.compile(r"快|慢|提升|提高|上升|增长|增加|下降|降低|回落|高出?|低|升|降|超|多|少|差")
_COMPARED = re.compile(rf"[比较与和超低高而仅只距离]|{_BEFORE.pattern}")
_COMPARED_WITH = re.compile(r"，[比较][^，。；]{0,12}$")
_TWO, _BETWEEN, _NEXT, _WORDS = 2, 20, 16, 34  # characters but for the first
_LONG = 70  # characters before 两者相差
_NEAR = 15  # points that a slip of the pen is off at most


def changes_beside(sentence: Sentence) -> Iterator[Violation]:
    """Every change told right behind the two values that it is of."""
    for rate in sentence.quantities:
        if not rate.percent or not rate.plain or not _CHANGED.search(sentence.text[: rate.start]):
            continue
        amounts = [each for each in sentence.quantities if counts(each) and each.end <= rate.start]
        last = amounts[-_TWO:]
        real = valued(sentence, rate.start) and "环比" not in sentence.before(rate)
        if len(last) < _TWO or real or priced(sentence, rate.start):
            continue
        if Sense.CHANGE in {sense(sentence, each) for each in last}:
            continue
        now, before = _now_and_before(sentence, last[0], last[1], rate)
        if (
            now is None
            or before is None
            or _made_by_any(_in_segment(sentence, amounts, rate), rate)
        ):
            continue
        true = (now.value - before.value) * 100 / before.value
        rises = bool(_UP.search(sentence.before(rate)[-4:]))
        if rises == (true > 0) and abs(abs(true) - rate.value) <= _NEAR:
            message = (
                f"{figure(before)}到{figure(now)}变动{shown(abs(true))}%，文中写{figure(rate)}"
            )
            yield sentence.hit(
                last[0].start, rate.end, message, "请核对两个数和变动的幅度。", Level.WARNING
            )


def _now_and_before(
    sentence: Sentence, one: Quantity, other: Quantity, change: Quantity
) -> tuple[Quantity | None, Quantity | None]:
    """Which of two values is of now, and which of before; None where the words do not say so."""
    between = sentence.text[one.end : other.start]
    near = len(between) <= _BETWEEN and change.start - other.end <= _NEXT
    if not near or one.thing != other.thing or "；" in between or "其中" in between:
        return None, None
    if between.startswith("，") and _is_later(sentence, one, other, change):
        return other, one
    if _FROM_TO.search(between) and _FROM.search(sentence.text[: one.start]):
        return other, one
    if _BEFORE.search(between) and between.startswith(("，", "（")):
        return one, other
    if _COMPARED_WITH.match(between):
        return one, other
    return None, None


def _is_later(sentence: Sentence, one: Quantity, other: Quantity, change: Quantity) -> bool:
    """True if the words say that the second value is of a later time: 换届前A，换届后B · A，比一季度提高."""
    early, late = sentence.before(one), sentence.before(other)
    than = _THAN.search(sentence.text[: change.start])
    if than and than["what"] in early:
        return True
    return bool(_UNTIL.search(early) and _AFTER.search(late)) or _follows(early, late)


def _follows(one: str, other: str) -> bool:
    """True if the second words tell a later year, quarter or month than the first: 一季度 and 二季度."""
    if re.search(r"上年|去年|同期", other):
        return False
    for period in _PERIODS:
        early, late = period.findall(one), period.findall(other)
        if early and late:
            return _ORDER.index(early[-1]) < _ORDER.index(late[-1])
    return False


def amounts_beside(sentence: Sentence) -> Iterator[Violation]:
    """今年办结156件，上年149件，比上年多9件: the difference of two amounts that are told before it."""
    for by in sentence.quantities:
        way = _MORE_BY.search(sentence.text[: by.start])
        if way is None or not counts(by) or priced(sentence, by.start):
            continue
        before = [each for each in sentence.quantities if each.end <= by.start and counts(each)]
        amounts = [each for each in before if each.thing == by.thing]
        amounts = [each for each in amounts if sense(sentence, each) is not Sense.CHANGE]
        last = amounts[-_TWO:]
        if len(last) < _TWO or _differ(amounts, by):
            continue
        now, ago = _now_and_before(sentence, last[0], last[1], by)
        if _THAN_PLANNED.match(sentence.text[last[0].end : last[1].start]):
            now, ago = last
        if now is None or ago is None:
            continue
        true = now.value - ago.value
        rises = bool(_UP.search(way["way"]))
        if rises == (true > 0) and 2 * abs(abs(true) - by.value) <= by.value:
            apart = in_scale_of(abs(true), by)
            message = f"{figure(now)}与{figure(ago)}相差{apart}，文中写{figure(by)}"
            yield sentence.hit(
                last[0].start, by.end, message, "请核对两个数和差额。", Level.WARNING
            )


def apart_from_limit(sentence: Sentence) -> Iterator[Violation]:
    """债务限额A，余额B，低于限额C: the difference from the amount that is called by the name."""
    for by in sentence.quantities:
        named = _FROM_LIMIT.search(sentence.text[: by.start])
        before = [each for each in sentence.quantities if each.end <= by.start and counts(each)]
        same = [each for each in before if each.thing == by.thing]
        limits = [
            each
            for each in same
            if named and (named["what"] or named["short"]) in sentence.before(each)
        ]
        if named is None or not counts(by) or len(limits) != 1 or same[-1] is limits[0]:
            continue
        amount, limit = same[-1], limits[0]
        true = abs(amount.value - limit.value)
        if _differ(same, by) or 2 * abs(true - by.value) > by.value:
            continue
        apart = in_scale_of(true, by)
        message = f"{figure(limit)}与{figure(amount)}相差{apart}，文中写{figure(by)}"
        yield sentence.hit(limit.start, by.end, message, "请核对两个数和差额。", Level.WARNING)


def _differ(amounts: Sequence[Quantity], by: Quantity) -> bool:
    """True if any two amounts differ by so much."""
    pairs = permutations(amounts, 2)
    return any(difference(one.bounds, other.bounds).meets(by.bounds) for one, other in pairs)


def _made_by_any(amounts: list[Quantity], rate: Quantity) -> bool:
    """True if any two numbers make the rate, as a change or as a share."""
    pairs = [pair for pair in permutations(amounts, 2) if pair[0].thing == pair[1].thing]
    return any(meets(*pair, rate) or _grows(*pair, rate.bounds) for pair in pairs)


def _in_segment(sentence: Sentence, amounts: list[Quantity], rate: Quantity) -> list[Quantity]:
    """The amounts between the same semicolons as a rate."""
    here = segment(sentence, rate.start)
    return [each for each in amounts if segment(sentence, each.start) == here]


def _grows(one: Quantity, other: Quantity, rate: Bounds) -> bool:
    grown = share(difference(one.bounds, other.bounds), other.bounds)
    shrunk = share(difference(other.bounds, one.bounds), other.bounds)
    return any(each is not None and each.meets(rate) for each in (grown, shrunk))


def points_beside(sentence: Sentence) -> Iterator[Violation]:
    """参训率98.4%，2023年为96.7%，提升1.7%: the difference of two rates is in points."""
    rates = [each for each in sentence.quantities if each.percent]
    for (one, other), by in zip(pairwise(rates), rates[_TWO:], strict=False):
        if not all(each.plain for each in (one, other, by)):
            continue
        between, words = sentence.text[one.end : other.start], sentence.text[other.end : by.start]
        told = sentence.text[one.end : by.start]
        most = _LONG if words.endswith("相差") else _WORDS
        if len(told) > most or "；" in told or not (most == _LONG or _COMPARED.search(between)):
            continue
        bare = words == "）" or re.fullmatch(r"[\u4e00-\u9fff]{1,6}[线值数标]?", words)
        changed = _POINTS.search(words) or (bare and _POINTS.search(between))
        behind = sentence.text[by.end : by.end + 4]
        if not changed or (len(words) > _NEXT and most == _WORDS) or "百分点" in behind:
            continue
        apart = difference(max(one, other, key=_value).bounds, min(one, other, key=_value).bounds)
        unsure = _grows(one, other, by.bounds) and "率" not in sentence.before(one)
        if apart.meets(by.bounds) and not unsure:
            message = f"两个百分数相差的是百分点，不是{figure(by)}"
            number = by.text.rstrip("%％")
            yield sentence.hit(
                by.start, by.end, message, f"请改为“{number}个百分点”。", Level.WARNING
            )


def points_apart(sentence: Sentence) -> Iterator[Violation]:
    """一季度增长4.2%，上半年增长4.8%，比一季度提高0.8个百分点: what two rates told just before differ by."""
    for by in sentence.quantities:
        way = _APART_BY.search(sentence.text[: by.start])
        if by.unit != POINTS or not by.plain or way is None:
            continue
        rates = [each for each in sentence.quantities if each.percent and each.end <= by.start]
        if len(rates) < _TWO or not all(each.plain for each in rates):
            continue
        if any(_apart(*pair).meets(by.bounds) for pair in permutations(rates, 2)):
            continue
        one, other = rates[-_TWO:]
        if any(other.end <= each.start < by.start for each in sentence.quantities):
            continue
        now, ago = _now_and_before(sentence, one, other, by)
        if now is None or ago is None:
            continue
        true = now.value - ago.value
        if bool(_UP.search(way["way"])) == (true > 0) and 2 * abs(abs(true) - by.value) <= by.value:
            message = (
                f"{figure(now)}与{figure(ago)}相差{shown(abs(true), 2)}个百分点，文中写{figure(by)}"
            )
            yield sentence.hit(
                one.start, by.end, message, "请核对两个百分数和差额。", Level.WARNING
            )


def _apart(one: Quantity, other: Quantity) -> Bounds:
    return difference(one.bounds, other.bounds)


def _value(quantity: Quantity) -> float:
    return float(quantity.value)
