"""number(value) is a measured fact; told(fact) is what it prints and how it was computed."""

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.errors import BadFact
from gongwen.facts.arithmetic import (
    add,
    change,
    points,
    rank,
    ranks,
    ratio,
    sealed,
    share,
    subtract,
    tally,
)
from gongwen.facts.value import Fact, Read, Rows


def number(value, unit="名", label="数", row=2, places=None):
    gaps = () if value is not None else (Rows("县.xlsx", "表", (row,), "列"),)
    return Fact(
        label, value, Read("取值", (Rows("县.xlsx", "表", (row,), "列"),)), unit, None, places, gaps
    )


def told(fact):
    return str(fact), fact.origin.operation


def test_a_sum_names_its_parts():
    assert told(add(number(3, label="男"), number(4, label="女"), label="合计")) == (
        "7名",
        "男 ＋ 女",
    )


def test_facts_add_and_subtract_with_signs():
    assert str(number(3) + number(4)) == "7名"
    assert str(number(3) - number(4)) == "-1名"


def test_a_long_chain_of_plus_is_one_flat_sum():
    facts = [number(1, label=f"支部{row}", row=row) for row in range(2, 2002)]
    fact = sum(facts)
    assert (fact.value, fact.label, len(fact.origin.parents)) == (2000, "支部2等2000项合计", 2000)
    assert len(fact.id) == 12


def test_only_sum_may_begin_with_a_plain_zero():
    assert str(sum([number(3), number(4)])) == "7名"
    for summed in (
        lambda: number(3) + 12,
        lambda: 12 + number(3),
        lambda: number(3) - 12,
        lambda: 12 - number(3),
        lambda: number(3) - Decimal("1.5"),
        lambda: number(3) + "名",
        lambda: "共" + number(3),
        lambda: number(3) + None,
    ):
        with pytest.raises(BadFact, match=r"指标“数”：指标只能与指标相加减，.*不是指标，没有出处"):
            summed()


def test_facts_are_multiplied_and_divided_by_operations_with_names():
    for computed in (lambda: number(3) * 2, lambda: 2 / number(3), lambda: number(3) / number(4)):
        with pytest.raises(BadFact, match="占比用 share，比值用 ratio"):
            computed()


def test_values_that_would_not_travel_are_refused():
    for value in (True, 1.5, pd.Timestamp("2026-01-05"), np.int64(5), ["甲"]):
        with pytest.raises(TypeError, match="只能是 int、Decimal、str、date 或 None"):
            number(value)


def test_one_missing_part_makes_the_result_missing_and_hands_its_gap_on():
    gap = Rows("县.xlsx", "表", (9,), "列")
    for fact in (
        add(number(3), number(None, row=9), label="x"),
        share(number(None, row=9), number(5)),
        change(number(5), number(None, row=9)),
        subtract(number(None, row=9), number(1)),
        ratio(number(1), number(None, row=9)),
        rank(number(1), [number(None, row=9)]),
    ):
        assert fact.missing
        assert fact.gaps == (gap,)
        assert str(fact) == "未填报"


def test_unlike_units_do_not_add():
    with pytest.raises(BadFact, match=r"单位不一致.*男（名）、企业（家）"):
        add(number(3, label="男"), number(4, "家", label="企业"), label="x")
    with pytest.raises(BadFact, match="单位不一致"):
        change(number(3), number(4, "家"))


def test_text_does_not_add():
    with pytest.raises(BadFact, match="是文字或日期"):
        add(number("甲"), number(4), label="x")


def test_a_share_is_told_to_one_place_and_can_be_redone_by_hand():
    assert told(share(number(1, label="女"), number(3, label="党员"))) == (
        "33.3%",
        "女 ÷ 党员 × 100",
    )


def test_a_share_of_nearly_all_is_not_all():
    assert str(share(number(2499), number(2500))) == "99.96%"
    assert str(share(number(2500), number(2500))) == "100%"


def test_a_part_greater_than_the_whole_is_no_share():
    with pytest.raises(BadFact, match="不是它的一部分"):
        share(number(4), number(3))
    assert str(ratio(number(4), number(3), unit="%")) == "133.3%"


def test_nothing_is_divided_by_zero():
    assert told(share(number(0, label="a"), number(0, label="b"))) == (
        "未填报",
        "a ÷ b × 100（基数为0，不计算）",
    )
    assert told(change(number(5, label="a"), number(0, label="b")))[1].endswith(
        "（基数为0，不计算）"
    )
    assert told(ratio(number(5), number(0)))[0] == "未填报"


def test_growth_from_a_negative_base_is_not_computed():
    assert told(change(number(5), number(-2)))[1].endswith("（基数为负，不计算）")


def test_growth_and_points():
    assert told(change(number(110, label="今年"), number(100, label="去年"))) == (
        "10.0%",
        "（今年 － 去年） ÷ 去年 × 100",
    )
    assert str(points(number(Decimal("52.3"), "%"), number(Decimal("50.2"), "%"))) == "2.1个百分点"
    assert subtract(number(Decimal(2), "%"), number(Decimal(1), "%")).unit == "个百分点"
    with pytest.raises(BadFact, match="百分点只用于两个百分数"):
        points(number(5), number(4))


