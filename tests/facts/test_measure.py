"""sheet(...) is a frame as read from a workbook; told(fact) is its printed value and the rows it rests on."""

import pickle
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from gongwen.errors import BadFact, UnknownName
from gongwen.facts.row_runs import text_of
from gongwen.facts.value import Cited, Fact, Rows
from zhibi.data.figures.measure import (
    Summands,
    count,
    count_distinct,
    count_where,
    given,
    largest,
    mean,
    smallest,
    total,
)
from zhibi.data.figures.origin import AsRead
from zhibi.data.figures.picking import groups, pick, rows


def sheet(first_row=2, name="党员", **columns):
    length = len(next(iter(columns.values())))
    index = pd.MultiIndex.from_tuples(
        [("县.xlsx", name, first_row + each) for each in range(length)],
        names=["file", "sheet", "row"],
    )
    return pd.DataFrame(columns, index=index)


def told(fact):
    return str(fact), "；".join(
        f"{rows.sheet}{rows.column}:{text_of(rows.rows)}" for rows in fact.cells()
    )


def gaps(fact):
    return [f"{rows.sheet}{rows.column}:{text_of(rows.rows)}" for rows in fact.gaps]


MEMBERS = sheet(
    姓名=["甲", "乙", "丙", "丁"],
    支部=["一支部", "二支部", "一支部", None],
    年龄=pd.array([30, 41, None, 52], dtype="Int64"),
)


def test_rows_are_counted_with_their_numbers():
    assert told(count(MEMBERS, "党员总数", "名")) == ("4名", "党员:2-5")


def test_a_filter_keeps_the_rows_that_passed():
    assert told(count(MEMBERS[MEMBERS["支部"] == "一支部"], "x", "名")) == ("2名", "党员:2,4")


def test_an_empty_filter_still_knows_where_it_looked():
    fact = count(MEMBERS[MEMBERS["支部"] == "无"], "x", "名")
    assert told(fact) == ("0名", "党员:")
    assert fact.cells() == (Rows("县.xlsx", "党员", ()),)


def test_rows_survive_sorting_head_concat_and_groupby():
    assert told(count(MEMBERS.sort_values("年龄", ascending=False).head(2), "x"))[1] == "党员:5,3"
    both = pd.concat([MEMBERS, sheet(2, "流动党员", 姓名=["戊"])])
    assert told(count(both, "x", "名")) == ("5名", "党员:2-5；流动党员:2")
    assert [told(count(part, name))[1] for name, part in MEMBERS.groupby("支部")] == [
        "党员:2,4",
        "党员:3",
    ]


def test_renumbered_rows_make_no_figure():
    with pytest.raises(BadFact, match="reset_index"):
        count(MEMBERS.reset_index(drop=True), "x")
    with pytest.raises(BadFact, match="来自工作簿哪一行"):
        count(MEMBERS.merge(MEMBERS, on="姓名"), "x")


def test_a_row_that_stands_twice_is_refused_unless_meant():
    twice = pd.concat([MEMBERS, MEMBERS.head(1)])
    with pytest.raises(BadFact, match="“党员”第2行等1行出现了不止一次"):
        count(twice, "x")
    assert told(count(twice, "x", repeats="keep")) == ("5个", "党员:2-5")


def test_a_condition_is_not_a_frame():
    with pytest.raises(BadFact, match="这是一列条件"):
        count(MEMBERS["年龄"] > 40, "x")


def test_distinct_values_leave_blanks_out_and_list_them():
    fact = count_distinct(MEMBERS["支部"], "支部数")
    assert told(fact) == ("2个", "党员支部:2-4")
    assert gaps(fact) == ["党员支部:5"]


def test_a_blank_makes_a_sum_missing_and_names_the_row():
    fact = total(MEMBERS["年龄"], "年龄合计", "岁")
    assert told(fact) == ("未填报", "党员年龄:2-3,5")
    assert gaps(fact) == ["党员年龄:4"]


