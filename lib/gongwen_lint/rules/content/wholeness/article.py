"""K34: how long the parts of an article are that journals ask for: 题名, 摘要, 关键词."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_ABSTRACT = re.compile(r"\s*[【\[〔]?摘\s*要[】\]〕]?\s*[：:]?\s*(?P<words>\S.{20,})", re.DOTALL)
_KEYWORDS = re.compile(r"\s*[【\[〔]?关\s*键\s*词[】\]〕]?\s*[：:]\s*(?P<words>\S.*)", re.DOTALL)
_PARTED = re.compile(r"[；;，,、\s]+")
# as remembered of GB/T 7713.2-2022; the clauses were not read again, so that a difference is a
# remark only
_LONGEST_TITLE, _SHORTEST, _LONGEST = 25, 150, 300
_FEWEST_WORDS, _MOST_WORDS = 3, 8
_WHOLE_ARTICLE = 1200  # characters; an excerpt has no abstract of full length


def lengths(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K34：论文的题名、摘要、关键词长短合适。

    只查有摘要的成篇文章：题名一般不超过25字，摘要一般150至300字，关键词一般3至8个。数值待核实，只作提示。

    好：摘要写目的、方法、结果、结论，二百来字。    差：摘要只有一句话；关键词列了十二个。
    """
    del against
    if sum(len(para.text) for para in manuscript.paras) < _WHOLE_ARTICLE:
        return
    abstract = next(((p, m) for p in manuscript.paras if (m := _ABSTRACT.match(p.text))), None)
    if abstract is None:
        return
    para, match = abstract
    count = len("".join(match["words"].split()))
    if not _SHORTEST <= count <= _LONGEST:
        message = f"摘要约{count}字，一般{_SHORTEST}至{_LONGEST}字"
        yield Violation(para.number, *match.span("words"), message)
    for para in manuscript.paras:
        words = _KEYWORDS.match(para.text)
        if words and not _FEWEST_WORDS <= (number := _number_of(words["words"])) <= _MOST_WORDS:
            message = f"关键词{number}个，一般{_FEWEST_WORDS}至{_MOST_WORDS}个"
            yield Violation(para.number, *words.span("words"), message)
    titles = [para for para in manuscript.paras if para.role == "title"]
    long = sum(len(para.text.strip()) for para in titles)
    if long > _LONGEST_TITLE:
        message = f"题名{long}字，一般不超过{_LONGEST_TITLE}字"
        yield Violation(titles[0].number, 0, len(titles[0].text), message)


def _number_of(words: str) -> int:
    return sum(bool(word) for word in _PARTED.split(words.strip(" 。；;")))


RULES = (
    Rule("K34", "论文各部分的长短", "内容", Level.NOTE, "GB/T 7713.2-2022（待核实）", lengths),
)
