"""K05, K21: a number declared in words (五步工作法, 三个方面) and how many things are then listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongwen.chinese.numbers.numerals import chinese, from_chinese
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.listing import (
    NUMERAL,
    counted_behind,
    counts,
    so_many_listed,
    value,
)
from gongwen_lint.rules.content.outline import declared_before
from gongwen_lint.rules.content.sentences import SPOKEN
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_CLASSIFIER = r"个|项|大|种|条|类|步|张|本|点|支|门|招|字|化|有|步|环节|方面|机制|清单"
# “五步工作法”：, “三有”，即, 三项机制：, 五所学校（
_DECLARED = re.compile(
    rf"(?:“(?P<quoted>[^“”\d一二两三四五六七八九十百千]{{0,4}}(?P<inner>{NUMERAL})(?:个一|[^“”一二两三四五六七八九十百千]{{1,8}}))”[^，。；：、“”（）]{{0,6}}"
    rf"|(?<![第二两三四五六七八九十百千万])(?P<bare>{NUMERAL})(?:{_CLASSIFIER})[^，。；：、“”（）\d]{{0,8}})"
    r"(?:，?(?:即|就是|包括|分别是|分别为|主要包括)[：:]?|[：:]|——|（(?:即|包括|分别是|分别为))"
)
_CONGRESS = re.compile(r"(?:十[一二三四五六七八九]|二十)大")
_DEFINES = re.compile(r"“[^“”]{1,8}”(?:为|是|指|即)")
_IN_TURN = ("分别为", "分别是")
_LIST_END = re.compile(r"[。；）！？\n]|$")
_OPEN = re.compile(r"等[。，；）、]|等$|等\d|……")
_FIRST_OF = re.compile(r"一是")
_ORDINAL = re.compile(
    r"(?:^|(?<=[。；，：:、！？]))\s*([一二三四五六七八九十]{1,2})(?:是|要)(?![个次样些]|种(?![植业子质养])|项(?!目)|点(?![位多])|方(?![法式案面向便]))"
)
_SAID = re.compile(
    rf"(?P<number>{NUMERAL})(?:个方面|方面|点|条|项|个)(?P<noun>[^，。；：\d]{{0,8}})(?:[。：，:]|[。，](?:主要|具体|分别|概括|归结)[^。，]{{0,6}}[：:，]?)?\s*$"
)
_PROBLEMS = re.compile(
    rf"针对(?:以上|上述|这|前述|存在的)(?P<number>{NUMERAL})(?:个|项|条)(?:方面)?(?:的)?问题"
)
_BEFORE_NAME = re.compile(
    r"(?P<items>(?:[^，。；：、“”（）]{2,8}、){2,8}[^，。；：、“”（）]{2,8})“(?P<inner>[两三四五六七八九十])(?P<mark>(?![一二三四五六七八九十])[\u4e00-\u9fff])[^”，。]{0,8}”"
)
_FROM_ITEMS = re.compile(
    r"(?:从|围绕|聚焦|突出)(?P<items>[^，。；：（）“”\d]{2,12}(?:、[^，。；：、（）“”\d]{2,12}){1,5})(?:这)?(?P<number>[两三四五六七八九])个?(?:大)?(?:方面|维度|层面|角度|环节)"
)
_LONGEST_LIST = 600  # characters; nobody counts what takes longer to list


_COUNTED_ITEM = re.compile(rf"(?P<number>{NUMERAL})[个家所名处座项件户人支张]$")


@dataclass(frozen=True, slots=True)
class Spoken:
    """一是 … N是 in reading order: the paragraph and place of the first, how many there are."""

    para: int
    start: int
    count: int


def declared_and_listed(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K05：说几项，就列出几项。

    好：“三有”，即有理、有据、有情    差：“五个同步”：同步组建、同步部署、同步开展、同步考核
    """
    del against
    for para, words in manuscript.read_by_content:
        following = manuscript.meant[para.number] if para.number < len(manuscript.meant) else ""
        if para.role not in SPOKEN:
            continue
        for match in _DECLARED.finditer(words):
            yield from _listed(para, words, match)
        yield from _listed_first(para, words)
        yield from _from_items(para, words)
        yield from so_many_listed(para, words)
        yield from counted_behind(para, words)
        yield from _ordinals(para, words, following)
    yield from declared_before(manuscript)


def _listed(para: Para, words: str, match: re.Match[str]) -> Iterator[Violation]:
    declared = _declared(match, words)
    end = _LIST_END.search(words, match.end(), match.end() + _LONGEST_LIST)
    listed = words[match.end() : end.start() if end else len(words)]
    if match[0].endswith(_IN_TURN) and listed[:1].isdigit():
        listed = _numbers_in_turn(listed)
    if declared < 2 or _FIRST_OF.search(listed) or _OPEN.search(listed):  # noqa: PLR2004  one thing is no list
        return
    if re.match(rf"(?:{NUMERAL}){{1}}(?:{_CLASSIFIER})", listed) or _DEFINES.match(listed):
        return  # 包括13个预期性指标、8个约束性指标: numbers that make up the whole, not things
    if re.search(r"[+＋]", match["quoted"] or "") and re.search(rf"(?:{NUMERAL})[大个项]", listed):
        return  # 粮油、畜禽、蔬菜三大产业和中药材、水产两个产业
    again = re.search(rf"(?P<number>{NUMERAL})个[^、，]{{0,6}}$", listed)
    if again and value(again["number"]) == declared:
        return  # 六个大动脉，包括A、B、C、D、E、F6个工程
    if _sum_of_items(listed) == declared:
        return  # 27个，包括养老机构23家、救助管理站1个…
    found = counts(listed, _rest(words, match.end() + len(listed)))
    if found and declared not in found:
        name = f"“{match['quoted']}”" if match["quoted"] else f"“{match[0].rstrip('：:（，即')}”"
        nearest = min(found, key=lambda count: abs(count - declared))
        message = f"{name}说的是{declared}项，列出的是{nearest}项"
        yield Violation(
            para.number,
            match.start(),
            match.end() + len(listed),
            message,
            hint="请补齐或改正数目。",
        )