def test_a_blank_may_be_left_out_but_stays_listed():
    fact = total(MEMBERS["年龄"], "年龄合计", "岁", blanks="skip")
    assert told(fact) == ("123岁", "党员年龄:2-3,5")
    assert gaps(fact) == ["党员年龄:4"]


def test_the_sum_of_nothing_is_missing_unless_no_row_means_none():
    nothing = MEMBERS["年龄"].head(0)
    assert told(total(nothing, "x", "岁")) == ("未填报", "党员年龄:")
    assert told(total(nothing, "x", "岁", empty="zero")) == ("0岁", "党员年龄:")
    assert total(sheet(a=pd.array([None], dtype="Float64"))["a"], "x", "", blanks="skip").missing


@pytest.mark.parametrize(
    "column",
    [
        pd.array([0.1, 0.2], dtype="Float64"),
        np.array([0.1, 0.2]),
        pd.Series([Decimal("0.1"), Decimal("0.2")], dtype=object).to_numpy(),
        pd.array([Decimal("0.10"), Decimal("0.20")], dtype=pd.ArrowDtype(pa.decimal128(10, 2))),
        pd.array([0.1, 0.2], dtype="double[pyarrow]"),
    ],
)
def test_money_and_fractions_of_every_kind_add_up_exactly(column):
    fact = total(sheet(金额=column)["金额"], "x", "元")
    assert (str(fact), fact.value) == ("0.3元", Decimal("0.3"))


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (["一", "二"], "“数”列第2行是文字或日期（一）"),
        (pd.to_datetime(["2026-01-01", "2026-01-02"]), "是文字或日期（2026-01-01）"),
        ([True, False], "是“是否”列"),
        ([1.0, float("inf")], "不是有限的数"),
        ([1.0, 1e300], "太大"),
    ],
)
def test_what_cannot_be_added_is_refused(column, reason):
    with pytest.raises(BadFact) as caught:
        total(sheet(数=column)["数"], "x", "")
    assert reason in str(caught.value)


def test_means_are_rounded_only_when_printed():
    fact = mean(sheet(a=[1, 2, 2])["a"], "平均", "岁")
    assert str(fact) == "1.7岁"
    assert fact.value * 3 == pytest.approx(Decimal(5))


def test_extremes_name_their_own_rows():
    assert told(largest(MEMBERS["年龄"], "最大", "岁")) == ("52岁", "党员年龄:5")
    assert told(smallest(MEMBERS["年龄"], "最小", "岁")) == ("30岁", "党员年龄:2")
    assert told(largest(sheet(a=[3, 1, 3])["a"], "x", "")) == ("3", "党员a:2,4")
    assert largest(MEMBERS["年龄"].head(0), "x", "").missing


def test_one_cell_is_picked_from_a_frame_or_a_row():
    assert told(pick(MEMBERS[MEMBERS["姓名"] == "乙"], "年龄", unit="岁")) == ("41岁", "党员年龄:3")
    assert told(pick(MEMBERS.iloc[1], "姓名")) == ("乙", "党员姓名:3")
    assert pick(sheet(日=pd.to_datetime(["2026-11-30"])), "日").value == date(2026, 11, 30)
    assert str(pick(sheet(入章=pd.array([True], dtype="boolean")), "入章")) == "是"


def test_a_blank_cell_is_picked_as_missing():
    fact = pick(MEMBERS.iloc[2], "年龄")
    assert told(fact) == ("未填报", "党员年龄:4")
    assert gaps(fact) == ["党员年龄:4"]


def test_codes_keep_their_zeros():
    assert str(pick(sheet(代码=["0012"]), "代码")) == "0012"


def test_picking_needs_one_row_and_a_known_column():
    with pytest.raises(BadFact, match="筛选后有4行"):
        pick(MEMBERS, "姓名")
    with pytest.raises(UnknownName, match="是否想写“姓名”"):
        pick(MEMBERS.iloc[0], "姓名名")
    with pytest.raises(BadFact, match="来自工作簿哪一行"):
        pick(pd.Series({"姓名": "甲"}), "姓名")


