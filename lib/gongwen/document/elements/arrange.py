"""Elements + the document of a notebook -> the document with every element in its place (GB/T 9704-2012 7, 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongwen.document import (
    Addressee,
    Attachment,
    Attendance,
    Bibliography,
    Block,
    Byline,
    Contents,
    Document,
    Enclosures,
    Imprint,
    Masthead,
    Remark,
    Signature,
    Title,
    cited_keys,
    plain,
)
from gongwen.document.elements.read import Elements


def arrange(document: Document, elements: Elements) -> Document:
    """The document as a whole: header, title, addressee, text, enclosures, signature, attachments, imprint.

    Whoever signs at the end does not sign under the title too: the byline gives its name and date
    to the signature.
    """
    signature = _signature(document, elements)
    remaining = [
        block for block in _cited(document.blocks) if not (signature and isinstance(block, Byline))
    ]
    title = next((place for place, block in enumerate(remaining) if isinstance(block, Title)), -1)
    attached = next(
        (place for place, block in enumerate(remaining) if isinstance(block, Attachment)),
        len(remaining),
    )
    blocks = (
        *([Contents()] if elements.contents else ()),
        *_masthead(elements),
        *remaining[: title + 1],
        *([Addressee(elements.addressee)] if elements.addressee else ()),
        *remaining[title + 1 : attached],
        *_closing(remaining, elements, signature),
        *remaining[attached:],
        *_imprint(elements),
    )
    return replace(document, blocks=blocks, form=elements.form)


def _cited(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks.

    Of a list that holds cited works only the others go, and so does a list of which none is left.
    """
    cited = set(cited_keys(blocks))
    for block in blocks:
        if isinstance(block, Bibliography) and block.cited_only:
            works = tuple(work for work in block.works if work[0] in cited)
            if works:
                yield replace(block, works=works)
        else:
            yield block


def _masthead(elements: Elements) -> Iterator[Block]:
    """通报 here is printed without a header: it needs the issuer for its signature only, unless it has a number."""
    match elements.form:
        case "材料":
            return
        case "通报" if not elements.number:
            return
        case "文件" | "通报":
            mark = elements.mark or "文件"
        case _:
            mark = elements.mark
    yield Masthead(elements.issuers, mark, elements.number, elements.signers, elements.copy_number, elements.secrecy,
                   elements.urgency)  # fmt: skip


def _signature(document: Document, elements: Elements) -> Signature | None:
    """署名 from 署名, else 发文机关; the date from 成文日期; what is missing from the byline."""
    if elements.form == "纪要":
        return None
    byline = next((block for block in document.blocks if isinstance(block, Byline)), None)
    names = elements.signed_by or elements.issuers
    if not names and elements.form == "材料":
        return None
    author = plain(byline.author) if byline else ""
    day = elements.issued_on or (byline.issued_on if byline else None)
    return Signature(names or (author,), day, elements.sealed)


def _closing(
    blocks: list[Block], elements: Elements, signature: Signature | None
) -> Iterator[Block]:
    """What stands between the text and the attachments.

    The names of attachments are those on their own pages.
    """
    titles = tuple(block.title for block in blocks if isinstance(block, Attachment))
    names = (*titles, *(name for name in elements.enclosures if name not in titles))
    if names:
        yield Enclosures(names)
    if signature:
        yield signature
    if elements.remark:
        yield Remark(elements.remark)
    if elements.attendance:
        yield Attendance(elements.attendance)


def _imprint(elements: Elements) -> Iterator[Block]:
    if elements.copied_to or elements.sent_to or elements.printer:
        yield Imprint(elements.copied_to, elements.sent_to, elements.printer, elements.printed_on)
