"""Words of a paragraph -> the same length with everything that is not Chinese prose blanked.

Addresses, e-mail, paths, code, standard and telephone numbers, identity numbers and clock times
keep their own marks; a rule that read them would put Chinese punctuation into them.
"""

from __future__ import annotations

import re

BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"  # neither hanzi, digit, letter nor mark

_NOT_PROSE = re.compile(
    r"""
      (?:https?://|www\.)[^\s()\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]+
    | (?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+   # e-mail
    | [A-Za-z]:\\[^\s，。；、（）“”]+                                    # C:\...
    | `[^`\n]+`                                                      # code
    | \{\{[^{}\n]{0,300}\}\}|\{%[^%\n]{0,300}%\}                      # expressions of a notebook
    | (?<![A-Za-z])[A-Z]{2,}(?:/[A-Z]+)?\s?\d+(?:\.\d+)*(?:[-—–]\d{4})?(?![\d.])   # GB/T 9704-2012
    | (?<!\d)(?:\(0\d{2,3}\)|（0\d{2,3}）|0\d{2,3}-)\d{7,8}(?!\d)       # telephone
    | (?<!\d)(?:400|800)-\d{3,4}-\d{3,4}(?!\d)
    | (?<!\d)1[3-9]\d{9}(?!\d)
    | (?<!\d)\d{17}[\dXx](?![\dA-Za-z])                              # identity number
    | (?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?![\d:])                       # 9:30
    | \d{25,}                                                        # no quantity of anything
    | (?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-_./][A-Za-z0-9]+)+    # ISO-9001, a.b, file.txt
    | (?<![A-Za-z])[A-Za-z]+(?:[ ,.'’;:!?-]+[A-Za-z]+){2,}[.!?]?   # words of a Latin sentence
    """,
    re.VERBOSE,
)
# a line of a programme, a query or a command, not a sentence that names one
_CODE = re.compile(
    r"^\s*(?:(?:if|elif|for|while|def|class|return|print|with|try|except)\b[^\u4e00-\u9fff]*[:(]|(?:import|from)\s+\w"
    r"|(?:SELECT|INSERT|UPDATE|DELETE|CREATE)\s|(?:curl|pip|sudo|git|npm|docker|python\d?)\s|[$>]\s?[a-z]+\s"
    r"|[A-Za-z_]\w*(?:\[\w+\]|\.\w+)*\s*=\s*[^\s\u4e00-\u9fff=])"
)
_LATIN, _HANZI = re.compile(r"[A-Za-z]"), re.compile(r"[\u4e00-\u9fff]")
_MAY_HOLD = re.compile(
    r"[A-Za-z`{]|\d:\d|\d{3}-|0\d{2,3}[)）]|\d{11}"
)  # nothing to blank without one of these


# half-width marks beside Chinese, as they are meant; figures keep theirs (1,234 13.5:41.7)
_NARROW = re.compile(
    r"(?<=[\u4e00-\u9fff”）》%％‰\])])[,;:(]|[,;:)](?=[\u4e00-\u9fff“《（])|\)(?=[，。；,;.]|$)|(?<=[\u4e00-\u9fff”）%％])\.(?=[\u4e00-\u9fff]{2}|$)"
)
_WIDE = str.maketrans(",;:().", "，；：（）。")


def widened(words: str) -> str:
    """The words with half-width marks beside Chinese read as full-width ones, the length unchanged."""
    if not any(mark in words for mark in ",;:()."):
        return words
    return _NARROW.sub(lambda match: match[0].translate(_WIDE), words)


def masked(text: str, spans: tuple[tuple[int, int], ...] = ()) -> str:
    """The text with each foreign piece, and the given spans, replaced by as many blanks."""
    words = _NOT_PROSE.sub(_blank, text) if _MAY_HOLD.search(text) else text
    if _CODE.match(text) and len(_LATIN.findall(text)) >= len(_HANZI.findall(text)):
        return BLANK * len(text)
    if not spans:
        return words
    signs = list(words)
    for start, end in spans:
        signs[start:end] = BLANK * (end - start)
    return "".join(signs)


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])
