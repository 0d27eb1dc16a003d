"""The elements of HTML -> what each means to a printed page.

A block, a look, a medium, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import lxml.html
from lxml import etree

from gongwen.document import Block, Formula, Inline, Line, Paragraph, Text
from zhibi.notebook.prose.spans import looking

# what Markdown puts into its HTML
FORMULA, EQUATION, NOTE, MENTION = "x-formula", "x-equation", "x-note", "x-mention"
BLOCKS = frozenset(
    {
        "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "center",
        "figure", "figcaption", "address", "details", "summary", "dl", "dt", "dd", "fieldset",
        "body", "html", "hgroup", "tbody", "thead", "tr", "td", "th", "caption", "legend",
    }
)  # fmt: skip
_UNSEEN = frozenset(
    {
        "script", "style", "head", "title", "template", "noscript", "link", "meta", "base",
        "colgroup", "col", "button", "input", "select", "textarea", "option", "datalist",
        "form", "progress", "meter", "map", "area",
    }
)  # fmt: skip
MEDIA = {
    "iframe": "网页", "video": "视频", "audio": "声音", "canvas": "画布", "object": "嵌入的对象",
    "embed": "嵌入的对象", "applet": "嵌入的对象", "frame": "网页",
}  # fmt: skip
_LOOKS = {
    "b": "bold", "strong": "bold", "th": "bold", "em": "italic", "i": "italic", "var": "italic", "dfn": "italic",
    "sub": "subscript", "sup": "superscript", "s": "struck", "del": "struck", "strike": "struck",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SHAPE = re.compile(r"(?<!\d)\d{1,12} rows × \d{1,12} columns")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SCREEN_WORDS = re.compile(
    r"Make this Notebook Trusted to load map.*|In a Jupyter environment, please rerun this cell.*|"
    r"On GitHub, the HTML representation is unable to render.*|Loading BokehJS.*|^Out\[\d+\]:$"
)
SMALLEST_PICTURE = 3  # millimetres: less is an icon or a tracking dot
DEEPEST_TREE = 200


def parsed(source: str) -> lxml.html.HtmlElement | None:
    """The tree of a piece of HTML; None for nothing, and for what no parser can read."""
    source = _DECLARATION.sub("", source)
    if not source.strip():
        return None
    if re.match(r"\s*<t[rdh]\b", source, re.IGNORECASE):
        source = f"<table>{source}</table>"
    try:
        return lxml.html.fromstring(f"<div>{source}</div>", parser=_parser())
    except (etree.ParserError, ValueError, AssertionError):
        return None


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)


def is_unseen(element: lxml.html.HtmlElement) -> bool:
    """True for what a screen does not print or only a screen needs."""
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def is_screen_only(line: Line) -> bool:
    """True for words that speak to somebody at a screen."""
    words = "".join(inline.text for inline in line if isinstance(inline, Text)).strip()
    return bool(_SCREEN_WORDS.fullmatch(words) or _SHAPE.fullmatch(words))


def looking_as(element: lxml.html.HtmlElement, look: Text) -> Text:
    """The look of what stands inside an element."""
    name = _LOOKS.get(element.tag, "")
    match name:
        case "bold":
            return replace(look, bold=True)
        case "italic":
            return replace(look, italic=True)
        case "subscript":
            return replace(look, subscript=True)
        case "superscript":
            return replace(look, superscript=True)
        case "struck":
            return replace(look, struck=True)
        case _:
            return look


def mathml(element: lxml.html.HtmlElement, look: Text) -> Iterator[Inline]:
    """A formula by the TeX written beside it; without that its words."""
    for note in element.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower():
            yield Formula((note.text or "").strip())
            return
    yield looking(look, " ".join(element.text_content().split()))


def is_told_as_cut(element: lxml.html.HtmlElement) -> bool:
    """True if pandas says after a table, within what holds it, how large the frame was."""
    after = [element.tail or ""]
    for sibling in element.itersiblings():
        if sibling.tag == "table":
            break
        after.append(sibling.text_content() if isinstance(sibling.tag, str) else "")
        after.append(sibling.tail or "")
    return bool(_SHAPE.search(" ".join(after)))


def first_words(blocks: list[Block]) -> tuple[Line, list[Block]]:
    """The words that a list item begins with, and the rest of it."""
    if blocks and isinstance(blocks[0], Paragraph) and not blocks[0].quote:
        return blocks[0].line, blocks[1:]
    return (), blocks


def start(element: lxml.html.HtmlElement) -> int:
    """The first number of a list."""
    text = element.get("start", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004


def pixels(element: lxml.html.HtmlElement) -> float:
    """The width a picture is to be shown at, or 0."""
    width = (element.get("width") or "").strip().removesuffix("px")
    return float(width) if width.isascii() and width.isdigit() else 0
