"""Blocks -> their lines and the words for where each stands, for whoever goes through a document from end to end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import assert_never

from gongwen.document.blocks import (
    Addressee,
    Attachment,
    Attendance,
    Bibliography,
    Block,
    Byline,
    Contents,
    Enclosures,
    Equation,
    Figure,
    Heading,
    Imprint,
    Items,
    Masthead,
    PageBreak,
    Paragraph,
    Remark,
    Signature,
    Table,
    Title,
    Todo,
    Verbatim,
)
from gongwen.document.inlines import (
    Citation,
    Formula,
    Inline,
    Line,
    Note,
    plain,
)


def lines_of(block: Block) -> Iterator[tuple[str, Line]]:
    """Every line of a block with a word for where in the block it stands (empty for plain paragraphs).

    The line of a footnote follows the line that calls it.
    """
    for part, line in _own_lines(block):
        yield part, line
        yield from (("脚注", inline.line) for inline in line if isinstance(inline, Note))


def inlines_of(block: Block) -> list[Inline]:
    """Every inline of a block; those of a footnote follow the line that calls it."""
    inlines: list[Inline] = []
    for line in _bare_lines(block):
        inlines += line
        for inline in line:
            if isinstance(inline, Note):
                inlines += inline.line
    return inlines


def cited_keys(blocks: Iterable[Block]) -> Iterator[str]:
    """The key of every work cited, in reading order."""
    for inline in chain.from_iterable(map(inlines_of, blocks)):
        if isinstance(inline, Citation):
            yield from inline.keys


def _bare_lines(block: Block) -> list[Line]:
    """The lines alone: of a table's many cells, the words for where each stands cost most."""
    if isinstance(block, Table):
        return [cell.line for cell in chain(*block.head, *block.body)]
    return [line for _, line in _own_lines(block)]


_LINE_NAMES: Mapping[type, str] = {Byline: "署名", Heading: "标题"}


def _own_lines(block: Block) -> Iterator[tuple[str, Line]]:
    match block:
        case Title(lines=lines):
            yield from (("题目", line) for line in lines)
        case Byline(author=line) | Heading(line=line) | Paragraph(line=line):
            yield _LINE_NAMES.get(type(block), ""), line
        case Equation(tex=tex, facts=facts):
            yield "", (Formula(tex, facts),)
        case Items(items=items):
            yield from ((f"第{number}项", line) for number, (_, line) in enumerate(items, 1))
        case Bibliography(works=works):
            yield from ((f"第{number}条", line) for number, (_, line) in enumerate(works, 1))
        case Table():
            yield from _cell_lines(block)
        case Figure() | Verbatim() | Todo() | PageBreak() | Attachment() | Masthead() | Addressee():
            pass  # nothing of them is a line
        case Enclosures() | Signature() | Remark() | Attendance() | Imprint() | Contents():
            pass
        case _:
            assert_never(block)


def _cell_lines(table: Table) -> Iterator[tuple[str, Line]]:
    for kind, rows in (("表头", table.head), ("", table.body)):
        for number, row in enumerate(rows, 1):
            row_name = f"{kind}第{number}行"
            yield from (
                (f"{row_name}第{column}列", cell.line) for column, cell in enumerate(row, 1)
            )


_SPOTS: Mapping[type, str] = {
    Title: "题目", Byline: "署名", PageBreak: "", Contents: "", Masthead: "版头", Addressee: "主送机关",
    Enclosures: "附件说明", Signature: "署名", Remark: "附注", Attendance: "出席人员", Imprint: "版记",
    Bibliography: "参考文献",
}  # fmt: skip


def spots(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with words for where it stands, counted within its section.

    “基本情况”第2段, 表“职工年龄结构”.
    """
    section, count = "", 0
    for block in blocks:
        match block:
            case Heading(line=line):
                section, count = f"“{plain(line)}”", 0
                yield f"标题{section}", block
            case Table(caption=caption) | Figure(caption=caption):
                kind = "表" if isinstance(block, Table) else "图"
                yield f"{kind}“{caption}”" if caption else f"{section}中的{kind}", block
            case Attachment(title=title):
                section, count = f"附件“{title}”", 0
                yield section, block
            case _ if type(block) in _SPOTS:
                yield _SPOTS[type(block)], block
            case _:
                count += 1
                yield f"{section}第{count}段", block
