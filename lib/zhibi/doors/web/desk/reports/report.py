"""A filled-in form -> one report, as `zhibi run` makes it.

The folder of a report -> what the page shows of it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from gongwen import atomic_files
from gongwen import profile as profiles
from gongwen.document import Document, elements, spots
from gongwen.errors import UnreadableFile
from gongwen.findings import Finding, from_json, sentence
from gongwen.writer.write import Screen, on_screen
from gongwen_lint.manuscript.reading import from_bytes
from zhibi.doors.web.desk import screen
from zhibi.doors.web.desk.place import inside, relative
from zhibi.doors.web.desk.reports.form import MEANT_FOR, MEMORY, TEXTS, options_of, planned
from zhibi.doors.web.work import listing
from zhibi.engines import Limits
from zhibi.notebook import elements as notebook_elements
from zhibi.notebook import file as notebooks
from zhibi.notebook import parameters as params
from zhibi.report import extract, outputs, pipeline, preview
from zhibi.report.checking.draft import Draft
from zhibi.report.preview import fonts
from zhibi.report.request import Request
from zhibi.warm_up import rehearsal
from zhibi.workspace import workspace

_ROW = re.compile(r"[A-Z]+(\d+)")
_LAST: list[tuple[Any, tuple[Mapping[str, Any], Document]]] = []  # one report, by its files
STAGES = ("draft", "review", "final")
LONGEST_CELL = "ZHIBI_CELL_TIMEOUT"  # an environment variable, in seconds


@dataclass(frozen=True, slots=True)
class Opened:
    """A report that lies in its folder: its document, and what its record says of it."""

    folder: Path
    document: Document
    record: Mapping[str, Any]
    profile: profiles.Profile


def make(  # what the form says
    root: Path, report: str, fields: Mapping[str, Any], stage: str, *, keep: bool, progress: Any
) -> dict[str, Any]:
    """Make the report.

    What was filled in is kept in its parameter file, so that the command line makes the same.
    """
    plan = planned(root, report)
    if keep:
        save(root, report, fields)
    options = () if keep else options_of(plan.declared, fields)
    request = Request(
        report,
        root,
        datetime.now().astimezone(),
        options,
        final=stage == STAGES[2],
        review=stage == STAGES[1],
        limits=Limits(cell_s=_longest_cell(), by_option=False),
        memory=MEMORY,
    )
    progress({"done": 0, "total": 0, "says": "正在检查数据"})
    rehearsal.foresee(plan.notebook)
    screening = _Screening(root, progress)
    outcome = pipeline.run(
        request,
        progress=lambda begun, total: progress(
            {"done": begun, "total": total, "says": "正在运行笔记本"}
        ),
        look=screening.look,
    )
    copies = "、".join(path.name for path in outcome.edited)
    note = f"上一份在 Word 里改过，已先留一份：{copies}" if copies else ""
    return {
        "folder": relative(root, outcome.folder),
        "figures": outcome.figures,
        "note": note,
        "shown": screening.view(outcome.folder),
    }


def _longest_cell() -> float:
    """Seconds that one cell may take: what the command line takes, unless an office says otherwise."""
    said = os.environ.get(LONGEST_CELL, "")
    return float(said) if said.isascii() and said.isdigit() else Limits().cell_s


class _Screening:
    """The pages of a report that is being made: its first ones shown before it is checked and saved."""

    def __init__(self, root: Path, progress: Any) -> None:
        self._root, self._progress = root, progress
        self._draft: Draft | None = None
        self._pages: dict[str, Any] = {}

    def look(self, folder: Path, draft: Draft) -> None:
        """Have them shown."""
        self._draft = draft
        self._save(folder, draft.on_screen(beginning=True))
        self._progress({"done": 0, "total": 0, "says": "正在检查报告", **self._pages})

    def _save(self, folder: Path, screened: Screen) -> None:
        self._pages = screen.save(self._root, folder, screened.lots, whole=screened.whole)

    def view(self, folder: Path) -> dict[str, Any]:
        """What the page shows of the report now that it is saved; of a long one the other pages too."""
        draft = self._draft
        assert draft is not None  # a report that was saved was looked at before
        if not self._pages["pages"]["whole"]:
            self._progress({"done": 0, "total": 0, "says": "正在排其余各页", **self._pages})
            self._save(folder, draft.on_screen())
        record = json.loads((folder / outputs.RECORD).read_text("utf-8"))
        _LAST[:] = [((folder, listing.state(folder)), (record, draft.document))]
        opened = Opened(folder, draft.document, record, draft.profile)
        return _view(self._root, opened, self._pages)


def save(root: Path, report: str, fields: Mapping[str, Any]) -> None:
    """Keep what was filled in, in the file that `zhibi run` reads; comments at its head stay."""
    plan = planned(root, report)
    path = root / "params" / f"{plan.report.name}.yaml"
    before = path.read_text("utf-8-sig") if path.is_file() else ""
    present = {each.name: each.value for each in params.from_file(path)} if before else {}
    settled = {**present, **_typed(plan.declared, fields)}
    if settled == present:
        return
    _keep_texts(path, before, present, settled)
    head = [line for line in before.splitlines() if line.startswith("#")]
    words = yaml.dump(settled, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    text = "\n".join([*head, "", words] if head else [words])
    atomic_files.save(path.parent, {path.name: text.encode()})


def _keep_texts(
    path: Path, before: str, given: Mapping[str, Any], settled: Mapping[str, Any]
) -> None:
    """Texts that were written for another place or year stay, in a file named for it."""
    meant = str(given.get(MEANT_FOR) or "").strip()
    if given.get(TEXTS) and meant and settled.get(MEANT_FOR) != meant:
        name = atomic_files.safe_name(f"{path.stem}-{meant}.yaml")
        if not (path.parent / name).exists():
            atomic_files.save(path.parent, {name: before.encode()})


def shown(root: Path, folder: str, *, progress: Any) -> dict[str, Any]:
    """What the page shows of a report: the files of its pages, its findings with their places, its files."""
    opened = open_report(root, folder)
    screened = on_screen(opened.document, opened.profile)
    return _view(root, opened, screen.save(root, opened.folder, screened.lots))


def _view(root: Path, opened: Opened, pages: Mapping[str, Any]) -> dict[str, Any]:
    places = {spot: f"b-{place}" for place, (spot, _) in enumerate(spots(opened.document.blocks))}
    findings = [from_json(each) for each in opened.record.get("findings", ())]
    words = _words(opened, findings)
    return {
        "folder": relative(root, opened.folder),
        **pages,
        "state": listing.state(opened.folder),
        "figures": opened.record.get("figures", 0),
        "final": opened.record.get("final", False),
        "review": opened.record.get("review", False),
        "asked_at": opened.record.get("asked_at", ""),
        "can_print": preview.office() is not None,
        "was_edited": _was_edited(opened.folder),
        "findings": [_finding(each, places, words) for each in findings],
        "levels": opened.record.get("levels", {}),
        "files": [
            {"path": relative(root, path), "name": path.name}
            for path in sorted(opened.folder.iterdir())
            if path.is_file() and not path.name.startswith(".")
        ],
    }


def _was_edited(folder: Path) -> bool:
    """Whether somebody changed the report after it was made."""
    file = folder / outputs.REPORT
    made = outputs.made(folder).get(outputs.REPORT)
    return file.is_file() and bool(made) and outputs.fingerprint(file.read_bytes()) != made


def pdf(root: Path, folder: str, *, progress: Any) -> dict[str, Any]:
    """The report as PDF, where LibreOffice is installed."""
    place = inside(root, folder, "outputs")
    progress({"done": 0, "total": 0, "says": "正在用 LibreOffice 排版"})
    made = preview.to_pdf([place / outputs.REPORT], place)
    return {"path": relative(root, made.files[0]), "note": fonts.sentence(made.replaced)}


def open_report(root: Path, folder: str) -> Opened:
    """The document of a report again, read from what its run left."""
    place = inside(root, folder, "outputs")
    if not (place / outputs.NOTEBOOK).is_file() or not (place / outputs.RECORD).is_file():
        raise UnreadableFile(folder, "这里还没有生成过报告", "请先点“生成”。")
    record, document = _remembered(place)
    home = workspace.require(root)
    return Opened(place, document, record, profiles.load(record["profile"], home.templates))


def _remembered(place: Path) -> tuple[Mapping[str, Any], Document]:
    """Record and document of the report that was read last, if nobody touched its folder since."""
    key = place, listing.state(place)
    if key not in [known for known, _ in _LAST]:
        _LAST[:] = [(key, _read(place))]
    return _LAST[0][1]


def _read(place: Path) -> tuple[Mapping[str, Any], Document]:
    notebook = notebooks.read(place / outputs.NOTEBOOK)
    record = json.loads((place / outputs.RECORD).read_text("utf-8"))
    about = notebooks.about(notebook, outputs.NOTEBOOK)
    blocks, _ = extract.read(notebook, about)
    around = notebook_elements.of(about, record["parameters"], outputs.NOTEBOOK)
    return record, elements.arrange(blocks, around)


def _typed(declared: tuple[params.Parameter, ...], fields: Mapping[str, Any]) -> dict[str, Any]:
    return params.settle(
        [each for each in declared if each.name in fields],
        params.from_options(options_of(declared, fields)),
    )


def _words(opened: Opened, findings: Sequence[Finding]) -> dict[str, str]:
    """Places as the checker of the finished file names them -> the words that stand there."""
    asked = {finding.place.spot for finding in findings if finding.place.file == outputs.REPORT}
    file = opened.folder / outputs.REPORT
    if not asked or not file.is_file():
        return {}
    paras = from_bytes(file.read_bytes(), outputs.REPORT).paras
    return {para.where: para.text for para in paras if para.where in asked and para.text.strip()}


def _finding(
    finding: Finding, places: Mapping[str, str], words: Mapping[str, str]
) -> dict[str, Any]:
    spot = finding.place.spot
    anchor = next(
        (anchor for known, anchor in places.items() if known and spot.startswith(known)), ""
    )
    printed = words.get(spot, "")
    return {
        **finding.as_json(),
        "message": sentence(finding.message),
        "hint": sentence(finding.hint),
        "where": str(finding.place),
        "anchor": anchor,
        "words": printed,
        "row": _row_of(finding),
    }


def _row_of(finding: Finding) -> int:
    """The row of the workbook that a finding is about, the first of several; 0 where it is about none."""
    first = _ROW.search(finding.place.cell) if finding.place.sheet else None
    return int(first[1]) if first else 0


class _Dumper(yaml.SafeDumper):
    """YAML as people write it: texts of several lines stand as they are."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