def test_groups_come_in_the_order_asked_for_with_blanks_last():
    parts = groups(MEMBERS, "支部", ["三支部", "二支部"])
    assert [(name, told(count(part, str(name)))) for name, part in parts.items()] == [
        ("三支部", ("0个", "党员:")),
        ("二支部", ("1个", "党员:3")),
        ("一支部", ("2个", "党员:2,4")),
        ("未填报", ("1个", "党员:5")),
    ]


@drawn(st.lists(st.one_of(st.none(), st.sampled_from("甲乙丙丁")), min_size=1, max_size=20))
def test_the_parts_of_a_grouping_add_up_to_the_whole(column):
    frame = sheet(组=pd.Series(column, dtype=object).to_numpy())
    parts = [count(part, str(name)) for name, part in groups(frame, "组").items()]
    assert sum(part.value for part in parts) == count(frame, "全部").value
    listed = [row for part in parts for cells in part.cells() for row in cells.rows]
    assert sorted(listed) == list(range(2, 2 + len(column)))


@drawn(
    st.lists(st.one_of(st.none(), st.decimals(-(10**6), 10**6, places=2)), min_size=1, max_size=15)
)
def test_every_cell_of_a_sum_is_either_counted_or_listed_as_a_gap(column):
    series = sheet(数=pd.Series(column, dtype=object).to_numpy())["数"]
    fact = total(series, "x", "", blanks="skip")
    listed = [row for cells in (*fact.cells(), *fact.gaps) for row in cells.rows]
    assert sorted(listed) == list(range(2, 2 + len(column)))
    numbers = [number for number in column if number is not None]
    assert fact.value == (sum(numbers) if numbers else None)


def test_a_column_made_in_the_notebook_is_no_origin():
    frame = MEMBERS.copy()
    frame.attrs["zhibi.headers"] = tuple(frame.columns)
    frame["岁数之半"] = frame["年龄"] / 2
    for measured in (
        lambda: total(frame["岁数之半"], "x", "", blanks="skip"),
        lambda: pick(frame.head(1), "岁数之半"),
        lambda: pick(frame.iloc[0], "岁数之半"),
        lambda: rows(frame[["岁数之半"]]),
        lambda: count_distinct(frame[frame["年龄"] > 30]["岁数之半"], "x"),
    ):
        with pytest.raises(BadFact, match="“岁数之半”列是在笔记本里算出来的"):
            measured()
    assert told(total(frame["年龄"], "x", "岁", blanks="skip"))[0] == "123岁"
    assert told(count(frame[frame["岁数之半"] > 20], "x", "名")) == ("2名", "党员:3,5")


def test_rows_become_facts_by_column():
    first, *_, last = rows(MEMBERS, units={"年龄": "岁"})
    assert {name: str(fact) for name, fact in first.items()} == {
        "姓名": "甲",
        "支部": "一支部",
        "年龄": "30岁",
    }
    assert told(last["支部"]) == ("未填报", "党员支部:5")


def test_a_parameter_is_a_figure_with_its_name_as_source():
    year = given(2026, "年度", "年")
    assert (str(year), year.origin) == ("2026年", Cited("运行参数", "年度", verified=True))


def read_frame(rows_read=4):
    frame = sheet(
        name="单位",
        名称=[f"单位{at}" for at in range(rows_read)],
        职工=pd.array([None, *range(1, rows_read)], dtype="Int64"),
        金额=[Decimal("0.10"), *map(Decimal, range(1, rows_read))],
        日期=pd.to_datetime(["2020-01-02"] * rows_read),
        入章=pd.array([True, None] + [False] * (rows_read - 2), dtype="boolean"),
    )
    frame.attrs["zhibi.headers"] = AsRead(frame, "县.xlsx", "单位")
    return frame


def halved(frame):
    frame.loc[frame["职工"] > 1, "职工"] = 1
    return frame


