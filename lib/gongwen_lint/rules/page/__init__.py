"""Rules that read the measured page (版式): an explicit table."""

from __future__ import annotations

from gongwen_lint.rules.page import ending, headings, objects, page_numbers, sheet, text
from gongwen_lint.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *sheet.RULES, *page_numbers.RULES, *text.RULES, *headings.RULES, *ending.RULES, *objects.RULES, *page_numbers.PLACE,
)  # fmt: skip
