"""Blocks of a document -> paragraphs and tables, each kind by its own function."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from gongwen.chinese.dates import date_text
from gongwen.document import (
    Addressee,
    Attachment,
    Attendance,
    Bibliography,
    Block,
    Byline,
    Contents,
    Enclosures,
    Equation,
    Figure,
    Heading,
    Imprint,
    Items,
    Masthead,
    PageBreak,
    Paragraph,
    Remark,
    Signature,
    Table,
    Text,
    Title,
    Todo,
    Verbatim,
    lines_of,
    plain,
)
from gongwen.oxml import flag, tag
from gongwen.writer.layout import page
from gongwen.writer.layout.text_metrics import width
from gongwen.writer.official import closing
from gongwen.writer.official.letter import letterhead
from gongwen.writer.official.masthead import masthead
from gongwen.writer.package import styles
from gongwen.writer.render_state import RenderState
from gongwen.writer.tables.figures import figure
from gongwen.writer.tables.tables import closing_section, table
from gongwen.writer.text import citations, contents, equations, lists
from gongwen.writer.text.runs import runs

_CHARACTERS = 28  # of a line
_FIRST_NAME = 300_000_000  # ids of the names that blocks have on screen
# a word that fills a line by itself (a web address): justified, the line before it would be pulled
# apart
_LONG_WORD = re.compile(r"[!-~]{28,}")


def text(state: RenderState) -> str:
    """The body of the document.

    An empty document has one empty paragraph, for a file must have one.
    """
    made = []
    blocks = state.document.blocks
    place = 0
    while place < len(blocks):
        block, after = blocks[place], blocks[place + 1] if place + 1 < len(blocks) else None
        if state.wanted <= 0 and _stands_below(block):
            break
        if _runs_in(block, after):
            made.append(_named(state, _run_in(state, block, after, place), place))
            place += 2
            continue
        # 署名 must not stand on a page without text (GB/T 9704-2012 7.3.5.5): it takes the last
        # paragraph along
        state.keep_with_next = isinstance(after, Enclosures | Signature | Remark)
        words = _KINDS[type(block)](state, block, place)
        if state.turned:
            _end_upright_section(state, made)
        made.append(_named(state, words, place))
        if not isinstance(block, Table):  # of a table each row was counted
            state.wanted -= sum(1 + len(plain(line)) // _CHARACTERS for _, line in lines_of(block))
        place += 1
    return "".join(made) or state.paragraph("body", "")


def _stands_below(block: Block) -> bool:
    """Whether a block never moves above a table on turned pages, as other text may."""
    return isinstance(block, Table | Figure) or (isinstance(block, Heading) and block.level <= 1)


def _named(state: RenderState, words: str, place: int) -> str:
    """The block with its place as the name of its first paragraph, for a page on screen to go to."""
    if not state.on_screen:
        return words
    number = _FIRST_NAME + place
    name = tag("bookmarkStart", id=number, name=f"b-{place}") + tag("bookmarkEnd", id=number)
    return words.replace("</w:pPr>", f"</w:pPr>{name}", 1)


def _end_upright_section(state: RenderState, made: list[str]) -> None:
    """What was set so far ends a section in its last paragraph, unless it does already."""
    state.turned = False
    last = next((number for number in reversed(range(len(made))) if made[number]), None)
    if last is not None and not made[last].endswith("</w:sectPr></w:pPr></w:p>"):
        made[last] = closing_section(made[last], page.section(state.profile))


def _runs_in(block: Block, after: Block | None) -> bool:
    """A heading that ends in a full stop begins the paragraph after it: （一）小标题。正文."""
    return (isinstance(block, Heading) and plain(block.line).endswith("。") and isinstance(after, Paragraph)
            and not after.quote)  # fmt: skip


def _run_in(state: RenderState, heading: Any, paragraph: Any, place: int) -> str:
    """Heading and text in one paragraph of body text, the heading in a character style of its level's face."""
    role, number = _numbered(state, heading)
    style = {"rStyle": tag("rStyle", val=state.ids[f"lead {role}"])}
    face = state.profile.styles.of(role).font
    lead = "".join(runs(inline.text, face, marks=style) for inline in (Text(number), *heading.line)
                   if isinstance(inline, Text))  # fmt: skip
    return state.paragraph("body", state.marked(place, lead) + state.line(paragraph.line, "body"))


def _title(state: RenderState, block: Title, place: int) -> str:
    """All lines in one paragraph, so that the navigation pane and a screen reader meet one title."""
    state.counters[:] = [0] * len(state.counters)
    lines = (state.title(line, "title") for line in block.lines)
    has_header = any(isinstance(other, Masthead) for other in state.document.blocks[:place])
    # the red line leaves nothing white below itself, a letter's upper elements half the leading of
    # their line
    above = state.profile.styles.doc_number.half_leading_twips if state.letter_line_mm else 0
    own = (
        {"spacing": closing.spaced(state, state.profile.header.title_blank_lines, "title", above)}
        if has_header
        else {}
    )
    return state.paragraph("title", "<w:r><w:br/></w:r>".join(lines), **own)


