"""CheckContext: what a manuscript is compared with: profile, this year's data, last year's text, today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongwen.profile import Profile
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.reference_data import Phrasebook, ReferenceData


@dataclass(frozen=True, slots=True)
class CheckContext:
    """Whatever is None or empty was not given; rules that need it are not run."""

    profile: Profile | None = None
    data: ReferenceData | None = None
    lore: Phrasebook | None = None  # what the domain knows without a workbook
    last: Manuscript | None = None
    peers: tuple[Manuscript, ...] = field(default=())
    today: date | None = None


__all__ = ["CheckContext", "Phrasebook", "ReferenceData"]
