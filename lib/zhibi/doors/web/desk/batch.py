"""A request from the page -> how every organisation's report stands, and the batch made as `zhibi batch` makes it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from gongwen.errors import Interrupted
from gongwen.findings import counts_by_level
from zhibi.batch.ledger import Reading, ledger_path
from zhibi.batch.planning.plan import BatchPlan, Need, need, prepared
from zhibi.batch.request import BatchRequest
from zhibi.batch.results.failures import grouped
from zhibi.batch.run import BatchProgress
from zhibi.batch.service import BatchResult
from zhibi.batch.service import make as make_batch
from zhibi.doors.web.desk.place import inside, relative
from zhibi.engines import Limits
from zhibi.report.request import Request


def standing(root: Path, report: str, data: str = "", *, progress: Any) -> dict[str, Any]:
    """Every organisation with its state; nothing is made. `data` is another workbook than the report's."""
    request = BatchRequest(_each(root, report, data))
    with prepared(request) as planned:
        ledger = ledger_path(planned.folder, request.shard)
        entries = Reading(ledger.read_bytes()).entries if ledger.is_file() else {}
        rows = [_row(root, planned, org, entries.get(org.code)) for org in planned.organisations]
        failed = [
            (org, entries[org.code].result)
            for org in planned.organisations
            if org.code in entries and not entries[org.code].result.done
        ]
        states = Counter(row["state"] for row in rows)
        return {
            "report": report,
            "data": data or _stated(root, planned),
            "title": planned.title,
            "rows": rows,
            "failures": [_failure(group) for group in grouped(failed)],
            "folder": relative(root, planned.folder),
            "files": _files(root, planned.folder),
            "states": {str(need): states[str(need)] for need in Need},
        }


def make(
    root: Path, report: str, data: str = "", *, stage: str, only: str, fresh: bool, progress: Any
) -> dict[str, Any]:
    """Make the batch; what is done is not made again."""
    codes = tuple(code for code in only.split(",") if code)
    each = _each(root, report, data, final=stage == "final")
    request = BatchRequest(each, only=codes, fresh=fresh)
    progress({"done": 0, "total": 0, "says": "正在读取工作簿"})

    def watch(now: BatchProgress) -> None:
        message = f"正在做：{'、'.join(now.running)}" if now.running else ""
        progress(
            {
                "done": now.done + now.failed,
                "total": now.total,
                "failed": now.failed,
                "says": message,
            }
        )

    try:
        made = make_batch(request, watch)
    except KeyboardInterrupt:
        raise Interrupted from None
    return _summary(root, made)


def _summary(root: Path, made: BatchResult) -> dict[str, Any]:
    outcome = made.outcome
    edited = [
        org.name for org in outcome.planned.organisations if outcome.needs[org.code] is Need.EDITED
    ]
    return {
        "made": len(outcome.made),
        "failed": len(outcome.failed),
        "left": len(outcome.left),
        "unchanged": sum(need is Need.CURRENT for need in outcome.needs.values()),
        "edited": edited,
        "rescued": [relative(root, path) for path in outcome.edited],
        "changed_meanwhile": outcome.changed_meanwhile,
    }


def _each(root: Path, report: str, data: str, *, final: bool = False) -> Request:
    source = inside(root, data) if data else None
    limits = Limits(by_option=False)
    return Request(
        report, root, datetime.now().astimezone(), data=source, final=final, limits=limits
    )


def _stated(root: Path, planned: BatchPlan) -> str:
    """The workbook that the parameter file names."""
    source = planned.plan.source
    return relative(root, source) if isinstance(source, Path) else str(source or "")


def _row(root: Path, planned: BatchPlan, org: Any, entry: Any) -> dict[str, Any]:
    result = entry.result if entry else None
    findings = result.findings if result else ()
    folder = planned.folders[org.code]
    made = bool(result and result.done and (folder / "报告.docx").is_file())
    return {
        "code": org.code,
        "name": org.name,
        "superior": org.superior,
        "state": str(need(planned, entry, org.code)),
        "says": result.message if result and not result.done else "",
        "findings": counts_by_level(findings),
        "figures": result.figures if result else 0,
        "folder": relative(root, folder) if made else "",
    }


def _failure(group: Any) -> dict[str, Any]:
    names = [org.name for org in group.organisations]
    return {"heading": group.heading, "says": group.message, "remedy": group.hint, "names": names}


def _files(root: Path, folder: Path) -> list[dict[str, str]]:
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    results = [path for path in paths if path.is_file() and path.suffix in {".zip", ".xlsx"}]
    return [{"path": relative(root, path), "name": path.name} for path in results]
