"""How a batch stands -> one bar on a terminal, a line now and then elsewhere, nothing with --json.

Always on stderr.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

if TYPE_CHECKING:
    from zhibi.batch.run import BatchProgress

EVERY_S = 10.0  # a line, where there is no bar
MOST_NAMED = 3
BAR, GAPS = 20, 4  # columns of the bar, and between the parts of its line


@contextlib.contextmanager
def shown(*, quiet: bool) -> Iterator[Callable[[BatchProgress], None]]:
    """A watch to hand to the batch, shown while the block runs."""
    if quiet:
        yield lambda _standing: None
    elif sys.stderr.isatty():
        with bar_on(Console(stderr=True)) as bar:
            yield bar
    else:
        yield _lines()


@contextlib.contextmanager
def bar_on(console: Console) -> Iterator[Callable[[BatchProgress], None]]:
    """A bar of one line that leaves no trace, and the watch that moves it.

    It does not tick by itself: that takes a thread, and a process with threads must not fork.
    """
    columns = (
        TextColumn("成批生成"),
        BarColumn(BAR),
        MofNCompleteColumn(),
        TextColumn("{task.fields[message]}"),
    )
    with Bar(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task, began = bar.add_task("", total=None, message="正在准备"), time.monotonic()

        def told(now: BatchProgress) -> None:
            ended = now.done + now.failed
            room = console.width - BAR - len("成批生成") * 2 - 2 * len(str(now.total)) - 1 - GAPS
            message = cut(said(now, time.monotonic() - began), room)
            bar.update(task, total=now.total, completed=ended, message=message, refresh=True)

        yield told


def cut(text: str, room: int) -> str:
    """As much of a text as fits in so many columns; a Chinese character takes two."""
    return text if cell_len(text) <= room else chop_cells(text, max(2, room - 2))[0] + "…"


def said(now: BatchProgress, seconds: float) -> str:
    """Failures, rate, time left and what is running."""
    ended = now.done + now.failed
    parts = [f"失败{now.failed}"] if now.failed else []
    if ended and seconds > 0:
        parts.append(f"{ended / seconds:.1f}份/秒")
        parts.append(f"约剩{_time((now.total - ended) * seconds / ended)}")
    if now.running:
        more = f"等{len(now.running)}份" if len(now.running) > MOST_NAMED else ""
        parts.append(f"正在做：{'、'.join(now.running[:MOST_NAMED])}{more}")
    return "，".join(parts)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}分{rest}秒" if minutes else f"{rest}秒"


def _lines() -> Callable[[BatchProgress], None]:
    began = last = time.monotonic()
    ended = -1

    def told(now: BatchProgress) -> None:
        nonlocal last, ended
        complete = now.done + now.failed == now.total
        if ended != now.done + now.failed and (
            complete or ended < 0 or time.monotonic() - last > EVERY_S
        ):
            last, ended = time.monotonic(), now.done + now.failed
            print(  # noqa: T201
                f"成批生成：{ended}/{now.total}，{said(now, last - began)}".rstrip("，"),
                file=sys.stderr,
                flush=True,
            )

    return told
