"""Text -> where it gives away a person, and the text as it may be shown.

Starred, or without pieces of such numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gongwen.chinese.personal_data import personal_numbers
from gongwen.chinese.personal_data.number_kinds import IDENTITY, has_check_digit

MAIL, HOME = "电子邮箱", "家庭住址"
STAR = "＊"
WRONG_CHECK_DIGIT = "像身份证号，校验码不对"

_MAIL = re.compile(
    r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64}){1,8}"
)
_HOME = re.compile(
    r"(?:家住|家庭住址|住址|户籍地址|现住址)(?:为|是|[：:])?[^，。；]{2,30}?(?:\d+[号室栋幢单元]|[组队])"
)
_PIECE = re.compile(r"\d(?:[^\w\u3400-\u9fff]{0,3}\d){4,}")  # of a number that somebody quotes


@dataclass(frozen=True, slots=True)
class PrivateSpan:
    """[start:end) of a text, and what it is (身份证号、手机号、电子邮箱、家庭住址 …)."""

    start: int
    end: int
    kind: str
    certain: bool = True  # False: an identity number with a wrong check digit


@lru_cache(maxsize=512)
def private_spans(text: str) -> tuple[PrivateSpan, ...]:
    """Everything in a text that gives away a person, in its order."""
    spans = [
        PrivateSpan(each.start, each.end, each.kind, certain=_is_certain(each.kind, each.digits))
        for each in personal_numbers(text)
    ]
    spans += [PrivateSpan(match.start(), match.end(), MAIL) for match in _MAIL.finditer(text)]
    spans += [PrivateSpan(match.start(), match.end(), HOME) for match in _HOME.finditer(text)]
    return tuple(sorted(spans, key=lambda span: span.start))


def _is_certain(kind: str, digits: str) -> bool:
    return kind != IDENTITY or not digits[:17].isdigit() or _checks(digits)


def _checks(digits: str) -> bool:
    return len(digits) == 15 or has_check_digit(digits)  # noqa: PLR2004  (the old form has no check digit)


@lru_cache(maxsize=512)
def starred(text: str) -> str:
    """The text, as long as it is, with everything private starred.

    What rules and readers quote is cut from it.
    """
    spans = private_spans(text)
    if not spans:
        return text
    shown = list(text)
    for span in spans:
        shown[span.start : span.end] = STAR * (span.end - span.start)
    return "".join(shown)


def without_pieces(text: str, numbers: str) -> str:
    """The text as it may be shown beside personal numbers.

    Starred, and no piece of one of those in it.
    """
    shown = starred(text)
    return _PIECE.sub(lambda hit: _piece(hit[0], numbers), shown) if numbers else shown


def _piece(quoted: str, numbers: str) -> str:
    """As many stars as there are characters, where the digits are part of a number."""
    digits = "".join(str(int(sign)) for sign in quoted if sign.isdecimal())
    return STAR * len(quoted) if digits in numbers else quoted
