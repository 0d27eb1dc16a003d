"""Ten times as long a text takes some ten times as long to read and check, whatever it is made of."""

from __future__ import annotations

import pytest

from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.rules.registry import RULES
from gongwen_lint.runner import examine
from growth import times_as_long

PIECES = [
    "“", "”", "（1）", "(1)", "（", "）", "——", "—", "、", "，", "。", "1", "1、", "一", "一、", "《", "》", "[", "〔2026", "{{",
    "a", "A1 ", "1.2.", "5%，", "增长1%，", "其中：1个", "…", "\u200b甲", '"', "2026年1月1日", "约1左右", "@a.b", "`", "万元",
]  # fmt: skip
SHORT, LONG, MOST = 3_000, 30_000, 40  # a quadratic rule takes a hundred times as long


def read_and_checked(name: str):
    def work(piece: str) -> object:
        return examine(from_bytes(f"# 总结\n\n{piece}\n".encode(), name), RULES)

    return work


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_paragraph_of_one_piece_takes_time_in_proportion(piece: str) -> None:
    assert times_as_long(read_and_checked("甲.md"), piece, SHORT, LONG) < MOST
