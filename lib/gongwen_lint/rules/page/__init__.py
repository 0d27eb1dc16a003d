"""Rules that read the measured page (版式): an explicit table."""

from __future__ import annotations

from gongwen_lint.rules.page import ending, headings, sheet, text
from gongwen_lint.rules.page import objects as things
from gongwen_lint.rules.page import page_numbers as numbers
from gongwen_lint.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *sheet.RULES, *numbers.RULES, *text.RULES, *headings.RULES, *ending.RULES, *things.RULES, *numbers.PLACE,
)  # fmt: skip
