"""HTML of a plain notebook (an output, or a Markdown cell made into HTML) -> blocks in reading order, and what is lost.

Words, lists, tables, pictures and formulas go on the page; what is meant for the screen alone
(buttons, styles, hidden parts) does not, and a medium that cannot be printed is named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import lxml.html
from lxml import etree

from gongwen.document import (
    Block,
    Equation,
    Formula,
    Heading,
    Inline,
    Items,
    Line,
    Note,
    Paragraph,
    Reference,
    Text,
    Title,
    Verbatim,
)
from zhibi.report.extract.html import inlines, tables, vocabulary
from zhibi.report.extract.html.inlines import BREAK
from zhibi.report.extract.html.vocabulary import EQUATION, FORMULA, MENTION, NOTE, parsed
from zhibi.report.extract.losses import NOTHING, Loss, Shown
from zhibi.report.extract.surroundings import Surroundings
from zhibi.startup.later import later

if TYPE_CHECKING:
    from zhibi.report.extract.pictures import figure as pictured
else:  # Pillow, and what draws SVG and PDF
    pictured = later("zhibi.report.extract.pictures", "figure")


def read(source: str, around: Surroundings) -> Shown:
    """The tables, words and pictures in the HTML, in order."""
    root = parsed(source)
    if root is None:
        return NOTHING
    scripted = root.find(".//script") is not None
    reader = HtmlReader(around)
    reader.read(root)
    if scripted and not reader.blocks and not reader.losses:
        reader.losses.append(Loss("X04", "网页图形"))
    return tuple(reader.blocks), tuple(dict.fromkeys(reader.losses))


@dataclass
class _List:
    """A list being read: its items so far, and the number of the next."""

    ordered: bool
    start: int
    items: list[tuple[int, Line]] = field(default_factory=list)
    top: int = 0  # items of the outermost depth so far


@dataclass
class HtmlReader:
    """One walk over one tree. `blocks` and `losses` are what it found."""

    around: Surroundings
    blocks: list[Block] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    line: list[Inline] = field(default_factory=list)
    _after: list[Block] = field(default_factory=list)  # pictures of a table, which follow it
    _quoted: bool = False

    def read(self, root: lxml.html.HtmlElement) -> None:
        """Everything below an element."""
        self.children(root, Text(""), 0)
        self._flush()

    def children(self, element: lxml.html.HtmlElement, look: Text, depth: int) -> None:
        """The words and elements right below an element."""
        self.line += inlines.words(element.text or "", look)
        for child in element:
            if isinstance(child.tag, str) and depth < vocabulary.DEEPEST_TREE:
                self._element(child, look, depth + 1)
            self.line += inlines.words(child.tail or "", look)

    def _element(self, element: lxml.html.HtmlElement, look: Text, depth: int) -> None:
        name = element.tag
        if vocabulary.is_unseen(element):
            return
        if name in vocabulary.MEDIA or name in {"svg", "img"}:
            self._medium(element)
        elif name == "br":
            self.line.append(BREAK)
        elif name == "table":
            self._flush()
            self._table(element)
        elif (
            name in vocabulary.BLOCKS
            or name in vocabulary.HEADINGS
            or name in {"ul", "ol", "menu", "pre", "hr", "blockquote", "li"}
        ):
            self._flush()
            self._block(element, look, depth)
            self._flush()
        else:
            self._inline(element, look, depth)

    def _block(self, element: lxml.html.HtmlElement, look: Text, depth: int) -> None:
        name = element.tag
        if name in vocabulary.HEADINGS:
            self._heading(element, vocabulary.HEADINGS[name])
        elif name in {"ul", "ol", "menu"}:
            self._list(element)
        elif name == "pre":
            self._verbatim(element)
        elif name == "blockquote":
            before, self._quoted = self._quoted, True
            self.children(element, look, depth)
            self._flush()
            self._quoted = before
        elif name != "hr":
            self.children(element, look, depth)

    def _inline(self, element: lxml.html.HtmlElement, look: Text, depth: int) -> None:
        name = element.tag
        if name == FORMULA:
            tex = self.around.expanded(element.text or "")
            self.line += [Formula(tex)] if tex else []
        elif name == MENTION:
            self.line.append(Reference(element.get("key", "")))
        elif name == EQUATION:
            self._flush()
            self._equation(element)
        elif name == NOTE:
            self.line.append(Note(self._line_within(element)))
        elif name == "math":
            self.line += vocabulary.mathml(element, look)
        else:
            self.children(element, vocabulary.looking_as(element, look), depth)

    def _equation(self, element: lxml.html.HtmlElement) -> None:
        tex = self.around.expanded(element.text or "")
        if tex:
            self.blocks.append(Equation(tex, element.get("key", ""), element.get("number", "")))

    def _flush(self) -> None:
        """What was gathered becomes paragraphs."""
        gathered, self.line = self.line, []
        for line in inlines.lines(gathered):
            if not inlines.is_empty(line) and not vocabulary.is_screen_only(line):
                self.blocks.append(Paragraph(line, self._quoted))

    def _heading(self, element: lxml.html.HtmlElement, level: int) -> None:
        inner = self._within(element)
        line = inlines.one(inner.line, "")
        if not inlines.is_empty(line):
            self.blocks.append(Title((line,)) if level == 1 else Heading(level - 1, line))
        self.blocks += inner.blocks

    def _verbatim(self, element: lxml.html.HtmlElement) -> None:
        for each in element.iter("br"):
            each.tail = "\n" + (each.tail or "")
        text = element.text_content().strip("\n").rstrip()
        if text:
            self.blocks.append(Verbatim(text))

    def _table(self, element: lxml.html.HtmlElement) -> None:
        table = tables.read(element, self._cell)
        if table:
            self.blocks.append(table)
            cut = tables.is_dotted(table) and vocabulary.is_told_as_cut(element)
            self.losses += [Loss("X06")] if cut else []
        self.blocks += self._after
        self._after = []

    def _cell(self, element: lxml.html.HtmlElement, *, in_head: bool) -> Line:
        """The line of a cell; pictures in it follow the table."""
        inner = self._within(element)
        self._after += [block for block in inner.blocks if not isinstance(block, Paragraph)]
        return inlines.one(inner.line, "" if in_head else None)

    def _line_within(self, element: lxml.html.HtmlElement) -> Line:
        return inlines.one(self._within(element).line)

    def _within(self, element: lxml.html.HtmlElement) -> _Flat:
        inner = _Flat(self.around, losses=self.losses)
        inner.children(element, Text(""), 0)
        return inner

    def _medium(self, element: lxml.html.HtmlElement) -> None:
        """A picture on a line of its own, or the name of what cannot be printed."""
        figure, loss = self._printed(element)
        if figure:
            self._flush()
            self.blocks.append(figure)
        elif loss:
            self.losses.append(loss)

    def _printed(self, element: lxml.html.HtmlElement) -> tuple[Block | None, Loss | None]:
        name, alt = element.tag, element.get("alt", "")
        if name in vocabulary.MEDIA:
            return None, Loss("X04", vocabulary.MEDIA[name])
        if name == "svg":
            figure = pictured(etree.tostring(element, with_tail=False))
            small = figure is None or figure.width_mm < 2 * vocabulary.SMALLEST_PICTURE
            return (None, None if figure else Loss("X04", "SVG 图形")) if small else (figure, None)
        address = (element.get("src") or "").strip()
        data = self.around.picture(address) if address else None
        figure = pictured(data, pixels_wide=vocabulary.pixels(element), alt=alt) if data else None
        if figure and figure.width_mm < vocabulary.SMALLEST_PICTURE:
            return None, None
        return figure, None if figure else Loss("X03", address[:60] or alt)

    def _list(self, element: lxml.html.HtmlElement) -> None:
        self._items(element, _List(element.tag == "ol", vocabulary.start(element)), 0)

    def _items(self, element: lxml.html.HtmlElement, found: _List, depth: int) -> None:
        for item in element:
            if item.tag in {"ul", "ol"}:  # a list right in a list: a careless indent
                self._items(item, found, depth + 1)
            elif isinstance(item.tag, str):
                self._item(item, found, depth)
        if not depth:
            self._end(found)

    def _item(self, item: lxml.html.HtmlElement, found: _List, depth: int) -> None:
        """One item: its first words, then what else stands in it."""
        inner = HtmlReader(self.around, losses=self.losses)
        nested = [child for child in item if child.tag in {"ul", "ol"}]
        for child in nested:
            item.remove(child) if child.tail is None or not child.tail.strip() else None
        inner.read(item)
        first, rest = vocabulary.first_words(inner.blocks)
        if first or not nested:
            found.top += depth == 0
            found.items += [(depth, first)] if first else []
        if rest:
            self._interrupted(found, rest)
        for child in nested:
            if child.getparent() is None:
                self._nested(child, found, depth)

    def _nested(self, element: lxml.html.HtmlElement, found: _List, depth: int) -> None:
        """A list within an item: part of the same list if numbered alike, else one of its own."""
        if (element.tag == "ol") == found.ordered and vocabulary.start(element) == 1:
            self._items(element, found, depth + 1)
            return
        self._end(found)
        other = _List(element.tag == "ol", vocabulary.start(element))
        self._items(element, other, depth + 1)
        self._end(other)

    def _interrupted(self, found: _List, rest: list[Block]) -> None:
        """Blocks of an item after its first words.

        The list goes on after them with the next number.
        """
        self._end(found)
        self.blocks += rest

    def _end(self, found: _List) -> None:
        if found.items:
            self.blocks.append(Items(found.ordered, tuple(found.items), found.start))
        found.start += found.top if found.ordered else 0
        found.items, found.top = [], 0


@dataclass
class _Flat(HtmlReader):
    """A walk within a cell, a heading or a note: all words on one line, blocks parted by breaks."""

    def _equation(self, element: lxml.html.HtmlElement) -> None:
        tex = self.around.expanded(element.text or "")
        self.line += [Formula(tex)] if tex else []

    def _flush(self) -> None:
        if self.line and self.line[-1] != BREAK:
            self.line.append(BREAK)

    def _medium(self, element: lxml.html.HtmlElement) -> None:
        figure, loss = self._printed(element)
        if figure:
            self.blocks.append(figure)
        elif loss:
            self.losses.append(loss)

    def _heading(self, element: lxml.html.HtmlElement, level: int) -> None:  # noqa: ARG002
        self.children(element, Text(""), 0)

    def _verbatim(self, element: lxml.html.HtmlElement) -> None:
        for number, line in enumerate(element.text_content().strip().splitlines()):
            self.line += [BREAK] if number else []
            self.line += inlines.words(line, Text(""))

    def _table(self, element: lxml.html.HtmlElement) -> None:
        for row in element.iter("tr"):
            for cell in row.iterchildren("td", "th"):
                self.children(cell, Text(""), 0)
                self.line.append(Text(" "))
            self._flush()

    def _list(self, element: lxml.html.HtmlElement) -> None:
        for item in element:
            self.children(item, Text(""), 0)
            self._flush()
