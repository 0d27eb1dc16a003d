"""Row numbers -> the same, kept as runs of neighbours where they are many.

A county's rows are “2-618001”.

A figure may rest on every row of a sheet and be handed to thousands of documents: what each of them
does with it must not count through the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import overload

MANY = 1000  # up to here numbers stay a plain tuple
_WORTH = 8  # numbers a run stands for on average, else the tuple is the shorter
_SINGLE = re.compile(r"[0-9]{1,9}")
_RUN = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")


class Runs(Sequence[int]):
    """Whole numbers in the order given, as runs of neighbours.

    What it costs depends on the runs, not the numbers.
    """

    __slots__ = ("_length", "runs")

    def __init__(self, runs: Iterable[range]) -> None:
        self.runs = tuple(runs)
        self._length = sum(map(len, self.runs))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self.runs)

    def __contains__(self, number: object) -> bool:
        return any(number in run for run in self.runs)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[int, ...]: ...
    def __getitem__(self, at: int | slice) -> int | tuple[int, ...]:
        return tuple(self)[at] if len(self.runs) > 1 or isinstance(at, slice) else self.runs[0][at]

    def __eq__(self, other: object) -> bool:
        return self.runs == other.runs if isinstance(other, Runs) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.runs)

    def __repr__(self) -> str:
        return f"Runs('{text_of(self)}')"


def kept(numbers: Sequence[int]) -> tuple[int, ...] | Runs:
    """The numbers in the one form that equal numbers have.

    Runs if they are many and mostly neighbours, else a tuple.
    """
    if len(numbers) <= MANY:
        return tuple(numbers)
    ends = _ends(numbers)
    return Runs(_between(numbers, ends)) if _worth(len(ends) + 1, len(numbers)) else tuple(numbers)


def runs_of(numbers: Sequence[int]) -> tuple[range, ...]:
    """The numbers in the order given, neighbours joined."""
    return tuple(_between(numbers, _ends(numbers)))


def text_of(numbers: Sequence[int]) -> str:
    """The same in words: 2-601,603."""
    if len(numbers) == 1:  # most figures are one cell
        return str(numbers[0])
    return ",".join(
        str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs_of(numbers)
    )


def from_text(text: str) -> tuple[int, ...] | Runs:
    """The numbers that `text_of` wrote; ValueError for any other text."""
    parts = text.split(",") if text else []
    if len(parts) <= MANY and all(map(_SINGLE.fullmatch, parts)):  # most figures are a few cells
        return tuple(map(int, parts))
    runs = Runs(map(_run, parts))
    return runs if len(runs) > MANY and _worth(len(runs.runs), len(runs)) else tuple(runs)


def _run(part: str) -> range:
    match = _RUN.fullmatch(part)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if last < first:
        raise ValueError(f"行号“{part}”")
    return range(first, last + 1)


def _worth(runs: int, numbers: int) -> bool:
    return runs * _WORTH <= numbers


def _ends(numbers: Sequence[int]) -> list[int]:
    """Where a run begins after another."""
    if isinstance(numbers, Runs):
        return list(accumulate(map(len, numbers.runs[:-1])))
    return [at for at, (one, next_) in enumerate(pairwise(numbers), 1) if next_ - one != 1]


def _between(numbers: Sequence[int], ends: list[int]) -> Iterable[range]:
    if isinstance(numbers, Runs):
        return numbers.runs
    bounds = (0, *ends, len(numbers)) if numbers else ()
    return (range(numbers[at], numbers[to - 1] + 1) for at, to in pairwise(bounds))
