"""A base .docx and parts -> one Word file whose bytes depend on its content only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import docx
from docx.document import Document as WordFile
from docx.opc.package import Unmarshaller
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory
from docx.opc.pkgreader import PackageReader
from docx.opc.pkgwriter import (
    _ContentTypesItem,  # what python-docx itself writes the list of types with
)
from docx.package import Package
from lxml import etree

from gongwen.oxml import legal, qualified

STAND_IN = "<w:p/>"  # in a body whose text is put in when all else is done
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LONGEST_PROPERTY = 255  # python-docx keeps to this limit of the packaging standard
_UNDATED = date(2000, 1, 1)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def opened(base: bytes) -> WordFile:
    """The base file, ready to be filled."""
    return docx.Document(io.BytesIO(base))


def taken_apart(file: WordFile) -> PackageReader:
    """The file as parts, to be opened again and again."""
    reader: PackageReader = PackageReader.from_file(io.BytesIO(_plain(file)))  # type: ignore[no-untyped-call]
    return reader


def opened_again(parts: PackageReader) -> WordFile:
    """A file of its own, ready to be filled.

    Its styles stay bytes: they are complete, and a tree of them is large.
    """
    package = Package()
    Unmarshaller.unmarshal(parts, package, _part)  # type: ignore[no-untyped-call]
    file: WordFile = package.main_document_part.document
    return file


def _part(name: PackURI, kind: str, relation: str, blob: bytes, package: Package) -> Part:
    if kind == f"{_WORDPROCESSING}styles+xml":
        return Part(name, kind, blob, package)
    return PartFactory(name, kind, relation, blob, package)  # type: ignore[return-value]  # it makes parts, not itself


def attach_xml(file: WordFile, kind: str, xml: str) -> None:
    """A part such as numbering or comments, in place of any the file has."""
    dropped = [key for key, rel in file.part.rels.items() if rel.reltype == _RELATION + kind]
    for key in dropped:
        del file.part.rels[key]
    name = PackURI(f"/word/{kind}.xml")
    blob = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml.encode()
    file.part.relate_to(
        Part(name, f"{_WORDPROCESSING}{kind}+xml", blob, file.part.package), _RELATION + kind
    )


def attach_numbered(file: WordFile, kind: str, xml: str) -> str:
    """The relationship id of a header or footer added to the file.

    Its name counts those of its kind.
    """
    number = 1 + sum(rel.reltype == _RELATION + kind for rel in file.part.rels.values())
    blob = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml.encode()
    part = Part(
        PackURI(f"/word/{kind}{number}.xml"),
        f"{_WORDPROCESSING}{kind}+xml",
        blob,
        file.part.package,
    )
    return str(file.part.relate_to(part, _RELATION + kind))


def attach_png(file: WordFile, number: int, png: bytes) -> str:
    """The relationship id of a picture added to the file.

    python-docx's own add_picture hashes every part and scans every id for each picture; 400 charts
    take seconds.
    """
    part = Part(PackURI(f"/word/media/image{number}.png"), "image/png", png, file.part.package)
    return str(file.part.relate_to(part, _RELATION + "image"))


def describe(file: WordFile, words: dict[str, str], dated: date | None) -> None:
    """Core properties.

    Both times are the day of issue, because the hour of writing would change the bytes.
    """
    properties = file.core_properties
    for name in ("title", "author", "subject", "keywords"):
        setattr(properties, name, " ".join(legal(words.get(name, "")).split())[:_LONGEST_PROPERTY])
    properties.comments, properties.last_modified_by, properties.language = "", "执笔", "zh-CN"
    properties.revision = 1
    day = dated or _UNDATED
    # python-docx wants a naive time and writes it as UTC
    properties.created = properties.modified = datetime(
        day.year, day.month, day.day, tzinfo=UTC
    ).replace(tzinfo=None)


def saved(file: WordFile, text: str = "") -> bytes:
    """The bytes of the file: parts in a fixed order, without dates or the system they were made on.

    `text`, if any, takes the place of the stand-in that the body holds.
    """
    package = file.part.package
    assert package is not None  # a file that was opened is in one
    parts = package.parts
    types = _ContentTypesItem.from_parts(parts)  # type: ignore[no-untyped-call]
    found = {_FIRST[0]: types.blob, _FIRST[1]: package.rels.xml}
    for part in parts:
        found[part.partname.membername] = part.blob
        if len(part.rels):
            found[part.partname.rels_uri.membername] = part.rels.xml
    if text:
        name = file.part.partname.membername
        found[name] = found[name].replace(STAND_IN.encode(), text.encode(), 1)
    return _zipped(found)


def saved_with(file: WordFile, parts: Sequence[etree._Element]) -> bytes:
    """The bytes of the file with these parts as its body, and of its pictures those they show."""
    body, rels = file.element.body, file.part.rels
    body[:] = parts
    shown = {blip.get(qualified("r:embed")) for blip in body.iter(qualified("a:blip"))}
    pictures = {key: rel for key, rel in rels.items() if rel.reltype == f"{_RELATION}image"}
    for key in pictures.keys() - shown:
        del rels[key]
    content = saved(file)
    rels.update(pictures)
    return content


def _plain(file: WordFile) -> bytes:
    """The file as python-docx writes it: to be opened again, not to be handed out."""
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a package in which nothing varies between two runs."""
    rest = sorted(parts.keys() - set(_FIRST))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in (*_FIRST, *rest):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type, entry.create_system, entry.external_attr = (
                zipfile.ZIP_DEFLATED,
                0,
                0,
            )
            target.writestr(entry, parts[name])
    return out.getvalue()
