"""A number -> of what it is told: the place, the thing that is counted there, and whether all of them are meant."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from gongwen.chinese import offices
from gongwen.chinese.numbers.quantity import PERCENT, POINTS, TIMES, Quantity
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.sentences import Sentence

_NO_COUNT = frozenset({PERCENT, POINTS, TIMES, "", "年", "岁"})
_LEVELS = "国省市区县镇乡局校院厂村社站所队"
_OWN = offices.characters("own")
_PLACE = (
    rf"(?:全|我|本)(?:[{_LEVELS}]|系统?|街道?|集团?|公司?)|本[{_OWN}]"
    r"|(?:(?![全我本了在对到为的])[\u4e00-\u9fff]){2,3}[县镇乡]"
)
_LOOSE = (  # 全系统, 我集团公司, 本单位: a few characters may follow
    rf"全[国省市区县镇乡街系集公司院校局厂][^，。；、的]{{0,2}}?|我[市区县镇乡局院校公][^，。；、的]{{0,3}}?"
    rf"|本[{_OWN}][^，。；、的]{{0,3}}?"
)
_WHEN = r"^(?:截至[^，]{1,12}，?)?(?:(?:19|20)\d\d年)?(?:年?[末底])?(?:目前|现在)?，?"
_HAS = r"(?:目前|现在)?(?:共有|现有|设有|下设|下辖|辖有?|有)"
_NOUN = r"(?P<noun>[\u4e00-\u9fff]{2,12})"
# 全县共有社区工作者: the noun before its number, said in so many words to be all of them
_FIRM = (
    re.compile(rf"{_WHEN}(?P<place>{_LOOSE})(?:[^，。；]*?)(?:共有|现有|总共有|一共有){_NOUN}$"),
    re.compile(rf"{_WHEN}(?P<place>{_PLACE})(?:共有|现有|共设有|有){_NOUN}$"),
    re.compile(
        rf"(?P<place>{_LOOSE})(?:目前|现在)?(?:共|现|总共|一共)?[有设]?(?P<noun>[\u4e00-\u9fff]{{2,10}}总(?:人)?数)(?:为|达)?$"
    ),
)
# 全县规模以上工业企业达到: told of as a state
_STATE = re.compile(rf"{_WHEN}(?P<place>{_PLACE}){_NOUN}(?:总数)?(?:达到?|已?有|为)$")
_BESIDE = re.compile(rf"(?P<place>{_PLACE})(?:{_HAS}|的)?$")
_OPENS = re.compile(
    rf"{_WHEN}(?P<place>{_PLACE})(?:{_HAS}|[\u4e00-\u9fff]{{2,8}}\d+[个家名所]，其中)"
)
_LIST = re.compile(r"(?:[^，。；、]{2,14}[、和及])*(?:[^，。；、]{0,14}和)?")  # 14个乡镇、
_ALL_OF = re.compile(r"(?:全体|全部|所有)$")
_NAMED_PLACE = re.compile(
    rf"(?:^|[，。；、“])(?P<name>[\u4e00-\u9fff]{{2,3}}(?P<level>[县镇乡])){_HAS}"
)
_NOUN_AFTER = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2,10}?)(?=[，。；、（）]|$|的|均|都|全部|无一|中(?=[，、有]|$)|普遍)"
)
_ALL_DO = re.compile(
    r"^[^，。；、\d]{2,16}?(?:均|都|全部|普遍|无一|[人户村家]均(?!等)|(?:实现|做到)全覆盖)"
)
_ONE_OF = re.compile(r"其中|比|较|增加|减少|新增|每|平均|分别|人均|户均|累计(?!有)")
_NOT_ALL = re.compile(r"抽查|抽取|随机|部分|选派|选拔|评选|表彰|新建|新增|建成|培训|发展|慰问|约谈")
_NAMED = 4  # characters that name what is counted


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number counts and where: 县, 行政村, 个; `firm` where all of them were said to be meant (全县共有…)."""

    place: str
    noun: str
    thing: str
    firm: bool = False


