"""A share, 人数，占P% -> what it is a share of, and whether that is certain.

A base is certain if it stands in the share's own words, if it is the only number of its kind in the sentence, or if two
shares of the same paragraph agree on it; a share that fits any number of the text so far is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from gongwen.chinese import offices
from gongwen.chinese.numbers.bounds import share as share_of
from gongwen.chinese.numbers.quantity import COUNTED, Quantity, quantities
from gongwen_lint.rules.content.reading.scopes import Sense, label, sense
from gongwen_lint.rules.content.sentences import Sentence, made, split

_SHARE = re.compile(
    r"占(?P<base>[^，。；、占]*?)(?:的)?(?:比例|比重|比)?(?:最[高大多低小]，?)?(?:力争|预计|将|约|仅|只)?(?:[为是达]到?|仅|约)?$"
)
_ELSEWHERE = re.compile(
    r"全国|全省|全市|全区|全县|全镇|全系统|同期|上年|去年|同类|分别|年度|计划|任务|目标|预算|收入|面积|投资"
)
_PLAIN_BASE = re.compile(
    rf"^(?:其|总|全部)?(?:[{offices.characters('whole')}]*)(?:总数|总人数|总量|总额|的)?$"
)
_TOTAL_OF = re.compile(
    r"^(?:其|总|全部|全体|所有|上述|全)|(?:总数|总人数|总量|总额|额度|总|的|中)$"
)
_ANYBODY = frozenset({"人员", "人数", "单位", "数量", "总数"})
_BESIDE = re.compile(
    r"[，、,（(]?|[^，。；：\d]{1,14}，"
    r"|[^，。；：\d]{0,8}，(?:虽然|尽管|虽|但|却|只|仅|约|就|已|也|还|大约|后者|这部分|其|所)+"
)  # 198名，占 · 198人认为“一般”，占
# 42个项目中，有13个支出进度低于30%，占比
_LONG_BESIDE = re.compile(r"[^，。；：]{4,24}，")
_AMONG = re.compile(
    r"(?<![\u4e00-\u9fff])中，?(?:共?有|[\u4e00-\u9fff]{0,6})$|[\u4e00-\u9fff]中，?有$"
)
_OF_NOUN = re.compile(
    r"(?:^|[，。；：])(?!其)(?P<noun>[\u4e00-\u9fff]{2,6})中，?(?=[\u4e00-\u9fff])[^，。；\d]{2,12}$"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}|[A-Z]{2,6}")
_MORE_KINDS = re.compile(r"以[上下]|[和及与]")  # 硕士及以上人才 are more than 硕士
_AGO = re.compile(r"上年|去年|同期|上届")
_SLIP = 20  # points that a slip of the pen is off at most
_THAN_BEFORE = re.compile(r"[比较][^，。；]{0,20}(?:减少|增加|多|少)(?:了)?$")
_FULL_NAME = 4  # characters that name a base fully


@dataclass(frozen=True, slots=True)
class Share:
    """A part and what it is said to be of the whole, in per cent; `base` are the words between 占 and the number."""

    sentence: Sentence
    part: Quantity
    percent: Quantity
    base: str


@dataclass(frozen=True, slots=True)
class Base:
    """The number that a share is of; `sure` where the text says so."""

    quantity: Quantity
    sure: bool


def found_in(sentence: Sentence) -> Iterator[Share]:
    """Every 人数，占P% of a sentence."""
    for percent in sentence.quantities:
        match = _SHARE.search(sentence.text[: percent.start])
        if not match or not percent.percent or not percent.plain:
            continue
        part = next(
            (
                each
                for each in reversed(sentence.quantities)
                if each.end <= match.start() and not each.percent
            ),
            None,
        )
        if part and _THAN_BEFORE.search(sentence.text[: part.start]):
            continue  # 94户，较去年的97户减少3户，占612户的15.4%
        if part and not is_beside(sentence, part, match.start()):
            part = _named_part(sentence, match.start())
            if part:
                yield Share(sentence, part, percent, match["base"])
            continue
        if part and part.plain and part.unit and is_beside(sentence, part, match.start()):
            yield Share(sentence, part, percent, match["base"])


def is_beside(sentence: Sentence, part: Quantity, at: int) -> bool:
    """True if a share at a place is told of the part: next to it, or after what is told of it."""
    words = sentence.text[part.end : at]
    if _BESIDE.fullmatch(words):
        return True
    return bool(_LONG_BESIDE.fullmatch(words) and _AMONG.search(sentence.text[: part.start]))


def _named_part(sentence: Sentence, at: int) -> Quantity | None:
    """2438万元 of 税收收入2438万元 for 税收占: the one amount told before by the words that open the clause."""
    name = re.split(r"[，。；、：]", sentence.text[:at])[-1]
    if not _NAME.fullmatch(name):
        return None
    named = [
        each
        for each in sentence.quantities
        if each.end <= at and each.plain and each.unit and not each.percent
        if _is_called(label(sentence, each).removeprefix("其中"), name)
    ]
    return named[0] if len(named) == 1 else None


def base_of(
    share: Share, told: Sequence[Share], here: Sequence[Quantity], earlier: Sequence[Quantity]
) -> Base | None:
    """What a share is of; None where that is not told, or where it fits what the text has told so far."""
    inside = _named_base(share)
    if inside is not None:
        return Base(inside, sure=True)
    offered = list(_comparable(chain(earlier, here), share.part))
    of_then = _AGO.search(share.sentence.before(share.part))  # 上年同期为292名、占34.1%
    if of_then or any(_fits(share, each) for each in offered):
        return None
    if said := _said_beside(share) or _planned(share) or _said_before(share) or _among(share):
        return Base(said, sure=_is_here(share, said))
    if _ELSEWHERE.search(share.base) or _inherits_elsewhere(share, told, here):
        return None
    base, sure = _base(share, told, offered, [each.part for each in told])
    if base is None or base.hedge:
        return None
    named = _is_named(share, base)
    plain = named is None and _PLAIN_BASE.match(share.base)
    return Base(base, sure) if named or plain else None


def _base(
    share: Share, told: Sequence[Share], offered: Sequence[Quantity], parts: Sequence[Quantity]
) -> tuple[Quantity | None, bool]:
    """What a share is of, and whether that is certain."""
    if only := _only(share, parts):
        between = share.sentence.text[only.end : share.part.start]
        return only, "中" in between or "总" in share.base
    beside = [each for each in told if each.sentence is share.sentence]
    for others, least, sure in ((beside, 2, True), (told, 2, True), (beside, 1, False)):
        if agreed := _agreed(share, others, offered, least):
            return agreed, sure
    return _of_which(share, offered, parts), False


def _inherits_elsewhere(share: Share, told: Sequence[Share], here: Sequence[Quantity]) -> bool:
    """True for 49.6万人，占17.3% after 68.4万人，占户籍人口的23.9%: a bare 占 is of the base told before, which is not here."""
    if share.base:
        return False
    before = [each for each in told if each.sentence is share.sentence]
    before = [each for each in before if each.part.start < share.part.start and each.base]
    if not before or _PLAIN_BASE.match(before[-1].base) or _said_beside(before[-1]):
        return False
    within = [each for each in here if _is_here(share, each) and each.end <= before[-1].part.start]
    return not any(
        _fits(before[-1], each) and _is_named(before[-1], each)
        for each in _comparable(within, before[-1].part)
    )


def _is_called(words: str, name: str) -> bool:
    """True for 省外 and 省外务工者, whichever is the longer."""
    longer = len(words) > 1 and name.startswith(words)
    return words.startswith(name) or (longer and not _MORE_KINDS.search(name))


def _is_named(share: Share, base: Quantity) -> bool | None:
    """Whether the words between 占 and the number name the base (从业人员, 村民); None where they name nothing."""
    noun = _TOTAL_OF.sub("", share.base)
    if not noun:
        return None
    if len(noun) > 2:  # noqa: PLR2004  客户数, not 户数
        noun = re.sub(r"人?数$", "", noun)
    words = next(
        (
            f"{label(share.sentence, each)}{share.sentence.after(each)}"
            for each in share.sentence.quantities
            if each is base
        ),
        share.sentence.para.text,
    )
    return noun in words or any(
        each[-2:] in words
        for each in (noun,)
        if len(each) > 2 and each[-2:] not in _ANYBODY  # noqa: PLR2004
    )


def _said_beside(share: Share) -> Quantity | None:
    """3120人 of 全县在职教师3120人 for 占全县在职教师总数: the sentence names the base with all its words."""
    words = re.sub(r"(?:总数|总人数|总量|总额|总)?的?$", "", share.base)
    if len(words) < _FULL_NAME:
        return None
    said = [
        each
        for each in share.sentence.quantities
        if each.end <= share.part.start and each.thing == share.part.thing and each.plain
    ]
    named = [each for each in said if label(share.sentence, each).endswith(words)]
    return named[0] if len(named) == 1 and not named[0].hedge else None


def _is_whole_of(share: Share, noun: str, sentence: Sentence, amount: Quantity) -> bool:
    """True if the amount is named by the noun and can be what the share is of."""
    if amount.thing != share.part.thing or not amount.plain or amount.value < share.part.value:
        return False
    name = label(sentence, amount)
    return name.endswith(noun) and len(name) <= len(noun) + _FULL_NAME


def _said_before(share: Share) -> Quantity | None:
    """1.94万张 of 床位1.94万张 in a sentence before for 占总床位: the paragraph tells of one number by that name."""
    noun = _TOTAL_OF.sub("", re.sub(r"的$", "", share.base))
    para = share.sentence.para
    if len(noun) < 2 or noun in _ANYBODY:  # noqa: PLR2004  a word
        return None
    said: list[Quantity] = []
    for start, text in split(para.text[: share.sentence.start]):
        sentence = made(para, start, text)
        said += [each for each in quantities(text) if _is_whole_of(share, noun, sentence, each)]
    first = said[0] if said and said[0].value == max(each.value for each in said) else None
    off = first and abs(share.part.size * 100 / first.size - share.percent.size)
    return first if off and off <= _SLIP else None


def _planned(share: Share) -> Quantity | None:
    """84.5亿元 of 年度计划投资84.5亿元 for 占年度计划: the sentence opens with what was planned."""
    words = re.sub(r"(?:总[数量额])?的?$", "", share.base)
    if not re.search(r"(?:计划|任务|目标|预算|概算)$", words):
        return None
    named = [
        each
        for each in share.sentence.quantities
        if each.end <= share.part.start and each.thing == share.part.thing and each.plain
        if words in label(share.sentence, each)
    ]
    return named[0] if len(named) == 1 and _is_near(share, named[0]) else None


def _among(share: Share) -> Quantity | None:
    """3182张 of 床位3182张 in a sentence before for 床位中护理型床位2036张，占: a bare share of the noun before 中."""
    opened = _OF_NOUN.search(share.sentence.text[: share.part.start])
    if opened is None or share.base:
        return None
    para = share.sentence.para
    named: list[Quantity] = []
    for start, text in split(para.text[: share.sentence.start]):
        sentence = made(para, start, text)
        same = (each for each in quantities(text) if each.thing == share.part.thing and each.plain)
        named += [each for each in same if label(sentence, each).endswith(opened["noun"])]
    return named[-1] if named and _is_near(share, named[-1]) else None


def _is_near(share: Share, base: Quantity) -> bool:
    """True if a share is off by no more than a slip of the pen."""
    if base.size < share.part.size or base.size <= 0:
        return False
    return abs(share.part.size * 100 / base.size - share.percent.size) <= _SLIP


def _is_here(share: Share, base: Quantity) -> bool:
    """True for a number of the share's own sentence."""
    return any(each is base for each in share.sentence.quantities)


