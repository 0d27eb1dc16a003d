"""Profile -> the pages of a Word file: paper, margins, line grid, page numbers, and the settings they need.

A landscape section keeps the page number where a portrait page has it: in a text box in its footer,
turned so that it reads upright when the paper is held upright (docs/notes/landscape.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document as WordFile
from lxml import etree

from gongwen.oxml import DECLARATIONS, parse, properties, put, qualified, tag
from gongwen.profile import Profile
from gongwen.writer.package.archive import attach_numbered
from gongwen.writer.text import footnotes
from gongwen.writer.text.runs import field, runs

_TWIPS_PER_MM = 1440 / 25.4
_EMU_PER_TWIP = 635
_EDGE = 851  # twips from the edge of the paper to an empty header or footer
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_FIRST_BOX = 950  # ids of the boxes of turned page numbers
_COMPATIBILITY = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
)


def twips(mm: float) -> int:
    """Millimetres as whole twips."""
    return round(mm * _TWIPS_PER_MM)


def text_area(profile: Profile, *, landscape: bool = False) -> tuple[int, int]:
    """Width and height of the text area in twips."""
    page = profile.page
    room = (twips(page.text_width_mm), twips(page.text_height_mm))
    return (room[1], room[0]) if landscape else room


def lay_out(
    file: WordFile,
    profile: Profile,
    ids: Mapping[str, str],
    *,
    first: str = "",
    noted: bool = False,
    bare: bool = False,
) -> None:
    """The profile's page for every section, in place of whatever sections, headers and footers the file had.

    `first` are runs for the header of the first page, which then has no page number (信函). `noted`: there are
    footnotes. `bare`: the last section has no page number, being 版记 behind a blank side (GB/T 9704-2012 7.5).
    """
    body = file.element.body
    stale = [
        key
        for key, rel in file.part.rels.items()
        if rel.reltype.rpartition("/")[2] in ("footer", "header")
    ]
    for key in stale:
        del file.part.rels[key]
    if body.find(qualified("w:sectPr")) is None:
        body.append(parse(section(profile)))
    sections = list(body.iter(qualified("w:sectPr")))
    feet = _Feet(file, profile, ids)
    for number, each in enumerate(sections):
        kind = (
            "bare"
            if bare and each is sections[-1]
            else "landscape"
            if is_landscape(each)
            else "portrait"
        )
        heads = feet.front(first) if first and number == 0 else []
        for place, reference in enumerate([*heads, *feet.of(kind)]):
            each.insert(place, parse(reference))
        if heads:
            put(each, parse(tag("titlePg")))
        if noted:
            put(each, parse(tag("footnotePr", footnotes.numbering())))
    _settle(file, profile)


def _settle(file: WordFile, profile: Profile) -> None:
    settings = file.settings.element
    spacing = "compressPunctuation" if profile.grid.compress_punctuation else "doNotCompress"
    for xml in (
        tag("evenAndOddHeaders"),
        tag("characterSpacingControl", val=spacing),
        _COMPATIBILITY,
        tag("themeFontLang", val="en-US", eastAsia="zh-CN"),
    ):
        put(settings, parse(xml))


def section(profile: Profile, *, landscape: bool = False) -> str:
    """Section properties of the profile's page, upright or turned.

    Then the text begins at its left edge (8).
    """
    page = profile.page
    mm = {name: twips(getattr(page, f"{name}_mm")) for name in ("top", "right", "bottom", "left")}
    size: dict[str, str | int] = {"w": twips(page.width_mm), "h": twips(page.height_mm)}
    # a line of hanzi that fills the text area to the last twip loses its hanging mark in
    # LibreOffice, so there is one twip more (docs/notes/hanging-punctuation.md)
    margins = {**mm, "right": mm["right"] - 1}
    grid, foot = profile.grid.document_grid, twips(profile.page_number.footer_mm)
    if landscape:
        size = {"w": size["h"], "h": size["w"], "orient": "landscape"}
        margins = {
            "top": mm["left"],
            "right": mm["top"],
            "bottom": mm["right"],
            "left": mm["bottom"],
        }
        grid, foot = (
            False,
            _EDGE,
        )  # the footer is empty; as low as an upright one it would push the text up
    return tag(
        "sectPr",
        tag("pgSz", **size)
        + tag("pgMar", **margins, header=_EDGE, footer=foot, gutter=0)
        + (tag("docGrid", type="lines", linePitch=profile.grid.line_twips) if grid else ""),
    )


def is_landscape(section_properties: etree._Element) -> bool:
    """True for a section of turned pages."""
    size = section_properties.find(qualified("w:pgSz"))
    return size is not None and size.get(qualified("w:orient")) == "landscape"


def empty(ids: Mapping[str, str]) -> str:
    """The properties of a paragraph that shows nothing and takes hardly any room."""
    return properties("pPr", {"pStyle": tag("pStyle", val=ids["gap"])})


def foot(profile: Profile, ids: Mapping[str, str], kind: str, side: str, *, even: bool) -> str:
    """The paragraph of a footer: the page number of a portrait or landscape page, or nothing (bare)."""
    match kind:
        case "bare":
            return tag("p", empty(ids))
        case "landscape":
            return tag("p", empty(ids) + _turned(profile, _number(profile, ids, side), even))
        case _:
            return _number(profile, ids, side)


class _Feet:
    """The headers and footers of a file, each made when first asked for and shared by the sections that want it."""

    def __init__(self, file: WordFile, profile: Profile, ids: Mapping[str, str]) -> None:
        self.file, self.profile, self.ids = file, profile, ids
        self.made: dict[str, list[str]] = {}
        self.empty = empty(ids)

    def of(self, kind: str) -> list[str]:
        """References to the footers of odd and even pages."""
        if kind not in self.made:
            sides = (
                ("default", self.profile.page_number.odd),
                ("even", self.profile.page_number.even),
            )
            self.made[kind] = [
                self._reference(
                    "footer", page, foot(self.profile, self.ids, kind, side, even=page == "even")
                )
                for page, side in sides
            ]
        return self.made[kind]

    def front(self, runs_of_header: str) -> list[str]:
        """References to a header of the first page alone, and its empty footer."""
        return [
            self._reference(part, "first", tag("p", self.empty + inner))
            for part, inner in (("header", runs_of_header), ("footer", ""))
        ]

    def _reference(self, part: str, page: str, paragraph: str) -> str:
        root = "hdr" if part == "header" else "ftr"
        xml = f"<w:{root} {DECLARATIONS}>{paragraph}</w:{root}>"
        key = attach_numbered(self.file, part, xml)
        return f'<w:{part}Reference w:type="{page}" r:id="{key}"/>'


def _number(profile: Profile, ids: Mapping[str, str], side: str) -> str:
    """The paragraph — 1 —: the field carries a result, so that nothing need be updated on opening."""
    style = profile.styles.page_number
    indent = round(profile.page_number.indent_chars * style.char_twips)
    marks = {
        "pStyle": tag("pStyle", val=ids["page_number"]),
        "ind": tag("ind", **{side: indent}) if side in ("left", "right") else "",
        "jc": tag("jc", val=side),
    }
    before, after = (
        runs(text, style.font) for text in (profile.page_number.before, profile.page_number.after)
    )
    return tag(
        "p", properties("pPr", marks) + before + field(" PAGE ", runs("1", style.font)) + after
    )


def _turned(profile: Profile, paragraph: str, even: bool) -> str:
    """The page number in a box as long as a portrait page's text is wide, turned to the right."""
    page, style = profile.page, profile.styles.page_number
    wide, tall = style.line_twips * _EMU_PER_TWIP, twips(page.text_width_mm) * _EMU_PER_TWIP
    left, top = (twips(mm) * _EMU_PER_TWIP for mm in (profile.page_number.footer_mm, page.left_mm))
    number = _FIRST_BOX + even
    # wrapSquare: with wrapNone LibreOffice 7.4 puts the box of a single odd page at the corner of
    # the paper
    shape = (
        f'<wps:wsp xmlns:wps="{_SHAPE}"><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" '
        'y="0"/>'
        f'<a:ext cx="{wide}" cy="{tall}"/></a:xfrm><a:prstGeom '
        'prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"<a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{paragraph}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
        'anchor="t"><a:noAutofit/>'
        "</wps:bodyPr></wps:wsp>"
    )
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{number}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{wide}" cy="{tall}"/><wp:effectExtent l="0" t="0" r="0" '
        'b="0"/><wp:wrapSquare wrapText="bothSides"/>'
        f'<wp:docPr id="{number}" name="页码 {number}" descr="页码"/><wp:cNvGraphicFramePr/>'
        "<a:graphic><a:graphicData "
        f'uri="{_SHAPE}">{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>'
    )
