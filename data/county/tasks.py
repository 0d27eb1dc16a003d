"""The texts of the three lists and the organisations -> task rows whose states agree with their dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from county.days import AS_OF, YEAR, after, workdays
from county.dice import Dice
from county.structure import Org, code
from county.task_texts import CLOSED, CLOSED_PER_DISTRICT, OPEN, OVERDUE

KEYS = ("kind", "org_code", "what", "problem_type", "origin", "linked", "owner", "issued", "due")


def _planned(orgs: dict[str, Org]) -> Iterator[dict[str, object]]:
    for rows, state in ((OVERDUE, "逾期"), (OPEN, "")):
        for row in rows:
            if row[1] in orgs:
                org = orgs[row[1]]
                task = dict(zip(KEYS, row, strict=True)) | {
                    "org_code": org.code,
                    "owner": f"{org.unit.district}{row[6]}",
                }
                yield task | {
                    "state": state or ("未启动" if row[7] >= date(YEAR, 10, 26) else "进行中")
                }


def _closed(dice: Dice, branches: list[Org]) -> Iterator[dict[str, object]]:
    """Closed ones: most in time, a few late; every branch gets different ones."""
    for number in range(CLOSED_PER_DISTRICT * len(branches) // 32):
        org = branches[number % len(branches)]
        kind, what, problem, rule, post, effect = CLOSED[
            (number * 5 + number // len(branches)) % len(CLOSED)
        ]
        carried = number % 11 == 7  # noqa: PLR2004
        month = dice.between(1, 7)
        issued = (
            after(date(YEAR - 1, 11, dice.between(3, 25)), 0)
            if carried
            else dice.pick(workdays(month))
        )
        issued = max(issued, after(org.plan.founded, 3))
        due = after(issued, dice.between(45, 100))
        late = number % 17 == 5  # noqa: PLR2004
        closed = (
            after(due, dice.between(5, 20))
            if late
            else after(due - timedelta(days=dice.between(4, 30)), 0)
        )
        origin = (
            "上年遗留"
            if carried
            else "年度督查"
            if kind in ("整改", "监督问题")
            else "年度工作要点"
        )
        yield {
            "kind": kind, "org_code": org.code, "what": what, "problem_type": problem, "origin": origin, "linked": rule,
            "owner": f"党支部{post}", "issued": issued, "due": due, "state": "已销号", "closed": min(closed, AS_OF),
            "effect": effect,
        }  # fmt: skip


def task_rows(orgs: list[Org], seed: int) -> Iterator[dict[str, object]]:
    """All lists, district by district, numbered in order of the day they were given out."""
    blocks = max(org.block for org in orgs) + 1
    number = 0
    for block in range(blocks):
        here = {org.plan.key: org for org in orgs if org.block == block}
        branches = [org for org in here.values() if org.is_branch]
        rows = [*_planned(here), *_closed(Dice(seed, "tasks", block), branches)]
        for row in sorted(rows, key=lambda row: (row["issued"], row["org_code"], row["what"])):
            number += 1
            yield {"task_code": code("T", number, blocks * 100)} | row
