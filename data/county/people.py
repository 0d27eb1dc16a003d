"""Organisations and candidates -> the register of members, and who leads each organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from county.days import YEAR, months_later
from county.development import Candidate
from county.dice import Dice
from county.structure import COMMITTEE_FROM, Org, committee_size
from county.words import ETHNICITIES, GIVEN_FIRST, GIVEN_SECOND_MEN, GIVEN_SECOND_WOMEN, SURNAMES

ADMISSION_DAYS = ((3, 18), (5, 26), (6, 20), (6, 28), (9, 12), (11, 16), (12, 8))
AGES = (
    ((1946, 1960), 0.09),
    ((1961, 1967), 0.11),
    ((1968, 1977), 0.25),
    ((1978, 1989), 0.36),
    ((1990, 2000), 0.19),
)
SCHOOLING = (
    (1962, (("初中及以下", 5), ("高中", 4), ("中专", 2), ("大学专科", 1))),
    (1970, (("高中", 4), ("中专", 3), ("大学专科", 3), ("大学本科", 2))),
    (1982, (("中专", 1), ("大学专科", 4), ("大学本科", 5))),
    (9999, (("大学专科", 2), ("大学本科", 7), ("研究生", 1))),
)
# Members who are away, by organisation and number; two whom the branch cannot reach.
AWAY = {"jt2": 2, "ct2": 2, "nf2": 1, "wl4": 2, "gs1": 2, "lc1": 1, "ct6": 1, "jt4": 1}
ARRIVED = {"ct3": 2, "jt5": 1, "yq1": 1}
LOST = {"ct6": date(2026, 3, 10), "nf2": date(2026, 8, 5)}
LEFT = {"ct1": "转出组织关系", "jt3": "转出组织关系", "gs1": "去世", "lc1": "去世", "gz1": "转出组织关系",
"wl2": "转出组织关系",
        "nf1": "转出组织关系", "jt4": "去世"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One row of the register."""

    code: str
    name: str
    org: str
    sex: str
    birth_year: int
    ethnicity: str
    education: str
    employ: str
    status: str
    joined_on: date
    regular_on: date | None
    post: str = "无"
    post_since: date | None = None
    mobile: str = "正常"
    mobile_since: date | None = None
    left_reason: str = ""
    left_on: date | None = None

    @property
    def active(self) -> bool:
        """True while on the register."""
        return self.left_on is None

    def attends(self, day: date) -> bool:
        """True if the branch expects this member at a meeting on that day."""
        return self.active and self.joined_on <= day and self.mobile in ("正常", "流入")


@dataclass(frozen=True)
class Register:
    """All members, and what the organisations' rows need of them."""

    members: list[Member]
    by_org: dict[str, list[Member]]
    secretary: dict[str, str]
    committee: dict[str, int]


def _name(dice: Dice, sex: str) -> str:
    second = GIVEN_SECOND_MEN if sex == "男" else GIVEN_SECOND_WOMEN
    return dice.pick(SURNAMES) + dice.pick(GIVEN_FIRST) + dice.pick(second)


def _employ(dice: Dice, birth_year: int, org: Org) -> str:
    if birth_year <= YEAR - 60:
        return "离退休"
    share = 0.06 if org.unit.plan.kind != "县属国企" else 0.2
    return "聘用" if dice.chance(share) else "正式"


def _person(dice: Dice, org: Org, admitted: date | None, confirmed: date | None) -> Member:
    sex = "女" if dice.chance(0.34) else "男"
    years = (1986, 2002) if admitted else dice.weighted(AGES)
    young = org.plan.founded.year >= YEAR - 1 and not admitted
    birth = dice.between(1975, 1996) if young else dice.between(*years)
    joined = admitted or _joined(dice, birth)
    education = next(dice.weighted(options) for until, options in SCHOOLING if birth <= until)
    regular = (
        confirmed if admitted else months_later(joined, 12) + timedelta(days=dice.between(0, 25))
    )
    return Member(
        "", _name(dice, sex), org.code, sex, birth, dice.weighted(ETHNICITIES), education, _employ(dice, birth, org),
        "正式" if regular else "预备", joined, regular,
    )  # fmt: skip


def _joined(dice: Dice, birth: int) -> date:
    month, day = dice.pick(ADMISSION_DAYS)
    grown, last = birth + 19, YEAR - 2
    return date(grown + int(dice.part(0, 1) ** 2 * min(24, last - grown)), month, day)


