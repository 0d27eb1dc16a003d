"""The bytes of a .ipynb -> a Manuscript: what an executed notebook shows, else the words written in its cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.reader import NotJSONError

from gongwen.document import (  # fmt: skip
    Addressee,
    Attachment,
    Block,
    Byline,
    Document,
    Figure,
    Formula,
    Heading,
    Items,
    Line,
    Paragraph,
    Remark,
    Signature,
    Table,
    Text,
    Title,
    Todo,
    lines_of,
    plain,
    spots,
)
from gongwen.errors import ReportError, UnreadableFile
from gongwen.reader.paragraphs import STAND_IN
from gongwen_lint.manuscript.manuscript import Manuscript, Para, Role
from gongwen_lint.manuscript.reading import markdown
from gongwen_lint.manuscript.roles import recognised
from zhibi.notebook.file import About, about, is_sound
from zhibi.report import extract

_PROSE = ("%%正文", "%%prose")
_ROLES: dict[type, Role] = {
    Title: "title", Byline: "byline", Heading: "heading", Paragraph: "body", Items: "list_item", Table: "table_cell",
}  # fmt: skip


def read(content: bytes, name: str) -> Manuscript:
    """Blocks shown by an executed notebook.

    Before it ran, its %%正文 cells (or Markdown cells of a plain one).
    """
    notebook = _parsed(content, name)
    said = _about(notebook, name)
    document, notes = extract.read(notebook, said)
    if document.blocks:
        return Manuscript(
            name, "ipynb", tuple(_shown(document)), issued_on=document.issued_on, notes=notes
        )
    paras = recognised(_written(notebook, said))
    return Manuscript(name, "ipynb", paras)


def _parsed(content: bytes, name: str) -> NotebookNode:
    try:
        notebook = NotebookNode(nbformat.reads(content.decode("utf-8-sig"), as_version=4))
    except (NotJSONError, json.JSONDecodeError, UnicodeDecodeError) as trouble:
        raise UnreadableFile(
            name, "不是笔记本文件（内容不是 JSON）", "请在 JupyterLab 中打开检查。"
        ) from trouble
    except Exception as trouble:  # nbformat stumbles over damage in ways of its own
        raise UnreadableFile(name, "不是有效的笔记本", "请在 JupyterLab 中打开检查。") from trouble
    if not is_sound(notebook):
        raise UnreadableFile(name, "不是有效的笔记本", "请在 JupyterLab 中打开检查。")
    return notebook


def _about(notebook: NotebookNode, name: str) -> About | None:
    """What it says of itself; metadata that cannot be read is no reason not to read the words."""
    try:
        return about(notebook, name)
    except ReportError:
        return About()


def _written(notebook: NotebookNode, said: About | None) -> Iterator[Para]:
    """The words of %%正文 cells, else of Markdown cells.

    Expressions in them are blanked by the masking.
    """
    numbers = count(1)
    for place, cell in enumerate(notebook.cells, 1):
        first, _, rest = cell.source.partition("\n")
        spoken = cell.cell_type == "code" and first.strip() in _PROSE
        if spoken or (said is None and cell.cell_type == "markdown"):
            for para in markdown.from_source(rest if spoken else cell.source, f"第{place}个单元格"):
                yield replace(para, number=next(numbers), offset=-1, line=0)


def _shown(document: Document) -> Iterator[Para]:
    numbers, table = count(1), 0
    for spot, block in spots(document.blocks):
        table += isinstance(block, Table)
        head = len(block.head) if isinstance(block, Table) else 0
        for place, words in _words(block):
            cell = _cell(place, table, head) if isinstance(block, Table) else None
            role = _role(block, place)
            level = block.level if isinstance(block, Heading) else 0
            yield Para(next(numbers), words, role, level, where=f"{spot}{place}", cell=cell)


def _role(block: Block, place: str) -> Role:
    if place in {"标题行", "注"}:
        return "caption" if place == "标题行" else "table_note"
    if isinstance(block, Paragraph) and block.quote:
        return "quote"
    return _ROLES.get(type(block), "body")


def _words(block: Block) -> Iterator[tuple[str, str]]:
    """Every line of a block with the place in it."""
    match block:
        case Table(caption=caption, note=note) | Figure(caption=caption, note=note):
            yield from (("标题行", caption),) if caption else ()
            yield from ((place, _read_aloud(line)) for place, line in lines_of(block))
            yield from (("注", note),) if note else ()
        case Todo(hint=hint):
            yield "", f"【待撰写：{hint}】"
        case Addressee(names=words) | Remark(text=words) | Attachment(title=words):
            yield "", words
        case Signature(issuers=issuers):
            yield from (("", issuer) for issuer in issuers)
        case Title() | Byline() | Heading():
            yield from (("", _read_aloud(line)) for _, line in lines_of(block))
        case _:
            yield from ((place, _read_aloud(line)) for place, line in lines_of(block))


def _read_aloud(line: Line) -> str:
    """The words of a line.

    A formula is one sign, as in a Word file: rules of prose do not apply within it.
    """
    return plain(
        tuple(Text(STAND_IN) if isinstance(inline, Formula) else inline for inline in line)
    )


def _cell(place: str, table: int, head: int) -> tuple[int, int, int] | None:
    """表头第1行第2列, 第3行第1列 -> table, row counted from the first head row, column."""
    numbers = list(map(int, re.findall(r"\d+", place)))
    if len(numbers) != 2:  # noqa: PLR2004  # a row and a column
        return None
    return table, numbers[0] + (0 if place.startswith("表头") else head), numbers[1]
