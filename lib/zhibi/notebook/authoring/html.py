"""Blocks with their facts -> HTML for the notebook: as it will read, each figure telling its source under the mouse.

Every word from outside is escaped; nothing in a workbook or a text can become markup here.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import assert_never

from gongwen.chinese.dates import date_text
from gongwen.chinese.numbers.numerals import untraced
from gongwen.document import (
    Addressee,
    Attachment,
    Attendance,
    Bibliography,
    Block,
    Byline,
    Cell,
    Citation,
    Contents,
    Enclosures,
    Equation,
    Figure,
    Formula,
    Heading,
    Imprint,
    Inline,
    Items,
    Line,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Reference,
    Remark,
    Signature,
    Table,
    Text,
    Title,
    Todo,
    Verbatim,
)
from gongwen.facts.row_runs import text_of
from gongwen.facts.value import Cited, Derived, Fact, Read, Rows

_MOST_PLACES_TOLD = 3  # in a tooltip; 数据出处.xlsx has them all
_TYPED = "手写"
_ADVICE = "手写的数，查不到出处；请改用【指标】，不是数据的改用汉字或加引号"
_MOST_ROWS_TOLD = 40  # characters of row numbers in a tooltip


@dataclass(frozen=True)
class Numbers:
    """What the printed page counts: the number of a block (一、, 表2) by identity, and of a mention by its key.

    `left_out` are the headings that the page does not print.
    """

    blocks: Mapping[int, str] = field(default_factory=dict)
    mentions: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()

    def of(self, block: Block) -> str:
        """The number of a heading, table or picture; empty where it is not known."""
        return self.blocks.get(id(block), "")


UNKNOWN = Numbers()


def block_html(block: Block, facts: Mapping[str, Fact], numbers: Numbers = UNKNOWN) -> str:
    """One block as HTML; figures that somebody typed are marked, because nobody can trace them."""

    def plain_inline(inline: Inline) -> str:
        return _inline(inline, facts, numbers)

    def line(inlines: Line) -> str:
        return "".join(map(plain_inline, _marked(inlines)))

    match block:
        case Heading():
            html = _heading(block, line, numbers)
        case Table():
            html = _table(block, lambda words: "".join(map(plain_inline, words)), numbers)
        case Figure():
            html = _figure(block, numbers)
        case Title() | Byline() | Paragraph() | Items() | Bibliography():
            html = _words(block, line)
        case Equation(tex):
            html = f'<p style="text-align:center">$${escape(tex)}$$ {_label(block, numbers)}</p>'
        case Verbatim() | Todo() | Attachment():
            html = _set_apart(block)
        case (
            PageBreak()
            | Contents()
            | Masthead()
            | Addressee()
            | Enclosures()
            | Signature()
            | Remark()
            | Attendance()
            | Imprint()
        ):
            html = "<hr>"  # nothing to read, or put around the text by the report and no cell
        case _:
            assert_never(block)
    return html


def _set_apart(block: Verbatim | Todo | Attachment) -> str:
    match block:
        case Verbatim(text):
            html = f"<pre>{escape(text)}</pre>"
        case Todo(hint):
            html = f'<p style="background:#fff3bf">〔待撰写：{escape(hint)}〕</p>'
        case Attachment(title):
            html = f'<hr><p style="text-align:center">{escape(title)}</p>'
    return html


def _words(
    block: Title | Byline | Paragraph | Items | Bibliography, line: Callable[[Line], str]
) -> str:
    match block:
        case Title(lines):
            html = f'<h1 style="text-align:center">{"<br>".join(line(each) for each in lines)}</h1>'
        case Byline(author, issued_on):
            day = f"<br>{date_text(issued_on)}" if issued_on else ""
            html = f'<p style="text-align:center">{line(author)}{day}</p>'
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


def _label(block: Equation, numbers: Numbers) -> str:
    return escape(numbers.of(block) or (f"（{block.number}）" if block.number else ""))


def _heading(heading: Heading, line: Callable[[Line], str], numbers: Numbers) -> str:
    if id(heading) in numbers.left_out:
        return ""
    level = heading.level + 1
    return f"<h{level}>{numbers.of(heading)}{line(heading.line)}</h{level}>"


def _caption(block: Table | Figure, numbers: Numbers) -> str:
    number = numbers.of(block) or block.series
    return f"{escape(number)}　{escape(block.caption)}" if block.caption else ""


def _figure(figure: Figure, numbers: Numbers) -> str:
    picture = base64.b64encode(figure.png).decode("ascii")
    size = f"width:{figure.width_mm:.0f}mm;max-width:100%"
    source = f"data:image/png;base64,{picture}"
    image = f'<img style="{size}" alt="{escape(figure.alt)}" src="{source}">'
    words = f'<figcaption style="text-align:center">{_caption(figure, numbers)}</figcaption>'
    return f"<figure>{image}{words}{_notes(figure)}</figure>"


def _marked(line: Line) -> Iterator[Inline]:
    """The line with typed figures as spans of their own, `_TYPED` in place of their fact."""
    words = "".join(
        inline.text if isinstance(inline, Text) and not inline.fact else "\ufffc" for inline in line
    )
    numbers = untraced(words)
    at = 0
    for inline in line:
        if not isinstance(inline, Text) or inline.fact:
            at += 1
            yield inline
            continue
        end, start = at + len(inline.text), at
        for first, last, _ in numbers:
            if start <= first < end:
                yield replace(inline, text=words[start:first])
                yield replace(inline, text=words[first : min(last, end)], fact=_TYPED)
                start = min(last, end)
        yield replace(inline, text=words[start:end])
        at = end


def _inline(inline: Inline, facts: Mapping[str, Fact], numbers: Numbers) -> str:
    match inline:
        case Formula():  # JupyterLab sets what stands between dollars
            html = f"${escape(inline.tex)}$"
        case Reference(key):
            html = f"<span>{escape(numbers.mentions.get(key, f'〔{key}〕'))}</span>"
        case Citation(keys):
            html = f"<sup>[{escape('；'.join(keys))}]</sup>"
        case Note(line):
            html = (
                f"<small>〔注：{''.join(_inline(each, facts, numbers) for each in line)}〕</small>"
            )
        case Text():
            html = _words_of(inline, facts)
    return html


def _words_of(inline: Text, facts: Mapping[str, Fact]) -> str:
    html = _look(inline)
    if inline.fact == _TYPED:
        return f'<mark style="background:#ffc9c9" title="{_ADVICE}">{html}</mark>'
    fact = facts.get(inline.fact)
    if fact is None:
        return html
    title = f"{fact.label}＝{fact}；来源：{source_of(fact)}"
    return f'<span style="border-bottom:1px dotted" title="{escape(title)}">{html}</span>'


def _look(text: Text) -> str:
    html = escape(text.text)
    looks = {
        "b": text.bold, "i": text.italic, "sup": text.superscript, "sub": text.subscript, "s": text.struck,
    }  # fmt: skip
    if not any(looks.values()):
        return html
    for tag, wanted in looks.items():
        html = f"<{tag}>{html}</{tag}>" if wanted else html
    return html


def _table(table: Table, line: Callable[[Line], str], numbers: Numbers) -> str:
    def rows(cells: Iterable[tuple[Cell, ...]], tag: str) -> str:
        return "".join([f"<tr>{row_html(row, tag)}</tr>" for row in cells])

    def row_html(row: tuple[Cell, ...], tag: str) -> str:
        return "".join([cell_html(cell, tag) for cell in row])

    def cell_html(cell: Cell, tag: str) -> str:
        if not cell.columns or not cell.rows:
            return ""  # covered by a neighbour
        side = "right" if cell.numeric else "center" if tag == "th" else "left"
        spans = f'colspan="{cell.columns}" rowspan="{cell.rows}"'
        return f'<{tag} {spans} style="text-align:{side}">{line(cell.line)}</{tag}>'

    unit = f'<div style="text-align:right">单位：{escape(table.unit)}</div>' if table.unit else ""
    words = _caption(table, numbers) + unit  # the unit stands under the caption, as printed
    caption = f"<caption>{words}</caption>" if words else ""
    head, body = rows(table.head, "th"), rows(table.body, "td")
    return (
        f'<div style="display:inline-block"><table>{caption}<thead>{head}</thead>'
        f"<tbody>{body}</tbody></table>{_notes(table)}</div>"
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
    parts = [
        f"{rows.file} “{rows.sheet}”{rows.column and f'“{rows.column}”列'}{_row_words(rows)}"
        for rows in cells[:_MOST_PLACES_TOLD]
    ]
    rest = f" 等{len(cells)}处" if len(cells) > _MOST_PLACES_TOLD else ""
    return "、".join(parts) + rest


def _row_words(rows: Rows) -> str:
    numbers = text_of(rows.rows)
    if not numbers:
        return "无符合的行"
    short = len(numbers) <= _MOST_ROWS_TOLD
    return (
        f"第{numbers}行" if short else f"第{numbers[:_MOST_ROWS_TOLD]}…行（共{len(rows.rows)}行）"
    )
