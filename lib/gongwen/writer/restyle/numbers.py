"""Automatic numbers of a strange file -> numbers of the official ladder as words, or list numbers kept as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from gongwen.chinese.numbers.numerals import from_chinese
from gongwen.profile import Profile
from gongwen.reader.measure import Reader
from gongwen.reader.paragraphs import Spot
from gongwen.reader.parts import W
from gongwen.reader.roles import Recognised
from gongwen.writer.text.lists import heading_number

_LADDER = (
    re.compile(r"([一二三四五六七八九十百]+)\s?[、.．]"),
    re.compile(r"[（(]\s*([一二三四五六七八九十百]+)\s*[)）]"),
    re.compile(r"(\d{1,2})\s?[.．、]"),
    re.compile(r"[（(]\s*(\d{1,2})\s*[)）]"),
)
_LEGAL = re.compile(r"第[一二三四五六七八九十百零\d]+[章节条编篇部分]+")
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """The list a paragraph belongs to: id and level of its numbering."""

    number: str
    depth: int


def lists(reader: Reader, spots: Sequence[Spot]) -> list[Listed | None]:
    """The list each paragraph is numbered by, whether it says so itself or its style does."""
    found: list[Listed | None] = []
    for spot in spots:
        own = spot.element.find(f"{W}pPr")
        marks = reader.inheritance.paragraph(own)
        numbers = marks.get("numPr", {})
        number = numbers.get("numId.val", "0")
        style = marks.get("pStyle", {}).get("val", "")
        listed = Listed(number, reader.inheritance.depth(numbers, style))
        found.append(listed if number != "0" else None)
    return found


def typed(
    labels: Sequence[str],
    texts: Sequence[str],
    roles: Sequence[Recognised],
    families: Sequence[str],
    profile: Profile,
) -> list[str]:
    """The number each paragraph gets as words; empty where it keeps the list it has, or has none.

    A heading's automatic number becomes that of the ladder; whatever shares its list is typed as
    printed, or it would be counted anew.
    """
    ladders = {
        family
        for family, label, role in zip(families, labels, roles, strict=True)
        if label and family and role.role in ("heading", "title")
    }
    counters = [0] * _DEEPEST
    made = []
    for label, text, role, family in zip(labels, texts, roles, families, strict=True):
        if role.role == "heading":
            made.append(_of_heading(label, text, role.level, counters, profile))
        elif label and family in ladders:
            made.append(_parted(label))
        else:
            made.append("")
    return made


def _of_heading(label: str, text: str, level: int, counters: list[int], profile: Profile) -> str:
    """Count a heading, and give the number it is to be printed with if Word numbered it."""
    depth = min(max(level, 1), _DEEPEST)
    counters[depth:] = [0] * (_DEEPEST - depth)
    own = _counted(label or text.strip())
    if own is not None or (not label and not own):
        counters[depth - 1] = own or counters[depth - 1]
        return label
    if _LEGAL.match(label):
        return f"{label}　"
    counters[depth - 1] += 1
    return heading_number(profile.numbering.headings[depth - 1], counters[depth - 1])


def _counted(words: str) -> int | None:
    """The number a heading of the ladder begins with; nothing for any other beginning."""
    for form in _LADDER:
        if match := form.match(words):
            return int(match[1]) if match[1].isdigit() else from_chinese(match[1])
    return None


def _parted(label: str) -> str:
    """1.1 before words needs a blank, （一） does not."""
    return f"{label} " if label[-1:].isascii() and label[-1:].isalnum() else label


def put_numbering(marks: dict[str, etree._Element], listed: Listed) -> None:
    """The list as a property of the paragraph's own."""
    element = etree.Element(f"{W}numPr")
    etree.SubElement(element, f"{W}ilvl").set(f"{W}val", str(listed.depth))
    etree.SubElement(element, f"{W}numId").set(f"{W}val", listed.number)
    marks["numPr"] = element
