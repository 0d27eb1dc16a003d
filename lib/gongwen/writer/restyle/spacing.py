"""Paragraphs laid out one by one -> the distances between them.

Closing, imprint, free lines, no empty ones.
"""

from __future__ import annotations

from itertools import chain, pairwise

from lxml import etree

from gongwen.oxml import parse, put, tag
from gongwen.reader.formatting import MeasuredParagraph
from gongwen.reader.parts import W
from gongwen.writer.official import imprint
from gongwen.writer.restyle import paragraphs
from gongwen.writer.restyle.working_copy import WorkingCopy

# GB/T 9704-2012 7.2.5, 7.3.1: two lines free, where these follow one another
_ABOVE = {
    ("masthead", "document_number"): "doc_number", ("document_number", "title"): "title",
    ("masthead", "title"): "title",
}  # fmt: skip
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_TWIPS, _SINGLE, _LEADING = 20, 240, 1.3  # of a point, of single spacing; of the type
MADE_A_TABLE = "版记移到末页下端"
_FREE = {"document_number": 2, "title": 2}
_EMPTY_PARTS = (f"{W}pPr", f"{W}proofErr", f"{W}r")


def closings(file: WorkingCopy) -> None:
    """署名 with its date, and the rules of a 版记 in the text."""
    names: list[tuple[etree._Element, str]] = []
    lines = []
    for spot, measured, role in zip(file.spots, file.measured.paragraphs, file.roles, strict=True):
        text = measured.text.strip()
        if spot.cell is not None or spot.box or not text:
            continue
        if role.role == "signature":
            names.append((spot.element, text))
        elif role.role == "date":
            paragraphs.closing(names, (spot.element, text), file.profile)
            names = []
        elif role.role == "imprint":
            lines.append(spot.element)
        else:
            names = []
    if not _at_foot(lines, file):
        paragraphs.imprint_rules(lines, file.profile)


def imprint_tables(file: WorkingCopy) -> None:
    """A 版记 that is a table already, as the last thing of the file, goes to the foot of its page."""
    cells: dict[int, tuple[etree._Element, list[bool]]] = {}
    for spot, measured, role in zip(file.spots, file.measured.paragraphs, file.roles, strict=True):
        if spot.cell is not None and measured.text.strip():
            table = spot.cell.element
            cells.setdefault(id(table), (table, []))[1].append(role.role == "imprint")
    for table, texts in cells.values():
        look = table.find(f"{W}tblPr")
        if look is None or look.find(f"{W}tblpPr") is not None:
            continue
        if all(texts) and _is_last(table) and _may_float(table):
            put(look, parse(imprint.floating(file.profile)))
            _hang(table, file)


def _at_foot(elements: list[etree._Element], file: WorkingCopy) -> bool:
    """The lines of a 版记 that end the file, in a table at the foot of the page; false if they do not."""
    if not elements or not _is_last(elements[-1]) or not _may_float(elements[0]):
        return False
    if any(one.getnext() is not other for one, other in pairwise(elements)):
        return False
    table = parse(imprint.empty_table(file.profile, len(elements)))
    elements[0].addprevious(table)
    for cell, element in zip(table.iter(f"{W}tc"), elements, strict=True):
        cell.append(element)
    _hang(table, file)
    file.changes[MADE_A_TABLE] += 1
    return True


def _is_last(element: etree._Element) -> bool:
    """True if only empty paragraphs and the section's properties follow."""
    parent = element.getparent()
    if parent is None or parent.tag != f"{W}body":
        return False
    after = [each for each in element.itersiblings() if each.tag != f"{W}sectPr"]
    return all(_is_bare(each) and not "".join(map(str, each.itertext(f"{W}t"))) for each in after)


def _may_float(element: etree._Element) -> bool:
    """True if text comes before it: what floats cannot be the first thing of a page."""
    before = element.getprevious()
    return before is not None and before.find(f".//{W}sectPr") is None


