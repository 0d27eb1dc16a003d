"""K29 and K28: totals of tables recomputed, numbers quoted from them, and the length of a text."""

from __future__ import annotations

import pytest

from zhibi.checks.examine import examine
from zhibi.checks.manuscript import Manuscript, Para
from zhibi.checks.registry import BY_CODE


def report(table: str, *texts: str, caption: str = "表1 党员情况") -> Manuscript:
    """A table of lines and columns (|) below its caption, then paragraphs."""
    paras = [Para(1, caption, "caption")]
    for row, line in enumerate(table.split("\n"), 1):
        for column, cell in enumerate(line.split("|"), 1):
            where = f"表1第{row}行第{column}列"
            paras.append(Para(len(paras) + 1, cell.strip(), "table_cell", where=where, cell=(1, row, column)))
    for text in texts:
        paras.append(Para(len(paras) + 1, text, where="正文"))
    return Manuscript("例", "docx", tuple(paras))


def says(manuscript: Manuscript, code: str = "K29") -> list[str]:
    return [f"{each.level} {each.where}：{each.says}" for each in examine(manuscript, [BY_CODE[code]])]


GOOD = "党支部|正式|预备|合计\n甲|31|2|33\n乙|24|0|24\n合计|55|2|57"


def test_a_table_that_adds_up_is_silent():
    assert says(report(GOOD, "甲33名，见表1。")) == []


def test_a_total_that_is_not_the_sum_is_an_error():
    assert says(report(GOOD.replace("合计|55|2|57", "合计|56|2|57"))) == [
        "错误 表1第4行第2列：各行相加是55",
        "警告 表1第4行第4列：同一行各栏相加是58",
    ]


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
    assert says(report(table)) == []


def test_a_number_quoted_from_a_table_is_the_tables():
    table = "类型|党员\n机关党支部|33\n村党支部|24\n合计|57"
    assert says(report(table, "机关党支部35名，见表1。")) == ["警告 正文：表1“机关党支部”一行没有这个数"]
    assert says(report(table, "机关党支部33名，见表1。")) == []
    assert says(report(table, "机关党支部35名，见表2。")) == []


def test_a_text_beyond_five_thousand_characters_is_told():
    (found,) = says(report(GOOD, "认真落实各项任务。" * 600), "K28")

    assert "正文5400字" in found
    assert says(report(GOOD, "认真落实各项任务。" * 100), "K28") == []


def test_problems_dealt_with_in_a_line_are_told():
    def told(words: str) -> list[str]:
        texts = (
            ("heading", "一、主要做法"),
            ("body", "抓好落实，见到成效。" * 200),
            ("heading", "二、存在的问题"),
            ("body", words),
        )
        paras = tuple(Para(at, text, role, 1 if role == "heading" else 0) for at, (role, text) in enumerate(texts, 1))
        return says(Manuscript("例", "docx", paras), "K28")

    assert told("还有不足。") == ["提示 ：这一部分只有5字，占全文的0%"]
    assert told("有的党支部会议记录过于简单，应付了事。" * 10) == []
