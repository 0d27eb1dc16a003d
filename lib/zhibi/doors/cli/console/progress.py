"""Cells begun -> one bar on a terminal, a few lines elsewhere, nothing with --json.

Always on stderr.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhibi.engines import Progress, silent
from zhibi.startup.later import later

if TYPE_CHECKING:
    from zhibi.doors.cli.console.bars import bar_of
else:  # rich, which only a terminal needs
    bar_of = later("zhibi.doors.cli.console.bars", "bar_of")

STEPS = 4  # lines told where there is no bar


@contextlib.contextmanager
def shown(name: str, *, quiet: bool) -> Iterator[Progress]:
    """A progress to hand to the pipeline, shown while the block runs."""
    if quiet:
        yield silent
    elif sys.stderr.isatty():
        with bar_of("个单元格", ticking=False) as bar:
            task = bar.add_task(f"运行 {name}", total=None)
            yield lambda begun, total: bar.update(task, completed=begun, total=total, refresh=True)
    else:
        yield _lines(name)


def _lines(name: str) -> Progress:
    def told(begun: int, total: int) -> None:
        if begun in {1, total} or begun % max(1, total // STEPS) == 0:
            print(f"运行 {name}：第{begun}个单元格，共{total}个", file=sys.stderr, flush=True)  # noqa: T201

    return told
