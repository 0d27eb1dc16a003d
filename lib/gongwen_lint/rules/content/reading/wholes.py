"""A rate by name whose whole is told in a sentence before -> the part beside it and that whole.

应到208名。实到199名，到课率95.7%: the part does what the rate is named for, and its whole is the last greater number of the
same unit that the paragraph tells. A rate that fits any number told near it is left alone, and so is one that is far off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from gongwen.chinese.numbers.bounds import share as share_of
from gongwen.chinese.numbers.quantity import Quantity
from gongwen_lint.rules.content.reading.rates import Rate, is_of_two, qualifier
from gongwen_lint.rules.content.reading.scopes import Sense, elsewhere, removed, sense
from gongwen_lint.rules.content.sentences import Sentence

_NAME = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10})率(?:[为是达]到?|约为?|高达|仅|仅为)?$")
_DOES = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})$")
_ATTENDED = re.compile(r"到课|到会|参会|参训|出席|出勤|参评")
_CAME = re.compile(r"实到|参[加训会评]|出[席勤]|到[会课]")
_ENROLLED = re.compile(r"升入|升学|入学")
_DENIED = re.compile(r"[不未没非]")
_RATED = re.compile(r"[\u4e00-\u9fff]{0,8}，[\u4e00-\u9fff]{0,8}率[为是达]?\d|，占")
_NO_WHOLE = re.compile(r"其中|增加|减少|增长|下降|比(?!例)|较|平均|每|另|同期|上年|去年|目标|计划")
_ALL = 100  # per cent
_NEAR = 10  # points: what a slip of the pen is off at most
_BESIDE = 12  # characters from the part to the rate
_WINDOW = 10  # characters that tell what a number is
_BACK = 2  # sentences before that tell the whole


def before(sentence: Sentence, percent: Quantity, earlier: Sequence[Sentence]) -> Rate | None:
    """The part beside a rate and its whole in a sentence before, where the rate is not what they make."""
    match = _NAME.search(sentence.text[: percent.start])
    if match is None or not percent.plain or percent.text[-1] not in "%％" or percent.value >= _ALL:
        return None
    if removed(match["name"]) or elsewhere(match["name"], percent):
        return None
    part = _part(sentence, match)
    if part is None:
        return None
    near = list(_greater(chain(earlier[-_BACK:], [sentence]), part))
    all_told = chain.from_iterable(each.quantities for each in (*earlier, sentence))
    if not near or any(_meets(part, each, percent) for each in all_told):
        return None
    whole = near[-1]
    off = abs(float(part.value * 100 / whole.value) - float(percent.value))
    return Rate(percent, part, whole) if off <= _NEAR else None


def _part(sentence: Sentence, match: re.Match[str]) -> Quantity | None:
    """实到199名 for 到课率: the number just before the rate, if it does what the rate is named for."""
    counted = [each for each in sentence.quantities if each.end <= match.start()]
    part = counted[-1] if counted else None
    if part is None or not part.plain or not part.unit or part.percent or not part.value:
        return None
    behind = sentence.text[part.end : match.start()]
    opening = max(sentence.text.rfind(stop, 0, part.start) for stop in "，。；：")
    words = sentence.text[max(opening + 1, part.start - _WINDOW) : part.start] + behind
    beside = len(behind) <= _BESIDE and "；" not in behind and "。" not in behind
    if not beside or _NO_WHOLE.search(words.removeprefix("其中")) or _DENIED.search(words):
        return None
    if qualifier(match["name"]) not in sentence.text[: match.start()]:
        return None  # 办结907件，及时办结率92%
    return part if _does(match["name"], words) else None


def _does(name: str, words: str) -> bool:
    """True if the words tell of what the rate counts: 合格 for 合格率, 实到 for 到课率, 居家照护 for 居家照护率."""
    if _ATTENDED.search(name):
        return bool(_CAME.search(words))
    if name.endswith("升学"):
        return bool(_ENROLLED.search(words))
    verb = _DOES.search(name)
    return bool(verb and verb["verb"] in words and (is_of_two(name) or name in words))


def has_rate(sentence: Sentence, amount: Quantity) -> bool:
    """True for an amount with a rate behind it: itself a part, of another whole."""
    return bool(_RATED.match(sentence.text, amount.end))


def _greater(spoken: Iterable[Sentence], part: Quantity) -> Iterator[Quantity]:
    """The amounts told before a part that it may be a part of."""
    for sentence in spoken:
        for each in sentence.quantities:
            if each is part:
                return
            same = each.thing == part.thing and each.plain and each.value > part.value
            if same and not has_rate(sentence, each) and sense(sentence, each) is Sense.AMOUNT:
                yield each


def _meets(part: Quantity, whole: Quantity, percent: Quantity) -> bool:
    if part.thing != whole.thing or whole.value <= 0:
        return False
    found = share_of(part.bounds, whole.bounds)
    return found is not None and found.meets(percent.bounds.widened(percent.step / 2))