def _named_base(share: Share) -> Quantity | None:
    """612名 in 占职工总数612名的58.7%."""
    said = share.sentence.text.rfind("占", 0, share.percent.start)
    inside = [
        each
        for each in share.sentence.quantities
        if max(share.part.end, said) <= each.start < share.percent.start
    ]
    return (
        inside[-1] if inside and inside[-1].thing == share.part.thing and inside[-1].plain else None
    )


def _comparable(bases: Iterable[Quantity], part: Quantity) -> Iterator[Quantity]:
    """Those that the part can be a part of."""
    thing, counted, size = part.thing, part.unit in COUNTED, part.size
    if size <= 0:
        return
    for base in bases:
        if base.size < size or base.ranged:
            continue
        if base.unit == part.unit or base.thing == thing or (counted and base.unit in COUNTED):
            yield base


def _fits(share: Share, base: Quantity) -> bool:
    if (
        not base.hedge
        and not 0.5 < share.part.size * 100 / base.size / (share.percent.size or 1) < 2  # noqa: PLR2004
    ):
        return False
    found = share_of(share.part.bounds, base.bounds)
    return found is not None and found.meets(share.percent.bounds)


def _only(share: Share, parts: Sequence[Quantity]) -> Quantity | None:
    """The one number of the sentence that the part can be a part of."""
    before = [
        each
        for each in share.sentence.quantities
        if each.end <= share.part.start and each not in parts
    ]
    same = [
        each
        for each in before
        if each.thing == share.part.thing
        and not each.ranged
        and sense(share.sentence, each) is not Sense.MEAN
    ]
    able = {each.value: each for each in same if each.value >= share.part.value}
    return next(iter(able.values())) if len(able) == len(same) == 1 and able else None


