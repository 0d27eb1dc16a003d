"""A text may print, never use up memory or time: what it makes and goes through has an end that is told in words."""

from __future__ import annotations

import tracemalloc

import pytest

from gongwen.errors import BadExpression
from gongwen.facts.value import Fact, Read, Rows
from growth import times_as_long
from zhibi.notebook.authoring.prose import prose

ROWS = (Rows("县.xlsx", "党员", (3,)),)
NAMES = {
    "甲": Fact("党员数", 3, Read("计数", ROWS), "名"),
    "女": Fact("女党员数", None, Read("计数", ROWS), "名"),
    "名单": ["张三"] * 400,
}
GREEDY = {
    "~": "{% set a = '甲甲甲甲' %}" + "{% set a = a ~ a ~ a ~ a %}" * 18,
    "~ under other names": "{% set a0 = '甲甲甲甲' %}"
    + "".join(f"{{% set a{at + 1} = a{at} ~ a{at} %}}" for at in range(40)),
    "+ of texts": "{% set a = '甲甲甲甲' %}" + "{% set a = a + a + a + a %}" * 18,
    "+ of lists": "{% set a = [1, 2, 3, 4] %}" + "{% set a = a + a + a + a %}" * 18,
    "product": "{% set a = 9999999 %}" + "{% set a = a * a %}" * 40,
    "nested ranges": "{% for i in range(1000) %}" * 4 + "{% set a = i %}" + "{% endfor %}" * 4,
    "nested lists": "{% for i in 名单 %}" * 5 + "{% set a = i %}" + "{% endfor %}" * 5,
}  # fmt: skip
PIECES = (
    "【甲】", "{{ 甲 }}", "{% set a = 1 %}", "〖", "【", "{{", "（", "，", "。", "甲，", "〖【女】〗", "【甲】，【女】。",
    "{% if 1 %}", "\n\n", "# 一\n", "- 一\n", "|甲", "*", "**甲**", "\\", "[", "![", "<b>", "【女】，", "`", "{#", "甲",
    "1. ", "> ", "a_", "&amp;", "|甲|乙|\n", "~~", "$", "  \n", "[^1]",
)  # fmt: skip


@pytest.mark.parametrize("kind", GREEDY)
def test_what_a_text_makes_has_an_end(kind: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(BadExpression, match="正文里"):
            prose(f"{GREEDY[kind]}好。", NAMES)
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()


def test_what_reports_do_is_far_from_that_end() -> None:
    text = "{% for i in 名单 %}{% for k in range(9) %}{{ 甲 }}{% endfor %}{% endfor %}{% set a = '一' ~ '二' %}。"
    assert prose(text, NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_is_set_in_proportion_to_its_length(piece: str) -> None:
    def work(text: str) -> None:
        try:
            prose(text, NAMES)
        except BadExpression:
            return

    assert times_as_long(work, piece, 2_000, 20_000) < 40
