"""A package -> its body and notes, and their paragraphs in the order in which they are numbered everywhere.

A formula in them becomes its words in a line: x^2, (a+b)/c, √(x), ∑_(i=1)^n.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from gongwen.errors import UnreadableFile
from gongwen.reader.paragraphs import Spot, Walk
from gongwen.reader.parts import Package, W

NOTES = (("footnotes", "脚注"), ("endnotes", "尾注"))


@dataclass(frozen=True, slots=True)
class Story:
    """One part that holds text: its name, its tree, and its paragraphs."""

    part: str
    root: etree._Element
    spots: tuple[Spot, ...]
    body: bool


def body(package: Package) -> etree._Element:
    """The body of the main document; raises UnreadableFile if the file has none."""
    root = package.xml(package.main)
    element = None if root is None else root.find(f"{W}body")
    if element is None:
        raise UnreadableFile(
            package.name, "不是 Word 文件（没有正文）", "请用 Word 打开后另存为 .docx。"
        )
    return element


def notes(root: etree._Element | None) -> Iterator[Spot]:
    """The paragraphs of footnotes or endnotes, without the separators that Word keeps among them."""
    for note in root if root is not None else ():
        if note.get(f"{W}type") in (None, "normal"):
            yield from Walk().spots(note)


def stories(package: Package) -> tuple[Story, ...]:
    """Body, footnotes and endnotes, as `measure` counts their paragraphs.

    From 1, through all three.
    """
    main = body(package)
    listed = [
        Story(package.main, main.getroottree().getroot(), tuple(Walk().spots(main)), body=True)
    ]
    for kind, _ in NOTES:
        root = package.related(kind)
        if root is not None:
            listed.append(Story(package.target(kind), root, tuple(notes(root)), body=False))
    return tuple(listed)


M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_HIDDEN = "\u200a"


def formula_text(element: etree._Element) -> str:
    """Everything that the formula prints, in reading order."""
    name = etree.QName(element).localname
    if name == "t":
        return (element.text or "").replace(_HIDDEN, "")
    if name.endswith("Pr"):
        return ""
    made = _KINDS.get(name)
    return made(element) if made else "".join(formula_text(child) for child in element)


def _part(element: etree._Element, name: str) -> str:
    part = element.find(f"{M}{name}")
    return formula_text(part) if part is not None else ""


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _mark(element: etree._Element, name: str, default: str) -> str:
    mark = element.find(f"{M}{etree.QName(element).localname}Pr/{M}{name}")
    return default if mark is None else mark.get(f"{M}val", "")


def _fraction(element: etree._Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _scripts(element: etree._Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    lower = f"_{_grouped(below)}" if below else ""
    return f"{_part(element, 'e')}{lower}" + (f"^{_grouped(above)}" if above else "")


def _root(element: etree._Element) -> str:
    return f"{_part(element, 'deg')}√({_part(element, 'e')})"


def _sum(element: etree._Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{_grouped(below)}" if below else "") + (f"^{_grouped(above)}" if above else "")
    return f"{_mark(element, 'chr', '∫')}{limits} {_part(element, 'e')}"


def _bracketed(element: etree._Element) -> str:
    inner = "|".join(formula_text(part) for part in element.findall(f"{M}e"))
    return f"{_mark(element, 'begChr', '(')}{inner}{_mark(element, 'endChr', ')')}"


def _rows(element: etree._Element) -> str:
    lines = (line for line in element if etree.QName(line).localname in {"mr", "e"})
    return "; ".join(map(_row, lines))


def _row(line: etree._Element) -> str:
    cells = " ".join(filter(None, map(formula_text, line.findall(f"{M}e"))))
    return cells or formula_text(line)


def _limit(element: etree._Element) -> str:
    sign = "_" if etree.QName(element).localname == "limLow" else "^"
    return f"{_part(element, 'e')}{sign}{_grouped(_part(element, 'lim'))}"


def _accented(element: etree._Element) -> str:
    return _part(element, "e") + _mark(element, "chr", "\u0302")


_KINDS: Mapping[str, Callable[[etree._Element], str]] = {
    "f": _fraction,
    "sSub": _scripts,
    "sSup": _scripts,
    "sSubSup": _scripts,
    "rad": _root,
    "nary": _sum,
    "d": _bracketed,
    "m": _rows,
    "eqArr": _rows,
    "limLow": _limit,
    "limUpp": _limit,
    "acc": _accented,
}
