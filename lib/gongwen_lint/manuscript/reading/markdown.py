"""The bytes of a .md -> a Manuscript: each paragraph is a slice of the source, so that a repair can be put back.

Markup stays in the text and is blanked for the rules; code, front matter and HTML are no
paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gongwen_lint.manuscript.manuscript import Manuscript, Para, Role
from gongwen_lint.manuscript.reading.docx import issued_on
from gongwen_lint.manuscript.reading.plain import decoded, lines_of
from gongwen_lint.manuscript.reading.rows import as_tables
from gongwen_lint.manuscript.roles import recognised
from gongwen_lint.manuscript.suppressions import WORD

_FRONT = re.compile(r"\A---[ \t]*\r?\n.*?\n(?:---|\.\.\.)[ \t]*\r?\n", re.DOTALL)
_MARKUP = re.compile(
    r"`+[^`\n]*`+|!?\[(?=[^\]\n]{0,500}\]\()|\]\([^)\n]{0,500}\)|<!--.{0,2000}?-->|</?[A-Za-z][^>\n]{0,500}>|\*+|__|~~|\\(?=[!-/:-@\[-`{-~])"
    r"|\n[ \t]*>[ \t]?"
)
_CONTAINERS: dict[str, Role] = {"blockquote_open": "quote", "list_item_open": "list_item"}


def read(content: bytes, name: str) -> Manuscript:
    """Headings, paragraphs, items and cells in order; a role that markup gives is kept."""
    source, notes = decoded(content, name)
    paras = from_source(source)
    return Manuscript(name, "md", paras, issued_on=issued_on(paras), source=source, notes=notes)


def from_source(source: str, where: str = "") -> tuple[Para, ...]:
    """The paragraphs of a Markdown text; `where` goes before the line in every place."""
    found = as_tables(tuple(_paras(source, where)))
    guessed = recognised(found)
    return tuple(
        guess if para.role == "body" else para for para, guess in zip(found, guessed, strict=True)
    )


def _paras(source: str, where: str) -> Iterator[Para]:
    front = _FRONT.match(source)
    blank = source if front is None else re.sub(r"[^\r\n]", " ", front[0]) + source[front.end() :]
    lines = {number: (start, text) for number, start, text in lines_of(source)}
    walk = _Walk()
    for token in (
        MarkdownIt("commonmark")
        .enable("table")
        .disable(["code", "lheading", "reference"])
        .parse(blank)
    ):
        walk.step(token)
        if token.map is None or not (token.type == "inline" or _is_request(token)):
            continue
        found = _slice(source, lines, token, walk.after)
        if found and found[1].strip():
            start, text = found
            walk.after = (token.map[0] + 1, start + len(text))
            walk.number += 1
            para = Para(
                walk.number,
                text,
                walk.role,
                walk.level,
                cell=walk.cell,
                offset=start,
                line=token.map[0] + 1,
            )
            spans = tuple(match.span() for match in _MARKUP.finditer(text))
            place = (
                f"表{para.cell[0]}第{para.cell[1]}行第{para.cell[2]}列"
                if para.cell
                else f"第{para.line}行"
            )
            yield replace(para, masked=spans, where=f"{where}{place}")


class _Walk:
    """Where the walk over the tokens is: in which containers, in which cell."""

    def __init__(self) -> None:
        self.number = 0
        self.after = (0, 0)  # the line of the last paragraph and where it ended: cells share a line
        self._open: list[str] = []
        self._heading = 0
        self._table = self._row = self._column = 0

    def step(self, token: Token) -> None:
        """Take one token in."""
        if token.nesting == 1:
            self._open.append(token.type)
            self._heading = int(token.tag[1]) if token.type == "heading_open" else self._heading
            self._table += token.type == "table_open"
            self._row = 0 if token.type == "table_open" else self._row + (token.type == "tr_open")
            self._column = (
                0
                if token.type == "tr_open"
                else self._column + (token.type in {"th_open", "td_open"})
            )
        elif token.nesting == -1:
            self._open.pop()

    @property
    def role(self) -> Role:
        """What the markup says the paragraph is; body where it says nothing."""
        if "heading_open" in self._open:
            return "title" if self._heading == 1 else "heading"
        if "table_open" in self._open:
            return "table_cell"
        return next(
            (_CONTAINERS[each] for each in reversed(self._open) if each in _CONTAINERS), "body"
        )

    @property
    def level(self) -> int:
        """The level of a heading: ## is the first."""
        return self._heading - 1 if self.role == "heading" else 0

    @property
    def cell(self) -> tuple[int, int, int] | None:
        """The cell, counted from 1."""
        return (self._table, self._row, self._column) if "table_open" in self._open else None


def _slice(
    source: str, lines: dict[int, tuple[int, str]], token: Token, after: tuple[int, int]
) -> tuple[int, str] | None:
    """Where the words of a token start in the source, and the source from there to their end."""
    assert token.map is not None
    first, last = token.map[0] + 1, token.map[1]
    start, line = lines[first]
    parts = [part.strip() for part in token.content.strip().split("\n")]
    skip = after[1] - start if after[0] == first else 0
    at = line.find(parts[0], max(skip, 0))
    if at < 0:
        return None
    if len(parts) == 1:
        return start + at, parts[0]
    end = lines[last][0] + len(lines[last][1])
    return start + at, source[start + at : end].rstrip()


def _is_request(token: Token) -> bool:
    return token.type == "html_block" and WORD in token.content
