"""What stands against a rule, for whom and how far -> its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from dangjian.rules import Rule
from gongwen.facts.value import Fact
from zhibi.notebook.prose.filters import listed, parts_of
from zhibi.notebook.prose.spans import PrintedPart, Said

FEW, HALF = 10, 50  # percent


MOST_NAMED = 5


@dataclass(frozen=True)
class Problem:
    """One indicator that some organisations (or members) do not meet."""

    代号: str
    涉及: Fact
    总数: Fact
    占比: Fact
    名单: tuple[Fact, ...]
    事项: pd.DataFrame = field(compare=False)
    依据: Rule | None = None
    最多: Fact | None = None
    典型: Fact | None = None  # the one that lacks most, where several do
    称: str = "为"  # what joins the number with the names

    @property
    def 存在(self) -> bool:
        """True if at least one is affected."""
        return isinstance(self.涉及.value, int) and self.涉及.value > 0

    @property
    def 程度(self) -> str:
        """How far spread it is, for a heading: 个别 of one or below a tenth, 部分 below half, 半数, 多数, 全部.

        Empty where there is but one, which has a name.
        """
        return quantity_word(self.涉及, self.总数)

    @property
    def 要求(self) -> Fact | None:
        """The rule's figure."""
        return self.依据.threshold if self.依据 else None

    @property
    def 出处(self) -> Fact | None:
        """The rule's source, with the article where it is verified."""
        return self.依据.citation if self.依据 else None

    @property
    def 规定(self) -> Said:
        """1次（《中国共产党支部工作条例（试行）》第十六条）: the rule's figure, and where it stands."""
        if self.依据 is None:
            return Said((), nothing=True)
        figure, source = parts_of(self.依据.threshold), parts_of(self.依据.citation)
        return Said((*figure, PrintedPart("（"), *source, PrintedPart("）")))

    def in_prose(self) -> Said:
        """4个，占12.5%，为甲支部、乙支部和丙支部: how many, which share, and who, five at most.

        Of one and of all no share is told.
        """
        share_told = self.涉及.value not in (None, 0, 1, self.总数.value) and not self.占比.missing
        rate = (PrintedPart("，占"), PrintedPart(str(self.占比), self.占比)) if share_told else ()
        owners = (
            (PrintedPart(f"，{self.称}"), *listed(self.名单, MOST_NAMED).parts) if self.名单 else ()
        )
        number = PrintedPart(str(self.涉及), self.涉及)
        return Said((number, *rate, *owners), nothing=not self.存在)

    def 对照(self, noun: str, lacking: str) -> Said:
        """5个党支部中，没有做到逐月开展的有1个，为甲支部: out of how many.

        Of all of them 2个党支部（甲支部和乙支部）均没有做到逐月开展: how many is said once, and of
        the only one no 均.
        """
        if not self.存在:
            return Said((), nothing=True)
        everyone = (PrintedPart(str(self.总数), self.总数), PrintedPart(noun))
        if self.涉及.value != self.总数.value:
            return Said((*everyone, PrintedPart(f"中，{lacking}的有"), *self.in_prose().parts))
        names = listed(self.名单, MOST_NAMED).parts
        named = (PrintedPart("（"), *names, PrintedPart("）")) if names else ()
        all_of = "" if self.总数.value == 1 else "均"
        return Said((*everyone, *named, PrintedPart(all_of + lacking, self.涉及)))

    @property
    def 待办(self) -> pd.DataFrame:
        """The tasks bound to this problem that are still to be done.

        Not closed and not already past their day.
        """
        return self.事项[~self.事项["状态"].isin(["已销号", "逾期"])]


def quantity_word(some: Fact, everyone: Fact) -> str:
    """个别 of one or below a tenth, 部分 below half, 半数 of just half, 多数 above it, 全部.

    Empty where there is but one.
    """
    number, whole = some.value, everyone.value
    if not isinstance(number, int | Decimal) or not isinstance(whole, int | Decimal) or whole <= 1:
        return ""
    percent = number * 100 / whole
    if number == whole:
        return "全部"
    if number == 1 or percent < FEW:
        return "个别"
    if percent == HALF:
        return "半数"
    return "部分" if percent < HALF else "多数"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is held against a rule: the code tasks refer to, what is counted, and the rule (None: county's own demand)."""

    code: str
    label: str
    rule: Rule | None = None
