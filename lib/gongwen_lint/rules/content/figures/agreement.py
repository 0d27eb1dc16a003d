"""K08, K20: one thing said with two numbers, and claims of all (全覆盖, 全部) beside numbers that are not all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongwen.chinese import offices
from gongwen.chinese.numbers.quantity import PERCENT, POINTS, TIMES, Quantity
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.sentences import (
    Sentence,
    figure,
    heading_years,
    intended,
    sentences,
)
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_OWN = offices.characters("own")
_SCOPE = (
    r"全[国省市区县镇乡街系集公司院校厂][^，。；、的]{0,2}?|我[市区县镇乡局院校公][^，。；、的]{0,3}?"
    rf"|本[{_OWN}][^，。；、的]{{0,3}}?"
)
_PLACE = r"全[国省市区县镇乡街系院校局]|我[市区县镇乡局院校]|本[市区县镇乡局院校]"
_SCOPED = re.compile(
    rf"(?P<scope>{_SCOPE})(?:目前|现在)?(?:共|现|总共|一共)?[有设]?(?P<noun>[\u4e00-\u9fff]{{2,12}})$"
)
_STOCK = re.compile(r"共有|现有|总数|总人数")
_ONE_OF = re.compile(r"其中|比|较|增加|减少|新增|每|平均|分别|人均|户均|累计(?!有)")
_NO_COUNT = frozenset({PERCENT, POINTS, TIMES, "", "年", "岁"})
_PLAINLY = re.compile(rf"(?:目前)?(?P<scope>{_PLACE})有(?P<noun>[\u4e00-\u9fff]{{2,10}})")
_SCOPE_BESIDE = re.compile(
    rf"(?P<scope>{_PLACE})(?:目前|现在)?(?:共有|现有|设有|下设|下辖|辖有?|有|的)?$"
)
_SCOPE_OPENS = re.compile(rf"(?P<scope>{_PLACE})(?:目前|现在)?(?:共有|现有|设有|有|辖)")
_NOUN_AFTER = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2,10}?)(?=[，。；、（）]|$|的|均|都|全部|已|中(?=[，、有]|$)|里|参加|普遍|实现)"
)
_SAYS_NOTHING = re.compile(
    r"到|在|于|(?:19|20)\d\d年底?|“十[一二三四五]五”|期间|末|达到?|共|累计|完成|实现|新增|获得|增长|年均|力争|突破|超过|和|的|来|[一二三四五六七八九十]年"
)
_NAMED = 4  # characters that name what is counted
_LONG = 8  # so many words the same, up to the number, speak of the same thing
_PERIOD = r"“十[一二三四五]五”|这[二三四五六七八九十]年|[两二三四五六七八九十]年[来间]"
_YEARS = re.compile(
    rf"(?:19|20)\d{{2}}年(?:\d{{1,2}}月)?|上年|去年|上半年|下半年|[一二三四]季度|前三季度|年初|同期|原来|原有|{_PERIOD}"
    r"|(?:改革|调整|撤并|换届|改造|整合)[前后]"
)
_CARRIED = re.compile(
    rf"(?:19|20)\d{{2}}年|{_PERIOD}"
)  # what a paragraph says of its time holds to its end
_PLAN = re.compile(r"将|力争|计划|拟|预计|预期|争取|目标|到20\d\d年")
_IS_SO = re.compile(r"目前|现有|共有|已")  # a stock told under a heading of what is to be done
_ALL = re.compile(
    r"全覆盖|全部(?P<verb>完成|办结|整改|到位|达标|落实|建立|销号)|无一(?:遗漏|例外)|100[%％](?P<done>完成|办结|整改|覆盖)|全面覆盖"
)
_DENIED = re.compile(
    r"[未没不]有?(?:实现|达到|做到)|力争|争取|确保|将|计划|预计|目标|尚未|接近|基本|推动|推进|为实现|逐步|除"
)
_DID = re.compile(r"已|完成|实现|建立|办结|整改|约谈|开展|覆盖")
_RATE = re.compile(r"(?:覆盖|完成|办结|整改|销号|达标)率(?:[为是达]到?)?$")
_FULL = 100


@dataclass(frozen=True, slots=True)
class Mention:
    """One number and what it is said of: a scope and a noun, or the words of its clause; done and intended apart."""

    key: tuple[str, str, bool]
    times: frozenset[str]
    sentence: Sentence
    quantity: Quantity
    sure: bool  # a stock of a named scope
    firm: bool = False  # said in so many words: 全县共有…


def two_values(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K08：同一件事，全文一个数。

    已经做到的和打算做到的，是两件事，不比。

    好：全县共有社区工作者468人……全县468名社区工作者    差：全县共有社区工作者468人……全县共有社区工作者486人
    """
    del against
    first: dict[tuple[str, str, bool], list[Mention]] = {}
    ahead, headed = intended(manuscript), heading_years(manuscript)
    for sentence in sentences(manuscript):
        planned, year = sentence.para.number in ahead, headed.get(sentence.para.number, "")
        for quantity in sentence.quantities:
            mention = _mention(sentence, quantity, planned=planned, year=year)
            if mention is None:
                continue
            same = first.setdefault(mention.key, [])
            other = next((each for each in same if _of_one_time(each, mention)), None)
            same.append(mention)
            if other and not other.quantity.bounds.meets(quantity.bounds):
                message = f"{other.sentence.para.where or '前文'}写的是{figure(other.quantity)}，这里是{figure(quantity)}"
                sure = other.firm and mention.firm and other.times == mention.times
                level = None if sure else Level.WARNING
                yield sentence.hit(
                    quantity.start, quantity.end, message, "请核对，全文统一。", level
                )


