"""A pattern and what to write instead -> a rule: the form of every rule of prose that is a pure substitution.

In patterns 汉 stands for the range of Chinese characters and ␣ for the blanks (both inside brackets); ^ and $ are the
ends of a paragraph. The span to change is the group named x, or the whole match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Kind, Manuscript, Para, Role
from gongwen_lint.manuscript.masking import BLANK
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Fix, Rule, Violation

Instead = str | Callable[[re.Match[str]], str | None] | None  # a function's None: stay silent here

PUNCTUATION = "GB/T 15834-2011"
NUMERALS = "GB/T 15835-2011"
FORMAT = "GB/T 9704-2012"
CUSTOM = "通行做法"


@dataclass(frozen=True, slots=True)
class Swap:
    """What a row looks for and puts in its place, and where it looks."""

    message: str
    fix: Fix
    ways: tuple[tuple[re.Pattern[str], Instead], ...]
    only: frozenset[Role] = frozenset()
    never: frozenset[Role] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    if_any: tuple[
        str, ...
    ] = ()  # no match without one of these: looking for words is far cheaper than for a pattern

    def __call__(self, manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
        """One hit a match that stays inside a paragraph."""
        del against
        if self.kinds and manuscript.kind not in self.kinds:
            return
        if self.if_any and not any(words in manuscript.whole for words in self.if_any):
            return
        for pattern, replacement in self.ways:
            for match in pattern.finditer(manuscript.whole):
                para, start = manuscript.at(match.start(_span(pattern)))
                if self._reads(para) and (hit := self._hit(para, start, match, replacement)):
                    yield hit

    def _reads(self, para: Para) -> bool:
        return para.role not in self.never and (not self.only or para.role in self.only)

    def _hit(
        self, para: Para, start: int, match: re.Match[str], replacement: Instead
    ) -> Violation | None:
        group = _span(match.re)
        end = start + match.end(group) - match.start(group)
        if "\n" in match[group]:
            return None
        if replacement is None:
            return Violation(para.number, start, end, self.message, fix="S")
        new = replacement(match) if callable(replacement) else match.expand(replacement)
        if new is None:
            return None
        words = para.text[start:end]
        new = _restored(new, match[group], words)
        return (
            None
            if new == words
            else Violation(para.number, start, end, self.message, new, fix=self.fix)
        )


def swap(  # noqa: PLR0913  # a row of a table has its columns
    code: str,
    title: str,
    *ways: tuple[str, Instead],
    fix: Fix,
    bad: str,
    good: str,
    message: str = "",
    level: Level = Level.WARNING,
    basis: str = PUNCTUATION,
    only: tuple[Role, ...] = (),
    never: tuple[Role, ...] = (),
    kinds: tuple[Kind, ...] = (),
    if_any: tuple[str, ...] = (),
) -> Rule:
    """A rule that puts one writing in the place of another."""
    compiled = tuple((pattern(words), replacement) for words, replacement in ways)
    check = Swap(
        message or title, fix, compiled, frozenset(only), frozenset(never), frozenset(kinds), if_any
    )
    return Rule(
        code,
        title,
        "文字",
        level,
        basis,
        check,
        page=f"{message or title}。\n\n好：{good}    差：{bad}",
        fix=fix,
    )


def pattern(words: str) -> re.Pattern[str]:
    """A pattern as written in the tables, compiled."""
    return re.compile(
        words.replace("汉", r"\u4e00-\u9fff").replace("␣", " \u3000\u00a0\t"), re.MULTILINE
    )


def _span(compiled: re.Pattern[str]) -> str | int:
    return "x" if "x" in compiled.groupindex else 0


def _restored(new: str, seen: str, words: str) -> str:
    """The replacement with the words that were blanked put back, in order."""
    if BLANK not in new:
        return new
    hidden = iter([character for mask, character in zip(seen, words, strict=True) if mask == BLANK])
    return "".join(next(hidden, "") if character == BLANK else character for character in new)