class Subjects:
    """What the numbers of a manuscript are told of; its own names are read as 全县, 全镇."""

    def __init__(self, manuscript: Manuscript) -> None:
        title = next((para.text for para in manuscript.paras if para.role == "title"), "")
        named = [
            (match["level"], match["name"]) for match in _NAMED_PLACE.finditer(manuscript.whole)
        ]
        levels = Counter(level for level, _ in set(named))
        self._own = {name for level, name in named if name in title or levels[level] == 1}
        self._stocks: dict[tuple[str, str], set[str]] = {}  # by place and thing, their nouns

    def of(self, sentence: Sentence, quantity: Quantity) -> Subject | None:
        """What a number is told of; None where that is not sure."""
        if quantity.spelt or quantity.ranged or quantity.unit in _NO_COUNT:
            return None
        lead = re.split(r"[，。；]", sentence.text[: quantity.start])[-1]
        if _ONE_OF.search(lead) or quantity.hedge:
            return None
        found = self._before(lead, quantity) or self._behind(sentence, quantity, lead)
        if found:
            self._stocks.setdefault((found.place, found.thing), set()).add(found.noun)
        return found

    def _before(self, lead: str, quantity: Quantity) -> Subject | None:
        """全县社区工作者 from 全县31个社区共有社区工作者 and from 全县社区工作者达到."""
        for pattern in (*_FIRM, _STATE):
            match = pattern.match(re.sub(r"(?<!年)\d+[个家名]", "", lead.strip()))
            place = self._level(match["place"]) if match else ""
            if match and place:
                noun = re.sub(r"总(?:人)?数$", "", match["noun"])
                return Subject(place, noun, quantity.thing, pattern is not _STATE)
        return None

    def _behind(self, sentence: Sentence, quantity: Quantity, lead: str) -> Subject | None:
        """全镇农村学校 from 全镇31所农村学校, and from 33所农村学校 where the sentence told of 全镇 before."""
        beside = _BESIDE.search(lead)
        place = self._level(beside["place"]) if beside else ""
        every = place or _ALL_OF.search(lead)
        if every and (known := self._known(sentence, quantity, place)):
            return known
        noun = _NOUN_AFTER.match(sentence.text, quantity.end)
        if noun is None:
            return self._listed(sentence, quantity)
        if place and not _NOT_ALL.search(lead):
            return Subject(place, noun["noun"], quantity.thing)
        opened = _OPENS.match(sentence.text)
        level = self._level(opened["place"]) if opened else ""
        if opened and level and self._lists(sentence, opened.end(), quantity, noun["noun"]):
            return Subject(level, noun["noun"], quantity.thing)
        return None

    def _lists(self, sentence: Sentence, start: int, quantity: Quantity, noun: str) -> bool:
        """True if a number stands in the list that 全县现有 opens: after 、, or a name of some length after a stop."""
        between = sentence.text[start : quantity.start]
        if _LIST.fullmatch(between):
            return True
        return between.endswith(("，", "；")) and len(noun) >= _NAMED

    def _listed(self, sentence: Sentence, quantity: Quantity) -> Subject | None:
        """监测户 of 全镇共有脱贫户312户、监测户26户."""
        opened = _OPENS.match(sentence.text)
        noun = re.fullmatch(r"[、和及](?P<noun>[\u4e00-\u9fff]{2,10})", sentence.before(quantity))
        level = self._level(opened["place"]) if opened and noun else ""
        if opened and noun and level and _LIST.match(sentence.text, opened.end()):
            between = sentence.text[opened.end() : quantity.start]
            plain = not re.search(r"[，；：（]", between)
            return Subject(level, noun["noun"], quantity.thing) if plain else None
        return None

    def _known(self, sentence: Sentence, quantity: Quantity, place: str) -> Subject | None:
        """行政村 of 全县189个行政村集体经济收入均超过, 教职工 of 全体128名教职工: a noun met before, all of them."""
        words = sentence.text[quantity.end :]
        if not _ALL_DO.match(words) and place:
            return None
        for (where, thing), nouns in self._stocks.items():
            if thing != quantity.thing or (place and where != place):
                continue
            noun = next((each for each in nouns if words.startswith(each)), None)
            if noun and (place or self._alone(noun, thing)):
                return Subject(where, noun, thing)
        return None

    def _alone(self, noun: str, thing: str) -> bool:
        """True if a noun was told of in one place only."""
        places = [
            place
            for (place, kind), nouns in self._stocks.items()
            if kind == thing and noun in nouns
        ]
        return len(places) == 1

    def _level(self, place: str) -> str:
        """县 of 全县, 我县 and of the county's own name; empty for another's."""
        if place[0] in "全我本":
            return place[1:]
        return place[-1] if place in self._own else ""
