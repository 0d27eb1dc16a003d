"""A small notebook of ours -> the same executed in this process, whose global state is restored after.

The first run in a process costs several times what the second does: classes of shell and messages
are built, code warms up. What is done here once, every process forked afterwards need not do. Only
for cells we wrote: they share our memory.
"""

from __future__ import annotations

import atexit
import builtins
import contextlib
import decimal
import getpass
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbclient.client
import papermill.engines
from IPython.core.interactiveshell import InteractiveShell
from nbformat.notebooknode import NotebookNode

from zhibi.engines.completeness import prove
from zhibi.engines.fork.engine import StartMethod, Zhibi

# what a shell takes over, see `shell.Shell` and `inprocess.InProcess`
_HELD: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (sys, ("stdout", "stderr", "displayhook", "excepthook", "argv", "ps1", "ps2", "ps3")),
    (builtins, ("input", "display", "__IPYTHON__", "_")),
    (getpass, ("getpass",)),
    (nbclient.client, ("output_from_msg",)),
    (papermill.engines, ("dateutil",)),
)
_MODULES = ("__main__", "matplotlib_inline.backend_inline")
_ABSENT = object()


def run(notebook: NotebookNode) -> NotebookNode:
    """The notebook executed; raises ReportError if a cell fails, which ours do not."""
    with _as_before():
        try:
            return prove(Zhibi(StartMethod.IN_PROCESS).run(notebook, {}, cwd=Path.cwd()), "drill")
        finally:
            used: Any = InteractiveShell.instance()
            atexit.unregister(used.atexit_operations)
            used.history_manager.db.close()
            type(used).clear_instance()


@contextlib.contextmanager
def _as_before() -> Iterator[None]:
    attributes = []
    for owner, names in _HELD:
        attributes += [(owner, name, getattr(owner, name, _ABSENT)) for name in names]
    modules = {name: sys.modules.get(name) for name in _MODULES}
    backend = dict.__getitem__(
        mpl.rcParams, "backend"
    )  # which rc_context leaves alone, and asking for it chooses one
    path, environment, numbers = list(sys.path), dict(os.environ), decimal.getcontext().copy()
    assert not InteractiveShell.initialized(), "this process belongs to somebody's shell"
    with _descriptors(1, 2), mpl.rc_context():
        try:
            yield
        finally:
            for owner, name, value in attributes:
                if value is not _ABSENT:
                    setattr(owner, name, value)
                elif hasattr(owner, name):
                    delattr(owner, name)
            for name, module in modules.items():
                if module is not None:
                    sys.modules[name] = module
            dict.__setitem__(mpl.rcParams, "backend", backend)
            sys.path[:] = path
            os.environ.clear()
            os.environ.update(environment)
            decimal.setcontext(numbers)


@contextlib.contextmanager
def _descriptors(*numbers: int) -> Iterator[None]:
    """What these descriptors lead to, they lead to again; one that is closed stays so."""
    copies: dict[int, int] = {}
    for number in numbers:
        with contextlib.suppress(OSError):
            copies[number] = os.dup(number)
    try:
        yield
    finally:
        for number in numbers:
            if number in copies:
                os.dup2(copies[number], number)
                os.close(copies[number])
            else:
                with contextlib.suppress(OSError):
                    os.close(number)
