"""A workbook or a document of the workspace -> what is wrong with it, counted or a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from gongwen.errors import UnreadableFile
from gongwen_lint import check as checker
from gongwen_lint.rules import registry
from zhibi import domain
from zhibi.data.checking.own_checks import run_checks
from zhibi.data.read import examine
from zhibi.doors.mcp.desk import place
from zhibi.doors.mcp.desk.reports import told
from zhibi.report.checking import context
from zhibi.workspace import workspace

PAGE = 50
FIRST = 20
WORKBOOKS = (".xlsx", ".xlsm")


def check_data(root: Path, file: str) -> dict[str, Any]:
    """How many faults of each kind, and the first of them."""
    findings = _of_data(root, place.inside(root, file))
    return _counted([each["level"] for each in findings], findings)


def check_document(root: Path, file: str, data: str) -> dict[str, Any]:
    """The same of a document, held against a workbook where one is named."""
    findings = _of_document(
        root, place.inside(root, file), place.inside(root, data) if data else None
    )
    return _counted([each["level"] for each in findings], findings)


def faults(root: Path, file: str, page: int) -> dict[str, Any]:
    """All faults of a file, fifty a page."""
    path = place.inside(root, file)
    of_data = path.is_dir() or path.suffix.lower() in WORKBOOKS
    findings = _of_data(root, path) if of_data else _of_document(root, path, None)
    pages = max(1, -(-len(findings) // PAGE))
    if not 1 <= page <= pages:
        raise UnreadableFile(f"第{page}页", f"没有这一页，一共{pages}页", "请改 page。")
    return {"page": page, "pages": pages, "faults": findings[(page - 1) * PAGE : page * PAGE]}


def _counted(levels: list[str], findings: list[Mapping[str, str]]) -> dict[str, Any]:
    codes = Counter(f"{each['code']}" for each in findings)
    return {
        "levels": dict(Counter(levels)),
        "codes": dict(codes.most_common()),
        "first": findings[:FIRST],
        "left": max(0, len(findings) - FIRST),
    }


def _of_data(root: Path, path: Path) -> list[Mapping[str, str]]:
    package = domain.of(workspace.require(root))
    if package is None:
        raise UnreadableFile(
            path.name, "没有领域，不知道该有哪些表", "请在 zhibi.toml 里写明 domain。"
        )
    examination = examine(path, package.contract)
    data = examination.dataset
    slower = tuple(run_checks(package.audits, data)) if data is not None else ()
    every = (*examination.findings, *slower)
    return list(chain.from_iterable(told([finding]) for finding in every))


def _of_document(root: Path, path: Path, data: Path | None) -> list[Mapping[str, str]]:
    against = context.build(root, context.Named(data=data))
    skipped = workspace.require(root).settings.ignored
    codes = [rule.code for rule in registry.chosen([], list(skipped))]
    (outcome,) = checker.check_all(checker.files([path])[:1], codes, against)
    if outcome.trouble:
        raise UnreadableFile(path.name, outcome.trouble, "")
    return [_texts(entry) for entry in checker.entries(outcome)]


def _texts(entry: Mapping[str, object]) -> Mapping[str, str]:
    keys = ("code", "level", "where", "text", "message", "hint")
    return {key: str(entry.get(key) or "") for key in keys}
