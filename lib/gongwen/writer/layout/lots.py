"""The body of a Word file whose pages are marked -> lots of pages, each the body of a file of its own.

A browser takes a second for some twenty pages: of a long report it is shown the first lot at once, and each
further one when it is wanted.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import chain, pairwise

from lxml import etree

from gongwen.oxml import qualified

PAGES = 20  # of a lot: an even number, so that each begins with a right-hand page
_MARKS = qualified("w:pPr")
_SECTION = f"{_MARKS}/{qualified('w:sectPr')}"
_LISTED = f"{_MARKS}/{qualified('w:numPr')}"
_TURNING = f"{_MARKS}/{qualified('w:pageBreakBefore')}"

Lot = list[etree._Element]  # noqa: SLF001  # the parts of a body, its section last


def parted(
    body: etree._Element, begun: Sequence[etree._Element | None]
) -> tuple[list[int], list[Lot]]:
    """How many pages each lot has, and its parts; `begun` are what begins the pages from the second on.

    Each is made to begin without a page break, and to end with the properties of its section.
    """
    first = _first_parts(begun)
    lots: list[Lot] = [[]]
    for part in body:
        if part in first:
            lots.append([])
            _begin_without_break(part)
        lots[-1].append(part)
    _end_with_sections(lots)
    pages = [1, *first.values(), len(begun) + 2]
    return [after - page for page, after in pairwise(pages)], lots


def _first_parts(begun: Sequence[etree._Element | None]) -> dict[etree._Element, int]:
    """What begins a lot, and on which page.

    Never a paragraph that goes on, nor one of a list, whose numbers would begin anew.
    """
    chosen, page = {}, 1
    for number, part in enumerate(begun, 2):
        due = number - page >= PAGES and (number - page) % 2 == 0
        if due and part is not None and part.find(_LISTED) is None:
            chosen[part] = page = number
    return chosen


def _begin_without_break(part: etree._Element) -> None:
    """What begins a file begins a page anyway; a browser would show an empty one before it."""
    for turning in part.findall(_TURNING):
        part[0].remove(turning)


def _end_with_sections(lots: Sequence[Lot]) -> None:
    """Each lot ends with the properties of the section it ends in, as a file does."""
    goes_on = False
    for number, lot in enumerate(lots, 1):
        begun_before, own = goes_on, lot[-1].find(_SECTION)
        goes_on = own is None and number < len(lots)
        if goes_on:
            lot.append(copy.deepcopy(_first_section(lots[number:])))
        elif own is not None:
            lot.append(own)
        if begun_before:
            _without_front(_first_section([lot]))


def _first_section(lots: Sequence[Lot]) -> etree._Element:
    parts = chain.from_iterable(lots)
    return next(chain.from_iterable(part.iter(qualified("w:sectPr")) for part in parts))


def _without_front(section: etree._Element) -> None:
    """A section that goes on has no first page of its own."""
    for mark in section.findall(qualified("w:titlePg")):
        section.remove(mark)
