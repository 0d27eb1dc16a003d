"""The engine `zhibi`: notebook + parameters -> executed notebook, in a process of its own that is thrown away.

No kernel is started: a process that has imported everything is forked, and the cells run in the
copy. Which process that is depends on where we are: this one, if it has no threads; else a helper
that forks for us; else (Windows, macOS) a helper that does one run itself. In a process that is
thrown away already the cells run in it.
"""

from __future__ import annotations

import decimal
import os
import sys
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.notebooknode import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine as PapermillsEngine
from papermill.engines import NBClientEngine, NotebookExecutionManager

from zhibi.data.snapshot.access_scope import environment
from zhibi.engines import error_text
from zhibi.engines.engine import UNLIMITED, Execution, Failure, Limits, Progress, silent
from zhibi.engines.fork import client as fork_client
from zhibi.engines.fork import limits as process_limits
from zhibi.engines.fork import process
from zhibi.engines.fork.cells import Apply, CellRunner
from zhibi.engines.fork.channel import Cause, Died, Ended, Raised, Returned, Tell
from zhibi.engines.fork.kernel.inprocess import InProcess
from zhibi.engines.papermill_engine import Papermill, prepared
from zhibi.notebook.file import DEFAULT_KERNEL, INJECTED_TAG, kernel_name, tagged

NEVER = float("inf")
FORKING_IS_SAFE = sys.platform == "linux"  # macOS has fork, but its own libraries do not survive it


ASKED = "ZHIBI_START_METHOD"  # an environment variable


class StartMethod(StrEnum):
    """Where the process comes from."""

    IN_PROCESS = "self"
    FORK = "here"
    FORK_SERVER = "fork"
    SPAWN = "once"


def best_way() -> StartMethod:
    """What this process may do; `ZHIBI_START_METHOD` asks for a slower one.

    `once` is how notebooks run on Windows and macOS.
    """
    if process_limits.thrown_away():
        return StartMethod.IN_PROCESS
    if os.environ.get(ASKED) == StartMethod.SPAWN:
        return StartMethod.SPAWN
    if not (FORKING_IS_SAFE and hasattr(os, "fork")):
        return StartMethod.SPAWN
    return StartMethod.FORK if process_limits.threads() == 1 else StartMethod.FORK_SERVER


def perform(
    work: Any,
    limits: Limits,
    tell: Tell,
    way: StartMethod | None = None,
    warm_up: str = fork_client.WARM_UP,
) -> Ended:
    """Have work done in a process to throw away. For other ways than HERE it must be picklable.

    `warm_up` (module:function) is what a helper does before its first piece of work.
    """
    way = way or best_way()
    if way in {
        StartMethod.FORK,
        StartMethod.IN_PROCESS,
    }:  # where one piece of work begins another, that one is forked off
        return process.finish(process.start(work, limits), tell)
    with fork_client.helper(way, warm_up) as helper:
        return helper.perform(work, limits, tell)


class Zhibi:
    """The engine. `way` is for tests."""

    name = "zhibi"

    def __init__(self, way: StartMethod | None = None) -> None:
        self._way = way

    def run(
        self,
        notebook: NotebookNode,
        parameters: Mapping[str, Any],
        *,
        cwd: Path,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        progress: Progress = silent,
    ) -> Execution:
        """Run every cell; see Engine.

        A notebook that asks for another kernel than this Python is papermill's.
        """
        if kernel_name(notebook) != DEFAULT_KERNEL:
            return Papermill().run(notebook, parameters, cwd=cwd, limits=limits, progress=progress)
        injected = tagged(notebook, INJECTED_TAG) is None
        ready = prepared(notebook, parameters, once=process_limits.thrown_away())
        run = _Run(limits, cwd, self._way, progress, len(ready.cells))
        ForkDriver.execute_notebook(ready, DEFAULT_KERNEL, progress_bar=False, run=run)
        return Execution(ready, _failure(ready, run, injected))


