"""Sections of a strange file -> the profile's paper, margins and page numbers.

Words of its headers and footers stay.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from gongwen.oxml import parse, put, tag
from gongwen.profile import Profile
from gongwen.reader.measure import Reader
from gongwen.reader.paragraphs import Walk
from gongwen.reader.parts import Package, R, W, serialized
from gongwen.writer.layout import page
from gongwen.writer.restyle.letters import freeze
from gongwen.writer.restyle.working_copy import WorkingCopy

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
# what is no word of a footer: the page number and what is written around it
_ONLY_A_NUMBER = re.compile(r"[\s\d\-—–－·.()（）/|~～第共页总之ofpageOFPAGE]*\Z")
_PAGES = ("default", "even", "first")


@dataclass
class Feet:
    """Headers and footers of one file being laid out.

    Parts changed or added, and relationships to them.
    """

    package: Package
    profile: Profile
    ids: Mapping[str, str]
    reader: Reader
    parts: dict[str, bytes] = field(default_factory=dict)
    added: dict[str, tuple[str, str]] = field(default_factory=dict)  # id -> kind, part
    made: dict[str, str] = field(default_factory=dict)  # what a footer is -> its relationship id
    worded: set[str] = field(default_factory=set)  # parts whose words stay

    def lay_out(self, section: etree._Element) -> None:
        """Paper, margins, grid and page numbers of one section."""
        turned = page.is_landscape(section)
        fresh = parse(page.section(self.profile, landscape=turned))
        for name in ("pgSz", "pgMar", "docGrid"):
            new = fresh.find(f"{W}{name}")
            for old in section.findall(f"{W}{name}"):
                section.remove(old)
            if new is not None:
                put(section, new)
        for name in ("cols", "pgBorders", "lnNumType", "textDirection", "rtlGutter"):
            for old in section.findall(f"{W}{name}"):
                section.remove(old)
        self._heads(section)
        self._feet(section, "landscape" if turned else "portrait")

    def _heads(self, section: etree._Element) -> None:
        """Headers keep their words, on even pages too, now that those are told apart."""
        heads = {
            each.get(f"{W}type", "default"): each for each in section.findall(f"{W}headerReference")
        }
        for reference in heads.values():
            self._freeze(self._target(reference), "header")
        if "default" in heads and "even" not in heads:
            self._refer(section, "header", "even", heads["default"].get(f"{R}id", ""))

    def _feet(self, section: etree._Element, kind: str) -> None:
        feet = {
            each.get(f"{W}type", "default"): each for each in section.findall(f"{W}footerReference")
        }
        words = {pages: self._words(self._target(each)) for pages, each in feet.items()}
        title = section.find(f"{W}titlePg")
        heads = {each.get(f"{W}type") for each in section.findall(f"{W}headerReference")}
        if title is not None and not words.get("first") and "first" not in heads:
            section.remove(title)
        sides = (("default", self.profile.page_number.odd), ("even", self.profile.page_number.even))
        for pages, side in sides:
            worded = pages if words.get(pages) else "default" if words.get("default") else ""
            source = self._target(feet[worded]) if worded else ""
            self._refer(section, "footer", pages, self._foot(source, kind, side, pages == "even"))
        if "first" in feet and words["first"]:
            self._freeze(self._target(feet["first"]), "footer")

    def _refer(self, section: etree._Element, part: str, pages: str, key: str) -> None:
        for old in section.findall(f"{W}{part}Reference"):
            if old.get(f"{W}type", "default") == pages:
                section.remove(old)
        made = etree.Element(f"{W}{part}Reference")
        made.set(f"{W}type", pages)
        made.set(f"{R}id", key)
        section.insert(0, made)

    def _target(self, reference: etree._Element) -> str:
        link = self.package.links(self.package.main).get(reference.get(f"{R}id", ""))
        return link.target if link else ""

    def _words(self, part: str) -> bool:
        """True if a footer says anything beside the page number."""
        root = self.package.xml(part)
        if root is None:
            return False
        drawn = next(root.iter(f"{W}drawing", f"{W}pict"), None) is not None
        return drawn or any(not _ONLY_A_NUMBER.match(spot.text) for spot in Walk().spots(root))

    def _foot(self, source: str, kind: str, side: str, even: bool) -> str:
        """The relationship id of a footer with our page number below whatever words the old one has."""
        name = f"{source} {kind} {side}"
        if name not in self.made:
            number = page.foot(self.profile, self.ids, kind, side, even=even)
            root = self._frozen(source, "footer") if source else None
            if root is None:
                root = parse(f"<w:ftr>{number}</w:ftr>")
            else:
                _without_number(root)
                root.append(parse(number))
            self.made[name] = self._attach(root, source)
        return self.made[name]

    def _attach(self, root: etree._Element, source: str) -> str:
        folder = posixpath.dirname(self.package.main)
        count = len(self.added) + 1
        name = posixpath.join(folder, f"zhibi-footer{count}.xml")
        main = self.package.read(self.package.main) or b""
        self.parts[name] = serialized(root, main)
        links = self.package.read(_links_of(source)) if source else None
        if links:
            self.parts[_links_of(name)] = links
        key = f"rIdZhibi{count}"
        self.added[key] = ("footer", name)
        return key

    def declare(self, kind: str) -> str:
        """The name of a part of that kind (styles, settings) that the file lacks, to be added to it."""
        part = posixpath.join(posixpath.dirname(self.package.main), f"{kind}.xml")
        self.added[f"rIdZhibi{len(self.added) + 1}"] = (kind, part)
        return part

    def _freeze(self, part: str, kind: str) -> None:
        if part and part not in self.parts:
            root = self._frozen(part, kind)
            if root is not None:
                self.parts[part] = serialized(root, self.package.read(part) or b"")

    def _frozen(self, part: str, kind: str) -> etree._Element | None:
        """A header or footer with the look it has written down.

        A header's page number goes, the footer has one.
        """
        root = self.package.xml(part)
        if root is None:
            return None
        for spot in list(Walk().spots(root)):
            freeze(spot, self.reader.paragraph(spot, 0, "页眉页脚"))
        if kind == "header":
            _without_number(root)
        if any(spot.text.strip() for spot in Walk().spots(root)):
            self.worded.add(part)
        return root


def _without_number(root: etree._Element) -> None:
    """Take out paragraphs that hold a page number and no words."""
    for spot in list(Walk().spots(root)):
        paged = any(code.split()[:1] == ["PAGE"] for code in spot.fields)
        whole = paged and _ONLY_A_NUMBER.match(spot.text) and not spot.pictures
        parent = spot.element.getparent()
        if not whole or parent is None:
            continue
        if parent.tag in (f"{W}hdr", f"{W}ftr"):
            spot.element.addprevious(etree.Element(f"{W}p"))
            parent.remove(spot.element)


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def declared(feet: Feet, main: bytes) -> dict[str, bytes]:
    """The list of types and the relationships of the main part, with the new footers in them."""
    package = feet.package
    strict = b"purl.oclc.org" in main
    relation = _STRICT_RELATION if strict else _RELATION
    links = package.xml(_links_of(package.main))
    types = package.xml("[Content_Types].xml")
    assert types is not None
    if links is None:
        links = etree.fromstring(
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        )
    for key, (name, part) in feet.added.items():
        entry = etree.SubElement(links, f"{{{_space(links)}}}Relationship")
        entry.set("Id", key)
        entry.set("Type", f"{relation}{name}")
        entry.set("Target", posixpath.basename(part))
        kind = etree.SubElement(types, f"{{{_space(types)}}}Override")
        kind.set("PartName", f"/{part}")
        kind.set("ContentType", f"{_TYPE}{name}+xml")
    return {
        _links_of(package.main): etree.tostring(
            links, xml_declaration=True, encoding="UTF-8", standalone=True
        ),
        "[Content_Types].xml": etree.tostring(
            types, xml_declaration=True, encoding="UTF-8", standalone=True
        ),
    }


def _space(element: etree._Element) -> str:
    """The namespace of an element, whatever prefix its file gives it."""
    return etree.QName(element).namespace or ""


def settle(settings: etree._Element) -> None:
    """Odd and even pages are told apart, and margins are not mirrored."""
    put(settings, parse(tag("evenAndOddHeaders")))
    for old in settings.findall(f"{W}mirrorMargins"):
        settings.remove(old)


def is_former(section: etree._Element) -> bool:
    """True for the section properties that a tracked change remembers."""
    above = section.getparent()
    return above is not None and str(above.tag).endswith("Change")


def lay_out(file: WorkingCopy, root: etree._Element, reader: Reader) -> Feet:
    """Every section of the file on the profile's paper; gives its headers and footers."""
    feet = Feet(file.package, file.profile, file.ids, reader)
    body = root.find(f"{W}body")
    assert body is not None
    if body.find(f"{W}sectPr") is None:
        etree.SubElement(body, f"{W}sectPr")
    for each in [section for section in root.iter(f"{W}sectPr") if not is_former(section)]:
        columns = each.find(f"{W}cols")
        if columns is not None and columns.get(f"{W}num", "1") != "1":
            file.changes["分栏改为通栏"] += 1
        feet.lay_out(each)
    if feet.worded:
        file.changes["页眉页脚里的字原样保留"] += len(feet.worded)
    return feet
