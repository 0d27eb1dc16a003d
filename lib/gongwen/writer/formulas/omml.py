"""MathML -> OMML, the mathematics of Word: fractions, roots, scripts, sums, brackets, matrices and aligned rows."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from gongwen.writer.formulas import runs, structures

_XMLNS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_TEXT = re.compile(r"<m:t[^>]*>([^<]*)</m:t>|m:(?:chr|begChr|endChr) m:val=\"([^\"]*)\"")


def of(root: Element) -> str | None:
    """The m:oMath element of a MathML tree.

    None where the source had a command that nobody knows.
    """
    for each in root.iter():
        each.text = html.unescape(each.text or "")  # latex2mathml gives signs as references
        if _unknown(each.text):
            return None
    inner = structures.row(list(root))
    return f'<m:oMath xmlns:m="{_XMLNS}">{inner}</m:oMath>' if inner else None


def words(made: str) -> str:
    """The characters that an m:oMath element prints."""
    return runs.unescaped("".join(text or sign for text, sign in _TEXT.findall(made)))


def _unknown(text: str) -> bool:
    """A command as it was typed, or a mark of alignment outside any rows."""
    return text == "&" or (text.startswith("\\") and text[1:].isalpha())
