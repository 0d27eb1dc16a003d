"""A Markdown cell of a plain notebook -> blocks: its embedded pictures and HTML tables included.

What stands in a fence or between backquotes is the author's text, whatever it looks like.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote

import lxml.html
from nbformat.notebooknode import NotebookNode

from gongwen.document import Block
from gongwen.findings import Finding, Level, Location
from zhibi.notebook.prose import markdown
from zhibi.report.extract import html, pictures

_PIECE = re.compile(
    r"""
    (?P<text> ^[ ]{0,3}(?P<fence>`{3,}|~{3,}).*?(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z) | `[^`\n]+` )
    | (?: <(?:div|center|p)\b[^<>]*>\s* )*
      (?: (?P<table> <table\b.*?</table\s*> ) | (?P<img> <img\b[^<>]*> ) )
      (?: \s*</(?:div|center|p)\s*> )*
    | !\[(?P<alt>[^\]]*)\]\( (?: <(?P<spaced>[^<>\n]+)> | (?P<target>[^)\s]+) ) [^)]*\)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_DATA = re.compile(r"data:image/(?:png|jpeg);base64,(.*)", re.DOTALL)

Read = tuple[tuple[Block, ...], tuple[Finding, ...]]


def read(cell: NotebookNode, place: Location) -> Read:
    """Words, tables and pictures in order; a picture that is not embedded in the cell is a finding."""
    blocks: list[Block] = []
    findings: list[Finding] = []
    end = 0
    for match in _PIECE.finditer(cell.source):
        if match["text"]:
            continue
        blocks.extend(markdown.blocks(cell.source[end : match.start()]))
        end = match.end()
        more, remarks = _piece(cell, match, place)
        blocks.extend(more)
        findings.extend(remarks)
    blocks.extend(markdown.blocks(cell.source[end:]))
    return tuple(blocks), tuple(findings)


def _piece(cell: NotebookNode, match: re.Match[str], place: Location) -> Read:
    if match["table"]:
        return html.read(match["table"], place)
    if match["img"]:
        image = lxml.html.fragment_fromstring(match["img"])
        width = image.get("width", "").removesuffix("px")
        pixels = float(width) if width.isascii() and width.isdigit() else 0
        return _picture(cell, image.get("src", ""), image.get("alt", ""), place, pixels)
    return _picture(cell, match["spaced"] or match["target"], match["alt"], place)


def _picture(
    cell: NotebookNode, target: str, alt: str, place: Location, pixels_wide: float = 0
) -> Read:
    data = _embedded(cell, target)
    picture = pictures.figure(data, pixels_wide=pixels_wide, alt=alt) if data else None
    if picture:
        return (picture,), ()
    message = f"图片“{target[:60]}”没有嵌在笔记本里，未能放入文档"
    hint = "请把图片拖进单元格，或由代码画出。"
    return (), (Finding("X03", Level.WARNING, place, message, hint),)


def _embedded(cell: NotebookNode, target: str) -> bytes | None:
    data = _DATA.match(target)
    if data:
        return _decoded(data[1])
    name, attachments = target.removeprefix("attachment:"), cell.get("attachments", {})
    bundle = attachments.get(name) or attachments.get(unquote(name), {})
    return next(
        (_decoded(text) for kind, text in bundle.items() if kind in {"image/png", "image/jpeg"}),
        None,
    )


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return None
