"""K33: editions of the national standards on official documents: one that never was, one that has been replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.reference.dates import issued_on
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation


@dataclass(frozen=True, slots=True)
class Editions:
    """The years in which a standard was issued, the latest last, and the day that one came into force."""

    years: tuple[int, ...]
    in_force: date

    @property
    def latest(self) -> int:
        """The year of the edition in force."""
        return self.years[-1]


# years from public texts, not read in the national register: the rule says 待核实
_KNOWN = {
    "9704": Editions((1988, 1999, 2012), date(2012, 7, 1)),
    "7714": Editions((1987, 2005, 2015, 2025), date(2026, 7, 1)),
}
_CITED = re.compile(
    r"(?<![A-Za-z])GB\s?(?:/\s?T)?\s?(?P<number>9704|7714)\s?[-—–－]{1,2}\s?(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


def editions(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K33：引用的标准确有这一版，没有被代替。

    只查公文格式（GB/T 9704）和参考文献著录（GB/T 7714）两个标准。被代替的版本，按成文日期判断；没有成文日期的不说。

    好：GB/T 9704-2012、GB/T 7714-2025    差：GB/T 9704-2019（没有这一版）
    """
    del against
    day = issued_on(manuscript)
    for para in manuscript.paras:
        for match in _CITED.finditer(para.text):
            known, year = _KNOWN[match["number"]], int(match["year"])
            name = f"GB/T {match['number']}"
            if year not in known.years:
                message = f"没有{name}-{year}，现行的是{name}-{known.latest}"
                yield Violation(para.number, *match.span(), message)
            elif year != known.latest and day is not None and day >= known.in_force:
                since = f"{known.in_force.year}年{known.in_force.month}月{known.in_force.day}日"
                message = f"{name}-{year}从{since}起由{name}-{known.latest}代替"
                yield Violation(para.number, *match.span(), message, level=Level.NOTE)


RULES = (Rule("K33", "标准的版本", "内容", Level.WARNING, "标准名称中的年份（待核实）", editions),)
