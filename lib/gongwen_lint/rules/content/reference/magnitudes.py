"""K31: amounts that cannot be, and a unit that is ten thousand times off (亿元 for 万元)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from gongwen.chinese.numbers.quantity import Quantity
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.reading.scopes import breakdowns
from gongwen_lint.rules.content.sentences import Sentence, figure, sentences
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_WAN, _YI = 10**4, 10**8
# what an amount of a county or more is at least, what one person's or one village's is at most, in
# yuan
_LEAST: tuple[tuple[str, int], ...] = (
    (r"生产总值|GDP", _YI),
    (
        r"(?:固定资产投资|零售总额|预算收入|预算支出|财政收入|财政支出|存款余额|贷款余额|总产值)",
        1000 * _WAN,
    ),
)
_MOST: tuple[tuple[str, int], ...] = (
    (r"(?:人均|每人)[^，。；]{0,14}", 1000 * _WAN),
    (r"(?:户均|每户|村均|每村)[^，。；]{0,14}", _YI),
    (r"(?:低保金|补贴|津贴|救助金|慰问金|奖励|工作经费|租金|误餐)[^，。；]{0,6}", 100 * _YI),
)


def _limit(words: str, limit: int, *, least: bool) -> tuple[re.Pattern[str], Fraction, bool]:
    return re.compile(rf"(?:{words})[^，。；、\d]{{0,6}}$"), Fraction(limit), least


_GROUPS = (
    *(_limit(words, limit, least=True) for words, limit in _LEAST),
    *(_limit(words, limit, least=False) for words, limit in _MOST),
)
_COUNTRY = re.compile(r"中华人民共和国[12]|全国|国内|世界|全球|我国|中国|全省|资产|市值")
_ENDLESS, _BARE, _SMALL = 6, 40, 10**8  # digits; a bare number of 亿元 beside small sums; yuan
_OPENING = 400  # characters that tell of what the document speaks
_SHOWN = re.compile(r"(?P<digits>\d[\d.,]*)(?P<scale>[万亿])元")


def magnitudes(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K31：金额的单位合情合理，不差一万倍。

    好：地区生产总值286.4亿元    差：地区生产总值286.4万元；总投资2000亿元，其中甲780万元、乙1220万元
    """
    del against
    wide = bool(_COUNTRY.search(manuscript.whole[:_OPENING]))
    for sentence in sentences(manuscript):
        for quantity in sentence.quantities:
            if quantity.unit == "元" and quantity.plain and _SHOWN.fullmatch(quantity.text):
                yield from _beyond(sentence, quantity)
        yield from _apart(sentence)
        yield from () if wide else _beside(sentence)
        yield from _ranges(sentence)


def _beyond(sentence: Sentence, quantity: Quantity) -> Iterator[Violation]:
    lead = sentence.before(quantity)
    if re.search(r"增加|减少|增长|下降|提高|降低|新增|其中", lead):
        return
    for words, limit, least in _GROUPS:
        wrong = quantity.value < limit if least else quantity.value > limit
        if wrong and words.search(lead):
            message = f"{figure(quantity)}{'太小' if least else '太大'}，单位是不是差了一万倍"
            yield sentence.hit(quantity.start, quantity.end, message, "请核对“万元”“亿元”。")
            return


def _apart(sentence: Sentence) -> Iterator[Violation]:
    """A whole that its parts would make up, were one of the units another."""
    for each in breakdowns(sentence):
        if each.whole.unit != "元" or len(each.parts) < 2:  # noqa: PLR2004  one part makes no sum
            continue
        amounts = (each.whole, *each.parts)
        whole, *parts = (amount.value for amount in amounts)
        if abs(sum(parts) - whole) <= each.whole.step:
            continue
        for place, amount in enumerate(amounts):
            scale = Fraction(1, _WAN) if "亿" in amount.text else Fraction(_WAN)
            tried = [
                value * scale if at == place else value for at, value in enumerate((whole, *parts))
            ]
            if abs(sum(tried[1:]) - tried[0]) <= max(each.whole.step, tried[0] / 1000):
                message = f"{figure(amount)}的单位差了一万倍，换过来各部分才合得上总数"
                yield sentence.hit(amount.start, amount.end, message, "请核对“万元”“亿元”。")
                return


def _amounts(sentence: Sentence) -> list[tuple[Quantity, str, str]]:
    """The sums of a sentence with their digits and their scale."""
    shown = [(each, _SHOWN.fullmatch(each.text)) for each in sentence.quantities]
    return [
        (each, match["digits"].replace(",", ""), match["scale"])
        for each, match in shown
        if each.unit == "元" and each.plain and match
    ]


def _beside(sentence: Sentence) -> Iterator[Violation]:
    """A bare 600亿元 among hundreds of 万元, 512430亿元, and 6.83万元 that grows to 9.57亿元."""
    sums = _amounts(sentence)
    if _COUNTRY.search(sentence.text):
        return
    for amount, digits, scale in sums:
        others = [each for each, _, other in sums if other == "万" and each is not amount]
        small = others and all(each.value < _SMALL for each in others)
        bare = "." not in digits and int(digits) >= _BARE
        endless = len(digits.partition(".")[0]) >= _ENDLESS
        if scale == "亿" and (endless or (len(sums) == len(others) + 1 and small and bare)):
            message = f"{figure(amount)}太大，单位是不是差了一万倍"
            yield sentence.hit(amount.start, amount.end, message, "请核对“万元”“亿元”。")


def _ranges(sentence: Sentence) -> Iterator[Violation]:
    """20万元至50亿元, 由6.83万元增加到9.57亿元: from one to the other in one breath."""
    sums = _amounts(sentence)
    for (one, first, scale), (other, second, wider) in pairwise(sums):
        between = sentence.text[one.end : other.start]
        near = 0.1 < float(first) / (float(second) or 1) < 10  # noqa: PLR2004  alike but for the unit
        if scale != wider and near and _FROM_TO.fullmatch(between):
            message = f"{figure(one)}与{figure(other)}的单位差了一万倍"
            yield sentence.hit(one.start, other.end, message, "请核对“万元”“亿元”。")


_FROM_TO = re.compile(
    r"(?:至|到|—|～|-)|(?:增加|增长|提高|减少|下降|上升|扩大|降低)(?:到|至)(?:20\d\d年的?)?"
)


RULES = (Rule("K31", "金额的单位不合情理", "内容", Level.WARNING, "算术", magnitudes),)
