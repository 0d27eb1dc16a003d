r"""Markdown -> the same with its formulas taken out, as Jupyter does before it reads Markdown; and what each becomes.

A formula stands between $…$, $$…$$, \\(…\\), \\[…\\] or \begin{…}…\end{…}, with its braces closed and no empty line in it.
What stands between backquotes is code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from zhibi.report.extract import html

_MARK = re.compile("\ue000([0-9]+)\ue001")
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_SPLIT = re.compile(r"(\$\$?|\\(?:begin|end)\{[a-zA-Z]*\*?\}|\\\\[()\[\]]|[{}]|(?:\n[ \t>]*)+)")
_CLOSES = {"$": "$", "$$": "$$", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}
_QUOTED = re.compile(r"\n[ \t]*>[ \t]?")
_KEY = re.compile(r"\\label\s*\{([^{}]+)\}")
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]+)\}")
_MENTION = re.compile(r"\\(?:eq)?ref\s*\{([^{}]+)\}")
_AMOUNT = re.compile(r"^\s*\d[\d,.]*(?:\s|$)|[A-Za-z]{2,}[ \n]|^\s*[A-Z_]{2,}\W")
_MONEY = re.compile(r"\d[\d,.]*\s*[\u4e00-\u9fff，。；、！？]")
_MATHEMATICAL = re.compile(r"[\\^_=<>+]")


@dataclass
class Formulas:
    """The formulas of one text, in the order in which they were taken out."""

    sources: list[str] = field(default_factory=list)

    def taken_out(self, text: str) -> str:
        """The text with a mark for each formula."""
        parts, at = [], 0
        for code in _CODE.finditer(text):
            parts += [self._without(text[at : code.start()]), code[0]]
            at = code.end()
        return "".join((*parts, self._without(text[at:])))

    def restored(self, text: str) -> str:
        """The text as it was typed."""
        return _MARK.sub(lambda mark: self.sources[int(mark[1])], text)

    def elements(self, text: str) -> str:
        """HTML with the element of each formula in place of its mark."""
        return _MARK.sub(lambda mark: _element(self.sources[int(mark[1])]), text)

    def _without(self, text: str) -> str:
        pieces = _SPLIT.split(text)
        made: list[str] = []
        at = 0
        while at < len(pieces):
            end = _end(pieces, at) if at % 2 else 0
            if end:
                self.sources.append("".join(pieces[at : end + 1]))
                made.append(f"\ue000{len(self.sources) - 1}\ue001")
                at = end + 1
                continue
            made.append(pieces[at])
            at += 1
        return "".join(made)


def _end(pieces: list[str], start: int) -> int:
    """Where the formula ends that begins with this piece; 0 if none does."""
    opening = pieces[start]
    closing = _CLOSES.get(opening, "")
    if opening.startswith("\\begin"):
        closing = "\\end" + opening.removeprefix("\\begin")
    if not closing or (opening[0] == "$" and pieces[start - 1].endswith("\\")):
        return 0
    depth = 0
    for at in range(start + 2, len(pieces), 2):
        piece = pieces[at]
        if piece == closing and not pieces[at - 1].endswith("\\" if piece[0] == "$" else "\0"):
            if depth <= 0:
                return at
        elif piece.count("\n") > 1:
            return 0
        elif piece in {"{", "}"} and not pieces[at - 1].endswith("\\"):
            depth += 1 if piece == "{" else -1
    return 0


def _element(source: str) -> str:
    """A formula as HTML for our reader; what only looks like one as it was typed."""
    source = _QUOTED.sub("\n", source)
    single = source.startswith("$") and not source.startswith("$$")
    if single and not _is_formula(source[1:-1]):
        return escape(source, quote=False)
    if single or source.startswith("\\\\("):
        return inline(source[1:-1] if single else source[3:-3])
    return equation(source.removeprefix("$$").removesuffix("$$") if source[0] == "$" else source)


def _is_formula(tex: str) -> bool:
    """False for prose between two dollars: $5 and $6, $HOME and $PATH."""
    if not tex.strip():
        return False
    if _MONEY.match(tex) and not _MATHEMATICAL.search(tex):
        return False
    even = tex[:1].isspace() == tex[-1:].isspace()
    return even or not _AMOUNT.search(tex) or bool(_MATHEMATICAL.search(tex))


def inline(tex: str) -> str:
    """The element of a formula within a line."""
    mention = _MENTION.fullmatch(tex.strip())
    if mention:
        return f'<{html.MENTION} key="{escape(mention[1])}"></{html.MENTION}>'
    return f"<{html.FORMULA}>{escape(tex.strip())}</{html.FORMULA}>"


def equation(tex: str) -> str:
    """The element of a formula on a line of its own, with its key or the number its author gave it."""
    tex = tex.removeprefix("\\\\[").removesuffix("\\\\]")
    key, number = _KEY.search(tex), _TAG.search(tex)
    marks = f' key="{escape(key[1])}"' if key and not number else ""
    marks += f' number="{escape(number[1].strip("$ "))}"' if number else ""
    name = html.EQUATION
    return f"<{name}{marks}>{escape(_TAG.sub('', _KEY.sub('', tex)).strip())}</{name}>"


def mentions(words: str) -> str:
    r"""HTML with \eqref{…} as mentions of formulas."""
    return _MENTION.sub(lambda found: inline(found[0]), words) if "ref{" in words else words
