"""One request -> one checked report.

This page is the product: every line of `run` is a step from value to value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from gongwen import atomic_files
from gongwen.chinese.pseudonyms import Pseudonyms
from gongwen.errors import InvalidInput, NotFinal, ReportError
from gongwen.findings import Finding, errors_in
from gongwen_lint import final_check
from zhibi import domain, engines
from zhibi.data.dataset import Dataset
from zhibi.data.read import called
from zhibi.data.snapshot import cache, slices
from zhibi.data.snapshot.own_tables import OwnTables
from zhibi.engines import Engine, Progress
from zhibi.notebook import file as notebook
from zhibi.report import outputs
from zhibi.report.checking import anonymity, before_run
from zhibi.report.checking.draft import Draft, Layout, render
from zhibi.report.checking.produced_files import refuse_names
from zhibi.report.planning import (
    domain_name,
    output_folder,
    own_tables,
    owner_of,
    prepare,
)
from zhibi.report.records import provenance, record
from zhibi.report.request import Outcome, Plan, Request

TO_WRITE = "W02"
_OF_PLACES_TO_WRITE = ("T05", "G14", "K26")  # their words, their colour, the same reason twice

Look = Callable[[Path, Draft], None]

__all__ = ["Outcome", "Plan", "Request", "prepare", "run"]


def unseen(folder: Path, draft: Draft) -> None:  # as who looks is called
    """Nobody looks at the draft."""


def run(
    request: Request,
    *,
    engine: Engine | None = None,
    progress: Progress = engines.silent,
    look: Look = unseen,
) -> Outcome:
    """Make one report: everything is checked before anything runs, and made before anything is saved.

    `engine` overrides the one that the request names.

    `look` is called with the draft and its folder as soon as there is a draft that may be shown: its
    Word file is checked and saved after that.
    """
    plan = prepare(request)
    data, remarks = read_data(plan)
    remarks += before_run.findings(plan, data)
    refuse_draft(request, remarks)
    names = anonymity.names_for(plan, data)
    folder = output_folder(plan, data, masked=names is not None)
    owner = owner_of(plan, data, names)
    outputs.ready(folder, owner)
    packed = hand_over(plan, data, names)
    with slices.workplace(plan.workspace, packed, plan.request.place) as place:
        executed = execute(
            plan, place, folder, engine or engines.named(request.engine), progress, names
        )
    beside = plan.report.notebook.parent
    draft = render(executed, Layout(plan.about, plan.elements, plan.profile, names, beside))
    findings = (*remarks, *draft.findings)
    anonymity.refuse(findings)
    refuse_draft(request, findings)
    look(folder, draft)
    report = draft.word(review=request.review)
    findings += look_over(plan, report, drafted=any(each.code == TO_WRITE for each in findings))
    refuse_draft(request, findings)
    made = {outputs.REPORT: report, outputs.PROVENANCE: provenance.write(draft.document)}
    files = {
        **made,
        outputs.NOTEBOOK: notebook.write(anonymity.cover(executed, names)),
        outputs.RECORD: record.write(plan, data, draft.document, findings, names, made, owner),
    }
    if names:
        refuse_names(files, names)
        files[outputs.KEY] = provenance.key(names)
    saved = outputs.save(folder, files)
    return Outcome(folder, saved.files, findings, provenance.count(draft.document), saved.edited)


def read_data(plan: Plan) -> tuple[Dataset | None, tuple[Finding, ...]]:
    """What the report is made from, and what was found in it.

    For one organisation its slice, else everything.

    A report about an organisation and all below it tells only what was found in their rows.
    """
    if plan.request.place is not None and plan.contract is not None:
        return slices.given(plan.request.place, plan.contract)
    data, findings = read_everything(plan)
    if data is not None and plan.divide is not None and plan.top:
        return data, slices.own_findings(plan.divide(data).under(plan.top), findings)
    if data is None or plan.divide is None or not plan.org:
        return data, findings
    division = plan.divide(data)
    piece = with_own_tables(division.slice(plan.org), own_tables(plan, division))
    return piece, slices.own_findings(piece, findings)


def hand_over(plan: Plan, data: Dataset | None, names: Pseudonyms | None) -> slices.Packed | None:
    """Exactly the data the notebook may open: all of a county, a subtree's rows, or one organisation's."""
    if data is None or plan.request.place is not None:
        return None
    if plan.divide is not None and plan.top:
        subtree = plan.divide(data).under(plan.top)
        return slices.packed(subtree, plan.top, plan.stands_for, names)
    memory = None if data.slice_of else plan.request.memory
    return slices.packed(data, data.slice_of, plan.stands_for, memory=memory)


def with_own_tables(piece: Dataset, tables: OwnTables) -> Dataset:
    """A slice with its rows of the tables that have no contract."""
    return replace(piece, own_tables=tables.of(piece.slice_of))


def read_everything(plan: Plan) -> tuple[Dataset | None, tuple[Finding, ...]]:
    """Read the workbook against its contract: errors stop here, the rest goes with the report."""
    if plan.source is None or plan.contract is None:
        return None, ()
    cache_folder = plan.workspace.scratch / "cache"
    data, findings = cache.read(
        plan.source, plan.contract, domain_name(plan.workspace), cache_folder, plan.request.memory
    )
    if data is None:
        raise InvalidInput(called(plan.source), errors_in(findings))
    return data, findings


def execute(
    plan: Plan,
    place: Path,
    folder: Path,
    engine: Engine,
    progress: Progress,
    names: Pseudonyms | None,
) -> NotebookNode:
    """Run the notebook and prove that every code cell ran.

    A run that failed is kept beside the last good report.

    One that must name nobody is not kept: what an error shows may hold names as they are in the
    workbook.
    """
    name = plan.report.notebook.name
    done = engine.run(
        plan.notebook, plan.parameters, cwd=place, limits=plan.request.limits, progress=progress
    )
    try:
        return engines.prove(
            done, name, None if names else plan.workspace.relative(folder / outputs.BROKEN)
        )
    except ReportError:
        if names is None:
            atomic_files.save(folder, {outputs.BROKEN: notebook.write(done.notebook)})
        raise


def look_over(plan: Plan, report: bytes, *, drafted: bool) -> tuple[Finding, ...]:
    """What the checker says of the document, opened as any other Word file.

    Of a draft the same, which stops nothing.

    `drafted`: places are left to be written. Each has been told, and is not told again for its words and its colour.
    """
    ignored = plan.workspace.settings.ignored
    if drafted:
        ignored = (*ignored, *_OF_PLACES_TO_WRITE)
    package = domain.of(plan.workspace)
    lore = package.lore if package else None
    return final_check.finished(
        report, outputs.REPORT, plan.profile, plan.request.asked_at.date(), lore, ignored
    )


def refuse_draft(request: Request, findings: Iterable[Finding]) -> None:
    """A final document has no errors left."""
    against = errors_in(findings)
    if request.final and against:
        raise NotFinal(against)
