"""A Word file and remarks on its text -> the same file with them as Word comments at the places, beside those it has."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from gongwen.oxml import DECLARATIONS, escaped, tag
from gongwen.reader.edit.run_split import Segment, cut, within
from gongwen.reader.edit.tracked_changes import AUTHOR, DATED, INITIALS
from gongwen.reader.paragraphs import Spot
from gongwen.reader.parts import Package, W, serialized
from gongwen.reader.stories import Story, stories

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_KIND = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
# a foreign file has no style for comments, and its own text may be large and indented
_LOOK = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0" w:firstLineChars="0"/></w:pPr>'
_WORDS = '<w:rPr><w:sz w:val="18"/></w:rPr>'


@dataclass(frozen=True, slots=True)
class Comment:
    """What is said of [start:end) of a paragraph, counted from 1; 0 is the document as a whole."""

    paragraph: int
    start: int
    end: int
    text: str


def review(content: bytes, remarks: Iterable[Comment], name: str = "文件") -> bytes:
    """The file with a comment for each remark.

    In notes and text boxes Word takes none: those stand at the beginning.
    """
    package = Package(content, name)
    main = stories(package)[0]
    placed = [_placed(main, remark) for remark in remarks]
    if not placed or not main.spots:
        return content
    part, root = _comments(package)
    first = 1 + max(
        (_whole(each.get(f"{W}id", "")) for each in root.iter(f"{W}comment")), default=-1
    )
    numbered = list(
        enumerate(sorted(placed, key=lambda each: (each.paragraph, each.start, each.end)), first)
    )
    for number, remark in numbered:
        root.append(_comment(number, remark.text))
    for place in sorted({remark.paragraph for _, remark in numbered}):
        _mark(
            main.spots[place - 1],
            [(number, remark) for number, remark in numbered if remark.paragraph == place],
        )
    changed = {
        package.main: serialized(main.root, package.read(package.main) or b""),
        part: serialized(root, package.read(part) or package.read(package.main) or b""),
    }
    return package.rewritten(
        {**changed, **({} if package.has(part) else _announced(package, part))}
    )


def _placed(main: Story, remark: Comment) -> Comment:
    """The remark where Word can show it."""
    inside = 0 < remark.paragraph <= len(main.spots) and not main.spots[remark.paragraph - 1].box
    if inside:
        return remark
    first = next(
        (at for at, spot in enumerate(main.spots, 1) if spot.text.strip() and not spot.box), 1
    )
    return Comment(first, 0, 0, remark.text)


def _mark(spot: Spot, remarks: Sequence[tuple[int, Comment]]) -> None:
    ends = chain.from_iterable((remark.start, remark.end) for _, remark in remarks)
    segments = cut(spot, list(ends))
    for number, remark in remarks:
        covered = within(segments, remark.start, remark.end)
        start, end = (
            etree.Element(f"{W}{name}", {f"{W}id": str(number)})
            for name in ("commentRangeStart", "commentRangeEnd")
        )
        _around(spot, covered or segments, start, end)
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", {f"{W}id": str(number)})
        end.addnext(reference)


def _around(
    spot: Spot, segments: Sequence[Segment], start: etree._Element, end: etree._Element
) -> None:
    """Both ends of a range about the runs, or about all there is in a paragraph without words."""
    if segments:
        segments[0].run.addprevious(start)
        segments[-1].run.addnext(end)
        return
    look = spot.element.find(f"{W}pPr")
    spot.element.insert(0 if look is None else 1, start)
    spot.element.append(end)


def _comments(package: Package) -> tuple[str, etree._Element]:
    """The part of the comments and its tree, new if the file has none."""
    linked = [
        link.target
        for link in package.links(package.main).values()
        if link.kind == "comments" and link.target
    ]
    for part in linked:
        root = package.xml(part)
        if root is not None:
            return part, root
    folder, number = posixpath.dirname(package.main), 0
    while package.has(part := posixpath.join(folder, f"comments{number or ''}.xml")):
        number += 1
    return part, etree.fromstring(f"<w:comments {DECLARATIONS}/>")


def _comment(number: int, text: str) -> etree._Element:
    lines = "".join(
        f'<w:p>{_LOOK}<w:r>{_WORDS}<w:t xml:space="preserve">{escaped(line)}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )
    made = tag("comment", lines, id=number, author=AUTHOR, initials=INITIALS, date=DATED)
    return etree.fromstring(f"<w:comments {DECLARATIONS}>{made}</w:comments>")[0]


def _announced(package: Package, part: str) -> dict[str, bytes]:
    """The content types and the relationships of the main document, with the comments among them."""
    types = package.xml("[Content_Types].xml")
    types = etree.Element(f"{_TYPES}Types") if types is None else types
    etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{part}", ContentType=_CONTENT)
    folder, name = posixpath.split(package.main)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    links = package.xml(rels)
    links = etree.Element(f"{_RELATIONS}Relationships") if links is None else links
    ids = {each.get("Id", "") for each in links}
    strict = any("purl.oclc.org" in each.get("Type", "") for each in links)
    free = next(name for number in range(1, len(ids) + 2) if (name := f"zhibi{number}") not in ids)
    etree.SubElement(links, f"{_RELATIONS}Relationship", Id=free, Type=_STRICT_KIND if strict else _KIND,
                     Target=posixpath.basename(part))  # fmt: skip
    return {
        "[Content_Types].xml": serialized(types, b""),
        rels: serialized(links, b""),
    }


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004
