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
        "主题党日次数": len([row for row in events if row["类型"] == "主题党日"]),
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


def test_a_review_reads_in_the_order_of_a_summary(b012):
    headings = [
        paragraph.text
        for paragraph in docx.Document(b012.docx).paragraphs
        if paragraph.style.name.startswith("Heading") or "标题" in paragraph.style.name
    ]
    words = "\n".join(headings) or text(b012)
    places = [
        words.index(each)
        for each in ("首要政治任务和理论学习", "主要工作", "工作成效", "存在的问题", "下一步打算")
    ]

    assert places == sorted(places)


def test_a_review_prints_no_verdicts_of_an_audit(b012):
    words = text(b012).split("附表1　")[0]

    for audit in ("数据不足的", "规则43项", "重算", "三单", "待核实", "不适用", "R15"):
        assert audit not in words


def test_failed_duties_stand_in_the_annex_and_what_does_not_apply_does_not(b012):
    annex = next(
        table
        for table in docx.Document(b012.docx).tables
        if table.rows[0].cells[0].text == "规定动作"
    )
    verdicts = {row.cells[0].text: row.cells[5].text for row in annex.rows[1:]}

    assert verdicts["主题党日"] == "未达标"
    assert verdicts["党员大会"] == "达标"
    assert "不适用" not in verdicts.values()


def test_a_review_tells_its_problems_itself_and_answers_each(b012):
    words = text(b012)
    problems = words.split("存在的问题")[1].split("下一步打算")[0]
    measures = words.split("下一步打算")[1]
    titles = re.findall(r"[一二三四]是([^。]+)。", problems)

    assert "应开展11个月，开展了8个月，3月、7月、8月没有开展" in problems
    assert len(titles) == 3
    assert len(re.findall(r"[一二三四]是([^。]+)。", measures)) == 3
    assert "由党支部书记负责，尽快办结“补齐上半年主题党日”，按月开展主题党日" in measures
    assert measures.count("书记负责") == 1


def test_activities_and_duties_of_one_kind_are_told_together(b012):
    words = text(b012)

    assert "“党建+培训”“党建+服务”活动各2次，“党建+共建”“党建+业务”活动各1次。" in words
    assert "年底以前，按照规定召开年度组织生活会，开展民主评议党员。" in words
    assert "应当交纳党费8998元，实际交纳8757元" in words


def test_a_closed_task_is_named_with_what_came_of_it(b012):
    done = "“补正会议记录中的缺项”（缺项已补正，记录格式统一）、“制定年度学习计划并分解到月”（学习计划已印发执行）。"

    assert done in text(b012).split("工作成效")[1].split("存在的问题")[0]


def test_what_a_branch_wrote_in_the_workbook_is_printed_for_it_alone(b012, workspace):
    own = "采取集中领学、个人自学和小区现场交流相结合的办法"

    assert own in text(b012)
    assert own not in text(review(workspace, "B020"))


def test_a_veto_is_told_as_a_problem_and_gives_no_place(workspace):
    words = text(draft(workspace, "B021"))

    assert "年内发生“安全生产责任事故（示例）”，按考核方案取消星级和优秀评定资格" in words
    assert "参加排名的党支部" not in words
    assert "对应五星" not in words


def test_a_branch_founded_in_the_year_is_compared_with_no_last_year(workspace):
    words = text(draft(workspace, "B038"))

    assert "于2026年8月18日成立" in words
    assert "较上年" not in words


def test_a_temporary_branch_has_neither_term_nor_committee(workspace):
    words = text(draft(workspace, "B024"))

    assert "产生，任期" not in words
    assert "没有未达标" not in words
    assert words.count("待撰写") == 3  # learning, problems and plans are for people to write


def test_what_is_carried_over_and_still_open_is_no_achievement(workspace):
    words = text(draft(workspace, "B040"))
    achieved = words.split("工作成效")[1].split("存在的问题")[0]

    assert "结转" not in achieved
    assert "“报送公司章程修订草案”原定2026年8月31日前完成，还没有办结" in words
    assert "已全部交纳" in words
    assert "并列第11位" in words
    assert "列并列" not in words


def draft(workspace: Path, branch: str, *options: str) -> BatchResult:
    out = f"outputs/draft-{branch}-{len(options)}"
    done = command(
        "zhibi",
        "run",
        "annual_review",
        "-p",
        f"branch={branch}",
        "--out",
        out,
        *options,
        cwd=workspace,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return BatchResult(workspace / out)


@pytest.fixture(scope="module")
def silent(workspace, tmp_path_factory) -> str:
    path = workbook(tmp_path_factory.mktemp("小县") / "小县.xlsx", ONE_BRANCH)
    return text(draft(workspace, "B001", "--data", str(path)))


def test_sections_without_data_are_not_printed_and_those_that_must_be_ask_to_be_written(silent):
    assert "主要工作" not in silent
    assert "工作成效" not in silent
    assert "未填报。" not in silent.split("附表")[0]
    for section in ("首要政治任务和理论学习", "存在的问题", "下一步打算"):
        assert "待撰写" in silent.split(section)[1][:12]


def test_a_final_review_refuses_a_section_nobody_wrote(workspace, tmp_path):
    path = workbook(tmp_path / "小县.xlsx", ONE_BRANCH)
    done = command(
        "zhibi", "run", "annual_review", "--final", "-p", "branch=B001", "--data", str(path),
        "--out", "outputs/refused", cwd=workspace,
    )  # fmt: skip

    assert done.returncode == 2
    assert "还不能定稿" in done.stdout + done.stderr
    assert not (workspace / "outputs/refused/报告.docx").exists()


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
    made = draft(
        workspace, "B001", "--data", str(workbook(tmp_path / "大支部.xlsx", rows)), "--review"
    )

    assert "在册党员300名" in text(made)


def test_an_unknown_branch_is_refused_with_the_near_miss(workspace):
    done = command("zhibi", "run", "annual_review", "-p", "branch=B0122", cwd=workspace)

    assert done.returncode == 2
    assert "B0122" in done.stdout + done.stderr
