"""A report as blocks: frozen values that know what they say and nothing of how they look.

Numbers that were computed appear in the text as spans that name their fact; everything else is
words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from gongwen.document.inlines import Line, plain
from gongwen.facts.value import Fact

Form = Literal["材料", "文件", "信函", "纪要", "通报"]


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title, one entry a line."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Byline:
    """署名 and date under the title of a 材料: who wrote it, when it was issued."""

    author: Line
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1–4, numbered by the layout.

    `unnumbered` is for those such as 附表 outside the ladder.

    `optional`: what stands under it may be missing, and the heading goes with it.
    """

    level: int
    line: Line
    unnumbered: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text."""

    line: Line
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is one line, with its depth (0 = outermost).

    An ordered one begins with `start`.
    """

    ordered: bool
    items: tuple[tuple[int, Line], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell. `numeric` cells align right.

    Spans count grid columns and rows (0 = covered by a neighbour).
    """

    line: Line
    numeric: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A native table: head rows repeat on every page.

    `series` is 表 or 附表 and numbers them separately.
    """

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
    """A picture with its caption; width and height in millimetres on the page.

    `alt` is read to those who cannot see.
    """

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
    words: tuple[str, ...] = ()  # what is written in the picture


@dataclass(frozen=True, slots=True)
class Equation:
    """A formula on a line of its own.

    One with a key or a number of its own has that number at the right.
    """

    tex: str
    key: str = ""  # numbered with all others that have one: （1）
    number: str = ""  # as typed by its author: 2.1
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Plain text output kept line by line (a notebook that never heard of zhibi)."""

    text: str


@dataclass(frozen=True, slots=True)
class Todo:
    """待撰写: a place where a human must write; `hint` says what.

    A final document has none left.
    """

    hint: str


@dataclass(frozen=True, slots=True)
class Bibliography:
    """参考文献: works by the key they are cited with, printed in the order of their first citation, uncited ones last."""

    works: tuple[tuple[str, Line], ...]
    cited_only: bool = False  # the others are left out


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """版头 (GB/T 9704-2012 7.2): everything above the red line.

    `mark` is the 发文机关标志 without the names (文件).
    """

    issuers: tuple[str, ...]
    mark: str = ""
    number: str = ""  # 发文字号
    signers: tuple[str, ...] = ()  # 签发人, of a document sent upwards
    copy_number: str = ""  # 份号
    secrecy: str = ""  # 密级和保密期限
    urgency: str = ""  # 紧急程度


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送机关 (7.3.2), without its colon."""

    names: str


@dataclass(frozen=True, slots=True)
class Enclosures:
    """附件说明 (7.3.4): the names of what is attached, in order."""

    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """发文机关署名 and 成文日期 (7.3.5); `sealed` leaves room for a seal on each name."""

    issuers: tuple[str, ...]
    issued_on: date | None
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """附注 (7.3.7), without its brackets."""

    text: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was there (10.3): each entry a word (出席, 请假, 列席) and the people."""

    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件 (7.3.8): what follows belongs to it and starts on a new page."""

    title: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (7.4) at the foot of an even last page.

    `sent_to` is a 主送 too long for its place in the text.
    """

    copied_to: str = ""
    sent_to: str = ""
    printer: str = ""
    printed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """目录: headings down to a level with their page numbers."""

    deepest: int = 2


Block = (
    Title | Byline | Heading | Paragraph | Items | Table | Figure | Verbatim | Todo | PageBreak
    | Masthead | Addressee | Enclosures | Signature | Remark | Attendance | Attachment | Imprint | Contents
    | Bibliography | Equation
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """Blocks in reading order, and every fact they mention by id."""

    blocks: tuple[Block, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    subject: str = ""
    keywords: tuple[str, ...] = ()
    form: Form = "材料"

    @property
    def title(self) -> str:
        """The title as one line of plain text, or empty."""
        title = next((block for block in self.blocks if isinstance(block, Title)), None)
        return "".join(map(plain, title.lines)) if title else ""

    @property
    def author(self) -> str:
        """Who signs, under the title or at the end, or empty."""
        signed = (block for block in self.blocks if isinstance(block, Byline | Signature))
        named = (
            plain(each.author) if isinstance(each, Byline) else "、".join(each.issuers)
            for each in signed
        )
        return next(named, "")

    @property
    def issued_on(self) -> date | None:
        """成文日期, wherever it stands, or None."""
        signed = (block.issued_on for block in self.blocks if isinstance(block, Byline | Signature))
        return next((day for day in signed if day), None)
