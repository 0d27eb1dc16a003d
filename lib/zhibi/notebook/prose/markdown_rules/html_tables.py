"""A parser of Markdown -> one that reads <table> … </table> as a table; its cells keep their spans.

A table within a table, one that is not closed or has no cell is left as typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_OPEN = re.compile(r"\s*<table\b", re.IGNORECASE)
_CLOSE = re.compile(r"</table\s*>\s*$", re.IGNORECASE)
_SPANS = ("colspan", "rowspan")
_MOST_SPANNED = 3  # digits


@dataclass
class _Cell:
    tag: str  # th or td
    spans: dict[str, int]
    words: str = ""


@dataclass
class _Rows(HTMLParser):
    """The rows of one table, with how many of them are its head."""

    rows: list[list[_Cell]] = field(default_factory=list)
    tables: int = 0
    in_cell: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row, a cell, a break; other tags are left out and their words stay."""
        match tag:
            case "table":
                self.tables += 1
            case "tr":
                self.rows.append([])
                self.in_cell = False
            case "th" | "td" if self.rows:
                self.rows[-1].append(_Cell(tag, _spans(dict(attrs))))
                self.in_cell = True
            case "br" if self.in_cell:
                self._say("<br>")

    def handle_endtag(self, tag: str) -> None:
        """The end of a cell; what stands between cells is not printed."""
        if tag in ("th", "td", "tr"):
            self.in_cell = False

    def handle_data(self, data: str) -> None:
        """Words of a cell, on one line."""
        self._say(" ".join(data.splitlines()))

    def handle_entityref(self, name: str) -> None:
        """An entity, which Markdown reads."""
        self._say(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A character by its number, which Markdown reads."""
        self._say(f"&#{name};")

    def _say(self, words: str) -> None:
        if self.in_cell:
            self.rows[-1][-1].words += words


def _spans(attributes: dict[str, str | None]) -> dict[str, int]:
    spans = {}
    for name in _SPANS:
        text = (attributes.get(name) or "").strip()
        if text.isascii() and text.isdigit() and len(text) <= _MOST_SPANNED and int(text) > 1:
            spans[name] = int(text)
    return spans


def use(parser: MarkdownIt) -> MarkdownIt:
    """The parser with this rule before its paragraphs."""
    parser.block.ruler.before("paragraph", "html_table", _rule, {"alt": ["paragraph"]})
    return parser


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not _OPEN.match(_line(state, start)):
        return False
    last = next((at for at in range(start, end) if _CLOSE.search(_line(state, at))), None)
    if last is None:
        return False
    rows = _rows("\n".join(_line(state, at) for at in range(start, last + 1)))
    if not rows:
        return False
    if not silent:
        _tokens(state, rows)
        state.line = last + 1
    return True


def _line(state: StateBlock, at: int) -> str:
    return state.src[state.bMarks[at] : state.eMarks[at]]


def _rows(source: str) -> list[list[_Cell]]:
    """The rows of the only table there is."""
    reader = _Rows()
    reader.feed(source)
    reader.close()
    return [row for row in reader.rows if row] if reader.tables == 1 else []


def _is_head(row: list[_Cell]) -> bool:
    return all(cell.tag == "th" for cell in row)


def _tokens(state: StateBlock, rows: list[list[_Cell]]) -> None:
    """What Markdown's own tables are made of: a head of rows of th, and a body."""
    head = next((at for at, row in enumerate(rows) if not _is_head(row)), len(rows))
    state.push("table_open", "table", 1)
    for kind, part in (("thead", rows[:head]), ("tbody", rows[head:])):
        if not part:
            continue
        state.push(f"{kind}_open", kind, 1)
        for row in part:
            _row(state, row)
        state.push(f"{kind}_close", kind, -1)
    state.push("table_close", "table", -1)


def _row(state: StateBlock, row: list[_Cell]) -> None:
    state.push("tr_open", "tr", 1)
    for cell in row:
        state.push(f"{cell.tag}_open", cell.tag, 1).attrs = dict(cell.spans)
        words = state.push("inline", "", 0)
        words.content, words.children = cell.words.strip(), []
        state.push(f"{cell.tag}_close", cell.tag, -1)
    state.push("tr_close", "tr", -1)
