"""Blocks with their facts -> HTML for the notebook: as it will read, each figure telling its source under the mouse.

Every word from outside is escaped; nothing in a workbook or a text can become markup here.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from gongwen.chinese.dates import date_text
from gongwen.document import (
    Bibliography,
    Block,
    Byline,
    Cell,
    Citation,
    Figure,
    Heading,
    Inline,
    Items,
    Line,
    Note,
    Paragraph,
    Reference,
    Table,
    Text,
    Title,
    Todo,
    Verbatim,
)
from gongwen.facts.row_runs import text_of
from gongwen.facts.value import Cited, Derived, Fact, Read, Rows

_MOST_PLACES_TOLD = 3  # in a tooltip; 数据出处.xlsx has them all
_MOST_ROWS_TOLD = 40  # characters of row numbers in a tooltip


def block_html(block: Block, facts: Mapping[str, Fact]) -> str:
    """One block as HTML."""

    def line(inlines: Line) -> str:
        return "".join([_inline(inline, facts) for inline in inlines])

    match block:
        case Title() | Byline() | Heading() | Paragraph() | Items() | Bibliography():
            return _words(block, line)
        case Table():
            return _table(block, line)
        case Figure():
            return _figure(block)
        case Verbatim(text):
            return f"<pre>{escape(text)}</pre>"
        case Todo(hint):
            return f'<p style="background:#fff3bf">〔待撰写：{escape(hint)}〕</p>'
        case _:
            return "<hr>"


def _words(
    block: Title | Byline | Heading | Paragraph | Items | Bibliography, line: Callable[[Line], str]
) -> str:
    match block:
        case Title(lines):
            html = f'<h1 style="text-align:center">{"<br>".join(line(each) for each in lines)}</h1>'
        case Byline(author, issued_on):
            day = f"<br>{date_text(issued_on)}" if issued_on else ""
            html = f'<p style="text-align:center">{line(author)}{day}</p>'
        case Heading(level, words):
            html = f"<h{level + 1}>{line(words)}</h{level + 1}>"
        case Paragraph(words, quote):
            html = (
                f"<blockquote><p>{line(words)}</p></blockquote>"
                if quote
                else f"<p>{line(words)}</p>"
            )
        case Items(ordered, entries):
            tag = "ol" if ordered else "ul"
            items = "".join(
                f'<li style="margin-left:{depth * 2}em">{line(words)}</li>'
                for depth, words in entries
            )
            html = f"<{tag}>{items}</{tag}>"
        case Bibliography(works):
            html = "".join(f"<p>[{escape(key)}] {line(words)}</p>" for key, words in works)
    return html


def _figure(figure: Figure) -> str:
    picture = base64.b64encode(figure.png).decode("ascii")
    image = f'<img style="max-width:100%" alt="{escape(figure.alt)}" src="data:image/png;base64,{picture}">'
    caption = f"<figcaption>{escape(f'{figure.series} {figure.caption}')}</figcaption>"
    return f"<figure>{image}{caption}{_notes(figure)}</figure>"


def _inline(inline: Inline, facts: Mapping[str, Fact]) -> str:
    match inline:
        case Reference(key):
            return f"<span>〔{escape(key)}〕</span>"
        case Citation(keys):
            return f"<sup>[{escape('；'.join(keys))}]</sup>"
        case Note(line):
            return f"<small>〔注：{''.join(_inline(each, facts) for each in line)}〕</small>"
    html = _look(inline)
    fact = facts.get(inline.fact)
    if fact is None:
        return html
    title = f"{fact.label}＝{fact}；来源：{source_of(fact)}"
    return f'<span style="border-bottom:1px dotted" title="{escape(title)}">{html}</span>'


def _look(text: Text) -> str:
    html = escape(text.text)
    if not (text.bold or text.italic or text.superscript or text.subscript):
        return html
    looks = {"b": text.bold, "i": text.italic, "sup": text.superscript, "sub": text.subscript}
    for tag, wanted in looks.items():
        html = f"<{tag}>{html}</{tag}>" if wanted else html
    return html


def _table(table: Table, line: Callable[[Line], str]) -> str:
    def rows(cells: Iterable[tuple[Cell, ...]], tag: str) -> str:
        return "".join(
            ["<tr>" + "".join([cell_html(cell, tag) for cell in row]) + "</tr>" for row in cells]
        )

    def cell_html(cell: Cell, tag: str) -> str:
        if not cell.columns or not cell.rows:
            return ""  # covered by a neighbour
        side = "right" if cell.numeric else "center" if tag == "th" else "left"
        spans = f'colspan="{cell.columns}" rowspan="{cell.rows}"'
        return f'<{tag} {spans} style="text-align:{side}">{line(cell.line)}</{tag}>'

    unit = f'<p style="text-align:right">单位：{escape(table.unit)}</p>' if table.unit else ""
    caption = (
        f"<caption>{escape(f'{table.series} {table.caption}')}</caption>" if table.caption else ""
    )
    head, body = rows(table.head, "th"), rows(table.body, "td")
    return (
        f"{unit}<table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table>{_notes(table)}"
    )


def _notes(block: Table | Figure) -> str:
    notes = (("注", block.note), ("资料来源", block.source))
    return "".join(f"<p><small>{word}：{escape(text)}</small></p>" for word, text in notes if text)


def source_of(fact: Fact) -> str:
    """Where a fact comes from, in one short line."""
    match fact.origin:
        case Cited(source, article, verified):
            return f"{source} {article}{'' if verified else '（待核实）'}".strip()
        case Derived(operation, _):
            return f"{operation}；{_told(fact.cells())}".rstrip("；")
        case Read(operation, cells):
            return (
                f"{operation}：{_told(cells if len(cells) == 1 else tuple(dict.fromkeys(cells)))}"
            )


def _told(cells: Sequence[Rows]) -> str:
    told = [
        f"{rows.file} “{rows.sheet}”{rows.column and f'“{rows.column}”列'}{_row_words(rows)}"
        for rows in cells[:_MOST_PLACES_TOLD]
    ]
    rest = f" 等{len(cells)}处" if len(cells) > _MOST_PLACES_TOLD else ""
    return "、".join(told) + rest


def _row_words(rows: Rows) -> str:
    numbers = text_of(rows.rows)
    if not numbers:
        return "无符合的行"
    short = len(numbers) <= _MOST_ROWS_TOLD
    return (
        f"第{numbers}行" if short else f"第{numbers[:_MOST_ROWS_TOLD]}…行（共{len(rows.rows)}行）"
    )
