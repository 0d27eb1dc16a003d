"""A text of Markdown and `{{ }}` with the notebook's names -> blocks that know which words print which fact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from itertools import chain
from typing import Any

from gongwen.chinese.text import clean
from gongwen.document import Attachment, Byline, PageBreak, Paragraph, Reference, Text
from gongwen.errors import BadExpression
from gongwen.facts.value import Fact
from zhibi.notebook.authoring.display import Shown
from zhibi.notebook.prose import markdown, template
from zhibi.notebook.prose.filters import parts_of
from zhibi.notebook.prose.spans import PrintedPart, PrintedValues

# ![说明](图片/夜校.png) and <img src="图片/夜校.png" alt="说明">
_PICTURE = re.compile(
    r"!\[(?P<words>[^\]\n]*)\]\((?P<address><[^>\n]+>|[^()\s]+)(?:[ \t]+[\"'][^\n]*?[\"'])?\)"
    r"|<img\b(?P<attributes>[^>\n]*)>"
)
_ATTRIBUTE = re.compile(r"\b(src|alt)\s*=\s*[\"']([^\"'\n]*)[\"']")
_FENCE = re.compile(r"^[ \t]*```", re.MULTILINE)


def prose(text: str, namespace: Mapping[str, Any]) -> Shown:
    """The text as it will read, every printed figure tied to its fact."""
    ledger = PrintedValues()
    blocks = markdown.blocks(
        _with_pictures(template.render(text, namespace, ledger), ledger), ledger
    )
    unfolded = chain.from_iterable(map(ledger.unfolded, blocks))
    return Shown(tuple(unfolded), ledger.facts)


def _with_pictures(text: str, ledger: PrintedValues) -> str:
    """The text with a sentinel of its own paragraph for every picture.

    Raises BadExpression for a picture amid the words of a line.
    """
    if ("![" not in text and "<img" not in text) or _FENCE.search(text):
        return text
    lines = text.split("\n")
    for at, line in enumerate(lines):
        match = _PICTURE.search(line)
        if match is None or line.lstrip().startswith("|"):
            continue
        if match[0] != line.strip():
            words = ledger.words(line.strip())[:40]
            raise BadExpression(words, "图片要单独成一段，前后空一行，不能夹在文字里")
        lines[at] = f"\n{_picture(match, ledger)}\n"
    return "\n".join(lines)


def _picture(match: re.Match[str], ledger: PrintedValues) -> str:
    attributes = dict(_ATTRIBUTE.findall(match["attributes"] or ""))
    words = match["words"] if match["words"] is not None else attributes.get("alt", "")
    address = (match["address"] or attributes.get("src", "")).strip("<>")
    pictures = import_module("zhibi.notebook.authoring.pictures")  # it brings matplotlib along
    return ledger.inset(pictures.inset(ledger.words(address), ledger.words(words)))


def byline(author: str | Fact, issued_on: date | Fact | None = None) -> Shown:
    """署名 and date under the title: who wrote it, when it was issued."""
    ledger = PrintedValues()
    line = tuple(inline for inline in ledger.cut(ledger.enter(*parts_of(author)), Text("")))
    day = issued_on.value if isinstance(issued_on, Fact) else issued_on
    if day is not None and not isinstance(day, date):
        raise BadExpression("byline", f"成文日期要是日期，这里是“{day}”")
    return Shown((Byline(line, day),), ledger.facts)


def page_break() -> Shown:
    """What follows starts on a new page."""
    return Shown((PageBreak(),))


def attachment(title: str) -> Shown:
    """附件: what follows belongs to it, on a new page; its name is printed in 附件说明 by itself."""
    name = clean(title)
    if not name:
        raise BadExpression("attachment", "附件要有名称")
    return Shown((Attachment(name),))


def paragraph(*parts: str | Fact | Reference) -> Shown:
    """One paragraph put together in code; words and facts in turn."""
    ledger = PrintedValues()
    pieces: list[PrintedPart | Reference] = []
    for part in parts:
        pieces += (part,) if isinstance(part, Reference) else parts_of(part)
    line = tuple(ledger.cut(ledger.enter(*pieces), Text("")))
    return Shown((Paragraph(line),), ledger.facts)
