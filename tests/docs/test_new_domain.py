"""Somebody follows docs/新领域.md to the letter in an empty folder; what the chapter promises is there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import docx
import nbformat
import openpyxl
import pytest

from prompt import typed

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

TOP = Path(__file__).resolve().parents[2]
CHAPTER = (TOP / "docs/新领域.md").read_text("utf-8")
_STEP = re.compile(r"^```(\w+)\n(.*?)^```|^((?:\|[^\n]*\|\n)+)", re.MULTILINE | re.DOTALL)
SHEETS = ("卫生院", "医务人员", "诊疗")
DRAFTED = ("run", "check", "batch")  # commands that find a place to be written
BARE = dict(os.environ, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")


def follow(place: Path) -> None:
    """Do what the chapter says, in its order."""
    contract = place / "卫生院/__init__.py"
    fresh = True
    for step in _STEP.finditer(CHAPTER):
        cell = re.findall(r"\*\*(单位总结)?第(\d+)格\*\*", CHAPTER[: step.start()])
        if step[1] == "sh":
            for line in step[2].splitlines():
                run(place, line)
        elif step[1] == "python" and cell:
            name, number = cell[-1]
            notebook = place / f"notebooks/{name or '年度情况'}.ipynb"
            change_cell(notebook, int(number), step[2].rstrip("\n"))
        elif step[1] == "python":
            before = "" if fresh else contract.read_text("utf-8") + "\n\n"
            contract.write_text(before + step[2], "utf-8")
            fresh = False
        elif step[3] and "代码" in step[3].splitlines()[0]:
            fill(place / "data/卫生院.xlsx", step[3])


def run(place: Path, line: str) -> None:
    program, *words = shlex.split(line)
    if program in {"cp", "rm"}:
        subprocess.run([program, *words], cwd=place, check=True)
        return
    if program == "python":
        subprocess.run([sys.executable, *words], cwd=place, check=True, env=BARE)
        return
    done = typed(program, *words, cwd=place)
    allowed = (0, 1) if words[0] in DRAFTED else (0,)
    assert done.returncode in allowed, (line, done.stdout + done.stderr)


def change_cell(file: Path, number: int, source: str) -> None:
    notebook = nbformat.read(file, as_version=4)
    notebook.cells[number - 1].source = source
    nbformat.write(notebook, file)


def fill(file: Path, table: str) -> None:
    """Type a table of the chapter into the sheet with these headers, from the row below the example on."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    book = openpyxl.load_workbook(file)
    settings = book["设置"]
    for row in range(2, settings.max_row + 1):
        example = str(settings.cell(row, 3).value or "").rpartition("如：")[2]
        if settings.cell(row, 1).value != "填报单位":
            settings.cell(row, 2).value = int(example) if example.isdigit() else example
    page = next(book[name] for name in SHEETS if [cell.value for cell in book[name][1]] == lines[0])
    for at, cells in enumerate(lines[2:], 4):
        for column, cell in enumerate(cells, 1):
            page.cell(at, column).value = int(cell) if cell.isdigit() else cell
    book.save(file)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("新同事") / "空文件夹"
    folder.mkdir()
    follow(folder)
    return folder


def test_the_report_says_what_the_tables_say(place):
    report = docx.Document(place / "outputs/年度情况/2026/示例县/报告.docx")
    text = "\n".join(each.text for each in report.paragraphs)

    assert "示例县有乡镇卫生院2所，床位105张，医务人员3名，其中医师2名，占66.7%。" in text, text
    assert "全年门诊16000人次，其中远程会诊99人次。" in text


def test_each_hospital_has_a_report_that_knows_its_place(place):
    made = place / "outputs/单位总结/2026/示例县"
    text = {code: whole(made / code / "报告.docx") for code in ("W01", "W02")}

    assert "全年门诊10000人次，居全县卫生院第1位" in text["W01"]
    assert "全年门诊6000人次，居全县卫生院第2位" in text["W02"]
    assert "本院有床位45张、医务人员1名" in text["W02"]


def whole(file: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(file).paragraphs)


def test_the_domain_went_to_another_county(place):
    other = place / "另一个县"
    checked = typed("zhibi", "data", "check", "data/卫生院.xlsx", cwd=other)
    made = typed("zhibi", "run", "年度情况", cwd=other)

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "已生成" in made.stdout, made.stderr


def test_the_chapter_s_check_finds_what_it_says(place):
    book = openpyxl.load_workbook(place / "data/卫生院.xlsx")
    book["诊疗"]["D4"] = 9999
    book.save(place / "data/错.xlsx")
    done = typed("zhibi", "data", "check", "data/错.xlsx", cwd=place)

    assert done.returncode == 1
    assert "工作表“诊疗” D4 “其中远程会诊人次”列：9999人次多于门诊5200人次" in done.stdout
