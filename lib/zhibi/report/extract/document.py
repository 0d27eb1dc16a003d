"""Executed notebook -> Document and findings: our own MIME type first, then whatever a plain notebook shows.

In a zhibi notebook only what was displayed through zhibi reaches the page; in a notebook that never heard of zhibi,
its Markdown cells and outputs do. Code and stderr never do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from nbformat.notebooknode import NotebookNode

from gongwen.document import Block, Document, Heading, Title
from gongwen.document import codec as wire
from gongwen.facts.value import Fact
from gongwen.findings import Finding, Level, Location
from zhibi.notebook.file import INJECTED_TAG, About, tags
from zhibi.report.extract import markdown_cells, plain

HIDDEN_CELL = frozenset({"remove_cell", "remove-cell", "hide_cell", "hide-cell", "hide"})
HIDDEN_OUTPUT = frozenset({"remove_output", "remove-output", "hide_output", "hide-output"})
DEEPEST = 4
_DROPPED = {  # what a plain notebook shows on the screen and Word cannot: message and remedy
    "X11": ("这里运行出错，出错信息没有放入文档", "请改正代码，重新运行以后再转换。"),
    "X12": ("这里的公式没有放入文档", "请改为输出图片，或者用文字写出。"),
}


def read(
    notebook: NotebookNode, about: About | None = None
) -> tuple[Document, tuple[Finding, ...]]:
    """What the notebook shows. `about` is its zhibi metadata; without it, and without our outputs, it is plain."""
    subject = about.title if about else ""
    if about is None and not any(
        _ours(output) for cell in notebook.cells for output in cell.get("outputs", ())
    ):
        blocks, findings = _plain(notebook)
        return Document(_one_title(blocks), subject=subject), findings
    shown, facts = _spoken(notebook)
    return Document(shown, facts, subject=subject), tuple(_left_out(notebook))


def _spoken(notebook: NotebookNode) -> tuple[tuple[Block, ...], dict[str, Fact]]:
    """Everything displayed through zhibi, in order."""
    blocks: list[Block] = []
    facts: dict[str, Fact] = {}
    for _, cell in _numbered(notebook):
        for output in _outputs(cell):
            if _ours(output):
                more, their = wire.load(output.data[wire.MIME])
                blocks.extend(more)
                facts.update(their)
    return tuple(blocks), facts


def _plain(notebook: NotebookNode) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    blocks: list[Block] = []
    findings: list[Finding] = []
    dropped: dict[str, list[int]] = {code: [] for code in _DROPPED}
    for number, cell in _numbered(notebook):
        place = Location(spot=f"第{number}个单元格")
        outputs = () if cell.cell_type == "markdown" else _outputs(cell)
        parts = [markdown_cells.read(cell, place)] if cell.cell_type == "markdown" else []
        for output in outputs:
            part = plain.read(output, place)
            parts.append(part)
            code = "" if any(part) else plain.left_out(output)
            if code and number not in dropped[code]:
                dropped[code].append(number)
        for more, remarks in parts:
            blocks.extend(more)
            findings.extend(remarks)
    findings += [
        _remark(code, numbers, *_DROPPED[code], Level.WARNING)
        for code, numbers in dropped.items()
        if numbers
    ]
    return tuple(blocks), tuple(findings)


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
    spot = f"第{'、'.join(map(str, numbers))}个单元格"
    return Finding(code, level, Location(spot=spot), message, hint)


def _worth_telling(output: NotebookNode) -> bool:
    return not _ours(output) and (
        output.output_type in {"display_data", "execute_result"} or output.get("name") == "stdout"
    )


def _ours(output: NotebookNode) -> bool:
    return wire.MIME in output.get("data", {})


def _outputs(cell: NotebookNode) -> Iterable[NotebookNode]:
    return () if HIDDEN_OUTPUT & tags(cell) else cell.get("outputs", ())


def _numbered(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Cells with their number in the source notebook, without those hidden by a tag."""
    source = (cell for cell in notebook.cells if INJECTED_TAG not in tags(cell))
    yield from (
        (number, cell) for number, cell in enumerate(source, 1) if not HIDDEN_CELL & tags(cell)
    )


def _one_title(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Plain notebooks often use `#` for chapters: the first stays the title, the others and all below move down."""
    titles = [block for block in blocks if isinstance(block, Title)]
    if len(titles) <= 1:
        return blocks
    return tuple(block if block is titles[0] else _moved_down(block) for block in blocks)


def _moved_down(block: Block) -> Block:
    match block:
        case Title(lines=lines):
            return Heading(1, tuple(inline for line in lines for inline in line))
        case Heading(level=level):
            return replace(block, level=min(level + 1, DEEPEST))
        case _:
            return block
