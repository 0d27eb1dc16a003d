"""The author's handbook is built from the code: nothing is left out, nothing is made up, every example runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from zhibi import domain as domains
from zhibi.notebook import domain_words, handbook

TOP = Path(__file__).resolve().parents[2]


PARTY_WORK = domains.find("dangjian")
OF_THE_DOMAIN = domain_words.entries(PARTY_WORK)


def test_every_word_and_every_filter_is_explained_and_none_that_does_not_exist():
    assert handbook.gaps() == (set(), set())
    assert domain_words.gaps(PARTY_WORK) == set()


def test_every_word_of_the_domain_has_an_example_with_its_name():
    assert [name for name, entry in OF_THE_DOMAIN.items() if not entry.purpose] == []
    named = {name for name, entry in OF_THE_DOMAIN.items() if name in entry.example}
    values = {"Portion", "Problem", "Recount", "Rule", "Verdict", "Branch", "County", "System"}
    assert set(OF_THE_DOMAIN) - named == values


@pytest.mark.slow
def test_the_page_in_docs_is_what_the_code_says_now():
    assert (TOP / "docs/作者手册.md").read_text("utf-8") == handbook.page(), "make docs"


def test_every_example_shows_something():
    silent = {"attachment", "bibliography", "chart_style", "page_break"}
    shown = {name: handbook.shown(entry.example) for name, entry in handbook.WORDS.items()}
    assert {name for name, text in shown.items() if text == "（没有显示）"} == silent


def test_help_in_lab_is_chinese_with_an_example():
    program = (
        "from zhibi.notebook import handbook; handbook.speak_chinese();"
        "from zhibi.notebook import domain_words; import zhibi.domain as d; import dangjian;"
        "domain_words.speak_chinese(d.find('dangjian'));"
        "import zhibi; print(zhibi.count.__doc__); print(dangjian.portion.__doc__, dangjian.Branch.__doc__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8"
    )
    assert re.match("数有多少行", done.stdout)
    for words in ("例：count(", "占填报了的多少", "例：portion(", "只属于它的行"):
        assert words in done.stdout
