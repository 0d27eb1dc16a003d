"""What a workbook must look like -> typed data that the reader, the checker and the blank template all obey."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongwen.chinese.pseudonyms import Pseudonyms
    from gongwen.findings import Finding
    from zhibi.data.dataset import Dataset


class Kind(StrEnum):
    """What a column holds; the word is what the clerk is told to fill in."""

    CODE = "代码"  # text, never a number: 0012 stays 0012
    TEXT = "文字"
    INTEGER = "整数"
    NUMBER = "数值"
    MONEY = "金额"  # Decimal
    DATE = "日期"
    YEAR = "年份"  # four digits
    YES_NO = "是否"
    CHOICE = "选项"
    CHOICES = "多选"  # several choices joined by ；


@dataclass(frozen=True, slots=True)
class Column:
    """One column (or one setting): what it is called, what it holds and what a clerk is told about it.

    `refers` names another sheet's key as `表.列`. `minimum`/`maximum` include their ends. `open_choices` means the
    list is a suggestion: other words are allowed. `synonyms` are other words for a choice, each with the choice.
    `since` is the version of the contract that brought the column.

    Where the `month_enough`, a date may do without its day; where all days lie `in_year`, without
    its year: it is then the latest such day not after `until`, which the reader takes from the
    settings.
    """

    key: str
    header: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    open_choices: bool = False
    refers: str = ""
    minimum: Decimal | int | date | None = None
    maximum: Decimal | int | date | None = None
    note: str = ""
    example: str = ""
    since: int = 1
    synonyms: tuple[tuple[str, str], ...] = ()
    month_enough: bool = False
    in_year: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title that is also its name in the workbook, its columns, and the columns that identify a row.

    `owner` names the columns that say whose a row is: the code of an organisation, or of one of its members; empty,
    the rows are nobody's own. A workbook without a sheet that is not `required` is read as if the sheet were empty.
    `since` is the version of the contract that brought the sheet.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    purpose: str = ""
    owner: tuple[str, ...] = ()
    required: bool = False
    since: int = 1

    @property
    def headers(self) -> tuple[str, ...]:
        """The Chinese headers in order."""
        return tuple(column.header for column in self.columns)


@dataclass(frozen=True, slots=True)
class Reporters:
    """Who may fill in a workbook of their own: rows of a sheet, by its key and its other names.

    A file says in `setting` whose it is; blank, it is a whole workbook. `parent` is the column by
    which one reporter may stand above others it reports for. Rows that hold one of the `excused`
    words are not waited for.
    """

    sheet: str
    key: str
    names: tuple[str, ...]
    parent: str
    setting: str
    excused: tuple[tuple[str, str], ...] = ()


Check = Callable[["Dataset"], "Iterable[Finding]"]


@dataclass(frozen=True, slots=True)
class Masking:
    """How reports of a workbook are made anonymous.

    The setting that asks for it, and the names to be replaced.
    """

    setting: str
    names: Callable[[Dataset], Pseudonyms]


@dataclass(frozen=True, slots=True)
class Contract:
    """All sheets of a workbook, the settings sheet, the checks that need to see more than one cell, and who reports.

    `report_year` and `data_until` are the settings that say of which year and up to which day the data tell.
    `version` stands in every blank workbook; it is raised when a column or sheet is added.
    `as_of` is the setting with the day that the data speak of.
    `region` is the setting that says which region the data are about: reports of two regions never share a folder.
    """

    title: str
    settings_title: str
    settings: tuple[Column, ...]
    sheets: tuple[Sheet, ...]
    checks: tuple[Check, ...] = ()
    masking: Masking | None = None
    reporters: Reporters | None = None
    version: int = 1
    region: str = ""
    as_of: str = ""
    report_year: str = ""
    data_until: str = ""
