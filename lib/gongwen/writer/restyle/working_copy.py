"""A file being laid out: its package, its paragraphs with what they are, and what has been done so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongwen.profile import Profile
from gongwen.reader.formatting import Measured
from gongwen.reader.paragraphs import Spot
from gongwen.reader.parts import Package
from gongwen.reader.roles import Recognised
from gongwen.writer.restyle import numbers


@dataclass
class WorkingCopy:
    """One file being laid out."""

    package: Package
    profile: Profile
    measured: Measured
    spots: list[Spot]
    roles: Sequence[Recognised]
    ids: dict[str, str]
    names: dict[str, str]  # of styles, by id
    listed: list[numbers.Listed | None]
    typed: list[str]
    changes: Counter[str] = field(default_factory=Counter)
