r"""A text as people write it, with 【职工数】 and 〖可有可无的话〗 -> the same text for Jinja, line by line.

【…】 is a blank of a Chinese form: what stands in it is printed in its place. Full-width signs inside it count as
their plain ones, and 【表：单位】 mentions a table. 〖…〗 is left out where it has nothing to say; 〖甲｜乙〗 then says
the other. `\【` and its like are the sign itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongwen.chinese.text import RESERVED
from gongwen.errors import BadExpression

AWARE = "_文"  # the filter that tells a 【】 from a {{ }}
OPEN, OR, CLOSE = "〖", "｜", "〗"
_SIGNS = "【】〖〗｜"
_FIRST_LITERAL = RESERVED[0] + 0x40
_LITERAL = {sign: chr(_FIRST_LITERAL + at) for at, sign in enumerate(_SIGNS)}
_PLAIN = str.maketrans({mark: sign for sign, mark in _LITERAL.items()})
_TOKEN = re.compile(
    r"(?P<jinja>\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})|\\(?P<literal>[【】〖〗｜])|【(?P<blank>[^【】\n]*)】"
    r"|(?P<sign>[【】〖〗｜])",
    re.DOTALL,
)
_WIDTH = str.maketrans("（），｜．“”‘’　", "(),|.\"\"'' ")
_MENTION = re.compile(r"(附表|表|图)\s*[:：]\s*(.+)")
_MARKED = re.compile(rf"\((.*)\)\|{AWARE}", re.DOTALL)


@lru_cache(maxsize=512)
def for_jinja(text: str) -> str:
    """The text with `{{ }}` for every 【】; signs that do not match are refused with their line."""
    if not any(sign in text for sign in _SIGNS):
        return text
    _refuse_unpaired(text)
    return _TOKEN.sub(_translated, text)


def literal(text: str) -> str:
    """The text with the signs that were written to be printed."""
    return text.translate(_PLAIN)


def as_written(expression: str) -> str:
    """The expression of a `{{ }}` as its author wrote it: in 【】 if it came from there."""
    marked = _MARKED.fullmatch(expression)
    return f"【{marked[1]}】" if marked else expression


def _translated(token: re.Match[str]) -> str:
    if token["literal"]:
        return _LITERAL[token["literal"]]
    if token["blank"] is None:
        return token[0]
    words = token["blank"].strip()
    mention = _MENTION.fullmatch(words)
    expression = f'{mention[1][-1]}("{mention[2].strip()}")' if mention else words.translate(_WIDTH)
    return f"{{{{({expression})|{AWARE}}}}}"


def _refuse_unpaired(text: str) -> None:
    opened: list[
        tuple[int, bool]
    ] = []  # where each 〖 stands that is still open, and whether something is printed in it
    for token in _TOKEN.finditer(text):
        sign = token["sign"]
        if token["blank"] is not None and not token["blank"].strip():
            raise _fault(text, token.start(), "【】里要写一个量的名字，如【职工数】")
        if token["blank"] is not None or (token["jinja"] and not token["jinja"].startswith("{#")):
            opened = [(start, True) for start, _ in opened]
        elif sign == OPEN:
            opened.append((token.start(), False))
        elif sign == CLOSE:
            _close(text, token.start(), opened)
        elif sign in ("【", "】"):
            raise _fault(
                text, token.start(), f"“{sign}”没有配成一对【】；要印它本身，写成 \\{sign}"
            )
    if opened:
        raise _fault(text, opened[-1][0], "〖 没有配上〗；可有可无的话前后都要有：〖……〗")


def _close(text: str, start: int, opened: list[tuple[int, bool]]) -> None:
    if not opened:
        raise _fault(text, start, "〗前面没有〖；可有可无的话前后都要有：〖……〗")
    begun, prints = opened.pop()
    if not prints:
        raise _fault(
            text,
            begun,
            "〖〗里没有【】，不知道什么时候不印；请写上那个量，如〖，其中女职工【女】〗",
        )


def _fault(text: str, start: int, reason: str) -> BadExpression:
    line = text.count("\n", 0, start) + 1
    excerpt = text[start:].split("\n", 1)[0][:20]
    opening = next((line.strip() for line in text.splitlines() if line.strip()), "")[:20]
    return BadExpression(excerpt, reason, line, opening)
