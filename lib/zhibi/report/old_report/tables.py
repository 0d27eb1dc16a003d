"""A table of the old report -> a table of the notebook.

Rows of a sheet where they agree, else cell by cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import Any

from gongwen.chinese.numbers.quantity import PERCENT, Quantity, quantities
from zhibi.data.figures.offers import Offer
from zhibi.notebook.authoring.tables import table
from zhibi.report.old_report.binding.agreement import agrees
from zhibi.report.old_report.binding.binder import Binder, Bound, Open, Subject, place
from zhibi.report.old_report.reading.old_file import OldPart

_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")
_HEADED = re.compile(r"^(?P<words>.*?)[(（](?P<unit>[^()（）]{1,6})[)）]$")
_UNITS = "、，,"
_SHARES = ("占比", "比例", "比重", "所占比例", "所占比重")


@dataclass(frozen=True, slots=True)
class _Column:
    words: str
    unit: str


def written(part: OldPart, binder: Binder, key: str, subject: Subject) -> str:
    """The cell that prints a table; numbers that nothing explains are places to be checked."""
    head, *body = _squared(part.rows)
    columns = [_column(each, part.unit) for each in head]
    rows, values = [], []
    for number, row in enumerate(body, 2):
        label = next((each for each in row if each and not _NUMBER.fullmatch(each)), "")
        cells = _Row(part, binder, subject, label, number).cells(row, columns)
        rows.append(
            "    {"
            + ", ".join(
                f"{_quoted(name)}: {code}" for name, (code, _) in zip(head, cells, strict=True)
            )
            + "},"
        )
        values.append({name: value for name, (_, value) in zip(head, cells, strict=True)})
    caption = part.caption or "（请写表题）"
    table(values, caption)  # raises what the notebook would raise
    options = f", unit={_quoted(part.unit)}" if part.unit else ""
    return "\n".join(
        ["table([", *rows, f"], caption={_quoted(caption)}, key={_quoted(key)}{options})"]
    )


def _squared(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    """Rows of equal length, heads that are all different and none of them blank."""
    wide = max(len(row) for row in rows)
    full = [[*row, *([""] * (wide - len(row)))] for row in rows]
    names: list[str] = []
    for number, name in enumerate(full[0], 1):
        called = name or f"第{number}列"
        names.append(called if called not in names else f"{called}（{number}）")
    return [names, *full[1:]]


def _column(name: str, unit: str) -> _Column:
    match = _HEADED.match(name)
    if match:
        return _Column(match["words"], match["unit"])
    several = re.split(f"[{_UNITS}]", unit)
    return _Column(name, several[0] if len(several) == 1 else "")


@dataclass
class _Row:
    """One row being read; `last` is the figure that was bound in it before."""

    part: OldPart
    binder: Binder
    subject: Subject
    label: str
    number: int
    last: Offer | None = None

    def cells(self, row: list[str], columns: list[_Column]) -> list[tuple[str, Any]]:
        """Of each cell the code and the value it will have."""
        return [
            self._cell(text, column, f"{self.part.where}第{self.number}行第{at}列")
            for at, (text, column) in enumerate(zip(row, columns, strict=True), 1)
        ]

    def _cell(self, text: str, column: _Column, where: str) -> tuple[str, Any]:
        if not _NUMBER.fullmatch(text):
            return _quoted(text), text
        shut = self.subject.shut or self.binder.shut
        name = None if shut else self._figure(text, column)
        if name is None:
            reason = shut or "表里的这一格对不上工作簿"
            self.binder.open.append(Open(where, text, reason))
            return _quoted(place(text)), place(text)
        self.binder.bound.append(Bound(where, text, self.binder.ledger.values[name].label))
        return name, self.binder.ledger.values[name]

    def _figure(self, text: str, column: _Column) -> str | None:
        """The name of the one figure that the label of the row and the head of the column speak of."""
        unit = PERCENT if text.endswith("%") else column.unit
        found = [each for each in quantities(f"{text.rstrip('%')}{unit}") if each.start == 0]
        if not unit or not found:
            return None
        if unit == PERCENT:
            return self._share(found[0], column, text)
        spoken = self.part.caption + column.words
        of_offers = chain.from_iterable(offer.nouns for offer in self.binder.catalogue.offers)
        nouns = [noun for noun in of_offers if noun in spoken]
        offers = self.binder.matching(found[0], self.label, column.words, nouns)
        if len(offers) != 1:
            return None
        self.last = offers[0]
        return self.binder.ledger.name(offers[0], unit)

    def _share(self, quantity: Quantity, column: _Column, text: str) -> str | None:
        """The share of the figure that stands before it in the row."""
        if self.last is None or column.words not in _SHARES:
            return None
        name = f"{self.last.name}占比"
        offer = self.binder.ledger.offers.get(name)
        if offer is None or not agrees(quantity, offer):
            return None
        return self.binder.ledger.name(offer, PERCENT, len(text.rstrip("%").partition(".")[2]))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
