"""A sentence -> a sum of money whose relation to the numbers beside it holds only with another unit (for K31).

238个村, 每个1.2万元, 共285.6亿元: with 万元 it is their product. Products, shares of a base, shares of one whole, and parts of a
whole are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product

from gongwen.chinese.numbers.bounds import HUNDRED
from gongwen.chinese.numbers.quantity import COUNTED, Quantity
from gongwen.findings import Level
from gongwen_lint.rules.content.reading.bases import found_in
from gongwen_lint.rules.content.sentences import Sentence, figure
from gongwen_lint.rules.rule import Violation

_WAN = 10**4
_SCALED = re.compile(r"\d[\d.,]*(?P<scale>[万亿])元")
_OF_EACH = re.compile(r"[均每][\u4e00-\u9fff（）]{0,10}$")
_CHANGED = re.compile(r"(?:节约|增加|减少|增长|下降|多|少|超支|压减|净增)(?:了)?$")
_ITS_SHARE = re.compile(r"）?的")
_CLOSE = Fraction(1, 200)  # of a product
_AGREE = Fraction(1, 33)  # between the wholes that two shares tell of
_PARTS = (2, 3, 4, 5)
_MATTERS = 500  # a part of less is lost in the rounding of the whole


def wrong_units(sentence: Sentence) -> Iterator[Violation]:
    """The first sum of the sentence that fits in another unit and not in its own."""
    money = [each for each in sentence.quantities if each.unit == "元" and each.plain]
    if len(money) < 2:  # noqa: PLR2004  a sum beside another
        return
    for amount in money:
        match = _SCALED.fullmatch(amount.text)
        if match is None:
            continue
        scale = Fraction(1, _WAN) if match["scale"] == "亿" else Fraction(_WAN)
        other = amount.value * scale
        if any(
            way(sentence, money, amount, other) and not way(sentence, money, amount, amount.value)
            for way in (_is_product, _is_share, _is_like_share, _is_part, _is_plan, _is_change)
        ):
            message = f"{figure(amount)}的单位差了一万倍，换过来才与旁边的数合得上"
            yield sentence.hit(
                amount.start, amount.end, message, "请核对“万元”“亿元”。", Level.WARNING
            )
            return


def _is_product(
    sentence: Sentence, money: Sequence[Quantity], amount: Quantity, value: Fraction
) -> bool:
    """True for so many of so much each."""
    heads = [each for each in sentence.quantities if each.unit in COUNTED or each.unit == "亩"]
    prices = [each for each in money if _OF_EACH.search(sentence.text[: each.start])]
    pairs = product(heads, (price for price in prices if price is not amount))
    products = (one.value * price.value for one, price in pairs if one.value > 1)
    return any(abs(each - value) <= value * _CLOSE for each in products)


def _is_share(
    sentence: Sentence, money: Sequence[Quantity], amount: Quantity, value: Fraction
) -> bool:
    """True for a part that is its share of another sum told before."""
    percent = _percent_of(sentence, amount)
    if percent is None:
        return False
    slack = percent.step / 2 + percent.value / 500
    bases = [each for each in money if each.end <= amount.start and each.value > value]
    return any(abs(value * HUNDRED / base.value - percent.value) <= slack for base in bases)


def _is_plan(
    sentence: Sentence, money: Sequence[Quantity], amount: Quantity, value: Fraction
) -> bool:
    """True for what was planned, of which so much per cent is done: 186亿元，完成目标182亿元的102.4%."""
    behind = [each for each in sentence.quantities if each.start >= amount.end]
    percent = behind[0] if behind and behind[0].percent and behind[0].plain else None
    if percent is None or not percent.value:
        return False
    if not _ITS_SHARE.fullmatch(sentence.text[amount.end : percent.start]):
        return False
    done = [each for each in money if each.end <= amount.start]
    slack = percent.step / 2 + percent.value / 200
    return any(abs(each.value * HUNDRED / value - percent.value) <= slack for each in done)


def _is_change(
    sentence: Sentence, money: Sequence[Quantity], amount: Quantity, value: Fraction
) -> bool:
    """True for what two sums told before differ by: 支出1236万元，比预算1380万元节约144万元."""
    if not _CHANGED.search(sentence.text[: amount.start]):
        return False
    before = [each.value for each in money if each.end <= amount.start]
    apart = (abs(one - other) for one, other in pairwise(before))
    return any(abs(each - value) * 200 <= value for each in apart)


def _is_like_share(
    sentence: Sentence, money: Sequence[Quantity], amount: Quantity, value: Fraction
) -> bool:
    """True for a part whose share tells of the same whole as all other shares do."""
    del money
    percent = _percent_of(sentence, amount)
    others = [
        each.part.value / each.percent.value
        for each in found_in(sentence)
        if each.part is not amount and each.part.unit == "元" and each.percent.value
    ]
    if percent is None or not others:
        return False
    whole = value / percent.value
    return all(abs(each - whole) <= whole * _AGREE for each in others)


def _is_part(
    sentence: Sentence, money: Sequence[Quantity], amount: Quantity, value: Fraction
) -> bool:
    """True for one of a list that makes up a sum told before it."""
    values = [value if each is amount else each.value for each in money]
    at = next(place for place, each in enumerate(money) if each is amount)
    for count in _PARTS:
        for first in range(max(1, at - count + 1), at + 1):
            if first + count > len(values) or "；" in _words(sentence, money, first, count):
                continue
            parts = values[first : first + count]
            wholes = (whole for whole in values[:first] if min(parts) * _MATTERS > whole)
            if any(abs(sum(parts) - whole) <= whole / 1000 for whole in wholes):
                return True
    return False


def _words(sentence: Sentence, money: Sequence[Quantity], first: int, count: int) -> str:
    """The words from the first part to the last."""
    return sentence.text[money[first].start : money[first + count - 1].end]


def _percent_of(sentence: Sentence, amount: Quantity) -> Quantity | None:
    """The share that is told of an amount."""
    shares = (each for each in found_in(sentence) if each.part is amount)
    found = next(shares, None)
    return found.percent if found is not None and found.percent.value else None
