"""How much longer a function takes for ten times as much: a ratio, so that no machine is too slow for it."""

from __future__ import annotations

import time
from collections.abc import Callable

MEASURABLE_S = 0.002  # shorter times are mostly the clock's
PROPORTIONATE = 20  # for ten times as much
ATTEMPTS = 5


def times_as_long(work: Callable[[str], object], piece: str, short: int, long: int) -> float:
    """CPU time for `long` characters by that for `short` ones; a little work counts as none."""
    brief, full = (piece * (length // len(piece)) for length in (short, long))
    return least_ratio(lambda: work(brief), lambda: work(full))


def least_ratio(brief: Callable[[], object], full: Callable[[], object]) -> float:
    """CPU time of `full` by that of `brief`: the least of up to five pairs.

    What looks out of proportion is measured again: other work on the machine makes single
    pairs as wrong as four times, but what grows with the square is slow in every pair.
    """
    ratio = _ratio(brief, full)
    for _ in range(ATTEMPTS - 1):
        if ratio > PROPORTIONATE:
            ratio = min(ratio, _ratio(brief, full))
    return ratio


def _ratio(brief: Callable[[], object], full: Callable[[], object]) -> float:
    short = seconds(brief)
    return seconds(full) / max(short, MEASURABLE_S)


def seconds(work: Callable[[], object]) -> float:
    """CPU time of one call."""
    began = time.process_time()
    work()
    return time.process_time() - began
