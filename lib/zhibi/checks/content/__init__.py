"""Rules that read what is said (内容): arithmetic, data, references, copies: an explicit table."""

from __future__ import annotations

from zhibi.checks.content import (
    agreement,
    arithmetic,
    copies,
    counts,
    dates,
    gaps,
    held,
    lore,
    names,
    parts,
    privacy,
    references,
    residue,
    structure,
    tables,
)
from zhibi.checks.rule import Rule

_ROOMS = (
    gaps, parts, counts, held, agreement, dates, copies, names, privacy, lore, arithmetic, structure, references, residue, tables,
)  # fmt: skip
RULES: tuple[Rule, ...] = tuple(sorted((rule for room in _ROOMS for rule in room.RULES), key=lambda rule: rule.code))
