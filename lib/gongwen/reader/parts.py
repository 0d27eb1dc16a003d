"""Bytes of a Word file -> its parts, found by what they are.

Read only, within bounds, and never outside the file.

No entity is expanded, no link is followed, names are looked up in the package and nowhere else, and
a part or a package beyond all measure is refused before it is unpacked.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from gongwen.errors import UnreadableFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO 29500 Strict says the same with other names; it is read as Transitional and written back as it
# was
STRICT = "http://purl.oclc.org/ooxml/"
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
)
LARGEST_PART = 64_000_000
_MOST_PARTS = 20_000
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx。"
# what zipfile and lxml raise on damage; a part may also ask for a compression that is not there
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, etree.LxmlError, RuntimeError,
    NotImplementedError, EOFError, OSError, ValueError, LookupError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship: the last word of its type, and the part it leads to.

    Nothing for one that leads outside.
    """

    kind: str
    target: str


class Package:
    """The parts of one Word file, unpacked when asked for.

    Raises UnreadableFile for what is none.
    """

    def __init__(self, content: bytes, name: str = "文件") -> None:
        self.name, self.content = name, content
        if content.startswith(_OLE):
            raise _refused_ole(content, name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except _DAMAGE as trouble:
            raise self._damaged() from trouble
        if len(entries) > _MOST_PARTS:
            raise UnreadableFile(name, "大得不合常理，不予打开", "请确认文件来源。")
        # names are compared without case, and some Windows programs write backslashes; of two alike
        # the last counts
        self._entries = {_key(entry.filename): entry for entry in entries}
        self._links: dict[str, Mapping[str, Link]] = {}
        self.main = self._main()

    def read(self, part: str) -> bytes | None:
        """The bytes of a part; nothing if the file has none of that name."""
        entry = self._entries.get(_key(part))
        if entry is None or not part:
            return None
        if entry.file_size > LARGEST_PART:
            raise UnreadableFile(self.name, "大得不合常理，不予打开", "请确认文件来源。")
        return self._whole(entry)

    def xml(self, part: str) -> etree._Element | None:
        """A part as a tree, in the names of Transitional OOXML; nothing if there is none."""
        content = self.read(part)
        if content is None:
            return None
        try:
            return parsed(content)
        except _DAMAGE as trouble:
            raise self._damaged() from trouble

    def has(self, part: str) -> bool:
        """True if there is a part of that name."""
        return _key(part) in self._entries

    def rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        """The package with these parts changed or added.

        All others byte for byte, in the same order.
        """
        new = {_key(part): content for part, content in changed.items()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for key, entry in self._entries.items():
                content = new.pop(key) if key in new else self._whole(entry)
                target.writestr(_copied(entry), content)
            for part, content in changed.items():
                if _key(part) in new:
                    target.writestr(zipfile.ZipInfo(part, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _whole(self, entry: zipfile.ZipInfo) -> bytes:
        try:
            with self._zip.open(entry) as opened:  # read() would unpack far more than the size told
                return opened.read(entry.file_size + 1)
        except _DAMAGE as trouble:
            raise self._damaged() from trouble

    def links(self, part: str) -> Mapping[str, Link]:
        """The relationships of a part by id; those of the package for no part.

        Damaged ones are none.
        """
        if part not in self._links:
            self._links[part] = self._linked(part)
        return self._links[part]

    def _linked(self, part: str) -> Mapping[str, Link]:
        folder, name = posixpath.split(part)
        content = self.read(posixpath.join(folder, "_rels", f"{name}.rels"))
        try:
            root = parsed(content) if content is not None else None
        except _DAMAGE:
            return {}
        targets = {}
        for each in root.iter(_RELATION) if root is not None else ():
            kind = each.get("Type", "").rpartition("/")[2]
            inside = each.get("TargetMode", "Internal") != "External"
            targets[each.get("Id", "")] = Link(
                kind, _inside(folder, each.get("Target", "")) if inside else ""
            )
        return targets

    def target(self, kind: str) -> str:
        """The part that a relationship of that kind leads to from the main document, or the one of the usual name."""
        linked = [
            link.target
            for link in self.links(self.main).values()
            if link.kind == kind and link.target
        ]
        usual = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        return next((target for target in (*linked, usual) if _key(target) in self._entries), "")

    def related(self, kind: str) -> etree._Element | None:
        """The part of that kind as a tree; nothing if there is none."""
        return self.xml(self.target(kind))

    def property(self, name: str) -> str:
        """What the program that saved the file says of it (Pages, Application).

        Nothing if it does not.
        """
        target = next(
            (link.target for link in self.links("").values() if link.kind == "extended-properties"),
            "",
        )
        try:
            root = self.xml(target)
        except UnreadableFile:
            return ""  # nothing hangs on it
        elements = () if root is None else root
        return next(
            ((each.text or "").strip() for each in elements if str(each.tag).endswith(f"}}{name}")),
            "",
        )

    def _main(self) -> str:
        for link in self.links("").values():
            if link.kind == "officeDocument" and _key(link.target) in self._entries:
                return link.target
        return "word/document.xml"

    def _damaged(self) -> UnreadableFile:
        return UnreadableFile(self.name, "不是 Word 文件（.docx），或已损坏、加密", _SAVE_AGAIN)


def parsed(content: bytes) -> etree._Element:
    """XML as a tree: no entities, no network, no document beyond lxml's own bounds of depth and length."""
    root = etree.fromstring(content, _parser())
    if any(space.startswith(STRICT) for space in root.nsmap.values()):
        plain = etree.tostring(root, encoding="utf-8")
        for strict, transitional in _STRICT_NAMES:
            plain = plain.replace(strict, transitional)
        root = etree.fromstring(plain, _parser())
    return root


def serialized(root: etree._Element, original: bytes) -> bytes:
    """A tree as a part again; in the names of Strict if the part it came from was."""
    tree = root.getroottree()
    plain = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    if STRICT.encode() in original:
        for strict, transitional in _STRICT_NAMES:
            plain = plain.replace(transitional, strict)
    return plain


def _copied(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same entry for another package: its name, time and rights."""
    made = zipfile.ZipInfo(entry.filename, entry.date_time)
    made.compress_type = (
        zipfile.ZIP_STORED if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    )
    made.external_attr, made.create_system = entry.external_attr, entry.create_system
    return made


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


def _inside(folder: str, target: str) -> str:
    """A target as a name in the package; what climbs out of it is a name nothing has."""
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def _refused_ole(content: bytes, name: str) -> UnreadableFile:
    if _ENCRYPTED in content:
        return UnreadableFile(
            name, "不是 Word 文件（.docx），或已损坏、加密", "请用 Word 打开、取消密码后另存。"
        )
    return UnreadableFile(
        name, "不是 Word 文件（.docx），是旧版 .doc、.wps 一类的文件", _SAVE_AGAIN
    )
