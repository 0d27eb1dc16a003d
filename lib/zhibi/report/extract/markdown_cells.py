"""A Markdown cell of a plain notebook -> blocks, its embedded pictures included."""

from __future__ import annotations

import base64
import binascii
import re

from nbformat.notebooknode import NotebookNode

from gongwen.document import Block
from gongwen.findings import Finding, Level, Location
from zhibi.notebook.prose import markdown
from zhibi.report.extract import pictures

_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<target>[^)\s]+)[^)]*\)")
_DATA = re.compile(r"data:image/(?:png|jpeg);base64,(.*)", re.DOTALL)


def read(cell: NotebookNode, place: Location) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Words and pictures in order; a picture that is not embedded in the cell is a finding."""
    blocks: list[Block] = []
    findings: list[Finding] = []
    at = 0
    for match in _PICTURE.finditer(cell.source):
        blocks.extend(markdown.blocks(cell.source[at : match.start()]))
        at = match.end()
        data = _embedded(cell, match["target"])
        picture = pictures.figure(data, alt=match["alt"]) if data else None
        if picture:
            blocks.append(picture)
        else:
            message = f"图片“{match['target'][:60]}”没有嵌在笔记本里，未能放入文档"
            findings.append(
                Finding("X03", Level.WARNING, place, message, "请把图片拖进单元格，或由代码画出。")
            )
    blocks.extend(markdown.blocks(cell.source[at:]))
    return tuple(blocks), tuple(findings)


def _embedded(cell: NotebookNode, target: str) -> bytes | None:
    data = _DATA.match(target)
    if data:
        return _decoded(data[1])
    bundle = cell.get("attachments", {}).get(target.removeprefix("attachment:"), {})
    return next(
        (_decoded(text) for kind, text in bundle.items() if kind in {"image/png", "image/jpeg"}),
        None,
    )


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return None
