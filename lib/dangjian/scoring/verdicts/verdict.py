"""What a rule says of one organisation: 达标, 未达标, 不适用 or 数据不足, with the figures it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dangjian.model.branch import Branch
from dangjian.rules import WORDS, Rule, Words
from gongwen.facts.value import Derived, Fact


class Outcome(StrEnum):
    """The four answers a rule can give; there is no fifth."""

    MET = "达标"
    FAILED = "未达标"
    NOT_APPLICABLE = "不适用"
    UNKNOWN = "数据不足"


@dataclass(frozen=True)
class Verdict:
    """One rule held against one organisation. Fields that reports print have Chinese names."""

    规则: Rule
    结论: Fact
    应达: Fact | None = None
    实际: Fact | None = None
    差额: Fact | None = None
    说明: str = ""

    @property
    def 代号(self) -> str:
        """R15."""
        return self.规则.part_of

    @property
    def 名称(self) -> str:
        """主题党日."""
        return self.words.name

    @property
    def words(self) -> Words:
        """What reports call the rule, its problem and its measure."""
        return WORDS[self.规则.part_of]

    @property
    def outcome(self) -> Outcome:
        """The answer as a value to branch on."""
        return Outcome(str(self.结论.value))


def verdict(
    branch: Branch,
    rule: Rule,
    outcome: Outcome,
    message: str = "",
    *,
    required: Fact | None = None,
    actual: Fact | None = None,
    rests_on: Iterable[Fact] = (),
) -> Verdict:
    """An answer with its figures; the gap is what is lacking, or what is too much, and nothing where the rule is met."""
    parents = tuple(
        fact for fact in (required, actual, *rests_on, rule.threshold) if fact is not None
    )
    words = f"{branch.named.value}{WORDS[rule.part_of].name}"
    concluded = Fact(
        f"{words}结论",
        str(outcome),
        Derived("对照规则比对", (*parents, branch.named)),
        as_of=branch.as_of,
    )
    return Verdict(
        rule, concluded, required, actual, _gap(words, outcome, required, actual), message
    )


def coming_out(value: str) -> Callable[[Fact], bool]:
    """What `tally` counts by: True of a fact that has this value."""
    return lambda fact: fact.value == value


def _gap(words: str, outcome: Outcome, required: Fact | None, actual: Fact | None) -> Fact | None:
    """The distance between two numbers of one unit where a rule is not met."""
    if (
        outcome is not Outcome.FAILED
        or required is None
        or actual is None
        or required.unit != actual.unit
    ):
        return None
    wanted, found = required.value, actual.value
    if not isinstance(wanted, int | Decimal) or not isinstance(found, int | Decimal):
        return None
    lacking = wanted - found if wanted > found else found - wanted
    origin = Derived("应达与实际之差", (required, actual))
    return Fact(f"{words}差额", lacking, origin, required.unit, actual.as_of)
