"""Document -> Word file: every block in the format of a profile, byte for byte the same for the same document."""

from __future__ import annotations

from docx.document import Document as WordFile

from zhibi.document import Byline, Document
from zhibi.profile import Profile
from zhibi.word import blocks, comments, lists, package, page, styles
from zhibi.word.base import base_of
from zhibi.word.oxml import parse
from zhibi.word.press import Press


def write(document: Document, profile: Profile, *, review: bool = False) -> bytes:
    """The document as a .docx; `review` adds a Word comment to every figure: meaning, value, sum and source rows."""
    file = package.opened(base_of(profile))
    ids = styles.apply(file, profile)
    press = Press(document, profile, file, ids, review)
    _pour(file, blocks.text(press))
    page.lay_out(file, profile, ids)
    if press.lists:
        package.attach_xml(file, "numbering", lists.numbering(profile, press.lists))
    if press.comments:
        package.attach_xml(file, "comments", comments.part(press.comments, profile, ids["comment"]))
    signed = next((block.issued_on for block in document.blocks if isinstance(block, Byline)), None)
    words = {"title": document.title, "author": document.author, "subject": document.subject}
    package.describe(file, words | {"keywords": "；".join(document.keywords)}, signed)
    return package.saved(file)


def _pour(file: WordFile, text: str) -> None:
    """The text in place of whatever the base file held."""
    body = file.element.body
    for old in list(body):
        body.remove(old)
    for child in parse(f"<w:body>{text}</w:body>"):
        body.append(child)
