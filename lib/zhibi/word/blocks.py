"""Blocks of a document -> paragraphs and tables, each kind by its own function."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from zhibi.document import (
    Byline,
    Figure,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Table,
    Text,
    Title,
    Todo,
    Verbatim,
    plain,
)
from zhibi.word import lists, styles
from zhibi.word.figures import figure
from zhibi.word.oxml import tag
from zhibi.word.press import Press
from zhibi.word.tables import table
from zhibi.word.text import runs
from zhibi.zh.dates import date_text

# a word that fills a line by itself (a web address): justified, the line before it would be pulled apart
_LONG_WORD = re.compile(r"[!-~]{28,}")


def text(press: Press) -> str:
    """The body of the document; an empty document has one empty paragraph, for a file must have one."""
    set_blocks = (_KINDS[type(block)](press, block, place) for place, block in enumerate(press.document.blocks))
    return "".join(set_blocks) or press.paragraph("body", "")


def _title(press: Press, block: Title, _: int) -> str:
    """All lines in one paragraph, so that the navigation pane and a screen reader meet one title."""
    press.counters[:] = [0] * len(press.counters)
    lines = (press.line(line, "title") for line in block.lines)
    return press.paragraph("title", "<w:r><w:br/></w:r>".join(lines))


def _byline(press: Press, block: Byline, _: int) -> str:
    author = press.line(block.author, "byline")
    made = [press.paragraph("byline", author)] if author else []
    if block.issued_on:
        made.append(press.paragraph("byline", press.line((Text(f"（{date_text(block.issued_on)}）"),), "byline")))
    return "".join(made)


def _paragraph(press: Press, block: Paragraph, _: int) -> str:
    role = "quote" if block.quote else "body"
    own = {"jc": tag("jc", val="left")} if _LONG_WORD.search(plain(block.line)) else {}
    return press.paragraph(role, press.line(block.line, role), **own)


def _heading(press: Press, block: Heading, _: int) -> str:
    """The number is text of the heading: OA systems and clipboards lose automatic numbers (docs/notes/numbering.md)."""
    level = min(max(block.level, 1), len(styles.HEADINGS))
    role = styles.HEADINGS[level - 1]
    press.counters[level:] = [0] * (len(press.counters) - level)
    number = ""
    if not block.unnumbered:
        press.counters[level - 1] += 1
        number = lists.heading_number(press.profile.numbering.headings[level - 1], press.counters[level - 1])
    return press.paragraph(role, press.line((Text(number), *block.line), role))


def _verbatim(press: Press, block: Verbatim, _: int) -> str:
    face = press.profile.styles.verbatim.font
    lines = block.text.expandtabs(4).splitlines() or [""]
    return "".join(press.paragraph("verbatim", runs(line, face)) for line in lines)


def _todo(press: Press, block: Todo, _: int) -> str:
    style = press.profile.styles.todo
    marks = {"highlight": tag("highlight", val=style.highlight)} if style.highlight else {}
    return press.paragraph("todo", runs(f"【待撰写：{block.hint}】", style.font, marks=marks))


def _page_break(press: Press, _: PageBreak, place: int) -> str:
    """Nothing by itself: the next paragraph starts a page, if there is anything before it."""
    press.new_page = place > 0
    return ""


def _items(press: Press, block: Items, _: int) -> str:
    press.lists.append(block.ordered)
    number = len(press.lists)
    made = []
    for depth, line in block.items:
        level = tag("ilvl", val=min(max(depth, 0), lists.DEEPEST)) + tag("numId", val=number)
        made.append(press.paragraph("items", press.line(line, "items"), numPr=tag("numPr", level)))
    return "".join(made)


# Any: each function takes its own kind of block, which the key says
_KINDS: Mapping[type, Callable[[Press, Any, int], str]] = {
    Title: _title,
    Byline: _byline,
    Heading: _heading,
    Paragraph: _paragraph,
    Items: _items,
    Table: table,
    Figure: figure,
    Verbatim: _verbatim,
    Todo: _todo,
    PageBreak: _page_break,
}
