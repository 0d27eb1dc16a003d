"""A line of text as what stands in it: words, mentions, footnotes, formulas; and its words alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Words of one look. `fact` is the id of the fact printed by exactly this span, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    subscript: bool = False
    fact: str = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a captioned table or figure by its key; prints 表2, 图1, 附表3."""

    key: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote called at this place of the text.

    It prints a mark here and its line at the foot of the page.
    """

    line: Line


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of works of the Bibliography by their keys.

    Prints their numbers, raised: [1], [2-4].
    """

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in the words of TeX, without its dollars.

    `facts` are the ids of the facts whose values stand in it.
    """

    tex: str
    facts: tuple[str, ...] = ()


Inline = Text | Reference | Note | Citation | Formula
Line = tuple[Inline, ...]


def plain(line: Line) -> str:
    """The words of a line without their look; a reference prints as its key, a formula as its TeX.

    Notes and citations print nothing.
    """
    if len(line) == 1 and isinstance(line[0], Text):  # most cells of a table
        return line[0].text
    return "".join(map(_words, line))


def _words(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Reference():
            return inline.key
        case Formula():
            return inline.tex
        case Note() | Citation():
            return ""
