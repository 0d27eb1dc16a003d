"""K01, K02: what was left to fill in: XX, 20XX, ○○, and a number missing before its classifier."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.sentences import sentences
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_LEFT = re.compile(
    r"(?P<year>(?:19|20)(?:[Xx×]{2}|[○〇]{2}(?=年)|[*＊]{2}))年?"
    r"|(?P<blank>[_＿]{3,}|(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])|[×]{2,}|[○Ｘ]{2,}|[△]{2,})(?P<what>[\u4e00-\u9fff％%]{0,3})"
    r"|(?P<here>此处(?:填写|待填|插入)|请(?:在此)?填写|待补充数据|（?数据待(?:补|核)）?)"
)
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\$\{[^}]*\}")
_AMOUNT = re.compile(
    r"(?!人民|人大|人社|人武|个体|家具|户外|元素|场镇)[名人个家户项件篇条次场期万亿元%％年月日号]"
)
_UNITS = "人次|个百分点|万元|亿元|万人|名|家|户|个|项|次|场|期|人|元|%|％"
_MISSING = (
    re.compile(
        rf"(?:占比?|达到?|增长|下降|提高|降低|增加|减少|超过|约为|共计|合计|累计)了?(?P<x>{_UNITS})(?=[，。；、）]|$)"
    ),
    re.compile(
        r"(?:共有|现有|设有|下设|配有|选派|建立|组织)(?:专[职兼]|[\u4e00-\u9fff]){0,8}?(?:员|者|部|工|众|表|师|生|人才)(?P<x>名|人次)(?=[，。；、）]|$)"
    ),
    re.compile(
        r"(?:共有|现有|设有|下设|建有|建成|建立|设立|成立)[\u4e00-\u9fff]{0,8}?(?:支部|总支|党委|组织|企业|社区|村|单位|机构|基地|中心|网格|驿站)"
        r"(?P<x>个|家|处)(?=[，。；、）]|$)"
    ),
    re.compile(
        r"(?:^|(?<=[，。；、：]))(?P<x>名党员|家企业|个党支部|个村|户居民|名职工|名干部|人次参加)"
    ),
)
# 达人, 占个, 增加人: words that happen to end so; a count is missing only where a comma follows a bare classifier
_WORDS = re.compile(r"(?:达人|超过期|增加项|提高次|占场|达标|减少次|达到家)$")


def placeholder(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K01：不留占位的 XX、20XX、____。

    “XX公司”可能是有意隐去名称，作警告；数和年份的位置空着，是错误。

    好：党员28名，2025年被评为先进    差：党员XX名，20XX年被评为先进
    """
    del against
    for para in manuscript.paras:
        patterns = (_LEFT, _TEMPLATE) if manuscript.kind == "docx" else (_LEFT,)
        for pattern in patterns:
            for match in pattern.finditer(para.text):
                name = pattern is _LEFT and match["blank"] and not _AMOUNT.match(match["what"])
                hidden = name and not match["blank"].startswith(("_", "＿"))
                end = match.end("blank") if hidden else match.end()
                message = "名称隐去了，还是忘了填" if hidden else "还有没填的地方"
                yield Violation(
                    para.number, match.start(), end, message, level=Level.WARNING if name else None
                )


def number_missing(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K02：量词前面有数。

    好：共有专职网格员1360名    差：共有专职网格员名
    """
    del against
    for sentence in sentences(manuscript):
        for pattern in _MISSING:
            for match in pattern.finditer(sentence.text):
                if not _WORDS.search(match[0]):
                    message = f"“{match['x']}”前面缺一个数"
                    yield sentence.hit(match.start(), match.end(), message, "请补上数。")


RULES = (
    Rule("K01", "占位符没有填", "内容", Level.ERROR, "通行做法", placeholder),
    Rule("K02", "量词前缺数", "内容", Level.ERROR, "通行做法", number_missing),
)
