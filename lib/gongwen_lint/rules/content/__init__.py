"""Rules that read what is said (内容): arithmetic, data, references, copies: an explicit table."""

from __future__ import annotations

from itertools import chain

from gongwen_lint.rules.content.figures import agreement, arithmetic, counts, parts
from gongwen_lint.rules.content.grids import tables
from gongwen_lint.rules.content.reference import (
    dates,
    leftovers,
    magnitudes,
    names,
    privacy,
    set_phrases,
    standards,
    workbook,
)
from gongwen_lint.rules.content.wholeness import (
    article,
    copies,
    gaps,
    references,
    residue,
    structure,
)
from gongwen_lint.rules.rule import Rule

_ROOMS = (
    gaps, parts, counts, workbook, agreement, dates, copies, names, privacy, set_phrases, arithmetic, structure, references, residue, tables,
    leftovers, magnitudes, standards, article,
)  # fmt: skip
RULES: tuple[Rule, ...] = tuple(
    sorted(chain.from_iterable(room.RULES for room in _ROOMS), key=lambda rule: rule.code)
)
