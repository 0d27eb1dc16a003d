"""The poured text -> a whole file: where the text ends, 版记 on an even last page, page numbers in 目录, sections."""

from __future__ import annotations

from docx.document import Document as WordFile
from lxml import etree

from gongwen.document import Imprint
from gongwen.oxml import parse, put, qualified
from gongwen.writer.layout import page, page_filling, pagination, picture_scaling
from gongwen.writer.official import imprint, letter
from gongwen.writer.render_state import RenderState
from gongwen.writer.text import contents


def leaves(text: str, state: RenderState) -> bool:
    """True if `finish` will neither read nor change the text.

    No pages are counted, and it ends no section.
    """
    return not (state.drawings or reaches_back(state)) and "<w:sectPr" not in text


def reaches_back(state: RenderState) -> bool:
    """True if what stands on a page depends on how many come after it: 目录 and 版记 do."""
    blocks = state.document.blocks
    return bool(state.entries) or any(isinstance(each, Imprint) for each in blocks)


def finish(file: WordFile, state: RenderState) -> None:
    """Everything that can only be done once it is known on which page the text ends."""
    body = file.element.body
    block = next((each for each in state.document.blocks if isinstance(each, Imprint)), None)
    first = letter.rules(state.profile, state.letter_line_mm) if state.letter_line_mm else ""
    page_filling.fill(body, state.profile, state.ids, state.notes)
    picture_scaling.shrink(body, state.profile, state.ids, state.notes)
    blank_side = False
    if block or state.entries:
        spots = pagination.ends(body, state.profile, state.ids, state.notes)
        if state.entries:
            contents.fill(body, _bookmarked(spots))
        if block:
            blank_side = _stamp(body, state, block, spots[-1][2])
    if not block:
        _end_with_its_section(body)
    page.lay_out(
        file, state.profile, state.ids, first=first, noted=bool(state.notes), bare=blank_side
    )


def _bookmarked(spots: list[tuple[pagination.Unit, int, pagination.End]]) -> dict[str, int]:
    """The page of every bookmark."""
    pages = {}
    for unit, begins, _ in spots:
        for mark in unit.element.iter(qualified("w:bookmarkStart")):
            pages[mark.get(qualified("w:name"), "")] = begins
    return pages


def _stamp(body: etree._Element, state: RenderState, block: Imprint, end: pagination.End) -> bool:
    """版记 at the foot of the page the text ends on if that is even and has room, else of the next even page.

    True if a blank side is left before it.
    """
    room = (
        page.twips(state.profile.page.text_height_mm) - end.used - end.noted - imprint.ANCHOR_TWIPS
    )
    turned = (
        _section_of(body[-1]) is not None
    )  # the text ends on a landscape page; what follows begins a page
    tall = imprint.height(block, state.profile, state.document.form)
    even = end.page % 2 == 0
    fits = tall <= room and not turned
    last = state.document.form == "信函"  # 信函 asks for the last page only, be it odd or even
    if (even or last) and fits:
        _append(body, imprint.imprint(state, block), imprint.anchor(state))
        return False
    # LibreOffice 7.4 leaves a floating table that opens a page on the one before it: an empty
    # paragraph goes first.
    # An evenPage section would find the page by itself, but there LibreOffice hangs the table 5 mm
    # too low
    # (docs/notes/imprint.md).
    blank_side = even and not last
    if blank_side:
        if not turned:
            _close_section(body, page.section(state.profile))
        _append(body, imprint.anchor(state))
    state.new_page = blank_side or not turned
    _append(body, imprint.anchor(state), imprint.imprint(state, block), imprint.anchor(state))
    if blank_side:
        body.append(parse(page.section(state.profile)))
    return blank_side


def _append(body: etree._Element, *parts: str) -> None:
    for xml in parts:
        body.append(parse(xml))


def _section_of(paragraph: etree._Element) -> etree._Element | None:
    """The properties of the section that ends with a paragraph."""
    return paragraph.find(f"{qualified('w:pPr')}/{qualified('w:sectPr')}")


def _end_with_its_section(body: etree._Element) -> None:
    """A section that ends where the file ends is the file's last one, or an empty page would follow it."""
    own = _section_of(body[-1])
    if own is not None:
        body.append(own)


def _close_section(body: etree._Element, section: str) -> None:
    """The properties of the section that ends here, in its last paragraph.

    It takes no room of its own.
    """
    marks = body[-1].find(qualified("w:pPr"))
    assert marks is not None  # every paragraph of ours says its style
    put(marks, parse(section))
