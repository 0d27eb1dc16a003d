r"""Markdown -> blocks. Chinese rules: emphasis beside hanzi works, line ends between them vanish, numbers go.

`$…$` is a formula and `$$…$$` one on a line of its own, with `(key)` behind it a numbered one.
Raw HTML is text but for a simple <table>; links and pictures are their words. `[^1]` with a line `[^1]: …` is a footnote; `[@key]` cites a
work (several: `[@a;@b]`), and a paragraph of lines `[@key]: …` is the list of works. `# ` is the title (several lines with `\` or <br>); `##` to
`#####` are levels 1–4 (`{-}` at the end: outside the ladder),
and a number typed before a heading (一、（一）1.（1）) is dropped because the layout numbers.
Rules (---) and indented code mean nothing in official prose and are not read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from gongwen.chinese.text import gap, one_line, visible
from gongwen.document import (
    Bibliography,
    Block,
    Cell,
    Citation,
    Equation,
    Formula,
    Heading,
    Inline,
    Items,
    Line,
    Note,
    Paragraph,
    Table,
    Text,
    Title,
    Verbatim,
)
from zhibi.notebook.prose.markdown_rules import cjk_emphasis, html_tables
from zhibi.notebook.prose.punctuation import YIELDS
from zhibi.notebook.prose.spans import PrintedValues, joined, looking

_DEEPEST = 4
_NO_NUMBER = "{-}"  # as pandoc has it: 前言, 附录 stand outside the ladder
_TYPED_NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+[、．.]|[（(][一二三四五六七八九十百]+[）)]、?"
    r"|\d{1,3}(?:[、．]|\.(?!\d))|[（(]\d{1,3}[）)]、?|[①-⑳])\s*"
)
_TITLE_BREAK = re.compile(r"^( {0,3}#[ \t].*)\\\n[ \t]*", re.MULTILINE)
# people who write Chinese leave out the space after #; a second # on the line would be a #话题#
_TIGHT_HEADING = re.compile(r"^( {0,3}#{1,5})(?=[^\s#\x00-\x7f][^#\n]*$)", re.MULTILINE)
_CITED = re.compile(r"\[(@[^\s\[\];；@]+(?:\s*[;；]\s*@[^\s\[\];；@]+)*)\]")
_HTML_RAISED = re.compile(r"<(sub|sup)>([^<>\n]{1,20})</\1>", re.IGNORECASE)
_BR = re.compile(r"<br\s*/?>", re.IGNORECASE)
# `[注]: …` would be read as a link definition and vanish from the page
_UNREAD = ["code", "lheading", "html_block", "reference"]
_BLANKS = " \t\u3000"


def blocks(source: str, ledger: PrintedValues | None = None) -> tuple[Block, ...]:
    """The blocks of a Markdown text. Sentinels of the ledger become spans that name their fact."""
    text = _HTML_RAISED.sub(_raised, source if ledger else visible(source))
    text = _TIGHT_HEADING.sub(r"\1 ", text)
    while _TITLE_BREAK.search(text):
        text = _TITLE_BREAK.sub(r"\1<br>", text)
    root = SyntaxTreeNode(_parser().parse(text))
    return tuple(_Reader(ledger or PrintedValues(), _footnotes(root)).read(root))


@lru_cache(maxsize=1)  # it keeps nothing of what it reads
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(_UNREAD)
    parser = cjk_emphasis.use(parser.disable("html_inline").use(footnote_plugin))
    parser = html_tables.use(parser.use(sub_plugin).use(superscript_plugin))
    # as in pandoc: no blank inside the dollars and no digit beside them, so that 5$ and $6 stay
    # words
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    parser.parse(
        "字"
    )  # its rules are put in order at first use, which two threads must not do at once
    return parser


def _footnotes(root: SyntaxTreeNode) -> dict[int, SyntaxTreeNode]:
    """The text of each footnote by the number that its calls carry."""
    blocks = (part.children for part in root.children if part.type == "footnote_block")
    return {note.meta["id"]: note for note in chain.from_iterable(blocks)}


@dataclass(frozen=True)
class _Reader:
    """Walks the syntax tree; the ledger turns sentinels back into what was printed."""

    ledger: PrintedValues
    notes: Mapping[int, SyntaxTreeNode]

    def read(self, root: SyntaxTreeNode) -> Iterator[Block]:
        for node in root.children:
            yield from self._block(node)

    def _block(self, node: SyntaxTreeNode, *, quote: bool = False) -> Iterator[Block]:
        match node.type:
            case "heading":
                yield self._heading(node)
            case "paragraph":
                works = self._works(node)
                line = self._line(node)
                if works:
                    yield Bibliography(tuple(works))
                elif line:
                    yield Paragraph(line, quote)
            case "bullet_list" | "ordered_list":
                start = node.attrs.get("start", 1)
                ordered = node.type == "ordered_list"
                first = start if isinstance(start, int) and start > 0 else 1
                yield Items(ordered, tuple(self._items(node, 0)), first)
            case "blockquote":
                for child in node.children:
                    yield from self._block(child, quote=True)
            case "table":
                yield self._table(node)
            case _:
                yield from self._as_typed(node)

    def _as_typed(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """What Markdown leaves alone: code and formulas."""
        if node.type in {"fence", "code_block"}:
            yield Verbatim(self.ledger.words(node.content).rstrip("\n"))
        elif node.type.startswith("math_block"):
            yield self._equation(node)

    def _equation(self, node: SyntaxTreeNode) -> Equation:
        formula = self._formula(node.content)
        key = node.info if node.type == "math_block_label" else ""
        return Equation(formula.tex, key, facts=formula.facts)

    def _heading(self, node: SyntaxTreeNode) -> Block:
        level = int(node.tag[1:])
        if level == 1:
            lines = _split_lines(self._inlines(node))
            return Title(tuple(line for line in lines if line))
        said = self._line(node)
        settled = _unmarked(said)
        line = unnumbered(settled)
        last = line[-1] if line else None
        deep, optional = min(level - 1, _DEEPEST), settled != said
        if isinstance(last, Text) and last.text.rstrip(_BLANKS).endswith(_NO_NUMBER):
            bare = replace(last, text=last.text.rstrip(_BLANKS).removesuffix(_NO_NUMBER))
            return Heading(deep, _trimmed((*line[:-1], bare)), unnumbered=True, optional=optional)
        return Heading(deep, line, optional=optional)

    def _works(self, node: SyntaxTreeNode) -> list[tuple[str, Line]]:
        """The works that a paragraph of `[@key]: …` lists.

        A line that begins otherwise goes on with the one before.
        """
        inlines = chain.from_iterable(self._walk(child, Text("")) for child in node.children)
        first = next((inline for inline in inlines if inline != Text("\n")), None)
        if not isinstance(first, Citation):
            return []
        works: list[tuple[str, list[Inline]]] = []
        for line in _broken(chain((first,), inlines)):
            match line:
                case [Citation(keys=[key]), Text(text=text) as first, *rest] if text.startswith(
                    (":", "：")
                ):
                    works.append((key, [replace(first, text=text[1:]), *rest]))
                case _ if works:
                    works[-1][1].extend(line)
                case _:
                    return []
        return [(key, _trimmed(joined(line))) for key, line in works]

    def _items(self, node: SyntaxTreeNode, depth: int) -> Iterator[tuple[int, Line]]:
        for item in node.children:
            own: list[Inline] = []
            for child in item.children:
                if child.type in ("bullet_list", "ordered_list"):
                    yield from self._flush(own, depth)
                    own = []
                    yield from self._items(child, depth + 1)
                else:
                    own.extend(self._words_of(child))
            yield from self._flush(own, depth)

    @staticmethod
    def _flush(own: list[Inline], depth: int) -> Iterator[tuple[int, Line]]:
        line = _trimmed(joined(own))
        if line:
            yield depth, line

    def _words_of(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        """The words of whatever stands inside a list item, in reading order."""
        if node.type == "inline":
            yield from self._inlines_of(node)
        elif node.children:
            for child in node.children:
                yield from self._words_of(child)
        elif node.content:
            yield from self.ledger.cut(node.content.strip(), Text(""))

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows = {part.type: tuple(map(self._row, part.children)) for part in node.children}
        return Table(head=rows.get("thead", ()), body=rows.get("tbody", ()), caption="")

    def _row(self, node: SyntaxTreeNode) -> tuple[Cell, ...]:
        return tuple(map(self._cell, node.children))

    def _cell(self, node: SyntaxTreeNode) -> Cell:
        right = "right" in str(node.attrs.get("style", ""))
        columns, rows = (int(node.attrs.get(name, 1)) for name in ("colspan", "rowspan"))
        line = self._line(node)
        return Cell(line, numeric=right and node.type == "td", columns=columns, rows=rows)

    def _line(self, node: SyntaxTreeNode) -> Line:
        return _trimmed(joined([_unbroken(inline) for inline in self._inlines(node)]))

    def _inlines(self, node: SyntaxTreeNode) -> list[Inline]:
        children = (child for child in node.children if child.type == "inline")
        return list(chain.from_iterable(map(self._inlines_of, children)))

    def _inlines_of(self, node: SyntaxTreeNode) -> list[Inline]:
        """Spans of an inline node; a break inside a title stays as a newline of its own."""
        inlines: list[Inline] = []
        pending = False
        for inline in self._walk(node, Text("")):
            if isinstance(inline, Text) and inline.text == "\n" and not inline.fact:
                pending = True
                continue
            if pending and inlines:
                blank = gap(_edge(inlines[-1], -1), _edge(inline, 0))
                inlines.extend([Text(blank)] if blank else [])
            pending = False
            inlines.append(inline)
        return inlines

    def _walk(self, node: SyntaxTreeNode, look: Text) -> Iterator[Inline]:
        for child in node.children:
            match child.type:
                case "text":
                    yield from self._cited(child.content, look)
                case "code_inline":
                    yield from self.ledger.cut(child.content, look)
                case "footnote_ref":
                    note = self.notes[child.meta["id"]]
                    yield Note(_trimmed(joined([_unbroken(each) for each in self._words_of(note)])))
                case "math_inline" | "math_inline_double":
                    yield self._formula(child.content)
                case "softbreak" | "hardbreak":
                    yield Text("\n")
                case "image":
                    yield from self.ledger.cut(child.content, look)
                case _:
                    yield from self._walk(child, _looking_as(child.type, look))

    def _formula(self, content: str) -> Formula:
        """A formula; figures printed in it stay traced by their facts."""
        printed = (each for each in self.ledger.cut(content, Text("")) if isinstance(each, Text))
        facts = tuple(dict.fromkeys(each.fact for each in printed if each.fact))
        return Formula(self.ledger.words(content).strip(), facts)

    def _cited(self, text: str, look: Text) -> Iterator[Inline]:
        """Words, and citations among them."""
        at = 0
        for match in _CITED.finditer(text):
            yield from self.ledger.cut(text[at : match.start()], look)
            yield Citation(
                tuple(
                    self.ledger.words(key.strip().removeprefix("@"))
                    for key in re.split("[;；]", match[1])
                )
            )
            at = match.end()
        yield from self.ledger.cut(text[at:], look)


def _broken(inlines: Iterable[Inline]) -> list[list[Inline]]:
    """The lines as written."""
    lines: list[list[Inline]] = [[]]
    for inline in inlines:
        if inline == Text("\n"):
            lines.append([])
        else:
            lines[-1].append(inline)
    return [line for line in lines if line]


def _looking_as(kind: str, look: Text) -> Text:
    """The look of what stands inside strong, em, sub or sup."""
    match kind:
        case "strong":
            return replace(look, bold=True)
        case "em":
            return replace(look, italic=True)
        case "sub":
            return replace(look, subscript=True)
        case "sup":
            return replace(look, superscript=True)
        case _:
            return look


def _raised(match: re.Match[str]) -> str:
    mark = "~" if match[1].lower() == "sub" else "^"
    return f"{mark}{match[2]}{mark}"


def _edge(inline: Inline, position: int) -> str:
    """The first or last character of a span.

    A reference prints as 表 or 图, a note or citation as a mark.
    """
    if not isinstance(inline, Text):
        return "表"
    return inline.text[position] if inline.text else ""


def _unbroken(inline: Inline) -> Inline:
    """<br> typed outside a title: nothing breaks there, so a ； stands where no other mark does."""
    if isinstance(inline, Text) and not inline.fact and "<" in inline.text:
        return replace(inline, text=one_line(_BR.sub("\n", inline.text)))
    return inline


def _split_lines(inlines: list[Inline]) -> list[Line]:
    lines: list[list[Inline]] = [[]]
    for inline in inlines:
        if not isinstance(inline, Text) or inline.fact:
            lines[-1].append(inline)
            continue
        first, *rest = _BR.split(inline.text)
        lines[-1].append(replace(inline, text=first))
        lines.extend([replace(inline, text=text)] for text in rest)
    return [_trimmed(joined(line)) for line in lines]


def _trimmed(line: Line) -> Line:
    """The line without blanks at its ends (the layout indents)."""
    inlines = list(line)
    while inlines and isinstance(inlines[0], Text) and not inlines[0].text.lstrip(_BLANKS):
        inlines.pop(0)
    while inlines and isinstance(inlines[-1], Text) and not inlines[-1].text.rstrip(_BLANKS):
        inlines.pop()
    if inlines and isinstance(inlines[0], Text):
        inlines[0] = looking(inlines[0], inlines[0].text.lstrip(_BLANKS), inlines[0].fact)
    if inlines and isinstance(inlines[-1], Text):
        inlines[-1] = looking(inlines[-1], inlines[-1].text.rstrip(_BLANKS), inlines[-1].fact)
    return tuple(inlines)


def _unmarked(line: Line) -> Line:
    """The heading without the mark that it goes with what stands under it."""
    last = line[-1] if line else None
    if not isinstance(last, Text) or not last.text.endswith(YIELDS):
        return line
    words = last.text.removesuffix(YIELDS)
    return (*line[:-1], looking(last, words, last.fact)) if words else line[:-1]


def unnumbered(line: Line) -> Line:
    """The heading without a number typed by hand; a heading that is nothing but a number stays."""
    if not line or not isinstance(line[0], Text) or line[0].fact:
        return line
    bare = (
        _TYPED_NUMBER.sub("", line[0].text, count=1)
        if _TYPED_NUMBER.match(line[0].text)
        else line[0].text
    )
    if not bare and len(line) == 1:
        return line
    return _trimmed((replace(line[0], text=bare), *line[1:]))
