"""How cells cover the grid, and what width each column gets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongwen.document import Cell, Text
from gongwen.writer.tables.columns import divided, held
from gongwen.writer.tables.slots import slots, width_of
from gongwen.writer.tables.tables import aligned

ROOM = 8845


def cell(text: str = "", columns: int = 1, rows: int = 1) -> Cell:
    return Cell((Text(text),), columns=columns, rows=rows)


def covered(*rows) -> list[list[tuple[str, int]]]:
    """Each row as (text, columns) with ^ for a place covered from above."""
    return [
        [
            ("^" if slot.cell is None else "".join(t.text for t in slot.cell.line), slot.columns)
            for slot in row
        ]
        for row in slots(rows, width_of(rows))
    ]


def shares(*rows: tuple[str, ...]) -> list[int]:
    grid = [tuple(cell(text) for text in row) for row in rows]
    columns = width_of(grid)
    return divided(held(slots(grid, columns), columns), ROOM, 120, 136)


def test_spans_cover_columns_and_rows():
    assert covered((cell("甲", rows=2), cell("乙", columns=2)), (cell("丙"), cell("丁"))) == [
        [("甲", 1), ("乙", 2)],
        [("^", 1), ("丙", 1), ("丁", 1)],
    ]


def test_covered_cells_may_be_written_out_or_left_out():
    written = covered((cell("甲", rows=2), cell("乙")), (cell("", rows=0), cell("丙")))
    assert written == covered((cell("甲", rows=2), cell("乙")), (cell("丙"),))


def test_short_rows_are_filled_with_empty_cells():
    assert covered((cell("甲"), cell("乙")), (cell("丙"),))[1] == [("丙", 1), ("", 1)]


def test_a_span_ends_with_its_table():
    assert covered((cell("甲", rows=9), cell("乙"))) == [[("甲", 1), ("乙", 1)]]


def test_equal_columns_share_the_room_equally():
    assert len(set(shares(("甲乙", "丙丁"), ("甲乙", "丙丁")))) <= 2


def test_a_column_of_prose_gets_more_than_a_column_of_numbers():
    number, prose = shares(("1", "党支部书记带头讲党课"), ("12", "党员大会每季度召开一次"))
    assert prose > 2 * number


def test_a_long_number_is_not_broken_by_a_neighbour_of_prose():
    number, _ = shares(("1,234,567.89", "很长的说明文字" * 40))
    assert number >= 12 * 120 + 136


def lines(widths: list[int], *rows: tuple[str, ...]) -> list[int]:
    """How many lines each row of Chinese characters is high in columns of these widths."""
    return [
        max(
            -(-len(text) // int((width - 136) // 240))
            for text, width in zip(row, widths, strict=True)
        )
        for row in rows
    ]


def test_names_stay_on_one_line_where_prose_must_break_anyway():
    rows = [("城投集团停车管理党支部", "2026-01-05", "第一党小组" + "讨论用工对接中的难点" * 3)] * 5
    found = shares(*rows)
    assert lines(found[:1], *[row[:1] for row in rows]) == [1] * 5


def test_a_head_breaks_before_its_bracket_for_the_rows_below_it():
    head = ("日期", "类型", "主题", "应到（人）", "实到（人）")
    rows = [("2026-01-05", "党小组会", "通报民主评议结果部署用工对接", "24", "21")] * 6
    found = shares(head, *rows)
    assert lines(found[2:3], *[row[2:3] for row in rows]) == [1] * 6
    assert 3 * 240 + 136 <= found[3] < 5 * 240 + 136


def test_a_head_stays_on_one_line_where_there_is_room():
    found = shares(("类型", "应到（人）"), ("党小组会", "24"))
    assert found[1] >= 5 * 240 + 136


@given(
    st.lists(
        st.lists(st.text(max_size=60), min_size=1, max_size=12).map(tuple), min_size=1, max_size=5
    )
)
def test_widths_are_positive_and_fill_the_room(rows):
    found = shares(*rows)
    assert sum(found) == ROOM
    assert min(found) > 0


def sides(*rows: tuple[Cell, ...]) -> list[list[bool]]:
    """Whether each cell stands at the right, as a number does."""
    return [[slot.cell.numeric for slot in row] for row in aligned(slots(rows, width_of(rows)))]


def figure(text: str) -> Cell:
    return Cell((Text(text),), numeric=True)


def test_what_stands_for_a_number_is_set_like_one():
    assert (
        sides((cell("甲"), figure("12")), (cell("乙"), cell("未填报")), (cell("丙"), cell("—")))
        == [[False, True]] * 3
    )


def test_a_date_among_numbers_stands_right_and_one_among_words_left():
    assert sides((figure("12"), cell("甲")), (cell("2029-08-18"), cell("2026-08-18"))) == [
        [True, False],
        [True, False],
    ]


def test_words_stay_left_also_in_a_column_with_numbers():
    assert sides((figure("12"),), (cell("按规定不需要填报"),)) == [[True], [False]]


def test_a_column_without_numbers_stays_left():
    assert sides((cell("甲"), cell("乙"))) == [[False, False]]
