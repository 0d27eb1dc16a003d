"""How much longer a function takes for ten times as much: a ratio, so that no machine is too slow for it."""

from __future__ import annotations

import time
from collections.abc import Callable

MEASURABLE_S = 0.002  # shorter times are mostly the clock's
PROPORTIONATE = 20  # for ten times as much


def times_as_long(work: Callable[[str], object], piece: str, short: int, long: int) -> float:
    """CPU time for `long` characters by that for `short` ones; a little work counts as none.

    What looks out of proportion is measured twice more: other work on the machine costs cache.
    """
    texts = [piece * (length // len(piece)) for length in (short, long)]
    ratio = _ratio(work, *texts)
    for _ in range(2):
        if ratio > PROPORTIONATE:
            ratio = min(ratio, _ratio(work, *texts))
    return ratio


def _ratio(work: Callable[[str], object], brief: str, full: str) -> float:
    return seconds(work, full) / max(seconds(work, brief), MEASURABLE_S)


def seconds(work: Callable[[str], object], text: str) -> float:
    """CPU time of one call."""
    began = time.process_time()
    work(text)
    return time.process_time() - began
