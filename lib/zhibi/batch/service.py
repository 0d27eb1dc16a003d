"""A batch request -> the whole batch done: folder held, ledger read, reports made, summary and zip in place."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gongwen import atomic_files
from zhibi.batch.ledger import LEDGER, Ledger, ledger_path, named, read_others
from zhibi.batch.lock import locked
from zhibi.batch.planning import up_to_date
from zhibi.batch.planning.plan import BatchPlan, prepared
from zhibi.batch.request import BatchRequest
from zhibi.batch.results import archive as sending
from zhibi.batch.results import summary
from zhibi.batch.run import BatchOutcome, Watch, run
from zhibi.batch.workers import executors
from zhibi.data.snapshot import slices
from zhibi.report import outputs


@dataclass(frozen=True)
class BatchResult:
    """What came of a batch, and where its summary and the zip to send out lie."""

    outcome: BatchOutcome
    summary: Path
    zip: Path | None
    note: str = ""  # what is to be known of how it was made


def make(
    request: BatchRequest,
    watch: Watch,
    *,
    workers: int = 0,
    executor: Callable[[int, Path], executors.ReportExecutor] = executors.local,
) -> BatchResult:
    """Do it. `workers` 0: as many as this machine has processors.

    Raises OutputBlocked for a folder in use.
    """
    workers = workers or os.cpu_count() or 1
    with prepared(request) as planned:
        return _made(planned, watch, workers, executor)


def _made(
    planned: BatchPlan,
    watch: Watch,
    workers: int,
    executor: Callable[[int, Path], executors.ReportExecutor],
) -> BatchResult:
    request = planned.request
    outputs.ready(planned.folder)
    with locked(planned.folder, request.shard), slices.places(planned.plan.workspace) as places:
        if request.shard.of == 1:
            atomic_files.sweep(planned.folder)
        ledger = Ledger(ledger_path(planned.folder, request.shard), planned.owner)
        if request.shard.of == 1:
            read_others(ledger, planned.folder, LEDGER)
        try:
            pool = executor(workers, places)
            pool.prepare(planned.plan)
            outcome = run(planned, ledger, pool, places, workers=workers, watch=watch)
        finally:
            ledger.close()
        name = named(summary.NAME, request.shard)
        (summary_file,) = atomic_files.save(planned.folder, {name: summary.write(outcome)})
        archive = sending.save(outcome) if request.shard.of == 1 else None
        made = BatchResult(outcome, summary_file, archive, pool.note)
        up_to_date.note(made)
        return made