@pytest.mark.parametrize(
    "measured",
    [
        lambda frame: pick(frame.fillna({"职工": 0}).head(1), "职工"),
        lambda frame: pick(frame.fillna({"职工": 0}).iloc[0], "职工"),
        lambda frame: rows(frame.fillna({"职工": 0})),
        lambda frame: total(frame["职工"].fillna(0), "x", "人"),
        lambda frame: total(halved(frame)["职工"], "x", "人", blanks="skip"),
        lambda frame: mean(frame.assign(金额=1900)["金额"], "x", "元"),
        lambda frame: largest(frame["金额"] * 2, "x", "元"),
        lambda frame: count_distinct(frame["名称"].str[:2], "x"),
        lambda frame: count_where(frame.fillna({"入章": False}), "入章", wanted=True, label="x"),
        lambda frame: total(frame["金额"].mask(frame["金额"] > 1), "x", "元", blanks="skip"),
    ],
)
def test_cells_written_over_in_the_notebook_are_no_origin(measured):
    with pytest.raises(
        BadFact, match=r"“单位”第\d行“\w+”列在工作簿里是“.*”，在笔记本里成了“.*”，查不到出处"
    ):
        measured(read_frame())


def test_the_fault_names_what_was_read_and_what_stands_there_now():
    with pytest.raises(BadFact, match="第2行“职工”列在工作簿里是“未填报”，在笔记本里成了“0”"):
        pick(read_frame().fillna({"职工": 0}).head(1), "职工")


def test_cells_as_read_are_silent_however_they_are_cut_and_typed():
    frame = read_frame()
    changed = halved(frame.copy())
    other = read_frame().rename(index={"单位": "另一表"}, level="sheet")
    other.attrs["zhibi.headers"] = AsRead(other, "县.xlsx", "另一表")
    appended = pd.concat([frame, other])
    assert "zhibi.headers" in appended.attrs
    for part, figure in (
        (frame.sort_values("金额", ascending=False).head(2), "5元"),
        (frame[frame["职工"] > 1], "5元"),
        (pd.concat([frame.iloc[2:], frame.iloc[1:2]]), "6元"),
        (dict(iter(frame.groupby("名称")))["单位3"], "3元"),
        (pickle.loads(pickle.dumps(frame)), "6.1元"),
        (frame.astype({"金额": float, "职工": "float64"}), "6.1元"),
        (changed, "6.1元"),
        (appended, "12.2元"),
        (frame.iloc[:0], "未填报"),
    ):
        assert str(total(part["金额"], "x", "元")) == figure
    assert str(total(frame["入章"].astype("Int64"), "x", "家", blanks="skip")) == "1家"
    assert str(count_distinct(frame["日期"].astype(str), "x")) == "1个"
    assert [str(each["日期"]) for each in rows(frame)] == ["2020年1月2日"] * 4
    assert pick(frame.iloc[0], "职工").missing
    assert str(count_where(frame, "入章", wanted=True, label="x", unit="家")) == "1家"


def test_a_row_that_was_not_read_is_believed():
    frame = read_frame()
    stranger = frame.rename(index={"县.xlsx": "往年.xlsx"}, level="file")
    assert str(total((stranger["金额"] * 2), "x", "元")) == "12.2元"


@pytest.mark.parametrize("unit", ["名", "万元", "%", "家"])
def test_a_figure_of_the_data_is_no_parameter(unit):
    with pytest.raises(BadFact, match="是统计数，不是运行参数；请用 count、total、pick"):
        given(598, "党员数", unit)


def test_limits_and_periods_are_parameters():
    told = [
        str(given(*each))
        for each in (
            (2026, "年度", "年"),
            (3, "季度"),
            (2, "列入名单的规则数", "项"),
            ("全县", "范围"),
        )
    ]
    assert told == ["2026年", "3", "2项", "全县"]


def test_a_citation_names_its_source():
    with pytest.raises(BadFact, match="没有写明引自哪里"):
        Fact("上限", 30, Cited(" ", "第三十条", verified=False), "名")


