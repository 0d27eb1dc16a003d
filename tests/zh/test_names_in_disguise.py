"""A name is found however it is written, and no word of the language is broken to find it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.chinese.pseudonyms import Pseudonyms, folded

PEOPLE = {
    "王芳": "A某",
    "李明": "B某",
    "赵静": "C某",
    "孙丽": "D某",
    "高峰": "E某",
    "孙小圣": "F某",
    "小圣": "G某",
}
UNITS = {
    "交运集团": "甲集团",
    "交运集团出租客运公司": "甲集团A公司",
    "迪丽热巴·艾合": "H某",
    "Ａ１工作室": "B品牌",
    "Café": "C品牌",
}
NAMES = {**PEOPLE, **UNITS}
TABLE = Pseudonyms(NAMES, frozenset(PEOPLE), before=("书记", "党员"), after=("书记", "党支部"))
BETWEEN = ["", " ", "\u3000", "  ", "\u00a0", "\u00ad", "\u200b", "\ufe0f", "\u2060"]
WORDS = ["早晚高峰期间增开班次", "国王芳龄几何", "说李明显不足", "高峰论坛", "国王 芳华绝代", "和平年代", "聪明小圣诞树", "交运", "集团"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("党员李　明同志带头", "党员B某同志带头"),
        ("由王 芳负责", "由A某负责"),
        ("孙 小圣带队", "F某带队"),
        ("交运 集团党委", "甲集团党委"),
        ("交\u00ad运\u200b集团党委", "甲集团党委"),
        ("交运\ufe0f集团", "甲集团"),
        ("迪丽热巴•艾合同志", "H某同志"),
        ("迪丽热巴・艾合、李明同志", "H某、B某同志"),
        ("a1工作室挂牌", "B品牌挂牌"),
        ("Ａ1工作室", "B品牌"),
        ("cafe\u0301 开业", "C品牌 开业"),
        ("CAFÉ 开业", "C品牌 开业"),
        ("（参加的有赵静、孙丽）", "（参加的有C某、D某）"),
        ("交运集团出租客运公司和交运集团", "甲集团A公司和甲集团"),
    ],
)
def test_a_name_written_otherwise_is_replaced(text: str, masked: str) -> None:
    assert TABLE.mask(text) == masked


@pytest.mark.parametrize("text", WORDS)
def test_a_word_of_the_language_is_not_broken(text: str) -> None:
    assert TABLE.mask(text) == text


@given(
    st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=5),
    st.lists(st.sampled_from(BETWEEN), min_size=12, max_size=12),
    st.lists(st.sampled_from(WORDS), max_size=3),
)
def test_of_listed_names_in_any_spelling_none_is_left(
    names: list[str], between: list[str], words: list[str]
) -> None:
    spelled = [
        "".join(f"{letter}{between[at]}" for at, letter in enumerate(name[:-1])) + name[-1]
        if not name.isascii()
        else name
        for name in names
    ]
    text = f"参加的：{'、'.join(spelled)}。{'。'.join(words)}"
    shown = TABLE.mask(text)
    listed = folded(shown.partition("。")[0]).text
    assert [name for name in names if folded(name).text in listed] == []
    assert shown.endswith("。".join(words))


@given(st.text(alphabet="王芳李明交运集团小圣孙 \u3000\u00ad·Aa1ée\u0301高峰的、", max_size=30))
def test_what_is_masked_twice_is_masked_once(text: str) -> None:
    once = TABLE.mask(text)
    assert TABLE.mask(once) == once or once in NAMES


def test_numbers_and_words_of_json_may_be_names() -> None:
    from zhibi.report.records.record import _covered

    table = Pseudonyms({"2026": "某年", "false": "假", "甲公司": "某公司"})
    told = _covered({"year": 2026, "final": False, "said": ["甲公司2026年", "false"]}, table)
    again = json.loads(json.dumps(told, ensure_ascii=False))
    assert again == {"year": 2026, "final": False, "said": ["某公司某年年", "假"]}
