"""Files done -> one bar on a terminal; the bar itself, for whatever else is counted.

Loads nothing but rich.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar


@contextlib.contextmanager
def files(total: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Files done -> one bar on a terminal; elsewhere nothing, the findings speak."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    with bar_of("个文件") as bar:
        task = bar.add_task("检查", total=total)
        yield lambda: bar.advance(task)


def bar_of(counted: str, *, ticking: bool = True) -> Bar:
    """A bar on stderr that counts such things and leaves no trace.

    Ticking takes a thread: not for a process that forks.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(counted),
        TimeElapsedColumn(),
    )
    return Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=ticking)
