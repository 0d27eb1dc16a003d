"""What titles say and what is answered -> the settings of the workbook, and where those of her files stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gongwen.facts.value import Fact, Read
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Column
from zhibi.data.importing.questions import Answers, Question
from zhibi.data.reading.cells import parse
from zhibi.data.reading.imported_rows import Origin
from zhibi.data.reading.settings import as_fact_value, read_settings

if TYPE_CHECKING:
    from zhibi.data.importing.assembly import Importer


@dataclass
class ImportedSettings:
    """Settings by name, the file, sheet and row that say so (row 0: the name of the sheet or file), and what is asked."""

    values: dict[str, Any]
    origins: dict[str, Origin]
    questions: list[Question] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def settle(importer: Importer, answers: Answers) -> ImportedSettings:
    """Settings of a settings sheet, of the workbook there is, of titles, or answered."""
    contract = importer.contract
    made = ImportedSettings(dict(importer.settings), dict(importer.setting_origins))
    for grid in importer.fronts:
        facts = read_settings(grid, contract).settings
        for name, fact in facts.items():
            if fact.value is not None:
                made.values[name] = fact.value
                made.origins[name] = _stands_at(fact)
    said = _titles(importer)
    for column in contract.settings:
        _one(column, said.get(column.header, {}), answers, made)
    return made


def _one(
    column: Column, values: Mapping[str, Origin], answers: Answers, made: ImportedSettings
) -> None:
    """One setting: what a single title says, or an answer.

    Else a question where it must be known.
    """
    name, found = column.header, made.values
    key = f"设置|{name}" + (f"|{'、'.join(sorted(values))}" if len(values) > 1 else "")
    answer = answers.get(key)
    if not answer and len(values) == 1:
        answer = next(iter(values))
    if answer:
        value = _value(answer, column)
        if value is not None and found.get(name) not in (None, value):
            message = f"设置里的“{name}”由“{found[name]}”改为“{value}”。"
            made.findings.append(Finding("M27", Level.NOTE, Location(), message))
        if value is not None:
            found[name] = value
            made.origins.pop(name, None)
            if answer in values:
                made.origins[name] = values[answer]
    elif len(values) > 1 and found.get(name) is None and column.required:
        message = f"几份表的“{name}”不一样，以哪个为准？"
        made.questions.append(Question(key, message, tuple(sorted(values))))
        return
    if column.required and found.get(name) is None:
        form = f"{column.note}，如{column.example}" if column.note else f"如{column.example}"
        made.questions.append(Question(key, f"“{name}”是什么？（{form}）"))


def _stands_at(fact: Fact) -> Origin:
    assert isinstance(fact.origin, Read)  # as settings are read
    cells = fact.origin.cells[0]
    return cells.file, cells.sheet, next(iter(cells.rows), 0)


def _titles(importer: Importer) -> dict[str, dict[str, Origin]]:
    """By setting, what tables say of it and where.

    In the first line that says so alone, else in a name.
    """
    said: dict[str, dict[str, Origin]] = {}
    speaks = importer.intake.settings
    for table in importer.tables:
        lines = dict(zip(table.title_rows, table.titles, strict=True))
        for name, word in speaks((*table.titles, table.sheet, table.file)).items():
            rows = (row for row, line in lines.items() if speaks((line,)).get(name) == word)
            origin = (table.file, table.sheet, next(rows, 0))
            said.setdefault(name, {}).setdefault(word, origin)
    return said


def _value(text: str, column: Column) -> Any:
    parsed = parse(text, column, textual=True)
    return None if parsed.bad else as_fact_value(parsed.value, column.kind)
