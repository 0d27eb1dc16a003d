"""The layout of a district and a number of organisations -> units and organisations with their codes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from county.days import AS_OF
from county.dice import Dice
from county.layout import ORGS, STARS, UNITS, OrgPlan, UnitPlan

REGION = "示例县"
BRANCH_TYPES = ("党支部", "联合党支部", "临时党支部")
COMMITTEE_FROM = 7  # full members from which a branch has a 支委会
DIGITS = "一二三四五六七八九"


@dataclass(frozen=True)
class Size:
    """What was asked for: organisations, members per organisation on average, and the seed of all chance."""

    branches: int = 40
    members_per_branch: int = 15
    seed: int = 2026


@dataclass(frozen=True)
class Unit:
    """A unit of one district."""

    code: str
    plan: UnitPlan
    district: str

    @cached_property
    def name(self) -> str:
        """The full name."""
        return f"{REGION}{self.district}{self.plan.name}"

    @cached_property
    def short(self) -> str:
        """The short name; later districts carry their own in front."""
        return f"{self.district}{self.plan.short}"


@dataclass(frozen=True)
class Org:
    """A party organisation of one district."""

    code: str
    plan: OrgPlan
    unit: Unit
    parent: str
    size: int
    block: int
    star: str  # last year's grade, "" for none

    @property
    def is_branch(self) -> bool:
        """True for 党支部 of every kind; only these have members of their own."""
        return self.plan.type in BRANCH_TYPES

    @cached_property
    def name(self) -> str:
        """The full name as it stands on the plate."""
        if self._is_its_unit:
            return f"中共{self.unit.name}"
        ending = {
            "党委": "委员会",
            "党总支": "总支部委员会",
            "联合党支部": "联合支部委员会",
            "临时党支部": "临时支部",
        }
        short_ending = "支部委员会" if self.size >= COMMITTEE_FROM else "支部"
        return f"中共{self.unit.name}{self.plan.stem}{ending.get(self.plan.type, short_ending)}"

    @cached_property
    def short(self) -> str:
        """The short name used in reports."""
        own = "" if self._is_its_unit else self.plan.type
        return f"{self.unit.short}{self.plan.stem}{own}"

    @property
    def _is_its_unit(self) -> bool:
        """True for a committee that is a unit of its own (a 工作委员会)."""
        return self.plan.type == "党委" and self.unit.name.endswith("委员会")

    @cached_property
    def works(self) -> tuple[str, ...]:
        """What its people work on; later districts are named so that no two branches have the same topics."""
        return tuple(f"{self.unit.district}{work}" for work in self.plan.work)


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number >= 100:  # noqa: PLR2004  (the county is then a benchmark; nobody reads its names)
        return f"{_numeral(number // 100)}百{_numeral(number % 100) if number % 100 else ''}"
    head = "" if not tens else ("十" if tens == 1 else f"{DIGITS[tens - 1]}十")
    return head + (DIGITS[ones - 1] if ones else "")


def district(block: int) -> str:
    """The first district has no name of its own."""
    return "" if block == 0 else f"第{_numeral(block + 1)}片区"


def code(letter: str, number: int, total: int) -> str:
    """B001; wider where the county needs it."""
    return f"{letter}{number:0{max(3, len(str(total)))}d}"


def _size(plan: OrgPlan, size: Size) -> int:
    few = 10  # small branches are planted small and stay so
    scaled = plan.size if plan.size < few else round(plan.size * size.members_per_branch / 15)
    return max(scaled, min(plan.size, 3))


def _star(plan: OrgPlan, dice: Dice) -> str:
    """Last year's grade; only branches have one, and not those founded since."""
    if plan.key in STARS:
        return STARS[plan.key]
    weights = (("五星", 0.1), ("四星", 0.3), ("三星", 0.45), ("二星", 0.15))
    graded = plan.type in ("党支部", "联合党支部") and plan.founded.year < AS_OF.year
    return dice.weighted(weights) if graded else ""


def organise(size: Size) -> tuple[list[Unit], list[Org]]:
    """All units and organisations; parents stand before their children, and a cut district keeps whole branches."""
    blocks = math.ceil(size.branches / len(ORGS))
    units: list[Unit] = []
    orgs: list[Org] = []
    for block in range(blocks):
        plans = ORGS[: size.branches - block * len(ORGS)]
        used = {plan.unit for plan in plans}
        here: dict[str, Unit] = {}
        for plan in (plan for plan in UNITS if plan.key in used):
            here[plan.key] = Unit(
                code("U", len(units) + 1, blocks * len(UNITS)), plan, district(block)
            )
            units.append(here[plan.key])
        codes: dict[str, str] = {"": ""}
        for org in plans:
            codes[org.key] = code("B", len(orgs) + 1, size.branches)
            grade = _star(org, Dice(size.seed, "star", codes[org.key]))
            orgs.append(
                Org(
                    codes[org.key],
                    org,
                    here[org.unit],
                    codes[org.parent],
                    _size(org, size),
                    block,
                    grade,
                )
            )
    return units, orgs


def committee_size(org: Org, full_members: int) -> int:
    """How many sit on the committee; 0 where a branch is too small to have one."""
    if not org.is_branch:
        return 7 if org.plan.type == "党委" else 5
    if full_members < COMMITTEE_FROM or org.plan.type == "临时党支部":
        return 0
    return 5 if full_members >= 20 else 3  # noqa: PLR2004
