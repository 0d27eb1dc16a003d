"""National rules a computer can apply: dated data, each with its source, article and whether the article was verified."""

from dangjian.rules.book import (
    ADMISSION_RULES,
    BOOK,
    BRANCH_RULES,
    EDUCATION_RULES,
    REVISED,
    RULES,
    SOE_RULES,
    TERM_RULES,
    ids,
    rule,
    rule_on,
    versions,
)
from dangjian.rules.rule import Rule
from dangjian.rules.words import WORDS, Words

__all__ = [
    "ADMISSION_RULES", "BOOK", "BRANCH_RULES", "EDUCATION_RULES", "REVISED", "RULES", "SOE_RULES", "TERM_RULES", "WORDS", "Rule",
    "Words", "ids", "rule", "rule_on", "versions",
]  # fmt: skip
