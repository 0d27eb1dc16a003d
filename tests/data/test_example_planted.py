"""What data/README.md says is planted is there, and at the same rate in a larger county."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

import pytest
from county_file import DATA, Example

from dangjian.workbook.contract import CONTRACT
from zhibi.data.read import read

AS_OF = datetime(2026, 11, 30)


def missing_months(county: Example) -> dict[object, list[int]]:
    held = defaultdict(set)
    for row in county["组织生活台账"]:
        if row["类型"] == "主题党日":
            held[row["党组织代码"]].add(row["日期"].month)
    branches = (row["党组织代码"] for row in county["党组织"] if "支部" in row["类型"])
    return {org: months for org in branches if (months := sorted(set(range(1, 12)) - held[org]))}


def test_branches_without_theme_day(example: Example):
    assert missing_months(example) == {
        "B012": [3, 7, 8], "B020": [2, 6], "B028": [5, 8, 9, 10], "B034": [4, 8], "B038": [1, 2, 3, 4, 5, 6, 7],
    }  # fmt: skip


def test_a_larger_county_plants_at_the_same_rate(grown: Example):
    assert len(missing_months(grown)) == 25


def due(row: dict) -> datetime:
    elected = row["本届选举日期"]
    return elected.replace(year=elected.year + row["任期(年)"])


def test_one_term_is_over_and_one_ends_within_half_a_year(example: Example):
    elected = [row for row in example["党组织"] if row["本届选举日期"]]
    assert [row["党组织代码"] for row in elected if due(row) < AS_OF] == ["B019"]
    soon = datetime(2027, 5, 30)
    assert [row["党组织代码"] for row in elected if AS_OF <= due(row) < soon] == ["B011"]


def test_sizes_out_of_the_ordinary(example: Example):
    sizes = Counter(row["所属党组织"] for row in example["党员"] if row["在册"] == "是")
    assert {org: number for org, number in sizes.items() if number > 50 or number < 3} == {
        "B035": 54,
        "B039": 2,
    }


@pytest.mark.parametrize(
    ("title", "key", "column", "expected"),
    [
        ("单位", "单位代码", "职工总数(人)", ["U008"]),
        ("组织生活台账", "活动编号", "应到", ["A2026-0658"]),
        ("党组织", "党组织代码", "本届选举日期", ["B024"]),
        ("党组织", "党组织代码", "委员数", []),
    ],
)
def test_blanks_are_where_they_were_planted(example: Example, title, key, column, expected):
    assert [row[key] for row in example[title] if row[column] is None] == expected


def listed(number: int) -> set[str]:
    """The codes in one line of the table in data/README.md."""
    line = next(
        line
        for line in (DATA / "README.md").read_text("utf-8").splitlines()
        if line.startswith(f"| {number} |")
    )
    return set(line.split("|")[3].strip().split("、"))


def test_the_readme_names_the_members_and_tasks(example: Example):
    here = {row["党员代码"] for row in example["党员"] if row["在册"] == "是"}
    year = [row for row in example["党员年度"] if row["年度"] == 2026 and row["党员代码"] in here]
    assert {row["党员代码"] for row in year if row["集中学时"] is None} == listed(16)
    assert {row["党员代码"] for row in year if row["已交月数"] < row["应交月数"]} == listed(18)
    assert {row["党员代码"] for row in example["党员"] if row["流动状态"] == "失联"} == listed(19)
    assert {row["事项编号"] for row in example["三单台账"] if row["状态"] == "逾期"} == listed(21)
    short = sum(row["集中学时"] is not None and row["集中学时"] < 32 for row in year)
    assert listed(17) == {f"{short} 名在册党员"}


def test_measures_for_the_reports_wait_into_next_year(example: Example):
    waiting = [row for row in example["三单台账"] if row["状态"] in ("进行中", "未启动")]
    assert all(
        row["责任人职务"] and datetime(2026, 12, 1) <= row["时限"] <= datetime(2027, 6, 30)
        for row in waiting
    )
    assert {"R02", "R03", "R04", "R08", "R10", "R15", "R20", "W01", "W02"} <= {
        row["关联规则指标"] for row in waiting
    }


@pytest.mark.parametrize("branches", [2, 3, 39, 41])
def test_a_county_of_any_size_can_be_written(branches, tmp_path):
    import generate

    generate.main(["--branches", str(branches), "--out", str(tmp_path / "county.xlsx")])
    county = Example(tmp_path / "county.xlsx")
    assert len(county["党组织"]) == branches
    assert county.codes("党员", "所属党组织") <= county.codes("党组织", "党组织代码")


def test_a_folder_of_csv_says_what_the_workbook_says(tmp_path):
    import generate

    size = ["--branches", "3", "--members-per-branch", "4"]
    for name in ("county.xlsx", "county"):
        generate.main([*size, "--out", str(tmp_path / name)])

    assert findings(tmp_path / "county") == findings(tmp_path / "county.xlsx")


def findings(path: Path) -> Counter[tuple[str, str]]:
    _, found = read(path, CONTRACT)
    return Counter((finding.level.value, finding.code) for finding in found)


def test_the_checker_has_no_fault_to_find_but_the_planted(example: Example):
    assert findings(example.path) == {("警告", "V22"): 3, ("警告", "V23"): 1, ("警告", "V27"): 3}


def test_the_checker_has_no_fault_to_find_in_a_larger_county(grown: Example):
    assert {level for level, _ in findings(grown.path)} == {"警告"}
    assert {code for _, code in findings(grown.path)} == {"V22", "V23", "V27"}