def _numbers_in_turn(listed: str) -> str:
    """The list of numbers after 分别为: up to the first comma where 、 stands between them."""
    head = listed.split("，", maxsplit=1)[0]
    return head if "、" in head else listed


def _sum_of_items(listed: str) -> int:
    """What the numbers of a list come to, each of them at the end of its item; 0 where one has none."""
    items = [_COUNTED_ITEM.search(item) for item in re.split("[、，和及]", listed)]
    return sum(value(item["number"]) if item else 0 for item in items) if all(items) else 0


def _declared(match: re.Match[str], words: str) -> int:
    """The number that is declared; 0 where the words are a name (十九大, 第四十条) or two names side by side."""
    if match["bare"]:
        named = _CONGRESS.match(words, match.start("bare")) or words[: match.start()].endswith("第")
        return 0 if named else value(match["bare"])
    if words[: match.start()].endswith("”"):
        return 0
    added = re.match(r"“(\d)\s*[+＋]\s*(\d)(?![+＋\d])", match[0])
    if added:
        return int(added[1]) + int(added[2])
    return 0 if re.search(r"[+＋]", match["quoted"]) else value(match["inner"])


def _rest(words: str, end: int) -> str:
    """What follows a semicolon, to the end of the sentence."""
    if not words.startswith("；", end):
        return ""
    return re.split(r"[。！？\n]", words[end:])[0]


def _listed_first(para: Para, words: str) -> Iterator[Violation]:
    """微课堂、微网格、微心愿“五微工作法”: things alike, told before the name that counts them."""
    for match in _BEFORE_NAME.finditer(words):
        items = re.split(r"[、和与及]", match["items"])
        if items[-1].endswith("等"):
            continue
        declared = value(match["inner"])
        if all(match["mark"] in item for item in items) and len(items) != declared > 1:
            message = f"“{match['inner']}{match['mark']}”说的是{declared}项，列出的是{len(items)}项"
            yield Violation(
                para.number, match.start(), match.end(), message, hint="请补齐或改正数目。"
            )


def _from_items(para: Para, words: str) -> Iterator[Violation]:
    """从组织、队伍、制度三个方面: as many things as are counted."""
    for match in _FROM_ITEMS.finditer(words):
        items = match["items"].split("、")
        if items[-1].endswith("等") or any(re.search(r"[和及与]", each) for each in items[:-1]):
            continue
        last = re.split(r"和|及|与|以及", items[-1])
        counts = {len(items)} | (
            {len(items) - 1 + len(last)} if len(last) > 1 and all(last) else set()
        )
        declared = value(match["number"])
        if declared not in counts:
            message = f"说的是{declared}个方面，列出的是{max(counts)}个"
            yield Violation(
                para.number, match.start(), match.end(), message, hint="请补齐或改正数目。"
            )


def _ordinals(para: Para, words: str, following: str) -> Iterator[Violation]:
    """三个方面：一是…二是…三是 inside one paragraph."""
    spoken = spoken_list(para, words)
    if spoken is None:
        return
    lead = words[: spoken.start]
    match = _SAID.search(lead)
    last = re.search(
        rf"{chinese(spoken.count)}[是要][^。]*(?:。[^。]*){{0,3}}$", words[spoken.start :]
    )
    whole = last is not None and not re.match(r"\s*[一二三四五六七八九十]{1,2}[是要]", following)
    other = match and re.search(
        rf"原因|措施|做法|表现|{NUMERAL}[个项条]", words[match.end("noun") : spoken.start]
    )
    if (
        match
        and whole
        and not other
        and value(match["number"]) not in (spoken.count, 1)
        and spoken.count > 1
    ):
        declared = value(match["number"])
        message = f"说的是{declared}项，“一是”到“{chinese(spoken.count)}是”有{spoken.count}项"
        yield Violation(
            para.number, match.start(), spoken.start, message, hint="请补齐或改正数目。"
        )


def spoken_list(para: Para, words: str) -> Spoken | None:
    """The 一是 … N是 of a paragraph, if they run from 一 without a gap and only once."""
    found = [(match.start(), from_chinese(match[1])) for match in _ORDINAL.finditer(words)]
    numbers = [number for _, number in found]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        return None
    return Spoken(para.number, found[0][0], len(numbers))


def problems_and_measures(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K21：说针对几个问题，前面就列有几个问题。

    好：一是……二是……三是……。针对以上三个问题    差：一是……二是……三是……。针对以上四个问题
    """
    del against
    last: Spoken | None = None
    for para, words in manuscript.read_by_content:
        if para.role not in SPOKEN:
            last = None if para.role == "heading" and para.level == 1 else last
            continue
        for match in _PROBLEMS.finditer(words):
            before = spoken_list(para, words[: match.start()]) or last
            if before and before.count > 1 and before.count != value(match["number"]):
                message = f"前面列了{before.count}个问题，这里说{match['number']}个"
                yield Violation(
                    para.number, match.start(), match.end(), message, hint="问题和措施请一一对应。"
                )
        last = spoken_list(para, words) or last


RULES = (
    Rule("K05", "说的数目与列出的不符", "内容", Level.WARNING, "算术", declared_and_listed),
    Rule("K21", "问题与措施的数目不符", "内容", Level.WARNING, "通行做法", problems_and_measures),
)
