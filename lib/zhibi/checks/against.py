"""What a manuscript is held against: a page design, this year's data, last year's text, other branches, today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from zhibi.checks.manuscript import Manuscript
from zhibi.facts.value import Fact
from zhibi.profile import Profile


@dataclass(frozen=True, slots=True)
class Known:
    """What a workbook knows, as a domain tells it: figures with their labels, and the names that are real."""

    facts: tuple[Fact, ...] = ()
    names: tuple[str, ...] = ()
    year: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Against:
    """Whatever is None or empty was not given; rules that need it are not run."""

    profile: Profile | None = None
    data: Known | None = None
    last: Manuscript | None = None
    peers: tuple[Manuscript, ...] = field(default=())
    today: date | None = None
