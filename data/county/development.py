"""An organisation tree -> people on their way into the party, with dates that keep the steps' order and limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from county.days import AS_OF, after, months_later, workdays_after
from county.dice import Dice
from county.structure import Org, code

# Organisation, stage reached,
# and the day of the step that decides it (application, 积极分子, 发展对象, branch meeting).
PLAN = (
    ("jg1", "申请人", date(2026, 8, 20)), ("ct2", "申请人", date(2026, 10, 13)), ("nf1", "申请人", date(2026, 9, 8)),
    ("ct0", "积极分子", date(2025, 12, 9)), ("jt1", "积极分子", date(2026, 3, 17)),
    ("wl1", "积极分子", date(2026, 5, 12)),
    ("gs1", "积极分子", date(2026, 6, 23)), ("yq1", "积极分子", date(2026, 9, 15)),
    ("sj1", "积极分子", date(2026, 10, 20)),
    ("ct1", "发展对象", date(2026, 7, 14)), ("jt4", "发展对象", date(2026, 8, 11)),
    ("lc1", "发展对象", date(2026, 9, 22)),
    ("wl2", "发展对象", date(2026, 10, 15)),
    ("gz1", "预备", date(2025, 12, 18)), ("jt0", "预备", date(2026, 1, 22)), ("gs1", "预备", date(2026, 3, 12)),
    ("ct5", "预备", date(2026, 4, 16)), ("wl4", "预备", date(2026, 5, 7)), ("nf2", "预备", date(2026, 6, 18)),
    ("jy1", "预备", date(2026, 7, 9)), ("ct1", "预备", date(2026, 8, 6)), ("gs1", "预备", date(2026, 9, 10)),
    ("jt2", "正式", date(2025, 1, 16)), ("ct4", "正式", date(2025, 4, 10)), ("gs1", "正式", date(2025, 5, 22)),
    ("nf3", "正式", date(2025, 6, 26)), ("lc1", "正式", date(2025, 8, 14)),
    ("jt3", "终止", date(2026, 4, 21)),
)  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """One person and the row that tells how far they came; `admitted` and `confirmed` tie to the register."""

    org: str
    stage: str
    row: dict[str, object] = field(compare=False)

    @property
    def admitted(self) -> date | None:
        """The day of the branch meeting, if it was held."""
        day = self.row.get("admitted")
        return day if isinstance(day, date) else None

    @property
    def confirmed(self) -> date | None:
        """The day the branch meeting made them a full member."""
        day = self.row.get("confirmed")
        return day if isinstance(day, date) else None


def _apply(dice: Dice, activist: date) -> dict[str, object]:
    applied = after(months_later(activist, -dice.between(7, 10)), dice.between(0, 9))
    return {"applied": applied, "talked": after(applied, dice.between(6, 22)), "activist": activist}


def _candidate(dice: Dice, listed: date) -> dict[str, object]:
    activist = after(months_later(listed, -dice.between(14, 18)), dice.between(0, 9))
    notice_to = after(listed - timedelta(days=12), 0)
    notice_from = notice_to
    while workdays_after(notice_from, 5) > notice_to:
        notice_from -= timedelta(days=1)
    notice_from = after(notice_from - timedelta(days=4), 0)
    return _apply(dice, activist) | {
        "notice_from": notice_from,
        "notice_to": notice_to,
        "candidate": listed,
    }


def _vetted(dice: Dice, listed: date) -> dict[str, object]:
    return {
        "vetted": after(listed, dice.between(18, 34)), "vetting": "合格", "training_days": dice.pick((3, 3, 4)),
        "training_hours": dice.pick((24, 24, 28)),
    }  # fmt: skip


def _admitted(dice: Dice, meeting: date, voters: int) -> dict[str, object]:
    listed = after(meeting - timedelta(days=dice.between(95, 130)), 0)
    approved = after(meeting, dice.between(22, 64))
    return _candidate(dice, listed) | _vetted(dice, listed) | {
        "prechecked": after(meeting - timedelta(days=dice.between(9, 21)), 0),
        "admitted": meeting, "voters_due": voters,
        "votes_for": voters - dice.pick((0, 0, 0, 1, 1, 2)) * (voters > 9),  # noqa: PLR2004
        "approved": approved, "oath": after(approved, dice.between(4, 20)), "probation_ends": months_later(meeting, 12),
    }  # fmt: skip


def _confirmed(dice: Dice, meeting: date, voters: int) -> dict[str, object]:
    row = _admitted(dice, meeting, voters)
    confirmed = after(months_later(meeting, 12), dice.between(2, 14))
    return row | {
        "confirmed": confirmed,
        "confirm_approved": after(confirmed, dice.between(20, 60)),
    }


def _until_now(row: dict[str, object]) -> dict[str, object]:
    """Leave out what has not happened yet; only the end of the probation is known in advance."""
    return {
        key: value
        for key, value in row.items()
        if key == "probation_ends" or not (isinstance(value, date) and value > AS_OF)
    }


def _row(dice: Dice, stage: str, day: date, voters: int) -> dict[str, object]:
    if stage == "申请人":
        talked = after(day, dice.between(6, 22))
        return {"applied": day, "talked": talked}
    if stage in ("积极分子", "终止"):
        return _apply(dice, day)
    if stage == "发展对象":
        done = _vetted(dice, day)
        known = done["vetted"] if isinstance(done["vetted"], date) else AS_OF
        waiting: dict[str, object] = {"vetting": "未完成"}
        return _candidate(dice, day) | (done if known <= AS_OF - timedelta(days=14) else waiting)
    return (_admitted if stage == "预备" else _confirmed)(dice, day, voters)


def candidates(orgs: list[Org], seed: int) -> list[Candidate]:
    """Everyone on the way in, in the order of the plan, district by district."""
    found = {(org.block, org.plan.key): org for org in orgs}
    blocks = max(org.block for org in orgs) + 1
    out: list[Candidate] = []
    for block in range(blocks):
        for key, stage, day in PLAN:
            org = found.get((block, key))
            if org is None:
                continue
            dice = Dice(seed, "development", block, key, day)
            person = {
                "person_code": code("P", len(out) + 1, blocks * len(PLAN)),
                "org_code": org.code,
                "stage": stage,
            }
            remark = {"remark": "本人因工作调动离开本县，培养工作终止"} if stage == "终止" else {}
            voters = max(3, org.size * 4 // 5)
            row = _until_now(_row(dice, stage, day, voters))
            out.append(Candidate(org.code, stage, person | row | remark))
    return out
