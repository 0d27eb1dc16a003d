"""Bytes of a Word file we wrote -> findings, by opening and measuring it like any other file.

Only what was written is read, never what the writer meant to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongwen.findings import Finding, Level
from gongwen.profile import Profile
from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.reference_data import Phrasebook
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.words.lexicon.tables import lexicon
from gongwen_lint.runner import examine


def load_tables() -> None:
    """Read the word tables now, so that processes forked from this one share them."""
    lexicon().complete()


def read_ahead(text: str, profile: Profile, today: date, lore: Phrasebook | None = None) -> None:
    """Check Markdown whose words will come again, so that forked processes share what it took."""
    examine(
        from_bytes(text.encode(), "正文.md"),
        registry.chosen(ignored=profile.ignored),
        CheckContext(profile=profile, today=today, lore=lore),
    )


def finished(
    content: bytes,
    name: str,
    profile: Profile,
    today: date,
    lore: Phrasebook | None = None,
    ignored: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """Errors and warnings of a finished file; notes are left to `zhibi check`.

    `ignored` are rule codes.

    `lore` is what the domain knows of regulations and fixed words without a workbook.
    """
    rules = registry.chosen(ignored=(*ignored, *profile.ignored))
    found = examine(
        from_bytes(content, name), rules, CheckContext(profile=profile, today=today, lore=lore)
    )
    return tuple(each.as_finding(name) for each in found if each.level is not Level.NOTE)
