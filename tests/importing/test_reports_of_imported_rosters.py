"""Reports of a roster that was imported: their figures name its rows, and the record names the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sheets import TITLES, imported, workbook

from prompt import typed

HEAD = ("序号", "姓名", "性别", "出生年月", "入党时间", "转正时间", "所在支部", "党内职务")
LATER = {"编制单位": "青禾县委组织部"}


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A workspace with a roster of two branches that has been imported."""
    root = tmp_path_factory.mktemp("county")
    assert typed("zhibi", "init", "区", cwd=root).returncode == 0
    rows = [
        (at, f"虚{name}", "男", f"{1970 + at}.02", f"{1995 + at}.03.13", f"{1996 + at}.03.13", org, duty)
        for at, (name, org, duty) in enumerate(
            [("甲", "机关党支部", "书记"), ("乙", "机关党支部", ""), ("丙", "机关党支部", ""),
             ("丁", "供水厂党支部", "书记"), ("戊", "供水厂党支部", ""), ("己", "供水厂党支部", "")], 1
        )
    ]  # fmt: skip
    lines = [(line,) for line in TITLES]
    roster = workbook(root / "区" / "花名册.xlsx", ("花名册", [*lines, HEAD, *rows]))
    done = imported(root / "区" / "县.xlsx", roster, answers=LATER)
    assert done.exit_code == 0, done.lines()
    return root / "区"


@pytest.mark.kernel
@pytest.mark.slow
@pytest.mark.parametrize("report", ["annual_rollup", "research_report"])
def test_every_figure_names_the_rows_of_her_roster(county: Path, report: str):
    run = typed("zhibi", "run", report, "--data", "县.xlsx", cwd=county)

    assert run.returncode in (0, 1), run.stdout + run.stderr
    [record] = (county / "outputs" / report).rglob("run.json")
    data = json.loads(record.read_text("utf-8"))["inputs"]["data"]
    assert [one["name"] for one in data["imported_from"]] == ["花名册.xlsx"]
    cited = cited_cells(record.with_name("数据出处.xlsx"))
    assert any(file == "花名册.xlsx" for file, _ in cited)
    assert {rows for file, rows in cited if file == "县.xlsx"} <= {"无符合的行"}


def cited_cells(place: Path) -> set[tuple[str, str]]:
    """File and rows of every figure, and of every figure those were counted from."""
    found: set[tuple[str, str]] = set()
    for page in load_workbook(place):
        head, *lines = page.iter_rows(values_only=True)
        file, rows = head.index("文件"), head.index("行列")
        found |= {(str(line[file]), str(line[rows])) for line in lines if line[file]}
    return found
