"""Manuscript -> the sentences the content rules read, each with its quantities and the words around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from gongwen.chinese.numbers.quantity import Quantity, quantities
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para, Role
from gongwen_lint.manuscript.reading.rows import is_row
from gongwen_lint.rules.rule import Violation

SPOKEN: frozenset[Role] = frozenset(
    {"body", "list_item", "quote", "footnote", "textbox", "remark", "table_note"}
)
HEADED: frozenset[Role] = frozenset({"title", "heading"})

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]?[”’）》]*")
_SET_OFF = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \u00a0](?=\d)|(?<=\d)[ \u00a0](?=[\u4e00-\u9fff%％‰])"
)
_MOST = 200  # quantities
_STOP = "，。；：、（）！？,;:“”()\n"
_AT_STOP = re.compile(f"[{_STOP}]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph; `start` is its place in the paragraph's text, everything else counts from it.

    A blank that sets a figure off (共有 15 个) is not in `text`; `places` are then those of its characters in the paragraph.
    """

    para: Para
    start: int
    text: str
    places: tuple[
        int, ...
    ] = ()  # from `start`, one more than characters; none where nothing was left out

    @property
    def end(self) -> int:
        """Where it ends in the paragraph's text."""
        return self.at(len(self.text))

    def at(self, place: int) -> int:
        """A place of the text in the paragraph."""
        return self.start + (self.places[place] if self.places else place)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities of the sentence, in order; a run of hundreds is no sentence and is left alone."""
        found = quantities(self.text)
        return found if len(found) <= _MOST else ()

    def hit(
        self, start: int, end: int, message: str, hint: str = "", level: Level | None = None
    ) -> Violation:
        """A hit at [start:end) of the sentence."""
        return Violation(
            self.para.number, self.at(start), self.at(end), message, hint=hint, level=level
        )

    def before(self, quantity: Quantity) -> str:
        """The words from the last stop or quantity to this quantity."""
        return self.text[self.clause_start(quantity.start) : quantity.start]

    def clause_start(self, at: int) -> int:
        """Where the words before a place begin: after the last stop or quantity."""
        ends = _ends(self.text)
        place = bisect_right(ends, at)
        return ends[place - 1] if place else 0

    def after(self, quantity: Quantity) -> str:
        """The words from this quantity to the next stop or quantity."""
        match = _AT_STOP.search(self.text, quantity.end)
        ends = [match.start() if match else len(self.text)]
        ends += [each.start for each in self.quantities if each.start >= quantity.end]
        return self.text[quantity.end : min(ends)]


def paragraphs(manuscript: Manuscript) -> Iterator[tuple[Para, str]]:
    """Paragraphs that say something in sentences, with their words as rules may read them."""
    for para, words in manuscript.read_by_content:
        if para.role in SPOKEN and words.strip() and not is_row(words):
            yield para, words


def sentences(manuscript: Manuscript) -> Iterator[Sentence]:
    """Every sentence of those paragraphs."""
    for para, words in paragraphs(manuscript):
        yield from of(para, words)


def of(para: Para, words: str) -> Iterator[Sentence]:
    """The sentences of one paragraph."""
    for start, text in split(words):
        yield made(para, start, text)


def made(para: Para, start: int, text: str) -> Sentence:
    """A stretch of a paragraph as a sentence, figures closed up to their words."""
    if " " not in text and "\u00a0" not in text:
        return Sentence(para, start, text)
    return Sentence(para, start, *_closed(text))


@lru_cache(maxsize=1024)
def _closed(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without the blanks between figures and Chinese, and where each character stood."""
    gone = {match.start() for match in _SET_OFF.finditer(text)}
    if not gone:
        return text, ()
    kept = [place for place in range(len(text)) if place not in gone]
    return "".join(text[place] for place in kept), (*kept, len(text))


@lru_cache(maxsize=8192)
def split(words: str) -> tuple[tuple[int, str], ...]:
    """Where each sentence starts, and its text."""
    return tuple((match.start(), match[0]) for match in _SENTENCE.finditer(words))


@lru_cache(maxsize=8192)
def _ends(text: str) -> tuple[int, ...]:
    """Where something new begins: after every stop and every quantity, in order."""
    return tuple(
        sorted(
            [match.end() for match in _AT_STOP.finditer(text)]
            + [each.end for each in quantities(text)]
        )
    )


def label_of(sentence: Sentence, part: Quantity) -> str:
    """What a part counts: the words before it, or those after where none stand before."""
    words = sentence.before(part).removeprefix("其中").removeprefix("：")
    bins = [
        each
        for each in sentence.quantities
        if each.end <= part.start and (each.ranged or "以" in each.hedge)
    ]
    if bins and len(sentence.text[bins[-1].end : part.start]) < 8:  # noqa: PLR2004  80分至89分的单位61个
        first = bins[-2] if len(bins) > 1 and bins[-1].ranged and bins[-2].ranged else bins[-1]
        words = sentence.text[first.start : part.start]
    return words if words.strip("的有为") else sentence.after(part)


def figure(quantity: Quantity) -> str:
    """A quantity as a message repeats it."""
    return f"“{quantity.text}”"


def shown(value: object, places: int = 1) -> str:
    """A computed number as a message prints it, without trailing zeros."""
    text = f"{float(value):.{places}f}"  # type: ignore[arg-type]  # a Fraction; only printed
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_scale_of(value: Fraction, like: Quantity) -> str:
    """A computed amount in the scale of a number of the text."""
    digits = re.search(r"\d[\d.,]*", like.text)
    if not digits:
        return shown(value)
    scale = like.value / Fraction(digits[0].replace(",", "")) if like.value else Fraction(1)
    return f"{shown(value / scale, 2)}{like.text[digits.end() :]}"
