"""Every rule of prose speaks where it should and is silent where it should be."""

from __future__ import annotations

from collections import Counter

import pytest
from prose_cases import Case, cases, manuscript

from gongwen_lint.rules.prose import RULES
from gongwen_lint.rules.registry import BY_CODE
from gongwen_lint.runner import examine

OTHERWHERE = {"P34"}  # need a measured page: test_measured_prose


def said(case: Case) -> list[str]:
    return [found.code for found in examine(manuscript(case.text), [BY_CODE[case.code]])]


@pytest.mark.parametrize("code", sorted(BY_CODE.keys() & {case.code for case in cases()}))
def test_a_rule_speaks_and_stays_silent(code):
    mine = [case for case in cases() if case.code == code]

    assert [case.text for case in mine if case.kind == "差" and not said(case)] == []
    assert [case.text for case in mine if case.kind == "好" and said(case)] == []


def test_every_rule_has_a_case_that_speaks_and_two_that_are_silent():
    counted = Counter((case.code, case.kind) for case in cases())
    codes = {rule.code for rule in RULES} - OTHERWHERE

    assert {code for code in codes if not counted[code, "差"] or counted[code, "好"] < 2} == set()
    assert {case.code for case in cases()} <= BY_CODE.keys()
