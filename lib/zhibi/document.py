"""A report as blocks: frozen values that know what they say and nothing of how they look.

Numbers that were computed appear in the text as spans that name their fact; everything else is words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhibi.facts.value import Fact


@dataclass(frozen=True, slots=True)
class Text:
    """Words of one look. `fact` is the id of the fact printed by exactly this span, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    subscript: bool = False
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a captioned table or figure by its key; prints 表2, 图1, 附表3."""

    key: str


Inline = Text | Reference
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title, one entry a line."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Byline:
    """署名 and date under the title of a 材料 (gbt9704.md §2): who wrote it, when it was issued."""

    author: Line
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1–4; its number 一、（一）1.（1）is given by the layout, never typed.

    `unnumbered` is for headings such as 附表 that stand outside the ladder.
    """

    level: int
    line: Line
    unnumbered: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text. `lead` is a run-in heading such as 一是…… set apart by the profile's face."""

    line: Line
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is one line, with its depth (0 = outermost)."""

    ordered: bool
    items: tuple[tuple[int, Line], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell. `numeric` cells align right; spans count grid columns and rows (0 = covered by a neighbour)."""

    line: Line
    numeric: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A native table: head rows repeat on every page. `series` is 表 or 附表 and numbers them separately."""

    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    caption: str
    key: str = ""
    unit: str = ""  # the 单位：… line at the right above the table
    note: str = ""  # below the table: 注：…
    source: str = ""  # below the table: 资料来源：…
    series: str = "表"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption; width and height in millimetres on the page. `alt` is read to those who cannot see."""

    png: bytes
    width_mm: float
    height_mm: float
    caption: str
    alt: str
    key: str = ""
    note: str = ""
    source: str = ""
    series: str = "图"
    facts: tuple[str, ...] = ()  # ids of the facts drawn


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Plain text output kept line by line (a notebook that never heard of zhibi)."""

    text: str


@dataclass(frozen=True, slots=True)
class Todo:
    """待撰写: a place where a human must write; `hint` says what. A final document has none left."""

    hint: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Title | Byline | Heading | Paragraph | Items | Table | Figure | Verbatim | Todo | PageBreak


@dataclass(frozen=True)
class Document:
    """Blocks in reading order, and every fact they mention by id."""

    blocks: tuple[Block, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    subject: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title as one line of plain text, or empty."""
        titles = (block for block in self.blocks if isinstance(block, Title))
        return next(("".join(plain(line) for line in block.lines) for block in titles), "")

    @property
    def author(self) -> str:
        """Who signs under the title, or empty."""
        bylines = (block for block in self.blocks if isinstance(block, Byline))
        return next((plain(block.author) for block in bylines), "")


def plain(line: Line) -> str:
    """The words of a line without their look; references print as their key."""
    return "".join(inline.text if isinstance(inline, Text) else inline.key for inline in line)


def lines_of(block: Block) -> Iterator[tuple[str, Line]]:
    """Every line of a block with a word for where in the block it stands (empty for plain paragraphs)."""
    match block:
        case Title(lines=lines):
            yield from (("题目", line) for line in lines)
        case Byline(author=line):
            yield "署名", line
        case Heading(line=line):
            yield "标题", line
        case Paragraph(line=line):
            yield "", line
        case Items(items=items):
            yield from ((f"第{number}项", line) for number, (_, line) in enumerate(items, 1))
        case Table(head=head, body=body):
            for kind, rows in (("表头", head), ("", body)):
                for number, row in enumerate(rows, 1):
                    yield from ((f"{kind}第{number}行第{column}列", cell.line) for column, cell in enumerate(row, 1))
        case _:
            return


def spots(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with words for where it stands, counted within its section: “基本情况”第2段, 表“党员年龄结构”."""
    section, count = "", 0
    for block in blocks:
        match block:
            case Title():
                yield "题目", block
            case Byline():
                yield "署名", block
            case Heading(line=line):
                section, count = f"“{plain(line)}”", 0
                yield f"标题{section}", block
            case Table(caption=caption) | Figure(caption=caption):
                kind = "表" if isinstance(block, Table) else "图"
                yield f"{kind}“{caption}”" if caption else f"{section}中的{kind}", block
            case PageBreak():
                yield "", block
            case _:
                count += 1
                yield f"{section}第{count}段", block
