"""Any file that was read -> paragraphs with their words, roles and places, for rules to read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate, chain
from typing import Literal

from gongwen.chinese.personal_data import personal_numbers
from gongwen.findings import Finding
from gongwen.reader import measure
from gongwen.reader.roles import Role
from gongwen_lint.manuscript import masking

Kind = Literal["docx", "ipynb", "md", "txt"]

__all__ = ["LINE_BREAK", "Kind", "Manuscript", "Para", "Role"]

LINE_BREAK = "\v"  # stands for a line break inside a paragraph, so that a paragraph stays one line


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph.

    `text` is what a reader sees: tracked deletions out, insertions in, a line break as LF.
    """

    number: int  # reading order from 1
    text: str
    role: Role = "body"
    level: int = 0  # of a heading, from 1
    label: str = ""  # the automatic number, expanded (一、); not in `text`
    where: str = ""  # 第12段, 表2第3行第1列, 脚注1
    cell: tuple[int, int, int] | None = None  # table, row, column from 1
    measured: measure.MeasuredParagraph | None = None
    masked: tuple[
        tuple[int, int], ...
    ] = ()  # spans no rule may read: code, link targets, markup, fields
    ignored: frozenset[str] = (
        frozenset()
    )  # rule codes the author asked not to check here; * is all of them
    offset: int = -1  # where `text` starts in the source file (text and Markdown only)
    line: int = 0  # its line in the source file, from 1 (text and Markdown only)


@dataclass(frozen=True)
class Manuscript:
    """A whole document.

    `notes` are remarks on the reading itself (an encoding guessed, a part left out).
    """

    name: str
    kind: Kind
    paras: tuple[Para, ...]
    measured: measure.Measured | None = None
    issued_on: date | None = None  # 成文日期
    source: str = ""  # the file as text (text and Markdown only)
    notes: tuple[Finding, ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The text of each paragraph, same length, with what no rule of prose may read blanked (see `masking`)."""
        return tuple(
            masking.masked(para.text, para.masked).replace("\n", LINE_BREAK) for para in self.paras
        )

    @cached_property
    def meant(self) -> tuple[str, ...]:
        """The same with half-width marks read as full-width ones: what rules of content read."""
        return tuple(masking.widened(words) for words in self.words)

    @cached_property
    def whole(self) -> str:
        """All of `words`, one paragraph a line: a pattern is run once over it, not once a paragraph."""
        return "\n".join(self.words)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each paragraph starts in `whole`."""
        return (0, *accumulate(len(words) + 1 for words in self.words[:-1])) if self.words else ()

    @cached_property
    def personal_digits(self) -> tuple[str, ...]:
        """The digits of every personal number in it.

        No message may repeat them, nor a part of them.
        """
        numbers = chain.from_iterable(personal_numbers(para.text) for para in self.paras)
        return tuple(number.digits for number in numbers)

    def at(self, position: int) -> tuple[Para, int]:
        """The paragraph at a position of `whole`, and the place in it."""
        index = bisect_right(self.starts, position) - 1
        return self.paras[index], position - self.starts[index]

    @property
    def read_by_content(self) -> Iterator[tuple[Para, str]]:
        """Each paragraph with its words as they are meant."""
        return zip(self.paras, self.meant, strict=True)

    @property
    def read_by_prose(self) -> Iterator[tuple[Para, str]]:
        """Each paragraph with its `words`."""
        return zip(self.paras, self.words, strict=True)

    def para(self, number: int) -> Para:
        """A paragraph by its number."""
        return self.paras[number - 1]
