"""A sheet that is read stays as it was laid out: the rows beside a fault are shown from it."""

from __future__ import annotations

from pathlib import Path

from dangjian.workbook.contract import CONTRACT
from zhibi.data.read import read
from zhibi.data.snapshot.memory import Memory
from zhibi.data.sources.xlsx import read_xlsx

CASE = Path(__file__).parents[1] / "web/cases/青禾县-乱3.xlsx"


def test_reading_marks_no_merged_cell_in_what_was_laid_out() -> None:
    memory = Memory()
    _, findings = read(CASE, CONTRACT, memory=memory)

    assert "V28" in {finding.code for finding in findings}
    assert memory.workbook(CASE)[0] == read_xlsx(CASE)[0]
