"""A Word file and edits of its text -> the same file with them as tracked changes, or applied outright.

An edit touches the runs it covers and nothing else; what is put in looks like what it takes the
place of. What cannot be done without touching more (a formula, the result of a field, words with
somebody's open changes, a footnote mark amid the words) is left alone and told.
"""

from __future__ import annotations

import copy
import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from gongwen.reader.edit.run_split import Segment, cut, put, within
from gongwen.reader.paragraphs import Spot
from gongwen.reader.parts import Package, W, serialized
from gongwen.reader.stories import Story, stories

AUTHOR, INITIALS = "执笔", "执"
DATED = "2000-01-01T00:00:00Z"  # the hour of writing would change the bytes
_PLAIN = frozenset(f"{W}{name}" for name in ("rPr", "t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym",
                                             "lastRenderedPageBreak"))  # fmt: skip
_OPEN = frozenset({f"{W}ins", f"{W}moveTo"})


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` for [start:end) of a paragraph, counted from 1 as everywhere."""

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """The file, and the edits that were left alone."""

    content: bytes
    left: tuple[Edit, ...]


def repair(
    content: bytes, edits: Iterable[Edit], name: str = "文件", *, accepted: bool = False
) -> Repaired:
    """The file with every edit that can be made.

    Edits of one paragraph must not overlap (the later one is left).
    """
    package = Package(content, name)
    by_paragraph: dict[int, list[Edit]] = {}
    for edit in edits:
        by_paragraph.setdefault(edit.paragraph, []).append(edit)
    changed: dict[str, bytes] = {}
    left: list[Edit] = []
    number = 0
    for story in stories(package):
        pen = _Pen(story, accepted=accepted)
        for spot in story.spots:
            number += 1
            left += pen.apply(spot, by_paragraph.pop(number, []))
        if pen.used:
            changed[story.part] = serialized(story.root, package.read(story.part) or b"")
    left += chain.from_iterable(by_paragraph.values())  # of paragraphs there are none of
    return Repaired(package.rewritten(changed) if changed else content, tuple(left))


class _Pen:
    """Writes in one part; counts the ids of its marks on from those that are there."""

    def __init__(self, story: Story, *, accepted: bool) -> None:
        self.accepted, self.used = accepted, False
        self._id = 1 + max(
            (_whole(each.get(f"{W}id", "")) for each in story.root.iter("*")), default=0
        )

    def apply(self, spot: Spot, edits: Sequence[Edit]) -> list[Edit]:
        """Make the edits of one paragraph; those that were left alone."""
        able, left = _able(spot, edits)
        small = list(chain.from_iterable(_parts(spot.text, edit) for edit in able))
        ends = chain.from_iterable((edit.start, edit.end) for edit in small)
        segments = cut(spot, list(ends)) if small else []
        covered = {edit: within(segments, edit.start, edit.end) for edit in small}
        self.used = self.used or bool(small)
        beside = [(edit, *(_beside(segments, edit, covered[edit]))) for edit in small if edit.text]
        # everything is put in before anything is struck out: a run struck out is no place to put
        # words beside.
        # Of two at one place the first is to come first: after a run it is put in last, before a
        # run first.
        for edit, model, after in (
            *(each for each in reversed(beside) if each[2]),
            *(each for each in beside if not each[2]),
        ):
            self._insert(edit.text, model, after=after)
        for segment in chain.from_iterable(covered[edit] for edit in small):
            self._strike(segment.run)
        return left

    def _insert(self, text: str, model: Segment, *, after: bool) -> None:
        made = _run_like(model.run, text)
        mark = made if self.accepted else self._mark("ins", made)
        # in Word's own order what is struck out comes first
        place = model.run.addnext if after else model.run.addprevious
        place(mark)

    def _strike(self, run: etree._Element) -> None:
        parent = run.getparent()
        assert parent is not None
        if self.accepted:
            parent.remove(run)
            return
        for node in run.iter(f"{W}t"):
            node.tag = f"{W}delText"
        mark = self._mark("del")
        run.addprevious(mark)
        mark.append(run)

    def _mark(self, name: str, *children: etree._Element) -> etree._Element:
        mark = etree.Element(
            f"{W}{name}", {f"{W}id": str(self._id), f"{W}author": AUTHOR, f"{W}date": DATED}
        )
        mark.extend(children)
        self._id += 1
        return mark


def _able(spot: Spot, edits: Sequence[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Edits that can be made, in order, and those that must be left.

    Beyond the text, overlapping, or in no plain run.
    """
    able: list[Edit] = []
    left: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        inside = 0 <= edit.start <= edit.end <= len(spot.text) and spot.pieces
        clear = not able or able[-1].end <= edit.start
        good = inside and clear and all(_is_plain(piece) for piece in _touched(spot, edit))
        (able if good else left).append(edit)
    return able, left


def _touched(spot: Spot, edit: Edit) -> Iterator[tuple[etree._Element, bool]]:
    """The runs an edit changes, or those on both sides of a place where it puts something in."""
    low, high = (
        (edit.start, edit.end) if edit.start < edit.end else (edit.start - 1, edit.start + 1)
    )
    at = 0
    for piece in spot.pieces:
        end = at + len(piece.text)
        if at < high and end > low:
            yield piece.element, piece.computed
        at = end


def _is_plain(touched: tuple[etree._Element, bool]) -> bool:
    run, computed = touched
    parent = run.getparent()
    open_change = parent is None or parent.tag in _OPEN
    return (
        not computed
        and not open_change
        and run.tag == f"{W}r"
        and all(child.tag in _PLAIN for child in run)
    )


def _parts(text: str, edit: Edit) -> Iterator[Edit]:
    """The edit as the least changes that come to it, so that every character left keeps its own look."""
    old = text[edit.start : edit.end]
    for kind, low, high, new_low, new_high in difflib.SequenceMatcher(
        None, old, edit.text, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            yield Edit(
                edit.paragraph, edit.start + low, edit.start + high, edit.text[new_low:new_high]
            )


def _beside(segments: list[Segment], edit: Edit, covered: list[Segment]) -> tuple[Segment, bool]:
    """The run whose look new words take, and whether they come after it.

    The first struck out, or the run before.
    """
    before = covered[:1] or [each for each in segments if each.start < each.end <= edit.start][-1:]
    return (before[0], True) if before else (segments[0], False)


def _run_like(run: etree._Element, text: str) -> etree._Element:
    made = etree.Element(f"{W}r")
    look = run.find(f"{W}rPr")
    if look is not None:
        made.append(copy.deepcopy(look))
        for history in made[0].findall(f"{W}rPrChange"):
            made[0].remove(history)  # new words have none
    for at, line in enumerate(text.split("\n")):
        if at:
            etree.SubElement(made, f"{W}br")
        put(etree.SubElement(made, f"{W}t"), line)
    return made


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004
