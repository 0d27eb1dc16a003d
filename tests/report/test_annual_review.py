"""The annual review of a branch: its figures, its isolation, and branches that are not like the others."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from clerk import BatchResult, command
from recount import Workbook
from test_small_counties import ONE_BRANCH, workbook

pytestmark = pytest.mark.kernel


def review(workspace: Path, branch: str, *options: str) -> BatchResult:
    out = f"outputs/review-{branch}-{len(options)}"
    done = command(
        "zhibi",
        "run",
        "annual_review",
        "--final",
        "-p",
        f"branch={branch}",
        "--out",
        out,
        *options,
        cwd=workspace,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return BatchResult(workspace / out)


def text(made: BatchResult) -> str:
    document = docx.Document(made.docx)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def b012(workspace) -> BatchResult:
    return review(workspace, "B012")


def test_word_opens_a_review_without_repairing_it(b012):
    assert b012.faults == []


def test_the_figures_of_a_branch_equal_an_independent_count(b012, workspace):
    book = Workbook(workspace / "data/示例县.xlsx")
    members = [row for row in book.members if row["所属党组织"] == "B012"]
    codes = {row["党员代码"] for row in members}
    years = [
        row for row in book["党员年度"] if row["党员代码"] in codes and int(row["年度"]) == 2026
    ]
    events = [row for row in book["组织生活台账"] if row["党组织代码"] == "B012"]
    months = {row["日期"].month for row in events if row["类型"] == "主题党日"}
    leaves = {row["指标代码"]: row["分值"] for row in book["考核指标"] if row["上级指标"]}
    quarter = [
        row for row in book["考核得分"] if row["党组织代码"] == "B012" and row["周期类型"] == "季"
    ]
    rate = (
        sum(row["得分"] for row in quarter) / sum(leaves[row["指标代码"]] for row in quarter) * 100
    )
    expected = {
        "城投集团物业服务党支部在册党员数": len(members),
        "党员应到人次": sum(row["应到次数"] for row in years),
        "党员实到人次": sum(row["实到次数"] for row in years),
        "应交党费": sum(row["应交党费(元)"] for row in years),
        "实交党费": sum(row["实交党费(元)"] for row in years),
        "组织生活台账记录数": len(events),
        "城投集团物业服务党支部主题党日已开展": len(months - {12}),
        "城投集团物业服务党支部主题党日差额": 11 - len(months - {12}),
        "城投集团物业服务党支部得分率": rate,
    }
    unlike = {
        label: (b012.figures.get(label), value)
        for label, value in expected.items()
        if not any(
            abs(float(str(number)) - float(value)) < 1e-9
            for number, _ in b012.figures.get(label, ())
        )
    }

    assert unlike == {}


def test_every_printed_figure_names_its_rows_or_its_rule(b012):
    assert [row for row in b012.printed if not row["行列"] and "依据" not in str(row["算式"])] == []


def test_a_review_rests_on_no_member_and_no_meeting_of_another_branch(b012, workspace):
    book = openpyxl.load_workbook(workspace / "data/示例县.xlsx", read_only=True)
    own = {"组织生活台账": set(), "党员": set()}
    for sheet, column in (("组织生活台账", 1), ("党员", 2)):
        for number, row in enumerate(book[sheet].iter_rows(values_only=True), 1):
            if row[column] == "B012":
                own[sheet].add(number)
    for printed in b012.printed:
        for sheet, rows in own.items():
            cells = re.sub(
                "“[^”]*”列", "", str(printed["行列"])
            )  # 考核得分 has a column 党员代码 too
            named = re.findall(rf"{sheet}[^；]*?第([\d、～—-]+)行", cells)
            found = {int(number) for part in named for number in re.findall(r"\d+", part)}
            assert found <= rows, printed


def test_failed_rules_are_printed_and_what_does_not_apply_is_not(b012):
    words = text(b012)

    assert "未达标3项" in words
    assert "（3月、7月、8月）" in words
    annex = next(
        table for table in docx.Document(b012.docx).tables if table.rows[0].cells[0].text == "依据"
    )
    assert {row.cells[3].text for row in annex.rows[1:]} == {"达标", "未达标", "数据不足"}
    assert all("待核实" not in cell.text for row in annex.rows for cell in row.cells)


def test_every_problem_has_its_measure(b012):
    words = text(b012)
    problems = words.split("存在的主要问题")[1].split("上年问题整改情况")[0]
    measures = words.split("下一步措施")[1]
    titles = re.findall(r"[一二三四]是([^。]+)。", problems)

    assert len(titles) == 3
    assert all(f"针对“{title}”" in measures for title in titles)


def test_a_branch_founded_in_the_year_is_told_so_and_compared_with_no_last_year(workspace):
    words = text(review(workspace, "B038"))

    assert "本支部为当年成立" in words
    assert "较上年" not in words
    assert "成立不久，还没有完整的一期" in words


def test_a_temporary_branch_without_term_or_open_tasks_gets_a_whole_review(workspace):
    words = text(review(workspace, "B024"))

    assert "没有未达标的规则" in words
    assert "本届选举日期未填报" not in words


@pytest.fixture(scope="module")
def silent(workspace, tmp_path_factory) -> str:
    path = workbook(tmp_path_factory.mktemp("小县") / "小县.xlsx", ONE_BRANCH)
    return text(review(workspace, "B001", "--data", str(path)))


def test_a_branch_that_reported_nothing_gets_a_whole_review_that_says_so(silent):
    chapters = (
        "基本情况",
        "规定动作完成情况",
        "党员教育管理",
        "考核得分",
        "存在的主要问题",
        "上年问题整改情况",
        "下一步措施",
    )

    assert all(chapter in silent for chapter in chapters)
    assert "组织生活台账未填报" in silent
    assert "党员年度情况未填报" in silent
    assert "考核得分未填报" in silent


def test_a_branch_that_reported_nothing_is_nowhere_told_it_did_nothing(silent):
    assert re.findall(r"(?<!\d)0(?:次|名|个|学时|元)", silent) == []
    assert "没有做到" not in silent


def test_three_hundred_members_make_a_whole_review(workspace, tmp_path):
    rows = {
        **ONE_BRANCH,
        "党员": [
            {"党员代码": f"M{number:04}", "姓名": "张三", "所属党组织": "B001", "党员类别": "正式", "性别": "男",
             "入党日期": date(2010, 1, 1), "转正日期": date(2011, 1, 2)}
            for number in range(300)
        ],
    }  # fmt: skip
    made = review(
        workspace, "B001", "--data", str(workbook(tmp_path / "大支部.xlsx", rows)), "--review"
    )

    assert "在册党员300名" in text(made)


def test_an_unknown_branch_is_refused_with_the_near_miss(workspace):
    done = command("zhibi", "run", "annual_review", "-p", "branch=B0122", cwd=workspace)

    assert done.returncode == 2
    assert "B0122" in done.stdout + done.stderr
