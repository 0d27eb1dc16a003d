"""K09: dates that do not exist, run backwards, lie after the document, or do not fit their anniversary or weekday."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from gongwen.chinese import offices
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.sentences import HEADED, SPOKEN
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2}) ?年 ?(?P<month>\d{1,2}) ?月(?: ?(?P<day>\d{1,2}) ?[日号])?"
)
_SHORT = re.compile(r"(?<![\d年第])(?<!年 )(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号]")
_SPAN = re.compile(
    r"(?P<y1>(?:19|20)\d{2})年(?:(?P<m1>\d{1,2})月(?:(?P<d1>\d{1,2})日)?)?\s*(?:至|到|—|－|-|～)\s*"
    r"(?:(?P<y2>(?:19|20)\d{2})年)?(?:(?P<m2>\d{1,2})月)?(?:(?P<d2>\d{1,2})日)?"
)
_WEEKDAY = re.compile(
    r"(?P<year>(?:19|20)\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日[（(，]?(?:星期|周)(?P<weekday>[一二三四五六日天])"
)
_SHORT_WEEKDAY = re.compile(
    r"(?<![\d年第])(?P<month>\d{1,2})月(?P<day>\d{1,2})日[（(](?:星期|周)(?P<weekday>[一二三四五六日天])"
)
_AS_OF = re.compile(
    r"截[至止]\s*(?:到)?(?P<year>(?:19|20)\d{2})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<end>底|末))?"
)
_DONE = re.compile(
    r"(?:召开|举办|举行|开展|组织|成立|印发|完成|通过|荣获|获评|当选|竣工|投入使用|启动)了"
)
_BORN = (
    (re.compile(offices.pattern("founded")), 1921),
    (re.compile(r"(?:新中国成立|中华人民共和国成立|建国|国庆)"), 1949),
)
_ANNIVERSARY = re.compile(rf"(?P<what>{offices.pattern('anniversaries')})(?P<years>\d{{2,3}})周年")
_OF_YEAR = re.compile(r"(20\d{2})年")
_SIGNED = re.compile(r"^\s*(?P<year>(?:19|20)\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日\s*$")
_TITLED = re.compile(r"(?P<year>20\d{2})年(?:度)?[^，。]{0,20}(?:总结|述职|考核|报告|要点|情况)")
_OPENING = re.compile(r"^(?P<year>20\d{2})年(?:度)?(?:以来)?，(?!.{0,30}(?:20\d{2}年|今年))")
_HEADED = re.compile(
    r"(?P<year>20\d{2})年(?:度)?(?:工作|主要|完成|开展|总体|基本)?(?:情况|总结|回顾|成效|做法|打算|计划|安排|思路)"
)
_WEEK = "一二三四五六日"
_DATED = (
    SPOKEN
    | HEADED
    | {"date", "signature", "table_cell", "caption", "byline", "subtitle", "imprint"}
)
_MONTHS = 12
_HEAD = 5  # paragraphs: a date among them stands above the text


def impossible(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K09：日期存在、先后合理、与成文日期相称。

    好：2026年2月28日    差：2026年2月30日；2026年12月15日成文，却写“截至2026年12月31日”
    """
    del against
    issued = issued_on(manuscript)
    dated = [para.number for para in manuscript.paras if para.role == "date"]
    last = dated[0] if dated and dated[0] > _HEAD else len(manuscript.paras) + 1
    told = {int(match["year"]) for match in _DATE.finditer(manuscript.whole)} | (
        {issued.year} if issued else set()
    )
    told |= {int(year) for year in _OF_YEAR.findall(_title(manuscript))}
    years = sorted(told | {year + 1 for year in told})
    for para, words in zip(manuscript.paras, manuscript.words, strict=True):
        if para.role not in _DATED:
            continue
        yield from _nonexistent(para, words)
        yield from _backwards(para, words)
        yield from _weekdays(para, words)
        yield from _short_weekdays(para, words, years, issued)
        if issued and para.role in SPOKEN and para.number < last:  # what follows has its own date
            yield from _later(para, words, issued)
            yield from _anniversaries(para, words, issued)
    yield from _stale(manuscript)


def _title(manuscript: Manuscript) -> str:
    """The words of the title; empty where there is none."""
    return "".join(para.text for para in manuscript.paras if para.role == "title")


def issued_on(manuscript: Manuscript) -> date | None:
    """成文日期: as read from the document, or a line at its end that is nothing but a date."""
    if manuscript.issued_on:
        return manuscript.issued_on
    for para in reversed(manuscript.paras[-6:]):
        match = _SIGNED.match(para.text)
        if match and _exists(match):
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
    return None


def _exists(match: re.Match[str]) -> bool:
    year = int(match.groupdict().get("year") or 2024)  # a leap year, for a day without a year
    month, day = int(match["month"]), int(match.groupdict().get("day") or 1)
    return 1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]


def _nonexistent(para: Para, words: str) -> Iterator[Violation]:
    for pattern in (_DATE, _SHORT):
        for match in pattern.finditer(words):
            if not _exists(match):
                yield Violation(
                    para.number,
                    match.start(),
                    match.end(),
                    f"没有“{match[0]}”这一天",
                    hint="请核对日期。",
                )


def _backwards(para: Para, words: str) -> Iterator[Violation]:
    for match in _SPAN.finditer(words):
        start, end = _ends(match)
        if end and end < start:
            yield Violation(
                para.number, match.start(), match.end(), "起止时间前后颠倒", hint="请核对起止时间。"
            )


