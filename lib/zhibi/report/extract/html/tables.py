"""A table element -> a native Table, put right for paper.

An index that only counts from 0 is dropped, the row of index names moves up into the head, and a
span ends with the columns that hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol

import lxml.html

from gongwen.document import Cell, Line, Table, Text, plain

_NUMBER = re.compile(r"[-+−]?[\d,]*\.?\d+(?:[eE][-+]?\d+)?\s*[%％‰]?")
_TYPED_LABEL = re.compile(r"^\s*(?:表|Table)\s*\d+(?:[-.]\d+)*\s*[:：.、　]?\s*", re.IGNORECASE)
DOTS = {"...", "…", "⋮", "⋱", "⋯"}
_MOST_ROWS_SPANNED = 10_000


class ReadCell(Protocol):
    """Reads the line of a cell, which may stand in the head."""

    def __call__(self, element: lxml.html.HtmlElement, *, in_head: bool) -> Line:
        """The words of a th or td."""


@dataclass(frozen=True, slots=True)
class _Box:
    """One th or td as written."""

    line: Line
    head: bool
    columns: int
    rows: int
    right: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return plain(self.line)


Row = list[_Box]


def read(element: lxml.html.HtmlElement, line_of: ReadCell) -> Table | None:
    """The table; `line_of` reads a cell (and whether it belongs to the head).

    None for one without cells.
    """
    rows = [(row, list(_boxes(row, line_of))) for row in _rows(element)]
    rows = [(row, boxes) for row, boxes in rows if boxes]
    in_head = [_is_head(row, boxes) for row, boxes in rows]
    split = next((number for number, is_head in enumerate(in_head) if not is_head), len(rows))
    head, body = [boxes for _, boxes in rows[:split]], [boxes for _, boxes in rows[split:]]
    head, body = _clamped(*_without_counting_index(*_names_moved_up(head, body)))
    if not head and not body:
        return None
    words = next(
        (plain(line_of(each, in_head=False)) for each in element.iterchildren("caption")), ""
    )
    caption = _TYPED_LABEL.sub("", words)
    return Table(_cells(head, is_head=True), _cells(body, is_head=False), caption=caption)


def _is_head(row: lxml.html.HtmlElement, boxes: Row) -> bool:
    part = _part(row)
    return part == "thead" or (part != "tbody" and all(box.head for box in boxes))


def is_dotted(table: Table) -> bool:
    """True if a cell is nothing but dots: pandas left rows or columns out."""
    cells = chain(*table.head, *table.body)
    return any(plain(cell.line) in DOTS for cell in cells)


def _rows(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The rows of this table, not those of a table within a cell."""
    for child in element:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")


def _part(row: lxml.html.HtmlElement) -> str:
    above = row.getparent()
    return "" if above is None else str(above.tag)


def _boxes(row: lxml.html.HtmlElement, line_of: ReadCell) -> Iterator[_Box]:
    for box in row.iterchildren("th", "td"):
        line = line_of(box, in_head=box.tag == "th" or _part(row) == "thead")
        right = "right" in (box.get("style", "") + box.get("align", ""))
        yield _Box(line, box.tag == "th", _span(box, "colspan"), _span(box, "rowspan"), right)


def _span(box: lxml.html.HtmlElement, name: str) -> int:
    text = box.get(name, "1").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004
    return min(number, _MOST_ROWS_SPANNED) or 1


def _clamped(head: list[Row], body: list[Row]) -> tuple[list[Row], list[Row]]:
    """Spans that end where the columns end that some cell of one column holds."""
    filled = _filled_columns([*head, *body])
    return _narrowed(head, filled), _narrowed(body, filled)


def _filled_columns(rows: list[Row]) -> int:
    """The columns up to the last one that some cell begins in."""
    widest = 1
    below: dict[int, int] = {}  # column -> rows still covered by a cell from above
    for row in rows:
        at, covering = 0, {column: rest - 1 for column, rest in below.items() if rest > 1}
        for box in row:
            while below.get(at, 0) > 0:
                at += 1
            widest = max(widest, at + 1)
            if box.rows > 1:
                covering |= dict.fromkeys(range(at, at + min(box.columns, 99)), box.rows - 1)
            at += box.columns
        below = covering
    return widest


def _narrowed(rows: list[Row], filled: int) -> list[Row]:
    made = []
    for row in rows:
        at, boxes = 0, []
        for box in row:
            columns = max(1, min(box.columns, filled - at))
            boxes.append(replace(box, columns=columns))
            at += columns
        made.append(boxes)
    return made


def _names_moved_up(head: list[Row], body: list[Row]) -> tuple[list[Row], list[Row]]:
    """Pandas gives index names a row of their own below the column names.

    On paper they belong into the row above.
    """
    depth = _index_depth(body)
    if len(head) < 2 or not depth or len(head[-1]) <= depth or len(head[-2]) <= depth:  # noqa: PLR2004
        return head, body
    above, names = head[-2], head[-1]
    alone = not any(box.text for box in names[depth:]) and not any(
        box.text for box in above[:depth]
    )
    single = all(box.columns == 1 for box in above[:depth])
    if not (alone and single):
        return head, body
    merged = [
        replace(box, line=name.line) for box, name in zip(above[:depth], names[:depth], strict=True)
    ]
    return [*head[:-2], [*merged, *above[depth:]]], body


def _without_counting_index(head: list[Row], body: list[Row]) -> tuple[list[Row], list[Row]]:
    """The table without a first column that only says 0, 1, 2 … of all its rows."""
    labels = [row[0].text.strip() for row in body if row]
    unnamed = all(row[0].text.strip() == "" and row[0].columns == 1 for row in head)
    if not (unnamed and _index_depth(body) == 1 and _counts(labels)):
        return head, body
    return [row[1:] for row in head], [row[1:] for row in body]


def _counts(labels: list[str]) -> bool:
    """True for 0, 1, 2 …; numbers may be missing where dots say so."""
    expected: int | None = 0
    seen = -1
    for label in labels:
        if label in DOTS:
            expected = None
            continue
        if not (label.isascii() and label.isdigit()):
            return False
        number = int(label)
        if number != expected and (expected is not None or number <= seen):
            return False
        seen, expected = number, number + 1
    return seen >= 0


def _index_depth(body: list[Row]) -> int:
    """How many columns at the left are index."""
    depth = 0
    while body and depth < len(body[0]) and body[0][depth].head:
        depth += 1
    return depth


def _cells(rows: list[Row], *, is_head: bool) -> tuple[tuple[Cell, ...], ...]:
    def cell(box: _Box) -> Cell:
        numeric = not is_head and (box.right or _is_number(box.line))
        return Cell(box.line, numeric=numeric, columns=box.columns, rows=box.rows)

    return tuple(tuple(map(cell, row)) for row in rows)


def _is_number(line: Line) -> bool:
    alone = len(line) == 1 and isinstance(line[0], Text)
    return alone and bool(_NUMBER.fullmatch(plain(line)))
