"""Letters and signs of a formula -> m:r runs with the cut that mathematics wants.

Variables italic, words upright.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr, unescape

from gongwen.oxml import legal

# the one face with the tables Word sets mathematics by; it comes with Word and WPS
_FACE = '<w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/>'
_SCRIPTS = (
    ("DOUBLE-STRUCK", "double-struck"), ("BOLD SCRIPT", "script"), ("SCRIPT", "script"),
    ("BOLD FRAKTUR", "fraktur"), ("FRAKTUR", "fraktur"), ("SANS-SERIF", "sans-serif"), ("MONOSPACE", "monospace"),
)  # fmt: skip
_NAMED = {"bold": "b", "italic": "i", "bold-italic": "bi", "normal": "p"}
_CUT_LETTER = re.compile(r"MATHEMATICAL (.+) (?:CAPITAL|SMALL|DIGIT|DOTLESS|NABLA|PARTIAL)")
_HANZI = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")


def element(name: str, inner: str = "", /, **attributes: str) -> str:
    """One element of the m: vocabulary as text."""
    attributes_text = "".join(f" m:{key}={quoteattr(value)}" for key, value in attributes.items())
    return (
        f"<m:{name}{attributes_text}>{inner}</m:{name}>"
        if inner
        else f"<m:{name}{attributes_text}/>"
    )


def run(text: str, kind: str = "mi", variant: str = "") -> str:
    """The runs of one MathML token of that kind (mi, mn, mo, mtext) and variant of its letters."""
    text = legal(text)
    if not text:
        return ""
    if kind == "mtext" or _HANZI.search(text) or (text.isalpha() and len(text) > 1):
        return _run(text, element("nor"))
    plain, cut = _uncut(text)
    script, style = _look(plain, kind, variant or cut)
    marks = (element("scr", val=script) if script else "") + (
        element("sty", val=style) if style else ""
    )
    return _run(plain, marks)


def unescaped(text: str) -> str:
    """Characters as they were before they were written as XML."""
    return unescape(text, {"&quot;": '"'})


def _run(text: str, marks: str) -> str:
    properties = element("rPr", marks) if marks else ""
    spoken = marks == element("nor")
    look = "" if spoken and _HANZI.search(text) else f"<w:rPr>{_FACE}</w:rPr>"
    return f'<m:r>{properties}{look}<m:t xml:space="preserve">{escape(text)}</m:t></m:r>'


def _look(text: str, kind: str, variant: str) -> tuple[str, str]:
    """The alphabet and the cut of a token."""
    bold = variant.startswith("bold") or variant == "sans-serif-bold-italic"
    script = next((mark for _, mark in _SCRIPTS if mark in variant), "")
    if script:
        return script, "b" if bold else "p"
    if variant in _NAMED:
        return "", "" if variant == "italic" else _NAMED[variant]
    return "", "p" if text.isalpha() and kind == "mo" else ""


def _uncut(text: str) -> tuple[str, str]:
    """A letter of Unicode's mathematical alphabets as the plain letter and the variant it is a letter of."""
    if len(text) != 1 or ord(text) < 0x1D400:  # noqa: PLR2004  # where these alphabets begin
        return text, ""
    match = _CUT_LETTER.match(unicodedata.name(text, ""))
    if not match:
        return text, ""
    return unicodedata.normalize("NFKC", text), _variant(match[1])


def _variant(name: str) -> str:
    script = next((variant for words, variant in _SCRIPTS if name.startswith(words)), "")
    if script:
        return f"bold-{script}" if name.startswith("BOLD") else script
    variants: Mapping[str, str] = {"BOLD": "bold", "ITALIC": "italic", "BOLD ITALIC": "bold-italic"}
    return variants.get(name, "")
