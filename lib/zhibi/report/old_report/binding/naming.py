"""Figures that were bound -> their names in the notebook and the lines that make them, each once and in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from gongwen.facts.value import Fact
from zhibi.data.figures.offers import Offer

_PLAIN_PLACES = 1


@dataclass
class FigureNames:
    """The names given so far.

    `fresh` are those whose lines have not been written into a cell yet.
    """

    offers: Mapping[str, Offer]
    reserved: frozenset[str] = frozenset()
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    _names: dict[tuple[str, str, int | None], str] = field(default_factory=dict)
    _units: dict[str, str] = field(default_factory=dict)

    def name(self, offer: Offer, unit: str, places: int | None = None) -> str:
        """What the figure is called in the notebook, printed in this unit with these decimals."""
        key = offer.name, unit, places
        if key not in self._names:
            self._names[key] = self._new(offer, unit, places)
        return self._names[key]

    def taken(self) -> str:
        """The lines for the figures named since the last time."""
        lines = "\n".join(self.lines[name] for name in self.fresh)
        self.fresh.clear()
        return lines

    def _new(self, offer: Offer, unit: str, places: int | None) -> str:
        needed = {each: self.name(self.offers[each], self._unit_of(each)) for each in offer.needs}
        name = offer.name
        for number in range(2, 100):
            if name not in self.lines and name not in self.reserved:
                break
            name = f"{offer.name}{number}"
        code = offer.code.replace("{unit}", unit)
        if "{places}" in code:
            code = code.replace("{places}", str(_PLAIN_PLACES if places is None else places))
        elif places is not None:
            code = f"{code[:-1]}, places={places})"
        for wanted, called in needed.items():
            code = code.replace(f"({wanted}, ", f"({called}, ").replace(
                f", {wanted}, ", f", {called}, "
            )
        self.lines[name] = f"{name} = {code}"
        self.values[name] = _as_written(offer.fact, unit, places)
        self.fresh.append(name)
        self._units.setdefault(offer.name, unit)
        return name

    def _unit_of(self, name: str) -> str:
        """The unit that a figure was first printed in, else its own."""
        return self._units.get(name, self.offers[name].fact.unit or "个")


def _as_written(fact: Fact, unit: str, places: int | None) -> Fact:
    shown = replace(fact, unit=unit)
    if places is not None and isinstance(fact.value, int | Decimal):
        return replace(shown, places=places)
    return shown
