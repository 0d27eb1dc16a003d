"""目录 -> entries with links and page numbers, ready when the file opens.

No field asks to be updated.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from gongwen.document import Contents, Heading, plain
from gongwen.oxml import qualified, tag
from gongwen.writer.layout.page import twips
from gongwen.writer.package.styles import HEADINGS
from gongwen.writer.render_state import RenderState
from gongwen.writer.text.runs import field, runs

_PENDING = "0"  # a page number not yet known; entries keep their length when it is


def contents(state: RenderState, block: Contents, place: int) -> str:
    """The word 目录 and one line a heading; what follows starts on a new page."""
    styles = state.profile.styles
    heading = state.paragraph("contents_title", runs("目　录", styles.contents_title.font))
    made = [heading]
    counters = [0] * len(HEADINGS)
    entries = [at for at in sorted(state.entries) if at > place]
    for order, at in enumerate(entries):
        entry = state.document.blocks[at]
        assert isinstance(entry, Heading)
        text = state.heading_number(entry, counters) + plain(entry.line).rstrip("。")
        begin = _begin(block.deepest) if order == 0 else ""
        end = f"<w:r>{tag('fldChar', fldCharType='end')}</w:r>" if order == len(entries) - 1 else ""
        made.append(_entry(state, text, at, min(entry.level, 2), begin, end))
    state.new_page = True
    return "".join(made)


def _begin(deepest: int) -> str:
    code = f'<w:instrText xml:space="preserve"> TOC \\o "1-{deepest}" \\h \\z </w:instrText>'
    begin, separate = (
        f"<w:r>{tag('fldChar', fldCharType=kind)}</w:r>" for kind in ("begin", "separate")
    )
    return f"{begin}<w:r>{code}</w:r>{separate}"


def _entry(state: RenderState, text: str, at: int, level: int, begin: str, end: str) -> str:
    role = f"contents{level}"
    face = state.profile.styles.of(role).font
    name = state.bookmark(at)
    number = field(f" PAGEREF {name} \\h ", runs(_PENDING, face))
    link = tag(
        "hyperlink", runs(text, face) + "<w:r><w:tab/></w:r>" + number, anchor=name, history=1
    )
    stop = tag("tab", val="right", leader="middleDot", pos=twips(state.profile.page.text_width_mm))
    return state.paragraph(role, begin + link + end, tabs=tag("tabs", stop))


def fill(body: etree._Element, pages: Mapping[str, int]) -> None:
    """Put the page of each bookmark into the entry that mentions it."""
    for code in body.iter(qualified("w:instrText")):
        words = (code.text or "").split()
        if words[:1] != ["PAGEREF"]:
            continue
        run = code.getparent()
        for sibling in run.itersiblings() if run is not None else ():
            shown = sibling.find(qualified("w:t"))
            if shown is not None:
                shown.text = str(pages.get(words[1], 1))
                break
