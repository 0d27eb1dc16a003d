"""Section and table properties of a Word file -> sheets of paper with their headers and footers, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Protocol

from lxml import etree

from gongwen.reader.formatting import Margin, MeasuredParagraph, MeasuredTable, Section
from gongwen.reader.paragraphs import Spot, Walk
from gongwen.reader.parts import Package, R, W

_MM_PER_TWIP = 25.4 / 1440
# newer writers give lengths with their unit (ECMA-376 22.9.2.15); in twips
_UNITS = {"pt": 20.0, "mm": 1440 / 25.4, "cm": 14400 / 25.4, "in": 1440.0, "pc": 240.0, "pi": 240.0}
_MEASURE = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)(pt|mm|cm|in|pc|pi)?\Z")


class Reads(Protocol):
    """Whoever turns a paragraph into what Word will apply."""

    def paragraph(self, spot: Spot, section_number: int, story: str) -> MeasuredParagraph:
        """One paragraph."""
        ...


def sections(
    package: Package, reader: Reads, elements: Sequence[etree._Element]
) -> Iterator[Section]:
    """The sections in order.

    A header or footer that a section does not name is that of the section before.
    """
    links = package.links(package.main)
    read: dict[str, tuple[tuple[MeasuredParagraph, ...], bool]] = {}
    current: dict[tuple[str, str], Margin] = {}
    for place, element in enumerate(elements):
        for reference in element.iter(f"{W}headerReference", f"{W}footerReference"):
            kind = "header" if str(reference.tag).endswith("headerReference") else "footer"
            pages = reference.get(f"{W}type", "default")
            link = links.get(reference.get(f"{R}id", ""))
            target = link.target if link else ""
            if target not in read:
                read[target] = _margin(package.xml(target), reader, place)
            current[kind, pages] = Margin(kind, pages, *read[target])
        yield _section(element, tuple(current.values()))


def _margin(
    root: etree._Element | None, reader: Reads, place: int
) -> tuple[tuple[MeasuredParagraph, ...], bool]:
    """The paragraphs of a header or footer, and whether the page number among them stands in a frame or box."""
    if root is None:
        return (), False
    paragraphs, framed = [], False
    for spot in Walk().spots(root):
        paragraphs.append(reader.paragraph(spot, place, "页眉页脚"))
        boxed = spot.box or spot.element.find(f"{W}pPr/{W}framePr") is not None
        framed = framed or (boxed and any("PAGE" in code.split() for code in spot.fields))
    return tuple(paragraphs), framed


def _section(element: etree._Element, margins: tuple[Margin, ...]) -> Section:
    size, edges, grid, columns, numbers = (
        _attributes(element.find(f"{W}{name}"))
        for name in ("pgSz", "pgMar", "docGrid", "cols", "pgNumType")
    )
    kind = element.find(f"{W}type")
    title = element.find(f"{W}titlePg")
    return Section(
        width_mm=_mm(size, "w"),
        height_mm=_mm(size, "h"),
        top_mm=_mm(edges, "top"),
        bottom_mm=_mm(edges, "bottom"),
        left_mm=_mm(edges, "left"),
        right_mm=_mm(edges, "right"),
        footer_mm=_mm(edges, "footer"),
        landscape=size.get("orient") == "landscape",
        header_mm=_mm(edges, "header"),
        gutter_mm=_mm(edges, "gutter"),
        title_page=title is not None and title.get(f"{W}val", "1") not in ("0", "false", "off"),
        grid=grid.get("type", "default") if grid else "",
        line_pitch_twips=number(grid, "linePitch"),
        char_space=number(grid, "charSpace"),
        columns=max(1, int(number(columns, "num", 1))),
        number_format=numbers.get("fmt", "decimal"),
        starts_at=int(number(numbers, "start")) if "start" in numbers else None,
        kind="nextPage" if kind is None else kind.get(f"{W}val", "nextPage"),
        margins=margins,
    )


def table(element: etree._Element, section: int) -> MeasuredTable:
    """A table as it stands, before Word fits it to anything."""
    look = element.find(f"{W}tblPr")
    look = etree.Element("none") if look is None else look
    rows = element.findall(f"{W}tr")
    head = sum(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows)
    grid = element.findall(f"{W}tblGrid/{W}gridCol")
    floats, layout = _attributes(look.find(f"{W}tblpPr")), _attributes(look.find(f"{W}tblLayout"))
    inner = look.find(f"{W}tblCellMar/{W}left")
    return MeasuredTable(
        len(rows),
        len(grid),
        head,
        width_twips=sum(number(_attributes(column), "w") for column in grid),
        indent_twips=number(_attributes(look.find(f"{W}tblInd")), "w"),
        side_twips=number(_attributes(inner), "w", 108),
        align=_attributes(look.find(f"{W}jc")).get("val", "left"),
        floating=bool(floats),
        at_bottom=floats.get("tblpYSpec") == "bottom",
        bordered=_bordered(element, look),
        nested=next(element.iterancestors(f"{W}tbl"), None) is not None,
        autofit=layout.get("type", "autofit") != "fixed",
        section=section,
    )


def _bordered(element: etree._Element, look: etree._Element) -> bool:
    """True if any side of the table or of its cells has a line, or a style may give it one."""
    own = look.find(f"{W}tblBorders")
    lines = [] if own is None else list(own)
    lines += chain.from_iterable(element.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders"))
    drawn = any(line.get(f"{W}val") not in (None, "nil", "none") for line in lines)
    return drawn or (own is None and look.find(f"{W}tblStyle") is not None)


def _attributes(element: etree._Element | None) -> dict[str, str]:
    pairs = () if element is None else element.items()
    return {str(key).rpartition("}")[2]: str(value) for key, value in pairs}


def _mm(attributes: Mapping[str, str], name: str) -> float:
    return number(attributes, name) * _MM_PER_TWIP


def number(attributes: Mapping[str, str], name: str, default: float = 0) -> float:
    """A length of the file in twips, or any plain number; the default for what is none."""
    match = _MEASURE.match(attributes[name].strip()) if name in attributes else None
    return float(match[1]) * _UNITS.get(match[2] or "", 1.0) if match else default
