"""A sentence -> what each of its numbers is and belongs to: its sense, its label, the reach of 其中 and of semicolons.

Every rule of arithmetic asks here; where the reading is not sure the answer is None, and the rule stays silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from gongwen.chinese.numbers.quantity import PERCENT, POINTS, TIMES, Quantity
from gongwen_lint.rules.content.sentences import Sentence, made

_UP = "增加|增长|提高|提升|上升|新增|净增|扩大|增幅|上涨|增产|增收|多"
_DOWN = "减少|下降|降低|压减|压缩|精简|缩短|回落|下滑|降幅|减产|减收|少"
_CHANGE = re.compile(
    rf"(?:{_UP}|{_DOWN}|高出|低于|高于|[短超少多欠增减][收支缴产亏])(?:了|约|近|至少)?$"
)
_MORE_BY = re.compile(r"[比较][^，。；]{0,20}[多少]$")
_MEAN = re.compile(
    r"(?:[每均]|各(?![类种级项界方式层]))[\u4e00-\u9fff]{0,6}$"
)  # 各类学校168所: all of them
_SHARE = re.compile(r"(?:占[^，。；、]*|比重|占比|比例)(?:[为是达]到?|约|的)?$")
_RATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,6})率(?:[为是达]到?|分别为|仅|约|高达|超过|保持在|稳定在|控制在)?$"
)
_OF_WHICH = re.compile(
    r"其中[，：,:]?(?:包括)?|(?<=[\u4e00-\u9fff])(?<!其)(?:中|，[\u4e00-\u9fff]{2}为)，?(?=[^，。；、\d]{1,8}(?:\d+天)?[^，。；、\d]{0,8}的\d)|(?<=[，（(])(?:包括|分别为|分别是|即(?!上年|去年|同期|[由从比]))[：:]?(?=[\u4e00-\u9fff“]{2,14}\d)"
)
_OPENS_PARTS = re.compile(r"\s*其中")
# 从年龄结构看，· 按隶属关系分，· 分类别看，· 分行业：
_BY_KIND = re.compile(
    r"\s*(?:从|按照?|分|就)[^，。；、：\d]{1,12}?(?:来?看|划分|分|统计|计)?[，：]"
)
_OF_ITS_SHARE = re.compile(r"）?的\d[\d.]*[%％]")  # 完成年度预算25亿元的73.4%: what was planned
_OF_BEFORE = re.compile(r"[比较与](?:上年|去年|同期|年初|20\d\d年)[^，。；\d]{0,8}$")
_LACKING = re.compile(r"(?:空编|缺编|缺员|缺口|空缺|缺额)(?:数)?[有为达]?$")  # 编制260人，空编46人
_OTHERWISE = re.compile(r"上年|去年|同期|年初|计划|目标|任务|预算|概算")  # not what is divided
_STOP = re.compile(r"[，。；（]")
_NESTED = re.compile(r"(?:在|以)[^，。；、\d]{1,12}中[，,]?[^；。]*|（[^（）]*）")
_BESIDE = re.compile(
    rf"占[^，；、]*(?=[，；、]|$)|[，、（]?(?:同口径|按可比价|同比|环比|比上年|较上年|比去年|较去年|可比)?(?:{_UP}|{_DOWN})[^，；、）]*(?=[，；、）]|$)"
)
_NO_MORE = 24  # characters between two items: no longer a list
_FILLING = re.compile(
    r"^[，、,；;和及与以其中：:]+|(?:已|完成|实现|达到|达|有|共有|为|是|共|约|分别|安排)+$"
)
_AT_PRICES = re.compile(r"可比|不变价|同口径|剔除|扣除")
_VALUED = re.compile(r"生产总值|增加值|GDP|产值|可支配收入|纯收入|净收入")
# rates whose base is a population, a period or an area, which does not stand beside them
_DEMOGRAPHIC = re.compile(
    r"(?:出生|死亡|增长|自然增长|发病|患病|感染|结婚|离婚|生育|失业|城镇化|病死|致死|入学|升学|入园|毛入学|毛入园|利润|费用|负债|拥有|普及|利|息|汇|费|税|收益)$"
)
# rates that count what was taken away
_REMOVED = re.compile(r"(?:精简|压减|压缩|削减|核减|下降|降低|减少|缩短|节约|减排|降幅|去除|减幅)$")


class Sense(Enum):
    """What a number says."""

    AMOUNT = "数量"
    CHANGE = "增减"
    SHARE = "占比"
    RATE = "比率"
    MEAN = "平均"


@dataclass(frozen=True, slots=True)
class Reading:
    """One number: its sense, the words that name it, and the stretch between semicolons it stands in."""

    quantity: Quantity
    sense: Sense
    label: str
    segment: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and what 其中 lists of it, up to the real end of the list; `joined` are the words between the parts."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    joined: tuple[str, ...]


def readings(sentence: Sentence) -> tuple[Reading, ...]:
    """Every number of the sentence as it is meant."""
    return tuple(
        Reading(each, sense(sentence, each), label(sentence, each), segment(sentence, each.start))
        for each in sentence.quantities
    )


def sense(sentence: Sentence, quantity: Quantity) -> Sense:
    """What one number says, by the words just before it."""
    words = sentence.before(quantity)
    if not words and _MORE_BY.search(sentence.text[: quantity.start]):
        return Sense.CHANGE  # 比上年的1950万元多450万元
    change = _CHANGE.search(words)
    if change and change[0] == "新增" and words != "新增":
        change = None  # 改造新增215个: so many of a kind
    if change or quantity.unit == POINTS:
        return Sense.CHANGE
    if _MEAN.search(words) and not words.endswith(("分别为", "分别是")):
        return Sense.MEAN
    if quantity.percent:
        return Sense.SHARE if _SHARE.search(sentence.text[: quantity.start]) else Sense.RATE
    return Sense.AMOUNT


def label(sentence: Sentence, quantity: Quantity) -> str:
    """The words that name a number: those before it, or where there are none those after."""
    words = _FILLING.sub("", sentence.before(quantity).strip())
    return words or sentence.after(quantity)


def segment(sentence: Sentence, at: int) -> int:
    """Which stretch between semicolons a place is in, from 0."""
    return sentence.text.count("；", 0, at)


def rate_name(sentence: Sentence, quantity: Quantity) -> str:
    """办结 of 办结率为98.6%; empty where the number is no rate by name."""
    match = _RATE.search(sentence.text[: quantity.start])
    return match["name"] if match and quantity.percent else ""


def elsewhere(name: str, quantity: Quantity) -> bool:
    """True for a rate whose base stands in no sentence: per mille, births, prices, profits."""
    return quantity.text.endswith("‰") or bool(_DEMOGRAPHIC.search(name))


def removed(name: str) -> bool:
    """True for a rate of what was taken away: 精简率, 压减率."""
    return bool(_REMOVED.search(name))


def priced(sentence: Sentence, at: int) -> bool:
    """True where growth is told at constant prices, so that it is not that of the amounts beside it."""
    return bool(_AT_PRICES.search(stretch(sentence, at)))


def valued(sentence: Sentence, at: int) -> bool:
    """True where growth may be told at constant prices though the sentence does not say so."""
    return bool(_VALUED.search(stretch(sentence, at)))


def stretch(sentence: Sentence, at: int) -> str:
    """The words between the semicolons around a place."""
    end = sentence.text.find("；", at)
    start = sentence.text.rfind("；", 0, at) + 1
    return sentence.text[start : end if end >= 0 else len(sentence.text)]


def with_wholes(found: Iterable[Sentence], words: str) -> Iterator[Sentence]:
    """The sentences of a paragraph, one that divides what the one before counts joined to it.

    A sentence that begins with 其中, and every stretch that begins with 从年龄看 or 按类别分.
    """
    whole: Sentence | None = None
    for sentence in found:
        if whole and _OPENS_PARTS.match(sentence.text) and len(whole.quantities) == 1:
            whole = made(whole.para, whole.start, words[whole.start : sentence.end])
            continue
        if whole:
            yield whole
            yield from _divided(whole, sentence)
        if whole is None or not _BY_KIND.match(sentence.text):
            whole = sentence
        else:
            yield sentence
    if whole:
        yield whole


def _divided(whole: Sentence, sentence: Sentence) -> Iterator[Sentence]:
    """Every stretch of a sentence that begins with 从年龄看, behind the one number it may divide."""
    starts = [0, *(match.end() for match in re.finditer("；", sentence.text))]
    ends = [*starts[1:], len(sentence.text)]
    for start, end in zip(starts, ends, strict=True):
        if not _BY_KIND.match(sentence.text, start):
            continue
        inside = [each for each in sentence.quantities if start <= each.start < end]
        base = _one_of_unit(whole, inside[-1]) if inside else None  # the first may be 35岁及以下
        if base is not None:
            yield _joined(whole, base, sentence, (start, end))


def _one_of_unit(sentence: Sentence, like: Quantity) -> Quantity | None:
    """The one amount of a sentence that is told in the unit of another; None where there are more."""
    same = [each for each in sentence.quantities if each.thing == like.thing and each.plain]
    told = [each for each in same if sense(sentence, each) is Sense.AMOUNT]
    told = [each for each in told if not _OTHERWISE.search(sentence.before(each))]
    return told[0] if len(told) == 1 else None


def _joined(whole: Sentence, base: Quantity, parts: Sentence, span: tuple[int, int]) -> Sentence:
    """The clause of a number, and a stretch of a later sentence, as one sentence."""
    stop = _STOP.search(whole.text, base.end)
    clause = whole.text[: stop.start() if stop else len(whole.text)]
    start, end = span
    places = [whole.at(place) - whole.start for place in range(len(clause))]
    places += [parts.at(place) - whole.start for place in range(start, end + 1)]
    return Sentence(whole.para, whole.start, clause + parts.text[start:end], tuple(places))


def breakdowns(sentence: Sentence) -> Iterator[Breakdown]:
    """Every 总数，其中… of a sentence whose whole can be told for certain."""
    known = readings(sentence)
    nested = [match.span() for match in _NESTED.finditer(sentence.text)]
    for match in _OF_WHICH.finditer(sentence.text):
        parts = _listed(sentence, _in_same_brackets(sentence, known, match), match.end(), nested)
        whole = _whole(sentence, known, match.start(), parts) if parts else None
        if whole is not None:
            ends = [match.end(), *(each.end for each in parts[:-1])]
            joined = tuple(
                _between(sentence, nested, end, part.start)
                for end, part in zip(ends, parts, strict=True)
            )
            yield Breakdown(whole, parts, joined)


def _in_same_brackets(
    sentence: Sentence, known: tuple[Reading, ...], of_which: re.Match[str]
) -> tuple[Reading, ...]:
    """The numbers up to the end of the brackets that 其中 stands in; all where it stands in none."""
    opened = sentence.text.count("（", 0, of_which.end())
    closed = sentence.text.count("）", 0, of_which.end())
    end = sentence.text.find("）", of_which.end()) if opened > closed else -1
    return known if end < 0 else tuple(each for each in known if each.quantity.end <= end)


def _listed(
    sentence: Sentence, known: tuple[Reading, ...], start: int, nested: list[tuple[int, int]]
) -> tuple[Quantity, ...]:
    """The amounts of one unit after 其中, until the list ends or a semicolon opens another whole."""
    listed: list[Quantity] = []
    for each in known:
        quantity = each.quantity
        if quantity.start < start or each.sense is not Sense.AMOUNT or quantity.ranged:
            continue
        if quantity.hedge in {"以上", "以下", "及以上", "及以下"} or _inside(
            nested, quantity.start, start
        ):
            continue
        if listed and quantity.spelt and quantity.thing != listed[0].thing:
            continue  # 九年一贯制学校6所
        words = sentence.text[listed[-1].end if listed else start : quantity.start]
        if "其中" in words or ("；" in words and (not listed or _own_whole(sentence, quantity))):
            break
        if "；" in words and len(listed) > 1 and "、" in _between_first(sentence, listed):
            break  # A、B、C；已解决D: the list ended
        if not quantity.plain or (listed and quantity.thing != listed[0].thing):
            break
        if listed and len(_between(sentence, nested, listed[-1].end, quantity.start)) > _NO_MORE:
            break
        listed.append(quantity)
    return tuple(listed)


def _between_first(sentence: Sentence, listed: Sequence[Quantity]) -> str:
    """The words between the first two of a list."""
    return sentence.text[listed[0].end : listed[1].start]


def _own_whole(sentence: Sentence, quantity: Quantity) -> bool:
    """True if the stretch after the semicolon has a 其中 of its own: the number is another whole, not a part."""
    stop = sentence.text.find("；", quantity.end)
    return "其中" in sentence.text[quantity.end : stop if stop >= 0 else len(sentence.text)]


def _whole(
    sentence: Sentence, known: tuple[Reading, ...], end: int, parts: tuple[Quantity, ...]
) -> Quantity | None:
    """The amount 其中 speaks of: the nearest of its unit in the same stretch, or in the one before if 其中 opens it."""
    opens = sentence.text[:end].rstrip().endswith("；")
    here = segment(sentence, end) - opens
    before = [
        each.quantity
        for each in known
        if each.quantity.end <= end and each.segment == here and each.sense is Sense.AMOUNT
        and each.quantity.thing == parts[0].thing and each.quantity.unit not in {"", PERCENT, TIMES}
        and not _OF_ITS_SHARE.match(sentence.text, each.quantity.end)
        and not _LACKING.search(sentence.before(each.quantity))
        and not _OF_BEFORE.search(sentence.text[: each.quantity.start])
    ]  # fmt: skip
    return before[-1] if before and before[-1].plain else None


def beside(sentence: Sentence, start: int, end: int) -> str:
    """The words between two places without brackets and what is told beside the first: its share, its growth."""
    nested = [match.span() for match in _NESTED.finditer(sentence.text)]
    return _between(sentence, nested, start, end)


def _inside(spans: list[tuple[int, int]], at: int, after: int) -> bool:
    return any(start <= at < end and start >= after for start, end in spans)


def _between(sentence: Sentence, nested: list[tuple[int, int]], start: int, end: int) -> str:
    """The words between two items, without brackets, what is told of a part of a part, and rates beside the first."""
    signs = enumerate(sentence.text[start:end], start)
    kept = "".join(sign for at, sign in signs if not _inside(nested, at, start))
    return _BESIDE.sub("", kept)
