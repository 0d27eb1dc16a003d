"""A member's line of the year -> the points of the sample scheme of members, and their sum, which is 积分."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from county.days import YEAR
from county.dice import Dice
from county.scheme import OF_MEMBERS, TRIAL
from county.structure import Org

CHECKED = date(YEAR, 11, 27)
MOST = {code: most for code, _, _, most, *_ in OF_MEMBERS}
BANDS = ((Decimal(1), 10), (Decimal("0.95"), 9), (Decimal("0.9"), 8), (Decimal(0), 6))
GRADES = {"优秀": 20, "合格": 16, "基本合格": 10, "不合格": 0}
GENEROUS = ("jt2", 2)  # branch and place in it: scored in full for hours that do not come to it
PADDED = ("jt2", 5)  # whose 积分 is more than the points come to


def on_trial(org: Org) -> bool:
    """True of a branch that scores its members."""
    return org.plan.key in TRIAL


def points(org: Org, nth: int, row: Mapping[str, object], seed: int) -> dict[str, Decimal]:
    """Indicator -> points, of what can be assessed: nobody without a post has a KPI, nobody unappraised a grade."""
    hours, due, kpi = (_number(row.get(key)) for key in ("study_hours", "due", "kpi_coef"))
    found: dict[str, Decimal] = {}
    if hours is not None:
        found["Y0101"] = (
            Decimal(20) if (org.plan.key, nth) == GENEROUS else _share(20, hours, Decimal(32))
        )
    if due:
        found["Y0102"] = _share(20, _number(row["attended"]) or Decimal(0), due)
    paid = row["months_paid"] == row["months_due"]
    found["Y0103"] = Decimal(10 if paid else 0)
    found["Y0104"] = Decimal(10 if row["talks"] else 0)
    if kpi is not None:
        found["Y0105"] = Decimal(next(points for line, points in BANDS if kpi >= line))
    found["Y0106"] = Decimal(Dice(seed, "service", str(row["member_code"])).between(6, 10))
    if row["review_grade"] in GRADES:
        found["Y02"] = Decimal(GRADES[str(row["review_grade"])])
    return found


def total(org: Org, nth: int, row: Mapping[str, object], seed: int) -> Decimal:
    """积分."""
    return sum(
        points(org, nth, row, seed).values(), Decimal(2 if (org.plan.key, nth) == PADDED else 0)
    )


def rows(org: Org, nth: int, row: Mapping[str, object], seed: int) -> Iterator[dict[str, object]]:
    """A member's lines of 考核得分."""
    for code, scored in points(org, nth, row, seed).items():
        yield {
            "org_code": org.code, "member_code": row["member_code"], "indicator_code": code, "year": YEAR,
            "period_type": "年", "period_no": 1, "score": scored, "checked_on": CHECKED, "state": "自评",
        }  # fmt: skip


def _number(cell: object) -> Decimal | None:
    return None if cell is None else Decimal(str(cell))


def _share(most: int, part: Decimal, whole: Decimal) -> Decimal:
    return min(Decimal(most), (most * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))
