"""What a branch says of a rule it does not meet: one sentence that an editor would leave as it is."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian.reports.annual_review.review import without_twice
from dangjian.reports.annual_review.shortfall_words import shortfall
from dangjian.rules import RULES, WORDS
from dangjian.scoring.verdicts import Verdict
from gongwen.facts.arithmetic import subtract
from gongwen.facts.value import Fact, Read, Rows

DAY = date(2026, 11, 30)


def fact(value, unit="名", label="党员数"):
    return Fact(label, value, Read("计数", (Rows("县.xlsx", "党员", (3, 4), label),)), unit)


def verdict(rule, required=None, actual=None):
    gap = None if required is None else subtract(required, actual, "差额")
    return Verdict(RULES[rule], fact("未达标", ""), required, actual, gap)


def sentence(*figures):
    return "".join(part.text for part in shortfall(verdict(*figures), None, DAY).parts)


@pytest.mark.parametrize(
    ("rule", "required", "actual", "printed"),
    [
        ("R04", fact(50), fact(54), "支部现有党员54名，按照规定一般不超过50名。"),
        ("R03", fact(3), fact(2), "支部现有正式党员2名，不足规定的3名。"),
        ("R05", fact(5, "个"), fact(7, "个"), "联合党支部覆盖单位7个，按照规定一般不超过5个。"),
        ("R06", fact(3), fact(2), "现有支部委员2名，按照规定不少于3名。"),
        ("R06", fact(7), fact(9), "现有支部委员9名，按照规定不超过7名。"),
        ("R19", fact(3), fact(0), "填报了谈心谈话情况的党员3名，均没有谈到。"),
        ("R21", fact(1), fact(0), "填报了学习培训情况的书记、委员1名，没有达到规定要求。"),
        ("R20", fact(16), fact(14),
         "填报了集中学习时间的党员16名，达到规定学时的14名，没有达到的2名。"),
        ("R18", None, fact(5), "评议为优秀的党员有5名，超过参评党员的三分之一。"),
        ("R31", None, fact("一般", ""), "经营考核为优秀，书记述职评议为一般。"),
        ("R16", fact(1, "次"), fact(0, "次"), "应开展1次，没有开展。"),
    ],
)  # fmt: skip
def test_a_shortcoming_reads_as_the_branch_would_say_it(rule, required, actual, printed):
    assert sentence(rule, required, actual) == printed


@pytest.mark.parametrize("rule", ["R09", "R29"])
def test_a_rule_without_figures_leaves_it_to_the_heading(rule):
    assert sentence(rule) == ""
    assert WORDS[rule].problem


def test_a_term_over_for_more_than_a_year_is_one_shortcoming():
    over, long_over, other = (verdict(rule) for rule in ("R08", "R09", "R15"))

    assert without_twice([over, long_over, other]) == [over, other]
    assert without_twice([long_over]) == [long_over]
