"""Lists and heading levels -> their numbers.

Native Word numbering for lists, literal numbers for headings.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongwen.chinese.numbers.numerals import chinese
from gongwen.oxml import DECLARATIONS, fonts, properties, tag
from gongwen.profile import Profile

DEEPEST = 8
_FORMATS = {"一": "chineseCountingThousand", "1": "decimal", "①": "decimalEnclosedCircle"}
_ORDERED, _BULLETED = 1, 2  # ids of the two abstract lists


def heading_number(pattern: str, number: int) -> str:
    """一、 for the pattern 一、 and 1; 十二、 for 12."""
    return pattern.replace("一", chinese(number)).replace("1", str(number))


def numbering(profile: Profile, lists: Sequence[int]) -> str:
    """The numbering part: two kinds of list, and one instance for each list with its first number (0 for bullets)."""
    patterns = ((_ORDERED, profile.numbering.ordered), (_BULLETED, profile.numbering.bullets))
    kinds = "".join(
        tag(
            "abstractNum",
            tag("multiLevelType", val="multilevel") + _levels(profile, pattern),
            abstractNumId=number,
        )
        for number, pattern in patterns
    )
    instances = []
    for number, first in enumerate(lists, 1):
        restart = "".join(
            tag("lvlOverride", tag("startOverride", val=1 if level else first), ilvl=level)
            for level in range(DEEPEST + 1)
            if first
        )
        kind = tag("abstractNumId", val=_ORDERED if first else _BULLETED)
        instances.append(tag("num", kind + restart, numId=number))
    return f"<w:numbering {DECLARATIONS}>{kinds}{''.join(instances)}</w:numbering>"


def _levels(profile: Profile, patterns: Sequence[str]) -> str:
    style = profile.styles.items
    made = []
    for level in range(DEEPEST + 1):
        pattern = patterns[level % len(patterns)]
        sample = next((mark for mark in _FORMATS if mark in pattern), "")
        text = pattern.replace(sample, f"%{level + 1}") if sample else pattern
        indents = {
            "left": round(level * profile.numbering.indent_chars * style.char_twips),
            "firstLineChars": round(style.first_line_chars * 100),
            "firstLine": round(style.first_line_chars * style.char_twips),
        }
        made.append(
            tag(
                "lvl",
                tag("start", val=1)
                + tag("numFmt", val=_FORMATS.get(sample, "bullet"))
                + tag("suff", val="nothing")
                + tag("lvlText", val=text)
                + tag("lvlJc", val="left")
                + properties("pPr", {"ind": tag("ind", **indents)})
                + properties(
                    "rPr",
                    {
                        "rFonts": fonts(style.font).replace(
                            "<w:rFonts", '<w:rFonts w:hint="eastAsia"'
                        )
                    },
                ),
                ilvl=level,
            )
        )
    return "".join(made)