def _with_posts(org: Org, members: list[Member]) -> list[Member]:
    """Full members of working age first: the secretary, a deputy where the committee has five, and the rest of it."""
    since = org.plan.elected or org.plan.founded
    order = sorted(range(len(members)), key=lambda at: _fitness(members[at], since))
    size = committee_size(org, sum(member.status == "正式" for member in members))
    posts = ["书记"]
    if size:
        posts += (["副书记"] if size >= 5 else []) + ["委员"] * (size - 1 - (size >= 5))  # noqa: PLR2004
    posts += ["组长"] * org.plan.groups
    for at, post in zip(order, posts, strict=False):
        members[at] = replace(
            members[at], post=post, post_since=since, mobile="正常", mobile_since=None
        )
    return members


def _fitness(member: Member, since: date) -> tuple[bool, bool, int]:
    """Sort the likely leaders first: a full member for at least a year when the post began, in work, nearest to 45."""
    seasoned = member.regular_on is not None and months_later(member.regular_on, 12) <= since
    return not seasoned, member.employ != "正式", abs(member.birth_year - (YEAR - 45))


def _branch(org: Org, joining: Iterable[Candidate], seed: int) -> list[Member]:
    dice = Dice(seed, "members", org.code)
    new = [_person(dice, org, person.admitted, person.confirmed) for person in joining]
    old = [_person(dice, org, None, None) for _ in range(org.size - len(new))]
    members = _with_posts(org, old + new)
    members = _with_movement(dice, org, members)
    if org.plan.key in LEFT:
        gone = _person(dice, org, None, None)
        day = date(YEAR, dice.between(1, 2), dice.between(8, 26))
        members.append(replace(gone, left_reason=LEFT[org.plan.key], left_on=day))
    return members


def _with_movement(dice: Dice, org: Org, members: list[Member]) -> list[Member]:
    key = org.plan.key
    free = [
        at
        for at, member in enumerate(members)
        if member.post == "无" and member.status == "正式" and member.employ != "离退休"
    ]
    marks = ["流出"] * AWAY.get(key, 0) + ["流入"] * ARRIVED.get(key, 0) + ["失联"] * (key in LOST)
    for at, mark in zip(free, marks, strict=False):
        since = (
            LOST[key]
            if mark == "失联"
            else date(dice.between(2024, 2025), dice.between(1, 12), dice.between(1, 28))
        )
        members[at] = replace(
            members[at], mobile=mark, mobile_since=max(since, members[at].joined_on)
        )
    return members


def register(orgs: list[Org], candidates: list[Candidate], seed: int) -> Register:
    """Everyone, branch by branch, and the leaders of the committees above the branches."""
    joining: dict[str, list[Candidate]] = {}
    for person in candidates:
        if person.admitted:
            joining.setdefault(person.org, []).append(person)
    by_org = {
        org.code: _branch(org, joining.get(org.code, ()), seed) for org in orgs if org.is_branch
    }
    _lead_above(orgs, by_org)
    width = max(4, len(str(sum(map(len, by_org.values())))))
    number = 0
    for code, members in by_org.items():
        by_org[code] = [
            replace(member, code=f"M{number + at:0{width}d}")
            for at, member in enumerate(members, start=1)
        ]
        number += len(members)
    everyone = [member for members in by_org.values() for member in members]
    return Register(everyone, by_org, _secretaries(orgs, by_org), _committees(orgs, by_org))


def _lead_above(orgs: list[Org], by_org: dict[str, list[Member]]) -> None:
    """A member of the first branch below a committee is its secretary; the day tells which post is meant."""
    for org in (org for org in orgs if not org.is_branch):
        members = by_org.get(_first_branch(orgs, org.code), [])
        free = [at for at, member in enumerate(members) if member.post == "无" and member.active]
        if free:
            since = org.plan.elected or org.plan.founded
            at = min(free, key=lambda at: _fitness(members[at], since))
            members[at] = replace(
                members[at], post="书记", post_since=since, mobile="正常", mobile_since=None
            )


def _first_branch(orgs: list[Org], parent: str) -> str:
    for org in orgs:
        if org.parent == parent:
            return org.code if org.is_branch else _first_branch(orgs, org.code)
    return ""


def _secretaries(orgs: list[Org], by_org: dict[str, list[Member]]) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for org in sorted(orgs, key=lambda org: not org.is_branch):
        members = by_org.get(org.code if org.is_branch else _first_branch(orgs, org.code), [])
        since = org.plan.elected or org.plan.founded
        leads = [
            m.code
            for m in members
            if m.post == "书记" and m.post_since == since and m.code not in taken
        ]
        if leads:
            found[org.code] = leads[0]
            taken.add(leads[0])
    return found


def _committees(orgs: list[Org], by_org: dict[str, list[Member]]) -> dict[str, int]:
    full = {
        code: sum(m.status == "正式" and m.active for m in members)
        for code, members in by_org.items()
    }
    return {org.code: committee_size(org, full.get(org.code, COMMITTEE_FROM)) for org in orgs}


def expected(members: list[Member], day: date) -> list[Member]:
    """Who should come on a day."""
    return [member for member in members if member.attends(day)]
