"""How much longer a function takes for ten times as much: a ratio, so that no machine is too slow for it."""

from __future__ import annotations

import time
from collections.abc import Callable

MEASURABLE_S = 0.002  # shorter times are mostly the clock's


def times_as_long(work: Callable[[str], object], piece: str, short: int, long: int) -> float:
    """CPU time for `long` characters by that for `short` ones; a little work counts as none."""
    brief, full = (seconds(work, piece * (length // len(piece))) for length in (short, long))
    return full / max(brief, MEASURABLE_S)


def seconds(work: Callable[[str], object], text: str) -> float:
    """CPU time of one call."""
    began = time.process_time()
    work(text)
    return time.process_time() - began
