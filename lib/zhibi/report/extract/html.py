"""HTML output of a plain notebook (DataFrame, Styler) -> native tables; other HTML -> its words.

What pandas shows for the screen is put right for paper: an index that only counts from 0 is dropped, the row of index
names moves up into the head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import lxml.html
from lxml import etree

from gongwen.document import Block, Cell, Paragraph, Table, Text
from gongwen.findings import Finding, Level, Location

_NUMBER = re.compile(r"[-+−]?[\d,]*\.?\d+(?:[eE][-+]?\d+)?\s*[%％‰]?")
_SHAPE = re.compile(r"\d+ rows × \d+ columns")
_DOTS = {"...", "…", "⋮", "⋱"}
_BROKEN_ROW = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class _Box:
    """One th or td as written."""

    text: str
    head: bool
    columns: int
    rows: int


Row = list[_Box]


def read(source: str, place: Location) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """The tables in the HTML and the words around them, in order."""
    root = _parsed(source)
    if root is None:
        return (), ()
    tables = [
        element
        for element in root.iter("table")
        if not any(above.tag == "table" for above in element.iterancestors())
    ]
    if not tables:
        words = _words(root)
        return ((Paragraph((Text(words),)),) if words else ()), ()
    blocks = tuple(block for block in map(_table, tables) if block)
    cut = any(_SHAPE.search(_words(root)) and _dotted(table) for table in blocks)
    message, hint = (
        "表格太大，pandas 只显示了首尾，文档中的表不完整",
        "请先选出要印的行，或设置 pd.options.display.max_rows。",
    )
    return blocks, (Finding("X06", Level.WARNING, place, message, hint),) if cut else ()


def _parsed(source: str) -> lxml.html.HtmlElement | None:
    try:
        root = lxml.html.fromstring(f"<div>{source}</div>")
    except (etree.ParserError, ValueError):
        return None
    etree.strip_elements(root, "script", "style", etree.Comment, with_tail=False)
    return root


def _table(element: lxml.html.HtmlElement) -> Table | None:
    rows = [(row, _boxes(row)) for row in element.iter("tr")]
    rows = [(row, boxes) for row, boxes in rows if boxes]
    in_head = [
        row.getparent().tag == "thead"
        or (all(box.head for box in boxes) and row.getparent().tag != "tbody")
        for row, boxes in rows
    ]
    split = next((number for number, is_head in enumerate(in_head) if not is_head), len(rows))
    head, body = [boxes for _, boxes in rows[:split]], [boxes for _, boxes in rows[split:]]
    head, body = _without_counting_index(*_names_moved_up(head, body))
    if not head and not body:
        return None
    caption = next((_words(words) for words in element.iter("caption")), "")
    return Table(_cells(head, is_head=True), _cells(body, is_head=False), caption=caption)


def _boxes(row: lxml.html.HtmlElement) -> Row:
    return [
        _Box(_words(box), box.tag == "th", _span(box, "colspan"), _span(box, "rowspan"))
        for box in row.iterchildren("th", "td")
    ]


def _span(box: lxml.html.HtmlElement, name: str) -> int:
    text = box.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and int(text) else 1


def _names_moved_up(head: list[Row], body: list[Row]) -> tuple[list[Row], list[Row]]:
    """Pandas gives index names a row of their own below the column names; on paper they belong into the row above."""
    depth = _index_depth(body)
    if len(head) < 2 or not depth or len(head[-1]) <= depth or len(head[-2]) <= depth:  # noqa: PLR2004
        return head, body
    above, names = head[-2], head[-1]
    alone = not any(box.text for box in names[depth:]) and not any(
        box.text for box in above[:depth]
    )
    plain = all(box.columns == 1 for box in above[:depth])
    if not (alone and plain):
        return head, body
    merged = [
        replace(box, text=name.text) for box, name in zip(above[:depth], names[:depth], strict=True)
    ]
    return [*head[:-2], [*merged, *above[depth:]]], body


def _without_counting_index(head: list[Row], body: list[Row]) -> tuple[list[Row], list[Row]]:
    """The table without a first column that only says 0, 1, 2 …"""
    counts = [row[0].text for row in body if row and row[0].text not in _DOTS]
    rising = all(text.isascii() and text.isdigit() for text in counts) and counts[:1] == ["0"]
    numbers = [int(text) for text in counts] if rising else []
    unnamed = all(row[0].text == "" and row[0].columns == 1 for row in head)
    if not (numbers and unnamed and _index_depth(body) == 1 and numbers == sorted(set(numbers))):
        return head, body
    return [row[1:] for row in head], [row[1:] for row in body]


def _index_depth(body: list[Row]) -> int:
    """How many columns at the left are index."""
    depth = 0
    while body and depth < len(body[0]) and body[0][depth].head:
        depth += 1
    return depth


def _cells(rows: list[Row], *, is_head: bool) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(
            Cell(
                (Text(box.text),) if box.text else (),
                numeric=not is_head and bool(_NUMBER.fullmatch(box.text)),
                columns=box.columns,
                rows=box.rows,
            )
            for box in row
        )
        for row in rows
    )


def _dotted(table: Block) -> bool:
    assert isinstance(table, Table)
    return any(_text(cell) in _DOTS for row in (*table.head, *table.body) for cell in row)


def _text(cell: Cell) -> str:
    return "".join(inline.text for inline in cell.line if isinstance(inline, Text))


def _words(element: lxml.html.HtmlElement) -> str:
    return _BROKEN_ROW.sub(" ", element.text_content()).strip()