def _byline(state: RenderState, block: Byline, _: int) -> str:
    author = state.line(block.author, "byline")
    made = [state.paragraph("byline", author)] if author else []
    if block.issued_on:
        made.append(
            state.paragraph(
                "byline", state.line((Text(f"（{date_text(block.issued_on)}）"),), "byline")
            )
        )
    return "".join(made)


def _paragraph(state: RenderState, block: Paragraph, _: int) -> str:
    role = "quote" if block.quote else "body"
    own = {"jc": tag("jc", val="left")} if _LONG_WORD.search(plain(block.line)) else {}
    if state.keep_with_next:
        own["keepNext"] = flag("keepNext")
    return state.paragraph(role, state.line(block.line, role), **own)


def _heading(state: RenderState, block: Heading, place: int) -> str:
    """The number is text of the heading: OA systems and clipboards lose automatic numbers (docs/notes/numbering.md)."""
    role, number = _numbered(state, block)
    return state.paragraph(role, state.marked(place, state.line((Text(number), *block.line), role)))


def _numbered(state: RenderState, block: Heading) -> tuple[str, str]:
    """The role of a heading, and its number in the ladder."""
    level = min(max(block.level, 1), len(styles.HEADINGS))
    return styles.HEADINGS[level - 1], state.heading_number(block, state.counters)


def _header(state: RenderState, block: Masthead, place: int) -> str:
    return (
        letterhead(state, block) if state.document.form == "信函" else masthead(state, block, place)
    )


def _nothing(_: RenderState, __: Block, ___: int) -> str:
    """版记 is set when it is known where the text ends."""
    return ""


def _verbatim(state: RenderState, block: Verbatim, _: int) -> str:
    face = state.profile.styles.verbatim.font
    lines = block.text.expandtabs(4).splitlines() or [""]
    return "".join(state.paragraph("verbatim", runs(line, face)) for line in lines)


def _equation(state: RenderState, block: Equation, place: int) -> str:
    """The formula in the middle of its line; one that cannot be converted as it was typed."""
    face = state.profile.styles.body.font
    label = state.by_block.get(place)
    number = equations.numbered(label, face) if label else ""
    if block.number:
        number = runs(f"（{block.number}）", face)
    made = equations.beside_number(block.tex, number) if number else equations.displayed(block.tex)
    if not made:
        return _verbatim(state, Verbatim(f"$${block.tex}$$"), place)
    own = {"spacing": equations.spacing(made, state.profile)}
    own |= {"ind": tag("ind", firstLineChars=0, firstLine=0)}
    own |= {"tabs": equations.stops(state.profile)} if number else {"jc": tag("jc", val="center")}
    return state.paragraph("body", made, **own)


def _todo(state: RenderState, block: Todo, _: int) -> str:
    style = state.profile.styles.todo
    marks = {"highlight": tag("highlight", val=style.highlight)} if style.highlight else {}
    return state.paragraph("todo", runs(f"【待撰写：{block.hint}】", style.font, marks=marks))


def _page_break(state: RenderState, _: PageBreak, place: int) -> str:
    """Nothing by itself: the next paragraph starts a page, if there is anything before it."""
    state.new_page = place > 0
    return ""


def _items(state: RenderState, block: Items, _: int) -> str:
    state.lists.append(block.start if block.ordered else 0)
    number = len(state.lists)
    made = []
    for depth, line in block.items:
        level = tag("ilvl", val=min(max(depth, 0), lists.DEEPEST)) + tag("numId", val=number)
        made.append(state.paragraph("items", state.line(line, "items"), numPr=tag("numPr", level)))
    return "".join(made)


def _bibliography(state: RenderState, block: Bibliography, _: int) -> str:
    """Works in the order of their numbers, each [1] before its work, next lines under the first word."""
    style = state.profile.styles.work
    hanging = round(width(f"[{len(state.works)}]", style) + style.char_twips / 2)
    stop = tag("tabs", tag("tab", val="left", pos=hanging))
    made = []
    for key, line in sorted(dict(block.works).items(), key=lambda work: state.works[work[0]]):
        inner = (
            citations.label(state.works[key], style.font)
            + "<w:r><w:tab/></w:r>"
            + state.line(line, "work")
        )
        made.append(
            state.paragraph("work", inner, tabs=stop, ind=tag("ind", left=hanging, hanging=hanging))
        )
    return "".join(made)


# Any: each function takes its own kind of block, which the key says
_KINDS: Mapping[type, Callable[[RenderState, Any, int], str]] = {
    Title: _title,
    Byline: _byline,
    Heading: _heading,
    Paragraph: _paragraph,
    Items: _items,
    Table: table,
    Figure: figure,
    Verbatim: _verbatim,
    Equation: _equation,
    Todo: _todo,
    PageBreak: _page_break,
    Masthead: _header,
    Addressee: closing.addressee,
    Enclosures: closing.enclosures,
    Signature: closing.signature,
    Remark: closing.remark,
    Attendance: closing.attendance,
    Attachment: closing.attachment,
    Contents: contents.contents,
    Bibliography: _bibliography,
    Imprint: _nothing,
}
