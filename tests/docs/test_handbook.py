"""The author's handbook is built from the code: nothing is left out, nothing is made up, every example runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from zhibi.notebook import handbook

TOP = Path(__file__).resolve().parents[2]


def test_every_word_and_every_filter_is_explained_and_none_that_does_not_exist():
    assert handbook.gaps() == (set(), set())


def test_the_page_in_docs_is_what_the_code_says_now():
    assert (TOP / "docs/作者手册.md").read_text("utf-8") == handbook.page(), "make docs"


def test_every_example_shows_something():
    silent = {"attachment", "bibliography", "chart_style", "page_break"}
    shown = {
        name: handbook.shown(entry.example)
        for name, entry in handbook.WORDS.items()
        if entry.example
    }
    assert {name for name, text in shown.items() if text == "（没有显示）"} == silent


def test_help_in_lab_is_chinese_with_an_example():
    program = (
        "from zhibi.notebook import handbook; handbook.speak_chinese();"
        "import zhibi; print(zhibi.count.__doc__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8"
    )
    assert re.match("数有多少行", done.stdout)
    assert "例：count(" in done.stdout
