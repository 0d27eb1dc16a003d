"""What organs, bodies and people are called in official Chinese (offices.toml) -> pieces of patterns by name."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _entries() -> dict[str, Any]:
    return tomllib.loads((files("gongwen.chinese") / "offices.toml").read_text("utf-8"))


def pattern(name: str) -> str:
    """Words joined by |, to stand in a group."""
    return str(_entries()["patterns"][name])


def characters(name: str) -> str:
    """Characters to stand in brackets."""
    return str(_entries()["characters"][name])


def kind(name: str) -> str:
    """One kind of people or bodies, as texts write it."""
    return str(_entries()["kinds"][name])


def lookalike(name: str) -> tuple[str, str]:
    """A word with a wrong character that looks like the right one, and the right word."""
    wrong, right = _entries()["lookalikes"][name]
    return str(wrong), str(right)
