"""Many row numbers are kept as runs: the same numbers, the same form, and never counted through."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.document.codec import dump, load
from gongwen.facts.arithmetic import sealed
from gongwen.facts.row_runs import MANY, Runs, from_text, kept, runs_of, text_of
from gongwen.facts.value import Fact, Read, Rows

numbers_in_runs = st.lists(
    st.tuples(st.integers(1, 5000), st.integers(1, 700)).map(
        lambda one: range(one[0], one[0] + one[1])
    ),
    max_size=12,
).map(lambda runs: tuple(number for run in runs for number in run))


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((), ""),
        ((2,), "2"),
        ((2, 3, 4, 9), "2-4,9"),
        ((5, 3, 4), "5,3-4"),
        ((2, 2), "2,2"),
        (range(2, 602), "2-601"),
        (kept(range(2, 9000)), "2-8999"),
    ],
)
def test_neighbours_are_joined_in_the_order_given(numbers, text):
    assert text_of(numbers) == text
    assert tuple(from_text(text)) == tuple(numbers)


@given(numbers_in_runs)
def test_kept_numbers_are_the_same_numbers(numbers):
    found = kept(numbers)

    assert (tuple(found), len(found), bool(found)) == (numbers, len(numbers), bool(numbers))
    assert text_of(found) == text_of(numbers)
    assert runs_of(found) == runs_of(numbers)
    if numbers:
        assert (found[0], found[-1], found[3:7]) == (numbers[0], numbers[-1], numbers[3:7])
        assert (numbers[-1] in found, 99_999 in found) == (True, False)


@given(numbers_in_runs)
def test_equal_numbers_have_one_form_however_they_came(numbers):
    forms = (kept(numbers), kept(kept(numbers)), from_text(text_of(numbers)))

    assert len(set(forms)) == 1
    assert len({repr(form) for form in forms}) == 1


def test_few_numbers_and_scattered_ones_stay_a_tuple():
    assert type(kept(range(MANY))) is tuple
    assert type(kept(range(0, 3 * MANY, 2))) is tuple
    assert type(kept(range(MANY + 1))) is Runs


@pytest.mark.parametrize(
    "text", ["a", "2-", "-2", "2,,3", "9-5", "2、3", "2-9999999999", " 2", "２"]
)
def test_a_text_that_was_not_written_so_is_refused(text):
    with pytest.raises(ValueError, match="行号"):
        from_text(text)


def test_a_fact_on_a_million_rows_is_carried_without_counting_through_them():
    # a thousand million numbers one by one would not fit
    few = Fact(
        "得分", 5, Read("求和", (Rows("a.xlsx", "考核得分", tuple(range(2, 2002)), "得分"),)), "分"
    )
    many = replace(
        few, origin=Read("求和", (Rows("a.xlsx", "考核得分", from_text("2-999999999"), "得分"),))
    )

    _, known = load(dump((), {"x": many}))

    (back,) = known.values()
    assert (back.id, hash(back.origin), len(back.origin.cells[0].rows)) == (
        many.id,
        hash(many.origin),
        999_999_998,
    )
    assert few.id != many.id


def test_what_is_sealed_rests_on_runs():
    facts = [
        Fact(f"得分{row}", 5, Read("取值", (Rows("a.xlsx", "考核得分", (row,), "得分"),)), "分")
        for row in (*range(2, 1500), *range(1600, 3000))
    ]

    (cells,) = sealed(facts, "得分数").cells()
    assert text_of(cells.rows) == "2-1499,1600-2999"
    assert type(cells.rows) is Runs
