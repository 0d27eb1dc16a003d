"""Organisations and members -> the year's meetings, and who was expected and came to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from county import words
from county.days import AS_OF, YEAR, workdays
from county.dice import Dice
from county.layout import BLANK_DUE
from county.people import Member, Register, expected
from county.structure import Org

MONTHS = range(1, AS_OF.month + 1)
WHOLE_BRANCH = ("党员大会", "党课", "主题党日", "组织生活会", "民主评议")
HOURS = {
    "党员大会": 1.0,
    "党课": 2.0,
    "主题党日": 1.0,
    "组织生活会": 2.0,
    "民主评议": 1.0,
    "支委会": 1.0,
    "党小组会": 1.0,
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """One row of the ledger; `due` None is a cell nobody filled in."""

    org: str
    day: date
    kind: str
    topic: str
    speaker: str
    due: int | None
    attended: int
    hours: float
    tag: str = ""
    resolutions: int = 0


@dataclass
class Attendance:
    """What the year adds up to for one member."""

    due: int = 0
    attended: int = 0
    hours: float = 0.0


@dataclass
class Ledger:
    """All meetings and each member's attendance."""

    meetings: list[Meeting] = field(default_factory=list)
    attendance: dict[str, Attendance] = field(default_factory=dict)


class _Diary:
    """Free working days of one organisation: no two of its meetings fall on the same day."""

    def __init__(self, dice: Dice, org: Org) -> None:
        self._dice, self._taken, self._founded = dice, set[date](), org.plan.founded

    def day(self, month: int) -> date | None:
        """A free working day of the month on which the organisation exists."""
        free = [day for day in workdays(month) if day not in self._taken and day > self._founded]
        if not free:
            return None
        chosen = self._dice.pick(free)
        self._taken.add(chosen)
        return chosen


def _topic(dice: Dice, org: Org, forms: tuple[str, ...], **words_: str) -> str:
    return dice.pick(forms).format(work=dice.pick(org.works), **words_)


def _plans(dice: Dice, org: Org, review_held: bool) -> Iterator[tuple[int, str, str, int]]:
    """Month, kind, topic and number of resolutions of each meeting of the whole branch."""
    for quarter in range(1, 5):
        months = [month for month in range(quarter * 3 - 2, quarter * 3 + 1) if month in MONTHS]
        if quarter not in org.plan.no_assembly:
            yield (
                dice.pick(months),
                "党员大会",
                _topic(dice, org, words.ASSEMBLIES[quarter]),
                dice.between(1, 3),
            )
        if quarter not in org.plan.no_lecture:
            theme = dice.pick(words.LECTURE_THEMES)
            yield dice.pick(months), "党课", _topic(dice, org, words.LECTURE_FORMS, theme=theme), 0
    for month in MONTHS:
        if month not in org.plan.no_theme_day:
            theme = dice.pick(words.THEMES[month])
            yield month, "主题党日", _topic(dice, org, words.THEME_FORMS, theme=theme), 0
    if review_held:
        yield 11, "组织生活会", _topic(dice, org, words.REVIEW_MEETINGS), dice.between(1, 2)
        yield 11, "民主评议", _topic(dice, org, words.APPRAISALS), 1


def _branch_meetings(org: Org, register: Register, ledger: Ledger, seed: int) -> None:
    dice = Dice(seed, "meetings", org.code)
    diary = _Diary(dice, org)
    members = register.by_org[org.code]
    leaders = [member for member in members if member.post in ("书记", "副书记", "委员")]
    absence = dice.part(0.03, 0.12)
    for month, kind, topic, resolutions in _plans(dice, org, review_held(org, seed)):
        if day := diary.day(month):
            due = expected(members, day)
            came = [member for member in due if not dice.chance(absence)] or due
            _attend(ledger, due, came, HOURS[kind])
            tag = dice.pick(words.TAGS) if kind == "主题党日" else ""
            blank = (org.plan.key, kind, month) == BLANK_DUE
            ledger.meetings.append(Meeting(org.code, day, kind, topic, dice.pick(leaders).name,
            None if blank else len(due),
                                           len(came), HOURS[kind], tag, resolutions))  # fmt: skip
    _committee_meetings(dice, org, register, diary, ledger)
    _group_meetings(dice, org, members, diary, ledger)


