"""Repairs leave alone what is not wrong: columns, blanks to fill in, code, formulas, time stamps, another language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen_lint.check import check
from gongwen_lint.manuscript import reading
from gongwen_lint.repair.copies import text_repaired
from gongwen_lint.repair.repairs import GUARDED, SAFE
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.registry import RULES
from gongwen_lint.runner import examine

RIGHT = (
    "姓名：　学号：",
    "姓名：  学号：",
    "水泥（散装） 万吨 412.6 3.1",
    "x1、x2、...、xn 为变量。",
    "求1+2+…+n的和。",
    '他说 The "quick" fox 跑得快。',
    'print("结果(合计)")',
    "系统更新时间为2024-03-08T09:15:30.120Z，以系统显示为准。",
    "[2]周某.“智慧农业”条件下的乡村治理[J].某学刊，2019（6）：21-26.",
    "树立慢不得、等不起的意识，抓紧推进各项任务。",
    "走访县直机关、与民生相关的单位和企业。",
    "要强化责任意识、与群众同甘共苦。",
    "日志记录为2024-03-08 09:15:30，以系统显示为准。",
    "时间戳2024-03-08T09:15:30+08:00为准。",
    "见[3].该文认为治理有效。",
    "[1] 李某. 乡村治理研究[J]. 某学刊, 2019(6): 21-26.",
    "[2]World Bank. World Development Report[R]. Washington, D.C.: World Bank, 2018.",
    "姓名：________　学号：________",
    "单位（盖章）：　　　　年　月　日",
    "项目　　　单位　　　2025年　　2024年",
    '    print("完成,任务")',
    "def total(a, b): return a + b",
    "x1,x2,...,xn为样本。",
    "数列a1，a2，…，an的和。",
    'The "quick" fox isn\'t slow.',
    "登录https://a.example.gov.cn/x?y=1,2&z=3查询。",
    "`a,b`是代码，$a,b$是公式。",
    "要抓住与服务对象需求的结合处、与本地实际的契合处。",
    "[1]王某,李某,等.乡村治理[J].某学报,2020,12(3):5-9.",
    '    if x > 3: print("错误,请重试")',
    "SELECT name, age FROM t WHERE note='党员(预备)';",
    """curl -X POST "https://example.com/api" -d '{"名称":"甲"}'""",
    "要坚持与群众面对面、与问题硬碰硬。",
    "备份目录为data/2024-03-08/，订单号2024-03-08-0012。",
    "函数max(a,b)返回较大者，坐标为(120.5,30.2)。",
)
WRONG = {
    "增长3‰,下降2%,含税(另计),完成。": "增长3‰，下降2%，含税（另计），完成。",
    "增长3‰,下降2%,含税(另计),参见[1],完成。": "增长3‰，下降2%，含税（另计），参见[1]，完成。",
    "走访甲、乙、等单位。": "走访甲、乙等单位。",
    "改革,服务；时间: 3月。": "改革，服务；时间：3月。",
    "培训 3 次，惠及 20 人。": "培训3次，惠及20人。",
}


def repaired(text: str, allowed: frozenset[str]) -> str:
    made, _ = text_repaired(f"{text}\n".encode(), "稿.txt", RULES, CheckContext(), allowed)
    return made.decode().rstrip("\n")


@pytest.mark.parametrize("text", RIGHT)
@pytest.mark.parametrize("allowed", [SAFE, GUARDED], ids=["safe", "guarded"])
def test_what_is_right_is_left_alone(text, allowed):
    assert repaired(text, allowed) == text


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_put_right_and_stays_so(text):
    once = repaired(text, SAFE)

    assert once == WRONG[text]
    assert repaired(once, SAFE) == once


def test_two_english_sentences_are_no_copies():
    text = (
        "The committee approved the annual budget for the village roads in March. "
        "The committee rejected the annual budget for the village schools in April."
    )
    found = examine(reading.from_bytes(f"关于预算的说明。\n{text}\n".encode(), "稿.txt"), RULES)

    assert [each for each in found if each.code == "K26"] == []


def test_a_document_without_chinese_gets_one_remark(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        "Annual Report\n\nThe committee met 12 times, in 2024 .\n\n1. Work done\n", "utf-8"
    )
    outcome = check(path, [rule.code for rule in RULES], CheckContext())

    assert (outcome.found, [each.code for each in outcome.notes]) == ((), ["X10"])


PIECES = (
    "完成任务", "增长3‰,", "甲、乙、等单位", "责任意识、与群众同心", "等不起、", "2024-03-08T09:15:30Z", "2023.1.5",
    "见[3].", "姓名：　学号：", "水泥　　412.6", 'print("甲(乙)")', "f(a, b)", "a1，…，an", "1+2+...+n", "$a,b$",
    "https://a.example/x?y=1,2", "a.b@c.cn", 'the "quick" fox', "isn't", "`a,b`", "（", "(", ")", '"', "，", ",", "。", ".",
    " ", "　", "____", "9:30", "\n", "| 甲,乙 |", "- ", "一、", "(1)", "3:2,",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=10).map("".join), st.booleans())
def test_repairing_mixed_text_twice_is_repairing_it_once(text, guarded):
    allowed = GUARDED if guarded else SAFE
    once = repaired(text, allowed)

    assert repaired(once, allowed) == once
