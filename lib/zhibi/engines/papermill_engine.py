"""Papermill as the reference engine: notebook + parameters -> executed notebook, in a kernel of its own.

The run happens in a thread, so that the time limit of the whole and Ctrl-C work even while
papermill waits for a kernel that will never answer; killing the kernel is what ends the thread.
"""

from __future__ import annotations

import asyncio
import contextvars
import json
import logging
import pickle
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import DeadKernelError
from nbformat.notebooknode import NotebookNode
from papermill.engines import papermill_engines
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from zhibi.engines import error_text as trouble
from zhibi.engines import kernel
from zhibi.engines.engine import Execution, Failure, Limits, Progress, silent
from zhibi.notebook.file import INJECTED_TAG, encoded, kernel_name, tagged

logging.getLogger("papermill").addHandler(
    logging.NullHandler()
)  # what it has to say, we say in Chinese

PATIENCE_S = 10.0  # how long papermill may take to notice that its kernel was killed


@dataclass(slots=True)
class _Run:
    """The state that the thread and the one who waits for it share."""

    notebook: NotebookNode
    leash: kernel.Leash
    begun: int = 0  # index of the last cell begun, plus one
    trouble: BaseException | None = field(default=None)


class Papermill:
    """Papermill with nbclient underneath."""

    name = "papermill"

    def run(
        self,
        notebook: NotebookNode,
        parameters: Mapping[str, Any],
        *,
        cwd: Path,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        progress: Progress = silent,
    ) -> Execution:
        """Run every cell in a fresh kernel started in `cwd`; see Engine."""
        injected = tagged(notebook, INJECTED_TAG) is None
        run = _Run(prepared(notebook, parameters), kernel.Leash(limits.memory_bytes))
        in_time = _within(limits.run_s, run, lambda: _execute(run, cwd, limits, progress))
        return Execution(run.notebook, _failure(run, limits, injected, in_time))


def prepared(notebook: NotebookNode, parameters: Mapping[str, Any], *, once: bool = False) -> Any:
    """A copy as papermill would make it: no outputs, papermill's metadata, parameters injected.

    `once`: this process asks but once, and may have the copy that is kept for all.
    """
    pristine = _pristine(encoded(notebook))
    copy = pristine if once else pickle.loads(pickle.dumps(pristine, pickle.HIGHEST_PROTOCOL))  # noqa: S301  # our own
    if not parameters:
        return copy
    return parameterize_notebook(
        copy, dict(parameters), kernel_name=kernel_name(notebook), language="python"
    )


@lru_cache(maxsize=8)  # the same notebook for every branch of a county
def _pristine(written: bytes) -> NotebookNode:
    """A notebook as papermill reads it, without outputs."""
    copy: NotebookNode = load_notebook_node(
        nbformat.from_dict(json.loads(written))
    )  # papermill writes the node out and reads it again
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return copy


def _execute(run: _Run, cwd: Path, limits: Limits, progress: Progress) -> None:
    """What the thread does."""
    total = len(run.notebook.cells)

    def begin(cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG001  # nbclient calls by keyword
        run.begun = cell_index + 1
        progress(run.begun, total)

    with kernel.scratch_folder() as scratch:
        papermill_engines.execute_notebook_with_engine(
            None,
            run.notebook,
            kernel_name=kernel_name(run.notebook),
            progress_bar=False,
            execution_timeout=limits.cell_s,
            shutdown_kernel="immediate",
            kernel_manager_class=kernel.manager_class(run.leash, scratch),
            config=kernel.transport(scratch),
            resources={"metadata": {"path": str(cwd)}},
            ipython_hist_file=":memory:",
            on_cell_start=begin,
        )


def _within(seconds: float, run: _Run, work: Callable[[], None]) -> bool:
    """Do the work in a thread and wait.

    Kill the kernel when time runs out or the user interrupts.
    """
    finished = threading.Event()

    def guarded() -> None:
        loop = ensure_event_loop(
            prefer_selector_loop=True
        )  # papermill's; nobody else would close it
        try:
            work()
        except BaseException as trouble:  # noqa: BLE001  # carried to the thread that waits, which judges it
            run.trouble = trouble
        finally:
            _close(loop)
            finished.set()

    empty = (
        contextvars.Context()
    )  # no event loop of the caller's (a Jupyter server has one running)
    thread = threading.Thread(target=empty.run, args=(guarded,), name="papermill", daemon=True)
    thread.start()
    try:
        in_time = finished.wait(
            seconds
        )  # not join(): interrupted, it takes the thread for dead (bpo-45274)
    finally:
        if not finished.is_set():
            run.leash.kill()
            finished.wait(PATIENCE_S)
    return in_time


def _close(loop: asyncio.AbstractEventLoop) -> None:
    """Close a loop and what a dead kernel left waiting in it."""
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    asyncio.set_event_loop(None)
    loop.close()


def _failure(run: _Run, limits: Limits, injected: bool, in_time: bool) -> Failure | None:
    if not in_time:
        return Failure(
            trouble.number(run.notebook, max(run.begun, 1) - 1, injected),
            trouble.out_of_time(limits),
        )
    shown = trouble.of_output(run.notebook, injected)
    if run.trouble is None:
        # sys.exit(0) shows an error and papermill does not mind; whether cells are left is for the
        # proof to say
        return shown if shown and shown.reason != trouble.EXITED else None
    if shown:
        return shown
    cell = trouble.number(run.notebook, run.begun - 1, injected) if run.begun else 0
    killed = isinstance(run.trouble, DeadKernelError) and trouble.killed(run.leash.exit_code)
    return Failure(cell, trouble.of_exception(run.trouble, limits, run.leash.exit_code), killed)
