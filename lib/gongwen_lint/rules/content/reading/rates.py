"""A rate by name, 到会率P% -> the part and the whole it is worked out on, where the words before it tell both.

The two are the last numbers of one unit before the rate, or those whose names say so: 支出 of 预算 for 预算执行率. A rate that fits
any two numbers told near it is left alone, and so is one that is far from the two: its base is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from gongwen.chinese.numbers.bounds import exactly
from gongwen.chinese.numbers.bounds import share as share_of
from gongwen.chinese.numbers.quantity import COUNTED, Quantity
from gongwen_lint.rules.content.reading.scopes import label
from gongwen_lint.rules.content.sentences import Sentence

_NAME = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8})率(?:[为是达]到?|约为?|高达|仅|仅为)?$")
# rates of a part of a whole that both stand before them
_OF_TWO = re.compile(
    r"(?:完成|办结|整改|化解|到会|参会|参训|参评|到课|出勤|出席|覆盖|收缴|缴纳|收回|回收|有效|执行|支付|支出|到位|成功|合格|优良|优秀"
    r"|赞成|满意|参保|签约|使用|开工|竣工|完工|达标|销号|办理|调解|调处|查处|结案|审结|投票|参选|录用|录取|转化|利用|电子化|数字化|上线|受理|响应|答复"
    r"|采纳|落实|兑现|拨付|投产|投运|解决|处置|处理|治理|改造|清退|清偿|入园|安置|就业|通过|合规|公开|检测|抽检|接种|建档|签订|认领|反馈"
    r"|建成|组建|建会|入会|换届|评议|参与|知晓|巡查|巡诊|入库|配备|持证|脱贫|复工|复产|开通|接入|普及|中标|到期|报到|报名|出租|空置|闲置|流转|托管)$"
)
_WITHIN = re.compile(
    r"(?:办结|整改|化解|到会|参会|参训|参评|到课|出勤|出席|覆盖|收回|回收|有效|合格|优良|优秀|满意|达标|销号|调解|查处|结案|审结|投票"
    r"|解决|处置|清退|清偿|通过|接种|建档|评议|知晓|持证|脱贫|答复)$"
)
_REMOVED = re.compile(r"(?:审减|核减|节约|节支|节省|退出|淘汰|流失|缺席|缺勤|空编|超编)$")
_QUALIFIED = re.compile(
    r"及时|按时|按期|准时|如期|限时|首次|一次性?|当场|当年|当月|平均|综合|总体|群众|初信|初次|线上|网上|全程"
)
_APART = re.compile(r"增加|减少|增长|下降|比(?!例)|较|平均|每|另|同期|上年|去年|翻")
_NAMED: tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rate), re.compile(part), re.compile(whole))
    for rate, part, whole in (
        (r"(?:执行|支出|支付)$", r"支出|支付", r"预算"),
        (r"城镇化$", r"城镇(?:常住)?人口", r"(?:常住|总)人口"),
        (r"负债$", r"负债", r"资产"),
    )
)
_ALL = 100  # per cent: said of more than the two numbers beside it
_ROUND, _MANY = 20, 10_000  # a number told to less than a twentieth of itself; more are rounded
_NEAR = 20  # per cent: what a slip of the pen is off at most
_WORD = 8  # last characters of a name
_BESIDE = 16  # characters from the part to the rate


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate and the two numbers it is of."""

    percent: Quantity
    part: Quantity
    whole: Quantity


def of_two(sentence: Sentence, percent: Quantity, earlier: Sequence[Sentence]) -> Rate | None:
    """The two numbers of a rate, where it is not what they make; None where that is not told or it fits."""
    match = _NAME.search(sentence.text[: percent.start])
    if match is None or not percent.percent or not percent.plain or percent.value == _ALL:
        return None
    before = [each for each in sentence.quantities if each.end <= match.start() and counts(each)]
    found = _beside(sentence, before, match) or _by_name(sentence, percent, match, earlier)
    others = (pair for pair in permutations(before, 2) if _is_precise(pair[1]))
    if found is None or any(meets(one, other, percent) for one, other in others):
        return None
    part, whole = found
    far = off(part, whole, percent) > _NEAR
    return None if far or meets(part, whole, percent) else Rate(percent, part, whole)


def is_of_two(name: str) -> bool:
    """True for a rate of a part of a whole that both are told: 合格, 办结, 到会."""
    return bool(_OF_TWO.search(name))


def qualifier(name: str) -> str:
    """及时 of 及时办结: what a rate counts only some of; nothing where it counts all."""
    match = _QUALIFIED.match(name)
    return match[0] if match else ""