def _of_one_time(one: Mention, other: Mention) -> bool:
    """Told of the same years and periods; where one says none, the words must be those of a stock."""
    if one.sure and other.sure:
        return one.times == other.times or not (one.times and other.times)
    return bool(one.times) and one.times == other.times


def _mention(sentence: Sentence, quantity: Quantity, *, planned: bool, year: str) -> Mention | None:
    if quantity.spelt or quantity.ranged or quantity.unit in _NO_COUNT:
        return None
    lead = re.split(r"[，。；]", sentence.text[: quantity.start])[-1]
    if _ONE_OF.search(lead):
        return None
    times = _times(sentence, quantity, year)
    planned = planned and not _IS_SO.search(sentence.text)
    planned = planned or bool(_PLAN.search(sentence.text[: quantity.start]))
    what = _clean_scope(lead) or _stock(lead)
    direct = what or _counted(sentence, quantity, lead)
    if direct:
        key = (direct, quantity.thing, planned)
        return Mention(key, times, sentence, quantity, sure=True, firm=bool(what))
    words = lead.strip() if not re.search(r"\d", lead) else sentence.before(quantity).strip()
    named = len(words) >= _LONG and len(_SAYS_NOTHING.sub("", words)) >= _NAMED
    if named and lead.endswith(words) and not quantity.hedge:
        return Mention((words, quantity.thing, planned), times, sentence, quantity, sure=False)
    return None


def _stock(lead: str) -> str:
    """全县社区工作者 from 全县共有社区工作者."""
    if plainly := _PLAINLY.fullmatch(lead.strip()):
        return plainly["scope"] + plainly["noun"]
    match = _SCOPED.search(re.sub(r"\d+[个家名]", "", lead)) if _STOCK.search(lead) else None
    return match["scope"] + match["noun"] if match else ""


def _counted(sentence: Sentence, quantity: Quantity, lead: str) -> str:
    """全镇农村学校 from 全镇31所农村学校, and from 33所农村学校 where the sentence told of 全镇 before."""
    noun = _NOUN_AFTER.match(sentence.text, quantity.end)
    if noun is None or quantity.hedge:
        return ""
    if scope := _SCOPE_BESIDE.search(lead):
        return scope["scope"] + noun["noun"]
    opened = _SCOPE_OPENS.match(sentence.text) if not lead.strip("和及、") else None
    return opened["scope"] + noun["noun"] if opened and len(noun["noun"]) >= _NAMED else ""


def _times(sentence: Sentence, quantity: Quantity, year: str) -> frozenset[str]:
    """The years and periods a number is told of: its sentence's, else the paragraph's last, else its heading's."""
    told = _YEARS.findall(sentence.text[: quantity.start])
    told = told or _CARRIED.findall(sentence.para.text[: sentence.start])[-1:]
    return frozenset(told or ([year] if year else []))


def _clean_scope(lead: str) -> str:
    """全县社区工作者 from 全县31个社区共有社区工作者: scope and noun without what stands between."""
    match = re.match(
        rf"^(?:截至[^，]*)?(?:目前)?(?P<scope>{_SCOPE})(?:[^，。；]*?)(?:共有|现有)(?P<noun>[\u4e00-\u9fff]{{2,12}})$",
        lead,
    )
    return match["scope"] + match["noun"] if match else ""


def claim_of_all(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K20：数不是全部，就不说“全覆盖”“全部”。

    好：84家企业中已建立工会84家，实现全覆盖    差：应约谈86名，已约谈71名，做到约谈全覆盖
    """
    del against
    for sentence in sentences(manuscript):
        for match in _ALL.finditer(sentence.text):
            clause = re.split(r"[，；]", sentence.text[: match.start()])[-1]
            if not _DENIED.search(clause) and not _DENIED.search(
                sentence.text[match.end() : match.end() + 4]
            ):
                yield from _unlike(sentence, match)


def _unlike(sentence: Sentence, claim: re.Match[str]) -> Iterator[Violation]:
    start = sentence.text.rfind("；", 0, claim.start()) + 1
    before = [
        each
        for each in sentence.quantities
        if start <= each.start and each.end <= claim.start() and each.plain
    ]
    for each in before:
        if each.percent and each.value < _FULL and _RATE.search(sentence.before(each)):
            message = f"比率是{figure(each)}，不能说“{claim[0]}”"
            yield sentence.hit(
                each.start, claim.end(), message, "请核对，或改为如实的说法。", Level.WARNING
            )
            return
    counted = [each for each in before if each.unit and each.unit not in (PERCENT, POINTS, TIMES)]
    for whole, part in reversed(list(pairwise(counted))):
        between = sentence.text[whole.end : part.start]
        done = between + sentence.after(part)
        near = sentence.text[part.end : claim.start()].count("，") == 1
        near = near and not re.search(r"其中.*其中|每|比|增加|减少", between)
        if (
            whole.thing == part.thing
            and 0 < part.value < whole.value
            and _DID.search(done)
            and near
        ):
            certain = re.search(r"已", between) and _shared(
                between, sentence.text[part.end : claim.start()]
            )
            message = f"{figure(whole)}中只有{figure(part)}，不能说“{claim[0]}”"
            level = None if certain else Level.WARNING
            yield sentence.hit(
                whole.start, claim.end(), message, "请核对，或改为如实的说法。", level
            )
            return


def _shared(one: str, other: str) -> bool:
    """True if a pair of characters stands in both: 已约谈 and 约谈全覆盖."""
    return bool(
        {one[at : at + 2] for at in range(len(one) - 1)}
        & {other[at : at + 2] for at in range(len(other) - 1)}
    )


RULES = (
    Rule("K08", "同一件事前后两个数", "内容", Level.ERROR, "通行做法", two_values),
    Rule("K20", "说“全”与数不符", "内容", Level.WARNING, "通行做法", claim_of_all),
)
