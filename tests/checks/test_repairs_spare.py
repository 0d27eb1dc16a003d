"""Repairs leave alone what is not wrong: columns, blanks to fill in, code, formulas, time stamps, another language."""

from __future__ import annotations

import pytest

from gongwen_lint.manuscript import reading
from gongwen_lint.repair.repairs import GUARDED, SAFE, repairs, source_repaired
from gongwen_lint.rules.registry import RULES

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
    "要抓住与服务对象需求的结合处、与本地实际的契合处。",
)
WRONG = {
    "增长3‰,下降2%,含税(另计),完成。": "增长3‰，下降2%，含税（另计），完成。",
    "走访甲、乙、等单位。": "走访甲、乙等单位。",
    "改革,服务；时间: 3月。": "改革，服务；时间：3月。",
}


def repaired(text: str, allowed: frozenset[str]) -> str:
    manuscript = reading.from_bytes(f"{text}\n".encode(), "稿.txt")
    return source_repaired(manuscript, repairs(manuscript, RULES, allowed=allowed)).rstrip("\n")


@pytest.mark.parametrize("text", RIGHT)
@pytest.mark.parametrize("allowed", [SAFE, GUARDED], ids=["safe", "guarded"])
def test_what_is_right_is_left_alone(text, allowed):
    assert repaired(text, allowed) == text


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_put_right_and_stays_so(text):
    once = repaired(text, SAFE)

    assert once == WRONG[text]
    assert repaired(once, SAFE) == once
