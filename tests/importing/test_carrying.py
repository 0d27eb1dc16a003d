"""Last year's workbook becomes this year's: what goes on goes over, what was that year's stays behind."""

from __future__ import annotations

from pathlib import Path

from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.intake import intake
from zhibi.data.importing.carrying import carry
from zhibi.data.read import open_dataset, read

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"


def test_organisations_members_and_open_tasks_go_over_and_the_years_records_stay(tmp_path):
    before = open_dataset(EXAMPLE, CONTRACT)

    done = carry(EXAMPLE, CONTRACT, intake())

    path = tmp_path / "今年.xlsx"
    path.write_bytes(done.content)
    _, findings = read(path, CONTRACT)
    tasks, members = before["三单台账"], before["党员"]
    staying = members["在册"].fillna(value=True).astype(bool) & members["离开日期"].isna()
    assert done.over["三单台账"] == int((tasks["状态"] != "已销号").sum())
    assert done.over["党员"] == int(staying.sum())
    assert done.over["单位"] == len(before["单位"])
    assert all(
        done.over[title] == 0
        for title in ("组织生活台账", "党员年度", "考核得分", "荣誉", "年度指标")
    )
    assert [finding.code for finding in findings if finding.place.sheet == "设置"] == ["B09"]


def test_codes_do_not_change_and_last_years_star_is_left_open(tmp_path):
    before = open_dataset(EXAMPLE, CONTRACT)
    path = tmp_path / "今年.xlsx"
    path.write_bytes(carry(EXAMPLE, CONTRACT, intake()).content)
    from openpyxl import load_workbook

    book = load_workbook(path)
    rows = list(book["党组织"].iter_rows(min_row=3, values_only=True))
    star = [cell.value for cell in book["党组织"][1]].index("上年星级")

    assert {row[0] for row in rows} <= set(before["党组织"]["党组织代码"])
    assert {row[star] for row in rows} == {None}
    year = next(row for row in book["设置"].iter_rows(values_only=True) if row[0] == "年度")
    assert year[1] == int(str(before.settings["年度"].value)) + 1
