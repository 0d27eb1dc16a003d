"""A workspace and an old report -> the report type that made it, run once on the same data.

Which cell said what.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from gongwen.errors import ReportError
from zhibi.data.dataset import Dataset
from zhibi.data.snapshot import slices
from zhibi.domain import Domain
from zhibi.notebook import file as notebooks
from zhibi.notebook.file import About
from zhibi.report import outputs, pipeline
from zhibi.report.checking.edits.original import Original, original
from zhibi.report.old_report.reading.old_file import OldFile
from zhibi.workspace import workspace as workspaces
from zhibi.workspace.workspace import Report, Workspace

_PROSE = re.compile(r"^%%正文\n")
_TEMPLATE = re.compile(r"【[^】]*】|\{[{%].*?[%}]\}|[〖〗｜#*]")
_ENOUGH = 0.3  # of the fixed words of its prose
_HEAD = 8  # parts in which a report names whose it is


@dataclass(frozen=True)
class Precedent:
    """The report type, its notebook as it is written, and the draft that it makes of the data."""

    name: str
    notebook: NotebookNode
    about: About
    made: Original
    org: str = ""


def precedent(
    place: Workspace, old: OldFile, own: Domain, data: Dataset, source: Path
) -> Precedent | None:
    """The report type whose words the old report has, if there is one, and what it makes of the workbook."""
    found = _nearest(place, old)
    if found is None:
        return None
    report, nb, about = found
    org = _organisation(old, own, data) if about.scope != "county" else ""
    if about.scope != "county" and not org:
        return None
    options = (f"{about.org}={org}",) if org else ()
    with tempfile.TemporaryDirectory(prefix="old-", dir=slices.scratch(place)) as folder:
        request = pipeline.Request(
            report.name, place.root, datetime.now().astimezone(), options, source, Path(folder)
        )
        try:
            pipeline.run(request)
            made = original(Path(folder) / outputs.NOTEBOOK)
        except ReportError:
            return None
    return Precedent(report.name, nb, about, made, org)


def _nearest(place: Workspace, old: OldFile) -> tuple[Report, NotebookNode, About] | None:
    """The report type of the workspace most of whose fixed words stand in the old report."""
    text = "\n".join(part.text for part in old.parts)
    best: tuple[float, Report, NotebookNode, About] | None = None
    for path in sorted((place.root / "notebooks").glob("*.ipynb")):
        try:
            nb = notebooks.read(path)
            about = notebooks.about(nb, path.name)
        except ReportError:
            continue
        if about is None or not about.data:
            continue
        likeness = _likeness(nb, text)
        if likeness >= _ENOUGH and (best is None or likeness > best[0]):
            best = likeness, workspaces.locate(place, path.stem, place.root), nb, about
    return best[1:] if best else None


def _likeness(nb: NotebookNode, text: str) -> float:
    """How much of the fixed words of a notebook's prose stands in a text."""
    sources = [cell.source for cell in nb.cells if _PROSE.match(cell.source)]
    words = list(chain.from_iterable(map(_six_signs, sources)))
    return sum(word in text for word in words) / len(words) if words else 0.0


def _six_signs(source: str) -> Iterator[str]:
    """Every six characters of the fixed words, three on from one to the next."""
    for piece in re.split(r"[^\u4e00-\u9fff]+", _TEMPLATE.sub("\n", source)):
        for at in range(0, max(len(piece) - 5, 0), 3):
            yield piece[at : at + 6]


def _organisation(old: OldFile, own: Domain, data: Dataset) -> str:
    """The code of the organisation that the head of the report names; the longest name counts."""
    head = "\n".join(part.text for part in old.parts[:_HEAD])
    if own.divide is None:
        return ""
    named = []
    for org in own.divide(data).organisations:
        names = (org.name, *org.fields.values())
        named += [(len(name), org.code) for name in names if len(name) > _SHORT and name in head]
    return max(named)[1] if named else ""


_SHORT = 3  # characters that are no name yet
