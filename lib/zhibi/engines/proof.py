"""Executed notebook -> the assurance that every code cell ran.

Papermill's own metadata says `completed` for cells that never ran (a dead kernel, `sys.exit(0)`), so it is not asked.
"""

from __future__ import annotations

from nbformat.notebooknode import NotebookNode

from zhibi.engines import trouble
from zhibi.errors import NotebookFailed, NotEveryCellRan
from zhibi.notebook import INJECTED_TAG, tags


def unrun(notebook: NotebookNode) -> tuple[int, ...]:
    """Numbers, from 1, of the code cells that hold code and have not run; the injected cell is not counted."""
    source = [cell for cell in notebook.cells if INJECTED_TAG not in tags(cell)]
    return tuple(
        number
        for number, cell in enumerate(source, 1)
        if cell.cell_type == "code" and cell.source.strip() and not cell.get("execution_count")
    )


def prove(notebook: NotebookNode, name: str) -> NotebookNode:
    """The same notebook, if every code cell ran and none shows an error; otherwise raises."""
    left = unrun(notebook)
    if left:
        raise NotEveryCellRan(name, left)
    failure = trouble.of_output(notebook, injected=True)
    if failure:
        raise NotebookFailed(name, failure.cell, failure.reason)
    return notebook
