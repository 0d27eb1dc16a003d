"""Where the count ends a line: as programs do that hang one closing mark in the margin."""

from __future__ import annotations

import pytest

from gongwen.writer.layout.page import text_area
from gongwen.writer.layout.text_metrics import line_starts

FULL = "国" * 28


@pytest.fixture
def starts(classic):
    """Where each line of a text begins in the body style, without its indent."""
    room = text_area(classic)[0]
    return lambda text: line_starts(text, classic.styles.body, room)


@pytest.mark.parametrize("mark", "，。、；：？！")
def test_a_mark_after_a_full_line_hangs(starts, mark):
    assert starts(f"{FULL}{mark}国国") == [0, 29]
    assert starts(f"{FULL}{mark}") == [0]


@pytest.mark.parametrize("mark", "”）》〕％")
def test_a_closing_bracket_takes_the_last_character_along(starts, mark):
    assert starts(f"{FULL}{mark}国国") == [0, 27]


def test_of_two_marks_neither_hangs(starts):
    assert starts(f"{FULL}。”国") == [0, 27]
    assert starts(f"{FULL}），国") == [0, 27]
    assert starts(f"{FULL[1:]}），国") == [0, 29]


def test_an_opening_quote_after_a_hanging_mark_begins_the_next_line(starts):
    assert starts(f"{FULL}，“国") == [0, 29]


def test_a_dash_and_an_ellipsis_stay_whole(starts):
    assert starts(f"{FULL[1:]}——国") == [0, 27]
    assert starts(f"{FULL}——国") == [0, 28]
    assert starts(f"{FULL[1:]}……国") == [0, 26]


def test_a_mark_hangs_on_each_line_of_a_paragraph(starts):
    assert starts(f"{FULL}，{FULL}。{FULL}；国") == [0, 29, 58, 87]
