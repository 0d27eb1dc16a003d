"""What content rules say and how bad they call it: the words a clerk reads."""

from __future__ import annotations

from collections import Counter

import pytest
from prose_cases import cases, manuscript

from gongwen.findings import Level
from gongwen_lint.formats.rule_pages import precision
from gongwen_lint.rules import content
from gongwen_lint.rules.registry import BY_CODE, RULES
from gongwen_lint.runner import examine

TEXT_ONLY = [rule.code for rule in content.RULES if rule.needs == {"text"}]
OTHERWHERE = {"K16", "K17", "K28", "K29", "K33", "K34"}  # lore, length, a table; their own tests


def message(code: str, text: str) -> list[str]:
    return [f"{each.level}：{each.message}" for each in examine(manuscript(text), [BY_CODE[code]])]


def test_every_content_rule_has_a_case_that_speaks_and_two_that_are_silent():
    counted = Counter((case.code, case.kind) for case in cases())

    assert {
        code
        for code in TEXT_ONLY
        if code not in OTHERWHERE and (not counted[code, "差"] or counted[code, "好"] < 2)
    } == set()


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("K03", "共有党员612名，其中正式党员588名、预备党员26名。", "错误：各部分之和是588+26=614，与总数“612名”不符"),
        ("K03", "党支部6个，其中机关党支部2个、下属单位党支部3个。", "警告：各部分之和是2+3=5，与总数“6个”不符"),
        ("K04", "应收缴党费386.2万元，实收缴398.7万元。", "警告：“398.7万元”多于应收缴的“386.2万元”"),
        ("K09", "2026年3月15日（星期一）开会。", "错误：这一天是星期日"),
        ("K18", "由61.4%提高到83.9%，提高22.5%。", "错误：两个百分数相差22.5个百分点，不是“22.5%”"),
        ("K19", "由26项压减到14项，下降53.8%。", "错误：从“26项”到“14项”，下降46.2%，文中写“53.8%”（这是“14项”占“26项”的比例）"),
        ("K19", "收入38.6万元，比上年增加6.2万元，增长16.1%。", "错误：增减“6.2万元”，上期应为32.4万元，变动19.1%，文中写“16.1%”（看来是除以了本期的“38.6万元”）"),
        ("K19", "党员612名，其中35岁及以下159名，占25.9%。", "警告：“159名”占“612名”的26%，文中写“25.9%”"),
        ("K20", "约谈86个党支部，已约谈71个，做到约谈全覆盖。", "警告：“86个”中只有“71个”，不能说“全覆盖”"),
    ],
)  # fmt: skip
def test_a_finding_names_the_numbers_and_the_base_it_tried(code, text, said):
    assert message(code, text) == [said]


def test_private_numbers_are_never_repeated():
    (found,) = examine(manuscript("队长手机号13912345678。"), [BY_CODE["K15"]])

    assert "139" not in f"{found.message}{found.text}{found.hint}"


def test_only_rules_measured_to_be_right_speak_of_errors():
    _, measured = precision()
    unearned = [
        rule.code
        for rule in RULES
        if rule.level is Level.ERROR
        and (rule.code not in measured or not measured[rule.code].earned)
    ]

    assert unearned == []
