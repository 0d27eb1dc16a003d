"""A question -> the answer somebody types at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable

from zhibi.data.importing.questions import Question
from zhibi.doors.cli.console.exit import say

Asker = Callable[[Question], str]


def asker() -> Asker | None:
    """Who can be asked: the person at the terminal, or nobody."""
    return ask if sys.stdin.isatty() and sys.stdout.isatty() else None


def ask(question: Question) -> str:
    """The answer, or nothing where it is left for later; a number stands for a choice."""
    say("")
    say(question.message)
    for number, option in enumerate(question.options, 1):
        say(f"  {number}  {option}")
    prompt = (
        "填序号（直接回车：以后再答）：" if question.options else "请填写（直接回车：以后再答）："
    )
    while True:
        try:
            typed = input(prompt).strip()
        except EOFError:
            return ""
        if not typed:
            return ""
        if typed.isdigit() and 1 <= int(typed) <= len(question.options):
            return question.options[int(typed) - 1]
        if question.accepts(typed):
            return typed
        say(f"请填1到{len(question.options)}之间的序号。")
