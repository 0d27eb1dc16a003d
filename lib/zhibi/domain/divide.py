"""One line of a contract -> a dataset cut by a column.

Each organisation its own rows, and what is told to all.

    DIVIDE = divide_by("学校", "学校代码", "学校名称")
    DOMAIN = Domain(..., divide=DIVIDE)

Whose a row is says the `owner` of its sheet: a column that holds the code of an organisation, or
one that refers to a sheet that has an owner itself (a pupil's marks belong to the school of the
pupil).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from gongwen.errors import UnknownCode
from gongwen.facts.value import Fact
from zhibi.data.contract import Contract, Sheet
from zhibi.data.dataset import Dataset, Frames
from zhibi.data.figures.values import value_of
from zhibi.data.snapshot.slices import open_slice, open_whole
from zhibi.domain.values import Organisation

Handed = Callable[[Dataset], Mapping[str, Mapping[str, Fact]]]


@dataclass(frozen=True)
class DivideBy:
    """How datasets are cut.

    `handed` gives, by code, facts of the whole that an organisation may know.
    """

    sheet: str
    key: str
    name: str
    parent: str = ""
    shared: tuple[str, ...] = ()
    reporting: Callable[[Mapping[str, str]], bool] = bool
    handed: Handed | None = None

    def __call__(self, data: Dataset) -> ByColumn:
        """The division of a dataset."""
        return ByColumn(self, data)

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns it needs."""
        return tuple(header for header in (self.key, self.name, self.parent) if header)

    def open_one(self, workbook: str, code: str, contract: Contract) -> Dataset:
        """One organisation's rows, in a run of its own or cut from a workbook.

        Raises UnknownName for a code that is not there and NotYours where the run may not read it.
        """
        return open_slice(workbook, code, contract, lambda data: self(data).slice(code))

    def open_all(self, workbook: str, contract: Contract) -> Dataset:
        """Everything; raises NotYours in a run of one organisation."""
        return open_whole(workbook, contract)


def divide_by(  # each is one thing a domain may say
    sheet: str,
    key: str,
    name: str,
    *,
    parent: str = "",
    shared: tuple[str, ...] = (),
    reporting: Callable[[Mapping[str, str]], bool] = bool,
    handed: Handed | None = None,
) -> DivideBy:
    """A division by the codes of a sheet, whose organisations go by the column `name`.

    `parent` is the column with the code of the organisation above, `shared` are sheets that everybody may read.
    `reporting` tells from a line of the sheet whether a batch makes a report for it when nothing else is asked.
    """
    return DivideBy(sheet, key, name, parent, shared, reporting, handed)


class ByColumn:
    """A dataset cut into organisations; what many slices need is looked up once."""

    def __init__(self, cut: DivideBy, data: Dataset) -> None:
        self._cut, self._data = cut, data
        self._sheets = {sheet.title: sheet for sheet in data.contract.sheets}

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        """Every organisation in the order of the workbook."""
        rows = [_texts(row) for row in self._data[self._cut.sheet].to_dict("records")]
        names = {row[self._cut.key]: row[self._cut.name] for row in rows}
        return tuple(
            Organisation(
                code=row[self._cut.key],
                name=row[self._cut.name] or row[self._cut.key],
                superior=names.get(row.get(self._cut.parent, ""), ""),
                fields=row,
                reports=self._cut.reporting(row),
            )
            for row in rows
        )

    def slice(self, code: str) -> Dataset:
        """What one organisation may read; raises UnknownCode."""
        self._require(code)
        handed = self._handed.get(code, {})
        return replace(self._cut_to(frozenset([code])), slice_of=code, handed=handed)

    def under(self, code: str) -> Dataset:
        """The rows of an organisation and of all below it; raises UnknownCode."""
        self._require(code)
        above = {each.code: each.fields.get(self._cut.parent, "") for each in self.organisations}
        codes = {code}
        while more := {each for each, parent in above.items() if parent in codes} - codes:
            codes |= more
        return self._cut_to(frozenset(codes))

    def _require(self, code: str) -> None:
        known = [each.code for each in self.organisations]
        if code not in known:
            raise UnknownCode(f"{self._cut.sheet}代码", code, known)

    def _cut_to(self, codes: frozenset[str]) -> Dataset:
        frames = {title: self._rows(sheet, codes) for title, sheet in self._sheets.items()}
        return replace(self._data, frames=Frames(frames))

    def _rows(self, sheet: Sheet, codes: frozenset[str]) -> pd.DataFrame:
        frame = self._data[sheet.title]
        if sheet.title in self._cut.shared:
            return frame
        owners = self._owners[sheet.title]
        rows: pd.DataFrame = frame[owners.isin(codes).to_numpy()]
        return rows

    @cached_property
    def _owners(self) -> Mapping[str, pd.Series[Any]]:
        """By sheet, the code of the organisation that each row belongs to.

        Missing for a row that is nobody's own.
        """
        owners: dict[str, pd.Series[Any]] = {}
        for title, sheet in self._sheets.items():
            self._find_owner(sheet, owners, frozenset([title]))
        return owners

    def _find_owner(
        self, sheet: Sheet, found: dict[str, pd.Series[Any]], asked: frozenset[str]
    ) -> None:
        frame = self._data[sheet.title]
        if sheet.title == self._cut.sheet:
            found[sheet.title] = frame[self._cut.key]
        if sheet.title in found:
            return
        owner = pd.Series(pd.NA, index=frame.index, dtype="string")
        for header in sheet.owner:
            title, _, key = _reference(sheet, header).partition(".")
            if title not in self._sheets or (title in asked and title not in found):
                continue
            if title not in found:
                self._find_owner(self._sheets[title], found, asked | {title})
            owner_of = _first_by_key(self._data[title][key], found[title])
            owner = owner.fillna(frame[header].map(owner_of).astype("string"))
        found[sheet.title] = owner

    @cached_property
    def _handed(self) -> Mapping[str, Mapping[str, Fact]]:
        return self._cut.handed(self._data) if self._cut.handed else {}


def _reference(sheet: Sheet, header: str) -> str:
    """What a column of a sheet refers to, as 表.列; nothing for one that refers to nothing."""
    return next((column.refers for column in sheet.columns if column.header == header), "")


def _first_by_key(keys: pd.Series[Any], owners: pd.Series[Any]) -> dict[Any, Any]:
    return dict(zip(keys, owners, strict=True))


def _texts(row: Mapping[Hashable, Any]) -> dict[str, str]:
    return {str(header): _text(cell, header) for header, cell in row.items()}


def _text(cell: object, header: object) -> str:
    value = value_of(cell, str(header))
    return "" if value is None else str(value)
