"""`zhibi rules` as it is typed, and the page of rules that is generated from the same data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dangjian.reports.rulebook.page import handbook
from dangjian.rules import BOOK, WORDS, ids
from prompt import typed

TOP = Path(__file__).resolve().parents[2]
EXAMPLE = "data/示例县.xlsx"


def zhibi(*words: str):
    return typed("zhibi", *words, cwd=TOP)


def test_the_page_of_rules_is_what_the_rule_book_says(request):
    page = TOP / "docs/规则.md"
    if request.config.getoption("--update-golden"):
        page.write_text(handbook(), encoding="utf-8")

    assert page.read_text("utf-8").rstrip("\n") == handbook().rstrip("\n")


def test_every_rule_has_its_words_and_its_place_on_the_page():
    assert set(WORDS) == set(ids())
    assert all(f"## {id_} {WORDS[id_].name}" in handbook() for id_ in ids())


def test_the_book_holds_all_rules_and_only_dated_ones():
    assert ids() == tuple(
        [f"R{number:02}" for number in range(1, 32)] + [f"D{number:02}" for number in range(1, 13)]
    )
    assert all(
        rule.effective_to is None or rule.effective_to >= rule.effective_from for rule in BOOK
    )


def test_the_commands_of_the_domain_stand_in_the_help():
    assert "rules" in zhibi("--help").stdout


def test_list_shows_the_texts_of_a_day():
    before, after = (
        zhibi("rules", "list", "--on", day).stdout for day in ("2026-05-17", "2026-05-18")
    )

    assert "D05N" not in before
    assert "D05N" in after


def test_show_tells_figure_source_and_how_it_is_judged():
    said = zhibi("rules", "show", "R15").stdout

    assert "主题党日每月开展1次" in said
    assert "第十六条" in said
    assert "怎样判定" in said


def test_check_tells_what_is_not_met_and_says_so_with_its_exit_code():
    done = zhibi("rules", "check", EXAMPLE, "--org", "B012", "--rule", "R15")

    assert done.returncode == 1
    assert "B012 R15 主题党日：未达标（应11个月，实8个月）" in done.stdout


def test_check_is_silent_where_all_is_met():
    done = zhibi("rules", "check", EXAMPLE, "--org", "B013", "--rule", "R15")

    assert done.returncode == 0
    assert "B013" not in done.stdout


def test_json_holds_every_verdict():
    found = json.loads(zhibi("rules", "check", EXAMPLE, "--org", "B012", "--json").stdout)

    assert len(found["verdicts"]) == len(ids())
    assert sum(found["counts"].values()) == len(ids())


@pytest.mark.parametrize("words", [("show", "R155"), ("check", EXAMPLE, "--rule", "R155")])
def test_an_unknown_rule_is_refused_with_the_near_miss(words):
    done = zhibi("rules", *words)

    assert done.returncode == 2
    assert "是否想写“R15”" in done.stderr
