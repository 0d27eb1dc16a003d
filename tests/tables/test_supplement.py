"""Figures of the sheet 补充数据: by name, with their row, for the county or for the organisation they name."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from workbooks import county, day, rows, workbook

from dangjian import open_branch, open_county, open_system
from dangjian.workbook.contract import CONTRACT
from gongwen.errors import BadExpression, UnknownName
from gongwen.facts.value import Read
from zhibi.data.read import read
from zhibi.notebook.authoring.prose import prose

TOLD = rows(
    "名称 数值 单位 截至 来源 组织",
    ("走访支部数", 12, "个", day("2026-06-20"), "调研组", None),
    ("走访支部数", 15, "个", day("2026-11-20"), "调研组", None),
    ("参加率", 96.5, "%", None, "签到表", None),
    ("走访群众", 46, "户", day("2026-10-08"), "支部记录", "B002"),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    workbook({**county(), "补充数据": TOLD}).save(tmp_path / "县.xlsx")
    return tmp_path / "县.xlsx"


def test_a_number_is_a_figure_of_its_row(place: Path) -> None:
    figure = open_county(place).supplement.走访支部数

    assert (figure.value, figure.unit, figure.as_of) == (15, "个", day("2026-11-20"))
    assert isinstance(figure.origin, Read)
    assert [(one.file, one.sheet, one.rows) for one in figure.origin.cells] == [
        ("县.xlsx", "补充数据", (3,))
    ]


def test_without_a_day_it_holds_on_the_day_the_data_end(place: Path) -> None:
    figure = open_county(place).supplement["参加率"]

    assert (str(figure), figure.as_of) == ("96.5%", day("2026-11-30"))


def test_an_organisation_has_its_own_numbers_and_no_others(place: Path) -> None:
    assert list(open_county(place).supplement) == ["走访支部数", "参加率"]
    assert list(open_branch(str(place), "B002").supplement) == ["走访群众"]
    assert list(open_branch(str(place), "B003").supplement) == []
    assert list(open_system(place, "B002").supplement) == ["走访群众"]


def test_prose_prints_it_and_ties_it_to_its_row(place: Path) -> None:
    shown = prose("走访支部{{ 补充.走访支部数 }}。", {"补充": open_county(place).supplement})

    assert [fact.label for fact in shown.facts.values()] == ["走访支部数"]


def test_a_name_that_is_not_there_is_told_with_the_near_miss(place: Path) -> None:
    supplement = open_county(place).supplement

    with pytest.raises(UnknownName, match="没有名为“走访支部”的补充数据；是否想写“走访支部数”？"):
        supplement["走访支部"]
    with pytest.raises(BadExpression, match="是否想写“走访支部数”？"):
        prose("{{ 补充.走访支部 }}", {"补充": supplement})


def test_a_number_counted_after_the_day_of_the_data_is_not_used(tmp_path: Path) -> None:
    late = rows("名称 数值 截至", ("走访支部数", 20, day("2026-12-05")))
    workbook({**county(), "补充数据": late}).save(tmp_path / "县.xlsx")

    assert list(open_county(tmp_path / "县.xlsx").supplement) == []


def test_a_workbook_without_the_sheet_is_whole(tmp_path: Path) -> None:
    workbook().save(tmp_path / "县.xlsx")
    book = openpyxl.load_workbook(tmp_path / "县.xlsx")
    del book["补充数据"]
    book.save(tmp_path / "县.xlsx")

    assert [finding.code for finding in read(tmp_path / "县.xlsx", CONTRACT)[1]] == ["B01"]
    assert list(open_county(tmp_path / "县.xlsx").supplement) == []


def test_a_number_of_last_year_is_told(tmp_path: Path) -> None:
    old = rows("名称 数值 截至", ("走访支部数", 20, day("2025-12-05")))
    workbook({**county(), "补充数据": old}).save(tmp_path / "县.xlsx")

    [finding] = read(tmp_path / "县.xlsx", CONTRACT)[1]
    assert (finding.code, finding.place.cell) == ("V04", "D2")
    assert finding.message == "“走访支部数”截至2025-12-05，不是2026年度的数。"
