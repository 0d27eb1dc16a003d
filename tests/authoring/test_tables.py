"""grid(shown) is a table's printed words, numbers in 【】; refuses(data) is the error's sentence."""

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from gongwen.errors import BadFigure, UnknownName
from gongwen.facts.value import Fact, Read, Rows
from zhibi import table
from zhibi.data.figures.origin import AsRead


def fact(value, unit="名", label="数", places=None):
    return Fact(label, value, Read("计数", (Rows("县.xlsx", "党员", (2,)),)), unit, None, places)


def sheet(**columns):
    length = len(next(iter(columns.values())))
    index = pd.MultiIndex.from_tuples(
        [("县.xlsx", "党员", 2 + each) for each in range(length)], names=["file", "sheet", "row"]
    )
    return pd.DataFrame(columns, index=index)


def words(cell):
    text = "".join(inline.text for inline in cell.line)
    return f"【{text}】" if any(inline.fact for inline in cell.line) else text


def grid(shown):
    (block,) = shown.blocks
    return [[words(cell) for cell in row] for row in (*block.head, *block.body)]


def refuses(data, **options):
    with pytest.raises(BadFigure) as caught:
        table(data, "表题", **options)
    return str(caught.value)


def test_rows_of_facts_words_and_dates():
    data = [
        {
            "单位": "甲",
            "党员数": fact(5),
            "占比": fact(Decimal("33.33"), "%", places=1),
            "日期": date(2026, 1, 5),
        },
        {
            "单位": fact("乙", ""),
            "党员数": fact(None),
            "占比": None,
            "日期": fact(date(2026, 1, 6), ""),
        },
    ]
    assert grid(table(data, "表题")) == [
        ["单位", "党员数", "占比", "日期"],
        ["甲", "【5】", "【33.3%】", "2026-01-05"],
        ["【乙】", "【未填报】", "未填报", "【2026-01-06】"],
    ]


def test_percent_is_not_said_twice():
    data = [{"占比（%）": fact(Decimal("33.33"), "%", places=1)}]
    assert grid(table(data, "表题"))[1] == ["【33.3】"]


def test_a_frame_from_the_workbook_gives_every_number_its_cell():
    frame = sheet(
        姓名=["甲", "乙"],
        代码=["0012", "0013"],
        年龄=pd.array([30, None], dtype="Int64"),
        日期=pd.to_datetime(["2026-01-05", None]),
        入章=pd.array([True, None], dtype="boolean"),
    )
    shown = table(frame, "表题")
    assert grid(shown) == [
        ["姓名", "代码", "年龄", "日期", "入章"],
        ["甲", "【0012】", "【30】", "【2026-01-05】", "【是】"],
        ["乙", "【0013】", "【未填报】", "【未填报】", "【未填报】"],
    ]
    assert {cell for fact_ in shown.facts.values() for cell in fact_.cells()} >= {
        Rows("县.xlsx", "党员", (2,), "年龄"),
        Rows("县.xlsx", "党员", (3,), "代码"),
    }


def test_floating_noise_does_not_reach_a_cell():
    assert grid(table(sheet(分=[0.1 + 0.2, 10.0]), "表题"))[1:] == [["【0.3】"], ["【10】"]]


def test_numbers_without_an_origin_are_refused_with_their_place():
    assert "第2行“数”列的“5”是没有出处的数" in refuses([{"数": fact(1)}, {"数": 5}])
    assert "第1行“数”列的“1.5”" in refuses(pd.DataFrame({"数": [1.5]}))
    assert "第1行“数”列的“598名”" in refuses([{"数": "598名"}])
    assert "没有出处" in refuses([{"数": np.int64(3)}])
    assert "没有出处" in refuses([{"数": True}])
    assert "第1行“数”列的" in refuses([{"数": [1, 2]}])


def test_a_column_made_in_the_notebook_has_no_cell():
    frame = sheet(年龄=[30])
    frame.attrs["zhibi.headers"] = ("年龄",)
    assert grid(table(frame, "表题"))[1] == ["【30】"]
    assert "“一半”列是在笔记本里算出来的" in refuses(frame.assign(一半=15))
    assert grid(table(frame.assign(一半=fact(15)), "表题"))[1] == ["【30】", "【15】"]


def test_labels_with_digits_are_words():
    assert grid(table([{"年龄段": "35岁及以下", "数": fact(1)}], "表题"))[1] == [
        "35岁及以下",
        "【1】",
    ]


def test_an_empty_text_stays_empty_and_nothing_is_not_reported():
    assert grid(table([{"甲": "", "乙": None, "丙": float("nan"), "丁": pd.NaT}], "表题"))[1] == [
        "",
        "未填报",
        "未填报",
        "未填报",
    ]


