"""A notebook -> cells run in a throw-away process, and its progress as calls of papermill's manager here."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from zhibi.data.snapshot.access_scope import environment
from zhibi.engines.fork.channel import Line
from zhibi.engines.fork.kernel.inprocess import InProcess, Manager


@dataclass(frozen=True, slots=True)
class CellRunner:
    """Run the cells of a notebook in `cwd`.

    The value is what the run says of the notebook as a whole (metadata).
    """

    notebook: NotebookNode
    cwd: Path

    def __call__(self, line: Line) -> dict[str, Any]:
        """Do it in this process, which is thrown away afterwards."""
        os.chdir(self.cwd)
        os.environ.update(environment(self.cwd))
        reporter = _Reporter(self.notebook, line)
        client = InProcess(reporter)
        reporter.touched = client.touched
        client.execute()
        return {
            name: self.notebook.metadata[name]
            for name in ("language_info", "widgets")
            if name in self.notebook.metadata
        }


@dataclass(frozen=True, slots=True)
class _Begun:
    index: int


@dataclass(frozen=True, slots=True)
class _Done:
    """Cell `index` has run; `cells` are those that look different now, as a rule this one."""

    index: int
    failed: bool
    cells: dict[int, NotebookNode]


@dataclass(slots=True)
class _Reporter:
    """In the throw-away process: tells the one who waits what papermill's manager would be told."""

    nb: NotebookNode
    line: Line
    touched: set[int] = field(default_factory=set)
    failed: bool = False

    def cell_start(self, cell: NotebookNode, cell_index: int | None = None) -> None:  # noqa: ARG002  # called as papermill calls
        self.line.step(_Begun(cell_index or 0))

    def cell_exception(
        self,
        cell: NotebookNode,  # noqa: ARG002
        cell_index: int | None = None,  # noqa: ARG002
        exception: Any = None,  # noqa: ARG002
    ) -> None:
        self.failed = True

    def cell_complete(self, cell: NotebookNode, cell_index: int | None = None) -> None:
        index = cell_index or 0
        cells = {index: cell, **{number: self.nb.cells[number] for number in self.touched}}
        self.touched.clear()
        self.line.keep(_Done(index, self.failed, cells))

    def autosave_cell(self) -> None:
        pass


@dataclass(slots=True)
class Apply:
    """Here: what the process tells -> calls of papermill's manager, as if the cells ran here."""

    manager: Manager
    begin: Callable[..., None] | None = None  # nbclient's on_cell_start
    output: Callable[[NotebookNode], None] | None = None
    running: int | None = None
    last: int = -1

    def __call__(self, tell: object) -> None:
        """One message."""
        match tell:
            case _Begun(index):
                self.running = self.last = index
                cell = self.manager.nb.cells[index]
                self.manager.cell_start(cell, index)
                if self.begin:
                    self.begin(cell=cell, cell_index=index)
            case _Done(index, failed, cells):
                self._done(index, failed, cells)

    def died(self) -> None:
        """The process is gone: the cell that was running failed, whatever papermill itself would say of it."""
        if self.running is not None:
            self._done(self.running, True, {})  # noqa: FBT003

    def _done(self, index: int, failed: bool, cells: dict[int, NotebookNode]) -> None:
        for number, ran in cells.items():
            if ran.cell_type == "code":
                cell = self.manager.nb.cells[number]
                cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
                if "execution" in ran.metadata:
                    cell.metadata["execution"] = ran.metadata["execution"]
                for output in cell.outputs if self.output else ():
                    self.output(output)  # type: ignore[misc]  # there is one
        cell = self.manager.nb.cells[index]
        if failed:
            self.manager.cell_exception(cell, cell_index=index)
        self.running = None
        self.manager.cell_complete(cell, cell_index=index)
