"""The parts of a workbook -> the same without what gives away a person, wherever in the package it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from gongwen.chinese.personal_data import gives_away, masked
from zhibi.data.writing.annotate.cells import all_cells, empty
from zhibi.data.writing.annotate.package import WORKBOOK, Parts, local, parsed, within

_NO_TEXT = ("xl/theme/", "xl/styles.xml", "xl/calcChain.xml", "xl/vbaProject")
_TEXT_CELLS = {"str", "inlineStr"}
_MEASURES = {"row", "col", "rowOff", "colOff"}


def clean(parts: Parts, sheets: Iterable[str]) -> None:
    """Blank cells and mask words that give away a person. Parts without any stay as they are."""
    own = set(sheets)
    strings = parts.related(WORKBOOK, "sharedStrings")
    for name in parts.names:
        if name == strings:
            _change(parts, name, _blank_strings)
        elif name in own:
            _change(parts, name, _blank_cells)
        elif name.endswith((".xml", ".rels")) and not name.startswith(_NO_TEXT):
            _change(parts, name, _mask_words)


def _change(parts: Parts, name: str, change: Callable[[etree._Element], bool]) -> None:
    content = parts.content(name)
    if gives_away(content.decode("utf-8", "replace")) or _spelled_out(content):
        root = parsed(content)
        if change(root):
            parts.put_tree(name, root)


def _spelled_out(content: bytes) -> bool:
    """Whether what a part says can only be seen once it is parsed.

    Another encoding, characters by number, runs.
    """
    return content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"&#" in content or b"<r>" in content


def _blank_strings(root: etree._Element) -> bool:
    changed = False
    for item in root:
        if gives_away(_words(item)):
            for child in list(item):
                item.remove(child)
            etree.SubElement(item, within(item, "t"))
            changed = True
    return changed


def _blank_cells(root: etree._Element) -> bool:
    changed = False
    for cell in all_cells(root):
        formula = any(local(child) == "f" and gives_away(child.text or "") for child in cell)
        if formula or (cell.get("t") in _TEXT_CELLS and gives_away(_words(cell))):
            empty(cell)
            changed = True
    around = [child for child in root if local(child) != "sheetData"]
    return any([changed, *(_mask_words(child) for child in around)])


def _mask_words(root: etree._Element) -> bool:
    changed = False
    for each in root.iter():
        if not isinstance(each.tag, str) or local(each) in _MEASURES or _is_number(each):
            continue
        if each.text and gives_away(each.text):
            each.text = masked(each.text)
            changed = True
        for key, value in ((str(key), str(value)) for key, value in each.attrib.items()):
            if not value.startswith("{") and gives_away(value):
                each.set(key, masked(value))
                changed = True
    return changed


def _is_number(element: etree._Element) -> bool:
    """A number that a chart keeps of its cells."""
    return any(local(above) == "numCache" for above in element.iterancestors())


def _words(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter() if local(each) in {"t", "v"})
