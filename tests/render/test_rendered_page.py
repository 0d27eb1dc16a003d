"""The rendered page against GB/T 9704-2012, in millimetres (LibreOffice; docs/notes/grid.md, page-number.md)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from measured import MARKS
from office import dash_centre, unprintable

from gongwen import profile
from gongwen.document import plain
from gongwen.writer.layout.page import text_area
from gongwen.writer.layout.text_metrics import line_starts

pytestmark = pytest.mark.render

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0  # the text area: 156 × 225 mm
HALF_LEADING = 2.4  # 28.95 pt of line for a 16 pt glyph: what stays white above the first and below the last line


def text_rows(page):
    return [row for row in page.rows() if row[0].top < BOTTOM]


def number(page):
    return next(row for row in page.rows() if row[0].top > BOTTOM)


def near(value, wanted, tolerance=0.3):
    return value == pytest.approx(wanted, abs=tolerance)


@pytest.mark.parametrize("page", [1, 2])
def test_a_full_page_holds_22_lines_of_28_characters(rendered, page):
    rows = text_rows(rendered["full"][page])
    assert [len(row) for row in rows] == [28] * 22


def test_a_paragraph_starts_two_characters_in(rendered):
    first, second = text_rows(rendered["full"][0])[:2]
    assert (len(first), len(second)) == (26, 28)
    assert near(first[0].left - second[0].left, 2 * 15.75 * 25.4 / 72)


def test_the_text_fills_the_text_area_from_margin_to_margin(rendered):
    rows = text_rows(rendered["full"][1])
    assert near(min(row[0].left for row in rows), LEFT)
    assert near(max(row[-1].right for row in rows), RIGHT, 0.5)
    assert near(rows[0][0].top, TOP + HALF_LEADING, 0.5)
    assert near(rows[-1][0].bottom, BOTTOM - HALF_LEADING, 0.5)


def test_lines_stand_28_95_points_apart(rendered):
    rows = text_rows(rendered["full"][1])
    pitch = (rows[-1][0].bottom - rows[0][0].bottom) / 21 * 72 / 25.4
    assert near(pitch, 28.95, 0.02)


def test_page_numbers_stand_outside_one_character_in(rendered):
    odd, even = number(rendered["full"][0]), number(rendered["full"][1])
    assert ["".join(glyph.text for glyph in row) for row in (odd, even)] == ["— 1 —", "— 2 —"]
    one_character = 14 * 25.4 / 72
    assert near(odd[-1].right, RIGHT - one_character)
    assert near(even[0].left, LEFT + one_character)
    assert {(glyph.font, glyph.size_pt) for glyph in odd + even} == {("BousungEG-Light-GB", 14)}


@pytest.mark.parametrize("page", [1, 2])
def test_the_dash_of_the_page_number_is_7_mm_below_the_text(pdfs, page):
    assert near(dash_centre(pdfs["full"], page, BOTTOM), BOTTOM + 7, 1.0)


@pytest.mark.parametrize(
    ("starts", "font", "size"),
    [
        ("关于示例县", "FandolSong-Bold", 22),
        ("示例县课题组", "FandolKai-Regular", 16),
        ("一、基本情况", "FandolHei-Regular", 16),
        ("（一）组织体系", "FandolKai-Regular", 16),
        ("支部设置", "FandolFang-Regular", 16),
        ("流动党员", "FandolFang-Regular", 16),
        ("“双报到”", "FandolFang-Regular", 16),
        ("引文", "FandolKai-Regular", 16),
        ("甲表", "FandolHei-Regular", 14),
    ],
)
def test_each_role_has_its_face_and_size(rendered, starts, font, size):
    row = next(
        row
        for page in rendered["ladder"]
        for row in page.rows()
        if starts in "".join(g.text for g in row)
    )
    at = "".join(glyph.text for glyph in row).index(starts)
    assert {(glyph.font, glyph.size_pt) for glyph in row[at : at + len(starts)]} == {(font, size)}


def test_digits_are_latin_and_chinese_punctuation_is_chinese(rendered):
    glyphs = [glyph for page in rendered["ladder"] for glyph in page.glyphs if glyph.size_pt == 16]
    assert {glyph.font for glyph in glyphs if glyph.text in "0123456789%."} == {"LiberationSerif"}
    assert {glyph.font for glyph in glyphs if glyph.text in "“”—…，。（）"} <= {
        "FandolFang-Regular",
        "FandolKai-Regular",
    }


def test_title_and_byline_are_centred(rendered):
    rows = text_rows(rendered["ladder"][0])[:4]
    assert all(near((row[0].left + row[-1].right) / 2, (LEFT + RIGHT) / 2, 0.6) for row in rows)


def test_numbers_of_headings_and_lists_are_as_written(rendered):
    lines = [line for page in rendered["ladder"] for line in page.lines()]
    wanted = ["一、基本情况", "（一）组织体系", "1.支部设置", "（1）流动党员", "附录", "二、存在问题", "（一）能力不足",
              "1.甲项", "（1）乙项", "2.丙项", "1.丁项", "●戊项", "○己项"]  # fmt: skip
    assert [line for line in lines if line in wanted] == wanted


def test_captions_are_counted_by_series_and_mentioned_by_number(rendered):
    lines = [line for page in rendered["ladder"] for line in page.lines()]
    assert {"表1　甲表", "附表1　乙表"} <= set(lines)
    assert any("见表1和附表1——" in line for line in lines)


def test_nothing_of_a_page_break_is_left_at_the_head_of_the_new_page(rendered):
    assert rendered["ladder"][2].lines()[0] == "表1　甲表"


def test_comments_leave_the_page_as_it_is(rendered):
    assert [page.lines() for page in rendered["reviewed"]] == [
        page.lines() for page in rendered["ladder"]
    ]


@pytest.mark.parametrize("name", ["full", "ladder", "long_table", "figures"])
def test_every_character_has_a_glyph_in_the_font_asked_for(rendered, name):
    assert unprintable(rendered[name]) == set()


def test_no_closing_mark_is_lost_at_the_end_of_a_line(rendered):
    printed = "".join(glyph.text for sheet in rendered["marks"] for glyph in sheet.glyphs)

    assert {mark: printed.count(mark) for mark in "，、。；："} == dict.fromkeys("，、。；：", 16)


def test_every_line_begins_with_the_character_that_the_count_says(rendered):
    classic = profile.load("classic", [profile.packaged_templates()])
    style, room = classic.styles.body, text_area(classic)[0]
    indent = style.first_line_chars * style.char_twips
    counted = []
    for block in MARKS.blocks:
        text = plain(block.line)
        starts = line_starts(text, style, room, indent)
        counted += [text[at:end] for at, end in pairwise([*starts, len(text)])]
    printed = [line for sheet in rendered["marks"] for line in sheet.lines() if "—" not in line]
    assert printed == counted
