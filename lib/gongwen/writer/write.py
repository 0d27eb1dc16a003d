"""Document -> Word file: every block in the format of a profile, byte for byte the same for the same document."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as WordFile
from docx.opc.pkgreader import PackageReader
from docx.oxml import parse_xml

from gongwen.document import Document
from gongwen.oxml import DECLARATIONS
from gongwen.profile import Profile
from gongwen.writer import blocks
from gongwen.writer.layout import assembly, lots, page_breaks
from gongwen.writer.layout.identity_cache import IdentityCache
from gongwen.writer.package import archive as package
from gongwen.writer.package import styles
from gongwen.writer.package.base import base_of
from gongwen.writer.render_state import RenderState
from gongwen.writer.text import citations, comments, footnotes, lists

LINES = 34  # more than a page has, of which a lot is made from the beginning of a document
SPARE = 3  # pages at the end of a beginning, which what was left out could change


def write(document: Document, profile: Profile, *, review: bool = False) -> bytes:
    """The document as a .docx.

    `review` adds a Word comment to every figure: meaning, value, sum and source rows.
    """
    state = _begun(document, profile, review=review)
    text = blocks.text(state)
    settled = assembly.leaves(text, state)
    file = _set(state, package.STAND_IN if settled else text)
    return package.saved(file, text if settled else "")


@dataclass(frozen=True, slots=True)
class Lot:
    """Some pages of a document as a file of their own, and how many they are."""

    content: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Screen:
    """The pages of a document in lots, to be shown one after another; not `whole`: the first lot alone."""

    lots: tuple[Lot, ...]
    whole: bool = True


def on_screen(document: Document, profile: Profile, *, beginning: bool = False) -> Screen:
    """The document for a browser to show, never to be sent: figures link to their facts, pages end where they will.

    `beginning`: of a long document the first lot, in the time that this takes, where its pages do not depend
    on the rest.
    """
    state = _begun(document, profile, on_screen=True)
    beginning = beginning and not assembly.reaches_back(state)
    if beginning:
        state.wanted = lots.PAGES * LINES
    file = _set(state, blocks.text(state))
    begun = page_breaks.mark(file.element.body, profile, state.ids, state.notes)
    counts, parted = lots.parted(file.element.body, begun)
    left_out = beginning and state.wanted <= 0
    if left_out and sum(counts[1:]) < SPARE:
        return on_screen(document, profile)
    if left_out:
        parted = parted[:1]
    made = [package.saved_with(file, lot) for lot in parted]
    return Screen(tuple(map(Lot, made, counts)), whole=not left_out)


def _begun(
    document: Document, profile: Profile, *, review: bool = False, on_screen: bool = False
) -> RenderState:
    """A file with nothing in it yet."""
    base, ids = _DRESSED.of(profile, ask=lambda: _dressed(profile))
    file = package.opened_again(base)
    return RenderState(citations.headed(document), profile, file, ids, review, on_screen)


def _set(state: RenderState, text: str) -> WordFile:
    """The file with its text, and all parts that the text mentions."""
    document, profile = state.document, state.profile
    file = _poured(state.file, text)
    assembly.finish(file, state)
    if state.lists:
        package.attach_xml(file, "numbering", lists.numbering(profile, state.lists))
    if state.notes:
        package.attach_xml(file, "footnotes", footnotes.part(state.notes, state.ids["gap"]))
        footnotes.settle(file.settings.element)
    if state.comments:
        made = comments.part(state.comments, profile, state.ids["comment"])
        package.attach_xml(file, "comments", made)
    words = {"title": document.title, "author": document.author, "subject": document.subject}
    package.describe(file, words | {"keywords": "；".join(document.keywords)}, document.issued_on)
    return file


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
