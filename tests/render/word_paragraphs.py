"""A Word file -> its paragraphs' words, and where in them another look or another script begins."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from lxml import etree
from page_marks import WHITE

from gongwen.profile import Style
from gongwen.writer.layout.text_metrics import width
from gongwen.writer.text.runs import script_of

PORTION_TWIPS = 5  # the narrowing that LibreOffice 7.4 leaves out after a stretch of one look
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RAISED = 0.58  # of the size
_NAMESPACE = re.compile(r' xmlns:\w+="[^"]*"')
_CHINESE = '<w:rFonts w:hint="eastAsia"/>'


def is_latin(character: str) -> bool:
    """A letter, a digit or the like; nothing is none."""
    return bool(character) and script_of(character) == "latin"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's words without blanks and dots, and what its lines' widths are made of."""

    text: str
    style: str
    table: bool
    raw: str
    places: tuple[int, ...]  # of each character of `text` in `raw`
    portions: tuple[int, ...]  # where in `raw` a stretch of one look begins
    bold: bool  # it begins with a run that looks otherwise
    raised: tuple[tuple[int, str], ...]  # small words above the line, by where in `raw` they stand

    def at(self, place: int) -> str:
        """One character; nothing after the last."""
        return self.text[place : place + 1]

    def words(self, start: int, end: int) -> str:
        """The raw words of a line."""
        return self.raw[self.places[start] : self.places[end - 1] + 1] if end > start else ""

    def parts(self, start: int, end: int) -> int:
        """How many stretches of one look and one script a line has."""
        words = self.words(start, end)
        first = self.places[start]
        scripts = sum(is_latin(left) != is_latin(right) for left, right in pairwise(words))
        looks = sum(first < at < first + len(words) for at in self.portions)
        return 1 + scripts + looks

    def above(self, start: int, end: int, body: Style) -> float:
        """The width of the small words above a line."""
        first, last = self.places[start], self.places[end - 1]
        small = "".join(words for at, words in self.raised if first < at <= last)
        return _RAISED * width(small, body) + bool(small) * PORTION_TWIPS


def paragraphs(file: Path) -> Iterator[Paragraph]:
    """The paragraphs of a Word file that have words."""
    with zipfile.ZipFile(file) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    for node in tree.iter(f"{_W}p"):
        every = [(_look(run), _text(run), _raised(run)) for run in node.iter(f"{_W}r")]
        flat = [(look, text) for look, text, raised in every if text and not raised]
        raw = "".join(text for _, text in flat)
        places = tuple(at for at, character in enumerate(raw) if not WHITE.match(character))
        if not places:
            continue
        style = node.find(f"{_W}pPr/{_W}pStyle")
        yield Paragraph(
            "".join(raw[at] for at in places),
            "" if style is None else style.get(f"{_W}val", ""),
            any(each.tag == f"{_W}tbl" for each in node.iterancestors()),
            raw,
            places,
            tuple(_beginnings(flat)),
            flat[0][0] != "",
            tuple(_above(every)),
        )


def _beginnings(runs: list[tuple[str, str]]) -> Iterator[int]:
    """Where a stretch of another look begins."""
    at = 0
    for _, members in groupby(runs, lambda run: run[0]):
        if at:
            yield at
        at += sum(len(text) for _, text in members)


def _above(runs: list[tuple[str, str, bool]]) -> Iterator[tuple[int, str]]:
    """Raised words and where they stand."""
    at = 0
    for _, text, raised in runs:
        if raised:
            yield at, text
        else:
            at += len(text)


def _text(run) -> str:
    return "".join(each.text or "" for each in run.findall(f"{_W}t"))


def _look(run) -> str:
    """What a run says of itself but that it is Chinese."""
    marks = run.find(f"{_W}rPr")
    said = [
        _NAMESPACE.sub("", etree.tostring(each).decode())
        for each in (() if marks is None else marks)
    ]
    return "".join(each for each in said if each != _CHINESE)


def _raised(run) -> bool:
    return run.find(f"{_W}rPr/{_W}vertAlign") is not None
