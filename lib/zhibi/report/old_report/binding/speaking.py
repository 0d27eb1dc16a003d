"""The words around a number and an offer -> whether the words speak of that figure and of nothing else.

Every word must be accounted for: the name of what is counted, the words for its kind, and words
that add nothing. One word too many (走访职工, 新增企业) and the number may be of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from gongwen.chinese import offices
from zhibi.data.figures.offers import Offer

_NEUTRAL = re.compile(
    r"截至目前|累计|全年|年内|今年|本年|开展|召开|举办|举行|目前|现有|现|一共|共有|共计|总计|合计|共|总数|总量|人数|数量|总|达到|达|为|是|拥有|有|下设|设立|设有|设|下辖|辖|建有"
    r"|其中|在册|登记|已有|分别|以及|和|及|与|等|全部|所属|各级|年末|年底|基层|包括|含|数|的|了|到|：|“|”|\s"
)
_WHOLE = re.compile(r"(?:全|我|本)(?:县|市|区|镇|乡|街道|系统|校|院|厂|公司)")
_BODIES = offices.pattern("bodies")
NAMED = re.compile(
    rf"[\u4e00-\u9fff]{{1,10}}?(?:{_BODIES})"
)  # a body, known to the workbook or not
HEADED = re.compile(rf"{NAMED.pattern}(?:{offices.pattern('heading_words')})*$")
BEGUN = re.compile(rf"^(?:目前|其中|今年|截至目前)?[，,]?[\u4e00-\u9fff]{{1,10}}?(?:{_BODIES})")
_SHARE = re.compile(r"占比|占|比例|比重|约")
_NUMBER_IS = re.compile(r"(?:约|大约|达到|达|为|是|：|:|的)+$")
_RATE = re.compile(r"(?:比例|比重|占比)的?$")
UPWARDS = ("增长",)
_GROWTH = re.compile(
    r"(?P<against>同比|较上年|比上年|较去年|比去年|较年初|比年初|较基期|比基期)?(?P<verb>增长|下降)$"
)
GROWING = re.compile(r"(?:同比|[较比](?:上年|去年|年初|基期))(?:增长|下降|增加|减少|提高)")
AMOUNTS = ({"个", "家", "户"}, {"项", "件", "条", "个"}, {"次", "场"}, {"名", "人", "位"})


def speaks_of(
    lead: str, tail: str, offer: Offer, said: Iterable[str] = (), places: Iterable[str] = ()
) -> bool:
    """True if the words before and after a number are those of the offer, and no others.

    `said` are the nouns that figures before it in the sentence counted; `places` the names of the whole.
    """
    words = without_whole(f"{lead}\n{tail}", places)
    for kind in offer.kinds:
        words, found = _taken(words, kind)
        if not found:
            return False
    words, found = _taken(words, offer.nouns)
    words = _without(words, offer.aside)
    meant = any(noun in word for noun, word in product(offer.nouns, said))
    if not (found or meant or offer.bare):
        return False
    if not (offer.nouns or offer.kinds):
        return False
    return not _NEUTRAL.sub("", words)


def is_share(lead: str, tail: str, offer: Offer, places: Iterable[str] = ()) -> bool:
    """True if the words say what part of the whole, known by its nouns or not named at all."""
    if tail.strip() or not re.search("占|比重|比例", lead):
        return False
    words = without_whole(lead, places)
    words, _ = _taken(words, offer.nouns)
    return not _NEUTRAL.sub("", _SHARE.sub("", words))


def share_of(lead: str, tail: str, nouns: Iterable[str], places: Iterable[str] = ()) -> str:
    """What 女职工占全部职工的 says the share of: 女职工. Empty where it is of another whole than the nouns name."""
    words = _NUMBER_IS.sub("", lead)
    if tail.strip():
        return ""
    if "占" in words:
        part, _, whole = words.rpartition("占")
    elif _RATE.search(words):
        part, whole = words, ""
    else:
        return ""
    whole, _ = _taken(without_whole(_RATE.sub("", whole), places), nouns)
    if _NEUTRAL.sub("", whole.removeprefix("比")):
        return ""
    return _NUMBER_IS.sub("", _RATE.sub("", part)).removesuffix("所").removesuffix("的")


def growth(lead: str, tail: str) -> re.Match[str] | None:
    """The words of a growth at the end of those before a number."""
    return None if tail.strip() else _GROWTH.search(lead)


def is_neutral(words: str) -> bool:
    """True for words that add nothing."""
    return not _NEUTRAL.sub("", words)


def same_amount(written: str, unit: str) -> bool:
    """True for units that count the same things; a figure without a unit takes any."""
    return bool(written) and (
        written == unit or not unit or any({written, unit} <= each for each in AMOUNTS)
    )


def wholes(region: str) -> tuple[str, ...]:
    """What a text calls the place of the workbook: 示例县, 全县, 我县, 本县."""
    return (region, *(f"{each}{region[-1]}" for each in "全我本")) if region else ()


def names_a_body(words: str, nouns: Iterable[str], pattern: re.Pattern[str] = NAMED) -> bool:
    """True if the words name a body, those apart that are counted themselves (学校 of a workbook of schools)."""
    return pattern.search(_without(words, nouns)) is not None


def without_whole(words: str, places: Iterable[str]) -> str:
    """The words without those for the whole.

    Of a workbook that names no place, without any such word.
    """
    named = tuple(places)
    return _without(words, named) if named else _WHOLE.sub("", words)


def _taken(words: str, names: Iterable[str]) -> tuple[str, bool]:
    """The words without the longest of these names that stands in them, and whether one does."""
    for name in sorted(names, key=len, reverse=True):
        if name in words:
            return words.replace(name, "", 1), True
    return words, False


def _without(words: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, "")
    return words
