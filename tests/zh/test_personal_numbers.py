"""Personal numbers are recognised in every disguise and never shown; ordinary numbers are left alone."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.workbook.contract import CONTRACT
from disguises import NUMBERS, SCRIPTS, disguised, mobile, ordinary, separated
from gongwen.chinese.personal_data import gives_away, masked, personal_numbers
from growth import times_as_long
from zhibi.data.reading.layout import forbids

SENTENCES = ("{}", "本人（{}）已经签字。", "李某某{}，随时可以联系", "1. {}", "A{}")
DISGUISED = [(kind, spelling) for seed in range(2) for kind, spelling in disguised(Random(seed))]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_two_hundred_disguised_numbers_are_recognised_and_none_is_shown(sentence: str) -> None:
    assert len(DISGUISED) >= 200
    texts = [sentence.format(spelling) for _, spelling in DISGUISED]
    assert [text for text in texts if not gives_away(text)] == []
    assert [text for text in texts if gives_away(masked(text))] == []


def test_ten_thousand_ordinary_cells_are_no_persons() -> None:
    dice = Random(21)
    assert [text for text in (ordinary(dice) for _ in range(10_000)) if gives_away(text)] == []


@given(
    st.sampled_from(sorted(NUMBERS)),
    st.integers(0, 10_000),
    st.lists(st.integers(4, 6), max_size=3),
    st.sampled_from(["\u3000", "-", " ", "·", "\u200b", "/", "－－"]),
    st.sampled_from(["", "通知本人", "（", "\n"]),
)
def test_an_identity_number_or_card_is_recognised_wherever_it_is_cut(
    kind: str, seed: int, lengths: list[int], separator: str, before: str
) -> None:
    number = NUMBERS[kind](Random(seed))
    spelling = separated(number, (*lengths, len(number)), separator)
    if kind == "手机号":
        assert gives_away(f"{before}{number}") == kind
    else:
        assert gives_away(f"{before}{spelling}") == kind.removeprefix("旧")


@given(st.integers(0, 10_000), st.sampled_from(sorted(SCRIPTS)))
def test_what_is_recognised_is_the_number_itself(seed: int, script: str) -> None:
    number = mobile(Random(seed))
    (found,) = personal_numbers(f"请打{SCRIPTS[script](number)}。")
    assert (found.kind, found.digits) == ("手机号", number)


@pytest.mark.parametrize(
    "text",
    [
        "示组发〔2026〕5号", "A2026123456789", "11010519491331002X", "1234567890123456", "2026-03-15至2026-11-30",
        "营业收入13800138000元", "13,800,138,000", "152345678.12", "分别为4500、5200、4100、3900", "13:00-14:30，150人",
        "1502-2026-003", "330106202603150001", "4、5、6、7、8、9、10、11、12月", "第一、二、三、四、五、六、七、八、九条",
        "12345热线", "国家标准GB/T 33476.2-2016", "二〇二六年三月十五日", "", "0", "１，３２０",
    ],
)  # fmt: skip
def test_numbers_of_documents_are_not_taken_for_persons(text: str) -> None:
    assert gives_away(text) == ""
    assert masked(text) in (
        text,
        "（数字略）",
        f"A{masked(text[1:])}",
        text.replace("13800138000", "（数字略）"),
    )


@pytest.mark.parametrize(
    "header",
    [
        "身份证号", "公民身份号码", "手机号码", "联系电话", "电话", "固定电话", "联系方式", "通讯地址", "家庭住址", "现居住地",
        "户籍所在地", "户籍所在派出所", "户口所在地派出所", "薪资", "月工资收入", "缴费基数", "核算基数", "党费缴纳基数",
        "微信号", "开户行账号", "学号/工号", "电 话", "联系　方式",
    ],
)  # fmt: skip
def test_a_column_for_personal_data_is_forbidden(header: str) -> None:
    assert forbids(header)


def test_no_column_of_the_workbook_is_forbidden() -> None:
    headers = [header for sheet in CONTRACT.sheets for header in sheet.headers]
    assert [header for header in headers if forbids(header)] == []


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1",
        "1、",
        "13800138000 ",
        "（1）",
        "一",
        "X",
        "1X",
        "1\u200b",
        "11010119900307",
        "·1",
        "8 6 ",
    ],
)
def test_long_text_is_read_in_proportion_to_its_length(piece: str) -> None:
    assert times_as_long(masked, piece, 5_000, 50_000) < 30
