"""Text after a table on turned pages -> before it, as far as the page there has room.

No page is left half empty.

Only whole paragraphs move, up to the next table, picture, chapter or element of the end; not those
that speak of 上表.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from gongwen.oxml import qualified
from gongwen.profile import Profile
from gongwen.writer.layout import pagination
from gongwen.writer.layout.page import is_landscape

_MOVABLE = ("body", "quote", "items", "heading2", "heading3", "heading4")
_LOOKS_BACK = ("上表", "表中")
_SECTION = f"{qualified('w:pPr')}/{qualified('w:sectPr')}"


def fill(
    body: etree._Element, profile: Profile, ids: Mapping[str, str], notes: Sequence[str]
) -> None:
    """Move what fits, table by table; pages are counted anew for each."""
    movable = {ids[role] for role in _MOVABLE}
    for last in [element for element in body if _turned(element)]:
        before = next(
            (each for each in last.itersiblings(preceding=True) if each.find(_SECTION) is not None),
            None,
        )
        if before is None or _turned(before):
            continue
        spots = {
            unit.element: (unit, end) for unit, _, end in pagination.ends(body, profile, ids, notes)
        }
        unit, end = spots[before]
        if end.noted:
            continue  # how much room footnotes take differs from one program to another
        # a line stays free: one line counted wrong would give the last paragraph a page of its own
        taken = _taken(last, unit.room - end.used - profile.grid.line_twips, spots, movable)
        if taken:
            _move(before, taken)


def _turned(element: etree._Element) -> bool:
    section = element.find(_SECTION)
    return section is not None and is_landscape(section)


def _taken(
    last: etree._Element,
    room: float,
    spots: Mapping[etree._Element, tuple[pagination.Unit, pagination.End]],
    movable: set[str],
) -> list[etree._Element]:
    """The paragraphs after the table that fit; a heading never without what it heads."""
    taken: list[pagination.Unit] = []
    for element in last.itersiblings():
        style = element.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
        if (
            style is None
            or style.get(qualified("w:val")) not in movable
            or element.find(_SECTION) is not None
        ):
            break
        unit = spots[element][0]
        room -= unit.before + sum(unit.heights) + unit.after
        words = "".join(each.text or "" for each in element.iter(qualified("w:t")))
        if unit.new_page or unit.notes or room < 0 or any(word in words for word in _LOOKS_BACK):
            break
        taken.append(unit)
    while taken and taken[-1].keep_next:
        taken.pop()
    return [unit.element for unit in taken]


def _move(before: etree._Element, taken: Sequence[etree._Element]) -> None:
    """The paragraphs follow the one that ended the section, and the last of them ends it now."""
    section = before.find(_SECTION)
    assert section is not None
    at = before
    for element in taken:
        at.addnext(element)
        at = element
    marks = at.find(qualified("w:pPr"))
    assert marks is not None
    marks.append(section)
