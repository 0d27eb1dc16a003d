"""A figure and where it comes from -> one frozen value, so that neither can be lost without the other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any

from gongwen.chinese.dates import date_text
from gongwen.chinese.numbers.digits import decimal_text
from gongwen.chinese.text import clean, one_line
from gongwen.errors import BadFact
from gongwen.facts.row_runs import MANY, Runs, kept, text_of

_CHAIN = " ＋ "
_MOST_NAMED = 4  # labels in the label of a sum
NOT_REPORTED = "未填报"  # what a missing value prints as, everywhere

Value = int | Decimal | str | date | None
_KINDS = (int, Decimal, str, date, type(None))


@dataclass(frozen=True, slots=True)
class Rows:
    """Cells read: one file, one sheet, Excel row numbers (header = 1), and the column where only one was read.

    The numbers are a plain tuple, or `Runs` where they are many and mostly neighbours.
    """

    file: str
    sheet: str
    rows: tuple[int, ...] | Runs
    column: str = ""

    def __post_init__(self) -> None:
        if len(self.rows) > MANY:
            object.__setattr__(self, "rows", kept(self.rows))


@dataclass(frozen=True, slots=True)
class Read:
    """Origin: read from cells by an operation (计数, 求和, 取值 …)."""

    operation: str
    cells: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """Origin: computed from other facts.

    The operation is written so that a reader can redo it by hand.
    """

    operation: str
    parents: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """Origin: set by a rule, not by data.

    `verified` is False while article or figure is still 待核实.
    """

    source: str
    article: str
    verified: bool


Origin = Read | Derived | Cited


@dataclass(frozen=True)
class Fact:
    """One figure (or name, or date) with unit, meaning and origin.

    A value of None is missing: it prints 未填报 and never turns into 0. `places` is the number of decimals shown
    (None: as many as the value has). `gaps` are the cells that were blank and therefore not counted in.
    Facts add and subtract; they do not compare with plain numbers and are no conditions (write `fact.value > 5`,
    `fact.missing`), because a missing value compares with nothing and a 0 is still a figure.
    """

    label: str
    value: Value
    origin: Origin
    unit: str = ""
    as_of: date | None = None
    places: int | None = None
    gaps: tuple[Rows, ...] = ()

    def __post_init__(self) -> None:
        if (
            type(self.value) not in _KINDS
        ):  # a numpy number or a Timestamp would not travel through JSON unchanged
            kind = type(self.value).__name__
            raise TypeError(
                f"指标“{self.label}”的值是 {kind}；只能是 int、Decimal、str、date 或 None"
            )
        _refuse_no_unit(self.unit, self.label)
        if isinstance(self.origin, Cited) and not self.origin.source.strip():
            raise BadFact(
                self.label, "没有写明引自哪里；请写出文件或规定的名称，统计数请从工作簿里取"
            )

    @cached_property
    def id(self) -> str:
        """A name for this fact that depends on its content only (12 hex digits)."""
        parents = (
            [parent.id for parent in self.origin.parents]
            if isinstance(self.origin, Derived)
            else []
        )
        own = self.origin.operation if isinstance(self.origin, Derived) else repr(self.origin)
        content = (
            self.label,
            type(self.value).__name__,
            str(self.value),
            self.unit,
            str(self.as_of),
            self.places,
            own,
            parents,
            repr(self.gaps),
        )
        return hashlib.sha256(repr(content).encode()).hexdigest()[:12]

    @property
    def number(self) -> str:
        """The value as printed, without its unit."""
        match self.value:
            case None:
                return NOT_REPORTED
            case str():
                return clean(one_line(self.value))
            case date():
                return date_text(self.value)
            case _:
                return decimal_text(self.value, self.places, percent=self.unit == "%")

    def __str__(self) -> str:
        return self.number + self.unit if isinstance(self.value, int | Decimal) else self.number

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 — IPython passes both
        """What a cell that ends in a figure shows: 598名　在册职工数（计数，职工表第3—608行）."""
        printer.text(f"{self}　{self.label}（{self.basis}）")

    @property
    def basis(self) -> str:
        """How it was got, in one short line: the operation and the rows, the parents, or the source."""
        match self.origin:
            case Cited(source, article, verified):
                return f"{source}{article}{'' if verified else '，待核实'}"
            case Derived(operation, _):
                return operation
            case Read(operation, cells):
                sheets = "、".join(_rows_in_words(rows) for rows in cells[:_MOST_SHEETS])
                more = f"等{len(cells)}处" if len(cells) > _MOST_SHEETS else ""
                return f"{operation}，{sheets}{more}".rstrip("，")

    def __add__(self, other: Fact) -> Fact:
        if not isinstance(other, Fact):
            raise _no_sum(self, other)
        return chained((self, other))

    def __radd__(self, other: object) -> Fact:
        if type(other) is not int or other != 0:  # sum() begins with 0
            raise _no_sum(self, other)
        return self

    def __sub__(self, other: Fact) -> Fact:
        if not isinstance(other, Fact):
            raise _no_sum(self, other)
        return taken(self, other, f"{self.label}减{other.label}")

    def __rsub__(self, other: object) -> Fact:
        raise _no_sum(self, other)

    def _refused(self, other: object) -> Fact:  # noqa: ARG002 — whatever it is
        raise BadFact(
            self.label,
            "指标不能用 * / 等运算；占比用 share，比值用 ratio，增长用 change，都由指标来算",
        )

    __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _refused

    def __bool__(self) -> bool:
        # neither answer is right: 0 and missing are facts too, and must not be dropped by a hasty
        # `if fact`
        raise TypeError(f"指标“{self.label}”不能直接当条件，请写成 .value 或 .missing 再判断")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int | float | Decimal):
            raise TypeError(f"指标“{self.label}”不能直接与数比较，请写成 .value 再比较")
        return self.id == other.id if isinstance(other, Fact) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def missing(self) -> bool:
        """True if the workbook does not say."""
        return self.value is None

    def lineage(self) -> Iterator[Fact]:
        """Everything this fact was computed from and the fact itself, each once, parents first."""
        yield from lineage_of((self,)).values()

    def cells(self) -> tuple[Rows, ...]:
        """Every cell this fact rests on, through all its parents, each group once."""
        found: dict[Rows, None] = {}
        for fact in self.lineage():
            if isinstance(fact.origin, Read):
                found.update(dict.fromkeys(fact.origin.cells))
        return tuple(found)


_MOST_SHEETS = 2
_LONGEST_ROWS = 24  # characters of row numbers


def _rows_in_words(rows: Rows) -> str:
    column = f"“{rows.column}”列" if rows.column else ""
    numbers = text_of(rows.rows)
    if not numbers:
        return f"{rows.sheet}表{column}没有符合的行"
    if len(numbers) <= _LONGEST_ROWS:
        return f"{rows.sheet}表{column}第{numbers.replace('-', '—').replace(',', '、')}行"
    first = numbers.split(",", 1)[0].replace("-", "—")
    return f"{rows.sheet}表{column}第{first}……行，共{len(rows.rows)}行"


def lineage_of(facts: Iterable[Fact]) -> dict[str, Fact]:
    """All these facts and everything they were computed from by id, each once, parents first."""
    found: dict[str, Fact] = {}

    def visit(fact: Fact) -> None:
        if fact.id in found:
            return
        if isinstance(fact.origin, Derived):
            for parent in fact.origin.parents:
                visit(parent)
        found[fact.id] = fact

    for fact in facts:
        visit(fact)
    return found


_LONGEST_UNIT = 8
_UNIT_SIGNS = "/·%‰°℃²³"
_COUNTED = re.compile(
    r"[〇零一二两三四五六七八九]|十(?![万亿])"
)  # 万元, 百人 and 千克 count nothing


def _refuse_no_unit(unit: str, label: str) -> None:
    """Nothing, if this is a unit.

    Else an error: a number or a phrase in its place would print as part of the figure.
    """
    strange = [
        sign for sign in unit if not sign.isalpha() and sign not in _UNIT_SIGNS
    ] + _COUNTED.findall(unit)
    if strange or len(unit) > _LONGEST_UNIT:
        reason = f"含有“{strange[0]}”" if strange else f"超过{_LONGEST_UNIT}个字"
        raise BadFact(
            label,
            f"单位“{unit[:20]}”{reason}；单位只写“名”“万元”“个百分点”这样的量词，数和说明不写在这里",
        )


def _no_sum(fact: Fact, other: object) -> BadFact:
    told = (
        f"“{other}”"
        if isinstance(other, int | float | Decimal | str)
        else f"这个 {type(other).__name__}"
    )
    return BadFact(
        fact.label,
        f"指标只能与指标相加减，{told}不是指标，没有出处；请先用 count、total、pick "
        "等从工作簿里取成指标",
    )


def derived(
    label: str,
    operation: str,
    parents: tuple[Fact, ...],
    value: Value,
    unit: str,
    places: int | None = None,
) -> Fact:
    """A fact computed from others: missing if one of them is, with their gaps and their common date."""
    gaps = tuple(dict.fromkeys(chain.from_iterable(parent.gaps for parent in parents)))
    dates = {parent.as_of for parent in parents}
    known = None if any(parent.missing for parent in parents) else value
    return Fact(
        label,
        known,
        Derived(operation, parents),
        unit,
        dates.pop() if len(dates) == 1 else None,
        places,
        gaps,
    )


def numeric(fact: Fact) -> int | Decimal:
    """The number of a fact, 0 where it is missing (`derived` then drops the result)."""
    if fact.missing:
        return 0
    if not isinstance(fact.value, int | Decimal):
        raise BadFact(fact.label, f"是文字或日期（{fact}），不能参加计算")
    return fact.value


def added(facts: tuple[Fact, ...], label: str) -> Fact:
    """The sum of facts of one unit."""
    if not facts:
        raise BadFact(label, "没有可以相加的指标")
    same_unit(label, facts)
    operation = _CHAIN.join(fact.label for fact in facts)
    return derived(
        label, operation, facts, sum(map(numeric, facts)), facts[0].unit, most_places(facts)
    )


def chained(facts: tuple[Fact, ...]) -> Fact:
    """The sum a chain of + gives: one flat sum of all its parts, however many."""
    parts: list[Fact] = []
    for fact in facts:
        origin = fact.origin
        chain = isinstance(origin, Derived) and origin.operation == _CHAIN.join(
            part.label for part in origin.parents
        )
        parts.extend(origin.parents if chain and isinstance(origin, Derived) else (fact,))
    named = (
        f"{parts[0].label}等{len(parts)}项"
        if len(parts) > _MOST_NAMED
        else "与".join(part.label for part in parts)
    )
    return added(tuple(parts), f"{named}合计")


def taken(whole: Fact, part: Fact, label: str) -> Fact:
    """One fact less another of the same unit; %减% is 个百分点."""
    same_unit(label, (whole, part))
    unit = "个百分点" if whole.unit == "%" else whole.unit
    value = numeric(whole) - numeric(part)
    return derived(
        label,
        f"{whole.label} － {part.label}",
        (whole, part),
        value,
        unit,
        most_places((whole, part)),
    )


def same_unit(label: str, facts: tuple[Fact, ...]) -> None:
    """Nothing, if all facts count the same thing; else an error naming the units."""
    units = list(dict.fromkeys(fact.unit for fact in facts))
    if len(units) > 1:
        listed = "、".join(f"{fact.label}（{fact.unit or '无单位'}）" for fact in facts)
        raise BadFact(label, f"单位不一致，不能放在一起计算：{listed}")


def most_places(facts: tuple[Fact, ...]) -> int | None:
    """The decimals a sum is shown with: the most any part has, or as many as the value has."""
    places = [fact.places for fact in facts]
    return None if None in places else max(place for place in places if place is not None)
