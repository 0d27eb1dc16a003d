"""Every shortcut for speed names the row of the benchmark that defends it, and has one."""

from __future__ import annotations

import re
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
MEASURED = (TOP / "benchmarks/tricks.py").read_text("utf-8")
ROWS = dict(re.findall(r'^    "([a-z-]+)": \("([^"]+)"', MEASURED, re.MULTILINE))


def test_each_trick_names_its_row():
    code = "".join(path.read_text("utf-8") for path in (TOP / "lib").rglob("*.py"))
    named = re.findall(r"\btrick\s+(?:# )?`([a-z-]+)`", code)

    assert sorted(named) == sorted(ROWS)


def test_each_row_stands_in_the_published_table():
    page = (TOP / "benchmarks/README.md").read_text("utf-8")
    table = page.partition("<!-- tricks -->")[2].partition("<!-- /tricks -->")[0]

    assert [label for label in ROWS.values() if f"| {label} |" not in table] == []
