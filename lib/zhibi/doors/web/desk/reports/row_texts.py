"""A report and the data it is made from -> which of its texts stand in the sheet 撰写 already: those are printed."""

from __future__ import annotations

import re

import pandas as pd

from zhibi.data.dataset import Dataset
from zhibi.report.request import Plan

SHEET = "撰写"
REPORT, YEAR, SECTION, TEXT = "报告", "年度", "段落", "文字"
_CALLED = re.compile(r"\.texts\(\s*[\"']([^\"']+)[\"']")


def report_as_called(plan: Plan) -> str:
    """The report as the sheet calls it; empty for a notebook that takes no texts from there."""
    sources = (cell.source for cell in plan.notebook.cells if cell.cell_type == "code")
    return next((match[1] for source in sources if (match := _CALLED.search(source))), "")


def in_workbook(plan: Plan, known: Dataset | None) -> dict[str, str]:
    """By name of the text, the place of the row that has it: “撰写”表第7行."""
    called = report_as_called(plan)
    if known is None or plan.contract is None or not called or SHEET not in known.frames:
        return {}
    owner = next(
        (sheet.owner[0] for sheet in plan.contract.sheets if sheet.title == SHEET and sheet.owner),
        "",
    )
    rows = known[SHEET]
    if not {owner, REPORT, YEAR, SECTION, TEXT} <= set(rows.columns):
        return {}
    organisation = plan.org or plan.top
    whose = rows[owner] == organisation if organisation else rows[owner].isna()
    year = known.settings[plan.contract.report_year].value
    own = whose & (rows[REPORT] == called) & (rows[YEAR] == year) & rows[TEXT].notna()
    chosen = rows[own.fillna(value=False)]
    return {
        str(section): f"“{origin[1]}”表第{origin[2]}行"
        for section, origin in zip(chosen[SECTION], chosen.index, strict=True)
        if not pd.isna(section)
    }
