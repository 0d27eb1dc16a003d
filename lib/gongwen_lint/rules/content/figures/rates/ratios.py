"""A sentence -> ratios to one, products and shares of a kind and its opposite, recomputed (for K19).

城乡收入比为2.1:1 of two incomes; 税收占比 of 税收 and 非税. Where any two numbers make it, or none come near, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations, product

from gongwen.chinese.numbers.bounds import Bounds, difference, exactly, quotient, total
from gongwen.chinese.numbers.bounds import share as share_of
from gongwen.chinese.numbers.quantity import Quantity
from gongwen.findings import Level
from gongwen_lint.rules.content.reading.rates import counts
from gongwen_lint.rules.content.reading.scopes import label
from gongwen_lint.rules.content.sentences import Sentence, figure, in_scale_of, shown
from gongwen_lint.rules.rule import Violation

_RATIO = re.compile(
    r"比(?:例)?(?:为|是|达到?|约为|约)?(?P<left>\d+(?:\.\d+)?)\s*[:：∶︰]\s*(?P<right>\d+(?:\.\d+)?)"
    r"(?!\s*[\d.:：∶︰%％])"
)
_KIND = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?:收入|支出|投资)?(?:占比|占[^，。；、\d]{0,10}的?比[重例])(?:[为是达]到?)?$"
)
_RATE = re.compile(r"(?P<what>[\u4e00-\u9fff]{2})率(?:[为是达]到?)?$")
_NET = (
    re.compile(r"新增|新登记|新入库|新升规|新建|新设|转入|发展|引进|新注册|升规|入库"),
    re.compile(r"退出|退库|注销|减少|转出|撤销|流失|关停|核销"),
    re.compile(r"净增[加长]?(?:了)?$"),
)
_PER = re.compile(r"每(?P<of>[人名户家村件场期台张亩吨头只所栋套])[\u4e00-\u9fff]{0,6}$")
_IN_ALL = re.compile(r"^[\u4e00-\u9fff]{0,6}?(?:共|合计|总计|累计)[\u4e00-\u9fff]{0,6}$")
_FIFTH = Fraction(1, 5)  # a ratio that is off by more is of other numbers
_NEAR = 10  # points that a slip of the pen is off at most
_TWO = 2


def ratios(sentence: Sentence) -> Iterator[Violation]:
    """Every A to 1 that the last two amounts of one unit before it all but make."""
    text = sentence.para.text[sentence.start : sentence.end]  # 2:1 is masked as a clock time
    for match in _RATIO.finditer(text):
        left, right = Fraction(match["left"]), Fraction(match["right"])
        if 1 not in {left, right} or not left * right or sentence.places:
            continue
        told = [each for each in sentence.quantities if counts(each) and each.end <= match.start()]
        if len(told) < _TWO or told[-1].thing != told[-2].thing:
            continue
        ratio = _as_told(match["left"] if right == 1 else match["right"])
        pairs = [pair for pair in permutations(told, _TWO) if pair[0].thing == pair[1].thing]
        if any(_is_ratio(one, other, ratio) for one, other in pairs):
            continue
        greater, less = sorted(told[-_TWO:], key=_value, reverse=True)
        true, said = greater.value / less.value, max(left, right) / min(left, right)
        if abs(true - said) <= said * _FIFTH:
            message = f"{figure(greater)}与{figure(less)}之比是{shown(true, 2)}，文中写“{match['left']}:{match['right']}”"
            yield sentence.hit(
                told[-2].start, match.end(), message, "请核对两个数和比。", Level.WARNING
            )


def _as_told(number: str) -> Bounds:
    """2.1 as all that is rounded to it."""
    step = Fraction(1, 10 ** len(number.partition(".")[2]))
    return exactly(Fraction(number)).widened(step / 2)


def _is_ratio(one: Quantity, other: Quantity, ratio: Bounds) -> bool:
    found = quotient(one.bounds, other.bounds)
    return found is not None and found.meets(ratio)


def _value(quantity: Quantity) -> Fraction:
    return quantity.value


def net(sentence: Sentence) -> Iterator[Violation]:
    """新入库15家、退出6家，净增9家: what came less what went."""
    for came, went, rest in zip(
        sentence.quantities, sentence.quantities[1:], sentence.quantities[2:], strict=False
    ):
        same = came.thing == went.thing == rest.thing and all(map(counts, (came, went, rest)))
        words = [sentence.before(each) for each in (came, went, rest)]
        if not same or not all(each.search(told) for each, told in zip(_NET, words, strict=True)):
            continue
        if not difference(came.bounds, went.bounds).meets(rest.bounds):
            apart = in_scale_of(abs(came.value - went.value), rest)
            message = f"{figure(came)}减{figure(went)}是{apart}，文中写{figure(rest)}"
            yield sentence.hit(came.start, rest.end, message, "请核对。", Level.WARNING)


def complements(sentence: Sentence) -> Iterator[Violation]:
    """抽查12600张，不合格347张，合格率97.2%: what is not so, of all, against the rate of what is."""
    for percent in sentence.quantities:
        match = _RATE.search(sentence.text[: percent.start]) if percent.percent else None
        if match is None or not percent.plain:
            continue
        told = [each for each in sentence.quantities if each.end <= match.start() and counts(each)]
        if len(told) < _TWO or told[-1].thing != told[-2].thing:
            continue
        whole, part = told[-_TWO:]
        denied = re.search(rf"[不未]{match['what']}", sentence.before(part))
        if not denied or part.value >= whole.value:
            continue
        true = 100 - part.value * 100 / whole.value
        slack = percent.step + part.step * 50 / whole.value
        if slack < abs(true - percent.value) <= _NEAR:
            message = f"{figure(whole)}中{figure(part)}{denied[0]}，{match['what']}率是{shown(true)}%，文中写{figure(percent)}"
            yield sentence.hit(
                whole.start, percent.end, message, "请核对两个数和比率。", Level.WARNING
            )


def so_much_each(sentence: Sentence) -> Iterator[Violation]:
    """每亩增收380元，2.6万亩共增收988万元: the amount of each before the number of them."""
    found = sentence.quantities
    for each, heads, whole in zip(found, found[1:], found[2:], strict=False):
        match = _PER.search(sentence.text[: each.start])
        alike = match is not None and heads.unit == match["of"] and whole.thing == each.thing
        if not alike or not all(map(counts, (each, heads, whole))):
            continue
        if not _IN_ALL.search(sentence.text[heads.end : whole.start]):
            continue
        product_of = each.value * heads.value
        true = Bounds(product_of, product_of).widened(each.value * heads.step / 2)
        if not true.meets(whole.bounds) and abs(product_of - whole.value) * 5 <= whole.value:
            message = f"{figure(heads)}乘以{figure(each)}是{in_scale_of(product_of, whole)}，文中写{figure(whole)}"
            yield sentence.hit(
                each.start, whole.end, message, "请核对数量、标准和总数。", Level.WARNING
            )


def shares_of_kind(sentence: Sentence) -> Iterator[Violation]:
    """税收A，非税收入B，税收占比P%: the part of a kind in both."""
    for percent in sentence.quantities:
        match = _KIND.search(sentence.text[: percent.start]) if percent.percent else None
        if match is None or not percent.plain:
            continue
        told = [each for each in sentence.quantities if each.end <= match.start() and counts(each)]
        pair = _kind_and_opposite(sentence, told, match["name"])
        if pair is None:
            continue
        part, rest = pair
        whole = total((part.bounds, rest.bounds))
        found = share_of(part.bounds, whole)
        true = part.value * 100 / (part.value + rest.value)
        bases = (whole, *(each.bounds for each in told))
        if found is None or _any_meets(told, bases, percent) or abs(true - percent.value) > _NEAR:
            continue
        message = f"{figure(part)}占两项之和的{shown(true)}%，文中写{figure(percent)}"
        yield sentence.hit(part.start, percent.end, message, "请核对各项和比例。", Level.WARNING)


def _kind_and_opposite(
    sentence: Sentence, told: Sequence[Quantity], name: str
) -> tuple[Quantity, Quantity] | None:
    """税收收入10.2亿元 and 非税收入3.6亿元 for 税收; None where there are not both."""
    kinds = [each for each in told if label(sentence, each).lstrip("其中实现完成").startswith(name)]
    opposites = [each for each in told if label(sentence, each).startswith(f"非{name[:1]}")]
    pairs = [pair for pair in product(kinds, opposites) if pair[0].thing == pair[1].thing]
    return pairs[0] if len(pairs) == 1 else None


def _any_meets(parts: Sequence[Quantity], bases: Sequence[Bounds], percent: Quantity) -> bool:
    """True if any amount of any of the bases is the share."""
    wide = percent.bounds.widened(percent.step / 2)
    found = (share_of(part.bounds, base) for part, base in product(parts, bases))
    return any(each is not None and each.meets(wide) for each in found)