class _Run:
    """One run as papermill's driver passes it through: how it is to be done, and how it ended."""

    def __init__(
        self, limits: Limits, cwd: Path, way: StartMethod | None, progress: Progress, total: int
    ) -> None:
        self.limits, self.cwd, self.way = limits, cwd, way
        self._progress, self._total = progress, total
        self.begun = 0
        self.ended: Ended | None = None

    def begin(self, cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG002  # called as nbclient calls
        self.begun = cell_index + 1
        self._progress(self.begun, self._total)


class ForkDriver(PapermillsEngine):  # type: ignore[misc]  # papermill has no types
    """Papermill's driver with our processes: `papermill in.ipynb out.ipynb --engine zhibi`."""

    @classmethod
    def execute_managed_notebook(  # papermill's signature, and its options
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        run: _Run | None = None,
        **options: Any,
    ) -> None:
        """Run the cells of the manager's notebook.

        Raises what nbclient raises if time runs out or the process dies.
        """
        if kernel_name != DEFAULT_KERNEL:
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
            return
        if run and (run.way or best_way()) is StartMethod.IN_PROCESS:
            _in_this_process(nb_man, run)
            return
        if run:
            apply = Apply(nb_man, run.begin)
            run.ended = _performed(nb_man, apply, run.limits, run.cwd, run.way)
            return
        limits = Limits(options.get("execution_timeout") or NEVER, NEVER, UNLIMITED)
        apply = Apply(nb_man, options.get("on_cell_start"), _log(nb_man, options))
        cwd = options.get("resources", {}).get("metadata", {}).get("path") or Path.cwd()
        ended = _performed(nb_man, apply, limits, Path(cwd), None)
        if isinstance(ended, Died):
            raise _as_nbclient(ended, nb_man.nb.cells[max(apply.last, 0)], limits)


def _in_this_process(nb_man: NotebookExecutionManager, run: _Run) -> None:
    """The whole report is made in a process to throw away: the cells need no other.

    Its limits are kept from outside.
    """
    before = Path.cwd()
    os.chdir(run.cwd)
    os.environ.update(environment(run.cwd))
    try:
        InProcess(nb_man, on_cell_start=run.begin).execute()
    finally:
        os.chdir(before)
        decimal.setcontext(
            decimal.Context()
        )  # figures are printed after this, and not as a cell may have set it
    run.ended = Returned({})


def _performed(
    nb_man: Any, apply: Apply, limits: Limits, cwd: Path, way: StartMethod | None
) -> Ended:
    ended = perform(CellRunner(nb_man.nb, cwd), limits, apply, way)
    match ended:
        case Returned(metadata):
            nb_man.nb.metadata.update(metadata)
        case Raised(MemoryError()):  # between two cells, or in what is done with an output
            ended = Died(Cause.MEMORY, 1)
            apply.died()
        case Raised(error):  # not the notebook's errors: those are shown by its cells
            apply.died()
            raise error
        case _:
            apply.died()
    return ended


def _log(nb_man: NotebookExecutionManager, options: Mapping[str, Any]) -> Any:
    """Papermill's own --log-output, --stdout-file and --stderr-file."""
    entry = {
        name: options[name]
        for name in ("log_output", "stdout_file", "stderr_file")
        if options.get(name)
    }
    return PapermillNotebookClient(nb_man, **entry).log_output_message if entry else None


def _as_nbclient(died: Died, cell: NotebookNode, limits: Limits) -> Exception:
    if died.cause is Cause.CELL_TIME:
        return CellTimeoutError.error_from_timeout_and_cell(
            "Cell execution timed out", int(limits.cell_s), cell
        )
    return DeadKernelError(error_text.of_death(died, limits))


def _failure(notebook: NotebookNode, run: _Run, injected: bool) -> Failure | None:
    """As the reference engine judges a run."""
    shown = error_text.of_output(notebook, injected)
    if not isinstance(run.ended, Died):
        return shown if shown and shown.reason != error_text.EXITED else None
    at = partial(error_text.number, notebook, injected=injected)
    if run.ended.cause is Cause.RUN_TIME:
        return Failure(at(max(run.begun, 1) - 1), error_text.out_of_time(run.limits))
    killed = run.ended.cause is Cause.SIGNAL and error_text.killed(run.ended.code)
    return shown or Failure(
        at(run.begun - 1) if run.begun else 0, error_text.of_death(run.ended, run.limits), killed
    )
