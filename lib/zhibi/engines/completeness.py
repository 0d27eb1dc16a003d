"""Execution -> the notebook, with the assurance that every code cell ran.

Papermill's own metadata says `completed` for cells that never ran (a dead kernel, `sys.exit(0)`),
so it is not asked.
"""

from __future__ import annotations

from nbformat.notebooknode import NotebookNode

from gongwen.errors import NotebookFailed, NotEveryCellRan
from zhibi.engines import error_text
from zhibi.engines.engine import Execution
from zhibi.notebook.file import INJECTED_TAG, tags


def unrun(notebook: NotebookNode) -> tuple[int, ...]:
    """Numbers, from 1, of the code cells that hold code and have not run.

    The injected cell is not counted.
    """
    source = [cell for cell in notebook.cells if INJECTED_TAG not in tags(cell)]
    return tuple(
        number
        for number, cell in enumerate(source, 1)
        if cell.cell_type == "code" and cell.source.strip() and not cell.get("execution_count")
    )


def prove(execution: Execution, name: str, kept: str | None = "") -> NotebookNode:
    """The notebook, if every code cell ran and none shows an error; otherwise raises.

    `kept`: where it can be read; None if it may not be kept.
    """
    stopped = execution.failure
    left = unrun(execution.notebook)
    if stopped is None and left:
        raise NotEveryCellRan(name, left, kept)
    failure = stopped or error_text.of_output(execution.notebook, injected=True)
    if failure:
        raise NotebookFailed(name, failure.cell, failure.reason, kept, killed=failure.killed)
    return execution.notebook
