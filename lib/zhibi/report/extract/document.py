"""Executed notebook -> Document and findings.

Our own MIME type first, then whatever a plain notebook shows.

In a zhibi notebook only what was displayed through zhibi reaches the page; in a notebook that never
heard of zhibi, its Markdown cells and outputs do. Code and stderr never do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from gongwen.document import Block, Document, Title, codec, sections
from gongwen.facts.value import Fact
from gongwen.findings import Finding, Level, Location
from zhibi.notebook.file import INJECTED_TAG, About, tags
from zhibi.report.extract import markdown_cells, plain
from zhibi.report.extract.losses import Loss, Shown, findings, spot
from zhibi.report.extract.outline import arranged
from zhibi.report.extract.surroundings import Surroundings, defined

HIDDEN_CELL = frozenset({"remove_cell", "remove-cell", "hide_cell", "hide-cell", "hide"})
HIDDEN_OUTPUT = frozenset({"remove_output", "remove-output", "hide_output", "hide-output"})


def read(
    notebook: NotebookNode, about: About | None = None, folder: Path | None = None
) -> tuple[Document, tuple[Finding, ...]]:
    """What the notebook shows. `about` is its zhibi metadata.

    Without it, and without our outputs, it is plain.

    `folder` is where the notebook lies: pictures beside it are read.
    """
    subject = about.title if about else ""
    outputs = chain.from_iterable(cell.get("outputs", ()) for cell in notebook.cells)
    if about is None and not any(map(_ours, outputs)):
        blocks, remarks = _plain(notebook, folder)
        return Document(blocks, subject=subject), remarks
    shown, facts = _spoken(notebook)
    return Document(shown, facts, subject=subject), tuple(_left_out(notebook))


def _spoken(notebook: NotebookNode) -> tuple[tuple[Block, ...], dict[str, Fact]]:
    """Everything displayed through zhibi, in order, without sections that nobody filled."""
    blocks: list[Block] = []
    facts: dict[str, Fact] = {}
    for _, cell in _numbered(notebook):
        for output in _outputs(cell):
            if _ours(output):
                more, their = codec.load(output.data[codec.MIME])
                blocks.extend(more)
                facts.update(their)
    return sections.settled(blocks), facts


def _plain(
    notebook: NotebookNode, folder: Path | None
) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    blocks: list[Block] = []
    losses: list[tuple[int, Loss]] = []
    macros, titled = _macros(notebook), False
    for number, cell in _numbered(notebook):
        around = Surroundings(cell.get("attachments") or {}, folder, macros)
        for more, lost in _shown(cell, around):
            title = next((at for at, block in enumerate(more) if isinstance(block, Title)), None)
            late = title is not None and not titled and bool(blocks or title)
            losses.extend((number, loss) for loss in (*lost, *((Loss("X14"),) if late else ())))
            titled = titled or title is not None
            blocks.extend(more)
    return arranged(tuple(blocks)), findings(losses)


def _shown(cell: NotebookNode, around: Surroundings) -> Iterator[Shown]:
    match cell.cell_type:
        case "markdown":
            yield markdown_cells.read(cell.source, around)
        case "raw":
            yield (), (Loss("X13"),) if cell.source.strip() else ()
        case _:
            yield from (plain.read(output, around) for output in _outputs(cell))


def _macros(notebook: NotebookNode) -> dict[str, tuple[int, str]]:
    """The commands of TeX that its Markdown cells define, wherever.

    MathJax knows them on the whole page.
    """
    found: dict[str, tuple[int, str]] = {}
    for _, cell in _numbered(notebook):
        if cell.cell_type == "markdown" and "\\" in cell.source:
            found |= defined(cell.source)
    return found


def _left_out(notebook: NotebookNode) -> Iterator[Finding]:
    """One remark a kind for what a zhibi notebook has that does not go on the page."""
    cells = dict(_numbered(notebook))
    notes = [
        number
        for number, cell in cells.items()
        if cell.cell_type == "markdown" and cell.source.strip()
    ]
    loose = [number for number, cell in cells.items() if any(map(_worth_telling, _outputs(cell)))]
    if notes:
        yield _remark(
            "X01",
            notes,
            "Markdown 单元格是给编辑者看的说明，不进入文档",
            "要进入文档请改用 %%正文。",
        )
    if loose:
        yield _remark(
            "X02",
            loose,
            "直接显示或打印的内容不经执笔，不进入文档",
            "要进入文档请用 %%正文、table() 或 figure()。",
        )


def _remark(
    code: str, numbers: Iterable[int], message: str, hint: str, level: Level = Level.NOTE
) -> Finding:
    return Finding(code, level, Location(spot=spot(list(numbers))), message, hint)


def _worth_telling(output: NotebookNode) -> bool:
    return not _ours(output) and (
        output.output_type in {"display_data", "execute_result"} or output.get("name") == "stdout"
    )


def _ours(output: NotebookNode) -> bool:
    return codec.MIME in output.get("data", {})


def _outputs(cell: NotebookNode) -> Iterable[NotebookNode]:
    return () if HIDDEN_OUTPUT & tags(cell) else cell.get("outputs", ())


def _numbered(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Cells with their number in the source notebook, without those hidden by a tag."""
    source = (cell for cell in notebook.cells if INJECTED_TAG not in tags(cell))
    yield from (
        (number, cell) for number, cell in enumerate(source, 1) if not HIDDEN_CELL & tags(cell)
    )
