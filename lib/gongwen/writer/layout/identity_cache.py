"""A function of one value -> the same with a cache keyed by the identity of the value.

A profile holds tables of rules and a table all its cells: comparing them takes longer than the few
answers kept here (trick `identity-cache`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class IdentityCache(Generic[T]):
    """The latest answers about frozen values.

    Each value is held as long as its answer, so that its identity is its own.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: dict[tuple[int, ...], tuple[tuple[object, ...], T]] = {}

    def of(self, *values: object, ask: Callable[[], T]) -> T:
        """The answer about these very values."""
        key, answers = tuple(map(id, values)), self._answers
        if key not in answers:
            if len(answers) >= self._most:
                answers = self._answers = {}  # anew: another thread may be reading the old ones
            answers[key] = values, ask()
        return answers[key][1]
