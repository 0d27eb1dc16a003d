"""What a domain says of the files its people bring -> the facts that importing needs beside the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NamedRows:
    """A sheet whose rows people know by name: its code, the columns that name a row, and what tells equal names apart.

    `within` is the column of what a name belongs to (a member's branch). `marks` are columns that differ between two
    rows of one name. `new`: a name nobody knows is given a code and a row of its own, with the cells it gives for the
    name; without it an unknown name is a fault.
    """

    sheet: str
    key: str
    names: tuple[str, ...]
    within: str = ""
    marks: tuple[str, ...] = ()
    new: Callable[[str], Mapping[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """A column that her files do not have and that follows from the cell of another one."""

    sheet: str
    column: str
    source: str
    follows: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day that people write as a month, and that falls on the day of the month of another column's date."""

    sheet: str
    column: str
    since: str
    called: str  # the answer that says so


@dataclass(frozen=True, slots=True)
class Holder:
    """An office of an organisation: the column that names who holds it, where people are said to, and in which word.

    Nobody holds it who has left: `gone` is the column that says when.
    """

    column: str
    said_in: str
    word: str
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Wide:
    """A column for each month (or quarter): rows of a sheet, each with the number of its month.

    `fixed` are cells that are then the same in every row.
    """

    sheet: str
    periods: str  # 月 or 季
    number: str
    value: str
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """A column for each month whose amounts are added up and whose filled months are counted."""

    sheet: str
    words: tuple[str, ...]  # one of them stands in a title, the sheet's name or above the months
    count: str
    total: str


_ENDINGS = "公司|集团|学校|小学|中学|学院|幼儿园|医院|中心|办公室|局|科|处|站|所|村|社区|街道|镇|乡"
_NAME = rf"[^\s:：,，。;；、|/“”\"]{{2,40}}?(?:{_ENDINGS})"


@dataclass(frozen=True, slots=True)
class Intake:
    """The word list; organisations and people as keys; what follows from what.

    How settings stand in a title.

    `carried` tells which rows of a sheet go on into the next year, `blanked` which of their columns do not, `renewed`
    which settings.

    `organisation` is the pattern of an organisation's name as it stands alone in a title or above its rows, `office`
    that of names which are whoever made the table, not whose rows they are.
    """

    aliases: str
    organisations: NamedRows
    people: NamedRows
    others: tuple[NamedRows, ...] = ()
    canonical: Callable[[str], str] = str
    derived: tuple[Derived, ...] = ()
    holders: tuple[Holder, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()

    def anniversary(self, sheet: str, column: str) -> Anniversary | None:
        """The column whose day of the month a column may share; None for most."""
        known = (one for one in self.anniversaries if (one.sheet, one.column) == (sheet, column))
        return next(known, None)

    wide: tuple[Wide, ...] = ()
    counted: tuple[Counted, ...] = ()
    settings: Callable[[tuple[str, ...]], Mapping[str, str]] = lambda _titles: {}
    carried: Mapping[str, Callable[[Mapping[str, object]], bool]] = field(default_factory=dict)
    blanked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    renewed: tuple[str, ...] = ()
    organisation: str = _NAME
    office: str = ""
