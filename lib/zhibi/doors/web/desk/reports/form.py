"""A report type -> the fields of its form: what its notebook declares, what is set now, and what may be chosen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from gongwen.errors import ReportError
from gongwen.findings import errors_in
from zhibi.data.snapshot import cache
from zhibi.doors.web.desk.place import relative
from zhibi.doors.web.work import listing
from zhibi.notebook.parameters import Kind, Parameter
from zhibi.report import pipeline
from zhibi.report.planning import domain_name
from zhibi.report.request import Job, Plan

MOST_CHOICES = 5000
_TEXT_OF = re.compile(r"撰写\s*[.\[]\s*[\"']?(\w+)")  # what a notebook takes from its texts by name


def form(root: Path, report: str, *, told: Any) -> dict[str, Any]:
    """The form of a report type, filled with what its parameter file says."""
    plan = planned(root, report)
    values = plan.values
    return {
        "report": plan.report.name,
        "title": (plan.about.title if plan.about else "") or plan.report.name,
        "scope": plan.about.scope if plan.about else "",
        "fields": [_field(root, plan, each, values) for each in plan.declared],
        "watched": watched(root, plan),
        "notebook": relative(root, plan.report.notebook),
    }


def planned(root: Path, report: str, options: tuple[str, ...] = (), **job: Any) -> Plan:
    """A report type with everything looked up; `options` as after -p."""
    return pipeline.prepare(Job(report, root, datetime.now().astimezone(), options, **job))


def watched(root: Path, plan: Plan) -> list[str]:
    """The files that a report is made from."""
    source = plan.source
    files = [
        plan.report.notebook,
        plan.report.parameters,
        source if isinstance(source, Path) else None,
    ]
    return [
        relative(root, file) for file in files if file is not None and file.is_relative_to(root)
    ]


def options_of(declared: tuple[Parameter, ...], fields: Mapping[str, Any]) -> tuple[str, ...]:
    """What was filled in, as the words after -p of `zhibi run`."""
    return tuple(
        f"{each.name}={_word(each, fields[each.name])}" for each in declared if each.name in fields
    )


def _word(parameter: Parameter, value: Any) -> str:
    if parameter.kind in {Kind.MAP, Kind.LIST, Kind.ANY} and not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _field(
    root: Path, plan: Plan, parameter: Parameter, values: Mapping[str, Any]
) -> dict[str, Any]:
    value = values.get(parameter.name)
    about = plan.about
    made: dict[str, Any] = {
        "name": parameter.name,
        "label": parameter.help or parameter.name,
        "kind": str(parameter.kind),
        "required": parameter.required,
        "value": value,
        "choices": [],
        "texts": [],
    }
    if about is not None and parameter.name == about.data:
        made["choices"] = [
            {"value": path, "name": path} for path in _sources(root, str(value or ""))
        ]
    elif about is not None and parameter.name == about.org and about.scope != "county":
        made["choices"] = list(_organisations(plan))
    elif parameter.kind is Kind.MAP and parameter.name == "texts":
        given = value if isinstance(value, dict) else {}
        names = dict.fromkeys((*_asked(plan), *(str(name) for name in given)))
        made["texts"] = [{"name": name, "value": str(given.get(name, ""))} for name in names]
    elif parameter.kind in {Kind.LIST, Kind.MAP, Kind.ANY}:
        made["value"] = "" if value is None else json.dumps(value, ensure_ascii=False)
    return made


def _asked(plan: Plan) -> Iterator[str]:
    """The names by which a notebook asks for texts that people write, in its order."""
    for cell in plan.notebook.cells:
        if cell.cell_type == "code":
            yield from (match[1] for match in _TEXT_OF.finditer(cell.source))


def _sources(root: Path, now: str) -> list[str]:
    usable = [each["path"] for each in listing.workbooks(root)]
    return usable if not now or now in usable else [now, *usable]


def _organisations(plan: Plan) -> Iterator[dict[str, str]]:
    """Those the workbook knows, by code and name; none where it cannot be read yet."""
    if plan.source is None or plan.contract is None or plan.divide is None:
        return
    try:
        kept = plan.workspace.scratch / "cache"
        data, findings = cache.read(plan.source, plan.contract, domain_name(plan.workspace), kept)
    except ReportError:
        return
    if data is None or errors_in(findings):
        return
    for org in plan.divide(data).organisations[:MOST_CHOICES]:
        yield {"value": org.code, "name": f"{org.name}（{org.code}）"}
