"""One figure of one rule, dated -> the words and facts that cite it.

`verified` speaks of figure and article together: where it is False the article number is not printed (it is 待核实),
only the name of the source. `local` marks a figure no national text gives: it is local practice and configurable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongwen.facts.value import Cited, Fact

Scope = Literal["企业", "党组织", "党支部", "党总支、党委", "党委", "党员", "发展党员"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One figure of one rule. `effective_to` is None while it is in force.

    A rule with several figures has an entry for each; those after the first carry a letter: D05, D05N.
    """

    id: str
    text: str
    figure: int
    unit: str
    source: str
    article: str
    verified: bool
    effective_from: date
    effective_to: date | None = None
    scope: Scope = "党支部"
    local: bool = False

    @property
    def threshold(self) -> Fact:
        """The rule's figure as a fact whose origin is the rule itself."""
        return Fact(
            self.text, self.figure, Cited(self.source, self.article, self.verified), self.unit
        )

    @property
    def citation(self) -> Fact:
        """The words that name the source: with the article where it is verified, else without."""
        words = f"{self.source}{self.article}" if self.verified else self.source
        return Fact(f"{self.id}的依据", words, Cited(self.source, self.article, self.verified))

    @property
    def clause(self) -> Fact:
        """The article where it is verified, else what stands in its place: 待核实, 地方做法, or 全文 where there is none."""
        words = (self.article or "全文") if self.verified else self.mark
        return Fact(f"{self.id}的条款", words, Cited(self.source, self.article, self.verified))

    @property
    def mark(self) -> str:
        """已核实, 待核实 or 地方做法."""
        return "地方做法" if self.local else "已核实" if self.verified else "待核实"

    @property
    def part_of(self) -> str:
        """The id of the rule this figure belongs to: R06 of R06H."""
        return self.id[:3]

    def holds_on(self, day: date) -> bool:
        """True if the text was in force on the day."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )
