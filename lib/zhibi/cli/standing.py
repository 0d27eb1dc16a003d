"""How a batch stands -> one bar on a terminal, a line now and then elsewhere, nothing with --json. Always on stderr."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

if TYPE_CHECKING:
    from zhibi.batch.run import Standing

EVERY_S = 10.0  # a line, where there is no bar
MOST_NAMED = 3


@contextlib.contextmanager
def shown(*, quiet: bool) -> Iterator[Callable[[Standing], None]]:
    """A watch to hand to the batch, shown while the block runs."""
    if quiet:
        yield lambda _standing: None
    elif sys.stderr.isatty():
        with Bar(TextColumn("成批生成"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[says]}"),
                 console=Console(stderr=True), transient=True) as bar:  # fmt: skip
            task, began = bar.add_task("", total=None, says=""), time.monotonic()
            yield lambda now: bar.update(
                task, total=now.total, completed=now.done + now.failed, says=said(now, time.monotonic() - began)
            )
    else:
        yield _lines()


def said(now: Standing, seconds: float) -> str:
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


def _lines() -> Callable[[Standing], None]:
    began = last = time.monotonic()
    ended = -1

    def told(now: Standing) -> None:
        nonlocal last, ended
        complete = now.done + now.failed == now.total
        if ended != now.done + now.failed and (complete or ended < 0 or time.monotonic() - last > EVERY_S):
            last, ended = time.monotonic(), now.done + now.failed
            print(f"成批生成：{ended}/{now.total}，{said(now, last - began)}".rstrip("，"), file=sys.stderr, flush=True)  # noqa: T201

    return told
