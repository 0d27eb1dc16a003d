"""Reports of a workspace -> what they are, what they ask for, one made, one begun."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from gongwen.errors import UnknownName
from gongwen.findings import Finding
from zhibi import domain
from zhibi.doors.mcp.desk import place
from zhibi.doors.web.desk.place import relative
from zhibi.doors.web.desk.reports.form import MEANT_FOR, TEXTS
from zhibi.doors.web.desk.reports.form import form as form_of
from zhibi.doors.web.desk.reports.types import listed as types_of
from zhibi.notebook import new as starting
from zhibi.report import outputs, pipeline
from zhibi.report.old_report.start import OldReport, start
from zhibi.report.request import Plan, Request
from zhibi.workspace import workspace

MOST = 50
_NAMES = 300
_PLACE = re.compile(r"%%待撰写[ \t]+\w+\.(\w+)[^\n]*\n?(.*)", re.DOTALL)
_PROSE = ("%%正文", "%%prose")
_NAME = re.compile(r"【([^\W\d]\w*)(?=[】|｜.])")


def silent(_told: object) -> None:
    """Nobody watches how far it is."""


def listed(root: Path) -> dict[str, Any]:
    """Report types, workbooks and reports made."""
    home = workspace.require(root)
    package = domain.of(home)
    made = sorted((root / "outputs").rglob(outputs.RECORD)) if (root / "outputs").is_dir() else []
    return {
        "domain": package.title if package else "",
        "reports": types_of(root, progress=silent)["types"][:_NAMES],
        "workbooks": sorted(path.name for path in (root / "data").glob("*.xlsx"))[:_NAMES],
        "made": [
            relative(root, path.parent)
            for path in made[:_NAMES]
            if not _is_hidden(path.relative_to(root))
        ],
    }


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def parameters(root: Path, report: str) -> dict[str, Any]:
    """What a report may be told, what people must write, and the names of figures they may write with."""
    _known(root, report)
    plan = _plan(root, report)
    place.refuse_outside(root, plan)
    form = form_of(root, report, "", progress=silent)
    asked = [field for field in form["fields"] if field["name"] != TEXTS]
    return {
        "report": form["report"],
        "title": form["title"],
        "parameters": [_parameter(field) for field in asked],
        "places": list(_places(plan.notebook)),
        "written_for": form["meant_for"],
        "names": list(dict.fromkeys(_names(plan.notebook)))[:_NAMES],
    }


def _parameter(field: Mapping[str, Any]) -> dict[str, Any]:
    return {key: field.get(key) for key in ("name", "kind", "value", "help")}


def _places(notebook: NotebookNode) -> Iterator[dict[str, str]]:
    """The places where people write, by the name of their text, with what is to be written there."""
    for cell in notebook.cells:
        match = _PLACE.match(cell.source) if cell.cell_type == "code" else None
        if match:
            yield {"name": match[1], "hint": match[2].strip()}


def _names(notebook: NotebookNode) -> Iterator[str]:
    """The names by which the prose of a notebook prints its figures."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.startswith(_PROSE):
            yield from _NAME.findall(cell.source)


def run(
    root: Path, report: str, parameters: Mapping[str, str], texts: Mapping[str, str], *, final: bool
) -> dict[str, Any]:
    """One report, as `zhibi run` makes it; texts hold names of figures and no number."""
    _known(root, report)
    place.refuse_typed_numbers(texts)
    if by_other_way := [name for name in (TEXTS, MEANT_FOR) if name in parameters]:
        raise UnknownName("参数（段落请用 texts 给出）", by_other_way[0], ())
    options = place.options(root, parameters)
    plan = _plan(root, report, options)
    place.refuse_outside(root, plan)
    if texts:
        options += _written(root, plan, texts)
    request = Request(report, root, datetime.now().astimezone(), options, final=final)
    outcome = pipeline.run(request)
    return {
        "folder": relative(root, outcome.folder),
        "files": [path.name for path in outcome.files],
        "figures": outcome.figures,
        "findings": told(outcome.findings),
        "kept": [path.name for path in outcome.edited],
    }


def _written(root: Path, plan: Plan, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The texts as parameters, beside those of the parameter file that are for the same place and year."""
    names = [parameter.name for parameter in plan.declared]
    if TEXTS not in names:
        raise UnknownName("参数（这种报告没有由人写的段落）", TEXTS, names)
    meant = form_of(root, plan.report.name, "", progress=silent)["meant_for"]
    about = plan.about
    if about is not None and about.scope != "county" and about.org in names:
        meant = _meant_by(plan) or meant
    same = plan.values.get(MEANT_FOR) == meant
    before = dict(plan.values.get(TEXTS) or {}) if same else {}
    words = json.dumps({**before, **texts}, ensure_ascii=False)
    return (f"{TEXTS}={words}", f"{MEANT_FOR}={meant}")


def _meant_by(plan: Plan) -> str:
    """Whom texts of one organisation are for: its name and the year of the data."""
    data, _ = pipeline.read_data(plan)
    if data is None or plan.divide is None or plan.about is None:
        return ""
    year = data.settings[plan.about.period].value if plan.about.period in data.settings else ""
    name = next(
        (each.name for each in plan.divide(data).organisations if each.code == plan.org), ""
    )
    return f"{name}{year}年度" if name and year else ""


def new(  # one parameter for each thing `zhibi new` takes
    root: Path, name: str, title: str, old_file: str, data: str, form: str
) -> dict[str, Any]:
    """A new report type, as `zhibi new` lays it out.

    With an old file, its words with names for its numbers.

    Of the numbers that were bound it is told to which figure, of the others only where they stand.
    """
    place.refuse_typed_numbers({"题目": title or name})
    if not old_file:
        made = starting.start(starting.NewReport(name, title=title, form=form), root)
        return {"report": starting.report_name(name), "files": _relative(root, made)}
    source = place.inside(root, data) if data else None
    begun = start(OldReport(name, place.inside(root, old_file), source, title, form), root)
    return {
        "report": starting.report_name(name),
        "files": _relative(root, begun.files),
        "bound": [{"where": each.where, "figure": each.label} for each in begun.binder.bound][
            :MOST
        ],
        "open": [each.where for each in begun.binder.open][:MOST],
        "note": "open 里的数没有对上出处，笔记本里标着待核，请人核对；不要自己补。",
    }


def _relative(root: Path, files: Iterable[Path]) -> list[str]:
    return [relative(root, path) for path in files]


def told(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings as an assistant reads them."""
    return [
        {
            "code": each.code,
            "level": str(each.level),
            "where": str(each.place),
            "message": each.message,
            "hint": each.hint,
        }
        for each in list(findings)[:MOST]
    ]


def _known(root: Path, report: str) -> None:
    """A report by its name only: a path could lead anywhere."""
    names = sorted(path.stem for path in (root / "notebooks").glob("*.ipynb"))
    if report not in names or not (root / "notebooks" / f"{report}.ipynb").resolve().is_relative_to(
        root.resolve()
    ):
        raise UnknownName("报告", report[:40], names)


def _plan(root: Path, report: str, options: tuple[str, ...] = ()) -> Plan:
    return pipeline.prepare(Request(report, root, datetime.now().astimezone(), options))
