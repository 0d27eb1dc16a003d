"""K32: what was taken over from elsewhere or from last year: another county's name, last year's year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from gongwen.chinese import offices
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.reference.last_year import years_left
from gongwen_lint.rules.content.sentences import SPOKEN
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.words.lexicon.tables import lexicon
from gongwen_lint.rules.rule import Rule, Violation

# a county where an office, a session or a year follows: the words that speak of one's own
_RUNG = re.compile(r"[一二三四五六七八九十]是|[由在向对据]")
_COUNTY = re.compile(
    r"(?:^|(?<=[，。、；：“（《\s在由向对为据——和及会共到]))(?P<name>(?![\u4e00-\u9fff]?[全我本各该外邻两]县)(?!全|我|本|各|该|外|邻|两)[\u4e00-\u9fff]{2}县)"
    rf"(?=人民|县委|委(?!托)|政府|政协|人大|第[一二三四五六七八九十\d]|“|20\d\d年|[\u4e00-\u9fff]{{2,8}}(?:局|办公室|委员会|中心|院|小组|指挥部|中学|学校|公司|协会|学会|商会|联合会|支队|大队)|《|[\u4e00-\u9fff]{{1,6}}(?:路|街|巷|大道)[\d一二三四五六七八九十]|(?<=《..县)[\u4e00-\u9fff]{{2,20}}》|{offices.pattern('offices_of_county')})"
)
# 《青岭县…办法》同时废止: a rule of one's own
_REPEALED = re.compile(
    r"《(?P<name>(?!全|我|本|各)[\u4e00-\u9fff]{2}县)[^《》]{2,40}》(?:（[^（）]{2,24}）)?(?:同时|即行)?废止"
)
_NO_NAME = re.compile(
    r"^(?:[一二三四五六七八九十]+个|贫困|先进|周边|兄弟|示范|试点|重点|有关|相关|其他|部分|所在|脱贫|革命|边境|农业|人口|国家|省直|市辖|欠发)"
)
_VISITED = re.compile(
    r"考察|学习|借鉴|对口|协作|帮扶|交界|毗邻|相邻|接壤|邻县|籍|来自|原|调任|赴|等地|等县|兄弟|周边|挂职|对标|观摩"
)
_TOWN = re.compile(
    r"(?:^|(?<=[县市区于]))(?!我|全|本|各)[\u4e00-\u9fff]{2}(?:镇|乡|街道)"
    rf"(?={offices.pattern('after_town')}|[\u4e00-\u9fff]{{0,8}}(?:总结|报告|方案|情况))"
)
_TOWN_START = r"(?:^|(?<=[，。、；：在由据]))(?!我|全|本|各|所|该|两|几|多|个|其)"
_TOWN_OFFICE = offices.pattern("offices_of_town")
_VERBS = "请经报由向对为让使送呈提要求给到在从被将把受按据赴任"  # 恳请县人民政府
_MANY = 3  # counties
_OWN = 2  # mentions that make a county one's own


def left_over(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K32：不留别处的地名、往年的年份。

    只看文中自己多次写到的县名，和全文多数句首写到的年份；比较、考察、籍贯里的不说。

    好：青岭县人民政府……青岭县人大常委会    差：青岭县人民政府……宁河县人大常委会
    """
    del against
    yield from _other_counties(manuscript)
    yield from _other_towns(manuscript)
    yield from years_left(manuscript)


def _other_counties(manuscript: Manuscript) -> Iterator[Violation]:
    found = list(_counties(manuscript))
    named = Counter(match["name"] for _, match in found)
    named = Counter(
        {name: max(times, manuscript.whole.count(name)) for name, times in named.items()}
    )
    title = next((para.text for para in manuscript.paras if para.role == "title"), "")
    titled = [name for name in named if name in title]
    own = titled or [name for name, times in named.most_common(1) if times >= _OWN]
    # named once, and another county signs
    signed = (
        not own
        and len(named) == _OWN
        and "函" not in title
        and found[-1][0].role == "signature"
        and found[-1][1]["name"] != found[0][1]["name"]
    )
    own = [found[0][1]["name"]] if signed else own
    if not own or len(named) > _MANY:  # a text of many counties
        return
    for para, match in found:
        name = match["name"]
        around = para.text[max(0, match.start() - 16) : match.end() + 10]
        alone = (
            name not in own
            and (titled or signed or named[name] * 2 <= named[own[0]])
            and manuscript.whole.count(name) <= _OWN
        )
        if alone and not _VISITED.search(around) and name[1:] != own[0][1:]:
            message = f"全文说的是{own[0]}，这里是“{name}”"
            yield Violation(
                para.number,
                match.start("name"),
                match.end("name"),
                message,
                hint="请核对是不是从别处带来的。",
            )


def _counties(manuscript: Manuscript) -> Iterator[tuple[Para, re.Match[str]]]:
    """Where the manuscript names a county, and not 未经县人民政府批准."""
    common = lexicon().common
    for para, words in manuscript.read_by_content:
        if "县" not in words:
            continue
        for match in (*_COUNTY.finditer(words), *_REPEALED.finditer(para.text)):
            name = match["name"]
            rung = _RUNG.match(name)  # 一是县中医院迁建项目
            word = rung or _NO_NAME.match(name) or name[:-1] in common or name[1] in _VERBS
            if not word:
                yield para, match


def _other_towns(manuscript: Manuscript) -> Iterator[Violation]:
    """竹园镇人民政府 in the report of 河湾镇, which speaks of no other town."""
    title = next((para for para in manuscript.paras if para.role == "title"), None)
    signed = [para.text for para in manuscript.paras if para.role == "signature"]
    named = map(_TOWN.finditer, [title.text if title else "", *signed])
    own = {match[0] for match in chain.from_iterable(named)}
    if len(own) != 1 or title is None:
        return
    (home,) = own
    if manuscript.whole.count(home) < _OWN:
        return
    pattern = re.compile(
        rf"{_TOWN_START}(?P<name>[\u4e00-\u9fff]{{2}}{home[2:]})(?={_TOWN_OFFICE})"
    )
    for para, words in manuscript.read_by_content:
        for match in pattern.finditer(words) if home[2:] in words else ():
            around = para.text[max(0, match.start() - 16) : match.end() + 10]
            alone = manuscript.whole.count(match["name"]) == 1
            if (
                match["name"] != home
                and alone
                and not _VISITED.search(around)
                and para.role in SPOKEN
            ):
                message = f"全文说的是{home}，这里是“{match['name']}”"
                hint = "请核对是不是从别处带来的。"
                yield Violation(
                    para.number, match.start("name"), match.end("name"), message, hint=hint
                )


RULES = (Rule("K32", "别处或往年留下的字", "内容", Level.WARNING, "通行做法", left_over),)
