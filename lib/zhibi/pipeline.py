"""One job -> one checked report. This page is the product; every line is a step from value to value."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from zhibi import checks, domain, engines, extract, outputs, params, provenance
from zhibi import notebook as notebooks
from zhibi import profile as profiles
from zhibi import workspace as workspaces
from zhibi.document import Document
from zhibi.engines import Engine, Limits, Progress
from zhibi.errors import InvalidInput, NotebookFailed, NotFinal, UnknownName
from zhibi.findings import Finding, Level, errors_in
from zhibi.tables import Contract, Dataset
from zhibi.tables import read as read_tables
from zhibi.word.write import write as write_word

PACKAGES = ("zhibi", "papermill", "nbclient", "ipykernel", "pandas", "matplotlib", "python-docx", "openpyxl")
WHOLE = {"county": "全县", "branch": "未指明组织"}
ALWAYS = "不分期"


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for. `here` is the folder the user stands in, `asked_at` when; the door gives both."""

    report: str
    here: Path
    asked_at: datetime
    options: tuple[str, ...] = ()  # name=value
    data: Path | None = None
    out: Path | None = None
    final: bool = False
    review: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Plan:
    """A job with every name looked up and every parameter settled; nothing has run yet."""

    job: Job
    workspace: workspaces.Workspace
    report: workspaces.Report
    notebook: NotebookNode
    about: notebooks.About | None
    declared: tuple[params.Parameter, ...]
    parameters: Mapping[str, Any]
    profile: profiles.Profile
    contract: Contract | None

    @property
    def values(self) -> dict[str, Any]:
        """What every parameter will be in the run, defaults included."""
        return params.values(self.declared, self.parameters)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job."""

    folder: Path
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    figures: int


def run(job: Job, *, engine: Engine | None = None, progress: Progress = engines.silent) -> Outcome:
    """Make one report: everything is checked before anything runs, and everything is made before anything is saved."""
    plan = prepare(job)
    data, remarks = read_data(plan)
    folder = output_folder(plan, data)
    outputs.ready(folder)
    executed = execute(plan, folder, engine or engines.Papermill(), progress)
    document, notes = extract.read(executed, plan.about)
    findings = (*remarks, *notes, *checks.check(document, traced=plan.about is not None))
    refuse_draft(job, findings)
    files = {
        outputs.REPORT: write_word(document, plan.profile, review=job.review),
        outputs.PROVENANCE: provenance.write(document),
        outputs.NOTEBOOK: nbformat.writes(executed).encode(),
        outputs.RECORD: record(plan, document, findings),
    }
    saved = outputs.save(folder, files)
    outputs.discard(folder / outputs.BROKEN)
    return Outcome(folder, saved, findings, provenance.count(document))


def prepare(job: Job) -> Plan:
    """Locate the report, read its notebook, settle its parameters and find its profile."""
    place = find_workspace(job)
    report = workspaces.locate(place, job.report, job.here)
    nb = notebooks.read(report.notebook)
    about = notebooks.about(nb, report.notebook.name)
    declared = params.declared(notebooks.declaration(nb), report.notebook.name)
    contract = find_contract(place, about)
    check_roles(about, declared, contract)
    parameters = params.settle(declared, given(job, place, report, about))
    layout = (about.layout if about else "") or place.settings.profile
    look = profiles.load(layout, place.templates)
    return Plan(job, place, report, nb, about, declared, parameters, look, contract)


def find_workspace(job: Job) -> workspaces.Workspace:
    """The workspace of the notebook given by path, else the one the user stands in; a lone notebook needs none."""
    if not job.report.endswith(".ipynb"):
        return workspaces.require(job.here)
    own = workspaces.find((job.here / job.report).parent) or workspaces.find(job.here)
    return own or workspaces.Workspace(job.here)


def find_contract(place: workspaces.Workspace, about: notebooks.About | None) -> Contract | None:
    """The contract of the workbook, for a notebook that reads one."""
    if about is None or not about.data:
        return None
    return domain.find(place.settings.domain or domain.default()).contract


def check_roles(about: notebooks.About | None, declared: Iterable[params.Parameter], contract: Contract | None) -> None:
    """The metadata names what holds data, period and organisation: parameters, or for the last two settings."""
    if about is None:
        return
    names = tuple(parameter.name for parameter in declared)
    settings = tuple(column.header for column in contract.settings) if contract else ()
    for role, known in ((about.data, names), (about.period, (*names, *settings)), (about.org, (*names, *settings))):
        if role and role not in known:
            raise UnknownName("参数（笔记本的 zhibi 元数据提到它）", role, known)


def given(
    job: Job, place: workspaces.Workspace, report: workspaces.Report, about: notebooks.About | None
) -> tuple[params.Given, ...]:
    """All values given, the later stronger: the file's, then -p, then --data."""
    from_file = params.from_file(report.parameters) if report.parameters else ()
    return (*from_file, *params.from_options(job.options), *data_option(job, place, about))


