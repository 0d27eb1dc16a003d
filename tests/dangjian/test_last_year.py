"""A workbook of last year under this year's settings is told before anything runs; a draft is judged like a final one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from workbooks import SETTINGS, county, day, workbook

from dangjian.workbook.contract import CONTRACT
from prompt import typed
from zhibi.data.read import read
from zhibi.doors.cli.console import exit as door
from zhibi.report import pipeline
from zhibi.report.checking import before_run

TOP = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
LEDGER = "组织生活台账"


def codes(tmp_path: Path, data: dict) -> list[str]:
    workbook(data, SETTINGS).save(tmp_path / "县.xlsx")
    return [f"{each.code} {each.level}" for each in read(tmp_path / "县.xlsx", CONTRACT)[1]]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(["2025-06-19"], True), (["2025-06-19", "2026-03-19"], False), ([], False)],
)
def test_a_year_without_any_activity_is_told_if_last_year_had_some(tmp_path, days, expected):
    data = county()
    like = data[LEDGER][0]
    data[LEDGER] = [
        {**like, "活动编号": f"A9-{at}", "日期": day(each), "佐证号": None}
        for at, each in enumerate(days)
    ]
    assert ("V39 警告" in codes(tmp_path, data)) is expected


@pytest.mark.parametrize(
    ("joined", "kind", "expected"),
    [
        ("2025-06-20", "预备", True),
        ("2024-01-05", "预备", True),
        ("2025-11-20", "预备", False),
        ("2026-06-20", "预备", False),
        ("2024-01-05", "正式", False),
    ],
)
def test_a_probation_beyond_its_year_is_told(tmp_path, joined, kind, expected):
    data = county()
    data["党员"][0].update(党员类别=kind, 入党日期=day(joined), 转正日期=None)
    assert ("V40 警告" in codes(tmp_path, data)) is expected


def test_a_document_dated_before_its_data_is_told_before_it_runs_and_in_a_draft_too(tmp_path):
    assert typed("zhibi", "init", "工作区", cwd=tmp_path).returncode == 0
    words = ("zhibi", "run", "annual_review", "-p", "issued_on=2026-01-01")
    draft = typed(*words, cwd=tmp_path / "工作区")
    final = typed(*words, "--final", cwd=tmp_path / "工作区")

    assert (draft.returncode, final.returncode) == (1, 2)
    assert "[错误 C11]" in draft.stdout
    assert "[错误 K09]" in draft.stdout  # the gate of final documents
    assert "[错误 C11]" in final.stderr
    assert "单元格" not in final.stderr  # nothing ran


@pytest.mark.parametrize(
    ("report", "options", "expected"),
    [
        ("research_report", ["texts_for=示例县2026年度"], []),
        ("research_report", ["texts_for=示例县2025年度"], ["C12"]),
        ("research_report", ["texts_for=别县2026年度"], ["C12"]),
        ("research_report", ["texts_for=别县2025年度", "issued_on=2026-01-01"], ["C11", "C12"]),
        ("experience_exchange", ["texts_for=交运集团党委2026年度"], []),
        ("experience_exchange", ["texts_for=交运集团党委2025年度"], ["C12"]),
        ("annual_review", ["texts_for=某支部2025年度"], []),  # no text: nothing to be printed
    ],
)
def test_texts_of_last_year_or_of_elsewhere_are_told_before_it_runs(report, options, expected):
    request = pipeline.Request(report=report, here=TOP, asked_at=NOON, options=tuple(options))
    plan = pipeline.prepare(request)
    data, _ = pipeline.read_everything(plan)

    found = before_run.findings(plan, data)
    assert [each.code for each in found] == expected
    assert [each for each in found if each.code == "C12" and "不会印出" not in each.message] == []


def test_a_clock_before_any_file_is_told_and_nothing_is_done(capsys, monkeypatch):
    monkeypatch.setattr(door, "FIRST_YEAR", 9999)  # as if the clock stood before it

    assert door.at_the_door(None, ["run", "x"]) == door.WRONG_INPUT
    assert "请先校准时间" in capsys.readouterr().err