def test_a_ratio_carries_its_own_unit():
    assert told(ratio(number(10, "名"), number(4, "个"), unit="名/个"))[0] == "2.5名/个"


def test_the_first_of_three_and_the_tied():
    among = [number(9, row=2), number(7, row=3), number(7, row=4)]
    assert told(rank(among[0], among)) == ("1位", "3个中从高到低排序")
    assert told(rank(among[1], among)) == ("2位", "3个中从高到低排序，与另外1个并列")
    assert told(rank(among[0], among, best="low"))[0] == "3位"


def test_a_fact_need_not_be_among_its_rivals_and_is_not_its_own_rival_under_another_label():
    assert told(rank(number(8, row=9), [number(9, row=2), number(7, row=3)])) == (
        "2位",
        "3个中从高到低排序",
    )
    assert told(rank(number(9, label="本支部"), [number(9), number(7, row=3)])) == (
        "1位",
        "2个中从高到低排序",
    )


def test_what_holds_is_tallied():
    facts = [
        number("是", row=2),
        number("否", row=3),
        number("达标", row=4),
        number(5, row=5),
        number(0, row=6),
    ]
    assert str(tally(facts, "符合")) == "3个"
    assert str(tally([], "符合")) == "0个"
    assert str(tally([number(1), number(None, row=3)], "符合", blanks="skip")) == "1个"
    assert tally([number(1), number(None, row=3)], "符合").missing
    assert tally([number(None)], "符合", blanks="skip").missing
    assert (
        str(tally([number(5), number(2, row=3)], "多", holds=lambda fact: fact.value > 3)) == "1个"
    )


def test_an_unknown_word_is_not_tallied():
    with pytest.raises(BadFact, match="不知道算不算符合"):
        tally([number("大概")], "x")


def test_facts_do_not_compare_with_plain_numbers():
    with pytest.raises(TypeError, match=r"\.value"):
        assert number(5) == 5
    with pytest.raises(TypeError):
        assert number(5) > 3
    assert number(5) == number(5)
    assert number(5) != number(6)
    assert number(5) != "5"


@pytest.mark.parametrize("value", [5, 0, None])
def test_a_fact_is_no_condition_so_that_0_and_missing_are_never_dropped_by_accident(value):
    with pytest.raises(TypeError, match=r"\.missing"):
        bool(number(value))


def test_dates_and_text_print_without_a_unit():
    assert str(number(date(2026, 1, 5), "日")) == "2026年1月5日"
    assert str(number("甲\n乙。\n丙", "名")) == "甲；乙。丙"


whole_numbers = st.integers(0, 10**7)


@given(st.lists(whole_numbers, min_size=1, max_size=8))
def test_the_parts_add_up_to_the_total(values):
    parts = [number(value, row=row) for row, value in enumerate(values, 2)]
    assert add(*parts, label="x").value == sum(values)


@given(whole_numbers, whole_numbers)
def test_a_share_lies_between_0_and_100_and_is_100_only_for_all(part, rest):
    fact = share(number(part), number(part + rest))
    if part + rest:
        assert 0 <= fact.value <= 100
        assert (str(fact) == "100%") == (rest == 0)
        assert (str(fact) == "0%") == (part == 0)
    else:
        assert fact.missing


@given(whole_numbers, whole_numbers)
def test_what_is_added_can_be_taken_away(one, other):
    assert ((number(one) + number(other)) - number(other)).value == one


@given(st.lists(whole_numbers, min_size=1, max_size=8))
def test_ranks_start_at_one_and_the_best_value_has_it(values):
    facts = [number(value, row=row) for row, value in enumerate(values, 2)]
    places = [rank(fact, facts).value for fact in facts]
    assert min(places) == 1
    assert max(places) <= len(values)
    assert places[values.index(max(values))] == 1


@given(st.lists(st.none() | st.integers(0, 4), min_size=1, max_size=8))
def test_the_places_of_many_at_once_are_those_of_each(values):
    facts = {str(row): number(value, row=row) for row, value in enumerate(values, 2)}
    labels = {key: f"{key}排名" for key in facts}
    each = {
        key: rank(fact, facts.values(), labels[key], sealed_as="全部")
        for key, fact in facts.items()
    }

    assert ranks(facts, labels, "全部") == each
    assert ranks(facts, labels, sealed(facts.values(), "全部")) == each


@pytest.mark.parametrize(
    "unit",
    [
        "598名",
        "五百九十八名",
        "三名",
        "十名",
        "½名",
        "名，",
        "名（含预备党员）",
        "①",
        "名 ",
        "名党员和入党积极分子合计",
    ],
)
def test_a_number_or_a_phrase_is_no_unit(unit):
    with pytest.raises(BadFact, match=r"单位“[^”]*”(含有“.”|超过8个字)"):
        number(598, unit)


@pytest.mark.parametrize(
    "unit",
    [
        "",
        "名",
        "万元",
        "千万元",
        "十亿元",
        "个百分点",
        "kW·h",
        "m²",
        "m³",
        "%",
        "‰",
        "人次",
        "元/人",
        "吨/百人",
        "℃",
        "千克",
    ],
)
def test_units_of_every_kind_are_silent(unit):
    assert str(number(598, unit)) == f"598{unit}"
