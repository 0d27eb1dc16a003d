"""Every code of a finding is documented, and every documented code exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongwen_lint.formats import rule_pages
from gongwen_lint.rules import registry

TOP = Path(__file__).resolve().parents[2]
PAGE = (TOP / "docs/检查代码.md").read_text("utf-8")
RULES = {page.stem: page.read_text("utf-8") for page in (TOP / "docs/检查规则").glob("*.md")}
# R, D, W and Z are codes of rules, tasks and the scheme: what findings speak about, not findings
CODE = re.compile(r'"([BCEHLMVWX]\d\d)"')


def in_code() -> set[str]:
    rooms = [room for house in ("gongwen", "zhibi") for room in (TOP / "lib" / house).rglob("*.py")]
    rooms += (TOP / "lib/dangjian/workbook/checks").rglob("*.py")
    rooms += [
        *(TOP / "lib/gongwen_lint").glob("*.py"),
        *(TOP / "lib/gongwen_lint/manuscript").rglob("*.py"),
    ]
    rooms += [TOP / "lib/gongwen_lint/rules/document.py", TOP / "lib/dangjian/scoring/audits.py"]
    return {code for room in rooms for code in CODE.findall(room.read_text("utf-8"))}


def documented() -> list[str]:
    return re.findall(r"^\| ([A-Z]\d\d) \|", PAGE, re.MULTILINE)


def test_documented_codes_are_those_in_the_code():
    checked = {rule.code for rule in registry.RULES}

    assert set(documented()) | checked == in_code() | checked


def test_every_rule_of_the_checker_has_its_page_and_every_page_its_rule():
    told = re.findall(r"^### ([A-Z]\d\d) (.+)$", "\n".join(RULES.values()), re.MULTILINE)

    assert sorted(told) == sorted((rule.code, rule.title) for rule in registry.RULES)


@pytest.mark.parametrize("family", ["版式", "文字", "内容"])
def test_the_pages_of_rules_are_those_the_program_writes(family):
    assert RULES[family] == rule_pages.markdown(family, registry.RULES), "make rules"


def test_every_rule_tells_a_good_and_a_bad_example():
    assert [
        rule.code
        for rule in registry.RULES
        if not {"好：", "差："} <= set(re.findall("[好差]：", rule.explained))
    ] == []


def test_no_code_is_documented_twice():
    assert len(documented()) == len(set(documented()))


def test_no_code_means_one_thing_in_a_run_and_another_in_the_checker():
    assert set(documented()) & {rule.code for rule in registry.RULES} == set()
    assert len({rule.code for rule in registry.RULES}) == len(registry.RULES)


def test_every_documented_code_says_something():
    assert re.findall(r"^\| [A-Z]\d\d \|\s*\|", PAGE, re.MULTILINE) == []
