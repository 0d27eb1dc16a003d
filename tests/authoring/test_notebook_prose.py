"""The shipped notebooks are Chinese with names in it: measured, not promised."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
import prose

TOP = Path(__file__).resolve().parents[2]
REWRITTEN = (
    "annual_review", "annual_rollup", "case_compilation", "experience_exchange", "research_report", "theory_article",
)  # fmt: skip


@pytest.mark.parametrize("name", REWRITTEN)
def test_the_prose_of_a_notebook_is_chinese_with_names_in_it(name):
    found = prose.measure(TOP / f"notebooks/{name}.ipynb")

    assert found.tag_share <= prose.MOST_TAGS
    assert found.syntax_share <= prose.MOST_SYNTAX
    assert found.longest <= prose.LONGEST_LINE
    assert found.simple_share >= prose.LEAST_SIMPLE
    assert (found.tests, found.values) == (0, 0)


def test_the_table_names_every_notebook(capsys):
    assert prose.main() == 0
    table = capsys.readouterr().out
    names = [path.stem for path in (TOP / "notebooks").glob("*.ipynb")]
    assert [name for name in names if name not in table] == []
