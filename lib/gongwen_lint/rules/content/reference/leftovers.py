"""K32: what was taken over from elsewhere or from last year: another county's name, last year's year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongwen.chinese import offices
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.reference.dates import issued_on
from gongwen_lint.rules.content.sentences import HEADED, SPOKEN
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.words.lexicon.tables import lexicon
from gongwen_lint.rules.rule import Rule, Violation

# a county where an office, a session or a year follows: the words that speak of one's own
_COUNTY = re.compile(
    r"(?:^|(?<=[，。、；：“（《\s在由向对为据——和及会共到]))(?P<name>(?!全|我|本|各|该|外|邻|两)[\u4e00-\u9fff]{2}县)"
    rf"(?=人民|县委|委(?!托)|政府|政协|人大|第[一二三四五六七八九十\d]|“|20\d\d年|[\u4e00-\u9fff]{{2,8}}(?:局|办公室|委员会|中心|院|小组|指挥部|中学|学校|公司|协会|学会|商会|联合会|支队|大队)|《|{offices.pattern('offices_of_county')})"
)
_NO_NAME = re.compile(
    r"^(?:[一二三四五六七八九十]+个|贫困|先进|周边|兄弟|示范|试点|重点|有关|相关|其他|部分|所在|脱贫|革命|边境|农业|人口|国家|省直|市辖|欠发)"
)
_VISITED = re.compile(
    r"考察|学习|借鉴|对口|协作|帮扶|交界|毗邻|相邻|接壤|邻县|籍|来自|原|调任|赴|等地|等县|兄弟|周边|挂职|对标|观摩"
)
_VERBS = "请经报由向对为让使送呈提要求给到在从被将把受按据赴任"  # 恳请县人民政府
_OWN = 2  # mentions that make a county one's own
_AT_HEAD = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?(?P<year>20\d\d)(?=年(?:，|以来，|度，|[\u4e00-\u9fff]{0,2}全[县市镇乡院局校年]|我[县市镇乡局院校]|县))"
)
_SENTENCE_HEAD = re.compile(
    r"(?:^|(?<=[。；]))(?P<year>20\d\d)(?=年(?:，|以来，|度，|全[县市镇乡院局校年]|我[县市镇乡局院校]))"
)
_USUAL = 3  # times a year opens a sentence to be the document's own


def left_over(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K32：不留别处的地名、往年的年份。

    只看文中自己多次写到的县名，和全文多数句首写到的年份；比较、考察、籍贯里的不说。

    好：青岭县人民政府……青岭县人大常委会    差：青岭县人民政府……宁河县人大常委会
    """
    del against
    yield from _other_counties(manuscript)
    yield from _last_year(manuscript)


def _other_counties(manuscript: Manuscript) -> Iterator[Violation]:
    common = lexicon().common  # 未经县人民政府批准
    found = [
        (para, match)
        for para, words in manuscript.read_by_prose
        if "县" in words
        for match in _COUNTY.finditer(words)
        if not _NO_NAME.match(match["name"])
        and match["name"][:-1] not in common
        and match["name"][1] not in _VERBS
    ]
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
    if not own or len(named) > _USUAL:  # a text of many counties
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


def _last_year(manuscript: Manuscript) -> Iterator[Violation]:
    places = list(_openings(manuscript))
    years = Counter(int(match["year"]) for _, match in places)
    if not years:
        return
    usual, times = years.most_common(1)[0]
    title = next((para.text for para in manuscript.paras if para.role == "title"), "")
    titled = set(re.findall(r"20\d\d", title))
    issued = issued_on(manuscript)
    if not titled and times < _USUAL:
        return
    year = int(min(titled)) if titled else usual
    if issued and not 0 <= issued.year - year <= 1:
        return
    once = manuscript.whole.count(f"{year - 1}年") == 1 or (not titled and years[year - 1] == 1)
    for para, match in places:
        if int(match["year"]) == year - 1 and once:
            message = f"全文说的是{year}年，这里是{match['year']}年"
            yield Violation(
                para.number,
                match.start("year"),
                match.end("year"),
                message,
                hint="是不是去年的稿子没有改？",
            )


def _openings(manuscript: Manuscript) -> Iterator[tuple[Para, re.Match[str]]]:
    """Every year that opens a sentence or a heading."""
    for para, words in manuscript.read_by_prose:
        if para.role in SPOKEN | HEADED and "年" in words:
            pattern = _AT_HEAD if para.role in HEADED else _SENTENCE_HEAD
            yield from ((para, match) for match in pattern.finditer(words))


RULES = (Rule("K32", "别处或往年留下的字", "内容", Level.WARNING, "通行做法", left_over),)
