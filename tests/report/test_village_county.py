"""A county of villages, communities, a school, a hospital and a firm: its reports call its people and units by their right names."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from clerk import BatchResult, command
from test_annual_review import text
from village_county import BRANCHES, TEXTS, village_county

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def book(workspace, tmp_path_factory) -> Path:
    return village_county(tmp_path_factory.mktemp("柳湾") / "柳湾.xlsx")


def made(workspace: Path, book: Path, report: str, *options: str) -> BatchResult:
    out = f"outputs/village-{report}{''.join(options[1:])}"
    done = command(
        "zhibi", "run", report, "--data", str(book), "--out", out, *options, cwd=workspace
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return BatchResult(workspace / out)


def test_the_research_report_of_a_county_of_villages_reads_right(workspace, book):
    words = text(made(workspace, book, "research_report"))

    assert "乡镇1家、村2家、社区1家、学校1家、医院1家、两新组织1家" in words
    assert "职工62人、村民2649人、居民5230人、教职工86人、从业人员23人" in words
    assert "任期届满尚无换届记录的有1个，为下坪村党支部" in words
    for of_others in ("企业", "党建入章", "三单", "部分党组织"):
        assert of_others not in words


def test_the_review_of_a_village_branch_reads_right(workspace, book):
    words = text(made(workspace, book, "annual_review", "-p", "branch=B003"))

    assert "上塘村党支部隶属柳湾镇党委，于2012年7月1日成立" in words
    assert "任期至2029年11月20日" in words  # five years
    assert "信访件数由9件降至3件" in words
    assert "请外出务工党员线上参加" in words
    assert "职工" not in words


def test_the_experience_of_a_township_and_the_rollup_read_right(workspace, book):
    shared = text(made(workspace, book, "experience_exchange", "-p", "org=B001"))
    rollup = made(workspace, book, "annual_rollup")
    words = "\n".join(paragraph.text for paragraph in docx.Document(rollup.docx).paragraphs)

    assert "党组织所在的单位有职工62人、村民2649人" in shared
    assert "企业" not in shared
    assert "本年度考核得分未填报" in words
    assert "三单" not in words


def test_every_branch_of_a_batch_brings_its_own_paragraphs(workspace, book):
    out = "outputs/village-batch"
    done = command(
        "zhibi", "batch", "annual_review", "--data", str(book), "--out", out, cwd=workspace
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    own = {row["党组织代码"]: row["文字"] for row in TEXTS if row["段落"] == "理论学习"}
    reports = {path.parent.name: path for path in (workspace / out).rglob("报告.docx")}

    assert set(reports) == set(own) == set(BRANCHES)
    for code, path in reports.items():
        words = "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)
        assert [of for of, text in own.items() if text in words] == [code]
