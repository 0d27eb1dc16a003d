"""Figures of rules that the checks of the workbook need -> the oldest version of each, from the rule book.

A step is held to a figure from the day the first text that has it took effect; the figures did not
change since.
"""

from __future__ import annotations

from dangjian.rules import BOOK, REVISED

LIMITS = {rule.id: rule for rule in reversed(BOOK)}

__all__ = ["LIMITS", "REVISED"]
