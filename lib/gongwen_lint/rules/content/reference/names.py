"""K12, K13, K14: names of organisations, places and people against those of the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from gongwen.chinese import offices
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.reference_data import ReferenceData
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.words.lexicon.tables import lexicon
from gongwen_lint.rules.rule import Need, Rule, Violation

_COUNTY = re.compile(
    r"(?:^|(?<=[，。、；：“（《在到赴与和由从向往省市]))(?!其中|开展|组织|涉及|包括|覆盖|推动|支持|服务|围绕|所有|各个|多个|按照|根据|经过|通过|参加|撤销|设立)"
    r"(?P<name>[\u4e00-\u9fff]{2}县)(?!级|域|直|城|区|乡|里|内|外|处|长|际|市|属|管|办)"
)
_NO_PLACE = re.compile(
    r"[全我本各该外邻市区郊省为个两几数每某在向到由对让使和与同帮跨的请任赴驻来报]县$|(?:兄弟|贫困|先进|周边|示范|试点|有关|相关|其他|其它|不少|部分|所在|脱贫|重点|达标|强)县$"
)
_LEADING = re.compile(r"^[是在向到由对让使和与同及把将为从被给经以]")
_ORG = re.compile(rf"[\u4e00-\u9fff（）]{{2,28}}?(?:{offices.pattern('branches')}|有限公司)")
_POST = r"(?P<post>书记|副书记|委员)"
_HIDDEN = re.compile(
    rf"(?<![X×Ｘ○])[X×Ｘ○]{{2,8}}(?=[\u4e00-\u9fff]{{0,4}}(?:{offices.pattern('hidden_before')}))|某(?:{offices.pattern('hidden_after')})"
)
_NEAR, _SHORTEST, _TELLING = 1, 6, 4  # a name of three characters may be part of any word


def unknown_names(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K12：单位、组织的名称与工作簿一致，不出现外地的地名。

    差一个字的名称、别的县名才说；没有写进工作簿的单位不说。

    好：城投集团机关工会    差：城头集团机关工会；示例县的报告里写着“云岭县”
    """
    data = against.data
    if data is None:
        return
    told: set[str] = set()
    for para, words in zip(manuscript.paras, manuscript.words, strict=True):
        if para.role in {"page_header", "page_footer", "contents"}:
            continue
        yield from _places(para, words, data, told)
        for match in _ORG.finditer(words):
            yield from _misspelt(para, match, data, told)


def _places(para: Para, words: str, data: ReferenceData, told: set[str]) -> Iterator[Violation]:
    if not data.region:
        return
    for match in _COUNTY.finditer(words):
        name = match["name"]
        known = (
            name in data.region
            or data.region.endswith(name[1:])
            or any(name in each for each in data.names)
        )
        if name[:-1] in lexicon().common:
            continue  # 建议县委
        if known or name in told or _NO_PLACE.search(name) or _LEADING.match(name):
            continue
        told.add(name)
        message = f"这份材料说的是{data.region}，这里出现了“{name}”"
        yield Violation(
            para.number,
            match.start(),
            match.end(),
            message,
            hint="请核对是不是从别处带来的。",
            level=Level.WARNING,
        )


def _misspelt(
    para: Para, match: re.Match[str], data: ReferenceData, told: set[str]
) -> Iterator[Violation]:
    """One character wrong in a name of six or more, where no real name stands inside the words."""
    words = match[0]
    if words in told or any(name in words for name in data.names if len(name) >= _TELLING):
        return
    for name in data.names:
        if len(name) < _SHORTEST or name[-2:] != words[-2:] or len(words) < len(name):
            continue
        if Levenshtein.distance(words[-len(name) :], name, score_cutoff=_NEAR) <= _NEAR:
            told.add(words)
            start = match.end() - len(name)
            yield Violation(
                para.number,
                start,
                match.end(),
                f"工作簿里的名称是“{name}”",
                name,
                level=Level.WARNING,
            )
            return


def not_anonymous(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K13：要求脱敏的，不出现真实姓名；隐去了单位名称的，不在旁边露出真名。

    好：王某、XX公司    差：设置“是否脱敏”为“是”，文中写着职工姓名
    """
    data = against.data
    if data is None:
        return
    people = (
        {person.name for person in data.people if len(person.name) > 1} if data.anonymous else set()
    )
    pattern = (
        re.compile("|".join(sorted(map(re.escape, people), key=len, reverse=True)))
        if people
        else None
    )
    for para, words in zip(manuscript.paras, manuscript.words, strict=True):
        for match in pattern.finditer(words) if pattern else ():
            yield Violation(
                para.number,
                match.start(),
                match.end(),
                "要求脱敏，这里写了真实姓名",
                hint="请只留姓。",
            )
        hidden = _HIDDEN.search(words)
        real = next((name for name in data.names if len(name) >= _TELLING and name in words), None)
        if hidden and real:
            at = words.index(real)
            message = "同一段里有的单位隐去了名称，这里却是真名"
            yield Violation(
                para.number, at, at + len(real), message, hint="请一并隐去。", level=Level.WARNING
            )


def wrong_post(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K14：职务与工作簿一致。

    好：书记宋某（工作簿里是书记）    差：书记贾某（工作簿里没有职务）
    """
    data = against.data
    if data is None:
        return
    posts = {person.name: person.posts for person in data.people if len(person.name) > 1}
    if not posts:
        return
    names = "|".join(sorted(map(re.escape, posts), key=len, reverse=True))
    pattern = re.compile(
        rf"(?:{offices.pattern('before_post')})?{_POST}(?P<name>{names})|(?P<named>{names})(?:同志)?(?:任|担任|当选)[^，。；]{{0,12}}?(?:{offices.pattern('held_in')})(?P<held>书记|副书记|委员)"
    )
    for para, words in zip(manuscript.paras, manuscript.words, strict=True):
        for match in pattern.finditer(words):
            name, post = match["name"] or match["named"], match["post"] or match["held"]
            if words[: match.start("post") if match["post"] else match.start()].endswith("副"):
                post = f"副{post}"
            if post not in posts[name]:
                held = "、".join(posts[name]) or "没有职务"
                message = f"工作簿里{name}{'是' if posts[name] else ''}{held}"
                yield Violation(
                    para.number, match.start(), match.end(), message, hint="请核对职务和任职时间。"
                )


_DATA: frozenset[Need] = frozenset({"text", "data"})
RULES = (
    Rule("K12", "名称与工作簿不一致", "内容", Level.WARNING, "工作簿", unknown_names, _DATA),
    Rule("K13", "脱敏不彻底", "内容", Level.ERROR, "工作簿的设置", not_anonymous, _DATA),
    Rule("K14", "职务与工作簿不符", "内容", Level.WARNING, "工作簿", wrong_post, _DATA),
)
