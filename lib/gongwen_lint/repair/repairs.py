"""Manuscript + rules -> the edits that repair it, each on the original text, and the text they make.

Rules are asked again after each round until they have nothing left to repair, so that repairing
twice is repairing once; what the rounds did is then told as edits of the original. A repair touches
no character outside the span of a hit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import product

from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Fix, Rule
from gongwen_lint.runner import Diagnostic, examine

SAFE: frozenset[Fix] = frozenset({"A"})
GUARDED: frozenset[Fix] = frozenset({"A", "G"})
_MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Edit:
    """[start:end) of a paragraph's original text becomes `new`; start == end inserts."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What one paragraph needs: edits in order, apart from each other, and the codes of the rules that asked for them."""

    para: int
    edits: tuple[Edit, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character of the text as it now is, and its place in the original; None for one put in."""

    sign: str
    origin: int | None


def _letters(text: str) -> list[_Letter]:
    return [_Letter(sign, at) for at, sign in enumerate(text)]


def repairs(
    manuscript: Manuscript,
    rules: Iterable[Rule],
    against: CheckContext | None = None,
    allowed: frozenset[Fix] = SAFE,
) -> tuple[Repair, ...]:
    """The repairs of every paragraph that needs one."""
    usable, held = tuple(rules), against or CheckContext()
    now = manuscript
    letters = {para.number: _letters(para.text) for para in manuscript.paras}
    codes: dict[int, list[str]] = {}
    for _ in range(_MOST_ROUNDS):
        wanted = [
            found
            for found in examine(now, usable, held)
            if found.replacement is not None and found.fix in allowed
        ]
        if not wanted:
            break
        for number, edits in _by_para(wanted, codes):
            letters[number] = _edited(letters[number], edits)
        now = replace(
            now, paras=tuple(_rewritten(para, letters[para.number]) for para in manuscript.paras)
        )
    changed = (
        (para, _edits(para.text, letters[para.number]))
        for para in manuscript.paras
        if para.number in codes
    )
    return tuple(
        Repair(para.number, edits, tuple(dict.fromkeys(codes[para.number])))
        for para, edits in changed
        if edits
    )


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits made."""
    for edit in reversed(edits):
        text = f"{text[: edit.start]}{edit.new}{text[edit.end :]}"
    return text


def source_repaired(manuscript: Manuscript, made: Iterable[Repair]) -> str:
    """The source of a text or Markdown file with the repairs made.

    Everything else stays, character for character.
    """
    edits: list[Edit] = []
    for repair in made:
        offset = manuscript.para(repair.para).offset
        edits += [Edit(offset + edit.start, offset + edit.end, edit.new) for edit in repair.edits]
    return applied(manuscript.source, sorted(edits, key=lambda edit: (edit.start, edit.end)))


def _by_para(
    wanted: Iterable[Diagnostic], codes: dict[int, list[str]]
) -> Iterator[tuple[int, list[Edit]]]:
    """The edits of one round, those that get in each other's way left for the next."""
    grouped: dict[int, list[Diagnostic]] = {}
    for found in wanted:
        grouped.setdefault(found.para, []).append(found)
    for number, group in grouped.items():
        taken: list[Edit] = []
        for found in sorted(group, key=lambda each: (each.start, each.end, each.code)):
            edits = list(_smallest(found))
            if all(_apart(edit, other) for edit, other in product(edits, taken)):
                taken += edits
                codes.setdefault(number, []).append(found.code)
        yield number, sorted(taken, key=lambda edit: (edit.start, edit.end))


def _smallest(found: Diagnostic) -> Iterator[Edit]:
    """The parts of a replacement that differ from what stands there."""
    assert found.replacement is not None
    matcher = SequenceMatcher(None, found.text, found.replacement, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            yield Edit(found.start + start, found.start + end, found.replacement[new_start:new_end])


def _apart(one: Edit, other: Edit) -> bool:
    """True if the two touch no common character and do not meet at one point."""
    return one.end < other.start or other.end < one.start or (
        (one.end == other.start or other.end == one.start) and one.start < one.end and other.start < other.end
    )  # fmt: skip


def _edited(letters: list[_Letter], edits: Sequence[Edit]) -> list[_Letter]:
    for edit in reversed(edits):
        letters = [
            *letters[: edit.start],
            *(_Letter(sign, None) for sign in edit.new),
            *letters[edit.end :],
        ]
    return letters


def _edits(text: str, letters: list[_Letter]) -> tuple[Edit, ...]:
    """What changed between the original and the letters, as edits of the original."""
    edits, at, new = list[Edit](), 0, ""
    for letter in (*letters, _Letter("", len(text))):
        if letter.origin is None:
            new += letter.sign
        else:
            if new or letter.origin > at:
                edits.append(Edit(at, letter.origin, new))
            at, new = letter.origin + 1, ""
    return tuple(edits)


def _rewritten(para: Para, letters: list[_Letter]) -> Para:
    """The paragraph with its words as they now are; what was hidden from the rules stays hidden."""
    text = "".join(letter.sign for letter in letters)
    if text == para.text:
        return para
    places = {letter.origin: at for at, letter in enumerate(letters) if letter.origin is not None}
    masked = []
    for start, end in para.masked:
        hidden = [places[at] for at in range(start, end) if at in places]
        if hidden:
            masked.append((min(hidden), max(hidden) + 1))
    return replace(para, text=text, masked=tuple(masked))
