"""Laws of the content rules: no text makes them fail, every place they name is in its paragraph, and reading changes nothing."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from prose_cases import cases, manuscript
from test_held import KNOWN

from dangjian.model.set_phrases import LORE
from gongwen_lint.rules import content
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.runner import examine

PIECES = st.sampled_from(
    [case.text for case in cases() if case.code.startswith("K")]
    + ["其中", "占", "共", "全县", "共有", "党员", "比上年", "由", "提高到", "，", "。", "、", "；", "（", "）", "“", "”", " ¶ ", "截至"]
    + ["12名", "3.5%", "1.2亿元", "近600名", "三个方面：", "一是", "2026年2月30日", "5个百分点", "翻了一番", "XX", "[1]", "00", "9" * 40]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map("".join)


@example("三个方面：、")
@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_no_text_makes_a_rule_fail_and_every_place_lies_in_its_paragraph(text):
    paper = manuscript(text)
    against = CheckContext(data=KNOWN, last=paper, peers=(manuscript("甲" * 60),), lore=LORE)

    for found in examine(paper, content.RULES, against):
        if found.para:
            assert 0 <= found.start <= found.end <= len(paper.para(found.para).text)
        assert found.message


@settings(max_examples=30, deadline=None)
@given(
    st.text(
        alphabet="共有其中占党员名个%.0123456789，。、；：（）“”一二三十百万亿年月日增长下降到至由比X[]{}",
        max_size=120,
    )
)
def test_marks_and_digits_in_any_order_are_read(text):
    examine(manuscript(text or "空"), content.RULES, CheckContext(data=KNOWN, lore=LORE))


def test_very_long_runs_are_read_in_one_go():
    for run in (
        "12、",
        "共有",
        "1",
        "X",
        "一是好，",
        "其中党员3名、",
        "（",
        "由3%提高到5%，",
        "全县共有党员",
        "a.",
    ):
        examine(manuscript(run * 3000), content.RULES, CheckContext(data=KNOWN, lore=LORE))
