"""A seed and a name -> the same throws on every machine and Python version."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Chance for one corner of the county.

    Every corner has its own stream, named after it, so that a change in one place leaves the others alone. Only
    `random()` of the generator is used: its stream is the one that Python promises to keep.
    """

    def __init__(self, seed: int, *corner: object) -> None:
        self._random = random.Random("/".join((str(seed), *map(str, corner)))).random

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def part(self, low: float, high: float, places: int = 2) -> float:
        """A number with a few decimal places."""
        return round(low + self._random() * (high - low), places)

    def chance(self, probability: float) -> bool:
        """True that often."""
        return self._random() < probability

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self._random() * len(options))]

    def weighted(self, options: Sequence[tuple[T, float]]) -> T:
        """One of the options; the weights need not sum to 1."""
        at = self._random() * sum(weight for _, weight in options)
        for option, weight in options:
            at -= weight
            if at < 0:
                return option
        return options[-1][0]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All items in another order."""
        left, out = list(items), []
        while left:
            out.append(left.pop(int(self._random() * len(left))))
        return out
