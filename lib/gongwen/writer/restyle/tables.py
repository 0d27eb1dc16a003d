"""Tables and pictures of a strange file -> as wide as the text area at most, heads repeated.

Content untouched.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from lxml import etree

from gongwen.oxml import parse, put, tag
from gongwen.profile import Profile
from gongwen.reader.parts import W
from gongwen.reader.sections import table
from gongwen.writer.layout.page import text_area

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMU_PER_TWIP = 635
_LONG = 12  # rows; a longer table may go on to the next page, where its head is wanted
MANY_COLUMNS = 7  # more of them are set in smaller type
_SLACK = 40  # twips


def fit(element: etree._Element, profile: Profile, *, landscape: bool) -> bool:
    """Bring a table into the text area and repeat its head; true if it had been too wide."""
    measured = table(element, 0)
    if measured.floating or measured.nested:
        return False
    look = element.find(f"{W}tblPr")
    if look is None:
        look = etree.Element(f"{W}tblPr")
        element.insert(0, look)
    room = text_area(profile, landscape=landscape)[0]
    rows = element.findall(f"{W}tr")
    if measured.bordered and measured.columns > 1 and len(rows) > _LONG and not measured.head_rows:
        _repeat(rows[0])
    grid = element.findall(f"{W}tblGrid/{W}gridCol")
    wide = sum(_whole(each.get(f"{W}w")) for each in grid)
    if wide <= room + _SLACK:
        return False
    columns = _shared_out([_whole(each.get(f"{W}w")) for each in grid], room)
    for each, column in zip(grid, columns, strict=True):
        each.set(f"{W}w", str(column))
    for row in rows:
        _set_cells(row, columns)
    put(look, parse(tag("tblW", w=room, type="dxa")))
    put(look, parse(tag("jc", val="center")))
    for old in look.findall(f"{W}tblInd"):
        look.remove(old)
    return True


def _shared_out(columns: list[int], room: int) -> list[int]:
    """Columns as wide as the room together, each by its share."""
    edges = [round(sum(columns[:at]) * room / sum(columns)) for at in range(len(columns) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _set_cells(row: etree._Element, columns: list[int]) -> None:
    """Each cell as wide as the columns it spans."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    at = 0 if before is None else _whole(before.get(f"{W}val"))
    for cell in row.findall(f"{W}tc"):
        look = cell.find(f"{W}tcPr")
        span = None if look is None else look.find(f"{W}gridSpan")
        wide = 1 if span is None else max(1, _whole(span.get(f"{W}val")))
        if look is not None and look.find(f"{W}tcW") is not None:
            put(look, parse(tag("tcW", w=sum(columns[at : at + wide]), type="dxa")))
        at += wide


def _repeat(row: etree._Element) -> None:
    if row.find(f".//{W}vMerge") is not None:
        return  # a head of several rows: which they are, nobody can say
    look = row.find(f"{W}trPr")
    if look is None:
        look = etree.Element(f"{W}trPr")
        after = row.find(f"{W}tblPrEx")
        row.insert(0, look) if after is None else after.addnext(look)
    put(look, parse(tag("tblHeader")))


def shrink(drawings: Iterable[etree._Element], profile: Profile, *, landscape: bool) -> int:
    """Bring pictures in the lines into the text area, proportions kept; how many were too large."""
    room, tall = text_area(profile, landscape=landscape)
    count = 0
    for drawing in drawings:
        for inline in drawing.iter(f"{_WP}inline"):
            extent = inline.find(f"{_WP}extent")
            if extent is None:
                continue
            wide, high = _whole(extent.get("cx")), _whole(extent.get("cy"))
            share = min(
                room * _EMU_PER_TWIP / max(wide, 1), tall * _EMU_PER_TWIP / max(high, 1), 1.0
            )
            if share < 1:
                count += 1
                for size in (extent, *inline.iter(f"{_A}ext")):
                    if size.get("cx"):
                        size.set("cx", str(int(_whole(size.get("cx")) * share)))
                        size.set("cy", str(int(_whole(size.get("cy")) * share)))
    return count


def _whole(text: str | None) -> int:
    try:
        return int(float(text or "0"))
    except ValueError:
        return 0
