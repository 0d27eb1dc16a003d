"""Counties that are not like the example: one branch, nothing reported, another county's words in the parameters."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from clerk import command

from dangjian.workbook.sheets import SETTINGS, SHEETS

pytestmark = pytest.mark.kernel

SETTLED = {
    "年度": 2026,
    "数据截止日": date(2026, 11, 30),
    "地区": "小县",
    "编制单位": "小县委组织部",
}
ONE_BRANCH = {
    "单位": [{"单位代码": "U001", "单位全称": "小县一家公司", "单位类别": "县属国企"}],
    "党组织": [
        {"党组织代码": "B001", "名称": "中共小县一家公司支部", "类型": "党支部", "所属单位": "U001", "成立日期": date(2020, 1, 1)}
    ],
    "党员": [
        {"党员代码": f"M{number}", "姓名": "张三", "所属党组织": "B001", "党员类别": "正式",
         "入党日期": date(2010, 1, 1), "转正日期": date(2011, 1, 2)}
        for number in range(4)
    ],
}  # fmt: skip


def workbook(path: Path, rows: dict[str, list[dict[str, object]]]) -> Path:
    book = openpyxl.Workbook()
    settings = book.active
    settings.title = "设置"
    settings.append(["项目", "内容"])
    for column in SETTINGS:
        settings.append([column.header, SETTLED.get(column.header)])
    for sheet in SHEETS:
        made = book.create_sheet(sheet.title)
        made.append(list(sheet.headers))
        for row in rows.get(sheet.title, []):
            made.append([row.get(header) for header in sheet.headers])
    book.save(path)
    return path


@pytest.fixture(scope="module")
def one_branch(workspace, tmp_path_factory) -> tuple[str, str]:
    """What the command said and what the document says, for a county of one branch that reported next to nothing."""
    path = workbook(tmp_path_factory.mktemp("小县") / "小县.xlsx", ONE_BRANCH)
    done = command(
        "zhibi",
        "run",
        "research_report",
        "--data",
        str(path),
        "--out",
        "outputs/one",
        cwd=workspace,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    document = docx.Document(workspace / "outputs/one/报告.docx")
    return done.stdout + done.stderr, "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_what_is_blank_says_so_and_is_never_nought(one_branch):
    _, text = one_branch

    assert "女党员数、大学专科及以上学历党员数、35岁及以下党员数、56岁及以上党员数未填报。" in text
    assert not re.search(r"女党员\d", text)
    assert "0次" not in text


def test_a_section_that_has_nothing_to_say_is_not_printed(one_branch):
    _, text = one_branch

    assert "【待撰写：主要做法" in text.split("主要做法及成效")[1][:20]
    assert "工作成效" not in text
    assert "组织生活落实不够到位" not in text


def test_an_empty_ledger_is_not_taken_for_missed_meetings(one_branch):
    _, text = one_branch

    assert "主题党日应当每月" not in text
    assert "没有填报数据，未能比对" in text


def test_an_empty_ledger_is_not_drawn_as_months_without_meetings(one_branch):
    _, text = one_branch

    assert "各月开展主题党日的党支部数" not in text


def test_a_county_without_units_speaks_of_none(workspace, tmp_path):
    organisations = [{**ONE_BRANCH["党组织"][0], "所属单位": None}]
    rows = {"党组织": organisations, "党员": ONE_BRANCH["党员"]}
    path = workbook(tmp_path / "小县.xlsx", rows)
    options = ("--data", str(path), "--out", "outputs/units")
    command("zhibi", "run", "research_report", *options, cwd=workspace)

    document = docx.Document(workspace / "outputs/units/报告.docx")
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert any(line.startswith("调研对象为小县1个基层党组织、4名党员。") for line in lines)
    assert "二、基本情况" in lines or "基本情况" in lines
    assert not any("单位与人员" in line or "0家" in line for line in lines)


def test_words_written_for_another_county_are_withheld_and_the_reason_given(one_branch):
    said, text = one_branch

    assert "为全面了解" not in text
    assert "【待撰写：" in text
    assert "是为“示例县2026年度”写的" in said


def test_a_final_document_refuses_places_nobody_wrote(workspace, tmp_path):
    path = workbook(tmp_path / "小县.xlsx", ONE_BRANCH)
    done = command(
        "zhibi",
        "run",
        "research_report",
        "--final",
        "--data",
        str(path),
        "--out",
        "outputs/final",
        cwd=workspace,
    )

    assert done.returncode == 2
    assert "还不能定稿" in done.stdout + done.stderr
    assert not (workspace / "outputs/final/报告.docx").exists()


def test_a_county_without_organisations_is_refused_in_one_sentence(workspace, tmp_path):
    path = workbook(tmp_path / "空县.xlsx", {})
    done = command(
        "zhibi",
        "run",
        "research_report",
        "--data",
        str(path),
        "--out",
        "outputs/empty",
        cwd=workspace,
    )

    assert done.returncode == 2
    assert "没有任何党组织" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (workspace / "outputs/empty").exists()
