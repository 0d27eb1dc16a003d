"""A paragraph and places in its text -> the same paragraph with runs that begin and end at those places, looks kept."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from gongwen.reader.paragraphs import Spot
from gongwen.reader.parts import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Segment:
    """One run, or formula, and the stretch of the paragraph's text it prints."""

    run: etree._Element
    start: int
    end: int


def cut(spot: Spot, places: Iterable[int]) -> list[Segment]:
    """The runs of a paragraph, none of which prints across one of the places.

    The tree is changed, the page is not.
    """
    wanted = sorted(set(places), reverse=True)
    segments: list[Segment] = []
    end = len(spot.text)
    for piece in reversed(spot.pieces):
        begin, upper = end - len(piece.text), end
        for place in wanted:
            if begin < place < upper:
                segments.append(
                    Segment(_split(piece.element, piece.atoms, place - begin), place, upper)
                )
                upper = place
        segments.append(Segment(piece.element, begin, upper))
        end = begin
    return segments[::-1]


def within(segments: Iterable[Segment], start: int, end: int) -> list[Segment]:
    """The segments that print something between two places, and nothing beyond them."""
    return [each for each in segments if start <= each.start < each.end <= end]


def _split(
    run: etree._Element, atoms: list[tuple[etree._Element, str]], offset: int
) -> etree._Element:
    """A new run after this one, of the same look, with all that it prints from the offset on."""
    made = etree.Element(f"{W}r", {str(key): str(value) for key, value in run.items()})
    look = run.find(f"{W}rPr")
    if look is not None:
        made.append(copy.deepcopy(look))
    at = 0
    for node, text in atoms:
        if at + len(text) > offset:
            first = _torn(node, offset - at) if at < offset else node
            made.extend([first, *node.itersiblings()])
            break
        at += len(text)
    run.addnext(made)
    return made


def _torn(node: etree._Element, offset: int) -> etree._Element:
    """A w:t cut in two; the second half is new."""
    text = node.text or ""
    rest = etree.Element(node.tag)
    put(node, text[:offset])
    put(rest, text[offset:])
    return rest


def put(node: etree._Element, text: str) -> None:
    """Words in a w:t or w:delText, with the white space at their ends kept."""
    node.text = text
    if text != text.strip():
        node.set(_SPACE, "preserve")