def _attend(ledger: Ledger, due: list[Member], came: list[Member], hours: float) -> None:
    for member in due:
        ledger.attendance.setdefault(member.code, Attendance()).due += 1
    for member in came:
        attendance = ledger.attendance[member.code]
        attendance.attended += 1
        attendance.hours += hours


def _committee_meetings(
    dice: Dice, org: Org, register: Register, diary: _Diary, ledger: Ledger
) -> None:
    size = register.committee[org.code]
    secretary = next(member for member in register.by_org[org.code] if member.post == "书记")
    for month in MONTHS if size else ():
        if month not in org.plan.no_committee and (day := diary.day(month)):
            topic = _topic(dice, org, words.COMMITTEE_TOPICS, month=words.MONTHS[month - 1])
            came = size - dice.chance(0.15)
            ledger.meetings.append(Meeting(org.code, day, "支委会", topic, secretary.name, size, came, 1.0,
                                           resolutions=dice.between(1, 4)))  # fmt: skip


def _group_meetings(
    dice: Dice, org: Org, members: list[Member], diary: _Diary, ledger: Ledger
) -> None:
    heads = [member for member in members if member.post == "组长"]
    for month in MONTHS:
        for group in range(org.plan.groups):
            if day := diary.day(month):
                due = len(expected(members[group :: org.plan.groups], day))
                came = max(1, due - dice.weighted(((0, 5), (1, 3), (2, 1))))
                topic = _topic(dice, org, words.GROUP_TOPICS, group=words.GROUP_NAMES[group])
                head = heads[group].name if group < len(heads) else ""
                ledger.meetings.append(
                    Meeting(org.code, day, "党小组会", topic, head, due, min(came, due), 1.0)
                )


def review_held(org: Org, seed: int) -> bool:
    """Most branches hold the year's 组织生活会 in November, the others later; a branch founded this year later too."""
    return org.plan.founded.year < YEAR and Dice(seed, "review", org.code).chance(0.6)


def _leaders_meetings(
    org: Org, register: Register, secretary: str, ledger: Ledger, seed: int
) -> None:
    """党委 and 党总支: lectures by the secretary, and a training course or an exchange on the spot."""
    dice = Dice(seed, "meetings", org.code)
    diary = _Diary(dice, org)
    size = register.committee[org.code]
    plans = [(dice.between(3, 6), "党课", f"{org.short}书记讲党课：{dice.pick(org.works)}中的党员责任"),
             (dice.between(7, 10), "现场会", f"{org.short}现场会：交流{dice.pick(org.works)}经验")]  # fmt: skip
    if org.plan.type == "党委":
        plans += [(1, "民主生活会", f"{org.short}年度民主生活会"),
        (5, "培训班", f"{org.short}党支部书记和支部委员培训班第一期"),
                  (9, "培训班", f"{org.short}党支部书记和支部委员培训班第二期"),
                  *((month, "督查", f"{org.short}{quarter}党建工作督查") for month,
                  quarter in words.QUARTERS)]  # fmt: skip
    for month, kind, topic in plans:
        if day := diary.day(month):
            came = size - dice.chance(0.2)
            ledger.meetings.append(
                Meeting(
                    org.code,
                    day,
                    kind,
                    topic,
                    secretary,
                    size,
                    came,
                    4.0 if kind == "培训班" else 2.0,
                )
            )


def hold(orgs: list[Org], register: Register, seed: int) -> Ledger:
    """The year of all organisations, in the order of the calendar."""
    ledger = Ledger()
    names = {member.code: member.name for member in register.members}
    for org in orgs:
        if org.is_branch:
            _branch_meetings(org, register, ledger, seed)
        else:
            secretary = names.get(register.secretary.get(org.code, ""), "")
            _leaders_meetings(org, register, secretary, ledger, seed)
    ledger.meetings.sort(key=lambda meeting: (meeting.day, meeting.org, meeting.kind))
    return ledger
