"""Rules that read words (文字): punctuation, sequence labels, numerals, elements, units, wording."""

from __future__ import annotations

from zhibi.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