def _agreed(
    share: Share, told: Sequence[Share], offered: Sequence[Quantity], least: int
) -> Quantity | None:
    """The base that at least so many other shares were worked out on, and all others but one."""
    others = [each for each in told if each is not share and each.part.thing == share.part.thing]
    for base in reversed(offered):
        if base is share.part:
            continue  # a part is no share of itself
        fitting = sum(_fits(each, base) for each in others) if base.thing == share.part.thing else 0
        if fitting >= least and fitting >= len(others) - (least > 1):
            return base
    return None


def _of_which(
    share: Share, offered: Sequence[Quantity], parts: Sequence[Quantity]
) -> Quantity | None:
    """The total before 其中, in the sentence or at the end of what was said before it."""
    lead = share.sentence.text[: share.part.start]
    end = lead.rfind("其中")
    if end < 0 or "中" in lead[end:].removeprefix(
        "其中"
    ):  # 其中，农村职工中35岁以下的: another whole
        return None
    inside = [each for each in share.sentence.quantities if each.end <= end]
    before = inside or [each for each in offered if each not in share.sentence.quantities]
    listed = [
        each for each in parts if each.start > end or not inside
    ]  # one told before 其中 may be the whole
    whole = next(
        (
            each
            for each in reversed(before)
            if each.thing == share.part.thing
            and each not in listed
            and each.size >= share.part.size
        ),
        None,
    )
    return whole if whole and whole.plain and whole.size >= share.part.size else None
