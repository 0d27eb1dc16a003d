"""Source of a cell -> the messages a Jupyter kernel would send, from IPython in this very process.

No sockets, no threads.

The shell, its displays, its tracebacks and its magics are ipykernel's own; only the line they speak
into is ours. One process runs one notebook: nothing is ever put back.
"""

from __future__ import annotations

import builtins
import getpass
import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import MethodType, SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.jsonutil import json_clean
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from traitlets import Any as Anything
from traitlets.config import Config

from gongwen.document import codec
from zhibi.engines.fork.kernel.compiler import Compiler, Transformer, forget_compiled
from zhibi.engines.fork.kernel.streams import Stream
from zhibi.startup.kernel_state import restore_options

_INSTALLED = {"site-packages", "dist-packages"}
BACKEND = "module://matplotlib_inline.backend_inline"
LANGUAGE: Mapping[str, Any] = IPythonKernel.language_info
Message = dict[str, Any]
Receive = Callable[[Message], None]


class _Line(Session):
    """What ipykernel takes for its session: a message sent is handed over as it would arrive after its way as JSON.

    Our own blocks were written as JSON just now; they are handed over as they are.
    """

    receive = Anything()

    def send(  # type: ignore[override]  # called as papermill calls
        self,
        stream: Any,  # noqa: ARG002
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        **kw: Any,
    ) -> Any:
        message = (
            msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content, parent)
        )
        self.receive(
            {**message, "content": _arrived(message["content"]), "buffers": kw.get("buffers") or []}
        )
        return message


