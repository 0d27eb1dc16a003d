"""Rows of 补充数据 -> figures by name: numbers that stand in no other table, each with the row it was written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from gongwen.errors import UnknownName
from gongwen.facts.value import Fact
from zhibi.data.figures.picking import pick_at, records

NAME, VALUE, UNIT, AS_OF = "名称", "数值", "单位", "截至"


class Supplement(Mapping[str, Fact]):
    """The figures of some rows of the sheet, as `补充.走访支部数` or `补充["走访支部数"]`.

    Of a name that stands in several rows the one that was counted last holds, and none after the
    day `until`. A name that is not there raises UnknownName with the near miss.
    """

    def __init__(self, frame: pd.DataFrame, until: date) -> None:
        self._figures: dict[str, Fact] = {}
        for at, row in enumerate(records(frame)):
            day = row[AS_OF].date() if row[AS_OF] is not None else None
            if day is not None and day > until:
                continue
            name = str(row[NAME])
            figure = pick_at(frame, at, VALUE, name, row[UNIT] or "", as_of=day or until)
            if name not in self._figures or _later(figure, self._figures[name]):
                self._figures[name] = figure

    def __getitem__(self, name: str) -> Fact:
        if name not in self._figures:
            raise UnknownName("补充数据", name, self._figures)
        return self._figures[name]

    def __getattr__(self, name: str) -> Fact:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __contains__(self, name: object) -> bool:
        return name in self._figures

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._figures]

    def __repr__(self) -> str:
        if not self._figures:
            return "“补充数据”表里没有这里能用的数"
        return "\n".join(f"{name}：{figure}" for name, figure in self._figures.items())


def _later(one: Fact, other: Fact) -> bool:
    return (one.as_of or date.min) >= (other.as_of or date.min)
