"""A title's spans -> its lines: broken where words end, in a good shape, every span kept with its fact."""

from __future__ import annotations

from dataclasses import replace

from gongwen.chinese.title_lines import broken
from gongwen.document import Line, Text, plain
from gongwen.profile import Style


def title_lines(line: Line, style: Style, room_twips: float) -> list[Line]:
    """The line as one or more lines of at most `room_twips`."""
    if not all(isinstance(inline, Text) for inline in line):
        return [line]
    lengths = [len(part) for part in broken(plain(line), room_twips // (style.char_twips / 2) / 2)]
    made: list[Line] = []
    left = [inline for inline in line if isinstance(inline, Text)]
    for length in lengths:
        taken, left = _taken(left, length)
        made.append(tuple(taken))
    return made


def _taken(spans: list[Text], count: int) -> tuple[list[Text], list[Text]]:
    """The first `count` characters as spans, and the rest.

    A span that is cut keeps its fact on both sides.
    """
    taken: list[Text] = []
    for place, span in enumerate(spans):
        if len(span.text) > count:
            head, tail = (
                replace(span, text=span.text[:count]),
                replace(span, text=span.text[count:]),
            )
            return [*taken, *([head] if count else [])], [tail, *spans[place + 1 :]]
        taken.append(span)
        count -= len(span.text)
        if not count:
            return taken, spans[place + 1 :]
    return taken, []
