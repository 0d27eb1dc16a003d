"""Paragraphs laid out one by one -> the distances between them.

Closing, imprint, free lines, no empty ones.
"""

from __future__ import annotations

from lxml import etree

from gongwen.reader.parts import W
from gongwen.writer.restyle import paragraphs
from gongwen.writer.restyle.working_copy import WorkingCopy

# GB/T 9704-2012 7.2.5, 7.3.1: two lines free, where these follow one another
_ABOVE = {
    ("masthead", "document_number"): "doc_number", ("document_number", "title"): "title",
    ("masthead", "title"): "title",
}  # fmt: skip
_FREE = {"document_number": 2, "title": 2}
_EMPTY_PARTS = (f"{W}pPr", f"{W}proofErr", f"{W}r")


def closings(file: WorkingCopy) -> None:
    """署名 with its date, and the rules of a 版记 in the text."""
    names: list[tuple[etree._Element, str]] = []
    imprint = []
    for spot, seen, role in zip(file.spots, file.measured.paragraphs, file.roles, strict=True):
        text = seen.text.strip()
        if spot.cell is not None or spot.box or not text:
            continue
        if role.role == "signature":
            names.append((spot.element, text))
        elif role.role == "date":
            paragraphs.closing(names, (spot.element, text), file.profile)
            names = []
        elif role.role == "imprint":
            imprint.append(spot.element)
        else:
            names = []
    paragraphs.imprint_rules(imprint, file.profile)


def blank_lines(file: WorkingCopy) -> None:
    """The lines that official form keeps free: above 发文字号 and the title below it, above 附件说明."""
    before = ""
    for spot, seen, role in zip(file.spots, file.measured.paragraphs, file.roles, strict=True):
        if spot.cell is not None or spot.box or not seen.text.strip():
            continue
        style = _ABOVE.get((before, role.role), "")
        if style:
            paragraphs.free_above(spot.element, style, _FREE[role.role], file.profile)
        elif role.role == "attachment_note" and before != role.role:
            paragraphs.free_above(spot.element, "enclosures", 1, file.profile)
        before = role.role


def drop_empty(file: WorkingCopy) -> None:
    """Empty lines go: the styles keep their distance.

    One beside a table, or that holds anything, stays.
    """
    for spot, seen in zip(file.spots, file.measured.paragraphs, strict=True):
        element = spot.element
        parent = element.getparent()
        if parent is None or parent.tag != f"{W}body" or seen.text.strip() or seen.label:
            continue
        if not _is_bare(element):
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
    printed = any(
        child.tag not in (f"{W}rPr", f"{W}t", f"{W}lastRenderedPageBreak")
        for run in element.findall(f"{W}r")
        for child in run
    )
    return not marked and not printed
