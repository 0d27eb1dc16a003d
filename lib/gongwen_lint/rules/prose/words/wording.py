"""T01–T07: words confused or said twice, vague times, places left to fill, full names after short ones, 个 of people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongwen.chinese import offices
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.substitution import CUSTOM, Swap, pattern, swap
from gongwen_lint.rules.prose.words.confusable import CONFUSED
from gongwen_lint.rules.prose.words.evidence import Slip
from gongwen_lint.rules.prose.words.homophones import slips
from gongwen_lint.rules.rule import Fix, Rule, Violation

_DICTIONARY = "《现代汉语词典》"
_RIGHT = {wrong: right for wrong, right, _, _ in CONFUSED}
_CONFUSED = "|".join(
    (f"(?<![{before}])" if before else "") + wrong + (f"(?!{after})" if after else "")
    for wrong, _, before, after in CONFUSED
)
_NAMES_PEOPLE = frozenset(
    {"byline", "signature", "masthead", "imprint", "page_header", "page_footer"}
)
_A_NAME = 2
_PEOPLE = (
    f"{offices.pattern('people')}|被告人|村民|老师|书记|骨干|后备力量|劳动力|学员|代表|选手|委员"
)
_WHAT_KIND = "(?:年轻|优秀|脱贫|贫困|普通|困难|农村|青年|老|新|流动|机关|退休|专职|兼职|基层|在职|在校|女|贫困村|村|社区){0,3}"
_A_TIME = r"\d{4}年|\d{1,2}月|目前|今年|去年|本月|上月|上年|上季|本季|上半年|年[底末]|月[底末]|季度?末|现在|当前"
_SOON = re.compile(
    r"(?:(?<![^，。；、：])日前|近日|昨天|昨日|明天|前不久|不久前|上周|本周|下周)(?![常里末报])"
)
_THIS_YEAR = re.compile(r"今年|去年|明年")
_SHORTENED = re.compile(r"([\u4e00-\u9fff]{4,25})（以下简称“([^“”（）\n]{2,12})”）")


def relative_time(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """T03：写明日期，少用“日前”“近日”；用“今年”的，前面要有年份。

    好：2026年以来、2026年5月8日    差：日前；通篇没有年份，却写“今年”
    """
    del against
    year_given = False
    for para, words in manuscript.read_by_prose:
        if para.role in {"title", "date", "subtitle", "document_number"} or "年" in words:
            year_given = year_given or bool(
                re.search(r"(?:19|20)\d{2}年?|[一二][〇零一二三四五六七八九]{3}年", words)
            )
        if para.role != "body":
            continue
        for match in _SOON.finditer(words):
            yield Violation(
                para.number, match.start(), match.end(), "时间说得含糊", hint="请写明日期。"
            )
        if not year_given and (vague := _THIS_YEAR.search(words)):
            year_given = True
            yield Violation(
                para.number, vague.start(), vague.end(), "前面没有写明是哪一年", hint="请写明年份。"
            )


def full_after_short(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """T06：写明简称之后，正文中用简称。

    好：示例县委组织部（以下简称“县委组织部”）……县委组织部    差：示例县委组织部（以下简称“县委组织部”）……示例县委组织部
    """
    del against
    for definition in _SHORTENED.finditer(manuscript.whole):
        short = definition[2]
        full = _full_name(definition[1], short)
        again = manuscript.whole.find(full, definition.end()) if full else -1
        if again >= 0:
            para, start = manuscript.at(again)
            if para.role == "body":
                message = f"前面已写明简称“{short}”，这里又用了全称"
                yield Violation(para.number, start, start + len(full), message, short)


def _full_name(words: str, short: str) -> str:
    """The tail of the words that the short form shortens: it holds every character of it, in order."""
    place = len(words)
    for character in reversed(short):
        place = words.rfind(character, 0, place)
        if place < 0:
            return ""
    full = words[place:]
    return full if len(full) > len(short) and short not in full else ""


def _slips(manuscript: Manuscript) -> Iterator[tuple[Para, str, Slip]]:
    """Every slip with its paragraph and the words of it, where no people are named."""
    for para, words in manuscript.read_by_prose:
        if para.role not in _NAMES_PEOPLE:
            for slip in slips(words, document=manuscript.whole):
                yield para, words, slip


def confused_words(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """T02：易混的字词，音近、形近的错字。

    常见的错字由 --fix=guarded 改正；不成词而音、形近于常用词的，只指出，拿不准的作提示。

    好：部署    差：布署、部暑
    """
    listed = list(_TABLE(manuscript, against))
    yield from listed
    taken = {(each.para, each.start) for each in listed}
    found = list(_slips(manuscript))
    counted = Counter(words[slip.start : slip.end] for _, words, slip in found)
    for para, words, slip in found:
        wrong = words[slip.start : slip.end]
        if (para.number, slip.start) in taken:
            continue
        name = not slip.usual and counted[wrong] >= _A_NAME  # a slip is not made again and again
        level = None if slip.sure and not name else Level.NOTE
        message = f"是不是“{slip.right}”"
        fix: Fix = "G" if slip.usual else "S"
        yield Violation(
            para.number, slip.start, slip.end, message, slip.right, fix=fix, level=level
        )


def _right(match: re.Match[str]) -> str:
    return _RIGHT[match[0]]


_TABLE = Swap("易混的字词", "G", ((pattern(_CONFUSED), _right),), if_any=tuple(_RIGHT))

RULES: tuple[Rule, ...] = (
    swap(
        "T01", "“截止”与“截至”混用",
        (rf"(?<!报名)截止(?:到|至)?(?=[␣]*(?:{_A_TIME}))", "截至"),
        fix="G", basis=_DICTIONARY, message="到某一时间为止，用“截至”", bad="截止2023年底", good="截至2023年底；报名截止日期",
    ),
    Rule("T02", "易混的字词", "文字", Level.WARNING, _DICTIONARY, confused_words, fix="G"),
    Rule("T03", "时间说得含糊", "文字", Level.NOTE, CUSTOM, relative_time),
    swap(
        "T04", "字词重复",
        (r"(?<![目标有众中无鹊])的的(?![确士])", "的"),
        (r"(?![汉]?[或与和及、]|[汉]{1,5}[或与及和])([汉]{3,6})\1(?![汉]?\1)", None),
        (r"(?<=[汉])(?<!不)了了(?![解结断却事无之])", "了"),
        fix="S", basis=CUSTOM, bad="委员会委员会、取得的的成绩", good="委员会、取得的成绩",
    ),
    swap(
        "T05", "还有待填、待撰写的地方",
        (r"[【〔\[](?:待[撰补填核定写]|此处|请填)[^】〕\]\n]{0,60}[】〕\]]|[（(](?:待撰写|待补充?|待填写?|此处填写)[^）)\n]{0,20}[）)]", None),
        fix="S", level=Level.ERROR, basis=CUSTOM, bad="【待补充】", good="由人写好的文字",
    ),
    Rule("T06", "简称之后又用全称", "文字", Level.NOTE, CUSTOM, full_after_short),
    swap(
        "T07", "人用了“个”来数",
        (rf"(?:{_PEOPLE})(?:共有?|达|有)?[␣]?\d+[␣]?(?P<x>个)(?=[，。；、）,;]|$)", "名"),
        (rf"\d[␣]?(?P<x>个)(?={_WHAT_KIND}(?:{_PEOPLE})(?:[，。；、）,;]|$|到|全部|全体|参加|报名|受到|依法|进行|接受|赴))", "名"),
        fix="S", basis=CUSTOM, message="数人用“名”“人”，不用“个”", bad="招聘教师35个", good="招聘教师35名；35个教师示范岗",
    ),
)  # fmt: skip
