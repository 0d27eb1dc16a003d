"""Two lists of texts -> which of one is which of the other.

Equal ones first, then the most alike, in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz

ALIKE = 50.0  # of 100; below, one text was taken out and another put in
_SHORT, _SAME = 8, 92.0  # characters, and likeness of 100, of a rest that is known again
_MOST = 250_000  # comparisons in one gap; beyond, pairs are taken by their place

Pair = tuple[int | None, int | None]


def aligned(old: Sequence[str], new: Sequence[str], alike: float = ALIKE) -> list[Pair]:
    """Every place of both, in order: a pair for the same text or a changed one, None where there is no counterpart."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pairs: list[Pair] = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            pairs += zip(range(start, end), range(first, last), strict=True)
        else:
            gap = _paired(old[start:end], new[first:last], alike)
            pairs += [(_moved(one, start), _moved(other, first)) for one, other in gap]
    return pairs


def _moved(place: int | None, by: int) -> int | None:
    return None if place is None else place + by


def _paired(old: Sequence[str], new: Sequence[str], alike: float) -> list[Pair]:
    """The pairs of a gap in which no two are equal, with the greatest likeness in all."""
    if len(old) * len(new) > _MOST:
        return [*_by_place(len(old), len(new))]

    def likenesses(one: str) -> list[float]:
        return [_likeness(one, other, alike) for other in new]

    scores = [likenesses(one) for one in old]
    best = _best(scores, len(new))
    pairs: list[Pair] = []
    row = column = 0
    while row < len(old) and column < len(new):
        score = scores[row][column]
        if score and best[row][column] == score + best[row + 1][column + 1]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            pairs.append((row, None))
            row += 1
        else:
            pairs.append((None, column))
            column += 1
    pairs += [(place, None) for place in range(row, len(old))]
    pairs += [(None, place) for place in range(column, len(new))]
    return pairs


def _best(scores: Sequence[Sequence[float]], width: int) -> list[list[float]]:
    """The greatest likeness that is left from each place on."""
    best = [[0.0] * (width + 1) for _ in range(len(scores) + 1)]
    for row in range(len(scores) - 1, -1, -1):
        for column in range(width - 1, -1, -1):
            score = scores[row][column]
            together = score + best[row + 1][column + 1] if score else 0.0
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    return best


def _likeness(one: str, other: str, alike: float) -> float:
    score = fuzz.ratio(one, other)
    if score < alike and min(len(one), len(other)) >= _SHORT:
        part = fuzz.partial_ratio(one, other)  # most of it was taken out, the rest is as it was
        score = alike if part >= _SAME else score
    return score if score >= alike else 0.0


def _by_place(old: int, new: int) -> Iterator[Pair]:
    for place in range(max(old, new)):
        yield (place if place < old else None, place if place < new else None)