def test_columns_are_chosen_ordered_and_renamed():
    frame = sheet(姓名=["甲"], 年龄=[30], 支部=["一"])
    assert grid(table(frame, "表题", columns=["年龄", "姓名"])) == [
        ["年龄", "姓名"],
        ["【30】", "甲"],
    ]
    assert grid(table(frame, "表题", columns={"年龄": "年龄（岁）"})) == [
        ["年龄（岁）"],
        ["【30】"],
    ]
    renamed = table(frame, "表题", columns={"年龄": "年龄（岁）"})
    assert [cells.column for fact_ in renamed.facts.values() for cells in fact_.cells()] == ["年龄"]
    with pytest.raises(UnknownName, match="是否想写“姓名”"):
        table(frame, "表题", columns=["姓名名"])


def test_the_index_is_printed_only_when_asked_for():
    frame = pd.DataFrame({"数": [fact(1), fact(2)]}, index=["甲", "乙"])
    assert grid(table(frame, "表题")) == [["数"], ["【1】"], ["【2】"]]
    assert grid(table(frame, "表题", index="单位")) == [
        ["单位", "数"],
        ["甲", "【1】"],
        ["乙", "【2】"],
    ]


def test_several_levels_of_columns_become_merged_head_cells():
    columns = pd.MultiIndex.from_tuples(
        [("单位", ""), ("党员", "男"), ("党员", "女"), ("备注", "")]
    )
    (block,) = table(pd.DataFrame([["甲", fact(1), fact(2), ""]], columns=columns), "表题").blocks
    assert [[(words(cell), cell.columns, cell.rows) for cell in row] for row in block.head] == [
        [("单位", 1, 2), ("党员", 2, 1), ("", 0, 1), ("备注", 1, 2)],
        [("", 1, 0), ("男", 1, 1), ("女", 1, 1), ("", 1, 0)],
    ]


def test_equal_labels_below_one_another_become_one_cell():
    rows = [
        {"类": "甲", "项": "一"},
        {"类": "甲", "项": "二"},
        {"类": "乙", "项": "二"},
        {"类": "", "项": ""},
    ]
    (block,) = table(rows, "表题", merge=["类", "项"]).blocks
    assert [[(words(cell), cell.rows) for cell in row] for row in block.body] == [
        [("甲", 2), ("一", 1)],
        [("", 0), ("二", 1)],
        [("乙", 1), ("二", 1)],
        [("", 1), ("", 1)],
    ]
    (plain,) = table(rows, "表题").blocks
    assert {cell.rows for row in plain.body for cell in row} == {1}
    with pytest.raises(UnknownName):
        table(rows, "表题", merge=["没有"])


def test_numbers_stand_right_and_words_left():
    (block,) = table([{"单位": "甲", "数": fact(5), "代码": fact("0012", "")}], "表题").blocks
    assert [cell.numeric for cell in block.body[0]] == [False, True, False]


def test_caption_unit_note_and_source_are_kept():
    (block,) = table(
        [{"a": fact(1)}], "表题", "键", unit="名", note="注释", source="来源", series="附表"
    ).blocks
    assert (block.caption, block.key, block.unit, block.note, block.source, block.series) == (
        "表题",
        "键",
        "名",
        "注释",
        "来源",
        "附表",
    )
    assert "只能是“表”或“附表”" in refuses([{"a": fact(1)}], series="图")


def test_a_table_may_be_empty():
    assert grid(table(sheet(姓名=["甲"]).head(0), "表题")) == [["姓名"]]


def test_the_frame_is_left_alone():
    frame = sheet(姓名=["甲"], 年龄=[30])
    before = frame.copy()
    table(frame, "表题", index="行")
    pd.testing.assert_frame_equal(frame, before)


def test_html_shows_words_only():
    html = table([{"<b>列</b>": "<script>", "数": fact(1, label="<i>")}], "<u>题</u>").html
    assert not any(tag in html for tag in ("<script>", "<b>列", "<i>", "<u>"))


def test_a_computed_column_is_told_only_where_a_cell_of_it_is_printed_as_a_figure():
    frame = sheet(名=["甲", "乙"], 数=[1, 2])
    frame.attrs["zhibi.headers"] = AsRead(frame, "县.xlsx", "党员")
    frame["注"] = ["无", "另有"]
    assert grid(table(frame, "x"))[1:] == [["甲", "【1】", "无"], ["乙", "【2】", "另有"]]
    frame.loc[frame.index[1], "注"] = "另有3名"
    assert "“注”列是在笔记本里算出来的" in refuses(frame)
