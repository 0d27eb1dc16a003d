"""A number's place in the document -> when it holds: years and periods, before or after a change, done or intended."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongwen.chinese.numbers.quantity import Quantity
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.sentences import Sentence

_AHEAD = re.compile(
    r"打算|计划|安排|下一?步|今后|目标|任务|思路|部署|展望|重点|要点|总体要求|主要工作$|工作建议"
)
_BEHIND = re.compile(r"完成|回顾|情况|成效|总结|进展|落实|成绩")
_PLAN = re.compile(r"将|力争|计划|拟|预计|预期|争取|目标|到20\d\d年")
_IS_SO = re.compile(r"目前|现有|共有|已")  # a stock told under a heading of what is to be done
_YEAR = re.compile(r"(?:19|20)\d{2}年")
_PERIOD = r"“十[一二三四五]五”|这[二三四五六七八九十]年|[两二三四五六七八九十]年[来间]"
# what no number of today is compared with
_PAST = r"上年|去年|前年|年初|同期|原来|原有|此前|以前"
_YEARS = re.compile(
    rf"(?:19|20)\d{{2}}年(?:\d{{1,2}}月)?|{_PAST}|上半年|下半年|[一二三四]季度|前三季度|{_PERIOD}"
    r"|(?:改革|调整|撤并|换届|改造|整合|合并)[前后]"
)
_TURNED = re.compile(r"(?:^|[，。；])(?P<when>[\u4e00-\u9fff]{2,8}(?:(?<!目)前|后|以来))，")
_CARRIED = re.compile(
    rf"(?:19|20)\d{{2}}年(?:\d{{1,2}}月)?|{_PERIOD}"
)  # holds to the end of its paragraph
_IS_PAST = re.compile(rf"{_PAST}|[前后来]$")  # of 2020年 nothing is known


@dataclass(frozen=True, slots=True)
class Setting:
    """The years and periods a number is told of, and whether it is intended."""

    times: frozenset[str]
    planned: bool

    @property
    def past(self) -> bool:
        """True for another time than the text's own: last year, before a reform."""
        return any(_IS_PAST.search(each) for each in self.times)

    def meets(self, other: Setting) -> bool:
        """True if two numbers may hold at the same time: of the same years, or one says none and neither is of the past."""
        if self.planned != other.planned:
            return False
        if self.times == other.times:
            return True
        return not (self.times and other.times) and not (self.past or other.past)


class Settings:
    """What headings and paragraphs of a manuscript set for the numbers below them."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._ahead = intended(manuscript)
        self._headed = heading_years(manuscript)

    def of(self, sentence: Sentence, quantity: Quantity) -> Setting:
        """When a number holds: its sentence's words, else the paragraph's last year, else its heading's."""
        lead = sentence.text[: quantity.start]
        planned = sentence.para.number in self._ahead and not _IS_SO.search(sentence.text)
        return Setting(self._times(sentence, lead), planned or bool(_PLAN.search(lead)))

    def _times(self, sentence: Sentence, lead: str) -> frozenset[str]:
        found = _YEARS.findall(lead) or [match["when"] for match in _TURNED.finditer(lead)]
        found = found or _CARRIED.findall(sentence.para.text[: sentence.start])[-1:]
        year = self._headed.get(sentence.para.number, "")
        return frozenset(found or ([year] if year else []))


def intended(manuscript: Manuscript) -> frozenset[int]:
    """The paragraphs, by number, that stand under a heading of what is to be done."""
    found: set[int] = set()
    level = 0  # of the heading they stand under; 0 where they do not
    for para in manuscript.paras:
        if para.role == "heading":
            if level and para.level > level:
                continue
            level = para.level if _AHEAD.search(para.text) and not _BEHIND.search(para.text) else 0
        elif level:
            found.add(para.number)
    return frozenset(found)


def heading_years(manuscript: Manuscript) -> dict[int, str]:
    """The year that the headings above a paragraph set, by its number; nothing where they set none."""
    found: dict[int, str] = {}
    years: dict[int, str] = {}  # by the level of the heading
    for para in manuscript.paras:
        if para.role == "heading":
            years = {level: year for level, year in years.items() if level < para.level}
            if named := _YEAR.findall(para.text):
                years[para.level] = named[-1] if len(set(named)) == 1 else ""
        elif years:
            found[para.number] = years[max(years)]
    return found
