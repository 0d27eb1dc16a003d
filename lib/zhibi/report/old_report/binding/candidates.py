"""A number with the words around it -> the figures that it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from gongwen.chinese.numbers.quantity import Quantity
from gongwen_lint.rules.content.sentences import split
from zhibi.data.figures.offers import Offer
from zhibi.report.old_report.binding import speaking
from zhibi.report.old_report.binding.agreement import agrees, signed_as
from zhibi.report.old_report.binding.binder import Binder, Subject, is_of


@dataclass(frozen=True, slots=True)
class Words:
    """The words around a number: of its clause before and behind it, and all of the paragraph before it."""

    lead: str
    tail: str
    before: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the sentence has said so far.

    `last` is the figure right before, `base` the one that 其中 speaks of parts of, `said` the nouns counted,
    `lost`: a number before it could not be bound.
    """

    last: Offer | None = None
    base: Offer | None = None
    within: bool = False
    lost: bool = False
    said: tuple[str, ...] = ()


class Candidates:
    """The figures of a binder that the words about a subject may speak of."""

    def __init__(self, binder: Binder, subject: Subject) -> None:
        self.binder, self.subject = binder, subject
        self.places = speaking.wholes(binder.known.region)

    def of(self, quantity: Quantity, words: Words, context: Context) -> Iterator[Offer]:
        """Every figure that agrees in value, unit and words."""
        owners, barred = self.owners(words.before), self._barred(words, context)
        for offer in self.binder.catalogue.offers:
            if not agrees(quantity, offer):
                continue
            if offer.after:
                part = self.binder.ledger.offers[offer.after]
                free = not barred and self._may_be(part, owners, context)
                if self._follows(offer, part, words, context, owners if free else None):
                    yield offer
            elif not barred and self._may_be(offer, owners, context):
                lead = self._with_owner(words.lead, owners)
                if speaking.speaks_of(lead, words.tail, offer, context.said, self.places):
                    yield offer

    def pairs(
        self, was: Quantity, now: Quantity, words: Words, context: Context
    ) -> Iterator[tuple[Offer, Offer]]:
        """The figures that 由46户升至68户 may speak of: one of the year before and one of now."""
        owners = self.owners(words.before)
        if self._barred(words, context):
            return
        lead = self._with_owner(words.lead, owners)
        for offer in self.binder.catalogue.offers:
            if not offer.since or not agrees(now, offer):
                continue
            before = self.binder.ledger.offers[offer.since]
            if not (agrees(was, before) and self._may_be(offer, owners, context)):
                continue
            if speaking.speaks_of(lead, words.tail, offer, context.said, self.places):
                yield before, offer

    def _follows(
        self,
        offer: Offer,
        part: Offer,
        words: Words,
        context: Context,
        owners: tuple[str, ...] | None,
    ) -> bool:
        """True for a share or a growth of the figure right before it, or of one that its own words name."""
        own = context.last is not None and context.last.name == offer.after
        if offer.grows:
            grows = speaking.growth(words.lead, words.tail)
            if grows is None or not signed_as(grows["verb"], offer):
                return False
            head = words.lead[: grows.start()]
            if speaking.is_neutral(head):
                return own
            lead = self._with_owner(head, owners or ())
            return owners is not None and speaking.speaks_of(
                lead, "", part, context.said, self.places
            )
        if own and speaking.is_share(words.lead, words.tail, offer, self.places):
            return True
        shared = speaking.share_of(words.lead, words.tail, offer.nouns, self.places)
        return (
            owners is not None
            and bool(shared)
            and speaking.speaks_of(shared, "", part, context.said, self.places)
        )

    def _may_be(self, offer: Offer, owners: tuple[str, ...], context: Context) -> bool:
        if owners and not is_of(owners, offer):
            return False
        return not context.within or _part_of(offer, context.base)

    def _barred(self, words: Words, context: Context) -> bool:
        """True where the number may be of something that the workbook does not know."""
        whole = any(place in words.lead for place in self.places)
        if whole:
            return False
        lost = context.lost or (context.within and context.base is None)
        return lost or (not self.owners(words.before) and self._strange(words.before))

    def _with_owner(self, lead: str, owners: tuple[str, ...]) -> str:
        implied = owners[-1] if owners and owners[-1] not in lead else ""
        return lead + implied

    def owners(self, before: str) -> tuple[str, ...]:
        """The organisations that the words so far name since they last spoke of the whole."""
        known = self.binder.known
        reset = max((before.rfind(each) for each in self.places), default=-1)
        found = {name: before.rfind(name) for name in (*known.names, *self.subject.foreign)}
        named = [name for name, at in found.items() if at > reset]
        if not named and reset < 0:
            named = list(self.subject.foreign)
        shorter = {each for each, other in permutations(named, 2) if each in other}
        longest = [name for name in named if name not in shorter]
        return tuple(sorted(longest, key=lambda name: found[name]))

    def _strange(self, before: str) -> bool:
        """True if the words since they last spoke of the whole begin with a body that the workbook does not know."""
        if self.subject.strange and not any(place in before for place in self.places):
            return True
        reset = max(
            (before.rfind(each) + len(each) for each in self.places if each in before), default=0
        )
        begun = (words for _, words in split(before[reset:]))
        nouns = self.binder.nouns
        return reset == 0 and any(
            speaking.names_a_body(words, nouns, speaking.BEGUN) for words in begun
        )


def _part_of(offer: Offer, base: Offer | None) -> bool:
    """True if what is counted can be a part of the base: its kinds are said of it too."""
    return base is None or base.bare or {*base.kinds} <= {*offer.kinds}
