"""One output of a plain notebook -> blocks: pictures, tables out of HTML, Markdown, plain text."""

from __future__ import annotations

import base64
import re

from nbformat.notebooknode import NotebookNode

from gongwen.document import Block, Verbatim
from gongwen.findings import Finding, Level, Location
from zhibi.notebook.prose import markdown
from zhibi.report.extract import html, pictures

MOST_LINES = 400
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_OBJECT = re.compile(
    r"[\[(]?<[^\n]*>[\])]?|Text\(.*\)"
)  # what a cell returns that only means something to Python
_RASTER = ("image/png", "image/jpeg")

Read = tuple[tuple[Block, ...], tuple[Finding, ...]]
NOTHING: Read = ((), ())


def read(output: NotebookNode, place: Location) -> Read:
    """What an output shows to a reader; stderr and errors show nothing."""
    if output.output_type == "stream":
        return _text(output.text, place) if output.get("name") == "stdout" else NOTHING
    if output.output_type not in {"display_data", "execute_result"}:
        return NOTHING
    return _bundle(output, output.get("data", {}), place)


def left_out(output: NotebookNode) -> str:
    """The code of the remark on an output of which nothing can be shown: X11 an error, X12 a formula, else nothing."""
    if output.output_type == "error":
        return "X11"
    return "X12" if "text/latex" in output.get("data", {}) else ""


def _bundle(output: NotebookNode, data: NotebookNode, place: Location) -> Read:
    """The richest form that can be printed."""
    kind = next((kind for kind in _RASTER if kind in data), None)
    if kind:
        return _picture(data[kind], output.get("metadata", {}).get(kind, {}), place)
    if "text/html" in data:
        found = html.read(_joined(data["text/html"]), place)
        if found[0] or found[1]:
            return found
    if "text/markdown" in data:
        return markdown.blocks(_joined(data["text/markdown"])), ()
    if any(not kind.startswith("text/") for kind in data):
        message = f"这里的图形（{'、'.join(kind for kind in data if not kind.startswith('text/'))}）不能放进 Word"
        return (), (Finding("X04", Level.WARNING, place, message, "请改为输出 PNG 图片。"),)
    said = _joined(data.get("text/plain", ""))
    return NOTHING if _OBJECT.fullmatch(said.strip()) else _text(said, place)


def _picture(encoded: str, metadata: NotebookNode, place: Location) -> Read:
    wide = metadata.get("width", 0)
    made = pictures.figure(
        base64.b64decode(_joined(encoded)), pixels_wide=wide if isinstance(wide, int | float) else 0
    )
    if made:
        return (made,), ()
    return (), (
        Finding("X03", Level.WARNING, place, "图片已损坏，未能放入文档", "请重新运行笔记本。"),
    )


def _text(text: str, place: Location) -> Read:
    """Plain text line by line: no colours, no progress bars, no memory addresses, and not without end."""
    clean = _COLOURS.sub("", text)
    lines = [line.rstrip("\r").rpartition("\r")[2].rstrip() for line in clean.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return NOTHING
    if len(lines) <= MOST_LINES:
        return (Verbatim("\n".join(lines)),), ()
    cut = f"（以下省略{len(lines) - MOST_LINES}行）"
    message = f"打印的文字有{len(lines)}行，文档中只放前{MOST_LINES}行"
    return (
        (Verbatim("\n".join([*lines[:MOST_LINES], cut])),),
        (Finding("X05", Level.WARNING, place, message, "请在代码里只打印要给人看的内容。"),),
    )


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
