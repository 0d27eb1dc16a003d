"""What titles say and what is answered -> the settings of the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Column
from zhibi.data.importing.questions import Answers, Question
from zhibi.data.reading.cells import parse
from zhibi.data.reading.settings import as_fact_value, read_settings

if TYPE_CHECKING:
    from zhibi.data.importing.assembly import Importer


def settle(
    importer: Importer, answers: Answers
) -> tuple[Mapping[str, Any], list[Question], list[Finding]]:
    """Settings by name: those of a settings sheet, of the workbook there is, of titles, or answered."""
    contract = importer.contract
    found: dict[str, Any] = dict(importer.settings)
    questions: list[Question] = []
    findings: list[Finding] = []
    for grid in importer.fronts:
        facts = read_settings(grid, contract).settings
        found |= {name: fact.value for name, fact in facts.items() if fact.value is not None}
    said = _titles(importer)
    for column in contract.settings:
        name = column.header
        values = said.get(name, {})
        key = f"设置|{name}" + (f"|{'、'.join(sorted(values))}" if len(values) > 1 else "")
        answer = answers.get(key)
        if not answer and len(values) == 1:
            answer = next(iter(values))
        if answer:
            value = _value(answer, column)
            if value is not None and found.get(name) not in (None, value):
                message = f"设置里的“{name}”由“{found[name]}”改为“{value}”。"
                findings.append(Finding("M27", Level.NOTE, Location(), message))
            found[name] = value if value is not None else found.get(name)
        elif len(values) > 1 and found.get(name) is None and column.required:
            message = f"几份表的“{name}”不一样，以哪个为准？"
            questions.append(Question(key, message, tuple(sorted(values))))
        if (
            column.required
            and found.get(name) is None
            and not any(one.key == key for one in questions)
        ):
            form = f"{column.note}，如{column.example}" if column.note else f"如{column.example}"
            questions.append(Question(key, f"“{name}”是什么？（{form}）"))
    return found, questions, findings


def _titles(importer: Importer) -> dict[str, dict[str, None]]:
    said: dict[str, dict[str, None]] = {}
    for table in importer.tables:
        for name, word in importer.intake.settings(
            (*table.titles, table.sheet, table.file)
        ).items():
            said.setdefault(name, {})[word] = None
    return said


def _value(text: str, column: Column) -> Any:
    parsed = parse(text, column, textual=True)
    return None if parsed.bad else as_fact_value(parsed.value, column.kind)