def _arrived(content: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = content.get("data") or {}
    ours = {kind: part for kind, part in data.items() if isinstance(part, codec.Dumped)}
    rest = (
        {**content, "data": {kind: part for kind, part in data.items() if kind not in ours}}
        if ours
        else content
    )
    if (
        ours
        and not content.get("metadata")
        and all(type(part) is str for part in rest["data"].values())
    ):
        return content  # nothing of it would change on the way
    plain: dict[str, Any] = json.loads(json.dumps(rest, default=json_default))
    if ours:
        plain["data"] = {kind: ours.get(kind, plain["data"].get(kind)) for kind in data}
    return plain


class _Shell(ZMQInteractiveShell):
    """Ipykernel's shell; a window system it has none to offer."""

    def enable_gui(self, gui: Any = None) -> None:
        if gui not in {None, "inline"}:
            super().enable_gui(gui)

    def transform_ast(self, node: Any) -> Any:
        """Whoever changes trees has them compiled after that."""
        if self.ast_transformers:
            forget_compiled()
        return super().transform_ast(node)  # type: ignore[no-untyped-call]

    def should_run_async(self, raw_cell: str, **more: Any) -> bool:
        """Without these words no cell needs a loop; others are compiled to be sure (trick `await`)."""
        return any(word in raw_cell for word in _AWAITS) and super().should_run_async(
            raw_cell, **more
        )


_Shell.__name__, _Shell.__qualname__ = (
    ZMQInteractiveShell.__name__,
    ZMQInteractiveShell.__qualname__,
)


_AWAITS = ("await", "async")


def _made() -> Any:
    config = Config()
    config.HistoryManager.hist_file = (
        ":memory:"  # no file, and no thread that writes it: it may go through a fork
    )
    config.HistoryManager.db_cache_size = sys.maxsize  # written when somebody searches in it
    remembering = Transformer()  # type: ignore[no-untyped-call]
    shell: Any = _Shell(  # type: ignore[no-untyped-call]
        config=config, compiler_class=Compiler, input_transformer_manager=remembering
    )
    shell.extension_manager.load_extension("storemagic")  # as every kernel does
    return shell


class Shell:
    """Runs cells in this process, which it takes over.

    Stdout, stderr, the display hook, `__main__`.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._parent: Message = {"header": {}}
        _plain_surroundings()
        sys.stdout = self._out = Stream("stdout", 1, self._printed)
        sys.stderr = self._err = Stream("stderr", 2, self._printed)
        self._shell, self._line = self._started()
        _inline_figures()
        restore_options()
        silent = SimpleNamespace(_allow_stdin=False)
        builtins.input = MethodType(IPythonKernel.raw_input, silent)
        getpass.getpass = MethodType(IPythonKernel.getpass, silent)

    def _started(self) -> tuple[Any, _Line]:
        shell, line = _made(), _Line()
        line.receive = self._receive
        for kind in type(shell)._walk_mro():  # noqa: SLF001  # as `instance` does
            kind._instance = shell  # noqa: SLF001
        shell.displayhook.session = shell.display_pub.session = line
        shell.displayhook.pub_socket = shell.display_pub.pub_socket = line
        shell.displayhook.topic = b"execute_result"
        return shell, line

    @property
    def execution_count(self) -> int:
        """The number of the cell that runs next."""
        return int(self._shell.execution_count)

    @property
    def left(self) -> bool:
        """Whether a cell called `exit` or `quit`: a kernel would be gone by now."""
        return bool(self._shell.exit_now)

    async def run(self, source: str, cell_id: str) -> Message:
        """Run one cell; its messages are received on the way, the reply is given back."""
        self._parent = self._line.msg("execute_request")
        self._shell.set_parent(self._parent)
        result = await self._ran(source, cell_id)
        self._out.flush()
        self._err.flush()
        return self._reply(result)

    async def _ran(self, source: str, cell_id: str) -> Any:
        """As IPythonKernel.do_execute: what needs a loop runs in ours, the rest at once."""
        shell = self._shell
        if not any(word in source for word in _AWAITS):
            return shell.run_cell(source, store_history=True, cell_id=cell_id)
        try:
            transformed, fault = shell.transform_cell(source), None
        except Exception:  # noqa: BLE001  # run_cell tells it to the reader
            transformed, fault = source, sys.exc_info()
        if not shell.should_run_async(
            source, transformed_cell=transformed, preprocessing_exc_tuple=fault
        ):
            return shell.run_cell(source, store_history=True, cell_id=cell_id)
        result = None
        try:
            result = await shell.run_cell_async(
                source,
                store_history=True,
                transformed_cell=transformed,
                preprocessing_exc_tuple=fault,
                cell_id=cell_id,
            )
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
        return result

    def _reply(self, result: Any) -> Message:
        shell = self._shell
        shell.payload_manager.clear_payload()
        error = (
            result.error_before_exec
            if result.error_before_exec is not None
            else result.error_in_exec
        )
        if result.success and not getattr(shell, "_last_traceback_during_displayhook", False):
            return {"status": "ok"}
        traceback = shell._last_traceback or []  # noqa: SLF001  # where the kernel takes it from
        reply = {
            "status": "error",
            "ename": type(error).__name__,
            "evalue": str(error),
            "traceback": traceback,
        }
        return dict(json_clean(reply))  # type: ignore[no-untyped-call]

    def _printed(self, name: str, text: str) -> None:
        self._say("stream", name=name, text=text)

    def _say(self, kind: str, **content: Any) -> None:
        """What the kernel itself says, with as much of an envelope as nbclient opens."""
        header, parent = {"msg_type": kind, "date": datetime.now(UTC)}, self._parent["header"]
        self._receive(
            {
                "msg_type": kind,
                "header": header,
                "parent_header": parent,
                "metadata": {},
                "content": content,
            }
        )


def _plain_surroundings() -> None:
    """What a kernel finds when it starts: no script's folder on the path, no program's arguments, no other shell."""
    os.environ.setdefault("MPLBACKEND", BACKEND)
    sys.argv = [sys.argv[0] if sys.argv else ""]
    script = _resolved(sys.argv[0]).parent if sys.argv[0] else None
    sys.path[:] = [place for place in sys.path if place and _resolved(place) != script]
    third = next(
        (number for number, place in enumerate(sys.path) if Path(place).name in _INSTALLED),
        len(sys.path),
    )
    sys.path.insert(
        third, ""
    )  # the working folder, before what is installed and after Python's own


@lru_cache  # the same for every copy of a process
def _resolved(place: str) -> Path:
    return Path(place).resolve()


def _inline_figures() -> None:
    """Figures are displayed by the cell that drew them.

    Matplotlib may have been imported when there was no shell yet.
    """
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib is not None:
        matplotlib.rcParams["backend"] = BACKEND
    sys.modules.pop(
        "matplotlib_inline.backend_inline", None
    )  # tied to the shell when it is imported, at the first figure
