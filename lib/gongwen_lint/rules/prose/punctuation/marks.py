"""P10–P12, P14–P17, P24–P29, P37: marks that should not be there, or should be others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, product

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.substitution import CUSTOM, PUNCTUATION, swap
from gongwen_lint.rules.rule import Rule, Violation

_SENTENCE = re.compile(r"[^。！？\n]+")
_QUOTED = re.compile(r"“[^“”\n]*”|《[^《》\n]*》|（[^（）\n]*）|\d：\d")
_POINT = re.compile(r"([一二三四五六七八九十])是")
_ORDER = "一二三四五六七八九十"
_AFTER_AND_SO_ON = (
    "单位|部门|岗位|事项|业务|服务|制度|机制|平台|地|方面|工作|问题|内容|措施|情况|领域|重点|行业|人员|项目|活动|形式|方式|环节|因素|资源|材料|场所|企业"
    "|村|镇|乡|县|市"
)
_DOUBLED = tuple(one + other for one, other in product("，、；：。", repeat=2))
# words that begin with 和, 及, 与: not the conjunction
_WORDS_WITH_AND = (
    r"和(?![谐睦平美田气解善县顺风好约弦声韵煦衷亲悦乐畅缓润合蔼暖硕林政静鸣苑若康安田园泰盛兴布]|而不同)"
    r"|及(?![时格第早至其])|以及|或者"
)
# 与群众同甘共苦: 与 begins a clause of its own
_TOGETHER = r"[汉]{1,5}(?:同|共|相|一道|一起|并肩|接轨|结合|融合|对接|衔接|看齐|合拍|互动|联动)"
_BEFORE_WITH = (
    r"(?:^|(?<=[，。；：]))[^与，。；：\n]{0,40}[汉”’）》](?P<x>、)"
    rf"(?=与(?!会|时|日|众|论|其|共|世|人|此)(?!{_TOGETHER})[汉]{{1,6}}[，。；）])"
)


def _no_pause(match: re.Match[str]) -> str | None:
    """Nothing in its place, but the mark after a label stays: 二、与上年对比情况."""
    before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    return None if re.fullmatch(r"\s*[一二三四五六七八九十]{1,3}", before) else ""


def colon_in_colon(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """P27：一句话里不套用冒号。

    好：会议提出三点要求。一是加强学习。    差：会议提出要求：一是加强学习：每周一次。
    """
    del against
    for para, words in manuscript.read_by_prose:
        if para.role != "body" or words.count("：") <= 1:
            continue
        plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), words)
        for sentence in _SENTENCE.finditer(plain):
            if sentence[0].count("：") > 1:
                second = sentence[0].index("：", sentence[0].index("：") + 1) + sentence.start()
                yield Violation(para.number, second, second + 1, "同一句里已经用过冒号")


def stops_in_list(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """P28：并列各项之间用分号的，项内不用句号。

    好：一是加强学习，每周一次；二是规范管理。    差：一是加强学习。每周一次；二是规范管理。
    """
    del against
    for para, words in manuscript.read_by_prose:
        if "；" not in words or "一是" not in words:
            continue
        plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), words)
        points = [
            point
            for point in _POINT.finditer(plain)
            if plain[: point.start()][-1:] in ("", *"。；：，")
        ]
        for point, following in pairwise(points):
            item = plain[point.end() : following.start()]
            if (
                _ORDER.index(following[1]) - _ORDER.index(point[1]) == 1
                and item.endswith("；")
                and "。" in item
            ):
                stop = point.end() + item.index("。")
                yield Violation(para.number, stop, stop + 1, "用分号并列的一项里面有句号")


RULES: tuple[Rule, ...] = (
    swap(
        "P10", "并列的引号之间用了顿号", (r"(?<=”)、(?=“)", ""),
        fix="A", level=Level.NOTE, basis=f"{PUNCTUATION} 4.5.3.5", message="并列的引号之间通常不用顿号",
        bad="“甲”、“乙”", good="“甲”“乙”；后面带括注的保留顿号：“甲”（修订）、“乙”",
    ),
    swap(
        "P11", "并列的书名号之间用了顿号", (r"(?<=》)、(?=《)", ""),
        fix="A", level=Level.NOTE, basis=f"{PUNCTUATION} 4.5.3.5", message="并列的书名号之间通常不用顿号",
        bad="《甲》、《乙》", good="《甲》《乙》",
    ),
    swap(
        "P12", "括注之后的并列书名号少了顿号", (r"》（[^（）\n]{1,30}(?P<x>）)(?=《)", "）、"),
        fix="S", level=Level.NOTE, basis=f"{PUNCTUATION} 4.5.3.5", message="前一个书名号后有括注，"
                                                                           "两个书名之间要用顿号",
        bad="《甲》（修订）《乙》", good="《甲》（修订）、《乙》",
    ),
    swap(
        "P14", "活动、工程等名称用了书名号", (r"《([^《》\n]{1,12})》(?=行动|工程|品牌|大赛)", r"“\1”"),
        fix="S", level=Level.NOTE, message="行动、工程、品牌等的名称用引号，不用书名号", bad="《春风》行动", good="“春风”行动",
    ),
    swap(
        "P15", "省略号写法不对",
        (r"(?<=[汉”，、])(?:\.{3,}|。{3,})(?![␣]*\d|[.·…\d]|[、，,]?[␣]*[A-Za-z+＋=])", "……"),
        (r"(?<=[汉”》）、，。！？])…(?!…|[、，]?[+＋=A-Za-z\d])|(?<!…)…{3}(?!…)|(?<!…)…{5}(?!…)", "……"),
        if_any=("...", "。。。", "…"), fix="A", never=("contents",), message="省略号是六个点，"
                                                                          "占两个字的位置", bad="等等...", good="甲、乙……",
    ),
    swap(
        "P16", "省略号与“等”连用", (r"……等|等等?……", None),
        fix="S", basis=f"{PUNCTUATION} 4.11", message="省略号与“等”只用一个", bad="甲、乙……等单位", good="甲、乙等单位",
    ),
    swap(
        "P17", "破折号写法不对",
        (r"(?:^|(?<=[汉”》）]))(?:-{2,4}|－{2}|–{2}|―{1,2}|─{2}|—{3,})(?=[汉“《])", "——"),
        if_any=("--", "－－", "––", "―", "──", "———"),
        fix="A", message="破折号是一个两字长的横线（——）", bad="创新--发展", good="创新——发展；起止仍用一个一字线：北京—上海",
    ),
    swap(
        "P24", "“等”前用了顿号", (rf"、(?=等等?(?:[，。；、）]|$|\d|[二三四五六七八九十多有相各]|{_AFTER_AND_SO_ON}))", ""),
        fix="A", bad="甲、乙、等单位", good="甲、乙等单位；等级、等待等词不算",
    ),
    swap(
        "P25", "“和、及、与”前用了顿号",
        (rf"(?<=[汉”》）])、(?=(?:{_WORDS_WITH_AND})[汉“《])(?![^，。；：、\n]{{1,14}}、)", _no_pause),
        (_BEFORE_WITH, None),
        fix="A", message="连词前不用顿号", bad="甲、乙、和丙", good="甲、乙和丙；整洁、和谐",
    ),
    swap(
        "P26", "标点重复",
        (r"([，、；：])\1+|(?<!。)(。)。(?!。)", lambda match: match[0][0]),
        (r"([，、；])(?!\1)[，。、；]|。[，、；]", None),
        if_any=_DOUBLED, fix="A", level=Level.ERROR, message="两个点号连用", bad="完成任务，，推进改革", good="完成任务，推进改革",
    ),
    Rule("P27", "冒号套用", "文字", Level.NOTE, f"{PUNCTUATION} 4.7", colon_in_colon),
    Rule("P28", "分号并列的项内有句号", "文字", Level.NOTE, PUNCTUATION, stops_in_list),
    swap(
        "P29", "引号内外都有句末点号", (r"[。！？]”(?P<x>[。，、；])", None),
        fix="S", message="引文末尾已有句末点号，引号外不再用点号", bad="他说：“很好。”。", good="他说：“很好。”",
    ),
    swap(
        "P37", "叹号或问号叠用", (r"！{2,}|？{2,}", None),
        if_any=("！！", "？？"), fix="S", level=Level.NOTE, basis=CUSTOM, message="公文中不叠用叹号、问号", bad="太好了！！", good="太好了！",
    ),
)  # fmt: skip
