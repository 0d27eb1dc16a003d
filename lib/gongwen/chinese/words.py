"""Words of official titles and names, and where a line of them may be broken without tearing one apart."""

from __future__ import annotations

import re
from importlib.resources import files

# Longest first match; what is not listed is never broken inside, so a missing word costs balance,
# not a torn word.
_WORDS = frozenset((files("gongwen.chinese") / "words.txt").read_text("utf-8").split())
_LONGEST = max(map(len, _WORDS))
_WHOLE = re.compile(
    r"[0-9A-Za-z.%％+\-/]+(?:年度|年|月|日|号|届|次|个|项|名|周年)?|《[^》]{1,12}》|“[^”]{1,10}”|〔[^〕]*〕|（[^）]{1,10}）"
)
_TIED_BEFORE = "的、，。；：！？）》”〕和与及暨等"  # never begin a line
_TIED_AFTER = "（《“〔第"  # never end a line


def pieces(text: str) -> list[str]:
    """The text as pieces that are not to be broken inside."""
    listed: list[str] = []
    unknown = ""
    at = 0
    while at < len(text):
        whole = _WHOLE.match(text, at)
        word = whole.group() if whole else _known(text, at)
        if not word:
            unknown += text[at]
            at += 1
            continue
        if unknown:
            listed.append(unknown)
            unknown = ""
        listed.append(word)
        at += len(word)
    return [*listed, unknown] if unknown else listed


def breaks(text: str) -> list[int]:
    """Positions where a new line may begin."""
    positions, at = [], 0
    for piece in pieces(text)[:-1]:
        at += len(piece)
        if text[at] not in _TIED_BEFORE and text[at - 1] not in _TIED_AFTER:
            positions.append(at)
    return positions


def _known(text: str, at: int) -> str:
    for length in range(min(_LONGEST, len(text) - at), 0, -1):
        if text[at : at + length] in _WORDS:
            return text[at : at + length]
    return ""