def name_of(lead: str) -> re.Match[str] | None:
    """The name of the rate that words end in: 办结 of 办结率为."""
    return _NAME.search(lead)


def always_within(name: str) -> bool:
    """True for a rate of a part of a whole, which is never more than all: 达标率, not 完成率."""
    return bool(_WITHIN.search(name))


def counts(quantity: Quantity) -> bool:
    """True for a plain amount of something: no rate, no nought."""
    return quantity.plain and bool(quantity.unit) and not quantity.percent and quantity.value > 0


def _beside(
    sentence: Sentence, before: Sequence[Quantity], match: re.Match[str]
) -> tuple[Quantity, Quantity] | None:
    """The last two numbers of one unit before a rate that is of two such numbers."""
    name = match["name"]
    if len(before) < 2:  # noqa: PLR2004  a whole and a part
        return None
    whole, part = before[-2:]
    if whole.value < part.value and sentence.before(part).lstrip("，").startswith("应"):
        whole, part = part, whole  # 安全利用6.37万亩，应利用6.74万亩
    due = "应" in sentence.before(whole) and re.search(r"[已实]", sentence.before(part))
    if not (due or _OF_TWO.search(name) or _REMOVED.search(name)):
        return None
    near = (
        match.start() - part.end <= _BESIDE and "；" not in sentence.text[whole.end : match.start()]
    )
    stretch = sentence.text[sentence.clause_start(whole.start) : match.start()]
    if re.search(rf"[不未]{name[-2:]}", sentence.before(part)):
        return None  # 不合格12批次，合格率98.1%
    if whole.thing != part.thing or whole.value <= part.value or not near or _APART.search(stretch):
        return None
    if qualifier(name) not in stretch:
        return None  # 受理948件，办结907件，及时办结率92%
    return part, whole


def says_qualifier(name: str, sentence: Sentence, part: Quantity) -> bool:
    """False for 受理948件，办结907件，及时办结率92%: what is 及时 of the part is not told."""
    return qualifier(name) in sentence.before(part) + sentence.after(part)


def _by_name(
    sentence: Sentence, percent: Quantity, match: re.Match[str], earlier: Sequence[Sentence]
) -> tuple[Quantity, Quantity] | None:
    """The two numbers that are called what the rate is of: the last of each name."""
    name, at = match["name"], match.start()
    patterns = next(((part, whole) for rate, part, whole in _NAMED if rate.search(name)), None)
    if patterns is None:
        return None
    told = [(each, each.quantities) for each in earlier]
    told.append((sentence, tuple(each for each in sentence.quantities if each.end <= at)))
    parts, wholes = (list(_called(pattern, told)) for pattern in patterns)
    pairs = [
        (part, whole)
        for (after, part), (before, whole) in product(parts, wholes)
        if before < after and part.thing == whole.thing and part.value < whole.value
    ]
    if not pairs or any(meets(part, whole, percent) for part, whole in pairs):
        return None
    return min(pairs, key=lambda pair: off(pair[0], pair[1], percent))


def _called(
    pattern: re.Pattern[str], told: Sequence[tuple[Sentence, Sequence[Quantity]]]
) -> Iterator[tuple[int, Quantity]]:
    """The amounts whose names end in some word, with their places in the paragraph."""
    for sentence, amounts in told:
        for each in amounts:
            if counts(each) and pattern.search(label(sentence, each)[-_WORD:]):
                yield sentence.at(each.start), each


def off(part: Quantity, whole: Quantity, percent: Quantity) -> float:
    """How far a rate is from what two numbers make, in points."""
    return abs(float(part.value * 100 / whole.value) - float(percent.value))


def _exact(quantity: Quantity) -> bool:
    """True for a count: 2000份 that were handed out are so many."""
    return quantity.unit in COUNTED and quantity.value == int(quantity.value) < _MANY


def meets(part: Quantity, whole: Quantity, percent: Quantity) -> bool:
    """True if a part of a whole is the rate, as exactly as all three are told."""
    whole_bounds = exactly(whole.value) if _exact(whole) else whole.bounds
    found = share_of(part.bounds, whole_bounds) if part.thing == whole.thing else None
    return found is not None and found.meets(percent.bounds.widened(percent.step / 2))


def _is_precise(quantity: Quantity) -> bool:
    """True for 5437 and 16, not for 2000, whose base may be anything near."""
    return quantity.step == 1 or quantity.step * _ROUND < quantity.value
