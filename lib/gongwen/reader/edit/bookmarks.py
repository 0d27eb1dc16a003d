"""A Word file -> the same file with a bookmark at every paragraph, named by the number it has everywhere."""

from __future__ import annotations

from itertools import count

from lxml import etree

from gongwen.reader.paragraphs import Spot
from gongwen.reader.parts import Package, W, serialized
from gongwen.reader.stories import Story, stories

_FIRST_ID = 1_000_000  # beyond those that Word gives


def numbered(content: bytes, name: str = "文件", prefix: str = "p-") -> bytes:
    """The file to be shown, with p-1, p-2 … in body and notes. Raises UnreadableFile."""
    package = Package(content, name)
    numbers = count(1)
    changed: dict[str, bytes] = {}
    for story in stories(package):
        _mark(story, prefix, numbers)
        changed[story.part] = serialized(story.root, package.read(story.part) or b"")
    return package.rewritten(changed)


def _mark(story: Story, prefix: str, numbers: count[int]) -> None:
    for spot in story.spots:
        number = next(numbers)
        _begin(spot, number, f"{prefix}{number}")


def _begin(spot: Spot, number: int, name: str) -> None:
    """An empty bookmark before the first run; properties of the paragraph stay in front."""
    marks = {f"{W}id": str(_FIRST_ID + number)}
    start = etree.Element(f"{W}bookmarkStart", {**marks, f"{W}name": name})
    end = etree.Element(f"{W}bookmarkEnd", marks)
    look = spot.element.find(f"{W}pPr")
    place = 0 if look is None else spot.element.index(look) + 1
    spot.element.insert(place, start)
    spot.element.insert(place + 1, end)