def test_rows_chosen_out_of_two_sheets_are_told_by_sheet():
    both = pd.concat([sheet(数=[1, 2, 1]), sheet(2, "流动党员", 数=[3, 1])])
    assert told(count_where(both, "数", 1, "x"))[1] == "党员数:2,4；流动党员数:3"
    assert told(largest(both["数"], "x", ""))[1] == "流动党员数:2"


@pytest.mark.parametrize("length", [3, 3000])
def test_a_changed_cell_is_found_among_few_rows_and_among_many(length):
    frame = sheet(数=pd.array(range(length), dtype="Int64"))
    frame.attrs["zhibi.headers"] = AsRead(frame, "县.xlsx", "党员")
    kept = frame[frame["数"] > 0]
    assert total(kept["数"], "x", "").value == sum(range(length))
    kept.iloc[-1, 0] = 7
    with pytest.raises(
        BadFact, match=f"“党员”第{length + 1}行“数”列在工作簿里是“{length - 1}”，在笔记本里成了“7”"
    ):
        total(kept["数"], "x", "")


def test_every_row_keeps_its_own_place_through_sorting_and_appending():
    both = pd.concat([MEMBERS, sheet(9, "流动党员", 姓名=["戊"])]).sort_values(
        "姓名", ascending=False
    )
    found = [(row["姓名"].value, *row["姓名"].cells()) for row in rows(both[["姓名"]])]
    assert found[:2] == [
        ("甲", Rows("县.xlsx", "党员", (2,), "姓名")),
        ("戊", Rows("县.xlsx", "流动党员", (9,), "姓名")),
    ]


def test_a_row_is_refused_for_a_changed_cell_in_any_of_its_columns():
    frame = sheet(name="单位", 甲=["一", "二"], 乙=["三", "四"])
    frame.attrs["zhibi.headers"] = AsRead(frame, "县.xlsx", "单位")
    twice = frame[["甲", "乙", "甲"]]
    assert [row["乙"].value for row in rows(twice)] == ["三", "四"]
    twice.iloc[1, 0] = "改"
    with pytest.raises(BadFact, match="“单位”第3行“甲”列在工作簿里是“二”，在笔记本里成了“改”"):
        rows(twice)


POINTS = sheet(得分=pd.array([1.1, 2.2, None, 4.0, 5.0], dtype="Float64"))["得分"]


@pytest.mark.parametrize("places", [[0, 1], [3], [4, 0], [1, 2], [2], []])
def test_the_sum_of_a_part_is_its_total_in_all_it_tells(places):
    part = Summands(POINTS).total(places, "得分", "分", 1, as_of=date(2026, 12, 8))

    assert part == total(POINTS.take(places), "得分", "分", 1, as_of=date(2026, 12, 8))


def test_a_part_of_two_sheets_is_summed_with_its_rows_of_each():
    both = pd.concat([POINTS, sheet(9, "其他", 得分=pd.array([7.0], dtype="Float64"))["得分"]])

    assert told(Summands(both).total([0, 5], "得分", "分")) == ("8.1分", "党员得分:2；其他得分:9")


def test_a_part_is_refused_where_its_own_cells_are_not_as_read_and_no_other_is():
    frame = sheet(得分=pd.array([1.0, 2.0, 3.0], dtype="Float64"))
    frame.attrs["zhibi.headers"] = AsRead(frame, "县.xlsx", "党员")
    frame.iloc[2, 0] = 9.0
    parts = Summands(frame["得分"])

    assert parts.total([0, 1], "得分", "分").value == 3
    with pytest.raises(BadFact, match="查不到出处"):
        parts.total([1, 2], "得分", "分")


def test_rows_that_stand_twice_are_summed_in_parts_where_they_stand_once():
    twice = pd.concat([POINTS, POINTS.head(1)])
    parts = Summands(twice)

    assert told(parts.total([0, 1], "得分", "分")) == ("3.3分", "党员得分:2-3")
    with pytest.raises(BadFact, match="不止一次"):
        parts.total([0, 5], "得分", "分")
