"""Figures -> the words that stand after | in `{{ }}` and 【】."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zhibi.notebook.prose.filters.plain import (
    GLOBALS,
    PLAIN,
    TESTS,
    day,
    in_hundred_millions,
    is_nothing,
    listed,
    movement,
    parts_of,
    parts_of_all,
)
from zhibi.notebook.prose.filters.rough import ROUGH

FILTERS: Mapping[str, Callable[..., Any]] = {**PLAIN, **ROUGH}

__all__ = [
    "FILTERS",
    "GLOBALS",
    "TESTS",
    "day",
    "in_hundred_millions",
    "is_nothing",
    "listed",
    "movement",
    "parts_of",
    "parts_of_all",
]
