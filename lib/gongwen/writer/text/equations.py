"""Formulas of a line and formulas on lines of their own -> native formulas of Word, numbered where they have a number.

A line of a fixed height would cut a fraction or a sum: where one stands, the height is a least one.
"""

from __future__ import annotations

import re

from gongwen.oxml import tag
from gongwen.profile import Fonts, Profile
from gongwen.writer.formulas import converted
from gongwen.writer.layout.page import twips
from gongwen.writer.text.captions import Label
from gongwen.writer.text.runs import field, runs

_TALL = re.compile(r"<m:(?:f|nary|m|eqArr|limLow|limUpp|groupChr|rad|d|sSubSup|borderBox)>")
_STACKED = re.compile(r"<m:(?:m|eqArr)>.*?</m:(?:m|eqArr)>", re.DOTALL)
_FRACTION, _SUM = 1.6, 2.0  # lines that a fraction and a sum with limits take


def inline(tex: str, face: Fonts) -> str:
    """A formula within a line; what cannot be converted is printed as it was typed."""
    return converted(tex) or runs(f"${tex}$", face)


def is_tall(made: str) -> bool:
    """True if a line holds a formula that a line of fixed height would cut."""
    return "<m:oMath" in made and _TALL.search(made) is not None


def at_least(profile: Profile) -> str:
    """Spacing for such a paragraph: the usual line, or more."""
    return tag("spacing", line=profile.grid.line_twips, lineRule="atLeast")


def displayed(tex: str) -> str:
    """A formula in a paragraph of its own, centred by Word; empty where it cannot be converted."""
    made = converted(tex, display=True)
    if not made:
        return ""
    opened = made.replace("<m:oMath ", "<m:oMathPara ", 1).replace(">", "><m:oMath>", 1)
    return f"{opened}</m:oMathPara>"


def beside_number(tex: str, number: str) -> str:
    """A formula in the middle of the line and its number at the right.

    Empty where it cannot be converted.
    """
    made = converted(tex, display=True)
    return f"<w:r><w:tab/></w:r>{made}<w:r><w:tab/></w:r>{number}" if made else ""


def stops(profile: Profile) -> str:
    """The tabulator stops of a numbered formula: the middle and the right of the text."""
    wide = twips(profile.page.text_width_mm)
    return tag("tabs", tag("tab", val="center", pos=wide // 2) + tag("tab", val="right", pos=wide))


def spacing(made: str, profile: Profile) -> str:
    """A height that is at least what the formula takes, as far as it can be told without setting it."""
    rows = max((_rows(part) for part in _STACKED.findall(made)), default=1)
    lines = rows + (_FRACTION - 1 if "<m:f>" in made else 0)
    lines = max(lines, _SUM if "<m:nary>" in made and 'm:val="undOvr"' in made else lines)
    return tag("spacing", line=round(profile.grid.line_twips * lines), lineRule="atLeast")


def _rows(stacked: str) -> int:
    """Rows of a matrix, or of formulas one under another."""
    matrix = stacked.count("<m:mr>")
    return matrix or stacked.count("<m:eqArr><m:e>") + stacked.count("</m:e><m:e>") or 1


def numbered(label: Label, face: Fonts) -> str:
    """The number of a formula with its bookmark: （1）."""
    number = field(f" SEQ {label.series} \\* ARABIC ", runs(str(label.number), face))
    start = tag("bookmarkStart", id=label.mark, name=label.bookmark)
    return start + runs("（", face) + number + runs("）", face) + tag("bookmarkEnd", id=label.mark)
