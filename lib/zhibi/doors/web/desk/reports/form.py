"""A report type -> the fields of its form: what its notebook declares, what is set now, and what may be chosen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from gongwen.errors import ReportError
from zhibi.data.dataset import Dataset
from zhibi.data.snapshot.memory import Memory
from zhibi.domain import Organisation
from zhibi.doors.web.desk.place import inside, relative
from zhibi.doors.web.desk.reports import row_texts
from zhibi.doors.web.work import listing
from zhibi.notebook.parameters import Parameter, ParameterKind
from zhibi.report import pipeline
from zhibi.report.request import Plan, Request

MOST_CHOICES = 5000
MEMORY = Memory()  # of the workbook that reports are made from in this process
TEXTS, MEANT_FOR = "texts", "texts_for"
_PLACE = re.compile(r"%%待撰写[ \t]+\w+\s*[.\[]\s*[\"']?(\w+)[^\n]*\n(.*)", re.DOTALL)
_TEXT_OF = re.compile(r"撰写\s*[.\[]\s*[\"']?(\w+)")  # what a notebook takes from its texts by name


def form(
    root: Path, report: str, data: str, *, remember: bool = False, progress: Any
) -> dict[str, Any]:
    """The form of a report type, filled with what its parameter file says.

    `data` is another workbook than its. `remember`: reports are made in this process, and of a
    workbook saved anew only what has changed is to be read then.
    """
    memory = MEMORY if remember else None
    plan = planned(root, report, data=inside(root, data) if data else None, memory=memory)
    values = plan.values
    known = _known(plan)
    meant = _meant(plan, known)
    return {
        "report": plan.report.name,
        "title": (plan.about.title if plan.about else "") or plan.report.name,
        "fields": [_field(root, plan, known, meant, each) for each in plan.declared],
        "meant_for": meant,
        "old_texts": _are_of_another(values, meant),
        "watched": watched(root, plan),
        "notebook": relative(root, plan.report.notebook),
    }


def planned(root: Path, report: str, options: tuple[str, ...] = (), **request: Any) -> Plan:
    """A report type with everything looked up; `options` as after -p."""
    return pipeline.prepare(Request(report, root, datetime.now().astimezone(), options, **request))


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
    if parameter.kind in {
        ParameterKind.MAP,
        ParameterKind.LIST,
        ParameterKind.ANY,
    } and not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _field(
    root: Path, plan: Plan, known: Dataset | None, meant: str, parameter: Parameter
) -> dict[str, Any]:
    value = plan.values.get(parameter.name)
    about = plan.about
    made: dict[str, Any] = {
        "name": parameter.name,
        "label": parameter.help or parameter.name,
        "kind": str(parameter.kind),
        "required": parameter.required,
        "value": value,
        "choices": [],
        "texts": [],
        "is_data": about is not None and parameter.name == about.data,
    }
    if made["is_data"]:
        made["choices"] = [
            {"value": path, "name": path} for path in _sources(root, str(value or ""))
        ]
    elif about is not None and parameter.name == about.org and about.scope != "county":
        made["choices"] = list(_organisations(plan, known))
    elif parameter.kind is ParameterKind.MAP and parameter.name == TEXTS:
        entries = value if isinstance(value, dict) else {}
        old = _are_of_another(plan.values, meant)
        names = dict.fromkeys((*_asked(plan), *(str(name) for name in entries)))
        hints, rows = dict(_hints(plan)), row_texts.in_workbook(plan, known)
        made["texts"] = [
            {
                "name": name,
                "value": "" if old else str(entries.get(name, "")),
                "hint": hints.get(name, ""),
                "row": rows.get(name, ""),
            }
            for name in names
        ]
    elif parameter.kind in {ParameterKind.LIST, ParameterKind.MAP, ParameterKind.ANY}:
        made["value"] = "" if value is None else json.dumps(value, ensure_ascii=False)
    return made


def _are_of_another(values: Mapping[str, Any], meant: str) -> bool:
    """Whether the texts of the parameter file were written for another place or year.

    They are not to be printed here.
    """
    said = str(values.get(MEANT_FOR) or "").strip()
    return bool(values.get(TEXTS)) and bool(meant) and said != meant


def _meant(plan: Plan, known: Dataset | None) -> str:
    """The place and year of the report at hand, as texts say whom they are for: 示例县2026年度."""
    about = plan.about
    if about is None or known is None:
        return ""
    settings = {name: str(fact.value) for name, fact in known.settings.items() if not fact.missing}
    values = {**settings, **{name: str(value) for name, value in plan.values.items()}}
    period, org = values.get(about.period, ""), values.get(about.org, "")
    if about.scope != "county":
        org = next((each.name for each in _divided(plan, known) if each.code == org), "")
    return f"{org}{period}年度" if org and period else ""


def _asked(plan: Plan) -> Iterator[str]:
    """The names by which a notebook asks for texts that people write, in its order."""
    for cell in plan.notebook.cells:
        if cell.cell_type == "code":
            yield from (match[1] for match in _TEXT_OF.finditer(cell.source))


def _hints(plan: Plan) -> Iterator[tuple[str, str]]:
    """What is to be written at each place, as the notebook says it."""
    for cell in plan.notebook.cells:
        match = _PLACE.match(cell.source) if cell.cell_type == "code" else None
        if match:
            yield match[1], " ".join(match[2].split())


def _sources(root: Path, now: str) -> list[str]:
    usable = [each["path"] for each in listing.workbooks(root)]
    return usable if not now or now in usable else [now, *usable]


def _organisations(plan: Plan, known: Dataset | None) -> Iterator[dict[str, str]]:
    """Those the workbook knows, by code and name; none where it cannot be read yet."""
    for org in _divided(plan, known)[:MOST_CHOICES]:
        yield {"value": org.code, "name": f"{org.name}（{org.code}）"}


def _divided(plan: Plan, known: Dataset | None) -> Sequence[Organisation]:
    return plan.divide(known).organisations if plan.divide and known else ()


def _known(plan: Plan) -> Dataset | None:
    """The data as far as they can be read.

    What is wrong with them is told when the report is made.
    """
    try:
        return pipeline.read_everything(plan)[0]
    except ReportError:
        return None
