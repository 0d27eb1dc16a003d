"""Two wordings of one sentence -> its numbers that were changed, put in or taken out, each where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from gongwen.chinese.numbers.quantity import quantities

_DIGITS = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?")


@dataclass(frozen=True, slots=True)
class Token:
    """A number or a single character at [start:end) of a sentence."""

    start: int
    end: int
    text: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class NumberRevision:
    """A number before and after; None where there was none, or is none any more."""

    before: Token | None
    after: Token | None


def changed_numbers(old: str, new: str) -> tuple[NumberRevision, ...]:
    """What became of each number that is not as it was, in the order of the new sentence.

    A number that only stands elsewhere in the sentence is not among them.
    """
    before, after = tokens(old), tokens(new)
    matcher = SequenceMatcher(
        None, [each.text for each in before], [each.text for each in after], autojunk=False
    )
    found: list[NumberRevision] = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            found += _of_block(before[start:end], after[first:last])
    return tuple(_without_moved(found))


def tokens(text: str) -> list[Token]:
    """The sentence as numbers and characters, blanks left out.

    Numbers in figures and in words alike.
    """
    spans = {match.start(): match.end() for match in _DIGITS.finditer(text)}
    taken = set(chain.from_iterable(range(start, end) for start, end in spans.items()))
    for each in quantities(text):
        if each.spelt and taken.isdisjoint(range(each.start, each.end)):
            spans[each.start] = each.end
            taken.update(range(each.start, each.end))
    found: list[Token] = []
    for place, sign in enumerate(text):
        if place in spans:
            found.append(
                Token(place, spans[place], _plain(text[place : spans[place]]), number=True)
            )
        elif place not in taken and not sign.isspace():
            found.append(Token(place, place + 1, unicodedata.normalize("NFKC", sign)))
    return found


def _plain(number: str) -> str:
    return unicodedata.normalize("NFKC", number).replace(",", "")


def _of_block(before: list[Token], after: list[Token]) -> Iterator[NumberRevision]:
    """The numbers of one stretch that differs: in their order, the surplus ones put in or taken out."""
    old = [each for each in before if each.number]
    new = [each for each in after if each.number]
    matcher = SequenceMatcher(
        None, [each.text for each in old], [each.text for each in new], autojunk=False
    )
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(end - start, last - first)):
            one = old[start + place] if start + place < end else None
            other = new[first + place] if first + place < last else None
            yield NumberRevision(one, other)


def _without_moved(found: list[NumberRevision]) -> Iterator[NumberRevision]:
    """Without the numbers taken out here and put in there."""
    gone = [each.before.text for each in found if each.before and not each.after]
    come = [each.after.text for each in found if each.after and not each.before]
    moved = {text: min(gone.count(text), come.count(text)) for text in {*gone} & {*come}}
    left = {"before": dict(moved), "after": dict(moved)}
    for each in found:
        side, token = ("before", each.before) if each.after is None else ("after", each.after)
        one_sided = each.before is None or each.after is None
        if one_sided and token and left[side].get(token.text, 0):
            left[side][token.text] -= 1
        else:
            yield each