def _ends(match: re.Match[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Both ends with as many of year, month, day as both have; nothing where the second cannot be told."""
    first = [int(match[name]) if match[name] else None for name in ("y1", "m1", "d1")]
    second = [int(match[name]) if match[name] else None for name in ("y2", "m2", "d2")]
    if second[0] is None and (
        first[1] is None or second[1] is not None
    ):  # 2025年12月至1月 runs into the next year
        return (), ()
    filled = [
        two if two is not None else (one if place < _first_given(second) else None)
        for place, (one, two) in enumerate(zip(first, second, strict=True))
    ]
    depth = next(
        (
            place
            for place, (one, two) in enumerate(zip(first, filled, strict=True))
            if one is None or two is None
        ),
        3,
    )
    return tuple(each or 0 for each in first[:depth]), tuple(each or 0 for each in filled[:depth])


def _first_given(parts: list[int | None]) -> int:
    return next((place for place, part in enumerate(parts) if part is not None), len(parts))


def _weekdays(para: Para, words: str) -> Iterator[Violation]:
    for match in _WEEKDAY.finditer(words):
        if _exists(match):
            true = _WEEK[date(int(match["year"]), int(match["month"]), int(match["day"])).weekday()]
            if true != match["weekday"].replace("天", "日"):
                yield Violation(
                    para.number,
                    match.start(),
                    match.end(),
                    f"这一天是星期{true}",
                    hint="请核对日期和星期。",
                )


def _short_weekdays(
    para: Para, words: str, years: Sequence[int], issued: date | None
) -> Iterator[Violation]:
    """3月4日（星期三）: in none of the years the document speaks of, nor in the one after.

    A day that is later in the year than the day of issue may be of the year before.
    """
    for match in _SHORT_WEEKDAY.finditer(words):
        day = int(match["month"]), int(match["day"])
        if not years or not _exists(match) or day == (2, 29):
            continue
        past = issued is not None and day > (issued.month, issued.day)
        able = [*years, issued.year - 1] if issued and past else years
        true = [_WEEK[date(year, *day).weekday()] for year in able]
        if match["weekday"].replace("天", "日") not in true:
            message = f"{years[0]}年的这一天是星期{true[0]}"
            yield Violation(
                para.number,
                match.start(),
                match.end(),
                message,
                hint="请核对日期和星期。",
                level=Level.WARNING,
            )


def _later(para: Para, words: str, issued: date) -> Iterator[Violation]:
    for match in _AS_OF.finditer(words):
        if not _exists(match):
            continue
        year, month = int(match["year"]), int(match["month"])
        last = monthrange(year, month)[1]
        day = int(match["day"] or (last if match["end"] else 1))
        running = match["end"] and (year, month) == (issued.year, issued.month)
        if date(year, month, day) > issued and not running:  # 月底: a day or two before its end
            message = f"截止的日子晚于成文日期{issued.year}年{issued.month}月{issued.day}日"
            yield Violation(
                para.number, match.start(), match.end(), message, hint="请核对截止日和成文日期。"
            )
    for match in _DATE.finditer(words):
        if not match["day"] or not _exists(match):
            continue
        day = int(match["day"])
        clause = re.split(r"[。；]", words[match.end() :])[0]
        if date(int(match["year"]), int(match["month"]), day) > issued and _DONE.search(clause):
            yield Violation(
                para.number,
                match.start(),
                match.end(),
                "说的是已经做了的事，日期却晚于成文日期",
                hint="请核对日期。",
            )


def _stale(manuscript: Manuscript) -> Iterator[Violation]:
    """A text whose title names a year and whose opening or headings name the year before: left over from last year."""
    title = next((para for para in manuscript.paras if para.role == "title"), None)
    named = _TITLED.search(title.text) if title else None
    if title is None or named is None:
        return
    year = int(named["year"])
    if any(
        f"{year}年" in para.text
        for para in manuscript.paras[title.number :]
        if para.role == "heading"
    ):
        return  # last year looked back on, this year planned: both are meant
    opening = next(
        (
            para
            for para in manuscript.paras[title.number :]
            if para.role == "body" and para.text.strip()
        ),
        None,
    )
    for para in manuscript.paras[title.number :]:
        match = (
            _OPENING.match(para.text)
            if para is opening
            else _HEADED.search(para.text)
            if para.role == "heading"
            else None
        )
        if match and int(match["year"]) == year - 1:
            message = f"题目说的是{year}年，这里是{match['year']}年"
            yield Violation(
                para.number,
                match.start("year"),
                match.end("year"),
                message,
                hint="是不是去年的稿子没有改？",
                level=Level.WARNING,
            )


def _anniversaries(para: Para, words: str, issued: date) -> Iterator[Violation]:
    for match in _ANNIVERSARY.finditer(words):
        born = next(year for pattern, year in _BORN if pattern.search(match["what"]))
        years = re.findall(r"(?:19|20)\d{2}(?=年)", words[: match.start()][-30:])
        year = int(years[-1]) if years else None
        if year and abs(year - issued.year) <= 1 and year - born != int(match["years"]):
            message = f"{year}年是{match['what']}{year - born}周年"
            yield Violation(para.number, match.start(), match.end(), message, hint="请核对年份。")


RULES = (Rule("K09", "日期有误", "内容", Level.ERROR, "历法", impossible),)
