"""Counties where nobody does what is asked, and a branch that listed nobody: how many is said once, nothing is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from clerk import BatchResult, command
from test_annual_review import text
from test_small_counties import workbook

pytestmark = [pytest.mark.kernel, pytest.mark.slow]
FIRMS = ("盐业公司", "水泥公司")
CODES = ("B001", "B002")


def members() -> list[dict[str, object]]:
    return [
        {
            "党员代码": f"M{code}{number}", "姓名": "张三", "所属党组织": code, "党员类别": "正式",
            "入党日期": date(2010, 1, 1), "转正日期": date(2011, 1, 2),
        }
        for code in CODES
        for number in range(4)
    ]  # fmt: skip


def lacking() -> dict[str, list[dict[str, object]]]:
    """Two firms with a branch each, and both lack everything."""
    return {
        "单位": [
            {"单位代码": code, "单位全称": name, "单位类别": "县属国企", "党建入章": "否"}
            for code, name in zip(CODES, FIRMS, strict=True)
        ],
        "党组织": [
            {
                "党组织代码": code, "名称": f"{name}党支部", "类型": "党支部", "所属单位": code,
                "成立日期": date(2015, 1, 1), "本届选举日期": date(2022, 1, 10), "任期(年)": 3,
            }
            for code, name in zip(CODES, FIRMS, strict=True)
        ],
        "党员": members(),
        "党员年度": [
            {"党员代码": each["党员代码"], "年度": 2026, "集中学时": 10} for each in members()
        ],
        "组织生活台账": [
            {"活动编号": f"A{code}", "党组织代码": code, "日期": date(2026, 3, 5), "类型": "主题党日", "主题": "清仓"}
            for code in CODES
        ],
        "案例品牌": [
            {
                "案例编号": f"C{code}", "名称": name, "类型": "案例", "党组织代码": code, "做法": "党员带头。",
                "附录": "流程：一清点；二登记。",
            }
            for code, name in zip(CODES, ("盘点", "入库"), strict=True)
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def book(workspace, tmp_path_factory) -> Path:
    return workbook(tmp_path_factory.mktemp("小县") / "小县.xlsx", lacking())


def made(workspace: Path, book: Path, report: str, *options: str) -> BatchResult:
    out = f"outputs/whole-{report}-{book.stem}"
    done = command(
        "zhibi", "run", report, "--data", str(book), "--out", out, *options, cwd=workspace
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return BatchResult(workspace / out)


def test_where_all_lack_something_the_report_says_so_once(workspace, book):
    words = text(made(workspace, book, "research_report"))

    both = "（盐业公司党支部和水泥公司党支部）"
    assert f"填报了本届选举日期的2个党组织{both}均任期届满尚无换届记录，与" in words
    assert f"登记了主题党日的2个党支部{both}均没有做到逐月开展" in words
    assert "填报了学时的8名党员均尚未达到" in words
    assert "填报了党建入章情况的2家企业（盐业公司和水泥公司）均没有完成" in words
    assert "的有2" not in words


def test_the_rollup_tells_a_term_that_is_over_once(workspace, book):
    rollup = made(workspace, book, "annual_rollup")
    document = docx.Document(rollup.docx)
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]

    assert "2个党支部均有未达标项目" in words
    assert "2个党支部按期换届均未达标；2个党支部主题党日均未达标" in words
    assert "其中" not in words  # the three named are all there are
    assert "延期换届" not in words + "".join(cells)


def test_cases_with_an_appendix_each_stand_by_themselves(workspace, book):
    words = [
        paragraph.text
        for paragraph in docx.Document(made(workspace, book, "case_compilation").docx).paragraphs
    ]

    assert "“盘点”案例。流程：一清点；二登记。" in words
    assert "“入库”案例。流程：一清点；二登记。" in words
    assert not any(line.startswith("成效。") for line in words)  # neither told what came of it


def test_a_branch_that_listed_nobody_says_so_and_nothing_else(workspace, tmp_path):
    rows = {"党组织": [{"党组织代码": "B002", "名称": "上塘村党支部", "类型": "党支部"}]}
    book = workbook(tmp_path / "空册.xlsx", rows)
    words = text(made(workspace, book, "annual_review", "-p", "branch=B002"))

    assert "党员名册未填报。" in words
    assert "现将支部本年度党建工作的主要情况总结如下。" in words
    for claimed in ("没有", "均", "全部", "0名", "0次", "考核结果", "工作成效"):
        assert claimed not in words.replace("学了什么", "")
