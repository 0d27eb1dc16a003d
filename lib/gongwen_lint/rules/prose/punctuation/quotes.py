"""P05–P09, P13: quotation marks, brackets and title marks that are straight, nested or unpaired."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.punctuation.width import is_code
from gongwen_lint.rules.prose.substitution import PUNCTUATION, swap
from gongwen_lint.rules.rule import Rule, Violation

_HANZI = re.compile(r"[\u4e00-\u9fff]")
_CLOSING = {
    "”": "“",
    "’": "‘",
    "）": "（",
    ")": "（",
    "》": "《",
    "〕": "〔",
    "】": "【",
    "〉": "〈",
}
_OPENING = {
    "“": "“",
    "‘": "‘",
    "（": "（",
    "(": "（",
    "《": "《",
    "〔": "〔",
    "【": "【",
    "〈": "〈",
}
_LABEL = re.compile(
    r"(?:^|[。；：，\v])[ \u3000]*(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z]|[①-⑳])$"
)
_LOOK_BACK = 40  # characters in which a label stands with the blanks before it
_APOSTROPHE = re.compile(r"[A-Za-z]$")


@dataclass(slots=True)
class _Pairs:
    """Marks of a paragraph matched by a stack: pairs as (open, close, depth among its kind), and what is left over."""

    pairs: list[tuple[int, int, int]] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)


def paired(words: str) -> _Pairs:
    """Match every bracket, quotation and title mark; ) after a list label and ’ in a Latin word are no brackets."""
    result, stack = _Pairs(), list[tuple[str, int]]()
    open_now: Counter[str] = Counter()  # how many of each kind are on the stack
    for place, mark in enumerate(words):
        if mark in _OPENING:
            stack.append((_OPENING[mark], place))
            open_now[_OPENING[mark]] += 1
        elif mark in _CLOSING and not _no_bracket(words, place):
            kind = _CLOSING[mark]
            if not open_now[kind]:
                result.alone.append(place)
                continue
            while stack[-1][0] != kind:
                other, unclosed = stack.pop()
                open_now[other] -= 1
                result.alone.append(unclosed)
            open_now[kind] -= 1
            result.pairs.append((stack.pop()[1], place, open_now[kind]))
    result.alone.extend(unclosed for _, unclosed in stack)
    return result


def _no_bracket(words: str, place: int) -> bool:
    before = words[max(place - _LOOK_BACK, 0) : place]
    if place > _LOOK_BACK:
        before = f"…{before}"  # the paragraph begins further off
    if words[place] == "’":
        return bool(_APOSTROPHE.search(before)) or bool(re.match(r"’\d\d年?", words[place:]))
    return words[place] in ")）" and bool(_LABEL.search(before))


def straight_quotes(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """P05：引号用弯引号“”，不用直引号。

    成对的由 --fix=guarded 改正；不成对的，或与弯引号混用的，只指出。

    好：落实“三会一课”    差：落实"三会一课"
    """
    del against
    for para, words in manuscript.read_by_prose:
        if '"' not in words or not _HANZI.search(words) or is_code(para.text):
            continue
        places = [
            place
            for place, mark in enumerate(words)
            if mark == '"' and not words[max(place - 1, 0) : place].isdigit()
        ]
        clear = not len(places) % 2 and not set("“”") & set(words)
        if not clear:
            yield from (
                Violation(para.number, place, place + 1, "直引号不成对，或与弯引号混用")
                for place in places[:1]
            )
            continue
        for start, end in zip(places[::2], places[1::2], strict=True):
            around = (
                words[max(0, start - 1) : start] + words[start + 1 : end] + words[end + 1 : end + 2]
            )
            if not _HANZI.search(around):
                continue  # a word of another language among its like
            new = f"“{para.text[start + 1 : end]}”"
            yield Violation(para.number, start, end + 1, "引号用了直引号", new, fix="G")


def nested_quotes(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """P07：引号里面再用引号时，外面用双引号，里面用单引号。

    好：他说：“要把‘三会一课’落到实处。”    差：他说：“要把“三会一课”落到实处。”
    """
    del against
    yield from _nested(manuscript, "“", "‘’", "引号里面的引号应为单引号")


def nested_titles(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """P13：书名号里面再用书名号时，里面用单书名号。

    好：《转发〈关于甲的意见〉的通知》    差：《转发《关于甲的意见》的通知》
    """
    del against
    yield from _nested(manuscript, "《", "〈〉", "书名号里面的书名号应为单书名号")


def _nested(manuscript: Manuscript, opening: str, inner: str, message: str) -> Iterator[Violation]:
    for para, words in manuscript.read_by_prose:
        if words.count(opening) > 1:
            marks = paired(words)
            if not any(words[place] in "“”《》" for place in marks.alone):
                for start, end, depth in marks.pairs:
                    if words[start] == opening and depth == 1:
                        new = f"{inner[0]}{para.text[start + 1 : end]}{inner[1]}"
                        yield Violation(para.number, start, end + 1, message, new, fix="G")


def unpaired(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """P09：引号、括号、书名号应成对出现。

    一段引文分几段写时，每段开头的前引号不算。

    好：《关于甲的通知》（以下简称“通知”）    差：《关于甲的通知（以下简称“通知”）
    """
    del against
    waiting = False  # a quotation of several paragraphs is open
    for para, words in manuscript.read_by_prose:
        if not any(mark in words for mark in "“”‘’（()）《》〔〕【】〈〉"):
            continue
        alone = paired(words).alone
        opens = [place for place in alone if words[place] == "“"]
        if waiting and any(words[place] == "”" for place in alone):
            alone, waiting = [place for place in alone if words[place] != "”"], False
        if opens == [0] or (opens and _goes_on(manuscript, para)):
            alone, waiting = [place for place in alone if words[place] != "“"], True
        for place in alone[:1]:
            yield Violation(para.number, place, place + 1, f"“{words[place]}”没有成对")


def _goes_on(manuscript: Manuscript, para: Para) -> bool:
    """The next paragraph opens with the same quotation mark: one quotation in several paragraphs."""
    after = manuscript.words[para.number : para.number + 1]
    return bool(after) and after[0].lstrip(" \u3000").startswith("“")


RULES: tuple[Rule, ...] = (
    Rule("P05", "直引号", "文字", Level.WARNING, PUNCTUATION, straight_quotes, fix="G"),
    swap(
        "P06", "直单引号",
        (r"(?<![A-Za-z0-9'])'([^'\n]{0,30}[汉][^'\n]{0,30})'(?![A-Za-z0-9'])", r"‘\1’"),
        fix="G", bad="'甲'", good="‘甲’",
    ),
    Rule("P07", "引号套用", "文字", Level.WARNING, PUNCTUATION, nested_quotes, fix="G"),
    swap(
        "P08", "简体横排文字用了直角引号", (r"「([^「」\n]*)」", r"“\1”"), (r"『([^『』「」\n]*)』", r"‘\1’"),
        fix="G", bad="「甲」", good="“甲”",
    ),
    Rule("P09", "标点不成对", "文字", Level.WARNING, PUNCTUATION, unpaired),
    Rule("P13", "书名号套用", "文字", Level.WARNING, PUNCTUATION, nested_titles, fix="G"),
)  # fmt: skip
