"""Rules that read the measured page (版式): an explicit table."""

from __future__ import annotations

from zhibi.checks.page import ending, headings, numbers, sheet, text, things
from zhibi.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    *sheet.RULES, *numbers.RULES, *text.RULES, *headings.RULES, *ending.RULES, *things.RULES, *numbers.PLACE,
)  # fmt: skip
