"""Tables and pictures on the rendered page: whole, inside the text area, with their heads and captions."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.render

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0


def test_head_rows_repeat_on_every_page(rendered):
    pages = rendered["long_table"]
    assert len(pages) > 20
    heads = [
        [line for line in page.lines()[:5] if "人数" in line or "党支部" in line][:2]
        for page in pages
    ]
    assert all(any("人数" in line for line in head) for head in heads)


def test_no_row_of_a_long_table_is_lost_or_printed_twice(rendered):
    words = "\n".join(line for page in rendered["long_table"] for line in page.lines())
    assert [words.count(f"第{row}党支部") for row in range(1, 601)] == [1] * 600


def test_numbers_stand_right_and_words_left_in_their_column(rendered):
    glyphs = rendered["long_table"][1].glyphs
    percents = {round(glyph.right, 1) for glyph in glyphs if glyph.text == "%"}
    names = {round(glyph.left, 1) for glyph in glyphs if glyph.text == "第"}
    assert len(percents) == 1
    assert len(names) == 1


@pytest.mark.parametrize("name", ["long_table", "short_table", "ladder"])
def test_a_table_is_exactly_as_wide_as_the_text(rendered, name):
    rules = [rule for page in rendered[name] for rule in page.rules]
    assert min(left for left, _, _, _ in rules) == pytest.approx(LEFT, abs=0.3)
    assert max(right for _, _, right, _ in rules) == pytest.approx(RIGHT, abs=0.3)


def is_turned(page) -> bool:
    return page.width > page.height


def test_a_wide_table_stands_on_turned_pages_as_wide_as_their_text(rendered):
    pages = rendered["landscape"]
    turned = [page for page in pages if is_turned(page)]
    assert [is_turned(page) for page in pages][:2] == [False, True]
    assert not is_turned(pages[-1])
    for page in turned:
        assert min(rule[0] for rule in page.rules) == pytest.approx(35, abs=0.3)
        assert max(rule[2] for rule in page.rules) == pytest.approx(260, abs=0.3)
        assert min(glyph.top for glyph in page.glyphs if glyph.upright) >= 28
        assert max(rule[3] for rule in page.rules) <= 184


def test_a_turned_page_has_its_number_where_an_upright_one_has_it(rendered):
    numbered = 0
    for number, page in enumerate(rendered["landscape"], 1):
        lying = [glyph for glyph in page.glyphs if not glyph.upright]
        if not is_turned(page):
            assert lying == []
            continue
        numbered += 1
        assert (
            "".join(glyph.text for glyph in sorted(lying, key=lambda glyph: glyph.top))
            == f"— {number} —"
        )
        # turned back, the left of the page is the foot of the upright one, and down is to its right
        assert 297 - (lying[0].left + lying[0].right) / 2 == pytest.approx(269, abs=1)
        if number % 2:
            assert max(glyph.bottom for glyph in lying) == pytest.approx(184 - 4.94, abs=0.5)
        else:
            assert min(glyph.top for glyph in lying) == pytest.approx(28 + 4.94, abs=0.5)
    assert numbered >= 4


def test_forty_columns_are_all_printed_in_parts_that_repeat_the_names(rendered):
    text = "".join(line for page in rendered["landscape"] for line in page.lines())
    assert text.count("四十列（续）") == 2
    words = "".join(glyph.text for page in rendered["landscape"] for glyph in page.glyphs)
    assert words.count("第8党支部") >= 3


def test_a_short_table_is_not_cut_by_the_end_of_a_page(rendered):
    pages = rendered["short_table"]
    assert [sum("党支部" in line for line in page.lines()) for page in pages] == [0, 5]
    assert any("短表" in line for line in pages[1].lines())


def test_the_note_of_a_table_is_whole_on_the_page_of_its_last_rows(rendered):
    first, second = rendered["foot_note"]
    assert sum("党支部" in line for line in first.lines()) == 18
    assert [line[:3] for line in second.lines()[:4]] == ["单位名", "第19", "第20", "注：截"]


def test_footnotes_stand_at_the_foot_of_the_page_of_their_mark(rendered):
    first, *_, last = rendered["noted"]
    assert [line[:1] for line in first.lines() if "甲注" in line or line.startswith("②")] == [
        "①",
        "②",
    ]
    foot = next(glyph for glyph in last.glyphs if glyph.text == "注")
    assert foot.size_pt == pytest.approx(10.5, abs=0.1)
    assert foot.bottom == pytest.approx(BOTTOM, abs=1.5)
    assert any(line.startswith("①丙注") for line in last.lines())


def test_lists_five_deep_stay_inside_the_text_area(rendered):
    starts = [
        line[0].left for page in rendered["noted"] for line in page.rows() if line[0].text in "●○■"
    ]
    assert len(starts) == 6
    assert starts == sorted(starts)
    assert all(
        glyph.right <= RIGHT + 0.3
        for page in rendered["noted"]
        for glyph in page.glyphs
        if glyph.text == "国"
    )


@pytest.mark.parametrize("name", ["long_table", "figures", "short_table", "noted"])
def test_no_character_leaves_the_text_area(rendered, name):
    # LibreOffice hangs a full stop at the end of a line into the margin, as Word does
    stray = [
        glyph
        for page in rendered[name]
        for glyph in page.glyphs
        if glyph.text not in "，。、；："
        and not (glyph.left >= LEFT - 0.3 and glyph.right <= RIGHT + 0.3)
    ]
    assert stray == []


@pytest.mark.parametrize(
    ("picture", "width", "height"),
    [(0, 120, 60), (1, 156, 156 / (10_000 * 25.4 / 300) * 20), (2, 4, 180)],
    ids=["as large as asked", "too wide: as wide as the text", "too tall: four fifths of the text"],
)
def test_a_picture_is_whole_and_inside_the_text_area(rendered, picture, width, height):
    pictures = [image for page in rendered["figures"] for image in page.images]
    left, top, right, bottom = pictures[picture]
    assert (right - left, bottom - top) == pytest.approx((width, height), abs=0.3)
    assert left >= LEFT - 0.3
    assert right <= RIGHT + 0.3
    assert top >= TOP - 0.3
    assert bottom <= BOTTOM


def test_a_picture_that_misses_its_page_by_a_little_stays_on_it_a_little_smaller(rendered):
    first, second = rendered["nearly"]
    ((left, top, right, bottom),) = first.images
    assert 0.85 * 120 <= right - left < 120
    assert (right - left) / (bottom - top) == pytest.approx(120 / 62, rel=0.01)
    assert any("差一点的图" in line for line in first.lines())
    assert second.lines()[0] == "后文"


def test_a_picture_and_its_caption_are_on_one_page(rendered):
    captions = [
        [line for line in page.lines() if line.startswith("图") and "　" in line]
        for page in rendered["figures"]
    ]
    assert [len(lines) for lines in captions] == [len(page.images) for page in rendered["figures"]]
    assert [line for lines in captions for line in lines] == [
        "图1　合适的图",
        "图2　过宽的图",
        "图3　过高的图",
    ]


def test_a_picture_lies_between_the_text_before_it_and_its_caption(rendered):
    page = rendered["figures"][0]
    _, top, _, bottom = page.images[0]
    before = next(glyph for glyph in page.glyphs if glyph.text == "正")
    caption = next(glyph for glyph in page.glyphs if glyph.text == "合")
    assert before.bottom <= top
    assert bottom <= caption.top + 0.3


def test_illegal_and_rare_characters_leave_their_neighbours_alone(rendered):
    lines = rendered["wild"][0].lines()
    assert any(line.startswith("控制字符与换页，表情") for line in lines)


def test_a_merged_cell_is_not_cut_by_the_end_of_a_page(rendered):
    pages = [[line for line in page.lines() if "之" in line] for page in rendered["groups"]]
    assert len(pages) > 1
    assert all("之1" in lines[0] and "之4" in lines[-1] for lines in pages)
