"""A finished run -> run.json: what went in, what came out and what is to be said about it."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gongwen.chinese.pseudonyms import Pseudonyms
from gongwen.document import Document
from gongwen.findings import Finding, counts_by_level
from zhibi.data.dataset import Dataset
from zhibi.data.read import called
from zhibi.data.snapshot.cache import PACKAGES
from zhibi.report import outputs
from zhibi.report.records import provenance
from zhibi.report.request import Plan
from zhibi.workspace.address import is_address
from zhibi.workspace.workspace import Workspace, resolve


def write(
    plan: Plan,
    data: Dataset | None,
    document: Document,
    findings: tuple[Finding, ...],
    names: Pseudonyms | None = None,
    made: Mapping[str, bytes] | None = None,
    owner: str = "",
) -> bytes:
    """The record of one run. Findings are a tuple of all that was said, data and document alike.

    `names` are those of an anonymous report; none of them stands in its record. `made` are the files that people may
    change later; `owner` is whose data they were made from.
    """
    request = plan.request
    content = {
        "report": plan.report.name,
        "owner": owner,
        "title": document.title,
        "asked_at": request.asked_at.isoformat(timespec="seconds"),
        "parameters": plan.values,
        "final": request.final,
        "review": request.review,
        "inputs": {
            "notebook": fingerprint(plan.workspace, plan.report.notebook),
            "parameters": fingerprint(plan.workspace, plan.report.parameters),
            "data": data_fingerprint(plan, data),
            **tables_fingerprint(plan),
        },
        "profile": plan.profile.name,
        "versions": versions(),
        "files": {name: outputs.fingerprint(content) for name, content in (made or {}).items()},
        "figures": provenance.count(document),
        "findings": [finding.as_json() for finding in findings],
        "levels": counts_by_level(findings),
    }
    masked = _covered(content, names) if names else content
    return (json.dumps(masked, ensure_ascii=False, indent=2) + "\n").encode()


def _covered(value: Any, names: Pseudonyms) -> Any:
    """The texts of a value without names.

    Masked as text, JSON itself could be taken for a name (false, 2026).
    """
    match value:
        case str():
            return names.mask(value)
        case Mapping():
            return {key: _covered(each, names) for key, each in value.items()}
        case list() | tuple():
            return [_covered(each, names) for each in value]
        case _:
            return value


@cache
def versions() -> dict[str, str]:
    """What made the report."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def fingerprint(place: Workspace, path: Path | None) -> dict[str, str] | None:
    """A file by its name and content."""
    if path is None or not path.exists():
        return None
    return {"path": place.relative(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def tables_fingerprint(plan: Plan) -> dict[str, list[dict[str, str]]]:
    """The tables without a contract that the notebook opens.

    Nothing for a notebook that opens none.
    """
    files = dict.fromkeys(resolve(wanted.file, plan.workspace.root) for wanted in plan.tables)
    prints = [fingerprint(plan.workspace, file) for file in files if isinstance(file, Path)]
    return {"tables": [each for each in prints if each]} if files else {}


def data_fingerprint(plan: Plan, data: Dataset | None) -> dict[str, Any] | None:
    """Where the data came from and what was read.

    Of one file its content, of several every name and content in order.

    Of a workbook that was imported, the files that its rows came from are named beside it. A
    database goes by its server and name, and by the content of its tables; no user, no password.
    """
    if plan.source is None or data is None:
        return None
    if not is_address(plan.source) and Path(plan.source).is_file():
        own, *brought = data.sources
        files = [{"name": source.name, "sha256": source.sha256} for source in brought]
        shown = plan.workspace.relative(Path(plan.source))
        return {"path": shown, "sha256": own.sha256} | ({"imported_from": files} if files else {})
    sums = [source.sha256 for source in data.sources]
    listed = "\n".join(f"{source.sha256}  {source.name}" for source in data.sources)
    whole = sums[0] if len(sums) == 1 else hashlib.sha256(listed.encode()).hexdigest()
    shown = (
        called(plan.source)
        if is_address(plan.source)
        else plan.workspace.relative(Path(plan.source))
    )
    return {"path": shown, "sha256": whole}
