"""A colleague follows docs/编写新报告.md to the letter in a new workspace; what the document promises is there."""

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

pytestmark = pytest.mark.kernel

TOP = Path(__file__).resolve().parents[2]
DOCUMENT = (TOP / "docs/编写新报告.md").read_text("utf-8")
NAME = "quarterly_notice"
_STEP = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str, str, str]]:
    """Every block of the document: its language, the bold words it comes under, its content."""
    found = []
    for block in _STEP.finditer(DOCUMENT):
        before = re.findall(r"\*\*(第\d+格|新的一格)\*\*", DOCUMENT[: block.start()])
        found.append((block[1], before[-1] if before else "", block[2].rstrip("\n")))
    return found


def follow(place: Path) -> None:
    """Do what the document says, in its order."""
    notebook = place / f"notebooks/{NAME}.ipynb"
    for language, where, content in steps():
        match language:
            case "sh":
                for line in content.splitlines():
                    run(place, line)
            case "yaml":
                (place / f"params/{NAME}.yaml").write_text(content + "\n", encoding="utf-8")
            case "python":
                nb = nbformat.read(notebook, as_version=4)
                if where == "新的一格":
                    nb.cells.append(nbformat.v4.new_code_cell(content))
                else:
                    nb.cells[int(re.findall(r"\d+", where)[0]) - 1].source = content
                nbformat.write(nb, notebook)
            case other:
                pytest.fail(f"the document has a block that nobody follows: {other}")


def run(place: Path, line: str) -> None:
    program, *words = shlex.split(line)
    if program == "python":
        bare = dict(os.environ, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")  # pytest without plugins
        done = subprocess.run(
            [sys.executable, *words],
            cwd=place,
            check=False,
            capture_output=True,
            text=True,
            env=bare,
        )
    else:
        done = typed(program, *words, cwd=place)
    assert done.returncode == 0, (line, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("同事") / "工作区"
    run(place.parent, f"zhibi init {place.name}")
    follow(place)
    return place


@pytest.fixture(scope="module")
def report(workspace) -> Path:
    return workspace / f"outputs/{NAME}/2026/示例县/报告.docx"


def test_the_notice_has_its_elements_and_its_chapters(report):
    words = [paragraph.text.strip() for paragraph in docx.Document(report).paragraphs]

    assert "关于2026年第三季度党建督查情况的通报" in "".join(words[:4])
    assert any(line.startswith("各乡镇党委，县直各党（工）委") for line in words)
    assert "中共示例县委组织部" in words
    assert "2026年12月8日" in words
    assert any(line.startswith("附件：党支部得分率名次和逾期未销号事项") for line in words)
    assert [
        chapter
        for chapter in ("总体情况", "存在问题", "有关要求")
        if not any(chapter in line for line in words)
    ] == []


def test_its_figures_equal_an_independent_count(report, workspace):
    book = openpyxl.load_workbook(workspace / "data/示例县.xlsx", read_only=True, data_only=True)

    def rows(sheet: str) -> list[dict[str, object]]:
        head, _, *lines = book[sheet].iter_rows(values_only=True)
        return [
            dict(zip(head, line, strict=False)) for line in lines
        ]  # blank cells at the end are left out

    visits = [
        row
        for row in rows("组织生活台账")
        if row["类型"] == "督查" and row["日期"].month in {7, 8, 9}
    ]
    vetoing = {row["指标代码"] for row in rows("考核指标") if row["计分方式"] == "一票否决"}
    vetoed = {
        row["党组织代码"]
        for row in rows("考核得分")
        if row["指标代码"] in vetoing and row["等次"] == "是"
    }
    scored = {
        row["党组织代码"]
        for row in rows("考核得分")
        if (row["年度"], row["周期类型"], row["期次"]) == (2026, "季", 3)
    } - vetoed
    closed = sum(row["状态"] == "已销号" for row in rows("三单台账"))
    words = "".join(paragraph.text for paragraph in docx.Document(report).paragraphs)
    table = docx.Document(report).tables[0]

    assert (
        f"共开展督查{len(visits)}次，覆盖党组织{len({row['党组织代码'] for row in visits})}个"
        in words
    )
    assert f"参加本季度考核排名的党支部{len(scored)}个" in words
    assert f"事项共{len(rows('三单台账'))}项，尚未销号{len(rows('三单台账')) - closed}项" in words
    assert len(table.rows) == len(scored) + 1
    assert table.rows[1].cells[0].text == "1"


def test_every_figure_of_the_notice_has_its_origin(report):
    sheet = openpyxl.load_workbook(report.parent / "数据出处.xlsx")["数据出处"]
    head, *rows = sheet.iter_rows(values_only=True)
    printed = [dict(zip(head, row, strict=True)) for row in rows]

    assert len(printed) > 90
    assert [row for row in printed if not row["行列"] and "依据" not in str(row["算式"])] == []


def test_the_document_is_read_whole():
    assert (
        [language for language, _, _ in steps()].count("python")
        == len(re.findall(r"```python", DOCUMENT))
        == 7
    )


def _words(page):
    """The page without what stands in it as code."""
    return re.sub(r"`[^`\n]+`", "", page.read_text("utf-8"))


def test_no_link_of_the_pages_in_a_new_workspace_is_broken(workspace):
    pages = workspace / "docs"
    found = {
        page.name: re.findall(r"\]\(([^)#:]+\.md)\)", _words(page)) for page in pages.iterdir()
    }

    assert found["编写新报告.md"]
    assert [link for links in found.values() for link in links if not (pages / link).exists()] == []


def test_no_link_of_the_authors_pages_is_broken():
    pages = (TOP / "docs").glob("*写*.md")
    links = [
        (page.name, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", _words(page))
    ]
    assert links
    assert [link for link in links if not (TOP / "docs" / link[1]).exists()] == []


def test_what_new_suggests_works_at_once_and_cannot_be_final(tmp_path):
    place = tmp_path / "工作区"
    run(tmp_path, f"zhibi init {place.name}")
    run(place, "zhibi new notice --title 关于新报告工作的通报 --form 通报")
    made = nbformat.read(place / "notebooks/notice.ipynb", as_version=4)
    named = re.findall(r"`(docs/[^`]+)`", made.cells[0].source)

    assert named
    assert [path for path in named if not (place / path).exists()] == []
    draft = typed("zhibi", "run", "notice", cwd=place)
    assert draft.returncode == 1, draft.stderr  # made, and told what is still to be filled in
    assert "已生成" in draft.stdout
    assert "“请填写”还有没填的地方" in draft.stdout
    assert "G25" not in draft.stdout  # the date stands as GB/T 9704 7.3.5 has it
    done = typed("zhibi", "run", "notice", "--final", cwd=place)
    assert done.returncode == 2, done.stdout
    assert "“请填写”还有没填的地方" in done.stdout + done.stderr


def test_the_test_that_new_writes_is_in_the_projects_format(tmp_path):
    place = tmp_path / "工作区"
    run(tmp_path, f"zhibi init {place.name}")
    run(place, "zhibi new notice --title 关于新报告工作的通报 --form 通报")
    formatter = Path(sys.executable).parent / "ruff"
    settings = TOP / "pyproject.toml"
    written = place / "tests/test_notice.py"
    done = subprocess.run(
        [formatter, "format", "--check", "--config", settings, written],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
