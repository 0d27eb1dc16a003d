"""A catalogue of figures and what the workbook knows -> what was bound so far, and what stays open.

A number is bound only if value, unit and words agree and no second figure does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from gongwen.chinese.numbers.quantity import Quantity, quantities
from gongwen.errors import ReportError
from gongwen.facts.value import Fact
from gongwen_lint.reference_data import ReferenceData
from zhibi.data.figures.offers import Catalogue, Offer
from zhibi.notebook.authoring.prose import prose
from zhibi.report.checking.edits.passages import bare
from zhibi.report.old_report.binding import speaking
from zhibi.report.old_report.binding.agreement import agrees
from zhibi.report.old_report.binding.naming import FigureNames

_TABLE = re.compile(r"【表：(表\d+)】")
_PLACE = re.compile(r"〔待核：原文“([^”]*)”〕")


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that became a figure."""

    where: str
    words: str
    label: str


@dataclass(frozen=True, slots=True)
class Open:
    """A number that stays to be checked: why, and the figures that it might be."""

    where: str
    words: str
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paragraph is about. `foreign`: names of organisations that its numbers may be of.

    `shut`: why none is bound.
    """

    foreign: tuple[str, ...] = ()
    shut: str = ""
    strange: bool = False  # it is about a body that the workbook does not know


@dataclass
class Binder:
    """A catalogue and what the workbook knows, and what was bound so far."""

    catalogue: Catalogue
    known: ReferenceData
    ledger: FigureNames
    facts: dict[str, Fact]
    shut: str = ""
    bound: list[Bound] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)

    @cached_property
    def nouns(self) -> frozenset[str]:
        """What the figures of the catalogue count."""
        return frozenset(chain.from_iterable(offer.nouns for offer in self.catalogue.offers))

    @cached_property
    def numerals(self) -> tuple[str, ...]:
        """The words of figures that have a numeral in them: 三单事项."""
        words: set[str] = set()
        for offer in self.catalogue.offers:
            words.update(offer.nouns, *offer.kinds)
        return tuple(word for word in words if quantities(word))

    def matching(
        self, quantity: Quantity, label: str, heading: str, said: Sequence[str]
    ) -> tuple[Offer, ...]:
        """The figures that a cell of a table may be, by the label of its row and the head of its column."""
        names = [name for name in self.known.names if name in label]
        found = [
            offer
            for offer in self.catalogue.offers
            if not offer.after
            and agrees(quantity, offer)
            and (not names or is_of(names, offer))
            and speaking.speaks_of(f"{label}{heading}", "", offer, said)
        ]
        return distinct(found)

    def prints(self, words: str, text: str) -> bool:
        """True if the cell prints the very words of the old report, places to be checked aside."""
        try:
            shown = prose(words, {**self.facts, **self.ledger.values}).text
        except ReportError:
            return False
        return bare(_PLACE.sub(r"\1", shown)) == bare(_TABLE.sub(r"\1", text))


def place(words: str) -> str:
    """A number that has to be checked, as it stands in a draft."""
    return f"〔待核：原文“{words.replace('“', '').replace('”', '')}”〕"


def distinct(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """The offers without those that are the same figure from the same cells."""
    found: dict[object, Offer] = {}
    for offer in offers:
        found.setdefault((str(offer.fact.value), offer.fact.cells(), offer.after), offer)
    return tuple(found.values())


def is_of(owners: Iterable[str], offer: Offer) -> bool:
    """True if an offer is of the organisation named last."""
    *_, last = ("", *owners)
    return last != "" and any(last in kind for kind in (*offer.kinds, offer.aside))
