"""Sentences of party work with numbers that depend on one another: right they are silent, with one number changed they speak.

A line of `relations.txt` is a sentence; {right|wrong} in it is the number as it should be and as it is mistyped.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dangjian import DOMAIN
from gongwen.findings import Level
from gongwen_lint.manuscript import reading
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.runner import Diagnostic, examine

LINES = [
    line
    for line in (Path(__file__).parent / "relations.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
NUMBERS = [rule for rule in registry.RULES if rule.code.startswith("K")]
CHANGED = re.compile(r"\{([^|{}]*)\|([^|{}]*)\}")


def said(sentence: str) -> list[Diagnostic]:
    """What the rules of content say of the sentence at 警告 or above."""
    manuscript = reading.from_bytes(f"关于有关情况的报告\n\n{sentence}\n".encode(), "稿.txt")
    found = examine(manuscript, NUMBERS, CheckContext(lore=DOMAIN.lore))
    return [each for each in found if each.level in {Level.ERROR, Level.WARNING}]


@pytest.mark.parametrize("line", LINES)
def test_right_numbers_are_silent(line):
    assert said(CHANGED.sub(r"\1", line)) == []


@pytest.mark.parametrize("line", [line for line in LINES if CHANGED.search(line)])
def test_one_number_changed_is_noticed(line):
    assert said(CHANGED.sub(r"\2", line)) != []
