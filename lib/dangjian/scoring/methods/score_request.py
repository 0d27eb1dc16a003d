"""A line of 考核得分 with its indicator -> what a method of scoring is asked, and the answers it may give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.org_rows import Ledger
from dangjian.rules import RULES
from dangjian.scoring.verdicts.meetings import LEDGER
from dangjian.workbook.scoring_terms import Source, Terms
from gongwen.facts.value import Fact
from zhibi.data.figures.picking import pick_at

Line = tuple[pd.DataFrame, int]  # a frame and where in it one row stands
MONTHS = {"月": 1, "季": 3, "年": 12}
YEAR = MONTHS["年"]
MEETINGS = {"R10": "党员大会", "R11": "支委会", "R12": "党小组会", "R13": "党课", "R15": "主题党日"}
ONCE_A_YEAR = {"R16": "组织生活会", "R17": "民主评议"}
BY_QUARTER = ("R10", "R13")
YEARLY = "党员年度"
# a step of admission happened in the period if this day did
STEPS: Mapping[str, tuple[str, ...]] = {
    "D02": ("谈话日",), "D05": ("发展对象日",), "D06": ("接收大会日",), "D07": ("接收大会日",), "D08": ("接收大会日",),
    "D09": ("党委审批日",), "D10": ("宣誓日",), "D11": ("接收大会日", "转正大会日"), "D12": ("转正审批日",),
}  # fmt: skip
# what of 党员年度 a rule on members looks at, and how much of it is asked for: a figure, or another
# cell
OF_PEOPLE: Mapping[str, tuple[tuple[str, str | int], ...]] = {
    "R19": (("谈心谈话次数", RULES["R19"].figure),),
    "R20": (("集中学时", RULES["R20"].figure),),
    "R21": (("集中学时", RULES["R21"].figure), ("集中培训次数", RULES["R21T"].figure)),
    "R25": (("已交月数", "应交月数"), ("实交党费(元)", "应交党费(元)")),
}
BEHIND = "党员年度是累计数，期中的已无从查考"
BLANK = "有党员未填报，未计入"


class Unknown(Exception):
    """The rows cannot say what the score should be; the words say why."""


@dataclass(frozen=True)
class Counted:
    """Points, how they come about, and the facts they rest on (made when asked for)."""

    points: Decimal
    how: str
    rests_on: Callable[[], tuple[Fact, ...]]


@dataclass(frozen=True)
class Share:
    """So much of so much, and the facts the two rest on."""

    part: Decimal | int
    whole: Decimal | int
    rests_on: Callable[[], tuple[Fact, ...]]


@dataclass(frozen=True)
class ScoreRequest:
    """What one score is about: its indicator, the most it can be, its terms, its line, the months it covers.

    `member` is whose score it is, empty for one of the organisation; `own_period` is True if the score covers the period
    that the scheme names for the indicator.
    """

    ledger: Ledger
    label: str
    rule: str
    source: Source
    most: Decimal
    terms: Terms
    months: range
    row: Line
    grade: str
    member: str = ""
    own_period: bool = True

    @property
    def branch(self) -> Branch:
        """Whose score it is; made only for facts and for rules that plain rows do not answer."""
        return self.ledger.branch

    @property
    def whole_year(self) -> bool:
        """True for a score of the year."""
        return len(self.months) == YEAR

    @cached_property
    def year_row(self) -> Mapping[str, Any]:
        """The member's line of 党员年度."""
        row = self.ledger.years.get(self.member)
        if row is None:
            raise Unknown("党员年度未填报")
        return row

    def of_member(self, column: str) -> Fact:
        """A cell of that line."""
        return pick_at(*line_of(self.branch, self.member), column, f"{self.label}{column}")


def line_of(branch: Branch, member: str) -> Line:
    """A member's line of 党员年度; each has one a year."""
    places = branch.once(
        "years", lambda: {row["党员代码"]: at for at, row in enumerate(branch.records(YEARLY))}
    )
    return branch.member_year, places[member]


def word(cell: Any) -> str:
    """A cell as text; blank as nothing."""
    return "" if pd.isna(cell) else str(cell)


def places_within(asked: ScoreRequest, places: Iterable[int]) -> list[int]:
    """The lines of the ledger among these that fall into the score's months."""
    events = asked.branch.records(LEDGER)
    return [at for at in places if events[at]["日期"].month in asked.months]


def is_within(day: Any, asked: ScoreRequest) -> bool:
    """True of a day in the months of the score; not so of a blank."""
    return not pd.isna(day) and day.year == asked.ledger.year and day.month in asked.months


def decimal(cell: Any) -> Decimal:
    """A cell as an exact number."""
    return cell if isinstance(cell, Decimal) else Decimal(repr(float(cell)))
