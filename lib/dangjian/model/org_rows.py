"""One organisation in the pages -> what many of its scores need, looked up once.

The branch itself only when asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.county_rows import Event, Pages, Row
from dangjian.model.periods import day_in, months_due, quarters_due, years_later
from dangjian.rules import RULES
from dangjian.workbook.sheets import SEPARATORS

DATED = {
    "荣誉": "授予日期",
    "案例品牌": "起始",
}  # what brings bonus points, and the day that counts


class Ledger:
    """An organisation's plain rows, and `make` for the branch that facts are made from."""

    def __init__(self, pages: Pages, code: str, make: Callable[[], Branch]) -> None:
        self.pages, self.code, self._make = pages, code, make
        self.row: Row = pages.orgs[code]
        self._held: dict[str, list[int]] = {}
        self._bonus: dict[str, list[tuple[int, str]]] = {}

    @cached_property
    def branch(self) -> Branch:
        """The organisation with its frames."""
        return self._make()

    @property
    def name(self) -> str:
        """简称, or 名称 where there is none."""
        short = self.row["简称"]
        return str(self.row["名称"] if pd.isna(short) else short)

    @property
    def kind(self) -> str:
        """类型."""
        return str(self.row["类型"])

    @property
    def year(self) -> int:
        """The report year."""
        return self.pages.year

    @property
    def year_over(self) -> bool:
        """As in `Branch`."""
        return self.pages.as_of >= date(self.year, 12, 31)

    @cached_property
    def until(self) -> date:
        """As in `Branch`: the closing day, or the day the organisation was closed, if that was earlier."""
        closed, as_of = self.row["撤销日期"], self.pages.as_of
        if self.row["状态"] == "撤销" and not pd.isna(closed) and closed.date() < as_of:
            ended: date = closed.date()
            return ended
        return as_of

    @cached_property
    def term(self) -> tuple[date | None, date | None]:
        """When the committee was elected, and when its term ends."""
        elected, years = self.row["本届选举日期"], self.row["任期(年)"]
        if pd.isna(elected):
            return None, None
        return elected.date(), None if pd.isna(years) else years_later(elected.date(), int(years))

    @property
    def members(self) -> list[Row]:
        """Its members on the register."""
        return self.pages.members.get(self.code, [])

    @property
    def years(self) -> Mapping[str, Row]:
        """党员代码 -> 党员年度."""
        return self.pages.years

    @cached_property
    def committee(self) -> bool:
        """True if the branch must have a 支委会."""
        return [row["党员类别"] for row in self.members].count("正式") >= RULES["R06"].figure

    @property
    def _events(self) -> list[Event]:
        return self.pages.events.get(self.code, [])

    @property
    def silent(self) -> bool:
        """True if nothing stands in 组织生活台账."""
        return not self._events

    def held(self, kind: str) -> list[int]:
        """The months of the year's meetings of a kind, one for each meeting."""
        if kind not in self._held:
            last = pd.Timestamp(self.until)
            self._held[kind] = [
                event.day.month
                for event in self._events
                if event.day <= last
                and (event.kind == kind or kind in re.split(SEPARATORS, event.counts_as))
            ]
        return self._held[kind]

    @cached_property
    def months(self) -> tuple[int, ...]:
        """Months the organisation can be held to."""
        return months_due(day_in(self.row["成立日期"]), self.year, self.until)

    def due(self, *, by_quarter: bool) -> list[tuple[int, ...]]:
        """The months, or the quarters, it can be held to, each as its months."""
        if not by_quarter:
            return [(month,) for month in self.months]
        ends = (
            quarter * 3
            for quarter in quarters_due(day_in(self.row["成立日期"]), self.year, self.until)
        )
        return [(end - 2, end - 1, end) for end in ends]

    def lines(self, title: str) -> list[Row]:
        """Its lines of a sheet."""
        return self.pages.lines(title, self.code)

    def bonus(self, title: str, member: str = "") -> list[int]:
        """The months of its honours, or of its chosen cases, of the year.

        Of one member where asked for.
        """
        if title not in self._bonus:
            last = pd.Timestamp(self.pages.as_of)
            days = [(row[DATED[title]], row) for row in self.lines(title)]
            within = [
                (day, row)
                for day, row in days
                if not pd.isna(day) and day.year == self.year and day <= last
            ]
            self._bonus[title] = [
                (day.month, str(row.get("党员代码")))
                for day, row in within
                if title != "案例品牌" or _yes(row["入选"])
            ]
        return [month for month, owner in self._bonus[title] if not member or owner == member]


def _yes(cell: Any) -> bool:
    return not pd.isna(cell) and bool(cell)
