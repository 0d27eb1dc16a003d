"""Members and their attendance -> one row per member and year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from county import member_scores
from county.days import AS_OF, YEAR
from county.dice import Dice
from county.meetings import Attendance, Ledger, review_held
from county.people import Member, Register
from county.structure import Org

LEADERS = ("书记", "副书记", "委员")
BLANK_HOURS = ("ct6", "wl2")  # branches with members whose hours were not reported
LATE_DUES = ("jt2", "wl3", "ct4")  # branches with members who owe some months
SHORT_SHARE = 0.05


def lost(member: Member, year: int) -> bool:
    """True from the year in which the branch could not reach the member any more."""
    return (
        member.mobile == "失联"
        and member.mobile_since is not None
        and member.mobile_since.year <= year
    )


def _hours(dice: Dice, member: Member, attended: float) -> float:
    """Meetings, plus courses enough for the year's requirement for most and not for some."""
    if member.post in LEADERS:
        target = dice.between(56, 68)
    elif dice.chance(SHORT_SHARE) or member.mobile == "流出":
        target = dice.between(20, 35)
    else:
        target = dice.between(33, 48)
    return float(max(target, attended))


def _grades(members: list[Member], dice: Dice, year: int) -> dict[str, str]:
    """Appraisal of one branch: at most a third 优秀, probationary members without a grade."""
    judged = [m for m in members if m.active and m.regular_on and m.regular_on < date(year, 11, 1)]
    best = dice.shuffled(judged)[: len(judged) * dice.between(22, 32) // 100]
    grades = {m.code: "合格" for m in judged} | {m.code: "优秀" for m in best}
    for member in judged:
        if lost(member, year):
            grades[member.code] = "未评定"
        elif grades[member.code] == "合格" and dice.chance(0.012):
            grades[member.code] = "基本合格"
    return grades


def _months(member: Member, year: int) -> int:
    last = AS_OF.month if year == YEAR else 12
    if member.left_on and member.left_on.year == year:
        last = member.left_on.month
    first = member.joined_on.month if member.joined_on.year == year else 1
    return last - first + 1


def _dues(dice: Dice, org: Org, member: Member, year: int, nth: int) -> dict[str, object]:
    monthly = dice.between(6, 25) if member.employ == "离退休" else dice.between(24, 110)
    due = _months(member, year)
    owed = 0
    if lost(member, year):
        owed = min(due, 8)
    elif year == YEAR and org.plan.key in LATE_DUES and member.post == "无" and nth % 7 == 3:  # noqa: PLR2004
        owed = 1 + nth % 3
    paid = max(0, due - owed)
    return {
        "months_due": due,
        "months_paid": paid,
        "dues_due": Decimal(monthly * due),
        "dues_paid": Decimal(monthly * paid),
    }


def _work(dice: Dice, member: Member, year: int) -> dict[str, object]:
    """Points for everyone; a KPI only for those in work."""
    out: dict[str, object] = {
        "points": dice.between(20, 40) if lost(member, year) else dice.between(72, 98)
    }
    if member.employ != "离退休" and member.mobile != "流出" and not lost(member, year):
        actual = dice.between(84, 108)
        out |= {"kpi_target": 100, "kpi_actual": actual, "kpi_coef": round(actual / 100, 2)}
    return out


def _row(dice: Dice, org: Org, member: Member, year: int, nth: int) -> dict[str, object]:
    leads = member.post in LEADERS
    gone = member.left_on is not None and year == YEAR
    return {
        "member_code": member.code, "year": year,
        "trainings": 0 if gone else dice.between(2, 4) if leads else dice.between(1, 2),
        "talks": 0 if gone else dice.between(3, 8) if leads else dice.between(1, 3),
        "service_hours": 0 if gone else dice.between(0, 10) if member.employ == "离退休" else dice.between(6, 30),
    } | _work(dice, member, year) | _dues(dice, org, member, year, nth)  # fmt: skip


def _attendance(dice: Dice, ledger: Ledger, member: Member, year: int) -> dict[str, object]:
    """Count the report year from the ledger of meetings; the year before has no ledger here."""
    if year == YEAR:
        seen = ledger.attendance.get(member.code, Attendance())
        return {
            "due": seen.due,
            "attended": seen.attended,
            "study_hours": _hours(dice, member, seen.hours),
        }
    due = 0 if member.mobile == "流出" else dice.between(20, 24)
    return {"due": due, "attended": due - min(due, dice.weighted(((0, 4), (1, 3), (2, 2), (4, 1)))),
            "study_hours": _hours(dice, member, 30.0)}  # fmt: skip


def rows(
    orgs: list[Org], register: Register, ledger: Ledger, seed: int
) -> Iterator[dict[str, object]]:
    """Both years, this one first."""
    for year in (YEAR, YEAR - 1):
        for org in (org for org in orgs if org.is_branch):
            members = register.by_org[org.code]
            judged = year < YEAR or review_held(org, seed)
            grades = _grades(members, Dice(seed, "grades", year, org.code), year) if judged else {}
            for nth, member in enumerate(members):
                if member.joined_on.year <= year:
                    dice = Dice(seed, "year", year, member.code)
                    row = _row(dice, org, member, year, nth) | _attendance(
                        dice, ledger, member, year
                    )
                    row["review_grade"] = grades.get(member.code, "未评定")
                    row = _with_blanks(row, org, member, nth)
                    if year == YEAR and member.active and member_scores.on_trial(org):
                        row["points"] = member_scores.total(org, nth, row, seed)
                    yield row


def scores(
    orgs: list[Org], register: Register, ledger: Ledger, seed: int
) -> Iterator[dict[str, object]]:
    """What the branches on trial gave their members this year, out of the lines above."""
    for org in (org for org in orgs if org.is_branch and member_scores.on_trial(org)):
        lines = [line for line in rows([org], register, ledger, seed) if line["year"] == YEAR]
        active = {
            member.code: nth
            for nth, member in enumerate(register.by_org[org.code])
            if member.active
        }
        for line in lines:
            if line["member_code"] in active:
                yield from member_scores.rows(org, active[str(line["member_code"])], line, seed)


def _with_blanks(row: dict[str, object], org: Org, member: Member, nth: int) -> dict[str, object]:
    """What nobody reported stays blank: it is not 0."""
    unreported = lost(member, int(str(row["year"]))) or (
        org.plan.key in BLANK_HOURS and nth in (4, 9)
    )
    return row | {"study_hours": None} if unreported and row["year"] == YEAR else row
