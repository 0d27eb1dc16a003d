"""A Word file -> the same without anything that lies outside it.

Whoever lays it out has nothing to fetch.

Links a reader may click on stay; they are followed by nobody but the reader.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from gongwen.reader.parts import Package, parsed

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CLICKED = "hyperlink"
_FOREIGN = frozenset({"aFChunk", "attachedTemplate", "frame", "subDocument", "mailMergeSource"})
# fields that bring in pictures, texts and data from elsewhere (ECMA-376 part 1, 17.16.5)
_FETCHES = re.compile(
    rb"\b(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDE|DDEAUTO|RD|DATABASE)(?=\s|&quot;|\")"
)
_SOURCE = re.compile(
    rb"""(<(?:\w+:)?(?:imagedata|fill|stroke|shape)\b[^>]*?)\s(?:src|href|\w+:href)\s*=\s*("[^"]*"|'[^']*')"""
)


def self_contained(content: bytes, name: str = "文件") -> bytes:
    """The file's bytes without outside pictures, templates and texts.

    Raises UnreadableFile for what is no Word file.
    """
    package = Package(content, name)
    changed = {part: made for part in _names(content) if (made := _closed(package, part))}
    return package.rewritten(changed) if changed else content


def _closed(package: Package, part: str) -> bytes | None:
    """A part that leads nowhere; None where it stays as it is."""
    if part.lower().endswith(".rels"):
        return _cut(package, part)
    return _inert(package, part) if part.lower().endswith(".xml") else None


def _names(content: bytes) -> tuple[str, ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return tuple(dict.fromkeys(archive.namelist()))


def _cut(package: Package, part: str) -> bytes | None:
    """Relationships without those that lead outside; None where there are none.

    Damaged ones lead nowhere.
    """
    root = package.xml(part)
    if root is None:
        return None
    outside = [each for each in root.iter(_RELATION) if _leads_out(each)]
    for each in outside:
        root.remove(each)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") if outside else None


def _leads_out(relation: etree._Element) -> bool:
    kind = relation.get("Type", "").rpartition("/")[2]
    if kind == _CLICKED:
        return False
    return (
        relation.get("TargetMode", "Internal") != "Internal"
        or kind in _FOREIGN
        or ":" in relation.get("Target", "")
    )


def _inert(package: Package, part: str) -> bytes | None:
    """A part whose fields and drawings fetch nothing; None where they do not."""
    content = package.read(part) or b""
    if not (_FETCHES.search(content) or _SOURCE.search(content)):
        return None
    made = _SOURCE.sub(rb"\1", _FETCHES.sub(b"QUOTE", content))
    parsed(made)  # it is XML still
    return made
