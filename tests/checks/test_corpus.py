"""The marked corpus: no false alarm of level 错误, and the published table is what the checker does today."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
sys.path.append(str(TOP / "benchmarks"))

import corpus  # noqa: E402  (a script, not a package)


@pytest.fixture(scope="module")
def every():
    return list(corpus.samples())


def test_the_corpus_is_large_enough_and_a_third_is_held_out(every):
    assert len(every) >= 60
    assert sum(sample.held for sample in every) * 4 >= len(every)
    assert len({sample.name for sample in every}) == len(every)
    assert [sample.name for sample in every if not 120 <= len(sample.text) <= 700] == []


def test_nothing_right_is_called_an_error(every):
    assert corpus.scored(iter(every)).false_errors == []


def test_the_published_table_is_current():
    page = (TOP / "benchmarks/README.md").read_text("utf-8")
    told = page.partition(corpus.OPENING)[2].partition(corpus.CLOSING)[0]

    assert told == corpus.published(), "python benchmarks/corpus.py --publish"
