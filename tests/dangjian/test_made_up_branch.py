"""The made-up branch is judged like any other, and every table of its year has rows."""

from dangjian.reports.annual_review.sample_data import ABOVE, CODE, ROWS
from dangjian.workbook.contract import CONTRACT
from gongwen.document import Table
from zhibi import domain
from zhibi.data.writing import sample_data


def test_what_reports_call_for_is_used_and_shown():
    shown = {
        table.caption: table
        for each in domain.rehearsed()
        for table in each.blocks
        if isinstance(table, Table)
    }

    assert list(shown) == [
        "主要规定动作完成情况",
        "考核得分情况",
        "组织生活开展情况",
    ]
    assert all(table.body for table in shown.values())


def test_made_up_rows_hold_what_is_given_and_else_the_examples_of_the_contract():
    data = sample_data.dataset(CONTRACT, ROWS)

    assert data["党组织"]["党组织代码"].tolist() == [ABOVE, CODE]
    assert data["党组织"]["类型"].tolist() == ["党委", "党支部"]
    assert (data.settings["年度"].value, len(data["机制做法"])) == (2026, 0)
    assert data["党员"].index.names == ["file", "sheet", "row"]
