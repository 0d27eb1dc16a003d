"""Sentences -> amounts against last year's or what was planned, told in another order or a sentence before (for K19, K18).

去年A。今年B，增长P% · A，同比增长P%，上年同期为B · 比上年净增B，增长P%，达到A · A，完成预算B的P% · 由A增加到B，是原来的C倍
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gongwen.chinese.numbers.bounds import Bounds, difference, exactly, growth, quotient
from gongwen.chinese.numbers.bounds import share as share_of
from gongwen.chinese.numbers.quantity import PERCENT, POINTS, TIMES, Quantity
from gongwen.findings import Level
from gongwen_lint.rules.content.reading.rates import counts, meets
from gongwen_lint.rules.content.reading.scopes import priced, valued
from gongwen_lint.rules.content.sentences import Sentence, figure, in_scale_of, shown
from gongwen_lint.rules.rule import Violation

_UP = "增长|增加|提高|上升|提升|扩大|上涨|增"
_DOWN = "下降|降低|减少|压减|缩短|缩小|回落|下滑|降"
_THAN = r"(?:同比|(?:同?比|较)(?:上年|去年|20\d\d年|上年同期|去年同期|上年末|去年底)的?)"
_CHANGED = re.compile(rf"^[，,]?{_THAN}(?P<way>{_UP}|{_DOWN})(?:了)?$")
_AGO = re.compile(
    r"^(?:(?:[，,]|[（(])?(?:上年|去年)(?:同期|末|底)?(?:仅)?[为是](?:仅)?|（(?:上年|去年)(?:同期|末|底)?)$"
)
# 去年全院床位使用率为86.4%。 · 今年床位使用率为89.1%
_LAST = re.compile(
    r"^(?:(?P<ago>上年|去年)|(?P<year>20\d\d)年)(?:全年)?，?(?P<of>[^，。；、\d]{2,20})$"
)
_THIS = re.compile(r"^(?:(?:今年|本年)|(?P<year>20\d\d)年)(?:全年)?，?(?P<of>[^，。；、\d]{2,20})$")
_FILLING = re.compile(r"(?:为|是|达到?|有|共|实现|完成)+$")
_SINCE = re.compile(
    r"(?:[比较](?:上年末?|去年底?|上年同期|去年同期)|同比|[月年人户]均)净?(?P<way>增加?|减少?)(?:了)?$"
)
_RATE = re.compile(r"^[，,](?:增长|下降|增幅|降幅)(?:为|达)?$")
_REACHED = re.compile(r"^[，,](?:总[数量额])?达到?$")
_OF_PLAN = re.compile(
    r"^[，,]?(?:已|共)?(?:完成|占|为|达到?|相当于)(?:了)?(?:全年|年初|年度|调整|当年|全部|总)*"
    r"(?:预算|概算|计划|目标|任务|总投资|投资)(?:任务|目标|投资|数|额)?(?:的|（)?$"
)
_ITS_SHARE = re.compile(r"^）?的$")
_OF_NAMED = re.compile(r"[，,](?:为|占|完成)(?P<plan>概算|预算|计划|总投资|目标)的$")
_TIMES_OF = re.compile(r"^[，,](?:是|为|相当于)(?:原来|原先|上年|去年|当初|此前|期初|20\d\d年)的$")
_TO = re.compile(r"^(?:增加|增长|提高|上升|扩大|发展|增)(?:到|至)(?:20\d\d年(?:底|末)?的?)?$")
_WAY = re.compile(rf"(?P<way>{_UP}|{_DOWN})(?:了)?$")
_FROM = re.compile(
    r"^[，,（(](?:即)?[由从](?:原来的?|(?:上年|去年)[末底]?的?|20\d\d年[末底]?的?)?$"
)
_FROM_TO = re.compile(
    rf"^[^，。；\d]{{0,4}}(?:{_UP}|{_DOWN}|减|升)(?:了)?[到至为](?:20\d\d年[末底]?的?)?$"
)
_NEAR = (
    20  # per cent of the rate: what a slip of the pen is off at most, where the base may be another
)


def changes(sentence: Sentence, earlier: Sentence | None) -> Iterator[Violation]:
    """Every change of a sentence whose former amount stands after it, or in the sentence before."""
    counted = [each for each in sentence.quantities if not each.ranged]
    yield from _former_behind(sentence, counted)
    yield from _reached(sentence, counted)
    yield from _of_plan(sentence, counted)
    yield from _times_of(sentence, counted)
    yield from _told_ahead(sentence, counted)
    if earlier is not None:
        yield from _year_before(sentence, counted, earlier)


def points(sentence: Sentence, earlier: Sentence | None) -> Iterator[Violation]:
    """去年为86.4%。今年为89.1%，提高2.7%: the difference of the two is in points."""
    counted = [each for each in sentence.quantities if not each.ranged]
    former = _former(sentence, counted[0], earlier) if counted and earlier is not None else None
    if former is None or len(counted) < 2:  # noqa: PLR2004  what it is now, and the change
        return
    now, by = counted[:2]
    if not (now.percent and by.percent and _CHANGED.match(sentence.text[now.end : by.start])):
        return
    apart = abs(now.value - former.value)
    relative = apart * 100 / former.value if former.value else apart
    if abs(apart - by.value) <= by.step / 2 < abs(relative - by.value):
        message = f"两个百分数相差{shown(apart)}个百分点，不是{figure(by)}"
        number = by.text.rstrip("%％")
        yield sentence.hit(by.start, by.end, message, f"请改为“{number}个百分点”。", Level.WARNING)


def _former_behind(sentence: Sentence, counted: list[Quantity]) -> Iterator[Violation]:
    """A，同比增长P%，上年同期为B."""
    for now, by, before in zip(counted, counted[1:], counted[2:], strict=False):
        same = now.thing == before.thing and now.unit and now.plain and before.plain and by.plain
        match = _CHANGED.match(sentence.text[now.end : by.start])
        if same and match and _AGO.match(sentence.text[by.end : before.start]):
            yield from _unlike(sentence, before, now, by, match["way"], (now.start, before.end))


def _year_before(
    sentence: Sentence, counted: list[Quantity], earlier: Sentence
) -> Iterator[Violation]:
    """去年A。今年B，比上年增长P%: the same words of two years that follow one another."""
    if len(counted) < 2:  # noqa: PLR2004  what it is now, and the change
        return
    now, by = counted[:2]
    match = _CHANGED.match(sentence.text[now.end : by.start])
    before = _former(sentence, now, earlier) if match else None
    if before and match and by.plain:
        yield from _unlike(sentence, before, now, by, match["way"], (now.start, by.end))


def _former(sentence: Sentence, now: Quantity, earlier: Sentence) -> Quantity | None:
    """86.4% of 去年全院床位使用率为86.4%。 for 今年床位使用率为89.1%."""
    told = [each for each in earlier.quantities if not each.ranged]
    this = _THIS.match(sentence.text[: now.start].strip())
    last = _LAST.match(earlier.text[: told[0].start].strip()) if told else None
    if not this or not last or len(told) != 1 or not now.plain or not told[0].plain:
        return None
    follows = bool(last["ago"]) != bool(last["year"] and this["year"])
    if last["year"] and this["year"]:
        follows = int(this["year"]) == int(last["year"]) + 1
    words, named = (_FILLING.sub("", each["of"]) for each in (this, last))
    same = named.endswith(words) or words.endswith(named)
    return told[0] if follows and same and told[0].thing == now.thing else None


def _unlike(
    sentence: Sentence,
    before: Quantity,
    now: Quantity,
    by: Quantity,
    way: str,
    span: tuple[int, int],
) -> Iterator[Violation]:
    """A change against its two numbers, in what it is told: per cent, points, or an amount."""
    down = bool(re.fullmatch(_DOWN, way))
    true = _change(before, now, by)
    if true is None or priced(sentence, by.start) or valued(sentence, by.start):
        return
    meant = difference(exactly(0), true) if down else true
    if meant.meets(by.bounds.widened(by.step / 2)):
        return
    if by.percent:
        found = f"变动{shown(abs(now.value - before.value) * 100 / before.value)}%"
    else:
        found = f"相差{in_scale_of(abs(now.value - before.value), by)}"
    message = f"从{figure(before)}到{figure(now)}，{found}，文中写{figure(by)}"
    yield sentence.hit(*span, message, "请核对两个数和所用的基数。", Level.WARNING)


def _change(before: Quantity, now: Quantity, by: Quantity) -> Bounds | None:
    if before.percent:
        return difference(now.bounds, before.bounds) if by.unit == POINTS else None
    if by.percent and before.value:
        return growth(now.bounds, before.bounds)
    return difference(now.bounds, before.bounds) if by.thing == before.thing else None


def _reached(sentence: Sentence, counted: list[Quantity]) -> Iterator[Violation]:
    """比上年净增B，增长P%，达到A · 比上年增加B，达到A，增幅P%: last year was A less B."""
    for by, one, other in zip(counted, counted[1:], counted[2:], strict=False):
        rate, now = (one, other) if one.percent else (other, one)
        plain = by.plain and rate.plain and now.plain and rate.percent and by.thing == now.thing
        since = _SINCE.search(sentence.text[: by.start])
        if not plain or not since or not by.unit or by.percent or now.percent:
            continue
        marks = (_RATE, _REACHED) if rate is one else (_REACHED, _RATE)
        words = sentence.text[by.end : one.start], sentence.text[one.end : other.start]
        if all(mark.match(each) for mark, each in zip(marks, words, strict=True)):
            yield from _not_growth(sentence, by, now, rate, rises=since["way"][0] == "增")


def _not_growth(
    sentence: Sentence, by: Quantity, now: Quantity, rate: Quantity, *, rises: bool
) -> Iterator[Violation]:
    """A rate of change against what changed and what it came to."""
    moved = by.bounds if rises else difference(exactly(0), by.bounds)
    true = quotient(by.bounds, difference(now.bounds, moved), 100)
    if true and not true.meets(rate.bounds.widened(rate.step / 2)):
        message = f"{figure(now)}里增减{figure(by)}，变动不是{figure(rate)}"
        end = max(now.end, rate.end)
        yield sentence.hit(by.start, end, message, "增长率以上期数为基数。", Level.WARNING)


def _of_plan(sentence: Sentence, counted: list[Quantity]) -> Iterator[Violation]:
    """A，完成年初预算B的P%; 概算B，已完成A，为概算的P%."""
    for done, plan, rate in zip(counted, counted[1:], counted[2:], strict=False):
        lead = sentence.text[done.end : plan.start]
        beside = sentence.text[plan.end : rate.start]
        if not _OF_PLAN.match(lead) or not _ITS_SHARE.match(beside):
            continue
        others = [each for each in counted if each.end <= plan.start and counts(each)]
        if not any(
            meets(each, plan, rate) for each in others
        ):  # 完成62亿元，上年为55亿元，为计划60亿元的
            yield from _not_share(sentence, done, plan, rate)
    for done, rate in pairwise(counted):
        named = _OF_NAMED.fullmatch(sentence.text[done.end : rate.start])
        plans = [each for each in counted if each.end <= done.start] if named else []
        called = [each for each in plans if named and named["plan"] in sentence.before(each)]
        if len(called) == 1:
            yield from _not_share(sentence, done, called[0], rate)


def _not_share(
    sentence: Sentence, done: Quantity, plan: Quantity, rate: Quantity
) -> Iterator[Violation]:
    """P% of what was planned is done, against the two numbers."""
    plain = done.plain and plan.plain and rate.plain and rate.percent
    if not plain or done.thing != plan.thing or done.unit in {"", PERCENT} or not plan.value:
        return
    true = share_of(done.bounds, plan.bounds) or quotient(done.bounds, plan.bounds, 100)
    value = done.value * 100 / plan.value
    far = abs(value - rate.value) > _NEAR
    if true is None or far or true.meets(rate.bounds.widened(rate.step / 2)):
        return
    message = f"{figure(done)}是{figure(plan)}的{shown(value)}%，文中写{figure(rate)}"
    yield sentence.hit(
        min(done.start, plan.start), rate.end, message, "请核对两个数和比例。", Level.WARNING
    )


def _told_ahead(sentence: Sentence, counted: list[Quantity]) -> Iterator[Violation]:
    """比上年减少C，由A减至B: the change before the two numbers that it is of."""
    for by, before, now in zip(counted, counted[1:], counted[2:], strict=False):
        same = before.thing == now.thing and before.unit and before.plain and now.plain
        way = _WAY.search(sentence.text[: by.start]) if same and by.plain else None
        words = sentence.text[by.end : before.start], sentence.text[before.end : now.start]
        if way and _FROM.match(words[0]) and _FROM_TO.match(words[1]):
            yield from _unlike(sentence, before, now, by, way["way"], (by.start, now.end))


def _times_of(sentence: Sentence, counted: list[Quantity]) -> Iterator[Violation]:
    """由A增加到B，是原来的C倍."""
    for before, now, times in zip(counted, counted[1:], counted[2:], strict=False):
        plain = before.plain and now.plain and not times.ranged and times.unit == TIMES
        if not plain or times.hedge or before.thing != now.thing or not before.value:
            continue
        to = _TO.match(sentence.text[before.end : now.start])
        if not to or not _TIMES_OF.match(sentence.text[now.end : times.start]):
            continue
        true = quotient(now.bounds, before.bounds)
        if true and not true.meets(times.bounds):
            found = shown(now.value / before.value, 2)
            message = f"{figure(now)}是{figure(before)}的{found}倍，文中写{figure(times)}"
            yield sentence.hit(before.start, times.end, message, "请核对。", Level.WARNING)