def _hang(table: etree._Element, file: WorkingCopy) -> None:
    """The paragraph one point high on which the table hangs."""
    spacing = tag("spacing", before=0, after=0, line=imprint.ANCHOR_TWIPS, lineRule="exact")
    element = table.getnext()
    if element is None or element.tag != f"{W}p":
        element = etree.Element(f"{W}p")
        table.addnext(element)
    paragraphs.lay_out(element, "gap", file.ids["gap"], {"spacing": parse(spacing)})


def blank_lines(file: WorkingCopy) -> None:
    """The lines that official form keeps free: above 发文字号 and the title below it, above 附件说明."""
    before = ""
    head = {id(spot.element) for spot in file.spots[: _head_of_shapes(file) + 1]}
    for spot, measured, role in zip(file.spots, file.measured.paragraphs, file.roles, strict=True):
        if spot.cell is not None or spot.box or not measured.text.strip():
            continue
        style = _ABOVE.get((before, role.role), "")
        if style and id(spot.element) not in head:
            paragraphs.free_above(spot.element, style, _FREE[role.role], file.profile)
        elif role.role == "attachment_note" and before != role.role:
            paragraphs.free_above(spot.element, "enclosures", 1, file.profile)
        before = role.role


def _head_of_shapes(file: WorkingCopy) -> int:
    """How many paragraphs the title is away from the top, where a header of floating shapes stands above it; else 0."""
    for place, (spot, role) in enumerate(zip(file.spots, file.roles, strict=True)):
        titled = role.role == "title" and spot.cell is None and not spot.box
        if titled and any(_floats(each.element) for each in file.spots[: place + 1]):
            return place
    return 0


def _floats(element: etree._Element) -> bool:
    return next(element.iter(_ANCHOR, f"{W}txbxContent"), None) is not None


def keep_head(file: WorkingCopy) -> None:
    """The empty lines that make room for a header of floating shapes stay as tall as they were."""
    count = _head_of_shapes(file)
    for spot, measured in zip(file.spots[:count], file.measured.paragraphs, strict=False):
        look = spot.element.find(f"{W}pPr")
        if spot.box or spot.cell is not None or measured.text.strip() or look is None:
            continue
        exact = measured.line_rule != "auto"
        tall = measured.line_twips if exact else _tall(measured, file)
        spacing = tag(
            "spacing", before=round(measured.before_twips), after=round(measured.after_twips),
            line=round(tall), lineRule=measured.line_rule if exact else "exact",
        )  # fmt: skip
        put(look, parse(spacing))


def _tall(measured: MeasuredParagraph, file: WorkingCopy) -> float:
    """The height of an empty line: its type with the leading of a common font."""
    size = paragraphs.mark_size(measured, file.profile) * _TWIPS
    return size * _LEADING * measured.line_twips / _SINGLE


def drop_empty(file: WorkingCopy) -> None:
    """Empty lines go: the styles keep their distance.

    One beside a table, that holds anything, or that makes room for a header of shapes, stays.
    """
    head = {id(spot.element) for spot in file.spots[: _head_of_shapes(file)]}
    for spot, measured in zip(file.spots, file.measured.paragraphs, strict=True):
        element = spot.element
        parent = element.getparent()
        if parent is None or parent.tag != f"{W}body" or measured.text.strip() or measured.label:
            continue
        if not _is_bare(element) or id(element) in head:
            continue
        beside = (element.getprevious(), element.getnext())
        if any(each is None or each.tag in (f"{W}tbl", f"{W}sectPr") for each in beside):
            paragraphs.lay_out(element, "gap", file.ids["gap"], {})
            continue
        parent.remove(element)
        file.changes["空行删去"] += 1


def _is_bare(element: etree._Element) -> bool:
    if any(child.tag not in _EMPTY_PARTS for child in element):
        return False
    look = element.find(f"{W}pPr")
    marked = look is not None and any(
        look.find(f"{W}{path}") is not None
        for path in ("sectPr", "pBdr", "framePr", f"rPr/{W}ins", f"rPr/{W}del")
    )
    unprinted = (f"{W}rPr", f"{W}t", f"{W}lastRenderedPageBreak")
    parts = chain.from_iterable(element.findall(f"{W}r"))
    printed = any(part.tag not in unprinted for part in parts)
    return not marked and not printed
