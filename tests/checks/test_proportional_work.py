"""Ten times as long a text takes some ten times as long to read and check, whatever it is made of.

Sizes of ten and a hundred thousand characters: `python tests/checks/long_texts.py`; here a part of them.
"""

from __future__ import annotations

import long_texts
import pytest

SHORT, LONG, MOST = 3_000, 30_000, 40  # a quadratic rule takes a hundred times as long


@pytest.mark.parametrize("piece", long_texts.PIECES)
def test_a_long_paragraph_of_one_piece_takes_time_in_proportion(piece: str) -> None:
    _, times = long_texts.growth("甲.md", piece, SHORT, LONG)
    assert times < MOST
