"""Rules that read words (文字): punctuation, sequence labels, numerals, elements, units, wording."""

from __future__ import annotations

from itertools import chain

from gongwen_lint.rules.prose import (
    elements,  # fmt: skip
    number_ranges,
)
from gongwen_lint.rules.prose.numbers import labels, ladder, numerals, units  # fmt: skip
from gongwen_lint.rules.prose.punctuation import edges, marks, quotes, width  # fmt: skip
from gongwen_lint.rules.prose.words import fixed_words, genre, wording  # fmt: skip
from gongwen_lint.rules.rule import Rule

_ORDER = "PSNFUT"
_MODULES = (
    width, quotes, marks, number_ranges, edges, labels, ladder, numerals, fixed_words, elements, genre, units, wording,
)  # fmt: skip

RULES: tuple[Rule, ...] = tuple(
    sorted(
        chain.from_iterable(module.RULES for module in _MODULES),
        key=lambda rule: (_ORDER.index(rule.code[0]), rule.code),
    )
)
