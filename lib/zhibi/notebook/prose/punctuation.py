"""A text with a seam where something was taken out -> the text with its punctuation in order there.

Marks that stand elsewhere are their author's and stay as they are.
"""

from __future__ import annotations

import re

from gongwen.chinese.text import RESERVED

SEAM = chr(RESERVED[0] + 0x30)
YIELDS = chr(RESERVED[0] + 0x31)  # at the end of a heading that goes with what stands under it
LEAD = re.compile(r"[ \t]*(?:(?:[-*+]|\d+[.)]|>)[ \t]+)*(?:\*\*)?")
_ITEM = re.compile(r"\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])")
MARKS = "、，；：。！？"
_EMPTY_BRACKET = re.compile(rf"（[{MARKS} \t]*{SEAM}[{SEAM}{MARKS} \t]*）")
_RUN = re.compile(rf"([{MARKS}（]?)([ \t\n]*{SEAM}[{SEAM}{MARKS} \t\n]*)(）?)")


def ordered(text: str) -> str:
    """The text with its punctuation in order where something was taken out.

    An item of which nothing is left goes.
    """
    if SEAM not in text:
        return text
    text = _EMPTY_BRACKET.sub(SEAM, text)
    body = text.rstrip("\n ")
    items = [_mended_item(item) for item in _ITEM.split(body)]
    joined = "\n".join(item for item in items if item)
    return joined + text[len(body) :] if joined else ""


def _mended_item(item: str) -> str:
    if SEAM not in item:
        return item
    lines = [line for line in _RUN.sub(_mended, item).split("\n") if line.strip()]
    whole = "\n".join(lines)
    if _only_lead(whole):
        return ""
    ends_in_seam = item.rstrip(" \t\n").endswith(SEAM)
    return whole[:-1] + "。" if ends_in_seam and whole[-1:] in tuple("，、；：") else whole


def _only_lead(line: str) -> bool:
    return LEAD.fullmatch(line.rstrip("* ") + " ") is not None


def _mended(run: re.Match[str]) -> str:
    """One mark for a run of marks around seams: the strongest.

    None at the start of a line or inside a bracket.
    """
    before, inside, closing = run[1], run[2], run[3]
    line_end = "\n" if "\n" in inside else ""
    at_start = not before and not run.string[: run.start()].rsplit("\n", 1)[-1].strip(" \t*-+>")
    if before == "（":
        return "" if closing else "（"
    if closing or at_start:
        return closing
    marks = [mark for mark in before + inside if mark in MARKS]
    return (max(marks, key=MARKS.index) if marks else "") + line_end
