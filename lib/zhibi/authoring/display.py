"""Blocks with their facts -> what a cell displays: our JSON for the document, HTML and text for the reader."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from zhibi import wire
from zhibi.document import (
    Block,
    Byline,
    Cell,
    Figure,
    Heading,
    Inline,
    Items,
    Line,
    Paragraph,
    Reference,
    Table,
    Title,
    Todo,
    Verbatim,
    lines_of,
    plain,
)
from zhibi.facts.value import Cited, Derived, Fact, Rows
from zhibi.zh.dates import date_text

_MOST_PLACES_TOLD = 3  # in a tooltip; 数据出处.xlsx has them all


@dataclass(frozen=True)
class Shown:
    """What an authoring call gives back: shown by Jupyter, collected by the report run."""

    blocks: tuple[Block, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002
        """The bundle for Jupyter. A lone figure is given as a picture, not as HTML, which would hold it a third time."""
        bundle: dict[str, Any] = {wire.MIME: wire.dump(self.blocks, self.facts), "text/plain": self.text}
        match self.blocks:
            case [Figure(png=png)]:
                return {**bundle, "image/png": base64.b64encode(png).decode("ascii")}
            case _:
                return {**bundle, "text/html": self.html}

    @property
    def html(self) -> str:
        """As it will read; a figure tells its meaning and source under the mouse."""
        return "\n".join(_html(block, self.facts) for block in self.blocks)

    @property
    def text(self) -> str:
        """The words alone."""
        return "\n".join(_plain(block) for block in self.blocks)


def source_of(fact: Fact) -> str:
    """Where a fact comes from, in one short line."""
    match fact.origin:
        case Cited(source, article, verified):
            return f"{source} {article}{'' if verified else '（待核实）'}".strip()
        case Derived(operation, _):
            return f"{operation}；{_places(fact.cells())}".rstrip("；")
        case _:
            return f"{fact.origin.operation}：{_places(fact.cells())}"


def _places(cells: Iterable[Rows]) -> str:
    told = [f"{rows.file} “{rows.sheet}”{rows.column and f'“{rows.column}”列'}{_row_words(rows)}" for rows in cells]
    rest = f" 等{len(told)}处" if len(told) > _MOST_PLACES_TOLD else ""
    return "、".join(told[:_MOST_PLACES_TOLD]) + rest


def _row_words(rows: Rows) -> str:
    ranges = wire.ranges(rows.rows)
    if not ranges:
        return "无符合的行"
    return f"第{ranges}行" if len(ranges) <= 40 else f"第{ranges[:40]}…行（共{len(rows.rows)}行）"  # noqa: PLR2004


def _html(block: Block, facts: Mapping[str, Fact]) -> str:
    def line(inlines: Line) -> str:
        return "".join(_inline(inline, facts) for inline in inlines)

    match block:
        case Title(lines):
            return f'<h1 style="text-align:center">{"<br>".join(line(each) for each in lines)}</h1>'
        case Byline(author, issued_on):
            day = f"<br>{date_text(issued_on)}" if issued_on else ""
            return f'<p style="text-align:center">{line(author)}{day}</p>'
        case Heading(level, words):
            return f"<h{level + 1}>{line(words)}</h{level + 1}>"
        case Paragraph(words, quote):
            return f"<blockquote><p>{line(words)}</p></blockquote>" if quote else f"<p>{line(words)}</p>"
        case Items():
            tag = "ol" if block.ordered else "ul"
            items = "".join(f'<li style="margin-left:{depth * 2}em">{line(words)}</li>' for depth, words in block.items)
            return f"<{tag}>{items}</{tag}>"
        case Table():
            return _table(block, line)
        case Figure():
            picture = base64.b64encode(block.png).decode("ascii")
            return (f'<figure><img style="max-width:100%" alt="{escape(block.alt)}" src="data:image/png;base64,{picture}">'
                    f"<figcaption>{block.series} {escape(block.caption)}</figcaption>{_notes(block)}</figure>")
        case Verbatim(text):
            return f"<pre>{escape(text)}</pre>"
        case Todo(hint):
            return f'<p style="background:#fff3bf">〔待撰写：{escape(hint)}〕</p>'
        case _:
            return "<hr>"


def _inline(inline: Inline, facts: Mapping[str, Fact]) -> str:
    if isinstance(inline, Reference):
        return f"<span>〔{escape(inline.key)}〕</span>"
    html = escape(inline.text)
    for tag, wanted in (("b", inline.bold), ("i", inline.italic), ("sup", inline.superscript), ("sub", inline.subscript)):
        html = f"<{tag}>{html}</{tag}>" if wanted else html
    fact = facts.get(inline.fact)
    if not fact:
        return html
    title = f"{fact.label}＝{fact}；来源：{source_of(fact)}"
    return f'<span style="border-bottom:1px dotted" title="{escape(title)}">{html}</span>'


def _table(table: Table, line: Callable[[Line], str]) -> str:
    def rows(cells: Iterable[tuple[Cell, ...]], tag: str) -> str:
        return "".join("<tr>" + "".join(cell_html(cell, tag) for cell in row) + "</tr>" for row in cells)

    def cell_html(cell: Cell, tag: str) -> str:
        if not cell.columns or not cell.rows:
            return ""  # covered by a neighbour
        side = "right" if cell.numeric else "center" if tag == "th" else "left"
        return f'<{tag} colspan="{cell.columns}" rowspan="{cell.rows}" style="text-align:{side}">{line(cell.line)}</{tag}>'

    unit = f'<p style="text-align:right">单位：{escape(table.unit)}</p>' if table.unit else ""
    caption = f"<caption>{table.series} {escape(table.caption)}</caption>" if table.caption else ""
    return f"{unit}<table>{caption}<thead>{rows(table.head, 'th')}</thead><tbody>{rows(table.body, 'td')}</tbody></table>" \
           f"{_notes(table)}"


def _notes(block: Table | Figure) -> str:
    notes = (("注", block.note), ("资料来源", block.source))
    return "".join(f"<p><small>{word}：{escape(text)}</small></p>" for word, text in notes if text)


def _plain(block: Block) -> str:
    match block:
        case Figure():
            return f"[{block.series} {block.caption}] {block.alt}"
        case Todo(hint):
            return f"〔待撰写：{hint}〕"
        case Verbatim(text):
            return text
        case Table(head=head, body=body):
            rows = ["\t".join(plain(cell.line) for cell in row) for row in (*head, *body)]
            return "\n".join([f"{block.series} {block.caption}".strip(), *rows])
        case Byline(author, issued_on):
            return f"{plain(author)} {date_text(issued_on) if issued_on else ''}".strip()
        case _:
            return "\n".join(plain(line) for _, line in lines_of(block))


