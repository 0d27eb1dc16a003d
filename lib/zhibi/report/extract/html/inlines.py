"""Spans as they stand in HTML -> a line: blanks as a browser shows them, line ends between hanzi gone, neighbours joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongwen.chinese.text import gap, one_line, visible
from gongwen.document import Inline, Line, Text
from zhibi.notebook.prose.spans import joined, looking

BREAK = Text("\n")  # a line that its author ended: <br>, or two blocks within one cell
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def words(text: str, look: Text) -> Iterator[Text]:
    """The words of a text node.

    A run of blanks with a line end in it is one line end, marked as soft.
    """
    shown = visible(text.replace("\x0b", " ").replace("\x0c", " "))
    at = 0
    for blank in _BLANKS.finditer(shown):
        yield from _span(shown[at : blank.start()], look)
        yield looking(look, _SOFT if "\n" in blank[0] else " ")
        at = blank.end()
    yield from _span(shown[at:], look)


_SOFT = "\r"


def _span(text: str, look: Text) -> Iterator[Text]:
    if text:
        yield looking(look, text)


def lines(inlines: Iterable[Inline]) -> list[Line]:
    """The lines between breaks, none of them empty."""
    found: list[list[Inline]] = [[]]
    for inline in inlines:
        if inline == BREAK:
            found.append([])
        else:
            found[-1].append(inline)
    return [line for line in map(one, found) if line]


def one(inlines: Iterable[Inline], between: str | None = None) -> Line:
    """One line; its breaks become `between`, or what one_line puts there (；) if that is None."""
    made: list[Inline] = []
    pending: Text | None = None
    for inline in inlines:
        if isinstance(inline, Text) and inline.text in {" ", _SOFT, "\n"} and not inline.fact:
            if pending is None or inline.text == "\n":
                pending = inline
            continue
        if pending is not None and made:
            blank = _between(pending, _edge(made[-1], -1), _edge(inline, 0), between)
            made.extend([replace(pending, text=blank)] if blank else [])
        pending = None
        made.append(inline)
    return joined(made)


def _between(blank: Text, before: str, after: str, between: str | None) -> str:
    if blank.text == " ":
        return " "
    if blank.text == _SOFT:
        return gap(before, after)
    if between is not None:
        return between or gap(before, after)
    return one_line(f"{before}\n{after}")[len(before) : -len(after) or None]


def _edge(inline: Inline, position: int) -> str:
    """The first or last character of a span; a formula or a note stands as a letter."""
    return inline.text[position] if isinstance(inline, Text) and inline.text else "x"


def is_empty(line: Line) -> bool:
    """True for a line that prints nothing."""
    return not any(not isinstance(inline, Text) or inline.text.strip() for inline in line)
