"""Notebook -> the same executed in this process: papermill drives, nbclient stores the outputs.

What becomes of a message (outputs, updated displays, cleared outputs, widget states) and what
papermill writes about each cell is decided by their own code; only the kernel is missing. This
process must be one to throw away.
"""

from __future__ import annotations

import asyncio
import os
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Protocol

import nbclient.client
import nbformat
import papermill.engines
from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import output_from_msg
from papermill.clientwrap import PapermillNotebookClient

from gongwen.document import codec
from zhibi.engines.fork.kernel.shell import LANGUAGE, Message, Shell

# papermill reads back the times it wrote; dateutil first finds out what they look like (trick
# `times`)
_DATEUTIL = SimpleNamespace(parser=SimpleNamespace(parse=datetime.fromisoformat))


class Manager(Protocol):
    """What is told of the run: papermill's NotebookExecutionManager, or one like it."""

    nb: NotebookNode

    def cell_start(self, cell: NotebookNode, cell_index: int | None = None) -> None:
        """A cell is about to run."""

    def cell_exception(
        self, cell: NotebookNode, cell_index: int | None = None, exception: Any = None
    ) -> None:
        """A cell raised."""

    def cell_complete(self, cell: NotebookNode, cell_index: int | None = None) -> None:
        """A cell has run, well or not."""

    def autosave_cell(self) -> None:
        """An output arrived."""


def _filed(message: Message) -> NotebookNode:
    """As nbformat's output_from_msg, which checks each output.

    One with our blocks and words beside them is right (trick `outputs`).
    """
    content = message["content"]
    data = content.get("data") or {}
    ours = {kind: part for kind, part in data.items() if isinstance(part, codec.Dumped)}
    rest = {kind: part for kind, part in data.items() if kind not in ours}
    if not (ours and all(isinstance(part, str) for part in rest.values())):
        return output_from_msg(message)  # type: ignore[no-any-return]
    fields = {
        "output_type": message["header"]["msg_type"],
        "metadata": content["metadata"],
        "data": rest,
    }
    filed: NotebookNode = nbformat.from_dict(fields)
    filed.data = NotebookNode()
    for kind, part in data.items():
        dict.__setitem__(filed.data, kind, part)  # as it is: a NotebookNode would be made of it
    if "execution_count" in content:
        filed.execution_count = content["execution_count"]
    return filed


class InProcess(PapermillNotebookClient):  # type: ignore[misc]  # papermill has no types
    """Papermill's client, with a shell in this process instead of a kernel in another."""

    def __init__(self, manager: Manager, **options: Any) -> None:
        super().__init__(manager, **options)
        # in this process, which is thrown away:
        nbclient.client.output_from_msg = _filed  # type: ignore[attr-defined]
        papermill.engines.dateutil = _DATEUTIL
        self.touched: set[int] = set()  # cells whose outputs were changed by others

    def _update_display_id(self, display_id: str, msg: Message) -> None:
        super()._update_display_id(display_id, msg)
        self.touched.update(self._display_id_map.get(display_id, {}))

    def execute(self, **_kernel: Any) -> Any:
        """Run every cell until one raises."""
        self.reset_execution_trackers()
        asyncio.run(self._run())
        self.nb.metadata["language_info"] = dict(LANGUAGE)
        self.set_widgets_metadata()
        return self.nb

    async def _run(self) -> None:
        self._shell = Shell(self._receive)
        for index, cell in enumerate(self.nb.cells):
            try:
                self.nb_man.cell_start(cell, index)
                if self.on_cell_start:
                    self.on_cell_start(cell=cell, cell_index=index)
                await self._run_cell(cell, index)
            except CellExecutionError as failed:
                self.nb_man.cell_exception(cell, cell_index=index, exception=failed)
                break
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)
            await asyncio.sleep(0)  # what a cell left running in the background gets its turn

    async def _run_cell(self, cell: NotebookNode, index: int) -> None:
        """As NotebookClient.async_execute_cell."""
        if cell.cell_type != "code" or not cell.source.strip():
            return
        if self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return
        if self._shell.left:
            os._exit(0)  # `exit` ends a kernel before its next cell
        self._at = cell, index
        self.code_cells_executed += 1
        cell.outputs, cell.execution_count = [], self._shell.execution_count
        begun = timestamp({})
        cell.metadata["execution"] = {"iopub.status.busy": begun, "iopub.execute_input": begun}
        self.clear_before_next_output = False
        reply = await self._shell.run(cell.source, cell.get("id", ""))
        ended = timestamp({})
        cell.metadata.execution.update({"iopub.status.idle": ended, "shell.execute_reply": ended})
        await self._check_raise_for_error(cell, index, {"content": reply})

    def _receive(self, message: Message) -> None:
        cell, index = self._at
        try:
            self.process_message(message, cell, index)
        except CellExecutionComplete:  # nobody waits for it here
            return
