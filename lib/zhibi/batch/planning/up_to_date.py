"""A repeated request -> whether all its reports are up to date, by hashes alone, without pandas.

After a batch in which everything is in place, all that it depended on is written down. If all of it
is the same today and every file lies as it was left, there is nothing to do. In every other case
the batch finds out by itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import entry_points
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongwen import atomic_files
from gongwen.errors import ReportError
from zhibi.batch.ledger import ledger_path
from zhibi.batch.request import BatchRequest, File
from zhibi.data.snapshot import cache
from zhibi.workspace import workspace
from zhibi.workspace.workspace import Workspace, resolve

if TYPE_CHECKING:
    from zhibi.batch.service import BatchResult


@dataclass(frozen=True, slots=True)
class Recent:
    """A batch found to be done: where it lies and how many reports it has."""

    folder: Path
    reports: int


def nothing_to_do(request: BatchRequest) -> Recent | None:
    """The batch, if everything it asks for is in place; None if that is not certain."""
    if request.fresh:
        return None
    with suppress(
        ReportError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError
    ):
        place = workspace.require(request.each.here)
        recent_note = json.loads(_note(place, request).read_bytes())
        inputs = _inputs(place, request, recent_note["source"], recent_note["tables"])
        if (
            inputs["source"] is None or recent_note["inputs"] != inputs
        ):  # a database may have changed without telling
            return None
        folder = Path(recent_note["folder"])
        there = all(
            _there(folder / name, File(*file)) for name, file in recent_note["files"].items()
        )
        if there and not atomic_files.has_remains(folder):
            return Recent(folder, recent_note["reports"])
    return None


def note(made: BatchResult) -> None:
    """Write down what a complete batch depended on; of an incomplete one, nothing."""
    outcome = made.outcome
    planned, request = outcome.planned, outcome.planned.request
    place = planned.plan.workspace
    path = _note(place, request)
    complete = len(outcome.entries) == len(planned.organisations) and not outcome.failed
    if (
        not complete
        or outcome.changed_meanwhile
        or any(not entry.result.done for entry in outcome.entries.values())
    ):
        path.unlink(missing_ok=True)
        return
    around = (made.summary, made.zip, ledger_path(planned.folder, request.shard))
    files = {path.name: _seen(path) for path in around if path is not None}
    for code, entry in outcome.entries.items():
        below = planned.folders[code].relative_to(planned.folder)
        for name, saved in entry.result.files.items():
            files[str(below / name)] = [saved.size, saved.mtime_ns, saved.sha256]
    source = str(planned.plan.source)
    tables = [str(resolve(wanted.file, place.root)) for wanted in planned.plan.tables]
    content = {
        "inputs": _inputs(place, request, source, tables),
        "source": source,
        "tables": tables,
        "folder": str(planned.folder),
        "reports": len(planned.organisations),
        "files": files,
    }
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file)  # in ASCII: a path need not be text
        Path(name).replace(path)


def _note(place: Workspace, request: BatchRequest) -> Path:
    """Where this request is written down: by what it asks for, not by when or with how many workers."""
    asked = [
        request.each.report, str(request.each.here), request.each.options, str(request.each.data), str(request.each.out), request.where, request.only,
        request.shard.index, request.shard.of, request.each.final, request.each.review,
    ]  # fmt: skip
    return place.scratch / "batches" / f"{cache.fingerprint(asked)[:24]}.json"


def _inputs(
    place: Workspace, request: BatchRequest, source: str, tables: Iterable[str]
) -> Mapping[str, Any]:
    """Hashes of everything a batch depends on.

    `tables` are the files its notebook opens beside the source.
    """
    report = workspace.locate(place, request.each.report, request.each.here)
    domain = place.settings.domain or min(entry_points(group="zhibi.domains").names, default="")
    files = [report.notebook, report.parameters, place.root / workspace.MARK, *_templates(place)]
    files += [Path(table) for table in tables]
    return {
        "source": cache.key_of(source, domain),
        "files": {
            str(file): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
            if file is not None
        },
        "packages": cache.packages((*cache.PACKAGES, *cache.READERS)),
    }


def _templates(place: Workspace) -> list[Path]:
    present = (sorted(folder.rglob("*")) for folder in place.templates if folder.is_dir())
    return [file for file in chain.from_iterable(present) if file.is_file()]


def _seen(path: Path) -> list[Any]:
    """A file by what the disk says of it."""
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, ""]


def _there(path: Path, file: File) -> bool:
    status = path.stat()
    return (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns)
