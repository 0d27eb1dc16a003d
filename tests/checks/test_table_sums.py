"""K29 and K28: totals of tables recomputed, numbers quoted from them, and the length of a text."""

from __future__ import annotations

import pytest

from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.registry import BY_CODE
from gongwen_lint.runner import examine


def report(table: str, *texts: str, caption: str = "表1 党员情况") -> Manuscript:
    """A table of lines and columns (|) below its caption, then paragraphs."""
    paras = [Para(1, caption, "caption")]
    for row, line in enumerate(table.split("\n"), 1):
        for column, cell in enumerate(line.split("|"), 1):
            where = f"表1第{row}行第{column}列"
            paras.append(
                Para(len(paras) + 1, cell.strip(), "table_cell", where=where, cell=(1, row, column))
            )
    for text in texts:
        paras.append(Para(len(paras) + 1, text, where="正文"))
    return Manuscript("例", "docx", tuple(paras))


def message(manuscript: Manuscript, code: str = "K29") -> list[str]:
    return [
        f"{each.level} {each.where}：{each.message}"
        for each in examine(manuscript, [BY_CODE[code]])
    ]


GOOD = "党支部|正式|预备|合计\n甲|31|2|33\n乙|24|0|24\n合计|55|2|57"


def test_a_table_that_adds_up_is_silent():
    assert message(report(GOOD, "甲33名，见表1。")) == []


def test_a_total_that_is_not_the_sum_is_an_error():
    assert message(report(GOOD.replace("合计|55|2|57", "合计|56|2|57"))) == [
        "错误 表1第4行第2列：各行相加是55",
        "警告 表1第4行第4列：同一行各栏相加是58",
    ]


def test_a_row_whose_only_number_is_0_is_no_head():
    table = "单位|职工\n甲|0\n乙|24\n合计|25"
    assert message(report(table)) == ["错误 表1第4行第2列：各行相加是24"]


@pytest.mark.parametrize(
    "table",
    [
        "单位|职工\n甲|未填报\n乙|24\n合计|24",  # what is missing is not 0
        "单位|职工|占比\n甲|31|56.4%\n乙|24|43.6%\n合计|55|100%",
        "单位|得分\n甲|91.5\n乙|88.0\n合计|—",
        "单位|平均得分\n甲|91.5\n乙|88.0\n合计|89.8",
        "单位|职工\n甲|31\n—|—\n合计|31",
        "单位|职工\n甲|20\n乙|11\n小计|31\n丙|24\n小计|24\n合计|55",
        "单位|职工\n甲|31\n其中：女|12\n合计|31",
        "单位|收入(万元)\n甲|1.23\n乙|2.34\n合计|3.58",  # each was rounded
    ],
)
def test_what_cannot_be_added_is_left_alone(table):
    assert message(report(table)) == []


def test_a_number_quoted_from_a_table_is_the_tables():
    table = "类型|党员\n机关党支部|33\n村党支部|24\n合计|57"
    assert message(report(table, "机关党支部35名，见表1。")) == [
        "警告 正文：表1“机关党支部”一行没有这个数"
    ]
    assert message(report(table, "机关党支部33名，见表1。")) == []
    assert message(report(table, "机关党支部35名，见表2。")) == []


def test_a_text_beyond_five_thousand_characters_is_told():
    (found,) = message(report(GOOD, "认真落实各项任务。" * 600), "K28")

    assert "正文5400字" in found
    assert message(report(GOOD, "认真落实各项任务。" * 100), "K28") == []


def test_problems_dealt_with_in_a_line_are_told():
    def told(words: str) -> list[str]:
        texts = (
            ("heading", "一、主要做法"),
            ("body", "抓好落实，见到成效。" * 200),
            ("heading", "二、存在的问题"),
            ("body", words),
        )
        paras = tuple(
            Para(at, text, role, 1 if role == "heading" else 0)
            for at, (role, text) in enumerate(texts, 1)
        )
        return message(Manuscript("例", "docx", paras), "K28")

    assert told("还有不足。") == ["提示 ：这一部分只有5字，占全文的0%"]
    assert told("有的党支部会议记录过于简单，应付了事。" * 10) == []


RATES = "班次|计划|实训|参训率（%）\n书记|520|508|97.7\n积极分子|780|771|98.8\n党务|360|347|96.4\n企业|300|296|98.7"
SCORES = "单位|日常|年终|测评|总分\n甲|37.6|38.2|19.1|94.9\n乙|36.8|37.5|18.7|93.0\n丙|35.2|36.9|18.2|90.3\n丁|33.1|34.4|17.3|84.8"
GROWN = "指标|上年|本年|增长（%）\n甲|100|110|10.0\n乙|200|230|15.0\n丙|50|45|-10.0\n丁|80|100|25.0"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (RATES.replace("96.4", "94.6"), "警告 表1第4行第4列：照这一栏其他各行的算法，应为96.4"),
        (SCORES.replace("93.0", "93.9"), "警告 表1第3行第5列：照这一栏其他各行的算法，应为93"),
        (GROWN.replace("15.0", "13.0"), "警告 表1第3行第4列：照这一栏其他各行的算法，应为15"),
    ],
)
def test_a_cell_that_does_not_come_out_of_its_row_as_the_others_do_is_named(table, said):
    assert message(report(table)) == [said]


@pytest.mark.parametrize(
    "table",
    [
        RATES,
        SCORES,
        GROWN,
        RATES.replace("96.4", "94.6").replace(
            "98.8", "88.9"
        ),  # two that differ: the column is made otherwise
        "支部|党员大会|支委会|党课|总次数\n甲|4|12|4|21\n乙|4|12|4|22",  # two rows prove nothing
        "支部|书记|委员|党员\n甲|1|2|3\n乙|1|2|3\n丙|1|4|5\n丁|1|2|15",  # a chance of small numbers
    ],
)
def test_columns_made_otherwise_are_left_alone(table):
    assert message(report(table)) == []


def test_a_subtotal_is_the_sum_of_its_rows_where_its_other_columns_are():
    table = "类别|期数|人数\n书记|4|508\n积极分子|6|771\n小计|10|1297\n企业|3|296\n流动|2|224\n小计|5|520"
    assert message(report(table)) == ["警告 表1第4行第3列：上面2行相加是1279"]
    assert message(report(table.replace("1297", "1279"))) == []
    assert message(report("类别|期数|人数\n小计|10|1279\n书记|4|508\n积极分子|6|771")) == []


def test_kinds_below_a_row_come_to_it():
    table = "指标|绝对数\n生产总值|284.63\n其中：第一产业|38.42\n第二产业|118.75\n第三产业|127.64"
    assert message(report(table)) == ["警告 表1第2行第2列：其中各项相加是284.81"]
    assert message(report(table.replace("118.75", "118.57"))) == []
    assert message(report("指标|人数\n党员|598\n其中：女党员|198\n35岁以下|159")) == []
