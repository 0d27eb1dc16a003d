"""Settings and frames -> a workbook in the form of the template, ready to be read again or sent out to be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from gongwen.facts.value import Value
from zhibi.data.contract import Column, Contract, Kind
from zhibi.data.dataset import Dataset
from zhibi.data.reading.columns import with_own_columns
from zhibi.data.writing.template import FIRST_ROW, FORMATS, blank
from zhibi.data.writing.xlsx_save import xlsx_bytes

FORMULA_SIGNS = ("=", "+", "-", "@", "\t")  # what Excel takes for the beginning of a formula

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell


def whole(dataset: Dataset) -> bytes:
    """The dataset as one workbook; equal datasets give equal bytes."""
    settings = {name: fact.value for name, fact in dataset.settings.items()}
    return filled(dataset.contract, settings, dataset.frames)


def filled(
    contract: Contract, settings: Mapping[str, Value], frames: Mapping[str, pd.DataFrame]
) -> bytes:
    """The template without its example rows, these settings and these rows filled in."""
    book = blank(contract, examples=False)
    front = book[contract.settings_title]
    for row, column in enumerate(contract.settings, 2):
        _put(front.cell(row, 2), settings.get(column.header))
    for sheet in contract.sheets:
        page, frame = book[sheet.title], frames[sheet.title]
        for at, column in enumerate(with_own_columns(sheet, frame).columns, 1):
            if at > len(sheet.columns):
                _put(page.cell(1, at), column.header)
            for row, cell in enumerate(frame[column.header], FIRST_ROW):
                if not pd.isna(cell):
                    _put(page.cell(row, at), _plain(cell, column))
                    page.cell(row, at).number_format = FORMATS.get(column.kind, "@")
    return xlsx_bytes(book)


def _plain(cell: Any, column: Column) -> Value:
    """A cell of a frame as the value a clerk would type."""
    if column.kind is Kind.DATE:
        day: date = cell.date()
        return day
    if column.kind is Kind.YES_NO:
        return "是" if cell else "否"
    if column.kind in (Kind.INTEGER, Kind.YEAR):
        return int(cell)
    return Decimal(repr(float(cell))) if column.kind is Kind.NUMBER else cell


def _put(cell: Cell | MergedCell, value: Value) -> None:
    """A value as itself: text that begins with = must not become a formula, not even when somebody edits the cell."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_SIGNS)
