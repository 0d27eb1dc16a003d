"""Blocks with their facts -> what a cell displays: our JSON for the document, HTML and text for the reader."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongwen.chinese.dates import date_text
from gongwen.document import (
    Block,
    Byline,
    Cell,
    Figure,
    Table,
    Todo,
    Verbatim,
    codec,
    lines_of,
    plain,
)
from gongwen.facts.value import Fact
from zhibi.notebook.authoring.html import UNKNOWN, Numbers, block_html
from zhibi.notebook.authoring.page import PAGE


@dataclass(frozen=True)
class Shown:
    """What an authoring call gives back: shown by Jupyter, collected by the report run."""

    blocks: tuple[Block, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002
        """The bundle for Jupyter. A lone figure comes as a picture, not as HTML, which would hold it a third time."""
        bundle: dict[str, Any] = {
            codec.MIME: codec.dump(self.blocks, self.facts),
            "text/plain": self.text,
        }
        if PAGE.live:
            numbers = PAGE.place(self.blocks)
            PAGE.refresh()
            return {**bundle, "text/html": self.html_with(numbers)}
        match self.blocks:
            case [Figure(png=png)]:
                return {**bundle, "image/png": base64.b64encode(png).decode("ascii")}
            case _:
                return {**bundle, "text/html": self.html}

    @property
    def html(self) -> str:
        """As it will read; a figure tells its meaning and source under the mouse."""
        return self.html_with(UNKNOWN)

    def html_with(self, numbers: Numbers) -> str:
        """The same with the numbers of the page it stands on."""
        return "\n".join(block_html(block, self.facts, numbers) for block in self.blocks)

    @property
    def text(self) -> str:
        """The words alone."""
        return "\n".join(_plain(block) for block in self.blocks)


def _plain(block: Block) -> str:
    match block:
        case Figure():
            return f"[{block.series} {block.caption}] {block.alt}"
        case Todo(hint):
            return f"〔待撰写：{hint}〕"
        case Verbatim(text):
            return text
        case Table(head=head, body=body):
            rows = map(_plain_row, (*head, *body))
            return "\n".join([f"{block.series} {block.caption}".strip(), *rows])
        case Byline(author, issued_on):
            return f"{plain(author)} {date_text(issued_on) if issued_on else ''}".strip()
        case _:
            return "\n".join(plain(line) for _, line in lines_of(block))


def _plain_row(row: Iterable[Cell]) -> str:
    return "\t".join(plain(cell.line) for cell in row)
