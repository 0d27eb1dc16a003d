"""Rules that read words (文字): punctuation, sequence labels, numerals, elements, units, wording."""

from __future__ import annotations

from zhibi.checks.prose import (
    edges,
    elements,
    fixed_words,
    genre,
    labels,
    ladder,
    marks,
    numerals,
    quotes,
    spans,
    units,
    width,
    wording,
)  # fmt: skip
from zhibi.checks.rule import Rule

_ORDER = "PSNFUT"
_MODULES = (
    width, quotes, marks, spans, edges, labels, ladder, numerals, fixed_words, elements, genre, units, wording,
)  # fmt: skip

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (rule for module in _MODULES for rule in module.RULES),
        key=lambda rule: (_ORDER.index(rule.code[0]), rule.code),
    )
)
