"""A school writes its own tables and its own notebook, and zhibi runs them as they are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import docx
import nbformat
import openpyxl
import pytest

pytestmark = pytest.mark.kernel

PACKAGE = """
from pathlib import Path

from zhibi.domain import Domain
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Column, Contract, Kind, Sheet


def full_classes(data):
    for (file, sheet, row), pupils in data["班级"]["学生数"].items():
        if pupils > 60:
            yield Finding("Y01", Level.ERROR, Location(file, sheet, f"B{row}"), "班额超过60人", "请核对。")


CONTRACT = Contract(
    "学校工作簿", "设置",
    (Column("year", "学年", Kind.YEAR, required=True), Column("school", "学校", required=True)),
    (Sheet("classes", "班级", (
        Column("name", "班级", Kind.CODE, required=True),
        Column("pupils", "学生数", Kind.INTEGER, required=True, minimum=0),
    ), ("班级",)),),
    (full_classes,),
)
DOMAIN = Domain("school", "学校", CONTRACT, Path(__file__).parent)
"""
CELLS = (
    """%load_ext zhibi
from school import CONTRACT
from zhibi import count, table, total
from zhibi.data.read import open_dataset
from zhibi.workspace.workspace import resolve

数据 = open_dataset(resolve(workbook), CONTRACT)
班级 = 数据["班级"]
班级数 = count(班级, "班级数", "个")
学生数 = total(班级["学生数"], "学生数", "人")""",
    "%%正文\n# {{ 数据.settings.学校 }}年度报告\n\n## 基本情况\n\n全校有班级{{ 班级数 }}、学生{{ 学生数 }}。",
)


@pytest.fixture
def school(tmp_path) -> Path:
    """A workspace of a domain that is installed beside dangjian, with a workbook of three classes."""
    site = tmp_path / "site"
    (site / "school-1.0.dist-info").mkdir(parents=True)
    (site / "school.py").write_text(PACKAGE, "utf-8")
    (site / "school-1.0.dist-info/METADATA").write_text(
        "Metadata-Version: 2.1\nName: school\nVersion: 1.0\n", "utf-8"
    )
    (site / "school-1.0.dist-info/entry_points.txt").write_text(
        "[zhibi.domains]\nschool = school:DOMAIN\n", "utf-8"
    )
    place = tmp_path / "学校"
    (place / "notebooks").mkdir(parents=True)
    (place / "zhibi.toml").write_text('domain = "school"\nprofile = "classic"\n', "utf-8")
    cells = [
        nbformat.v4.new_code_cell('workbook: str = "学校.xlsx"', metadata={"tags": ["parameters"]})
    ]
    cells += [nbformat.v4.new_code_cell(source) for source in CELLS]
    notebook = nbformat.v4.new_notebook(
        cells=cells, metadata={"zhibi": {"data": "workbook", "period": "学年", "org": "学校"}}
    )
    nbformat.write(notebook, place / "notebooks/yearly.ipynb")
    workbook(place / "学校.xlsx", (("一(1)班", 41), ("一(2)班", 43), ("二(1)班", 39)))
    return place


def workbook(path: Path, classes) -> None:
    book = openpyxl.Workbook()
    settings = book.active
    settings.title = "设置"
    for row in (("项目", "内容"), ("学年", 2026), ("学校", "示例小学")):
        settings.append(row)
    sheet = book.create_sheet("班级")
    for row in (("班级", "学生数"), *classes):
        sheet.append(row)
    book.save(path)


def zhibi(school: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(school.parent / "site")}
    command = [Path(sys.executable).parent / "zhibi", *words]
    return subprocess.run(
        command,
        cwd=school,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )


def test_a_report_of_another_domain_comes_out_in_word_with_its_sources(school):
    done = zhibi(school, "run", "yearly", "--final")

    assert done.returncode == 0, done.stdout + done.stderr
    made = school / "outputs/yearly/2026/示例小学"
    text = [paragraph.text for paragraph in docx.Document(made / "报告.docx").paragraphs]
    assert text == ["示例小学年度报告", "一、基本情况", "全校有班级3个、学生123人。"]
    sources = openpyxl.load_workbook(made / "数据出处.xlsx")["数据出处"]
    assert [(row[6], row[10]) for row in sources.iter_rows(min_row=2, values_only=True)] == [
        ("学校", "设置"), ("班级数", "班级"), ("学生数", "班级"),
    ]  # fmt: skip


def test_a_document_is_held_against_its_workbook_though_it_tells_nothing_more(school):
    (school / "稿.md").write_text("# 报告\n\n全校有班级3个。\n", "utf-8")
    done = zhibi(school, "check", "稿.md", "--data", "学校.xlsx")

    assert "没有安装" not in done.stdout + done.stderr
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_fault_of_an_installed_contract_is_told_with_its_line(school):
    module = school.parent / "site/school.py"
    text = module.read_text("utf-8")
    text = text.replace('"学生数", Kind.INTEGER', '"班级", Kind.INTEGER')
    module.write_text(text.replace('), ("班级",)),)', '), ("班号",), owner=("校",)),)'), "utf-8")
    done = zhibi(school, "data", "check", "学校.xlsx")

    assert done.returncode == 2
    assert [
        code
        for code in ("C22", "C23", "C24")
        if f"[错误 {code}] site/school.py 第" not in done.stderr
    ] == []


def test_its_own_rules_are_checked_by_the_same_command(school):
    workbook(school / "学校.xlsx", (("一(1)班", 75),))
    done = zhibi(school, "data", "check", "学校.xlsx")

    assert done.returncode == 1
    assert "[错误 Y01] 学校.xlsx 工作表“班级” B2：班额超过60人。请核对。" in done.stdout
