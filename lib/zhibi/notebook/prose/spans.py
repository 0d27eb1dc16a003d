"""Printed values <-> sentinels: what `{{ }}` printed passes through Markdown untouched and comes out as spans.

A sentinel is a run of private-use characters that numbers an entry of the ledger. Markdown sees a
word, so nothing in a value can be taken for markup. Text from outside loses these characters before
it gets here (`gongwen.chinese.text.visible`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from gongwen.chinese.text import RESERVED, clean
from gongwen.document import Block, Inline, Line, Paragraph, Reference, Text, plain
from gongwen.facts.value import Fact

_FIRST = RESERVED[0]
_START, _END = chr(_FIRST), chr(_FIRST + 1)
_ZERO = _FIRST + 0x10
_DIGITS = f"{chr(_ZERO)}-{chr(_ZERO + 9)}"
SENTINEL = re.compile(f"{_START}([{_DIGITS}]+){_END}")
_ASCII = {_ZERO + digit: str(digit) for digit in range(10)}
_PRIVATE = {ord(str(digit)): chr(_ZERO + digit) for digit in range(10)}


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A piece of a printed value: words, and the fact they print if there is one."""

    text: str
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A value as it will be printed; what filters give back.

    `nothing`: nought, an empty list, no value.
    """

    parts: tuple[PrintedPart, ...]
    nothing: bool = False
    decides: bool = False  # 若: alone says whether the passage around it is printed

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)


@runtime_checkable
class Worded(Protocol):
    """A value that has a phrase of its own, such as a number with its share."""

    def in_prose(self) -> Said:
        """The phrase."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a 【】 said, until the sentence it stands in is settled.

    `known` if there was a value at all.
    """

    parts: tuple[PrintedPart, ...]
    nothing: bool
    decides: bool
    known: bool
    expression: str
    line: int


@dataclass(frozen=True)
class Inset:
    """Blocks that a text sets in where their name stands alone in a paragraph.

    Pictures of a case.
    """

    blocks: tuple[Block, ...] = ()


@dataclass
class PrintedValues:
    """What one text printed, in order; hands out sentinels and turns them back."""

    entries: list[PrintedPart | Reference | Spoken] = field(default_factory=list)
    insets: dict[str, Inset] = field(default_factory=dict)

    @staticmethod
    def position(sentinel: re.Match[str]) -> int:
        """The number of the entry a sentinel stands for."""
        return int(sentinel[1].translate(_ASCII))

    def speak(self, spoken: Spoken) -> str:
        """One sentinel for all that a 【】 said."""
        self.entries.append(spoken)
        return f"{_START}{str(len(self.entries) - 1).translate(_PRIVATE)}{_END}"

    @property
    def unsettled(self) -> bool:
        """True while something said waits for its sentence."""
        return any(isinstance(entry, Spoken) for entry in self.entries)

    def inset(self, inset: Inset) -> str:
        """A sentinel for blocks; nothing where there are none."""
        if not inset.blocks:
            return ""
        key = f"{_START}{len(self.insets)}"
        self.insets[key] = inset
        return self.enter(Reference(key))

    def unfolded(self, block: Block) -> tuple[Block, ...]:
        """The blocks that a paragraph stands for, or the block itself."""
        match block:
            case Paragraph(line=(Reference(key=key),)) if key in self.insets:
                return self.insets[key].blocks
        return (block,)

    def keep_only(self, text: str) -> None:
        """Forget what is not in the text any more: it is not printed and needs no origin."""
        printed = {self.position(match) for match in SENTINEL.finditer(text)}
        self.entries = [
            entry if at in printed else PrintedPart("") for at, entry in enumerate(self.entries)
        ]

    def enter(self, *parts: PrintedPart | Reference) -> str:
        """Sentinels that stand for the parts until `cut`."""
        written = ""
        for part in parts:
            written += f"{_START}{str(len(self.entries)).translate(_PRIVATE)}{_END}"
            self.entries.append(
                part if isinstance(part, Reference) else PrintedPart(clean(part.text), part.fact)
            )
        return written

    def cut(self, text: str, look: Text) -> Iterator[Inline]:
        """The text as spans of one look, every sentinel replaced by its entry."""
        position = 0
        for match in SENTINEL.finditer(text):
            if match.start() > position:
                yield looking(look, text[position : match.start()])
            entry = self.entries[self.position(match)]
            if isinstance(entry, Reference):
                yield entry
            elif isinstance(entry, PrintedPart) and entry.text:
                yield looking(look, entry.text, "" if entry.fact is None else entry.fact.id)
            position = match.end()
        if position < len(text):
            yield looking(look, text[position:])

    def words(self, text: str) -> str:
        """The text with every sentinel replaced by its words."""
        return plain(tuple(self.cut(text, Text(""))))

    @property
    def facts(self) -> dict[str, Fact]:
        """Every fact printed, by id."""
        printed = (part.fact for part in self.entries if isinstance(part, PrintedPart))
        return {fact.id: fact for fact in printed if fact is not None}


def looking(look: Text, words: str, fact: str = "") -> Text:
    """Words in the look of a span.

    `dataclasses.replace` takes three times as long, and a report has a thousand.
    """
    return Text(words, look.bold, look.italic, look.superscript, look.subscript, fact, look.struck)


def joined(line: list[Inline]) -> Line:
    """The line with neighbours of one look (and no fact) put together."""
    result: list[Inline] = []
    for inline in line:
        last = result[-1] if result else None
        if (
            isinstance(inline, Text)
            and isinstance(last, Text)
            and not inline.fact
            and not last.fact
            and looking(inline, "") == looking(last, "")
        ):
            result[-1] = looking(last, last.text + inline.text)
        else:
            result.append(inline)
    return tuple(inline for inline in result if not isinstance(inline, Text) or inline.text)
