"""A manuscript -> its passages: a paragraph or a row of a table, each with its place and its parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.sentences import split

_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\ufffc]+")
_OUTSIDE = frozenset({"page_header", "page_footer"})


@dataclass(frozen=True, slots=True)
class Passage:
    """What is compared as one: a paragraph (one part) or a row (a part for each cell).

    `table` is 0 outside tables.
    """

    parts: tuple[str, ...]
    places: tuple[str, ...]
    table: int = 0

    @property
    def where(self) -> str:
        """The place in words: 第12段, 表2第3行."""
        return (
            self.places[0].partition("列")[0].rpartition("第")[0] if self.table else self.places[0]
        )

    @property
    def text(self) -> str:
        """The words; cells are parted by a bar."""
        return " | ".join(self.parts)

    @property
    def key(self) -> str:
        """The words alone: a row that became a line of text keeps its key."""
        return bare("".join(self.parts))


def passages(manuscript: Manuscript) -> tuple[Passage, ...]:
    """Everything that is printed in the text, in reading order.

    Blank paragraphs and blank rows are left out.
    """
    found = tuple(_passages(manuscript))
    return tuple(each for each in found if each.key)


def _passages(manuscript: Manuscript) -> Iterator[Passage]:
    inside = (para for para in manuscript.paras if para.role not in _OUTSIDE)
    for row, paras in groupby(inside, key=_row):
        if row is None:
            yield from (Passage((worded(para),), (para.where,)) for para in paras)
        else:
            yield _of_cells(row[0], list(paras))


def _row(para: Para) -> tuple[int, int] | None:
    return para.cell[:2] if para.cell else None


def _of_cells(table: int, paras: list[Para]) -> Passage:
    cells = [list(each) for _, each in groupby(paras, key=lambda para: para.cell)]
    words = tuple(" ".join(filter(None, map(worded, cell))) for cell in cells)
    return Passage(words, tuple(cell[0].where for cell in cells), table)


def worded(para: Para) -> str:
    """The words of a paragraph on one line, without blanks at its ends."""
    return re.sub(r"\s*[\n\v]\s*", "", para.text).strip()


def bare(text: str) -> str:
    """The words without blanks, full-width letters and digits as half-width ones."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def sentences(part: str) -> list[tuple[int, str]]:
    """Where each sentence of a part begins, and its words; one without a stop is a sentence too."""
    return list(split(part)) or [(0, part)]
