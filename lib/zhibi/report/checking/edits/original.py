"""A run's folder -> the draft as it was made.

Its passages, and every figure printed in them with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from gongwen import profile as profiles
from gongwen.document import (
    Block,
    Document,
    Figure,
    Line,
    Reference,
    Table,
    Text,
    Todo,
    codec,
    lines_of,
    plain,
)
from gongwen.errors import UnreadableFile
from gongwen.facts.value import Fact, lineage_of
from gongwen.writer.text.captions import Label, labels
from gongwen_lint.manuscript.reading.docx import read as read_docx
from zhibi.notebook import elements as notebook_elements
from zhibi.notebook import file as notebooks
from zhibi.notebook import parameters as params
from zhibi.report import outputs
from zhibi.report.checking.draft import Layout, render
from zhibi.report.checking.edits.passages import Passage, passages
from zhibi.workspace import workspace as workspaces

_WRITTEN = re.compile(r"%%待撰写[ \t]+[\w.]*?(\w+)(?=\s|$)|prose\(\s*\w+\.(\w+)\s*,")


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure at [start:end) of a part of a passage."""

    start: int
    end: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class SourceCell:
    """The cell of the notebook that said a passage.

    `section` is the name of the text where a person wrote it.
    """

    cell: int = 0
    section: str = ""
    to_write: bool = False  # nothing was written there yet


@dataclass(frozen=True)
class Original:
    """The draft as it was made. `figures` by passage and part; `sources` by passage."""

    passages: tuple[Passage, ...]
    figures: Mapping[tuple[int, int], tuple[PrintedFigure, ...]]
    sources: Mapping[int, SourceCell]
    facts: Mapping[str, Fact]
    notebook: NotebookNode
    parameters: Mapping[str, Any] = field(default_factory=dict)
    scope: str = "county"
    author: str = ""

    @cached_property
    def everything(self) -> tuple[Fact, ...]:
        """Every figure of the run and all that they were computed from."""
        return tuple(lineage_of(self.facts.values()).values())


def original(run: Path) -> Original:
    """The draft that an executed notebook makes; raises UnreadableFile where there is none."""
    if not run.is_file():
        raise UnreadableFile(
            run,
            "没有这次运行的底稿，不知道改动以前是什么样",
            "请用 --run 指明生成它的文件夹（里面有 run.ipynb）。",
        )
    nb = notebooks.read(run)
    about = notebooks.about(nb, run.name)
    values = _parameters(nb, run.name)
    place = workspaces.find(run.parent) or workspaces.Workspace(run.parent)
    layout = (about.layout if about else "") or place.settings.profile
    look = profiles.load(layout, place.templates)
    elements = notebook_elements.of(about, values, run.name)
    draft = render(nb, Layout(about, elements, look))
    found = passages(read_docx(_as_made(run) or draft.word(), outputs.REPORT))
    figures = dict(_placed(draft.document, found))
    return Original(
        found, figures, _sources(nb, found), draft.document.facts, nb, values,
        about.scope if about else "county", draft.document.author,
    )  # fmt: skip


def _as_made(run: Path) -> bytes | None:
    """The report itself where it lies beside its notebook as it was made.

    Another version may write it otherwise.
    """
    path = run.with_name(outputs.REPORT)
    if run.name != outputs.NOTEBOOK or not path.is_file():
        return None
    content = path.read_bytes()
    return (
        content
        if outputs.fingerprint(content) == outputs.made(run.parent).get(outputs.REPORT)
        else None
    )


def _parameters(nb: NotebookNode, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for source in (notebooks.declaration(nb), notebooks.injection(nb)):
        found |= params.values(params.declared(source, name), {})
    return found


def _placed(
    document: Document, found: tuple[Passage, ...]
) -> Iterator[tuple[tuple[int, int], tuple[PrintedFigure, ...]]]:
    """The figures of each part, found by walking the blocks and the passages side by side."""
    at = {True: 0, False: 0}  # in tables and outside
    lines: dict[bool, list[Any]] = {True: [], False: []}
    for line in _lines(document):
        lines[line[0]].append(line)
    for number, passage in enumerate(found):
        inside = bool(passage.table)
        for part, text in enumerate(passage.parts):
            printed: list[PrintedFigure] = []
            start = 0
            while at[inside] < len(lines[inside]):
                _, words, facts = lines[inside][at[inside]]
                place = text.find(words, start)
                if place < 0 or (inside and words != text):
                    break
                printed += [
                    PrintedFigure(place + one, place + end, fact) for one, end, fact in facts
                ]
                start = place + len(words)
                at[inside] += 1
            if printed:
                yield (number, part), tuple(printed)


def _lines(document: Document) -> Iterator[tuple[bool, str, list[tuple[int, int, Fact]]]]:
    """Every line that prints a figure: whether it stands in a table, its words, and where the figures are."""
    _, by_key = labels(document.blocks)
    for block in document.blocks:
        for _, line in lines_of(block):
            words, facts = _said(line, by_key, document.facts)
            if facts:
                yield isinstance(block, Table), words, facts


def _said(
    line: Line, by_key: Mapping[str, Label], facts: Mapping[str, Fact]
) -> tuple[str, list[tuple[int, int, Fact]]]:
    words, found = "", []
    for inline in line:
        text = (
            str(by_key.get(inline.key, inline.key))
            if isinstance(inline, Reference)
            else plain((inline,))
        )
        if isinstance(inline, Text) and inline.fact in facts:
            found.append((len(words), len(words) + len(text), facts[inline.fact]))
        words += text
    lead = len(words) - len(words.lstrip())
    return words.strip(), [(start - lead, end - lead, fact) for start, end, fact in found]


def _sources(nb: NotebookNode, found: tuple[Passage, ...]) -> dict[int, SourceCell]:
    """The cell that said each passage, as far as its words are found again in their order."""
    said = list(_first_lines(nb))
    sources: dict[int, SourceCell] = {}
    at = 0
    for number, passage in enumerate(found):
        ahead = range(at, min(at + _AHEAD, len(said)))
        match = next((place for place in ahead if said[place][1] in passage.text), None)
        if match is not None:
            sources[number], at = said[match][0], match + 1
    return sources


def _first_lines(nb: NotebookNode) -> Iterator[tuple[SourceCell, str]]:
    """The first words of every block, each with the cell that said it."""
    for source, block in _shown(nb):
        for line in filter(None, _first_words(block)):
            yield source, line


_AHEAD = 12  # lines that may have been said and are not found again


def _shown(nb: NotebookNode) -> Iterator[tuple[SourceCell, Block]]:
    cells = [cell for cell in nb.cells if notebooks.INJECTED_TAG not in notebooks.tags(cell)]
    for number, cell in enumerate(cells, 1):
        match = _WRITTEN.search(cell.source)
        section = (match[1] or match[2]) if match else ""
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if codec.MIME in data:
                for block in codec.load(data[codec.MIME])[0]:
                    yield SourceCell(number, section, isinstance(block, Todo)), block


def _first_words(block: Block) -> list[str]:
    """What of a block is looked for: its words up to the first mention of a table.

    Of a table its caption.
    """
    if isinstance(block, Todo):
        return [block.hint]
    if isinstance(block, Table | Figure):
        return [block.caption]
    return [_until_reference(line) for _, line in lines_of(block)]


def _until_reference(line: Line) -> str:
    words = ""
    for inline in line:
        if isinstance(inline, Reference):
            break
        words += plain((inline,))
    return words.strip()
