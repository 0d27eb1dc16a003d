"""Our own reports, given to `zhibi new --from` with their workbook: the notebook prints the same, this year and next."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from clerk import BatchResult, command, lay_out

from zhibi.report.old_report.start import OldReport, start

pytestmark = pytest.mark.kernel
BOUND = 0.95
ALL = ("research_report", "annual_review", "annual_rollup", "experience_exchange")
CHANGED = ("research_report", "annual_review")  # those tried on another workbook too
CELLS = (
    ("党员", "性别", "女", "男", 40),
    ("党员", "党员类别", "预备", "正式", 3),
    ("党员", "学历", "大学本科", "研究生", 30),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    return lay_out(tmp_path_factory.mktemp("来回") / "工作区")


@pytest.fixture(scope="module")
def another(desk) -> Path:
    """A workbook that says something else in some cells."""
    book = openpyxl.load_workbook(desk / "data/示例县.xlsx")
    for title, header, old, new, most in CELLS:
        sheet = book[title]
        row = next(at for at in range(1, 6) if header in [cell.value for cell in sheet[at]])
        column = [cell.value for cell in sheet[row]].index(header) + 1
        found = [
            at for at in range(row + 1, sheet.max_row + 1) if sheet.cell(at, column).value == old
        ]
        for at in found[:most]:
            sheet.cell(at, column).value = new
    book.save(desk / "data/另一年.xlsx")
    return desk / "data/另一年.xlsx"


def run(desk: Path, report: str, *options: object) -> BatchResult:
    out = desk / f"outputs/{report}{len(options)}"
    done = command("zhibi", "run", report, "--out", out, *options, cwd=desk)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return BatchResult(out)


def printed(made: BatchResult) -> Counter[tuple[object, object]]:
    return Counter((row["指标"], row["显示"]) for row in made.printed)


@pytest.mark.parametrize("report", ALL)
def test_the_notebook_prints_the_figures_of_the_report_it_came_from(report, desk, request):
    before = run(desk, report)
    started = start(OldReport(f"照{report}", before.docx, Path("data/示例县.xlsx")), desk)
    after = run(desk, f"照{report}")
    old, new = printed(before), printed(after)

    assert new - old == Counter()
    assert sum(new.values()) >= BOUND * sum(old.values())
    assert len(started.binder.bound) >= BOUND * (sum(old.values()) - _drawn(before))
    if report in CHANGED:
        another = request.getfixturevalue("another")
        old, new = (
            printed(run(desk, report, "--data", another)),
            printed(run(desk, f"照{report}", "--data", another)),
        )
        assert new - old == Counter()
        assert sum(new.values()) >= BOUND * sum(old.values())
        assert new != printed(after) or report != "research_report"


def _drawn(made: BatchResult) -> int:
    """Figures drawn in charts: no words of the old report."""
    return sum(str(row["段落"]).startswith("图") for row in made.printed)
