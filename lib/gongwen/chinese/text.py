"""Text of any origin -> text that may stand on a page.

No control characters, no invisible marks.
"""

from __future__ import annotations

import re
import unicodedata

# Sentinels of zhibi.notebook.prose.spans live here; text that brings such characters along loses
# them.
RESERVED = (0x10F000, 0x10F0FF)

_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-_]")
_UNWANTED = re.compile(
    # controls (tab and line ends are dealt with as spaces)
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    # invisible marks and direction overrides
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\ufffe\uffff\ud800-\udfff" + chr(RESERVED[0]) + "-" + chr(RESERVED[1]) + "]"
)
_CLOSES = "，。；：、！？,;:.!?"
_LINE_END = re.compile(r"[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029])[\s]*")


def visible(text: str) -> str:
    """The text without escape sequences and control characters; line ends stay."""
    return text if text.isprintable() else _UNWANTED.sub("", _ANSI.sub("", text))


def clean(text: str) -> str:
    """The text on one line, as it may be printed inside a sentence."""
    if text.isprintable():  # neither tab nor line end
        return text.strip()
    parts = _LINE_END.split(visible(text).strip())
    joined = parts[0]
    for part in parts[1:]:
        joined += gap(joined[-1:], part[:1]) + part
    return joined.replace("\t", " ")


def one_line(text: str) -> str:
    """Lines that somebody broke on purpose (Alt+Enter in a cell) as one, parted by .

    where no mark parts them.
    """
    if "\n" not in text and "\r" not in text:
        return text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "".join(
        line if at == len(lines) - 1 or line[-1] in _CLOSES else f"{line}；"
        for at, line in enumerate(lines)
    )


def gap(before: str, after: str) -> str:
    """What a line end between two characters prints as.

    Nothing beside a Chinese character, else a space.
    """
    return "" if not before or not after or is_chinese(before) or is_chinese(after) else " "


def is_chinese(character: str) -> bool:
    """True for hanzi and for punctuation that is set a full character wide."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’—…·"
