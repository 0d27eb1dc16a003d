"""A document's paragraphs -> their roles, each with a reason and how certain it is.

Styles in the file are not needed.

Three kinds of evidence, strongest first: place (in a table, before the title, after the last
sentence), form of the words (一、 附件： 抄送： a date alone on its line), look (centred, larger,
another typeface, outline level). A style's name is one sign among them: it is believed where
nothing speaks against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongwen.reader.formatting import CellPosition, Measured, MeasuredParagraph
from gongwen.reader.roles import closing, front, ladder
from gongwen.reader.roles import position as place
from gongwen.reader.roles.features import Certainty, Line, Role, sheet

__all__ = ["Certainty", "Line", "Recognised", "Role", "of_file", "recognise"]

_PASSES = (place.apply, front.apply, closing.apply, ladder.apply)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a paragraph is.

    `level` is that of a heading, or of the heading that begins a paragraph of text.
    """

    role: Role
    level: int
    reason: str  # in the words of a reader of the page
    certainty: Certainty


def recognise(lines: Sequence[Line]) -> tuple[Recognised, ...]:
    """What each paragraph of one document is, in the same order; an empty one is text."""
    made = sheet(lines)
    for settle in _PASSES:
        settle(made)
    return tuple(
        Recognised(sign.role or "body", sign.level, sign.reason, sign.certainty)
        for sign in made.signs
    )


def of_file(measured: Measured) -> tuple[Recognised, ...]:
    """What each paragraph of a Word file is, in the order of `measured.paragraphs`."""
    return recognise(tuple(_Measured(each) for each in measured.paragraphs))


@dataclass(frozen=True, slots=True)
class _Measured:
    """A measured paragraph as the passes want it."""

    measured: MeasuredParagraph
    role: Role = "body"
    level: int = 0

    @property
    def text(self) -> str:
        return self.measured.text

    @property
    def label(self) -> str:
        return self.measured.label

    @property
    def cell(self) -> CellPosition | None:
        return self.measured.cell
