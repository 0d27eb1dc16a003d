"""Last year's workbook -> this year's: what goes on goes over with its codes, what was that year's stays behind."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd

from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Contract, Kind, Sheet
from zhibi.data.importing.assembly import Imported
from zhibi.data.importing.existing import codes_in
from zhibi.data.importing.intake import Intake
from zhibi.data.importing.rows.merging import Rows
from zhibi.data.read import open_dataset
from zhibi.data.sources.xlsx import read_xlsx
from zhibi.data.writing.imported import laid_out, write

Record = dict[str, Any]


@dataclass(frozen=True)
class Carried:
    """The new workbook, how many rows of each sheet went over and how many stayed, and what had to be left blank."""

    content: bytes
    over: Mapping[str, int]
    behind: Mapping[str, int]
    findings: tuple[Finding, ...]


def carry(workbook: Path, contract: Contract, intake: Intake) -> Carried:
    """The workbook of the year after.

    Raises InvalidInput where last year's has errors, or UnreadableFile.
    """
    dataset = open_dataset(workbook, contract)
    book, _ = read_xlsx(workbook)
    carried: dict[str, list[Record]] = {}
    for sheet in contract.sheets:
        goes_on = intake.carried.get(sheet.title)
        records = _records(dataset[sheet.title], sheet)
        carried[sheet.title] = [row for row in records if goes_on is not None and goes_on(row)]
    findings = list(_cut_loose(contract, carried))
    behind = {
        sheet.title: len(dataset[sheet.title]) - len(carried[sheet.title])
        for sheet in contract.sheets
    }
    for title, headers in intake.blanked.items():
        for row in carried[title]:
            row.update(dict.fromkeys(headers))
    settings = {
        name: fact.value for name, fact in dataset.settings.items() if name not in intake.renewed
    }
    year = contract.report_year
    if year and not dataset.settings[year].missing:
        settings[year] = int(str(dataset.settings[year].value)) + 1
    rows = {sheet.title: _rows(sheet, carried[sheet.title]) for sheet in contract.sheets}
    content = write(laid_out(contract, Imported(settings, rows, codes_in(book))))
    over = {title: len(records) for title, records in carried.items()}
    return Carried(content, over, behind, tuple(findings))


def _records(frame: pd.DataFrame, sheet: Sheet) -> list[Record]:
    """Rows as plain values, blanks as None."""
    kinds = {column.header: column.kind for column in sheet.columns}

    def record(row: Mapping[Hashable, Any]) -> Record:
        return {header: _plain(row[header], kind) for header, kind in kinds.items()}

    return [record(row) for row in frame.to_dict("records")]


def _plain(cell: Any, kind: Kind) -> Any:
    if pd.isna(cell):
        return None
    if kind is Kind.DATE:
        return cell.date()
    if kind is Kind.YES_NO:
        return "是" if cell else "否"
    return int(cell) if kind in (Kind.INTEGER, Kind.YEAR) else cell


def _cut_loose(contract: Contract, carried: dict[str, list[Record]]) -> Iterable[Finding]:
    """References to rows that stayed behind: the cell becomes blank, or the row stays behind as well."""
    changed = True
    while changed:
        changed = False
        for sheet in contract.sheets:
            for column in sheet.columns:
                title, _, header = column.refers.partition(".")
                if not title:
                    continue
                known = {row[header] for row in carried[title]}
                lost = [
                    row for row in carried[sheet.title] if row[column.header] not in (None, *known)
                ]
                if not lost:
                    continue
                changed = True
                codes = "、".join(dict.fromkeys(str(row[column.header]) for row in lost))
                if column.required:
                    message = f"{len(lost)}行的{title}（{codes}）没有转过来，这些行也没有转。"
                    carried[sheet.title] = [row for row in carried[sheet.title] if row not in lost]
                else:
                    message = f"{len(lost)}行的“{column.header}”（{codes}）没有转过来，已留空，请补上现在的。"
                    for row in lost:
                        row[column.header] = None
                yield Finding(
                    "M27", Level.WARNING, Location(sheet=sheet.title, column=column.header), message
                )


def _rows(sheet: Sheet, records: list[Record]) -> Rows:
    columns = {header: list(map(itemgetter(header), records)) for header in sheet.headers}
    return Rows(columns, [("", "", 0)] * len(records))
