"""Every rule of the checker, in the order in which it is published. A new rule is a line in its family's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongwen.errors import UnknownName
from gongwen_lint.rules import content, page, prose
from gongwen_lint.rules.rule import Rule

RULES: tuple[Rule, ...] = (*page.RULES, *prose.RULES, *content.RULES)
BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}


def named(code: str) -> Rule:
    """The rule of this code; raises UnknownName with the near miss."""
    if code not in BY_CODE:
        raise UnknownName("规则", code, BY_CODE)
    return BY_CODE[code]


def chosen(only: Iterable[str] = (), ignored: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules named by code or by family letter (P05, P, 版式), without those ignored; an unknown name is refused."""
    wanted, unwanted = _codes(only), _codes(ignored)
    return tuple(
        rule for rule in RULES if (not wanted or rule.code in wanted) and rule.code not in unwanted
    )


def _codes(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        codes = {rule.code for rule in RULES if name in {rule.code, rule.code[0], rule.family}}
        if not codes:
            raise UnknownName(
                "规则", name, [*BY_CODE, *dict.fromkeys(rule.family for rule in RULES)]
            )
        found |= codes
    return frozenset(found)
