"""Document -> Word file: every block in the format of a profile, byte for byte the same for the same document."""

from __future__ import annotations

from docx.document import Document as WordFile

from zhibi.document import (
    Block, Byline, Document, Figure, Heading, Items, PageBreak, Paragraph, Table, Text, Title, Todo, Verbatim,
)  # fmt: skip
from zhibi.profile import Profile
from zhibi.word import comments, lists, package, page, styles
from zhibi.word.base import base_of
from zhibi.word.figures import figure
from zhibi.word.oxml import parse, tag
from zhibi.word.press import Press
from zhibi.word.tables import table
from zhibi.word.text import runs
from zhibi.zh.dates import date_text


def write(document: Document, profile: Profile, *, review: bool = False) -> bytes:
    """The document as a .docx; `review` adds a Word comment to every figure: meaning, value, sum and source rows."""
    file = package.opened(base_of(profile))
    ids = styles.apply(file, profile)
    press = Press(document, profile, ids, review)
    text = "".join(_block(press, file, block, place) for place, block in enumerate(document.blocks))
    _pour(file, text or press.paragraph("body", ""))
    page.lay_out(file, profile, ids)
    if press.lists:
        package.attach_xml(file, "numbering", lists.numbering(profile, press.lists))
    if press.comments:
        package.attach_xml(file, "comments", comments.part(press.comments, profile, ids["comment"]))
    signed = next((block.issued_on for block in document.blocks if isinstance(block, Byline)), None)
    words = {"title": document.title, "author": document.author, "subject": document.subject}
    package.describe(file, words | {"keywords": "；".join(document.keywords)}, signed)
    return package.saved(file)


def _block(press: Press, file: WordFile, block: Block, place: int) -> str:
    """One block as paragraphs and tables."""
    match block:
        case Title():
            return _title(press, block)
        case Byline():
            return _byline(press, block)
        case Heading():
            return _heading(press, block)
        case Paragraph():
            role = "quote" if block.quote else "body"
            return press.paragraph(role, press.line(block.line, role))
        case Items():
            return _items(press, block)
        case Table():
            return table(press, block, place)
        case Figure():
            return figure(press, file, block, place)
        case Verbatim():
            face = press.profile.styles.verbatim.font
            lines = block.text.expandtabs(4).splitlines() or [""]
            return "".join(press.paragraph("verbatim", runs(line, face)) for line in lines)
        case Todo():
            face = press.profile.styles.todo
            marks = {"highlight": tag("highlight", val=face.highlight)} if face.highlight else {}
            return press.paragraph("todo", runs(f"【待撰写：{block.hint}】", face.font, marks=marks))
        case PageBreak():
            press.new_page = place > 0
            return ""


def _title(press: Press, block: Title) -> str:
    """All lines in one paragraph, so that the navigation pane and a screen reader meet one title."""
    press.counters[:] = [0] * len(press.counters)
    lines = (press.line(line, "title") for line in block.lines)
    return press.paragraph("title", "<w:r><w:br/></w:r>".join(lines))


def _byline(press: Press, block: Byline) -> str:
    author = press.line(block.author, "byline")
    made = [press.paragraph("byline", author)] if author else []
    if block.issued_on:
        made.append(press.paragraph("byline", press.line((Text(f"（{date_text(block.issued_on)}）"),), "byline")))
    return "".join(made)


def _heading(press: Press, block: Heading) -> str:
    """The number is text of the heading: OA systems and clipboards lose automatic numbers (docs/notes/numbering.md)."""
    level = min(max(block.level, 1), len(styles.HEADINGS))
    role = styles.HEADINGS[level - 1]
    press.counters[level:] = [0] * (len(press.counters) - level)
    number = ""
    if not block.unnumbered:
        press.counters[level - 1] += 1
        number = lists.heading_number(press.profile.numbering.headings[level - 1], press.counters[level - 1])
    return press.paragraph(role, press.line((Text(number), *block.line), role))


def _items(press: Press, block: Items) -> str:
    press.lists.append(block.ordered)
    number = len(press.lists)
    made = []
    for depth, line in block.items:
        level = tag("ilvl", val=min(max(depth, 0), lists.DEEPEST)) + tag("numId", val=number)
        made.append(press.paragraph("items", press.line(line, "items"), numPr=tag("numPr", level)))
    return "".join(made)


def _pour(file: WordFile, text: str) -> None:
    """The text in place of whatever the base file held."""
    body = file.element.body
    for old in list(body):
        body.remove(old)
    for child in parse(f"<w:body>{text}</w:body>"):
        body.append(child)
