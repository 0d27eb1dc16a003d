"""What came of a batch -> 汇总.xlsx: how every report stands, failures by cause, findings by code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongwen.findings import Level, counts_by_level
from zhibi.batch.planning.plan import Need
from zhibi.batch.results.failures import grouped, told
from zhibi.batch.run import BatchOutcome
from zhibi.data.writing import spreadsheet
from zhibi.data.writing.spreadsheet import PlainSheet, Row
from zhibi.domain import Organisation
from zhibi.report import outputs

NAME = "汇总.xlsx"
LEFT = "没有做"
WIDTHS = {
    "名称": 28,
    "上级": 28,
    "报告": 24,
    "原因": 40,
    "哪些": 40,
    "具体": 50,
    "怎么办": 40,
    "例如": 60,
}


def write(outcome: BatchOutcome) -> bytes:
    """The workbook."""
    levels = [str(level) for level in Level]
    failed = [(org, outcome.entries[org.code].result) for org in outcome.failed]
    causes = (
        (g.heading, len(g.organisations), _names(g.organisations), g.message, g.hint)
        for g in grouped(failed)
    )
    findings = (
        (
            each.code,
            str(each.level),
            len(each.organisations),
            each.times,
            each.message,
            _names(each.organisations),
        )
        for each in told(_findings(outcome))
    )
    heads = ("代码", "名称", "上级", "状态", "本次", *levels, "报告", "原因")
    sheets = (
        PlainSheet("各份报告", heads, _reports(outcome)),
        PlainSheet("没有做成的", ("原因", "份数", "哪些", "具体", "怎么办"), causes),
        PlainSheet("提示汇总", ("代号", "级别", "份数", "处数", "例如", "哪些"), findings),
    )
    return spreadsheet.write(sheets, WIDTHS)


def _reports(outcome: BatchOutcome) -> Iterable[Row]:
    for org in outcome.planned.organisations:
        need, entry = outcome.needs[org.code], outcome.entries.get(org.code)
        if entry is None:
            yield (org.code, org.name, org.superior, LEFT, "", *[0] * len(Level), "", "")
            continue
        result = entry.result
        counts = counts_by_level(result.findings).values()
        this = (
            str(need)
            if need in {Need.CURRENT, Need.EDITED}
            else ("已生成" if result.done else "没有做成")
        )
        path = outcome.planned.folders[org.code] / outputs.REPORT
        shown = path.relative_to(outcome.planned.folder).as_posix() if result.done else ""
        yield (
            org.code,
            org.name,
            org.superior,
            str(result.state),
            this,
            *counts,
            shown,
            result.message,
        )


def _findings(outcome: BatchOutcome) -> Iterable[tuple[Organisation, Any]]:
    for org in outcome.planned.organisations:
        if org.code in outcome.entries:
            yield org, outcome.entries[org.code].result.findings


def _names(organisations: Iterable[Organisation]) -> str:
    return "、".join(org.name for org in organisations)
