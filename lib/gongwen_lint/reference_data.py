"""What a domain lets documents be compared with.

A workbook (`ReferenceData`), set phrases (`Phrasebook`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by the words a text uses for it.

    Whose it is (全县, 城投集团), what it counts (职工, 在册职工).

    `value` is None where the workbook leaves it blank; `sheet` is the worksheet it comes from.
    """

    subjects: tuple[str, ...]
    metrics: tuple[str, ...]
    value: int | None
    unit: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person and the posts held, empty where none."""

    name: str
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """What a workbook knows, as a domain tells it.

    Figures with their labels, and the names that are real.

    `region` is the place the workbook is about; `anonymous` says that no real name may stand in a report.
    """

    names: tuple[str, ...] = ()
    year: int | None = None
    as_of: date | None = None
    region: str = ""
    figures: tuple[Figure, ...] = ()
    people: tuple[Person, ...] = ()
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Regulation:
    """A text that reports cite: its title without 《》, and the day it was issued where that is certain."""

    title: str
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """A set phrase as it must stand, and a pattern of the ways it is misquoted."""

    right: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """What holds whatever the workbook says."""

    regulations: tuple[Regulation, ...] = ()
    formulas: tuple[Formula, ...] = ()
