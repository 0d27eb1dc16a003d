"""A planned batch and an executor -> what came of every report, each on record as soon as it is in place."""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongwen import atomic_files
from zhibi.batch.ledger import Entry, Ledger
from zhibi.batch.planning.plan import BatchPlan, Need, need
from zhibi.batch.request import ATTEMPTS, Result, State
from zhibi.batch.workers import executors
from zhibi.batch.workers.worker import LIMIT, LOST
from zhibi.data.snapshot import cache, slices
from zhibi.domain import Organisation
from zhibi.report.planning import domain_name
from zhibi.report.request import Request

LOOK_S = 0.5
AHEAD = 2  # reports made ready for each worker: while one is written another begins


@dataclass(frozen=True)
class BatchProgress:
    """How a batch stands at a moment."""

    total: int
    done: int = 0
    failed: int = 0
    running: tuple[str, ...] = ()


Watch = Callable[[BatchProgress], None]


@dataclass(frozen=True)
class _Run:
    """One report under way: whose, what its document will depend on, and the folder it runs in."""

    org: Organisation
    key: Mapping[str, str]
    place: Path


@dataclass(frozen=True)
class BatchOutcome:
    """What came of a batch: needs and entries by code, for every organisation of it."""

    planned: BatchPlan
    needs: Mapping[str, Need]
    entries: Mapping[str, Entry]
    changed_meanwhile: bool = False
    edited: tuple[Path, ...] = ()

    @property
    def made(self) -> tuple[Organisation, ...]:
        """Those whose report was made this time."""
        return tuple(org for org in self._tried if self.entries[org.code].result.done)

    @property
    def failed(self) -> tuple[Organisation, ...]:
        """Those whose report could not be made."""
        return tuple(org for org in self._tried if not self.entries[org.code].result.done)

    @property
    def left(self) -> tuple[Organisation, ...]:
        """Those that were not come to."""
        return tuple(org for org in self.planned.organisations if org.code not in self.entries)

    @property
    def _tried(self) -> Iterator[Organisation]:
        for org in self.planned.organisations:
            stands = self.needs[org.code] not in {Need.CURRENT, Need.EDITED}
            if stands and org.code in self.entries:
                yield org


@dataclass
class _Work:
    """What is under way: queue, attempts by code, and the futures with what they are of."""

    waiting: deque[Organisation]
    attempts: dict[str, int] = field(default_factory=dict)
    running: dict[Future[Result], _Run] = field(default_factory=dict)
    done: int = 0
    failed: int = 0
    stopped: bool = False
    edited: list[Path] = field(default_factory=list)


def run(  # what a batch is made of
    planned: BatchPlan,
    ledger: Ledger,
    executor: executors.ReportExecutor,
    places: Path,
    *,
    workers: int,
    watch: Watch,
) -> BatchOutcome:
    """Make what is to be made, each run in a folder of its own in `places`.

    An interrupt kills what runs; what is in place by then is on record.
    """
    needs, todo = _needs(planned, ledger)
    work = _Work(deque(todo))
    total = len(todo)
    try:
        while (work.waiting and not work.stopped) or work.running:
            _fill(planned, ledger, executor, work, workers * AHEAD, places)
            names = tuple(each.org.name for each in work.running.values())[:workers]
            watch(BatchProgress(total, work.done, work.failed, names))
            for future in executor.settle(work.running, LOOK_S):
                _settle(planned, ledger, work, future)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for future, each in work.running.items():
            if (
                future.done() and not future.cancelled()
            ):  # else a process may still be writing there
                atomic_files.sweep(planned.folders[each.org.code])
    watch(BatchProgress(total, work.done, work.failed))
    mine = {
        org.code: ledger.entries[org.code]
        for org in planned.organisations
        if org.code in ledger.entries
    }
    untouched = {org.code for org in work.waiting}
    entries = {code: entry for code, entry in mine.items() if code not in untouched}
    return BatchOutcome(planned, needs, entries, _changed(planned), tuple(work.edited))


def _needs(planned: BatchPlan, ledger: Ledger) -> tuple[dict[str, Need], list[Organisation]]:
    needs = {
        org.code: need(planned, ledger.entries.get(org.code), org.code)
        for org in planned.organisations
    }
    return needs, [
        org for org in planned.organisations if needs[org.code] not in {Need.CURRENT, Need.EDITED}
    ]


def _fill(
    planned: BatchPlan,
    ledger: Ledger,
    executor: executors.ReportExecutor,
    work: _Work,
    room: int,
    places: Path,
) -> None:
    while work.waiting and not work.stopped and len(work.running) < room:
        org = work.waiting.popleft()
        work.attempts[org.code] = work.attempts.get(org.code, 0) + 1
        atomic_files.sweep(planned.folders[org.code])
        files = planned.slice(org.code)
        with atomic_files.blocked(places):
            place = Path(tempfile.mkdtemp(dir=places))
            slices.hand_out(place, files, org.code, planned.plan.stands_for)
        ledger.begin(org.code, planned.request.each.asked_at)
        asked = request_of(planned, org.code, place)
        again = work.attempts[org.code] > 1
        future = executor.submit(executors.run, replace(asked, own_process=again))
        work.running[future] = _Run(org, planned.key(files), place)


def request_of(planned: BatchPlan, code: str, place: Path) -> Request:
    """One report of the batch: the data are what lies in `place`."""
    asked, plan = planned.request.each, planned.plan
    assert plan.about is not None  # a batch's notebook says which parameter is the organisation
    report = plan.report
    return replace(
        asked,
        report=str(report.notebook) if asked.report.endswith(".ipynb") else report.name,
        here=plan.workspace.root,
        options=(
            *asked.options,
            f"{plan.about.org}={code}",
            f"{plan.about.data}={plan.stands_for}",
        ),
        data=None,
        out=planned.folders[code],
        place=place,
    )


def _settle(planned: BatchPlan, ledger: Ledger, work: _Work, future: Future[Result]) -> None:
    ended = work.running.pop(future)
    org = ended.org
    error = future.exception()
    result = (
        future.result()
        if error is None
        else Result(State.FAILED, cause=LOST, message=f"{type(error).__name__}: {error}")
    )
    shutil.rmtree(ended.place, ignore_errors=True)
    if not result.done and _again(result, work.attempts[org.code]):
        work.waiting.append(org)
        return
    if not result.done:
        atomic_files.sweep(planned.folders[org.code])
    ledger.end(org.code, ended.key, result, work.attempts[org.code], planned.request.each.asked_at)
    work.edited += [planned.folders[org.code] / name for name in result.edited]
    work.done += result.done
    work.failed += not result.done
    work.stopped = work.stopped or not (result.done or planned.request.keep_going)


def _again(result: Result, attempts: int) -> bool:
    """A process that died from outside may live the next time, and one that broke a limit can be asked in which cell.

    A notebook that failed fails again.
    """
    return (result.cause == LOST and attempts < ATTEMPTS) or (
        result.cause == LIMIT and attempts == 1
    )


def _changed(planned: BatchPlan) -> bool:
    """Whether the source is no longer the one that was read."""
    source = planned.plan.source
    read = planned.source_key
    return (
        source is not None
        and read is not None
        and cache.key_of(source, domain_name(planned.plan.workspace)) != read
    )
