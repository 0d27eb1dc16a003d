"""What became of a cell: its value, what was adapted, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gongwen.chinese.personal_data import masked
from gongwen.findings import Level
from zhibi.data.checking.answers import (
    Answer,
)
from zhibi.data.sources.grid import Raw, words

INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


_QUOTED = 20  # characters of a cell in a message


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with a cell: `message` speaks of this cell, `gist` of all cells with the same fault.

    `answer` is the value that is meant, where there is only one.
    """

    code: str
    level: Level
    message: str
    gist: str
    hint: str = ""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, or None; `bad` tells a cell that could not be read from one that was left blank."""

    value: Any = None
    issue: Issue | None = None
    bad: bool = False


BLANK = Parsed()


def refuse(
    code: str, message: str, hint: str, gist: str = "", answer: Answer | None = None
) -> Parsed:
    """A cell that cannot be used; with an answer, the hint is to write that."""
    advice = f"请改为{shown(str(answer))}。" if answer else hint
    return Parsed(
        None, Issue(code, Level.ERROR, message, gist or message, advice, answer), bad=True
    )


def adapted(
    value: Any,
    code: str,
    message: str,
    gist: str,
    *,
    hint: str = "",
    level: Level = Level.NOTE,
    answer: Answer | None = None,
) -> Parsed:
    """A cell that was understood although it is written otherwise."""
    return Parsed(value, Issue(code, level, message, gist, hint, answer))


def shown(raw: Raw) -> str:
    """The cell as a message may quote it: short, and never with a long run of digits."""
    text = masked(words(raw).strip().replace("\n", " "))
    return f"“{text if len(text) <= _QUOTED else text[:_QUOTED] + '…'}”"
