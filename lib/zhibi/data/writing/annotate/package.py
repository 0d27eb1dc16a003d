"""The bytes of a workbook -> its parts, to be changed or added to one by one.

The others stay as they are.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK = "xl/workbook.xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIP_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name


class Damaged(Exception):
    """A part that is no sound XML."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another one names: by which id, as what, and which part it is."""

    id: str
    kind: str
    target: str


@dataclass
class Parts:
    """The parts of one package.

    A tree that was asked for may be changed: it is written instead of the old part.
    """

    source: zipfile.ZipFile
    _trees: dict[str, etree._Element] = field(default_factory=dict)
    _changed: dict[str, bytes] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Every part once, the new ones last."""
        return tuple(dict.fromkeys((*self.source.namelist(), *self._trees, *self._changed)))

    def content(self, name: str) -> bytes:
        """A part as it is now."""
        if name in self._trees:
            return _written(self._trees[name])
        return self._changed[name] if name in self._changed else self.source.read(name)

    def tree(self, name: str) -> etree._Element:
        """A part to be changed. Raises Damaged."""
        if name not in self._trees:
            self._trees[name] = parsed(self.content(name))
        return self._trees[name]

    def put(self, name: str, content: bytes) -> None:
        """A part with another content."""
        self._trees.pop(name, None)
        self._changed[name] = content

    def put_tree(self, name: str, root: etree._Element) -> None:
        """A part that was parsed elsewhere and changed."""
        self._trees[name] = root

    def drop_relations(self, name: str) -> None:
        """Let a part name nothing any more."""
        if _relations_of(name) in self.names:
            self.put(_relations_of(name), f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode())

    def relations(self, name: str) -> tuple[Relation, ...]:
        """What a part names inside the package."""
        if _relations_of(name) not in self.names:
            return ()
        return tuple(_read_relations(name, parsed(self.content(_relations_of(name)))))

    def related(self, name: str, kind: str) -> str:
        """The first part of a kind that another one names, if it is there; else empty."""
        targets = (each.target for each in self.relations(name) if each.kind.endswith(f"/{kind}"))
        return next((target for target in targets if target in self.names), "")

    def relate(self, name: str, kind: str, target: str) -> str:
        """Let a part name another one; the id it has there."""
        own = _relations_of(name)
        if own not in self.names:
            self.put(own, f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode())
            self._declare_default("rels", _RELATIONSHIP_TYPE)
        root = self.tree(own)
        used = {each.get("Id") for each in root}
        number = next(
            number for number in range(1, len(used) + 2) if f"rIdZhibi{number}" not in used
        )
        relation = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Relationship")
        relation.set("Id", f"rIdZhibi{number}")
        relation.set("Type", f"{self._kinds()}/{kind}")
        relation.set("Target", f"/{target}")
        return f"rIdZhibi{number}"

    def add(self, pattern: str, content: bytes, content_type: str) -> str:
        """A new part under the first free name of a pattern with a {}."""
        taken = {name.casefold() for name in self.names}
        free = (pattern.replace("{}", str(number)) for number in range(1, len(taken) + 2))
        name = next(name for name in free if name.casefold() not in taken)
        self.put(name, content)
        if name.endswith(".xml"):
            override = etree.SubElement(self.tree(CONTENT_TYPES), f"{{{_TYPES}}}Override")
            override.set("PartName", f"/{name}")
            override.set("ContentType", content_type)
        else:
            self._declare_default(name.rpartition(".")[2], content_type)
        return name

    def saved(self) -> bytes:
        """The package: every part that was not touched as it was."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name in self.names:
                entry = zipfile.ZipInfo(name, _LONG_AGO)
                target.writestr(entry, self.content(name), zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _declare_default(self, ending: str, content_type: str) -> None:
        root = self.tree(CONTENT_TYPES)
        if not any(each.get("Extension", "").lower() == ending for each in root):
            default = etree.Element(f"{{{_TYPES}}}Default")
            default.set("Extension", ending)
            default.set("ContentType", content_type)
            root.insert(0, default)

    def _kinds(self) -> str:
        """How relations are named in this package: strict ones have names of their own."""
        kinds = (each.kind for each in self.relations(WORKBOOK))
        return next(
            (kind.rpartition("/")[0] for kind in kinds if kind.endswith("/worksheet")),
            _TRANSITIONAL,
        )


_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parsed(content: bytes) -> etree._Element:
    """The root of a part; nothing is fetched, no entity is resolved. Raises Damaged."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, strip_cdata=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as trouble:
        raise Damaged(str(trouble)) from None
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Damaged("document type")
    return root


def drop(element: etree._Element, attribute: str) -> None:
    """Take an attribute off an element, if it has it."""
    if attribute in element.attrib:
        del element.attrib[attribute]


def group_of(parent: etree._Element, name: str) -> etree._Element:
    """The child of a name, made if there is none."""
    group = parent.find(within(parent, name))
    return etree.SubElement(parent, within(parent, name)) if group is None else group


def link_key(element: etree._Element) -> str:
    """The attribute by which an element names a related part; empty if it has none."""
    return next((str(key) for key in element.attrib if str(key).endswith("}id")), "")


def within(parent: etree._Element, name: str) -> str:
    """A name in the vocabulary that an element belongs to."""
    space = etree.QName(parent).namespace
    return f"{{{space}}}{name}" if space else name


def local(element: etree._Element) -> str:
    """The name of an element without its vocabulary; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _written(root: etree._Element) -> bytes:
    content: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return content


def _relations_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def _read_relations(name: str, root: etree._Element) -> Iterator[Relation]:
    for each in root:
        if not isinstance(each.tag, str) or each.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(
            posixpath.join("/", posixpath.dirname(name), each.get("Target", ""))
        )
        yield Relation(each.get("Id", ""), each.get("Type", ""), target.lstrip("/"))
