"""A manuscript -> the places where last year's year was left in this year's text, by its signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.reading.settings import heading_years
from gongwen_lint.rules.content.reference.dates import issued_on
from gongwen_lint.rules.content.sentences import HEADED, SPOKEN
from gongwen_lint.rules.rule import Violation

_NUMBERED = re.compile(r"^\s*[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]\s*")
_AROUND = 20  # characters that may hold a year against another
_AT_HEAD = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?(?P<year>20\d\d)(?=年(?:，|以来，|度，|[\u4e00-\u9fff]{0,2}全[县市镇乡院局校年]|我[县市镇乡局院校]|县))"
)
_SENTENCE_HEAD = re.compile(
    r"(?:^|(?<=[。；]))(?P<year>20\d\d)(?=年(?:，|以来，|度，|全[县市镇乡院局校年]|我[县市镇乡局院校]))"
)
# 2024年度目标管理考核: a year and what is done of it, in the title and again in the text
_TITLED = re.compile(r"(?P<year>20\d\d)年(?P<of>度?(?P<object>[\u4e00-\u9fff]{2,12}))")
_COMPARED = re.compile(
    r"比|较|与|同|上年|去年|连续|基础|结转|以来|自|原|修订|废止|结果|历年|[、至到和—～]\s*$|^\s*[、至到和—～]"
)
# 2025年，办公室将…: what somebody means to do
_INTENDED = re.compile(r"(?P<year>20\d\d)年，[\u4e00-\u9fff]{0,8}?(?:将|要|计划|拟)")
_ATTACHED = re.compile(
    r"(?:附件[：:])?[\s　]*(?:\d{1,2}[.．、])?[\s　]*(?P<year>20\d\d)(?P<of>年度?[\u4e00-\u9fff（）]{4,30})"
)
_TEXT = frozenset({"body", "heading", "table_cell", "title"})
_OF_THE_PAST = re.compile(
    r"公报|总结|述职|公示|(?<!工作)(?:情况|运行)[^，。]{0,6}(?:报告|汇报|通报)|情况$"
)
_AS_FOLLOWS = re.compile(
    r"现将(?P<year>20\d\d)年(?!至|—|～|以来)[^，。；]{2,40}(?:报告|汇报|通报|公布|公示|总结)如下"
)
_FIRST_WORDS = re.compile(r"^[ \u3000]*(?P<year>20\d\d)年(?:度|，|全|我)(?!.{0,30}以来)")
_WITH_ITSELF = re.compile(
    r"(?:^|(?<=[。；]))(?P<year>20\d\d)年(?:，|全)[^。；]{2,60}?[比较](?P<other>(?P=year))年(?:的|同期|[\u4e00-\u9fff]{0,4}(?:增|减|提|下|上))"
)
_OBJECT = 4  # characters that name it
_OF_YEAR = re.compile(r"(?<![至到和—～\d])(?P<year>20\d\d)年度(?![、至到和—～])")
_TWICE = 2
_USUAL = 3  # times a year opens a sentence to be the document's own


def years_left(manuscript: Manuscript) -> Iterator[Violation]:
    """Every place, one to a paragraph."""
    taken: set[int] = set()
    for find in (
        _last_year,
        _object_of_last_year,
        _headed_by_this_year,
        _intended_last_year,
        _attachment_of_last_year,
        _lone_year,
        _told_of_title,
        _compared_with_itself,
    ):
        for hit in find(manuscript):
            if hit.para not in taken:
                taken.add(hit.para)
                yield hit


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


def _years_left(para: Para, match: re.Match[str], year: int) -> Violation:
    message = f"全文说的是{year}年，这里是{match['year']}年"
    hint = "是不是去年的稿子没有改？"
    return Violation(para.number, match.start("year"), match.end("year"), message, hint=hint)


def _compared(words: str, match: re.Match[str]) -> bool:
    """True if the words around a year hold it against another, or look back on purpose."""
    before = _NUMBERED.sub("", re.split(r"[，。；（《]", words[: match.start()])[-1])
    after = re.split(r"[，。；）》]", words[match.end() :])[0]
    return bool(_COMPARED.search(before) or _COMPARED.search(after[:_AROUND]))


def _object_of_last_year(manuscript: Manuscript) -> Iterator[Violation]:
    """做好2023年度目标管理考核工作, under a title of 2024年度目标管理考核."""
    title = next((para for para in manuscript.paras if para.role == "title"), None)
    named = list(_TITLED.finditer(title.text)) if title else []
    if title is None or len(named) != 1 or len(set(re.findall(r"20\d\d", title.text))) != 1:
        return
    year, words = (
        int(named[0]["year"]),
        re.sub(r"的?(?:通知|报告|函|决定|意见)$", "", named[0]["object"]),
    )
    if len(words) < _OBJECT:
        return
    pattern = re.compile(rf"(?P<year>{year - 1})(?=年度?{re.escape(words[:_OBJECT])})")
    below = [
        (para, text)
        for para, text in manuscript.read_by_content
        if para.number > title.number and f"{year - 1}年" in text
    ]
    found = list(_matches(pattern, below))
    if len(found) == 1 and not _compared(found[0][1], found[0][2]):
        yield _years_left(found[0][0], found[0][2], year)


def _matches(
    pattern: re.Pattern[str], paras: Iterable[tuple[Para, str]]
) -> Iterator[tuple[Para, str, re.Match[str]]]:
    for para, words in paras:
        for match in pattern.finditer(words):
            yield para, words, match


def _headed_by_this_year(manuscript: Manuscript) -> Iterator[Violation]:
    """2021年，全县… first under 2022年预算执行情况."""
    headed = heading_years(manuscript)
    heading: Para | None = None
    for para, words in manuscript.read_by_content:
        if para.role == "heading":
            heading = para
            continue
        match = _SENTENCE_HEAD.match(words) if para.role in SPOKEN else None
        if match is None or heading is None or para.number != heading.number + 1:
            continue
        year = int(headed.get(para.number, "")[:4] or 0)
        alone = manuscript.whole.count(f"{match['year']}年") == 1 or f"{year}年" not in words
        if int(match["year"]) == year - 1 and alone and str(year) in heading.text:
            yield _years_left(para, match, year)


def _intended_last_year(manuscript: Manuscript) -> Iterator[Violation]:
    """2025年，办公室将坚持… under 2026年工作打算: what is intended lies in the year of its heading."""
    headed = heading_years(manuscript)
    for para, words in manuscript.read_by_content:
        year = int(headed.get(para.number, "")[:4] or 0)
        match = _INTENDED.match(words) if year and para.role in SPOKEN else None
        if match and int(match["year"]) == year - 1:
            yield _years_left(para, match, year)


def _attachment_of_last_year(manuscript: Manuscript) -> Iterator[Violation]:
    """附件：1．2024年度名额分配表, where the attachment itself is of 2025年度; where all are there F19 compares them."""
    roles = Counter(para.role for para in manuscript.paras)
    if roles["attachment_note"] == roles["attachment_title"]:
        return
    named: dict[str, tuple[Para, re.Match[str]]] = {}
    for para, words in manuscript.read_by_content:
        match = _ATTACHED.fullmatch(words.strip(" ␣　"))
        if match is None or para.role in _TEXT:
            continue
        other_para, other = named.setdefault(match["of"], (para, match))
        years = int(other["year"]), int(match["year"])
        if abs(years[0] - years[1]) == 1:
            late = years[0] < years[1]
            wrong = _ATTACHED.search((other_para if late else para).text)
            if wrong:
                yield _years_left(other_para if late else para, wrong, max(years))


def _lone_year(manuscript: Manuscript) -> Iterator[Violation]:
    """One 2022年度 in a text of 2023年度: not compared with it, and nowhere else."""
    paras = [
        (para, words)
        for para, words in manuscript.read_by_content
        if "年度" in words and para.role in SPOKEN | HEADED | {"caption"}
    ]
    found = list(_matches(_OF_YEAR, paras))
    years = Counter(int(match["year"]) for _, _, match in found)
    if len(years) < _TWICE:
        return
    (usual, times), *_ = years.most_common(1)
    titled = any(para.role == "title" and str(usual) in para.text for para in manuscript.paras)
    if times < (_TWICE if titled else _USUAL) or manuscript.whole.count(f"{usual - 1}年") > 1:
        return
    for para, words, match in found:
        if int(match["year"]) == usual - 1 and not _compared(words, match):
            yield _years_left(para, match, usual)


def _told_of_title(manuscript: Manuscript) -> Iterator[Violation]:
    """现将2023年…情况公布如下, or a first sentence of 2024年, under a title of the year after."""
    title = next((para for para in manuscript.paras if para.role == "title"), None)
    years = re.findall(r"20\d\d", title.text) if title else []
    if title is None or len(years) != 1 or not _OF_THE_PAST.search(title.text):
        return
    year = int(years[0])
    first = True
    for para, words in manuscript.read_by_content:
        if para.role not in SPOKEN or para.number < title.number or not words.strip():
            continue
        told = _AS_FOLLOWS.search(words)
        opened = _FIRST_WORDS.match(words) if first and "。" in words else None
        first = first and "。" not in words
        for match in (told, opened):
            other_year = f"{year}年" in words
            if match and int(match["year"]) == year - 1 and not other_year:
                yield _years_left(para, match, year)


def _compared_with_itself(manuscript: Manuscript) -> Iterator[Violation]:
    """2023年，收入6958万元，比2023年的6041万元增加: a year is compared with another."""
    for para, words in manuscript.read_by_content:
        match = _WITH_ITSELF.search(words) if para.role in SPOKEN else None
        if match:
            message = f"{match['year']}年同{match['year']}年自己比较"
            hint = "有一处的年份写错了，请核对。"
            yield Violation(para.number, match.start(), match.end("other") + 1, message, hint=hint)


def _openings(manuscript: Manuscript) -> Iterator[tuple[Para, re.Match[str]]]:
    """Every year that opens a sentence or a heading."""
    for para, words in manuscript.read_by_content:
        if para.role in SPOKEN | HEADED and "年" in words:
            pattern = _AT_HEAD if para.role in HEADED else _SENTENCE_HEAD
            yield from ((para, match) for match in pattern.finditer(words))
