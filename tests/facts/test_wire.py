"""carried(blocks, facts) writes to JSON text and reads back; refused(data) is why something cannot be read."""

import copy
import json
import pickle
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.document import (
    Byline,
    Cell,
    Figure,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Reference,
    Table,
    Text,
    Title,
    Todo,
    Verbatim,
)
from gongwen.document.codec import dump, load
from gongwen.errors import UnreadableOutput
from gongwen.facts.value import Cited, Derived, Fact, Read, Rows


def carried(blocks, facts=()):
    return load(json.loads(json.dumps(dump(blocks, facts), allow_nan=False)))


def refused(data):
    with pytest.raises(UnreadableOutput) as caught:
        load(data)
    return str(caught.value)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
units = st.sampled_from(["", "名", "%", "个百分点", "kW·h", "元/m²"])
inlines = st.one_of(
    st.builds(Text, words, st.booleans(), st.booleans(), st.booleans(), st.booleans(), words),
    st.builds(Reference, words),
)
lines = st.lists(inlines, max_size=3).map(tuple)
spans = st.integers(0, 3)
cells = st.builds(Cell, lines, st.booleans(), spans, spans)
grids = st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3).map(tuple)
millimetres = st.floats(1, 156)
blocks = st.one_of(
    st.builds(Title, st.lists(lines, max_size=2).map(tuple)),
    st.builds(Byline, lines, st.none() | st.dates()),
    st.builds(Heading, st.integers(1, 4), lines, st.booleans()),
    st.builds(Paragraph, lines, st.booleans()),
    st.builds(Items, st.booleans(), st.lists(st.tuples(spans, lines), max_size=3).map(tuple)),
    st.builds(
        Table, grids, grids, words, words, words, words, words, st.sampled_from(["表", "附表"])
    ),
    st.builds(
        Figure,
        st.binary(max_size=20),
        millimetres,
        millimetres,
        words,
        words,
        words,
        words,
        words,
        facts=st.lists(words, max_size=2).map(tuple),
    ),
    st.builds(Verbatim, words),
    st.builds(Todo, words),
    st.just(PageBreak()),
)
row_groups = st.builds(
    Rows, words, words, st.lists(st.integers(1, 30), max_size=10).map(tuple), words
)
values = st.one_of(
    st.none(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), words, st.dates()
)
sources = st.one_of(
    st.builds(Read, words, st.lists(row_groups, max_size=2).map(tuple)),
    st.builds(Cited, words.filter(str.strip), words, st.booleans()),
)


def with_origin(origins):
    return st.builds(
        Fact,
        words,
        values,
        origins,
        units,
        st.none() | st.dates(),
        st.none() | st.integers(0, 4),
        st.lists(row_groups, max_size=2).map(tuple),
    )


facts = st.recursive(
    with_origin(sources),
    lambda parents: with_origin(
        st.builds(Derived, words, st.lists(parents, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@given(st.lists(blocks, max_size=4), st.lists(facts, max_size=3))
def test_what_is_written_is_read_back_equal(given_blocks, given_facts):
    read, known = carried(given_blocks, given_facts)
    assert read == tuple(given_blocks)
    for fact in given_facts:
        assert repr(known[fact.id]) == repr(fact)


def test_parents_travel_with_their_child():
    parent = Fact("a", 1, Read("计数", (Rows("f", "s", (2,)),)))
    _, known = carried([], {"any": Fact("b", 2, Derived("a × 2", (parent,)))})
    assert [fact.label for fact in known.values()] == ["a", "b"]


def test_kinds_of_values_stay_apart():
    for value in (5, Decimal(5), Decimal("5.0"), "5", date(2026, 1, 5), None):
        fact = Fact("x", value, Cited("s", "a", verified=True))
        _, known = carried([], [fact])
        assert repr(known[fact.id].value) == repr(value)


def test_another_version_is_refused():
    assert "版本是 2" in refused({"version": 2, "blocks": [], "facts": {}})
    assert "请重新运行" in refused({})
    assert "版本" in refused([])


@pytest.mark.parametrize(
    "data",
    [
        {"blocks": [{"is": "Script"}], "facts": {}},
        {"blocks": [{"is": "Text", "onclick": "x"}], "facts": {}},
        {"blocks": [{"is": "Figure", "png": {"base64": "?"}}], "facts": {}},
        {"blocks": []},
        {"blocks": 5, "facts": {}},
    ],
)
def test_damaged_blocks_are_refused(data):
    assert "被改动过" in refused({"version": 1, **data})


def test_a_fact_changed_by_hand_is_refused():
    fact = Fact("党员总数", 598, Read("计数", (Rows("f", "s", (2,)),)))
    data = dump([], [fact]).copy()
    data["facts"][fact.id]["value"]["int"] = "600"
    assert "“党员总数”与它的编号" in refused(data)


def test_a_fact_computed_from_itself_is_refused():
    child = dump([], [Fact("a", 1, Derived("x", ()))]).copy()
    (key,) = child["facts"]
    child["facts"][key]["origin"]["parents"] = [key]
    assert "由它自己算出" in refused(child)


def test_in_the_same_process_what_was_dumped_is_taken_as_it_was():
    fact = Fact("数", 1, Read("计数", (Rows("a.xlsx", "表", (2,)),)))
    blocks = (Paragraph((Text("1", fact=fact.id),)),)

    back, facts = load(dump(blocks, [fact]))

    assert back[0] is blocks[0]
    assert facts[fact.id] is fact


def test_a_copy_of_what_was_dumped_is_read_like_any_other():
    dumped = dump((Paragraph((Text("甲"),)),), ())
    for other in (
        copy.deepcopy(dumped),
        pickle.loads(pickle.dumps(dumped)),
        dumped.copy(),
        json.loads(json.dumps(dumped)),
    ):
        assert type(other) is dict
        other["blocks"][0]["line"][0]["text"] = "乙"
        assert load(other)[0] == (Paragraph((Text("乙"),)),)
    assert load(dumped)[0] == (Paragraph((Text("甲"),)),)
