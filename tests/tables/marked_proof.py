"""A workbook and its marked copy -> everything by which they differ beyond fills and comments, found in their XML."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy

from lxml import etree

MADE = ("sheetZhibi", "commentsZhibi", "vmlDrawingZhibi", "stylesZhibi")
GROWING = {"fonts", "fills", "cellXfs"}


def unlike(original: bytes, copy: bytes) -> list[str]:
    """What was lost or changed; nothing, if the copy is hers."""
    before, after = _parts(original), _parts(copy)
    found = [f"lost: {name}" for name in before if name not in after]
    own = [f"{name.rpartition('/')[0]}/_rels/" for name in before]
    for name in after:
        new_relations = name.endswith(".rels") and any(name.startswith(each) for each in own)
        if name not in before and not any(each in name for each in MADE) and not new_relations:
            found.append(f"added: {name}")
    for name, content in before.items():
        if name in after and content != after[name] and not _same(name, content, after[name]):
            found.append(f"changed: {name}")
    return found


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _same(name: str, before: bytes, after: bytes) -> bool:
    if name.endswith(".vml"):
        return after.startswith(before[: before.rfind(b"</xml>")])
    one, other = etree.fromstring(before), etree.fromstring(after)
    judge = _JUDGES.get(_name(one))
    return judge is not None and judge(one, other)


def _same_sheet(one: etree._Element, other: etree._Element) -> bool:
    return _canonical(_sheet(one, other)) == _canonical(_sheet(other, one))


def _same_workbook(one: etree._Element, other: etree._Element) -> bool:
    return _canonical(_workbook(one)) == _canonical(_workbook(other))


def _all_there(one: etree._Element, other: etree._Element) -> bool:
    lines = {_canonical(each) for each in other}
    return all(_canonical(each) in lines for each in one)


def _sheet(root: etree._Element, beside: etree._Element) -> etree._Element:
    """A sheet without numbers of formats, and without empty cells and rows that the other one does not have."""
    copy = deepcopy(root)
    there = {each.get("r") for each in beside.iter() if _name(each) in {"c", "row"}}
    for cell in [each for each in copy.iter() if _name(each) == "c"]:
        cell.attrib.pop("s", None)
        if not len(cell) and cell.get("r") not in there:
            cell.getparent().remove(cell)
    for row in [each for each in copy.iter() if _name(each) == "row"]:
        if not len(row) and row.get("r") not in there:
            row.getparent().remove(row)
    for each in list(copy.iter()):
        if _name(each) == "sheetView":
            each.attrib.pop("tabSelected", None)
        added = _name(each) == "legacyDrawing" and "Zhibi" in str(each.attrib.values())
        if added:
            each.getparent().remove(each)
    return copy


def _workbook(root: etree._Element) -> etree._Element:
    copy = deepcopy(root)
    for each in list(copy.iter()):
        if _name(each) == "sheet" and each.get("name") == "问题清单":
            each.getparent().remove(each)
        if _name(each) == "workbookView":
            each.attrib.pop("activeTab", None)
    return copy


def _grown(one: etree._Element, other: etree._Element) -> bool:
    """Whether every format that was there is there still, under its number."""
    groups = {_name(each): each for each in other}
    for group in one:
        name, later = _name(group), groups.get(_name(group))
        if later is None:
            return False
        if name not in GROWING and _canonical(group) != _canonical(later):
            return False
        if any(_canonical(a) != _canonical(b) for a, b in zip(group, later, strict=False)):
            return False
        if len(later) < len(group):
            return False
    return True


def _commented(one: etree._Element, other: etree._Element) -> bool:
    said = {each.get("ref"): _words(each) for each in other.iter() if _name(each) == "comment"}
    hers = [(each.get("ref"), _words(each)) for each in one.iter() if _name(each) == "comment"]
    return all(said.get(cell, "").startswith(words) for cell, words in hers)


def _words(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter() if _name(each) == "t")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n")


_JUDGES = {
    "worksheet": _same_sheet,
    "workbook": _same_workbook,
    "styleSheet": _grown,
    "comments": _commented,
    "Types": _all_there,
    "Relationships": _all_there,
}
