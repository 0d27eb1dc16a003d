"""Cells and facts -> facts: every figure is made here and keeps its origin.

The names below load on first use, so that reading `facts.value` alone does not pull in pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhibi.facts.arithmetic import add, change, points, rank, ratio, sealed, share, subtract, tally
    from zhibi.facts.measure import (
        cell_fact,
        count,
        count_distinct,
        given,
        groups,
        largest,
        mean,
        pick,
        rows,
        smallest,
        total,
    )
    from zhibi.facts.value import NOT_REPORTED, Cited, Derived, Fact, Read, Rows

__all__ = [
    "NOT_REPORTED",
    "Cited",
    "Derived",
    "Fact",
    "Read",
    "Rows",
    "add",
    "cell_fact",
    "change",
    "count",
    "count_distinct",
    "given",
    "groups",
    "largest",
    "mean",
    "pick",
    "points",
    "rank",
    "ratio",
    "rows",
    "sealed",
    "share",
    "smallest",
    "subtract",
    "tally",
    "total",
]

_HOMES = {
    "arithmetic": ("add", "change", "points", "rank", "ratio", "sealed", "share", "subtract", "tally"),
    "measure": (
        "cell_fact",
        "count",
        "count_distinct",
        "given",
        "groups",
        "largest",
        "mean",
        "pick",
        "rows",
        "smallest",
        "total",
    ),
    "value": ("NOT_REPORTED", "Cited", "Derived", "Fact", "Read", "Rows"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
