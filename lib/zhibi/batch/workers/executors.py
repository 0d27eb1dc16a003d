"""Requests -> futures of results; each report is made in a process of its own that may die.

Every executor here is a `concurrent.futures.Executor`; so is Dask's. A process that died is a
result like any other (`worker.died`), never a broken pool.
"""

from __future__ import annotations

import contextlib
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen_lint.reference_data import Phrasebook
from zhibi import domain
from zhibi.batch.request import Result, State
from zhibi.batch.workers.worker import LOST, attempted, died, limits_of, make
from zhibi.engines.fork import client as fork_client
from zhibi.engines.fork import engine as fork_engine
from zhibi.engines.fork import process
from zhibi.engines.fork.channel import Cause, Died, Ended, Raised, Returned
from zhibi.engines.fork.process import Child
from zhibi.report.outputs import REPORT
from zhibi.report.request import Plan, Request
from zhibi.startup import hooks
from zhibi.warm_up import rehearsal

WARM_UP = "zhibi.warm_up.rehearsal:rehearse"
_SLOWER = "本进程里已经有别的线程，不能直接分出子进程，改由辅助进程生成：结果一样，慢一些。"


class ReportExecutor(Executor):
    """An executor that makes the report of a request.

    `note` is what a user should know of it, empty where there is nothing to say.
    """

    note = ""

    def prepare(self, plan: Plan) -> None:
        """Called once, before the first request of a batch is submitted."""

    def settle(self, futures: Iterable[Future[Result]], seconds: float) -> set[Future[Result]]:
        """Those of the futures that are done by now, after waiting a little for the first."""
        return wait(set(futures), seconds, FIRST_COMPLETED).done


class Forking(ReportExecutor):
    """One forked child for each report, so many at a time.

    Their futures move on while `turn` is called.

    There is no thread that would move them: a process with threads must not fork.
    """

    def __init__(self, workers: int, scratch: Path) -> None:
        self._workers, self._scratch = workers, scratch
        self._waiting: deque[tuple[Future[Any], Request]] = deque()
        self._running: dict[Child, tuple[Future[Any], Request]] = {}
        self._plan: Plan | None = None
        self._examples = rehearsal.EXAMPLES  # finished reports still to be learned from

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Queue `run(request)`; nothing else can be submitted."""
        (request,) = args
        assert fn is run and not kwargs  # noqa: PT018  # one fact
        future: Future[Any] = Future()
        self._waiting.append((future, request))
        return future

    def turn(self, seconds: float) -> None:
        """Start what has room, wait a little for a child to say something, and settle those that ended."""
        while self._waiting and sum(not each.delivered for each in self._running) < self._workers:
            future, request = self._waiting.popleft()
            if future.set_running_or_notify_cancel():
                with _undisturbed(), atomic_files.blocked(self._scratch):
                    started = process.start(
                        partial(make, request), limits_of(request), scratch_in=self._scratch
                    )
                    self._running[started] = future, request
        process.wait(self._running, seconds)
        for each, (future, request) in list(self._running.items()):
            each.take()
            ended = each.poll()
            if ended is not None:
                del self._running[each]
                result = judged(ended)
                self._learn(request, result)
                future.set_result(result)

    def prepare(self, plan: Plan) -> None:
        """Do here once what each child would do first.

        The children are forked from this process.
        """
        self._plan = plan
        rehearsal.rehearse(plan.notebook, plan.profile, _lore(plan))
        hooks.collect_as_usual()

    def _learn(self, request: Request, result: Result) -> None:
        """Check the first finished reports here too: those forked later know their words."""
        if not self._examples or self._plan is None or not result.done or request.out is None:
            return
        self._examples -= 1
        plan = self._plan
        with contextlib.suppress(OSError):
            content = (request.out / REPORT).read_bytes()
            rehearsal.learn(content, plan.profile, request.asked_at.date(), _lore(plan))

    def settle(self, futures: Iterable[Future[Result]], seconds: float) -> set[Future[Result]]:
        """Those that are done; without threads, the children are looked after here."""
        self.turn(seconds)
        return super().settle(futures, 0.0)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End: with `wait` when all is done, else now, killing what runs."""
        if cancel_futures or not wait:
            while self._waiting:
                self._waiting.popleft()[0].cancel()
        while wait and (self._running or self._waiting):
            self.turn(1.0)
        for each in self._running:
            each.kill()
        while self._running:
            self.turn(0.1)


def _lore(plan: Plan) -> Phrasebook | None:
    """What the domain of a plan knows of regulations and fixed words."""
    package = domain.of(plan.workspace)
    return package.lore if package else None


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """An interrupt waits until this is over: what Python calls amid a fork would swallow it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Waiting(ReportExecutor, ThreadPoolExecutor):
    """Threads, each of which waits for a helper process to make one report.

    `shutdown(wait=False)` kills the busy helpers and returns when none of them writes any more.
    """

    def __init__(self, workers: int) -> None:
        super().__init__(workers, thread_name_prefix="zhibi-batch")
        self._busy: set[fork_client.Helper] = set()
        self._over = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Queue `run(request)`."""
        (request,) = args
        assert fn is run and not kwargs  # noqa: PT018  # one fact
        return super().submit(self._made, request)

    def _made(self, request: Request) -> Result:
        with fork_client.helper(fork_engine.best_way(), WARM_UP) as helper:
            self._busy.add(helper)
            try:
                if self._over:
                    return judged(Died(Cause.KILLED, 0))
                return judged(
                    helper.perform(partial(make, request), limits_of(request), silent_line)
                )
            finally:
                self._busy.discard(helper)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End: with `wait` when all is done, else now."""
        super().shutdown(wait=False, cancel_futures=cancel_futures)
        if not wait:
            self._over = True
            for helper in list(self._busy):
                helper.close()
        super().shutdown(wait=True)


class Here(ReportExecutor):
    """The calling process itself, one after another: nothing is isolated.

    For tests, and for looking into a failure.
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it now."""
        future: Future[Any] = Future()
        (request,) = args
        del fn, kwargs
        future.set_result(attempted(request))
        return future


def run(request: Request) -> Result:
    """Make a report in a process to throw away, from a process that must not fork by itself (it has threads)."""
    ended = fork_engine.perform(
        partial(make, request), limits_of(request), silent_line, warm_up=WARM_UP
    )
    return judged(ended)


def silent_line(_told: Any) -> None:
    """What a helper's child tells, to nobody."""


def local(workers: int, scratch: Path) -> ReportExecutor:
    """The executor of this machine: forked children where a fork is safe, else helper processes, warmed up."""
    if fork_engine.best_way() is fork_engine.StartMethod.FORK:
        return Forking(workers, scratch)
    waiting = Waiting(workers)
    if fork_engine.FORKING_IS_SAFE:  # here only a second thread stands in the way
        waiting.note = _SLOWER
    return waiting


def judged(ended: Ended) -> Result:
    """How a process ended, as a result."""
    match ended:
        case Returned(value=Result(state=State.DONE, files=files)) if REPORT not in files:
            return Result(
                State.FAILED, cause=LOST, message="生成报告的进程说已完成，却没有说写出了哪些文件"
            )
        case Returned(value=Result() as result):
            return result
        case Died() as death:
            return died(death)
        case Raised(error=error):
            return Result(
                State.FAILED,
                cause=LOST,
                message=f"生成报告的进程出错（{type(error).__name__}: {error}）",
            )
        case _:
            return Result(State.FAILED, cause=LOST, message="生成报告的进程没有给出结果")


__all__ = ["Forking", "Here", "ReportExecutor", "Waiting", "judged", "local", "run"]
