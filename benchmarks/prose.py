"""The prose cells of the shipped notebooks -> how much of them is Chinese and how much is syntax.

Run: python benchmarks/prose.py
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
MOST_TAGS, MOST_SYNTAX, LONGEST_LINE, LEAST_SIMPLE = (
    5,
    45,
    160,
    80,
)  # percent, percent, characters, percent
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_PLACE = re.compile(r"\{\{(.*?)\}\}|【([^【】\n]*)】", re.DOTALL)
_MARK = re.compile(r"[〖｜〗]|\{#.*?#\}", re.DOTALL)
_SIMPLE = re.compile(
    r"(?:附表|表|图)[:：].+|[^\W\d]\w*(?:\.[^\W\d]\w*)*(?:\s*[|｜]\s*\w+(?:[(（][^()（）]*[)）])?)?"
)
_SENTENCE = re.compile(r"[。！？；]")
_TEST = re.compile(r"\bis\s+(?:not\s+)?有|\.missing\b")


@dataclass(frozen=True)
class Measure:
    """One notebook: characters (blanks aside), tags, syntax, and what a reader of the source meets."""

    name: str
    characters: int
    in_tags: int
    in_syntax: int
    tags: int
    sentences: int
    longest: int
    places: int
    simple: int
    tests: int
    values: int

    @property
    def tag_share(self) -> float:
        """Percent of the characters that stand in `{% %}`."""
        return 100 * self.in_tags / self.characters

    @property
    def syntax_share(self) -> float:
        """Percent of the characters that are no Chinese to be printed."""
        return 100 * self.in_syntax / self.characters

    @property
    def simple_share(self) -> float:
        """Percent of the placeholders that are a name, or a name with one filter."""
        return 100 * self.simple / self.places


def prose_cells(path: Path) -> list[str]:
    """The texts of the %%正文 cells, without their first line."""
    notebook = nbformat.read(path, as_version=4)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return [source.partition("\n")[2] for source in sources if source.startswith("%%正文")]


def measure(path: Path) -> Measure:
    """The figures of one notebook."""
    cells = prose_cells(path)
    text = "\n".join(cells)
    tags = _TAG.findall(text)
    bare = _TAG.sub("", text)
    places = [(match[1] or match[2]).strip() for match in _PLACE.finditer(bare)]
    syntax = [*tags, *(match[0] for match in _PLACE.finditer(bare)), *_MARK.findall(bare)]
    return Measure(
        name=path.stem,
        characters=_length(text),
        in_tags=sum(map(_length, tags)),
        in_syntax=sum(map(_length, syntax)),
        tags=len(tags),
        sentences=len(_SENTENCE.findall(text)),
        longest=max(len(line) for line in text.splitlines()),
        places=len(places),
        simple=sum(_SIMPLE.fullmatch(place) is not None for place in places),
        tests=len(_TEST.findall(text)),
        values=text.count(".value"),
    )


def _length(text: str) -> int:
    return sum(not character.isspace() for character in text)


def main() -> int:
    """Print the table."""
    print("笔记本                 字符   标签%   语法%  最长行  标签/句  简单占位%  判缺  .value")
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        figures = measure(path)
        print(
            f"{figures.name:<20} {figures.characters:>6} {figures.tag_share:>6.1f} {figures.syntax_share:>7.1f}"
            f" {figures.longest:>7} {figures.tags / figures.sentences:>8.2f} {figures.simple_share:>10.1f}"
            f" {figures.tests:>5} {figures.values:>7}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
