"""Runs of a strange file -> runs whose look is that of their paragraph's style.

Emphasis, marks and links stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from gongwen.oxml import parse, properties, put, tag
from gongwen.reader.edit.run_split import cut
from gongwen.reader.formatting import MeasuredParagraph, Run
from gongwen.reader.paragraphs import Spot
from gongwen.reader.parts import W

# what is not look: tracked changes, hidden text, direction, marks an author made for himself
_STAYS = frozenset(
    f"{W}{name}"
    for name in (
        "strike", "dstrike", "vanish", "webHidden", "specVanish", "vertAlign", "rtl", "cs", "em", "highlight", "ins",
        "del", "moveFrom", "moveTo", "noProof", "rPrChange", "caps", "smallCaps",
    )
)  # fmt: skip
_KEPT_STYLES = frozenset(
    {"footnote reference", "endnote reference", "annotation reference", "hyperlink",
     "followedhyperlink", "internet link"}
)  # fmt: skip
_SYMBOLS = frozenset(
    {"wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "marlett", "zapf dingbats"}
)
_CHINESE = re.compile(r"[\u2010-\u2026\u2e80-\u9fff\uf900-\uffee“”‘’·]")
_BLANKS = " \t\u3000\xa0"
_PLAIN_ROLES = frozenset({"title", "heading", "subtitle", "masthead"})
_FIRST_SENTENCE = re.compile(r"[^。：:]{1,40}[。：:]")


def of_paragraph(spot: Spot) -> Iterator[etree._Element]:
    """Every run of a paragraph, those struck out too, those of text boxes not."""
    box = f"{W}txbxContent"
    for run in spot.element.iter(f"{W}r"):
        above = next(run.iterancestors(f"{W}p", box), None)
        if above is spot.element:
            yield run


def set_size(spot: Spot, size_pt: float) -> None:
    """Give every run of a paragraph that has a look of its own this size."""
    for run in of_paragraph(spot):
        look = run.find(f"{W}rPr")
        if look is not None:
            put(look, parse(tag("sz", val=round(size_pt * 2))))


def restyle(spot: Spot, measured: MeasuredParagraph, role: str, names: Mapping[str, str]) -> None:
    """Take the look from each run, emphasis within a text apart. `names`: style names by id."""
    looks = {id(piece.element): run for piece, run in zip(spot.pieces, measured.runs, strict=True)}
    inked = [run for run in measured.runs if run.text.strip()]
    plain = role in _PLAIN_ROLES or (bool(inked) and all(run.bold for run in inked))
    for run in of_paragraph(spot):
        _restyle_run(run, looks.get(id(run)), names, emphasis=not plain, role=role)


def _restyle_run(
    run: etree._Element, look: Run | None, names: Mapping[str, str], *, emphasis: bool, role: str
) -> None:
    old = run.find(f"{W}rPr")
    words = "".join(map(str, run.itertext(f"{W}t", f"{W}delText")))
    marks = _marks(look, words, emphasis=emphasis, red=role == "masthead")
    made = parse(properties("rPr", marks) or "<w:rPr/>")
    for child in list(old) if old is not None else ():
        if child.tag in _STAYS:
            put_any(made, child)
        elif child.tag == f"{W}rStyle" and _is_kept(names.get(child.get(f"{W}val", ""), "")):
            made.insert(0, child)
        elif child.tag == f"{W}rFonts" and _symbolic(child):
            put(made, child)
    if old is not None:
        run.remove(old)
    if len(made):
        run.insert(0, made)


def _marks(look: Run | None, words: str, *, emphasis: bool, red: bool) -> dict[str, str]:
    marks = {}
    if _CHINESE.search(words):
        marks["rFonts"] = tag("rFonts", hint="eastAsia")
    if look is None:
        return marks
    if emphasis and look.bold:
        marks |= {"b": tag("b"), "bCs": tag("bCs")}
    if emphasis and look.italic:
        marks |= {"i": tag("i"), "iCs": tag("iCs")}
    if look.underline not in ("", "none"):
        marks["u"] = tag("u", val=look.underline)
    if look.position in ("superscript", "subscript"):
        marks["vertAlign"] = tag("vertAlign", val=look.position)
    if red and look.color not in ("", "auto"):
        marks["color"] = tag("color", val=look.color)
    return marks


def put_any(parent: etree._Element, child: etree._Element) -> None:
    """The child in its schema place; revision marks come first or last, as the schema has them."""
    name = etree.QName(child).localname
    if name in ("ins", "del", "moveFrom", "moveTo"):
        parent.insert(0, child)
    elif name in ("rPrChange", "specVanish"):
        parent.append(child)
    else:
        put(parent, child)


def _is_kept(name: str) -> bool:
    return name.casefold() in _KEPT_STYLES


def _symbolic(fonts: etree._Element) -> bool:
    return any(str(value).casefold() in _SYMBOLS for value in fonts.attrib.values())


def leads(spot: Spot, measured: MeasuredParagraph, style: str) -> None:
    """A run-in heading that looks unlike the text after it -> runs in the style of such headings."""
    match = _FIRST_SENTENCE.match(measured.text)
    if match is None or match.end() == len(measured.text.rstrip()):
        return
    first: set[tuple[bool, str]] = set()
    rest: set[tuple[bool, str]] = set()
    at = 0
    for run in measured.runs:
        target = first if at < match.end() else rest
        target.add((run.bold, run.east_asian))
        at += len(run.text)
    if first & rest:
        return
    for segment in cut(spot, [match.end()]):
        if segment.end <= match.end() and segment.run.tag == f"{W}r":
            look = segment.run.find(f"{W}rPr")
            if look is None:
                look = etree.Element(f"{W}rPr")
                segment.run.insert(0, look)
            for old in look.findall(f"{W}rStyle"):
                look.remove(old)
            look.insert(0, parse(tag("rStyle", val=style)))


def trimmed(spot: Spot) -> bool:
    """Take typed blanks from both ends of a paragraph; true if there were any."""
    before = spot.text
    for pieces, strip, last in (
        (spot.pieces, str.lstrip, False),
        (spot.pieces[::-1], str.rstrip, True),
    ):
        for piece in pieces:
            if piece.computed or not _trim(piece.atoms, strip, last=last):
                break
    return spot.text != before


def _trim(
    atoms: list[tuple[etree._Element, str]], strip: Callable[[str, str], str], *, last: bool
) -> bool:
    """Trim one run from one end; true if nothing of it is left, and the next is to be trimmed."""
    for place in range(len(atoms) - 1, -1, -1) if last else range(len(atoms)):
        node, text = atoms[place]
        rest = strip(text, _BLANKS)
        if rest == text:
            return False
        if node.tag == f"{W}t":
            node.text = rest
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        elif (parent := node.getparent()) is not None:
            parent.remove(node)
        atoms[place] = (node, rest)
        if rest:
            return False
    return True


def freeze(spot: Spot, measured: MeasuredParagraph) -> None:
    """Write down what a paragraph looked like, so that new styles leave it as it was (text boxes, page headers)."""
    for piece, run in zip(spot.pieces, measured.runs, strict=True):
        if piece.element.tag != f"{W}r":
            continue
        look = piece.element.find(f"{W}rPr")
        if look is None:
            look = etree.Element(f"{W}rPr")
            piece.element.insert(0, look)
        for xml in _frozen(run):
            element = parse(xml)
            if look.find(element.tag) is None or element.tag == f"{W}rFonts":
                put(look, element)


def _frozen(run: Run) -> Iterator[str]:
    east, latin = run.east_asian or run.latin, run.latin or run.east_asian
    if east:
        hint = {"hint": run.hint} if run.hint else {}
        yield tag("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin, **hint)
    yield tag("b", val=int(run.bold))
    yield tag("i", val=int(run.italic))
    yield tag("spacing", val=round(run.spacing_twips))
    yield tag("sz", val=round(run.size_pt * 2))
    yield tag("szCs", val=round(run.size_pt * 2))
