"""National rules a computer can apply -> dated data, each with its source, article and whether the article was verified.

Only what the research report needs stands here. `verified` speaks of figure and article together: where it is False the
article number is not printed (it is 待核实), only the name of the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhibi.facts.value import Cited, Fact

SOE_RULES = "《中国共产党国有企业基层组织工作条例（试行）》"
BRANCH_RULES = "《中国共产党支部工作条例（试行）》"
TERM_RULES = "《关于党的基层组织任期的意见》"
EDUCATION_RULES = "《中国共产党党员教育管理工作条例》"


@dataclass(frozen=True, slots=True)
class Rule:
    """One figure of one rule. `effective_to` is None while it is in force."""

    id: str
    text: str
    figure: int
    unit: str
    source: str
    article: str
    verified: bool
    effective_from: date
    effective_to: date | None = None

    @property
    def threshold(self) -> Fact:
        """The rule's figure as a fact whose origin is the rule itself."""
        return Fact(self.text, self.figure, Cited(self.source, self.article, self.verified), self.unit)

    @property
    def citation(self) -> Fact:
        """The words that name the source: with the article where it is verified, else without."""
        words = f"{self.source}{self.article}" if self.verified else self.source
        return Fact(f"{self.id}的依据", words, Cited(self.source, self.article, self.verified))


RULES = {
    rule.id: rule
    for rule in (
        # of R08's source only the year of issue is known here; its first day stands for it
        Rule("R01", "国有企业党员人数达到多少设立党委", 100, "名", SOE_RULES, "第四条", verified=True, effective_from=date(2019, 12, 30)),
        Rule("R02", "国有企业党员人数达到多少设立党总支", 50, "名", SOE_RULES, "第四条", verified=False, effective_from=date(2019, 12, 30)),
        Rule("R03", "成立党支部所需正式党员", 3, "名", BRANCH_RULES, "第四条", verified=True, effective_from=date(2018, 10, 28)),
        Rule("R04", "党支部党员人数一般不超过", 50, "名", BRANCH_RULES, "第四条", verified=True, effective_from=date(2018, 10, 28)),
        Rule("R08", "党支部、党总支每届任期", 3, "年", TERM_RULES, "", verified=True, effective_from=date(2018, 1, 1)),
        Rule("R10", "党员大会每季度至少召开", 1, "次", BRANCH_RULES, "第十一条", verified=True, effective_from=date(2018, 10, 28)),
        Rule("R15", "主题党日每月开展", 1, "次", BRANCH_RULES, "第十六条", verified=True, effective_from=date(2018, 10, 28)),
        Rule("R20", "党员每年集中学习培训不少于", 32, "学时", EDUCATION_RULES, "第二十条", verified=True, effective_from=date(2019, 5, 6)),
    )
}  # fmt: skip
