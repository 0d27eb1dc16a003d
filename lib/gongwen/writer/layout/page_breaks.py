"""The body of a Word file -> the same with the end of every page marked, for programs that lay out no pages themselves.

A browser obeys `w:lastRenderedPageBreak` amid a paragraph and `w:pageBreakBefore` before one. Of a
table it knows only that it is there: a table that goes on on the next page becomes two, the second
with the head rows again.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from lxml import etree

from gongwen.oxml import flag, parse, properties, put, qualified, tag
from gongwen.profile import Profile
from gongwen.writer.layout import pagination

_CONTINUED = 400_000_000  # ids of the names of the places where a paragraph goes on on a new page
_PARTS = {qualified("w:t"), qualified("w:br"), qualified("w:tab")}
_SECTION = f"{qualified('w:pPr')}/{qualified('w:sectPr')}"
_TURNING = qualified("w:pageBreakBefore")
_ROW = qualified("w:tr")
_HEAD = f"{qualified('w:trPr')}/{qualified('w:tblHeader')}"


def mark(
    body: etree._Element, profile: Profile, ids: Mapping[str, str], notes: Sequence[str]
) -> list[etree._Element | None]:
    """Mark every page's end; only where a section begins a page by itself nothing is needed.

    The part of the body that begins each page after the first: None where a paragraph goes on.

    From the last page to the first: a long table gives away its last rows, and each row is moved once.
    """
    begun: list[etree._Element | None] = []
    for unit, before, lines in reversed(pagination.turns(body, profile, ids, notes)):
        for number, line in enumerate(lines):
            if line < len(unit.starts):
                _break_at(unit.element, unit.starts[line], number)
                begun.append(None)
        if before:
            element = unit.element
            begun.append(_part_of(element) if unit.new_section else _break_before(element))
    begun.reverse()
    return begun


def _part_of(element: etree._Element) -> etree._Element:
    """A paragraph itself, of a row its table."""
    table = element.getparent()
    return table if element.tag == _ROW and table is not None else element


def _break_before(element: etree._Element) -> etree._Element:
    """Have a page begin there; the part of the body that begins it."""
    if element.tag == _ROW:
        table = element.getparent()
        assert table is not None
        if not _is_first_row(element):
            return _split(table, element)
        turning = _turning_paragraph()
        table.addprevious(turning)
        return turning
    marks = element.find(qualified("w:pPr"))
    if marks is not None and marks.find(_TURNING) is None:
        put(marks, parse(flag("pageBreakBefore")))
    return element


def _is_first_row(row: etree._Element) -> bool:
    return not any(each.tag == row.tag for each in row.itersiblings(preceding=True))


def _split(table: etree._Element, row: etree._Element) -> etree._Element:
    """The rows from this one on as a table of their own on the next page, under the head rows."""
    before = takewhile(lambda each: each is not row and not _is_body_row(each), table)
    second = parse("<w:tbl/>")
    second.extend([copy.deepcopy(each) for each in before])
    second.extend([row, *row.itersiblings(_ROW)])
    turning = _turning_paragraph()
    table.addnext(turning)
    turning.addnext(second)
    return turning


def _is_body_row(part: etree._Element) -> bool:
    """Whether a part of a table is a row that is not printed again on each page."""
    return part.tag == _ROW and part.find(_HEAD) is None


def _turning_paragraph() -> etree._Element:
    """A paragraph of no height that begins a page."""
    spacing = tag("spacing", before=0, after=0, line=1, lineRule="exact")
    marks = {"pageBreakBefore": flag("pageBreakBefore"), "spacing": spacing}
    return parse(f"<w:p>{properties('pPr', marks)}</w:p>")


def _break_at(paragraph: etree._Element, offset: int, number: int) -> None:
    """A page ends before this character of a paragraph; a figure that is a link stays whole."""
    name = _CONTINUED + number
    again = tag("bookmarkStart", id=name, name=f"continued-{number}") + tag("bookmarkEnd", id=name)
    for run, start, length in _runs(paragraph):
        if start <= offset < start + length:
            parent = run.getparent()
            amid_link = parent is not None and parent.tag == qualified("w:hyperlink")
            target = parent if amid_link and parent is not None else _cut(run, offset - start)
            target.addprevious(parse("<w:r><w:lastRenderedPageBreak/></w:r>"))
            for element in parse(f"<w:p>{again}</w:p>"):
                target.addprevious(element)
            return


def _runs(paragraph: etree._Element) -> Iterator[tuple[etree._Element, int, int]]:
    """Every run with the place of its first character and how many it has."""
    at = 0
    for run in list(paragraph.iter(qualified("w:r"))):
        length = sum(_length(part) for part in run)
        yield run, at, length
        at += length


def _length(part: etree._Element) -> int:
    if part.tag not in _PARTS:
        return 0
    return len(part.text or "") if part.tag == qualified("w:t") else 1


def _cut(run: etree._Element, offset: int) -> etree._Element:
    """The run that begins with this character of a run; cut off from it if need be."""
    if offset == 0:
        return run
    rest = copy.deepcopy(run)
    left = offset
    for part, other in zip(list(run), list(rest), strict=True):
        length = _length(part)
        if part.tag not in _PARTS:
            continue
        if left >= length:
            rest.remove(other)
        elif left > 0:
            text = part.text or ""
            part.text, other.text = text[:left], text[left:]
        else:
            run.remove(part)
        left -= length
    run.addnext(rest)
    return rest
