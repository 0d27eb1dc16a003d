"""A number declared at the end of a paragraph (以下三个方面：) and the labelled paragraphs that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongwen.chinese.numbers.numerals import from_chinese
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.sentences import SPOKEN
from gongwen_lint.rules.rule import Violation

_HAN = "[一二三四五六七八九十]{1,3}"
_DECLARED = re.compile(
    r"(?:从|有|主要|表现[在为]|体现[在为]|做到|抓好|突出|归纳为|概括为|以下|如下|下面)[^。；]{0,12}?(?<![第零百十])(?P<number>[二两三四五六七八九十]{1,2}|\d{1,2})"
    r"(?:个方面|大方面|方面|点|条|个问题|个载体|个环节|个突破)[^。；：]{0,14}[。：:]\s*$"
)
_TO_DO = re.compile(
    r"(?:以下|如下|下面|(?:重点|着力|突出|扎实)(?:抓好|做好|推进|实施))[^。；]{0,6}?(?<![第零百十])(?P<number>[二两三四五六七八九十]{1,2}|\d{1,2})[项类种大][^。；：]{0,14}[。：:]\s*$"
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"({_HAN})[、.．]",
        rf"[（(]({_HAN})[）)]",
        r"(\d{1,2})[.．、](?!\d)",
        r"[（(](\d{1,2})[）)]",
        rf"({_HAN})[是要]",
    )
)
_SPOKEN_FORM = len(_FORMS) - 1  # 一是: paragraphs that stand together


def declared_before(manuscript: Manuscript) -> Iterator[Violation]:
    """Where a paragraph announces N and the labels after it run to another number."""
    for para, words in manuscript.read_by_content:
        match = (_DECLARED.search(words) or _TO_DO.search(words)) if para.role in SPOKEN else None
        if match is None or "、" in match[0]:  # 从意义、问题、对策三个方面: names are K23's
            continue
        declared = (
            int(match["number"])
            if match["number"].isdigit()
            else from_chinese(match["number"].replace("两", "二"))
        )
        count = _run(manuscript.paras[para.number :])
        if count > 1 and count != declared:
            message = f"说的是{declared}项，下面列了{count}项"
            yield Violation(
                para.number, match.start("number"), match.end(), message, hint="请补齐或改正数目。"
            )


def _run(following: Sequence[Para]) -> int:
    """How far the labels of the first paragraph's form run from 1; 0 where they do not begin with 1."""
    first = _label(following[0]) if following else None
    if first is None or first[1] != 1:
        return 0
    form, count = first
    if form == _SPOKEN_FORM and re.search(r"[。；]二[是要]", following[0].text):
        return 0  # the whole list stands in one paragraph
    for para in following[1:]:
        found = _label(para)
        if found is None:
            if form == _SPOKEN_FORM or para.role in {"signature", "date", "attachment_label"}:
                break
            continue
        if found[0] < form or found == (form, 1):
            break
        if found == (form, count + 1):
            count += 1
    return count


def _label(para: Para) -> tuple[int, int] | None:
    """Which form of label a paragraph begins with, and its number."""
    text = f"{para.label}{para.text}".lstrip()
    for form, pattern in enumerate(_FORMS):
        if match := pattern.match(text):
            return form, int(match[1]) if match[1].isdigit() else from_chinese(match[1])
    return None