def data_option(job: Job, place: workspaces.Workspace, about: notebooks.About | None) -> tuple[params.Given, ...]:
    """`--data` as the parameter that the notebook takes its workbook from."""
    if job.data is None:
        return ()
    if about is None or not about.data:
        raise UnknownName("选项（这个笔记本的元数据没有说哪个参数是数据文件）", "--data", ())
    path = place.relative((job.here / job.data).resolve())
    return params.from_options([f"{about.data}={path}"])


def read_data(plan: Plan) -> tuple[Dataset | None, tuple[Finding, ...]]:
    """Read the workbook against its contract: errors stop here, the rest goes with the report."""
    path = data_path(plan)
    if path is None or plan.contract is None:
        return None, ()
    data, findings = read_tables(path, plan.contract)
    if errors_in(findings):
        raise InvalidInput(path.name, errors_in(findings))
    return data, findings


def execute(plan: Plan, folder: Path, engine: Engine, progress: Progress) -> NotebookNode:
    """Run the notebook and prove that every code cell ran; a run that failed is kept beside the last good report."""
    name = plan.report.notebook.name
    done = engine.run(
        plan.notebook, plan.parameters, cwd=plan.workspace.root, limits=plan.job.limits, progress=progress
    )
    if done.failure:
        kept = outputs.save(folder, {outputs.BROKEN: nbformat.writes(done.notebook).encode()})
        raise NotebookFailed(name, done.failure.cell, done.failure.reason, plan.workspace.relative(kept[0]))
    return engines.prove(done.notebook, name)


def refuse_draft(job: Job, findings: Iterable[Finding]) -> None:
    """A final document has no errors left."""
    against = errors_in(findings)
    if job.final and against:
        raise NotFinal(against)


def record(plan: Plan, document: Document, findings: Iterable[Finding]) -> bytes:
    """run.json: what went in, what came out and what is to be said about it."""
    data = data_path(plan)
    job = plan.job
    content = {
        "report": plan.report.name,
        "title": document.title,
        "asked_at": job.asked_at.isoformat(timespec="seconds"),
        "parameters": plan.values,
        "final": job.final,
        "review": job.review,
        "inputs": {
            "notebook": fingerprint(plan.workspace, plan.report.notebook),
            "parameters": fingerprint(plan.workspace, plan.report.parameters),
            "data": fingerprint(plan.workspace, data),
        },
        "profile": plan.profile.name,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "figures": provenance.count(document),
        "findings": [finding.as_json() for finding in findings],
        "levels": {str(level): sum(finding.level is level for finding in findings) for level in Level},
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def data_path(plan: Plan) -> Path | None:
    """The workbook (or folder of CSV) a run reads, if the notebook says which parameter names it."""
    value = plan.values.get(plan.about.data) if plan.about else None
    return workspaces.resolve(value, plan.workspace.root) if isinstance(value, str) and value else None


def output_folder(plan: Plan, data: Dataset | None) -> Path:
    """outputs/<report>/<period>/<org>/ in the workspace, or the folder asked for."""
    if plan.job.out is not None:
        return (plan.job.here / plan.job.out).resolve()
    settings = {name: fact.value for name, fact in data.settings.items()} if data else {}
    known = {**settings, **plan.values}
    period = known.get(plan.about.period) if plan.about else None
    org = known.get(plan.about.org) if plan.about else None
    whole = WHOLE[plan.about.scope] if plan.about else WHOLE["branch"]
    root = plan.workspace.root / "outputs"
    return outputs.folder(root, plan.report.name, str(period or ALWAYS), str(org or whole))


def fingerprint(place: workspaces.Workspace, path: Path | None) -> dict[str, str] | None:
    """A file by its name and content; a folder by the content of its files in order."""
    if path is None or not path.exists():
        return None
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    content = hashlib.sha256()
    for file in files:
        content.update(file.read_bytes())
    return {"path": place.relative(path), "sha256": content.hexdigest()}
