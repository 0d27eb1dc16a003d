"""A package -> its body and notes, and their paragraphs in the order in which they are numbered everywhere."""

from __future__ import annotations

from collections.abc import Iterator
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
    found = None if root is None else root.find(f"{W}body")
    if found is None:
        raise UnreadableFile(
            package.name, "不是 Word 文件（没有正文）", "请用 Word 打开后另存为 .docx。"
        )
    return found


def notes(root: etree._Element | None) -> Iterator[Spot]:
    """The paragraphs of footnotes or endnotes, without the separators that Word keeps among them."""
    for note in root if root is not None else ():
        if note.get(f"{W}type") in (None, "normal"):
            yield from Walk().spots(note)


def stories(package: Package) -> tuple[Story, ...]:
    """Body, footnotes and endnotes, as `measure` counts their paragraphs: from 1, through all three."""
    main = body(package)
    found = [
        Story(package.main, main.getroottree().getroot(), tuple(Walk().spots(main)), body=True)
    ]
    for kind, _ in NOTES:
        root = package.related(kind)
        if root is not None:
            found.append(Story(package.target(kind), root, tuple(notes(root)), body=False))
    return tuple(found)
