"""The county's roll-up: what it counts equals the independent verdicts, and it decides nothing about people."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import docx
import pytest
from clerk import BatchResult, command
from recount import Workbook
from test_small_counties import ONE_BRANCH, workbook

sys.path.append(str(Path(__file__).resolve().parents[1] / "dangjian"))
from verdict_recount import outcomes

pytestmark = pytest.mark.kernel


def rollup(workspace: Path, out: str, *options: str) -> BatchResult:
    done = command(
        "zhibi", "run", "annual_rollup", "--final", "--out", out, *options, cwd=workspace
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return BatchResult(workspace / out)


@pytest.fixture(scope="module")
def made_rollup(workspace) -> BatchResult:
    return rollup(workspace, "outputs/rollup")


def table(made: BatchResult, caption: str) -> list[list[str]]:
    document = docx.Document(made.docx)
    for found in document.tables:
        rows = [[cell.text for cell in row.cells] for row in found.rows]
        if caption in rows[0]:
            return rows[1:]
    raise AssertionError(caption)


def test_word_opens_a_rollup_without_repairing_it(made_rollup):
    assert made_rollup.faults == []


def test_rules_are_counted_as_an_independent_judge_counts_them(made_rollup, workspace):
    path = workspace / "data/示例县.xlsx"
    branches = {row["党组织代码"] for row in Workbook(path).branches}
    failed = Counter(
        rule
        for (code, rule), outcome in outcomes(path).items()
        if code in branches and outcome == "未达标"
    )
    known = Counter(
        rule
        for (code, rule), outcome in outcomes(path).items()
        if code in branches and outcome in ("达标", "未达标")
    )
    printed = table(made_rollup, "可以判定")

    assert sorted((int(row[1]), int(row[2])) for row in printed) == sorted(
        (number, known[rule]) for rule, number in failed.items()
    )


def test_the_ranking_is_by_rate_and_leaves_nobody_out(made_rollup, workspace):
    printed = table(made_rollup, "星级测算")
    rates = [float(row[2]) for row in printed if row[0] != "—"]

    assert len(printed) == 32
    assert rates == sorted(rates, reverse=True)
    assert [row[1] for row in printed if row[0] == "—"] == [
        "交运集团出租客运党支部",  # a veto takes its place
        "园区公司园区物业党支部",  # no score
    ]


def test_a_branch_with_a_veto_is_named_as_such_and_never_as_a_leader(made_rollup):
    words = "\n".join(paragraph.text for paragraph in docx.Document(made_rollup.docx).paragraphs)
    (leaders,) = re.findall(r"得分率靠前的是(.*?)，", words)

    assert "有一票否决事项的是交运集团出租客运党支部，不参加排名" in words
    assert "交运集团出租客运党支部" not in leaders


def test_the_names_to_talk_to_are_for_people_to_decide(made_rollup):
    words = "\n".join(paragraph.text for paragraph in docx.Document(made_rollup.docx).paragraphs)
    printed = table(made_rollup, "研究意见")

    assert "不是处理决定" in words
    assert {row[4] for row in printed} == {""}
    assert all(int(row[1]) >= 3 or int(row[3]) >= 1 for row in printed)


def test_the_overdue_and_the_nearly_overdue_terms_are_named(made_rollup):
    words = "\n".join(paragraph.text for paragraph in docx.Document(made_rollup.docx).paragraphs)

    assert "交运集团城乡公交党支部（2026年9月15日届满，已逾期76天）" in words
    assert "城投集团资产运营党总支（2027年3月20日届满）" in words


def test_a_county_that_reported_next_to_nothing_gets_a_whole_rollup(workspace, tmp_path):
    made = rollup(
        workspace,
        "outputs/rollup-small",
        "--data",
        str(workbook(tmp_path / "小县.xlsx", ONE_BRANCH)),
    )
    words = "\n".join(paragraph.text for paragraph in docx.Document(made.docx).paragraphs)

    assert "本年度考核得分未填报" in words
    assert "0次" not in words
    assert "换届" not in words  # no day of an election was reported: nothing can be said of terms
    assert "没有发现" not in words.replace("没有发现未达标的", "")


def test_every_printed_figure_names_its_rows_or_its_rule(made_rollup):
    nameless = [
        row for row in made_rollup.printed if not row["行列"] and "依据" not in str(row["算式"])
    ]
    assert [row for row in nameless if "运行参数" not in str(row)] == []
