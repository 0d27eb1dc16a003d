"""A precedent and an old report -> the precedent's cells where its words are hers, new cells where they are not."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import nbformat
from nbformat.notebooknode import NotebookNode

from zhibi.notebook.file import PARAMETERS_TAG, tags
from zhibi.report.checking.edits.alignment import aligned
from zhibi.report.checking.edits.passages import Passage, passages
from zhibi.report.old_report.assembly import LISTING, NOTE, Assembly
from zhibi.report.old_report.binding.binder import Bound
from zhibi.report.old_report.precedent import Precedent
from zhibi.report.old_report.reading.old_file import OldFile, OldPart


@dataclass
class Adoption:
    """The old report laid beside the precedent's draft.

    `owner` is the cell that said each passage of the draft.
    """

    precedent: Precedent
    old: OldFile
    assembly: Assembly
    new: tuple[Passage, ...] = ()
    twin: dict[int, int] = field(
        default_factory=dict
    )  # passage of the draft -> passage of the old report
    owner: dict[int, int] = field(default_factory=dict)
    parts: dict[str, OldPart] = field(default_factory=dict)
    done: int = 0  # passages of the old report that have their cell

    def __post_init__(self) -> None:
        self.new = passages(self.old.manuscript)
        made = self.precedent.made.passages
        pairs = aligned([each.key for each in made], [each.key for each in self.new])
        self.twin = {one: other for one, other in pairs if one is not None and other is not None}
        self.owner = dict(_owners(len(made), self.precedent.made.sources))
        self.parts = {part.where: part for part in self.old.parts}

    @property
    def share(self) -> float:
        """How much of the old report the precedent says word for word."""
        made = self.precedent.made.passages
        same = sum(made[one].key == self.new[other].key for one, other in self.twin.items())
        return same / len(self.new) if self.new else 0.0

    def cells(self) -> Iterator[NotebookNode]:
        """The cells of the new notebook, in order."""
        for number, cell in enumerate(self.precedent.notebook.cells, 1):
            if cell.source.startswith(LISTING):
                continue  # of the report before
            own = [place for place, cell_ in self.owner.items() if cell_ == number]
            yield from self._until(self._first(number))
            if not own:
                yield _bare(cell)
            elif self._written(own):
                yield from self._noted(cell, own)
            elif self._same(own):
                self._bind(own)
                yield _bare(cell)
                self.done = self.twin[own[-1]] + 1
            else:
                yield from self._rewritten(own)
        yield from self._until(len(self.new))

    def _first(self, number: int) -> int:
        """The first passage of the old report that this cell or a later one says."""
        later = [
            self.twin[place]
            for place, cell in self.owner.items()
            if cell >= number and place in self.twin
        ]
        return min(later, default=self.done)

    def _same(self, own: list[int]) -> bool:
        """True if a cell's passages stand in the old report, unchanged and with nothing between them."""
        made = self.precedent.made.passages
        if any(
            place not in self.twin or made[place].key != self.new[self.twin[place]].key
            for place in own
        ):
            return False
        return self.twin[own[-1]] - self.twin[own[0]] == own[-1] - own[0]

    def _written(self, own: list[int]) -> bool:
        source = self.precedent.made.sources.get(own[0])
        return bool(source and source.section)

    def _noted(self, cell: NotebookNode, own: list[int]) -> Iterator[NotebookNode]:
        """A place that people write: the cell stays, last year's words go into a note above it."""
        places = [self.twin[place] for place in own if place in self.twin]
        if places:
            span = range(min(places), max(places) + 1)
            words = "\n>\n".join(f"> {self.new[place].text}" for place in span)
            intro = "> **去年的原文**（只给撰写的人看，不进报告）\n>\n"
            yield nbformat.v4.new_markdown_cell(intro + words, metadata=NOTE)
            section = self.precedent.made.sources[own[0]].section
            first = self.new[span[0]]
            self.assembly.to_write.append(f"{first.where}“{first.text[:30]}”→ {section}")
            self.done = span[-1] + 1
        yield _bare(cell)

    def _rewritten(self, own: list[int]) -> Iterator[NotebookNode]:
        """Her words in the place of a cell that says something else.

        Nothing where she left all of it out.
        """
        places = [self.twin[place] for place in own if place in self.twin]
        if places:
            yield from self._until(max(places) + 1)

    def _until(self, end: int) -> Iterator[NotebookNode]:
        """New cells for the passages of the old report that have none yet."""
        parts = dict.fromkeys(self._part(self.new[place]) for place in range(self.done, end))
        self.done = max(self.done, end)
        yield from self.assembly.taken(part for part in parts if part is not None)

    def _part(self, passage: Passage) -> OldPart | None:
        return self.parts.get(f"表{passage.table}" if passage.table else passage.where)

    def _bind(self, own: list[int]) -> None:
        for place in own:
            passage = self.new[self.twin[place]]
            for part in range(len(passage.parts)):
                for each in self.precedent.made.figures.get((place, part), ()):
                    words = self.precedent.made.passages[place].parts[part][each.start : each.end]
                    bound = Bound(passage.places[part], words, each.fact.label)
                    self.assembly.binder.bound.append(bound)


def _owners(count: int, sources: Mapping[int, object]) -> Iterator[tuple[int, int]]:
    """The cell of every passage: one that was not found belongs to the cell of the passage before it."""
    cell = 0
    for place in range(count):
        source = sources.get(place)
        cell = getattr(source, "cell", cell) if source is not None else cell
        if cell:
            yield place, cell


def _bare(cell: NotebookNode) -> NotebookNode:
    made: NotebookNode = copy.deepcopy(cell)
    if made.cell_type == "code":
        made.outputs, made.execution_count = [], None
    return made


def settled(cells: Iterable[NotebookNode], values: Mapping[str, str]) -> Iterator[NotebookNode]:
    """The cells with other defaults of parameters: the workbook, the organisation, the day."""
    for cell in cells:
        if PARAMETERS_TAG in tags(cell):
            for name, value in values.items():
                pattern = rf'^({re.escape(name)}\b[^=\n]*=\s*)"[^"\n]*"'
                cell.source = re.sub(
                    pattern, rf'\g<1>"{value}"', cell.source, count=1, flags=re.MULTILINE
                )
        yield cell


def reserved(precedent: Precedent) -> frozenset[str]:
    """Every name in the code of a precedent: new figures must not take one."""
    code = "\n".join(cell.source for cell in precedent.notebook.cells if cell.cell_type == "code")
    return frozenset(re.findall(r"[^\W\d]\w*", code))
