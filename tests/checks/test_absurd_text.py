"""Paragraphs nobody would write end in findings or silence, never in an exception, whatever rule reads them."""

from __future__ import annotations

import pytest

from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.repair.repairs import GUARDED, repairs
from gongwen_lint.rules.registry import RULES
from gongwen_lint.runner import examine

PIECES = ["a", "A1", "1", "9", "甲", "（", "“", "，", "a-", "1-", "一是；", "《", '甲"', ".", "{{", "1，000年-", "甲〔2023", "a.@", "一百", "1亿2万", "%", "\u200b甲", "𠮷", "一、", "0"]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_huge_paragraph_of_one_piece_is_read(piece):
    text = f"# 总结\n\n{piece * (6000 // len(piece))}\n"
    for name in ("甲.txt", "甲.md"):
        manuscript = from_bytes(text.encode(), name)
        assert all(found.where for found in examine(manuscript, RULES))


@pytest.mark.parametrize("piece", ["，", "(甲)", '"甲"', "1-", "一、"])
def test_repairs_of_a_huge_paragraph_come_to_an_end(piece):
    manuscript = from_bytes(f"{piece * 300}\n".encode(), "甲.txt")
    prose = [rule for rule in RULES if rule.family == "文字"]

    assert len(repairs(manuscript, prose, allowed=GUARDED)) <= 1


def test_an_empty_file_has_nothing_to_say():
    for name in ("甲.txt", "甲.md"):
        assert examine(from_bytes(b"", name), RULES) == ()
        assert examine(from_bytes(b"\n \n", name), RULES) == ()
