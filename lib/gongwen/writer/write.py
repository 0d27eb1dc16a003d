"""Document -> Word file: every block in the format of a profile, byte for byte the same for the same document."""

from __future__ import annotations

from docx.document import Document as WordFile
from docx.opc.pkgreader import PackageReader
from docx.oxml import parse_xml

from gongwen.document import Document
from gongwen.oxml import DECLARATIONS
from gongwen.profile import Profile
from gongwen.writer import blocks
from gongwen.writer.layout import assembly, page_breaks
from gongwen.writer.layout.identity_cache import IdentityCache
from gongwen.writer.package import archive as package
from gongwen.writer.package import styles
from gongwen.writer.package.base import base_of
from gongwen.writer.render_state import RenderState
from gongwen.writer.text import citations, comments, footnotes, lists


def write(
    document: Document, profile: Profile, *, review: bool = False, on_screen: bool = False
) -> bytes:
    """The document as a .docx.

    `review` adds a Word comment to every figure: meaning, value, sum and source rows.

    `on_screen`: for a browser to show, never to be sent: figures link to their facts, and pages end where they will.
    """
    base, ids = _DRESSED.of(profile, ask=lambda: _dressed(profile))
    file = package.opened_again(base)
    state = RenderState(citations.headed(document), profile, file, ids, review, on_screen)
    text = blocks.text(state)
    settled = assembly.leaves(text, state) and not on_screen
    file = _poured(file, package.STAND_IN if settled else text)
    assembly.finish(file, state)
    if on_screen:
        page_breaks.mark(file.element.body, profile, ids, state.notes)
    if state.lists:
        package.attach_xml(file, "numbering", lists.numbering(profile, state.lists))
    if state.notes:
        package.attach_xml(file, "footnotes", footnotes.part(state.notes, ids["gap"]))
        footnotes.settle(file.settings.element)
    if state.comments:
        package.attach_xml(file, "comments", comments.part(state.comments, profile, ids["comment"]))
    words = {"title": document.title, "author": document.author, "subject": document.subject}
    package.describe(file, words | {"keywords": "；".join(document.keywords)}, document.issued_on)
    return package.saved(file, text if settled else "")


def _dressed(profile: Profile) -> tuple[PackageReader, dict[str, str]]:
    """The profile's base file with every style in place, in parts, and the styles' ids."""
    file = package.opened(base_of(profile))
    ids = styles.apply(file, profile)
    return package.taken_apart(file), ids


_DRESSED: IdentityCache[tuple[PackageReader, dict[str, str]]] = IdentityCache(
    4
)  # profiles; a process writes in one or two


def _poured(file: WordFile, text: str) -> WordFile:
    """The file with the text in place of whatever it held.

    The whole part is replaced: moving a long table's nodes into another lxml tree takes longer than
    all the rest. A text that is settled is not even parsed: a tree of it is as much work as the
    text itself.
    """
    xml = f"<w:document {DECLARATIONS}><w:body>{text}</w:body></w:document>"
    file.part._element = parse_xml(xml.encode())  # noqa: SLF001  python-docx has no public way to replace it
    document: WordFile = file.part.document
    return document
