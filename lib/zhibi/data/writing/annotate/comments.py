"""Words for some cells -> comments beside them.

Those that are there stay, ours come with the shapes that show them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from zhibi.data.sources.grid import letters
from zhibi.data.writing.annotate.cells import Address
from zhibi.data.writing.annotate.package import Parts, group_of, local, within

AUTHOR = "执笔检查"
SIGN = f"〔{AUTHOR}〕"  # before what is added to a comment of hers
LONGEST = 4_000
_THREAD = "tc="  # authors of the copies that Excel keeps of threaded comments
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_575
_BEFORE_DRAWING = {
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing",
}  # fmt: skip
_SHAPE = re.compile(rb"<(?:\w+:)?shape\b(?:(?!</(?:\w+:)?shape>).)*</(?:\w+:)?shape>", re.DOTALL)
_ROW, _COLUMN = re.compile(rb":Row>\s*(\d+)"), re.compile(rb":Column>\s*(\d+)")
_SHAPE_NUMBER = re.compile(rb"_s(\d+)")


def forget(parts: Parts, sheet: str) -> None:
    """Take out the comments of an earlier check, and what it added to comments of hers."""
    name = parts.related(sheet, "comments")
    if not name or AUTHOR.encode() not in parts.content(name):
        return
    root = parts.tree(name)
    authors = _authors(root)
    gone = set()
    for comment in list(_comments(root)):
        if _author(comment, authors) == AUTHOR:
            group_of(root, "commentList").remove(comment)
            gone.add(comment.get("ref", ""))
        else:
            _cut_off(comment)
    drawing = parts.related(sheet, "vmlDrawing")
    if drawing and gone:
        parts.put(
            drawing,
            _SHAPE.sub(
                lambda hit: b"" if _cell_of(hit[0]) in gone else hit[0], parts.content(drawing)
            ),
        )


def add(parts: Parts, sheet: str, words: Mapping[Address, str]) -> None:
    """Comment cells of a sheet."""
    if not words:
        return
    name = parts.related(sheet, "comments")
    if not name:
        space = etree.QName(parts.tree(sheet)).namespace or ""
        empty = f'<comments xmlns="{space}"><authors/><commentList/></comments>'
        name = parts.add("xl/commentsZhibi{}.xml", empty.encode(), _COMMENTS)
        parts.relate(sheet, "comments", name)
    root = parts.tree(name)
    there = {comment.get("ref"): comment for comment in _comments(root)}
    fresh = []
    for address, text in sorted(words.items()):
        comment = there.get(_reference(address))
        if comment is None:
            _append(root, address, text[:LONGEST])
            fresh.append(address)
        elif not _author(comment, _authors(root)).startswith(_THREAD):
            _add_words(comment, f"\n{SIGN}{text}"[:LONGEST])
    _draw(parts, sheet, fresh)


def _append(root: etree._Element, address: Address, text: str) -> None:
    group = group_of(root, "commentList")
    comment = etree.SubElement(group, within(root, "comment"), {"ref": _reference(address)})
    comment.set("authorId", str(_our_number(root)))
    _add_words(comment, text)


def _our_number(root: etree._Element) -> int:
    names = _authors(root)
    if AUTHOR not in names:
        etree.SubElement(group_of(root, "authors"), within(root, "author")).text = AUTHOR
        return len(names)
    return names.index(AUTHOR)


def _add_words(comment: etree._Element, text: str) -> None:
    words = comment.find(within(comment, "text"))
    if words is None:
        words = etree.SubElement(comment, within(comment, "text"))
    plain = words.find(within(words, "t"))
    if plain is not None:  # one plain text becomes the first of several runs
        run = etree.Element(within(words, "r"))
        words.replace(plain, run)
        run.append(plain)
    run = etree.SubElement(words, within(words, "r"))
    added = etree.SubElement(run, within(words, "t"))
    added.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    added.text = text


def _cut_off(comment: etree._Element) -> None:
    """Take what was added out of a comment of hers."""
    for each in comment.iter():
        if local(each) == "t" and SIGN in (each.text or ""):
            each.text = (each.text or "").partition(SIGN)[0].rstrip("\n")


def _draw(parts: Parts, sheet: str, addresses: Iterable[Address]) -> None:
    """The shapes in which Excel shows the comments."""
    listed = list(addresses)
    if not listed:
        return
    name = parts.related(sheet, "vmlDrawing") if _legacy(parts, sheet) else ""
    if not name:
        name = parts.add("xl/drawings/vmlDrawingZhibi{}.vml", _EMPTY.encode(), _DRAWING)
        _refer(parts.tree(sheet), parts.relate(sheet, "vmlDrawing", name))
    content = parts.content(name)
    end = content.rfind(b"</xml>")
    if end < 0:
        return
    used = [int(number) for number in _SHAPE_NUMBER.findall(content)]
    first = max([1024, *used]) + 1
    shapes = "".join(_shape(first + at, address) for at, address in enumerate(listed))
    kind = "" if b"_x0000_t202" in content else _KIND
    parts.put(name, content[:end] + f"{kind}{shapes}".encode() + content[end:])


def _legacy(parts: Parts, sheet: str) -> bool:
    return parts.tree(sheet).find(within(parts.tree(sheet), "legacyDrawing")) is not None


def _refer(root: etree._Element, number: str) -> None:
    strict = "purl.oclc.org" in (etree.QName(root).namespace or "")
    space = _STRICT if strict else _TRANSITIONAL
    element = etree.Element(within(root, "legacyDrawing"), nsmap={"r": space})
    element.set(f"{{{space}}}id", number)
    before = [at for at, child in enumerate(root) if local(child) in _BEFORE_DRAWING]
    root.insert(before[-1] + 1 if before else 0, element)


_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EMPTY = f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_KIND = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,'
    '21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def _shape(number: int, address: Address) -> str:
    row, column = min(address[0] - 1, _LAST_ROW), min(address[1], _LAST_COLUMN)
    right, bottom = min(column + 5, _LAST_COLUMN), min(row + 7, _LAST_ROW)
    left, top = min(column + 1, right), max(row - 1, 0)
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:240pt;height:90pt;'
        "z-index:1;"
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, "
        "4</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _cell_of(shape: bytes) -> str:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return _reference((int(row[1]) + 1, int(column[1]))) if row and column else ""


def _reference(address: Address) -> str:
    return f"{letters(address[1])}{address[0]}"


def _comments(root: etree._Element) -> list[etree._Element]:
    return [each for each in root.iter() if local(each) == "comment"]


def _authors(root: etree._Element) -> list[str]:
    return [each.text or "" for each in root.iter() if local(each) == "author"]


def _author(comment: etree._Element, authors: list[str]) -> str:
    number = comment.get("authorId", "")
    return authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
