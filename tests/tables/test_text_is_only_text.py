"""What a workbook holds is text and nothing else: no format, template, pattern or formula, in whatever column it stands."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from workbooks import column_of, county, workbook

from dangjian.workbook.checks.findings import filled as filled_in
from dangjian.workbook.contract import CONTRACT
from zhibi.data.contract import Kind
from zhibi.data.read import read
from zhibi.data.writing.fill import whole

EVIL = [
    "学习贯彻{二十届三中全会}精神专题研讨", "{主题.__class__.__mro__}", "{主题:>1500000000}", "{0}{}", "{主题!r}", "100%（%s）%d%n",
    "[a-z]+(甲", "a\\1\\g<0>\\", "$1 ${x} {{ 7*7 }}{% for %}", "(((((((((", "*?+|^$", "<b>&lt;", "'; drop table --",
]  # fmt: skip
FORMULAS = ["-2+3+cmd|' /C calc'!A0", "=1+1", "@SUM(A1)", "+1", "\t=1"]
FREE = [
    (sheet.title, column.header)
    for sheet in CONTRACT.sheets
    for column in sheet.columns
    if column.kind is Kind.TEXT and sheet.title in county()
]


@pytest.mark.parametrize("text", EVIL)
def test_no_text_in_any_free_column_is_evaluated(tmp_path: Path, text: str) -> None:
    data = county()
    for title, header in FREE:
        for line in data[title]:
            line[header] = text
    workbook(data).save(tmp_path / "县.xlsx")
    _, findings = read(tmp_path / "县.xlsx", CONTRACT)
    spoken = "\n".join(map(str, findings))
    assert len(spoken) < 200_000
    assert "<class" not in spoken


@pytest.mark.parametrize("text", EVIL)
def test_a_topic_that_many_organisations_share_is_told_as_it_stands(
    tmp_path: Path, text: str
) -> None:
    data = county()
    orgs, events = data["党组织"], data["组织生活台账"]
    topic = f"{text}——关于学习和贯彻的专题研讨"
    for at in range(4, 10):
        orgs.append(
            {**orgs[2], "党组织代码": f"B00{at}", "名称": f"第{at}党支部", "书记党员代码": None}
        )
    for at in range(2, 10):
        day = dt.date(2026, 3, 1 + at)
        events.append(
            {
                **events[2],
                "活动编号": f"A2026-01{at:02}",
                "党组织代码": f"B00{at}",
                "日期": day,
                "主题": topic,
            }
        )
    workbook(data).save(tmp_path / "县.xlsx")
    _, findings = read(tmp_path / "县.xlsx", CONTRACT)
    told = [finding.message for finding in findings if finding.code == "V16"]
    assert len([message for message in told if topic in message and "B002、" in message]) == 1


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    assert filled_in("“{主题}”在{数}个", {"主题": "{数}{主题}", "数": 3}) == "“{数}{主题}”在3个"
    assert filled_in("{没有}", {"主题": "甲"}) == "{没有}"


def test_text_that_looks_like_a_formula_stays_text_when_the_cell_is_edited(tmp_path: Path) -> None:
    book = workbook()
    at = column_of("三单台账", "事项")
    for row, text in enumerate(FORMULAS[:2], 2):
        cell = book["三单台账"].cell(row, at)
        cell.value, cell.data_type = text, "s"
    book.save(tmp_path / "县.xlsx")
    dataset, _ = read(tmp_path / "县.xlsx", CONTRACT)
    assert dataset is not None
    page = openpyxl.load_workbook(io.BytesIO(whole(dataset)))["三单台账"]
    for text in FORMULAS[:2]:
        cell = next(c for line in page.iter_rows() for c in line if c.value == text)
        assert (cell.data_type, cell.quotePrefix) == ("s", True)
