"""A column or a sheet is added to the contract: workbooks sent out before are read as they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dangjian.workbook.contract import CONTRACT
from gongwen.findings import Level
from zhibi.data.contract import Column, Sheet
from zhibi.data.read import read
from zhibi.data.writing.template import template

EXAMPLE = Path(__file__).parents[2] / "data/示例县.xlsx"
NEW_COLUMN = Column("hobby", "特长", note="自愿填", since=CONTRACT.version + 1)
NEW_SHEET = Sheet("visits", "走访", (Column("who", "对象", since=9),), ("对象",))


def grown(*, column: Column = NEW_COLUMN):
    """The county's contract one version later: one more column of 党员, one more sheet."""
    sheets = [
        replace(sheet, columns=(*sheet.columns, column)) if sheet.title == "党员" else sheet
        for sheet in CONTRACT.sheets
    ]
    return replace(CONTRACT, sheets=(*sheets, NEW_SHEET), version=CONTRACT.version + 1)


@pytest.fixture
def sent_out(tmp_path):
    """A workbook of today's contract, as it was sent out."""
    path = tmp_path / "发下去.xlsx"
    path.write_bytes(template(CONTRACT))
    return path


def findings_of(path, contract):
    """(code, level, message) of every finding about sheets and columns."""
    _, findings = read(path, contract)
    return [(f.code, f.level, f.message) for f in findings if f.code in {"B01", "B04", "B20"}]


def test_an_older_workbook_is_read_and_a_sentence_says_what_it_lacks(sent_out):
    older, *lacking = findings_of(sent_out, grown())

    assert older[:2] == ("B20", Level.NOTE)
    assert f"按第{CONTRACT.version}版模板填的，现在是第{CONTRACT.version + 1}版" in older[2]
    assert lacking == [
        ("B01", Level.NOTE, "没有工作表“走访”，报告中按“未填报”处理。"),
        ("B04", Level.NOTE, "没有列“特长”，报告中按“未填报”处理。"),
    ]


def test_todays_workbook_under_todays_contract_lacks_nothing(sent_out):
    assert findings_of(sent_out, CONTRACT) == []


def test_a_new_column_that_is_required_is_still_asked_for(sent_out):
    required = grown(column=replace(NEW_COLUMN, required=True))

    assert ("B04", Level.ERROR, "缺少列“特长”。") in findings_of(sent_out, required)


def test_the_missing_column_is_blank_and_the_rows_are_all_there():
    before, _ = read(EXAMPLE, CONTRACT)
    after, _ = read(EXAMPLE, grown())

    assert after is not None
    assert before is not None
    assert after["党员"]["特长"].isna().all()
    assert len(after["党员"]) == len(before["党员"])
    assert len(after["走访"]) == 0
