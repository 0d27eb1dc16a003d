"""Footnotes -> Word's part for them.

Marks ①②③ begin anew on each page, as Chinese books have them.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from gongwen.oxml import DECLARATIONS, parse, properties, put, tag

MARK_STYLE = "footnote reference"
_SEPARATOR, _CONTINUED = -1, 0  # ids that Word gives to the rule above footnotes


def call(number: int, style: str) -> str:
    """The mark in the text."""
    return tag(
        "r",
        properties("rPr", {"rStyle": tag("rStyle", val=style)})
        + tag("footnoteReference", id=number),
    )


def own_mark(style: str) -> str:
    """The mark before the footnote itself."""
    return tag("r", properties("rPr", {"rStyle": tag("rStyle", val=style)}) + tag("footnoteRef"))


def part(notes: Sequence[str], gap_style: str) -> str:
    """The footnotes part: the two rules Word asks for, then a footnote for each paragraph given."""
    marks = properties("pPr", {"pStyle": tag("pStyle", val=gap_style)})
    rules = "".join(
        f'<w:footnote w:type="{kind}" '
        f'w:id="{number}"><w:p>{marks}{tag("r", tag(kind))}</w:p></w:footnote>'
        for kind, number in (("separator", _SEPARATOR), ("continuationSeparator", _CONTINUED))
    )
    own = "".join(tag("footnote", note, id=number) for number, note in enumerate(notes, 1))
    return f"<w:footnotes {DECLARATIONS}>{rules}{own}</w:footnotes>"


def settle(settings: etree._Element) -> None:
    """How footnotes are numbered, in the settings."""
    known = "".join(tag("footnote", id=number) for number in (_SEPARATOR, _CONTINUED))
    put(settings, parse(tag("footnotePr", numbering() + known)))


def numbering() -> str:
    """①②③, from ① on each page."""
    return tag("numFmt", val="decimalEnclosedCircleChinese") + tag("numRestart", val="eachPage")
