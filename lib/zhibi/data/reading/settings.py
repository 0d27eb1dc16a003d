"""The settings sheet -> facts by name, each knowing its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from gongwen.chinese.personal_data import masked
from gongwen.errors import near_miss
from gongwen.facts.value import Fact, Read, Rows, Value
from gongwen.findings import Finding, Level, Location
from zhibi.data.checking.answers import Change
from zhibi.data.checking.faults import Faults
from zhibi.data.contract import Column, Contract, Kind, Sheet
from zhibi.data.reading.cells import parse
from zhibi.data.reading.cells.parsed import Issue
from zhibi.data.reading.layout import nearest
from zhibi.data.sources.grid import Grid, Raw, plain, words

SETTINGS_HEADERS = ("项目", "内容", "说明")


@dataclass(frozen=True)
class SettingsReading:
    """Every setting of the contract as a fact, missing ones included, and what is wrong."""

    settings: Mapping[str, Fact]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()


def no_settings(contract: Contract) -> Mapping[str, Fact]:
    """Every setting missing: the sheet is not there."""
    return {
        column.header: _fact(column, None, "", contract.settings_title, 0)
        for column in contract.settings
    }


def read_settings(grid: Grid, contract: Contract) -> SettingsReading:
    """Names in column A, values in column B, one a row, in any order; a header row is allowed."""
    known = {plain(column.key): column for column in contract.settings}
    known |= {plain(column.header): column for column in contract.settings}
    faults = Faults(grid.file, contract.settings_title)
    changes: list[Change] = []
    settings: dict[str, Fact] = {}
    findings: list[Finding] = []
    strangers: dict[str, int] = {}
    for at, row in enumerate(grid.rows):
        number = grid.number(at)
        name = words(row[0]).strip() if row else ""
        column = known.get(plain(name))
        if column is None:
            if name and not (
                at == 0 and plain(name) in {plain(SETTINGS_HEADERS[0]), "设置项", "名称", "键"}
            ):
                strangers[name] = number
        elif column.header in settings:
            message = f"设置项“{column.header}”重复，不知道以哪个为准。"
            place = Location(grid.file, contract.settings_title, f"A{number}")
            findings.append(Finding("B15", Level.ERROR, place, message, "请删去多余的一行。"))
        else:
            raw = row[1] if len(row) > 1 else ""
            value = _value(raw, column, number, faults, textual=grid.textual)
            changes += _changes(raw, column, f"B{number}", contract.settings_title, grid)
            settings[column.header] = _fact(
                column, value, grid.file, contract.settings_title, number
            )
    findings.extend(_strangers(grid, contract, strangers, settings))
    for column in contract.settings:
        settings.setdefault(
            column.header, _fact(column, None, grid.file, contract.settings_title, 0)
        )
    ordered = {column.header: settings[column.header] for column in contract.settings}
    return SettingsReading(ordered, (*findings, *faults.findings()), tuple(changes))


def _changes(raw: Raw, column: Column, cell: str, title: str, grid: Grid) -> list[Change]:
    """The cell, if it is known what it should say."""
    issue = parse(raw, column, textual=grid.textual).issue
    if issue is None or issue.answer is None:
        return []
    return [Change(title, cell, column.header, masked(words(raw)), issue.answer)]


def last_day(settings: Mapping[str, Fact], contract: Contract) -> date | None:
    """The last day of the report year that the data tell of; None where the settings do not say."""
    year = settings[contract.report_year].value if contract.report_year else None
    until = settings[contract.data_until].value if contract.data_until else None
    if not isinstance(year, int) or not isinstance(until, date) or until.year < year:
        return None
    return min(until, date(year, 12, 31))


def dated(sheet: Sheet, until: date | None) -> Sheet:
    """The sheet with the last day that a date without its year can mean, in columns of days of that year."""
    if until is None or not any(column.in_year for column in sheet.columns):
        return sheet
    columns = (replace(c, until=until) if c.in_year else c for c in sheet.columns)
    return replace(sheet, columns=tuple(columns))


def _value(raw: Any, column: Column, number: int, faults: Faults, *, textual: bool) -> Value:
    parsed = parse(raw, column, textual=textual)
    if parsed.issue:
        faults.add("B", column.header, number, parsed.issue)
    if parsed.value is None and column.required and not parsed.bad:
        hint = (
            f"{column.note}，如“{column.example}”。" if column.note else f"如“{column.example}”。"
        )
        faults.add(
            "B",
            column.header,
            number,
            Issue("B09", Level.ERROR, "必填，没有填", "必填，没有填", hint),
        )
    return as_fact_value(parsed.value, column.kind)


def as_fact_value(value: Any, kind: Kind) -> Value:
    """The value as facts hold it: whole numbers as int, 是否 as the word."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal) and kind in (Kind.INTEGER, Kind.YEAR):
        return int(value)
    assert value is None or isinstance(value, Decimal | str | date)
    return value


def _strangers(
    grid: Grid, contract: Contract, strangers: Mapping[str, int], settings: Mapping[str, Fact]
) -> list[Finding]:
    """Rows that are no setting, and settings that have no row; a misspelt one is told once."""
    missing = [column.header for column in contract.settings if column.header not in settings]
    near = nearest(missing, list(strangers))
    findings = []
    for name, number in strangers.items():
        place = Location(grid.file, contract.settings_title, f"A{number}")
        hint = near_miss(name, missing) if name in near.values() else ""
        message = f"没有名为“{masked(name)[:20]}”的设置项{hint or '。'}"
        findings.append(Finding("B15", Level.ERROR, place, message, "请改正名称，或删去这一行。"))
    for column in contract.settings:
        if column.required and column.header in missing and column.header not in near:
            place = Location(grid.file, contract.settings_title, "", column.header)
            hint = f"请加一行：A列“{column.header}”，B列如“{column.example}”。"
            findings.append(Finding("B09", Level.ERROR, place, "必填的设置项没有。", hint))
    return findings


def _fact(column: Column, value: Value, file: str, sheet: str, row: int) -> Fact:
    rows = (row,) if row else ()
    return Fact(column.header, value, Read("取值", (Rows(file, sheet, rows, SETTINGS_HEADERS[1]),)))
