"""S08–S10: the ladder of sequence labels, 一、 （一） 1. （1）: no rung skipped, no number missing, no only child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongwen.chinese.numbers.numerals import chinese, from_chinese, ordinal
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para, Role
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.substitution import FORMAT
from gongwen_lint.rules.rule import Rule, Violation

_ONES = frozenset("一二三四五六七八九十")
_HANZI = "[一二三四五六七八九十]{1,3}"
_FORMS = tuple(
    re.compile(words)
    for words in (
        rf"({_HANZI})[、.．]",
        rf"[（(]({_HANZI})[)）]",
        r"(\d{1,2})[.．、](?!\d)",
        r"[（(](\d{1,2})[)）]",
    )
)
_ARABIC = 3  # the level of 1.
_LABEL_AND_COUNT = re.compile(
    r"(\d{1,2})[.．](?=\d{1,4}(?:[年个部项名家件条座所场次位只台套支]|[+＋]\d))"
)
_SPOKEN_LABEL = re.compile(
    r"(?:^|(?<=[。；，：:！？\n]))[ \u3000]*([一二三四五六七八九十]{1,2})(?:是(?![否非])|要(?!不|么))"
    r"(?![次样些]|种(?![植业子质养])|项(?!目)|点(?![位多])|方(?![法式案面向便])|个(?!别|人|体))"
)
_LABELS = (  # by what follows the number: 一是, 第一, 其一, ①
    (_SPOKEN_LABEL, "{}是"),
    (
        re.compile(r"(?:^|(?<=[。；：:！？\n]))[ \u3000]*第([一二三四五六七八九十])(?=[，、,：])"),
        "第{}",
    ),
    (
        re.compile(
            r"(?:^|(?<=[。；：:！？\n]))[ \u3000]*其([一二三四五六七八九十])(?=[，、,：是])"
        ),
        "其{}",
    ),
    (re.compile(r"(?:^|(?<=[。；：:，\n]))[ \u3000]*([①-⑳])(?![①-⑳，。；、）])"), "{}"),
)
_LADDER: frozenset[Role] = frozenset({"heading", "body", "list_item"})
_FROM_START: frozenset[Role] = frozenset({"attachment_label", "attachment_title", "title"})


@dataclass(frozen=True, slots=True)
class Rung:
    """A paragraph that begins with a label: its level from 1, its number, where the label ends."""

    para: Para
    level: int
    number: int
    end: int
    part: int  # 0 the text, then each attachment


def rungs(manuscript: Manuscript) -> list[Rung]:
    """Every labelled paragraph in order; tables, notes and contents have no part in it."""
    found, part = list[Rung](), 0
    for para, words in manuscript.read_by_prose:
        part += para.role in _FROM_START
        if para.role not in _LADDER:
            continue
        for level, form in enumerate(_FORMS, 1):
            text = para.label or words
            match = form.match(text) or (_counted(text, found, part) if level == _ARABIC else None)
            if match:
                found.append(
                    Rung(para, level, _value(match[1]), 0 if para.label else match.end(), part)
                )
                break
    return found


def _counted(text: str, found: list[Rung], part: int) -> re.Match[str] | None:
    """2.3部文艺精品 after 1.: the label 2. and a count, where 2 is what the ladder wants next."""
    match = _LABEL_AND_COUNT.match(text)
    last = next(
        (rung for rung in reversed(found) if rung.level == _ARABIC and rung.part == part), None
    )
    return match if match and last and last.number + 1 == int(match[1]) else None


def level_skipped(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """S08：结构层次序数依次为“一、”“（一）”“1.”“（1）”，不越级。

    只看标题；只有两级时，“一、”下面直接用“1.”也常见，不算。

    好：一、……（一）……    差：一、……（1）……
    """
    del against
    known = [
        rung
        for rung in rungs(manuscript)
        if rung.para.role == "heading" and "。" not in rung.para.text
    ]
    used = {rung.level for rung in known}
    for before, rung in pairwise(known):
        between = set(range(before.level + 1, rung.level))
        two_levels = len(between) == 1 and not between & used
        if between and not two_levels and rung.number == 1:
            message = f"“{ordinal(before.number, before.level)}”下面应为“{ordinal(1, before.level + 1)}”，不应越级"
            yield Violation(rung.para.number, 0, rung.end, message)


def number_missing(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """S09：同一层次的序号连续，不跳号、不重号。

    好：一、二、三、    差：一、三、四、
    """
    del against
    last: dict[int, Rung] = {}
    for rung in rungs(manuscript):
        before = last.get(rung.level)
        last = {level: kept for level, kept in last.items() if level < rung.level}
        last[rung.level] = rung
        if before is None or before.part != rung.part or rung.number == before.number + 1:
            continue
        if rung.number != 1 or _same_list(before, rung):
            expected = ordinal(before.number + 1, rung.level)
            message = f"上一个是“{ordinal(before.number, rung.level)}”，这里应为“{expected}”"
            yield Violation(rung.para.number, 0, rung.end, message)
    yield from _spoken(manuscript)


def _spoken(manuscript: Manuscript) -> Iterator[Violation]:
    """一是、二是、四是, 第一、第二、第四: inside a paragraph, and from one paragraph to the next."""
    for pattern, form in _LABELS:
        last = 0  # of the list that is being told; 0 where none is
        for para, words in manuscript.read_by_content:
            found = [match for match in pattern.finditer(words) if _spoken_value(match[1])]
            if para.role not in _LADDER or (not found and para.role == "heading"):
                last = 0
                continue
            for match in found:
                number = _spoken_value(match[1])
                if last and number > last + 1:
                    was, due = (form.format(_spelt(each, match[1])) for each in (last, last + 1))
                    message = f"上一个是“{was}”，这里应为“{due}”"
                    yield Violation(para.number, match.start(1), match.end(), message)
                last = number if number == 1 or last else 0


def _spoken_value(label: str) -> int:
    """1 of 一 and of ①; 0 of what is no number of one sign."""
    if "①" <= label <= "⑳":
        return ord(label) - ord("①") + 1
    return _value(label) if label in _ONES else 0


def _spelt(number: int, like: str) -> str:
    return chr(ord("①") + number - 1) if "①" <= like <= "⑳" else chinese(number)


def only_child(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """S10：一个层次下面至少有两项，只有一项的不必编号。

    只看标题。

    好：（一）……（二）……    差：只有（一），没有（二）
    """
    del against
    headings = [rung for rung in rungs(manuscript) if rung.para.role == "heading"]
    for place, rung in enumerate(headings):
        if rung.number != 1:
            continue
        later = (
            after
            for after in headings[place + 1 :]
            if after.level <= rung.level or after.part != rung.part
        )
        following = next(later, None)
        if following is None or following.level < rung.level or following.part != rung.part:
            yield Violation(rung.para.number, 0, rung.end, "这一层次只有一项")


def _same_list(before: Rung, rung: Rung) -> bool:
    """Two 一、 in a row with nothing lower level between, both headings: a number repeated, not a new list."""
    return (
        before.level == 1
        and before.number == 1 == rung.number
        and before.para.role == rung.para.role == "heading"
    )


def _value(label: str) -> int:
    return int(label) if label.isdigit() else from_chinese(label)


RULES: tuple[Rule, ...] = (
    Rule("S08", "序号越级", "文字", Level.WARNING, f"{FORMAT} 7.3.3", level_skipped),
    Rule("S09", "序号不连续", "文字", Level.WARNING, f"{FORMAT} 7.3.3", number_missing),
    Rule("S10", "一个层次只有一项", "文字", Level.NOTE, f"{FORMAT} 7.3.3", only_child),
)
