"""An original and an edited draft -> every sentence and row that was changed, put in, taken out or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Literal

from gongwen.chinese.numbers.quantity import Quantity, quantities
from gongwen.facts.value import Fact
from zhibi.report.checking.edits.alignment import Pair, aligned
from zhibi.report.checking.edits.numbers import NumberRevision, Token, changed_numbers, tokens
from zhibi.report.checking.edits.original import Original, PrintedFigure, SourceCell
from zhibi.report.checking.edits.passages import Passage, bare, sentences

Kind = Literal["改", "增", "删", "移"]
_CELL = "\x1f"


@dataclass(frozen=True, slots=True)
class RevisedNumber:
    """A number that is not as it was, and the figure that was printed there."""

    before: str
    after: str
    fact: Fact | None = None
    whole: bool = (
        True  # the number is all that the figure printed, not one part of a date or a name
    )
    quantity: Quantity | None = None  # what is written now


@dataclass(frozen=True, slots=True)
class Revision:
    """One sentence, cell or row that is not as it was made."""

    kind: Kind
    where: str  # in the edited draft; of what was taken out, in the original
    before: str
    after: str
    figures: tuple[RevisedNumber, ...] = ()
    source: SourceCell = field(default_factory=SourceCell)
    passage: tuple[int | None, int | None] = (None, None)


def revisions(
    original: Original, edited: Sequence[Passage], pairs: Sequence[Pair]
) -> tuple[Revision, ...]:
    """Every change in the order of the edited draft.

    Equal words that stand elsewhere are moved, not changed.
    """
    gone = Counter(
        original.passages[old].key for old, new in pairs if old is not None and new is None
    )
    come = Counter(edited[new].key for old, new in pairs if new is not None and old is None)
    found: list[Revision] = []
    for old, new in pairs:
        if old is not None and new is not None:
            found += _within(original, old, edited[new], new)
        elif old is not None:
            key = original.passages[old].key
            if come[key]:
                come[key] -= 1  # told where it stands now
            else:
                found.append(_taken_out(original, old))
        elif new is not None:
            found.append(_put_in(edited[new], new, moved=bool(gone[edited[new].key])))
            gone[edited[new].key] -= bool(gone[edited[new].key])
    return tuple(found)


def paired(old: Sequence[Passage], new: Sequence[Passage]) -> list[Pair]:
    """Paragraphs with paragraphs and rows with rows.

    The tables of both are told apart by their words.
    """
    return aligned([_marked(each) for each in old], [_marked(each) for each in new])


def _marked(passage: Passage) -> str:
    """The words, and for rows a mark, so that a row is not taken for a paragraph of like words."""
    return _CELL + _CELL.join(map(bare, passage.parts)) if passage.table else passage.key


def _within(original: Original, old: int, now: Passage, new: int) -> Iterator[Revision]:
    was = original.passages[old]
    if was.key == now.key and len(was.parts) == len(now.parts):
        return
    source = original.sources.get(old, SourceCell())
    for one, other in _parts(was.parts, now.parts):
        before = was.parts[one] if one is not None else ""
        after = now.parts[other] if other is not None else ""
        if bare(before) == bare(after):
            continue
        printed = original.figures.get((old, one), ()) if one is not None else ()
        where = now.places[other] if other is not None else now.where
        for kind, gone, come, figures in _sentences(before, after, printed):
            yield Revision(kind, where, gone, come, figures, source, (old, new))


def _parts(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    if len(old) == len(new):
        return [(place, place) for place in range(len(old))]
    return aligned([bare(each) for each in old], [bare(each) for each in new])


def _kind(was: str, now: str, *, moved: bool) -> Kind:
    """What was done to a sentence."""
    if was and now:
        return "改"
    if moved:
        return "移"
    return "删" if was else "增"


def _sentences(
    before: str, after: str, printed: Sequence[PrintedFigure]
) -> Iterator[tuple[Kind, str, str, tuple[RevisedNumber, ...]]]:
    old, new = sentences(before), sentences(after)
    alone = len(old) == len(new) == 1 and bare(before) and bare(after)
    pairs = (
        [(0, 0)]
        if alone
        else aligned([bare(text) for _, text in old], [bare(text) for _, text in new])
    )
    gone = Counter(bare(old[one][1]) for one, other in pairs if one is not None and other is None)
    come = Counter(bare(new[other][1]) for one, other in pairs if other is not None and one is None)
    for one, other in pairs:
        start, was = old[one] if one is not None else (0, "")
        now = new[other][1] if other is not None else ""
        key = bare(was or now)
        if bare(was) == bare(now):
            continue
        moved = bool(come[key] and gone[key])
        if moved and was and not now:
            continue  # told where it went to
        kind = _kind(was, now, moved=moved)
        inside = [each for each in printed if start <= each.start < start + len(was)]
        numbers = () if kind == "移" else changed_numbers(was, now)
        yield (
            kind,
            was.strip(),
            now.strip(),
            tuple(_figure(each, was, now, start, inside) for each in numbers),
        )


def _figure(
    change: NumberRevision, was: str, now: str, start: int, printed: Sequence[PrintedFigure]
) -> RevisedNumber:
    fact, whole = _fact_at(change.before, start, printed)
    quantity = _spoken(now, change.after)
    return RevisedNumber(
        _words(was, change.before), _words(now, change.after), fact, whole, quantity
    )


def _fact_at(
    token: Token | None, start: int, printed: Sequence[PrintedFigure]
) -> tuple[Fact | None, bool]:
    if token is None:
        return None, True
    for each in printed:
        if each.start < start + token.end and start + token.start < each.end:
            return each.fact, isinstance(each.fact.value, int | Decimal)
    return None, True


def _spoken(text: str, token: Token | None) -> Quantity | None:
    """The quantity that a number belongs to, with its unit and the word that makes it approximate."""
    if token is None:
        return None
    found = (each for each in quantities(text) if each.start <= token.start < each.end)
    return next(found, None)


def _words(text: str, token: Token | None) -> str:
    """A number as it is told: with its unit where it has one."""
    if token is None:
        return ""
    quantity = _spoken(text, token)
    return quantity.text if quantity else text[token.start : token.end]


def _taken_out(original: Original, old: int) -> Revision:
    passage = original.passages[old]
    figures = []
    for part, text in enumerate(passage.parts):
        printed = original.figures.get((old, part), ())
        for token in tokens(text):
            if token.number:
                fact, whole = _fact_at(token, 0, printed)
                figures.append(RevisedNumber(_words(text, token), "", fact, whole))
    return Revision(
        "删", f"原稿{passage.where}", passage.text, "", tuple(figures),
        original.sources.get(old, SourceCell()), (old, None),
    )  # fmt: skip


def _put_in(passage: Passage, new: int, *, moved: bool) -> Revision:
    if moved:
        return Revision("移", passage.where, passage.text, passage.text, passage=(None, new))
    figures = tuple(chain.from_iterable(map(_new_numbers, passage.parts)))
    return Revision("增", passage.where, "", passage.text, figures, passage=(None, new))


def _new_numbers(text: str) -> Iterator[RevisedNumber]:
    for token in tokens(text):
        if token.number:
            yield RevisedNumber("", _words(text, token), quantity=_spoken(text, token))
