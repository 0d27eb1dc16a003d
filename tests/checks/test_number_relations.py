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


@pytest.mark.parametrize(
    "sentence",
    [
        "全县共有各级各类学校168所，其中幼儿园85所、小学52所、初中21所（含九年一贯制学校8所）、普通高中7所、中等职业学校2所、特殊教育学校1所。",
        "提供住宿的各类服务机构27个，包括养老机构23家、儿童福利机构1家、救助管理站1个、精神卫生社会福利机构2家；不提供住宿的设施385个。",
        "组织技能培训4期；对3户未消除风险的监测户，落实队员“一对一”帮扶，力争年底前全部稳定消除风险。",
        "宣讲团9人每人至少宣讲2场，合计宣讲21场。",
        "全县配备专任教师340名，其中专职126名、兼职214名，专职教师比上年末多配18名。",
        "全县配备教师340名，其中专职126名、兼职214名，专职教师比上年末多配18名，增长16.7%。",
        "5件超期反馈的督办件，最长的超期12天，最短的超期2天。",
    ],
)
def test_numbers_that_depend_on_nothing_are_silent(sentence):
    assert said(sentence) == []
