"""Her files, a contract and answers -> settings and rows by sheet, each knowing where it stood.

Or questions and faults.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from gongwen.chinese.personal_data import masked
from gongwen.findings import Finding, Level, Location, errors_in
from zhibi.data.contract import Contract
from zhibi.data.importing.intake import Intake
from zhibi.data.importing.names.naming import Naming
from zhibi.data.importing.questions import SKIP, Answers, Question
from zhibi.data.importing.recognition.columns import Matcher
from zhibi.data.importing.recognition.lexicon import Lexicon, lexicon
from zhibi.data.importing.recognition.matching import Match, match
from zhibi.data.importing.recognition.sheet_choice import sheet_of
from zhibi.data.importing.recognition.tables import RecognisedTable, table_of
from zhibi.data.importing.rows.blocks import Block, read_block
from zhibi.data.importing.rows.merging import Rows, merged
from zhibi.data.importing.rows.missing import complete
from zhibi.data.importing.rows.settings import ImportedSettings, settle
from zhibi.data.reading.imported_rows import Origin
from zhibi.data.reading.layout import OWN_SHEETS
from zhibi.data.sources.any_file import read_sources
from zhibi.data.sources.grid import Book, Grid

_TOLD = 10


@dataclass(frozen=True)
class Imported:
    """What an import comes to: settings and rows, or what stands against it."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Rows] = field(default_factory=dict)
    codes: Sequence[tuple[str, ...]] = ()
    files: Sequence[tuple[str, str]] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[Question, ...] = ()  # offered, not needed
    setting_origins: Mapping[str, Origin] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """True if nothing stands against writing it."""
        return not self.questions and not errors_in(self.findings)


@dataclass(frozen=True)
class Importer:
    """Everything that stays the same while questions are asked.

    The files read once, the contract, the word list.
    """

    contract: Contract
    intake: Intake
    lexicon: Lexicon
    tables: tuple[RecognisedTable, ...]
    files: Mapping[str, str] = field(default_factory=dict)  # names and sums of what was read
    fronts: tuple[Grid, ...] = ()  # settings sheets among the files
    findings: tuple[Finding, ...] = ()
    existing: tuple[Block, ...] = ()
    earlier: tuple[tuple[str, ...], ...] = ()  # the code table of the workbook there is
    settings: Mapping[str, Any] = field(default_factory=dict)
    setting_origins: Mapping[str, Origin] = field(default_factory=dict)
    recorded: Mapping[str, str] = field(
        default_factory=dict
    )  # files of earlier imports and their sums
    sheet: str = ""


def prepare(
    paths: Iterable[Path],
    contract: Contract,
    intake: Intake,
    own_words: Sequence[tuple[str, str]] = (),
    sheet: str = "",
) -> Importer:
    """Read the files and find their tables."""
    known = lexicon(contract, ("别名表", intake.aliases), *own_words, people=intake.people.sheet)
    findings: list[Finding] = []
    columns = chain.from_iterable(sheet.columns for sheet in contract.sheets)
    keys = frozenset(column.key for column in columns)
    tables: list[RecognisedTable] = []
    fronts: list[Grid] = []
    files: dict[str, str] = {}
    for book in read_sources(paths, findings):
        files |= book.digests
        fronts += [grid for grid in book.grids if grid.title == contract.settings_title]
        for grid in _grids(book, contract):
            table = table_of(grid, known.knows, intake.organisation, keys)
            if table is not None:
                tables.append(table)
    return Importer(
        contract, intake, known, tuple(tables), files, tuple(fronts), tuple(findings), sheet=sheet
    )


def _grids(book: Book, contract: Contract) -> Iterable[Grid]:
    own = (*OWN_SHEETS, contract.settings_title)
    return (grid for grid in book.grids if grid.title not in own)


@dataclass(frozen=True)
class Recognition:
    """What every table is and which settings hold, before any cell is read.

    With what is to be asked of that.
    """

    matches: Sequence[Match]
    settings: ImportedSettings
    questions: Sequence[Question]
    findings: Sequence[Finding]

    @property
    def asked(self) -> Sequence[Question]:
        """All that is asked of settings, sheets and columns."""
        of_columns = chain.from_iterable(match.questions for match in self.matches)
        return [question for question in (*self.questions, *of_columns) if question.needed]


def recognise(importer: Importer, answers: Answers) -> Recognition:
    """The sheets and columns of all tables, with the answers there are."""
    matches, questions, findings = _matches(importer, answers)
    made = settle(importer, answers)
    findings = [
        *answers.findings,
        *importer.lexicon.faults,
        *importer.findings,
        *made.findings,
        *findings,
    ]
    return Recognition(matches, made, [*questions, *made.questions], findings)


def assemble(importer: Importer, answers: Answers) -> Imported:
    """One pass over everything with the answers there are: all questions and faults at once."""
    recognised = recognise(importer, answers)
    questions, findings = list(recognised.questions), list(recognised.findings)
    matcher = Matcher(importer.contract, importer.lexicon, importer.intake, answers)
    blocks = list(importer.existing)
    for found in recognised.matches:
        reading = read_block(found, matcher)
        questions += [*found.questions, *reading.questions]
        findings += [*found.findings, *reading.findings]
        missing, lacking = complete(
            reading.block, found, importer.intake, importer.lexicon, answers
        )
        questions += missing
        findings += lacking
        blocks.append(reading.block)
    if not recognised.matches and not errors_in(findings):
        message = "没有认出任何一张表。"
        hint = "请看表头是否在前20行，或用 --as 说明是哪张表。"
        findings.append(Finding("M21", Level.ERROR, Location(), message, hint))
    year = str(recognised.settings.values.get(importer.contract.report_year) or "")
    named = Naming(importer.contract, importer.intake, importer.earlier, answers, year)
    named.run(blocks)
    rows, conflicts = merged(importer.contract, blocks, named.extra)
    questions += named.questions
    findings += [*named.findings, *conflicts]
    needed = _once(question for question in questions if question.needed)
    offered = _once(question for question in questions if not question.needed)
    files = list({**importer.recorded, **importer.files}.items())
    return Imported(
        recognised.settings.values,
        rows,
        named.codes(),
        files,
        needed,
        tuple(findings),
        offered,
        recognised.settings.origins,
    )


def _once(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple({question.key: question for question in questions}.values())


def _matches(
    importer: Importer, answers: Answers
) -> tuple[list[Match], list[Question], list[Finding]]:
    matcher = Matcher(importer.contract, importer.lexicon, importer.intake, answers)
    matches: list[Match] = []
    questions: list[Question] = []
    findings: list[Finding] = []
    for table in importer.tables:
        sheet = sheet_of(matcher, table, importer.sheet)
        if isinstance(sheet, Question):
            if answers.get(sheet.key) != SKIP:
                questions.append(sheet)
        elif sheet is None:
            message = "认不出是哪一张表，没有读取。"
            place = Location(table.file, masked(table.sheet))
            findings.append(
                Finding("M21", Level.WARNING, place, message, "可用 --as 说明是哪张表。")
            )
        else:
            matches.append(match(table, sheet, matcher))
    order = {sheet.title: at for at, sheet in enumerate(importer.contract.sheets)}
    matches.sort(key=lambda found: order[found.sheet.title])
    return matches, questions, findings
