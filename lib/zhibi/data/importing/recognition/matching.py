"""A table somebody made -> which sheet of the contract it is, and what each of its columns is, or what must be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from gongwen.chinese.personal_data import masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Sheet
from zhibi.data.importing.intake import Counted, Wide
from zhibi.data.importing.questions import SKIP, Question
from zhibi.data.importing.recognition.columns import (
    ASKED,
    OFFERED,
    RECOGNISED,
    REFUSES,
    UNREAD,
    ColumnGuess,
    Matcher,
)
from zhibi.data.importing.recognition.lexicon import (
    CERTAIN,
    bare,
)
from zhibi.data.importing.recognition.tables import MONTHS, QUARTERS, RecognisedTable
from zhibi.data.importing.rows.values import SAMPLED
from zhibi.data.sources.grid import Raw


@dataclass(frozen=True)
class Match:
    """A table as a sheet: where each column stands, what was asked, refused and left."""

    table: RecognisedTable
    sheet: Sheet
    columns: Mapping[str, int]
    spans: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    wide: tuple[Wide | Counted, Mapping[int, int]] | None = None
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    readings: tuple[ColumnGuess, ...] = ()


def match(table: RecognisedTable, sheet: Sheet, matcher: Matcher) -> Match:
    """What every column of a table is in this sheet."""
    claims = _Claims(table, sheet, matcher)
    for at in sorted(range(len(table.headers)), key=claims.precedence):
        claims.settle(at)
    wide, asked, findings = _wide(table, sheet, matcher, claims.periods)
    return Match(
        table,
        sheet,
        claims.columns,
        claims.spans,
        wide,
        (*claims.questions, *asked),
        (*claims.findings, *claims.left(), *findings),
        tuple(claims.readings),
    )


class _Claims:
    """Columns of a table taking columns of a sheet, one after another."""

    def __init__(self, table: RecognisedTable, sheet: Sheet, matcher: Matcher) -> None:
        self._table, self._sheet, self._answers = table, sheet, matcher.answers
        self.readings = _readings(table, sheet, matcher)
        self.periods = _periods(table)
        self.columns: dict[str, int] = {}
        self.spans: dict[int, tuple[str, ...]] = {}
        self.questions: list[Question] = []
        self.findings: list[Finding] = []

    def precedence(self, at: int) -> tuple[int, int]:
        """The order in which columns claim their names.

        Certain ones first, of those the plainest name.
        """
        reading, header = self.readings[at], self._table.headers[at]
        if reading.how == RECOGNISED:
            plain = bool(reading.columns) and bare(reading.columns[0]) == bare(header)
            return 0, 0 if plain else 1
        return {ASKED: 1, OFFERED: 2}.get(reading.how, 3), 0

    def settle(self, at: int) -> None:
        """What becomes of one column."""
        reading = self.readings[at]
        if at in self.periods or reading.how == UNREAD:
            return
        if reading.how == REFUSES:
            self.findings.append(_refused(self._table, at, reading))
        elif reading.split:
            self.spans[at] = reading.columns
        else:
            name = reading.columns[0] if reading.how == RECOGNISED else self._answered(at, reading)
            if name in self.columns:
                self.findings.append(_doubled(self._table, at, name, self.columns[name]))
            elif name:
                self.columns[name] = at

    def _answered(self, at: int, reading: ColumnGuess) -> str:
        """The column it was said to be.

        Nothing where that is still asked, or it is not to be read.
        """
        question = _question(self._table, self._sheet, at, reading, self.columns)
        if question is None:
            return ""
        answer = self._answers.get(question.key)
        if not answer:
            self.questions.append(question)
        return "" if answer == SKIP else answer

    def left(self) -> Iterable[Finding]:
        """The columns that hold something and are not read."""
        return _left(self._table, self.readings, self.columns, self.spans, self.periods)


def _readings(table: RecognisedTable, sheet: Sheet, matcher: Matcher) -> list[ColumnGuess]:
    plain = [matcher.lexicon.meanings(sheet.title, header) for header in table.headers]
    meanings = chain.from_iterable(plain)
    beside = {meaning.column for meaning in meanings if meaning.judgement == CERTAIN}
    return [
        matcher.reading(sheet, header, _sample(table.values(at)), beside)
        for at, header in enumerate(table.headers)
    ]


def _sample(cells: Sequence[Raw]) -> list[Raw]:
    """Filled cells from the whole length of a column."""
    filled = [raw for raw in cells if raw != ""]
    step = max(1, len(filled) // SAMPLED)
    return filled[::step][:SAMPLED]


def _question(
    table: RecognisedTable, sheet: Sheet, at: int, reading: ColumnGuess, taken: Mapping[str, int]
) -> Question | None:
    """What is asked of a column.

    Nothing where all it may be is there already, or it holds nothing.
    """
    free = tuple(name for name in reading.columns if name not in taken)
    if not free or all(raw == "" for raw in table.values(at)):
        return None
    header = table.headers[at]
    key = f"列|{sheet.title}|{bare(header) or table.letters(at)}"
    where = f"{table.file}“{masked(table.sheet)}”的“{masked(header)[:20]}”列"
    message = f"{where}是“{sheet.title}”表的哪一列？（{reading.why}）"
    must = any(column.required and column.header == free[0] for column in sheet.columns)
    return Question(key, message, (*free, SKIP), needed=must or reading.how == ASKED)


def _refused(table: RecognisedTable, at: int, reading: ColumnGuess) -> Finding:
    place = Location(
        table.file, masked(table.sheet), f"{table.letters(at)}{table.header_row}", _safe(table, at)
    )
    return Finding("V21", Level.NOTE, place, f"{reading.why}，整列没有读取。")


def _safe(table: RecognisedTable, at: int) -> str:
    return masked(table.headers[at])[:20]


def _doubled(table: RecognisedTable, at: int, name: str, first: int) -> Finding:
    place = Location(
        table.file, masked(table.sheet), f"{table.letters(at)}{table.header_row}", _safe(table, at)
    )
    if bare(table.headers[at]) == bare(table.headers[first]):
        message = f"列“{_safe(table, at)}”出现了两次，{table.letters(first)}列已经有了，不知道以哪个为准。"
        return Finding("B05", Level.ERROR, place, message, "请删去或改名其中一列。")
    message = (
        f"也像“{name}”；已按{table.letters(first)}列“{_safe(table, first)}”读取，这一列没有读。"
    )
    return Finding("M24", Level.WARNING, place, message, "要换成这一列，请改列名。")


def _left(
    table: RecognisedTable,
    readings: Sequence[ColumnGuess],
    columns: Mapping[str, int],
    spans: Mapping[int, object],
    periods: Mapping[int, object],
) -> Iterable[Finding]:
    """The columns that hold something and are not read."""
    used = {*columns.values(), *spans, *periods}
    left = [
        at
        for at, reading in enumerate(readings)
        if at not in used and reading.how != REFUSES and _holds_anything(table, at)
    ]
    if left:
        names = "、".join(f"“{_safe(table, at) or table.letters(at) + '列'}”" for at in left)
        yield Finding(
            "M23", Level.NOTE, Location(table.file, masked(table.sheet)), f"没有读取的列：{names}。"
        )


def _holds_anything(table: RecognisedTable, at: int) -> bool:
    return any(raw != "" for raw in table.values(at))


def _periods(table: RecognisedTable) -> dict[int, int]:
    """Columns that are months, or quarters: the number of each."""
    for known, fewest in ((MONTHS, 3), (QUARTERS, 2)):
        periods = {
            at: known[name] for at, name in enumerate(map(_month, table.headers)) if name in known
        }
        if len(periods) >= fewest:
            return periods
    return {}


def _month(header: str) -> str:
    name = re.sub(r"^(?:20)?\d\d年|份$", "", bare(header))
    return re.sub(r"^第", "", name)


def _wide(
    table: RecognisedTable, sheet: Sheet, matcher: Matcher, periods: Mapping[int, int]
) -> tuple[tuple[Wide | Counted, Mapping[int, int]] | None, list[Question], list[Finding]]:
    """What months as columns mean in this sheet."""
    if not periods:
        return None, [], []
    unit = "季" if any(_month(table.headers[at]) in QUARTERS for at in periods) else "月"
    around = " ".join(
        (table.file, table.sheet, *table.titles, *(table.parents[at] for at in periods))
    )
    for counted in matcher.intake.counted:
        if counted.sheet == sheet.title and any(word in around for word in counted.words):
            return (counted, periods), [], []
    for wide in matcher.intake.wide:
        if wide.sheet == sheet.title and wide.periods == unit:
            return (wide, periods), [], []
    options = {
        counted.total: counted for counted in matcher.intake.counted if counted.sheet == sheet.title
    }
    if options:
        key = f"月份|{sheet.title}"
        question = Question(
            key, f"{table.file}“{masked(table.sheet)}”的各月各一列，填的是什么？", (*options, SKIP)
        )
        answer = matcher.answers.get(key)
        if answer in options:
            return (options[answer], periods), [], []
        return None, [] if answer else [question], []
    place = Location(table.file, masked(table.sheet))
    message = f"“{sheet.title}”表不知道怎样用各{unit}各一列的数，没有读取。"
    return None, [], [Finding("M23", Level.WARNING, place, message)]
