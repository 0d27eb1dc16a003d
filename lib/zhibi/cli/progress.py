"""Cells begun -> one bar on a terminal, a few lines elsewhere, nothing with --json. Always on stderr."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from zhibi.engines import Progress, silent

STEPS = 4  # lines told where there is no bar


@contextlib.contextmanager
def shown(name: str, *, quiet: bool) -> Iterator[Progress]:
    """A progress to hand to the pipeline, shown while the block runs."""
    if quiet:
        yield silent
    elif sys.stderr.isatty():
        with _bar() as bar:
            task = bar.add_task(f"运行 {name}", total=None)
            yield lambda begun, total: bar.update(task, completed=begun, total=total)
    else:
        yield _lines(name)


@contextlib.contextmanager
def files(total: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Files done -> one bar on a terminal; elsewhere nothing, the findings speak."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    with _bar("个文件") as bar:
        task = bar.add_task("检查", total=total)
        yield lambda: bar.advance(task)


def _bar(counted: str = "个单元格") -> Bar:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(counted),
        TimeElapsedColumn(),
    )
    return Bar(*columns, console=Console(stderr=True), transient=True)


def _lines(name: str) -> Progress:
    def told(begun: int, total: int) -> None:
        if begun in {1, total} or begun % max(1, total // STEPS) == 0:
            print(f"运行 {name}：第{begun}个单元格，共{total}个", file=sys.stderr, flush=True)  # noqa: T201

    return told
