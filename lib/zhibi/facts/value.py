"""A figure and where it comes from -> one frozen value, so that neither can be lost without the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

Value = int | Decimal | str | date | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Cells read: one file, one sheet, Excel row numbers (header = 1), and the column where only one was read."""

    file: str
    sheet: str
    rows: tuple[int, ...]
    column: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """Origin: read from cells by an operation (计数, 求和, 取值 …)."""

    operation: str
    cells: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """Origin: computed from other facts; the operation is written so that a reader can redo it by hand."""

    operation: str
    parents: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """Origin: set by a rule, not by data. `verified` is False while article or figure is still 待核实."""

    source: str
    article: str
    verified: bool


Origin = Read | Derived | Cited


@dataclass(frozen=True)
class Fact:
    """One figure (or name, or date) with unit, meaning and origin.

    A value of None is missing: it prints 未填报 and never turns into 0. `places` is the number of decimals shown
    (None: as many as the value has). `gaps` are the cells that were blank and therefore not counted in.
    """

    label: str
    value: Value
    origin: Origin
    unit: str = ""
    as_of: date | None = None
    places: int | None = None
    gaps: tuple[Rows, ...] = ()

    @cached_property
    def id(self) -> str:
        """A name for this fact that depends on its content only (12 hex digits)."""
        parents = [parent.id for parent in self.origin.parents] if isinstance(self.origin, Derived) else []
        own = self.origin.operation if isinstance(self.origin, Derived) else repr(self.origin)
        content = (self.label, type(self.value).__name__, str(self.value), self.unit, str(self.as_of), self.places,
                   own, parents, repr(self.gaps))
        return hashlib.sha256(repr(content).encode()).hexdigest()[:12]

    @property
    def missing(self) -> bool:
        """True if the workbook does not say."""
        return self.value is None

    def lineage(self) -> Iterator[Fact]:
        """This fact and everything it was computed from, each once, parents first."""
        seen: dict[str, Fact] = {}

        def visit(fact: Fact) -> None:
            if fact.id in seen:
                return
            if isinstance(fact.origin, Derived):
                for parent in fact.origin.parents:
                    visit(parent)
            seen[fact.id] = fact

        visit(self)
        yield from seen.values()

    def cells(self) -> tuple[Rows, ...]:
        """Every cell this fact rests on, through all its parents, each group once."""
        found: dict[Rows, None] = {}
        for fact in self.lineage():
            if isinstance(fact.origin, Read):
                found.update(dict.fromkeys(fact.origin.cells))
        return tuple(found)
