"""One output of a plain notebook -> blocks.

Formulas, pictures, tables out of HTML, Markdown, plain text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from nbformat.notebooknode import NotebookNode

from gongwen.chinese.text import visible
from gongwen.document import Equation, Paragraph, Verbatim
from gongwen.writer.formulas import converted
from zhibi.report.extract import html, markdown_cells
from zhibi.report.extract.losses import NOTHING, Loss, Shown
from zhibi.report.extract.surroundings import Surroundings, decoded
from zhibi.startup.later import later

if TYPE_CHECKING:
    from zhibi.report.extract.pictures import figure as pictured
else:  # Pillow, and what draws SVG and PDF
    pictured = later("zhibi.report.extract.pictures", "figure")

MOST_LINES = 1000
_COLOURS = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-_]")
_REPR = r"<[^<>\n]*(?:<[^<>\n]*>[^<>\n]*)*>"
# what a cell returns that only means something to Python
_OBJECT = re.compile(
    rf"(?:[\[({{]\s*|array\()*(?:(?:'[^'\n]*'|\w+)\s*:\s*)?{_REPR}"
    rf"(?:[,\[\](){{}}\s]*(?:(?:'[^'\n]*'|\w+)\s*:\s*)?{_REPR})*[\])}}\s,]*(?:dtype=object\))?|Text\(.*\)"
    r"|[A-Za-z_][\w.]*\(\.\.\.\)",
    re.DOTALL,
)
_ADDRESS = re.compile(r"\s+at 0x[0-9a-fA-F]+(?=[>\s])")
_MEMBER = re.compile(rf"^[ \t]*{_REPR}[,)\]]*[ \t]*$|,\s*{_REPR}(?=[)\]])", re.MULTILINE)
_RASTER = ("image/png", "image/jpeg")
_OTHER_PICTURES = (
    "image/svg+xml",
    "image/gif",
    "image/webp",
    "image/bmp",
    "image/tiff",
    "application/pdf",
)
_LOADERS = re.compile(r"bokehjs_load|holoviews_load|javascript|x-bokeh|datawrangler|colab")
_MEDIA = (
    ("plotly", "plotly 图表"), ("vega", "Vega/Altair 图表"), ("bokeh", "Bokeh 图表"), ("holoviews", "HoloViews 图表"),
    ("jupyter.widget", "交互控件"), ("json", "JSON"), ("geo", "地图"), ("video", "视频"), ("audio", "声音"),
    ("javascript", "JavaScript"), ("image/", "图片"), ("pdf", "PDF"),
)  # fmt: skip
# what a page of scripts draws, by a word of its source
_CHARTS = (
    ("plotly", "plotly 图表"), ("Plotly", "plotly 图表"), ("vega", "Vega/Altair 图表"), ("altair", "Vega/Altair 图表"),
    ("bk-root", "Bokeh 图表"), ("bokeh", "Bokeh 图表"), ("mpld3", "mpld3 图表"), ("animation", "动画"),
    ("leaflet", "地图"), ("echarts", "ECharts 图表"), ("highcharts", "Highcharts 图表"), ("d3.", "D3 图形"),
)  # fmt: skip
# HTML made for a screen: what says the same in words beside it is printed instead
_SCREEN_MADE = re.compile(
    r"<(?:script|input|button|form|select|iframe|canvas|details)\b|class=[\"']?sk-|xr-wrap",
    re.IGNORECASE,
)
_TABLE = re.compile(r"<(?:table|img)\b", re.IGNORECASE)


def read(output: NotebookNode, around: Surroundings) -> Shown:
    """What an output shows to a reader.

    Stderr shows nothing, and an error only that it happened.
    """
    match output.output_type:
        case "stream":
            return _text(output.text) if output.get("name") == "stdout" else NOTHING
        case "error":
            return (), (Loss("X11"),)
        case "display_data" | "execute_result":
            data = {kind: _joined(content) for kind, content in output.get("data", {}).items()}
            return _bundle(data, output.get("metadata", {}), around)
        case _:
            return NOTHING


def _bundle(data: Mapping[str, str], metadata: NotebookNode, around: Surroundings) -> Shown:
    """The richest form that can be printed."""
    formula = data.get("text/latex", "").strip()
    if formula.startswith(("$", "\\begin", "\\[")) and "text/html" not in data:
        shown = _formula(formula, around)
        if shown[0]:
            return shown
    picture = next((kind for kind in (*_RASTER, *_OTHER_PICTURES) if kind in data), "")
    if picture in _RASTER or (picture and "text/html" not in data):
        return _picture(picture, data[picture], metadata.get(picture, {}))
    words = data.get("text/plain", "")
    if "text/html" in data:
        shown = _html(data["text/html"], words, around)
        if any(shown):
            return shown
    if "text/markdown" in data:
        return markdown_cells.read(data["text/markdown"], around)
    return _rest(data, words, around)


def _rest(data: Mapping[str, str], words: str, around: Surroundings) -> Shown:
    """What has no picture and no HTML: its words, else the name of what it is."""
    said = _is_said(words)
    media = {kind: _medium(kind) for kind in data if not kind.startswith("text/")}
    if not _PROGRAMMED.isdisjoint(media.values()) or (media and not said):
        return (), tuple(Loss("X04", name) for name in dict.fromkeys(_names_of(media)))
    if not said and data.get("text/latex"):
        return _formula(data["text/latex"], around)
    others = [
        text
        for kind, text in data.items()
        if kind.startswith("text/") and kind != "text/plain" and text.strip()
    ]
    if others and not words.strip():
        return _text(others[0])
    return _text(_without_members(words)) if said else NOTHING


_PROGRAMMED = frozenset(("plotly 图表", "Vega/Altair 图表", "Bokeh 图表"))  # drawn by a browser


def _names_of(media: Mapping[str, str]) -> list[str]:
    """What a person would call these contents; programs that only load something have no name."""
    names = [name for kind, name in media.items() if not _LOADERS.search(kind)]
    if names or any("load" in kind for kind in media):
        return names
    return ["Bokeh 图表"] if any("exec" in kind for kind in media) else []


def _html(source: str, words: str, around: Surroundings) -> Shown:
    """The HTML, unless it is made for a screen and the same is said in words."""
    if _is_said(words) and _SCREEN_MADE.search(source) and not _TABLE.search(source):
        return _text(words)
    blocks, losses = html.read(source, around)
    chart = next((name for word, name in _CHARTS if word in source), "")
    if not blocks and chart:
        return (), (Loss("X04", chart),)
    return (blocks, losses) if blocks or losses or not _is_said(words) else NOTHING


def _formula(source: str, around: Surroundings) -> Shown:
    """A text/latex output; a document of LaTeX that is no formula is left to the other forms."""
    blocks, losses = markdown_cells.latex(source, around)
    unread = [
        each
        for each in blocks
        if isinstance(each, Equation) and not converted(each.tex, display=True)
    ]
    wordy = not any(isinstance(each, Equation | Paragraph) for each in blocks)
    return NOTHING if (unread and "tabular" in source) or wordy else (blocks, losses)


def _picture(kind: str, content: str, metadata: NotebookNode) -> Shown:
    wide = metadata.get("width", 0) if isinstance(metadata, Mapping) else 0
    pixels = wide if isinstance(wide, int | float) else 0
    data = content.encode() if kind == "image/svg+xml" else decoded(content)
    made = pictured(data, pixels_wide=pixels) if data else None
    if made:
        return (made,), ()
    return (), (
        Loss("X03" if kind in _RASTER else "X04", "" if kind in _RASTER else _medium(kind)),
    )


def _medium(kind: str) -> str:
    return next((name for word, name in _MEDIA if word in kind), kind)


def _is_said(words: str) -> bool:
    """True for text that means something to a reader, not only to Python."""
    return bool(words.strip()) and not _OBJECT.fullmatch(words.strip())


def _without_members(words: str) -> str:
    """The text without the objects among its values."""
    lines = words.rstrip().split("\n")
    closing = re.search(r"[)\]}]*$", lines[-1])
    left = [line for line in lines if not _MEMBER.fullmatch(line)]
    if len(left) == len(lines) or not left or closing is None:
        return words
    last = left[-1].rstrip()
    return "\n".join(
        [*left[:-1], last.removesuffix(",") + (closing[0] if last.endswith(",") else "")]
    )


def _erased(text: str) -> str:
    """The text as a terminal leaves it: each backspace takes the character before it, none beyond its line."""
    if "\x08" not in text:
        return text
    left: list[str] = []
    for character in text:
        if character != "\x08":
            left.append(character)
        elif left and left[-1] != "\n":
            left.pop()
    return "".join(left)


def _text(text: str) -> Shown:
    """Plain text line by line: no colours, no progress bars, no memory addresses, and not without end."""
    clean = _ADDRESS.sub("", _COLOURS.sub("", text))
    clean = visible(_erased(clean))
    lines = [line.rstrip("\r").rpartition("\r")[2].rstrip() for line in clean.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return NOTHING
    if len(lines) <= MOST_LINES:
        return (Verbatim("\n".join(lines)),), ()
    cut = f"（以下省略{len(lines) - MOST_LINES}行）"
    block = Verbatim("\n".join([*lines[:MOST_LINES], cut]))
    return (block,), (Loss("X05", f"{len(lines)}行中的前{MOST_LINES}行"),)


def _joined(content: object) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list) and all(isinstance(each, str) for each in content):
        return "".join(content)
    return str(content)
