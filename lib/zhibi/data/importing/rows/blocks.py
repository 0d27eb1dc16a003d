"""A matched table -> typed columns of its sheet, and what could not be read in which cell."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongwen.chinese.personal_data import masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Column, Kind, Sheet
from zhibi.data.importing.intake import Counted, Wide
from zhibi.data.importing.questions import Question
from zhibi.data.importing.recognition.columns import Matcher
from zhibi.data.importing.recognition.matching import Match
from zhibi.data.importing.rows.values import (
    EMPTY,
    FIRST_DAY,
    MONTH_ONLY,
    NOT_COMPUTED,
    PERSONAL,
    amounts,
    ends,
    is_month,
    is_personal,
    month_key,
    value_key,
)
from zhibi.data.reading.cells import parse
from zhibi.data.sources.grid import Raw, addresses, words

_SHOWN = 5  # words of a column in a message
MOST_VALUES = 12  # of one column that are asked about one by one
_CHOSEN = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)


@dataclass
class Block:
    """Rows of one sheet out of one table: columns by header, and the file, sheet and row of each."""

    sheet: Sheet
    match: Match | None
    columns: dict[str, list[Any]]
    files: list[str]
    sheets: list[str]
    numbers: list[int]
    sections: list[str] = field(default_factory=list)
    existing: bool = False

    def __len__(self) -> int:
        return len(self.numbers)

    def empty(self) -> None:
        """Let go of every row."""
        self.columns = {header: [] for header in self.columns}
        self.files, self.sheets, self.numbers, self.sections = [], [], [], []

    def cells(self, header: str) -> list[Any]:
        """A column; where it is not there, blanks."""
        return self.columns.get(header) or [None] * len(self)


@dataclass
class BlockReading:
    """The block of a table with what was asked and found."""

    block: Block
    questions: list[Question] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_block(match: Match, matcher: Matcher) -> BlockReading:
    """The typed columns of a table."""
    table, sheet = match.table, match.sheet
    reading = BlockReading(
        Block(
            sheet,
            match,
            {},
            [table.file] * len(table.numbers),
            [table.sheet] * len(table.numbers),
            list(table.numbers),
            list(table.sections),
        )
    )
    by_header = {column.header: column for column in sheet.columns}
    for name, at in match.columns.items():
        column = by_header.get(name)
        cells = table.values(at)
        if column is None or column.kind is Kind.CODE:
            reading.block.columns[name] = _names(cells)
        else:
            reading.block.columns[name] = _typed(
                cells, column, table.letters(at), match, matcher, reading
            )
    for at, names in match.spans.items():
        pairs = [ends(raw) for raw in table.values(at)]
        for name, part in zip(names, zip(*pairs, strict=True), strict=False):
            column = by_header[name]
            reading.block.columns[name] = _typed(
                part, column, table.letters(at), match, matcher, reading
            )
    _share_days(reading.block, match, matcher)
    if match.wide is not None:
        _widen(reading.block, match)
    return reading


def _share_days(block: Block, match: Match, matcher: Matcher) -> None:
    """Months that were answered to fall on the day of another date.

    Its day of the month, or the last there is.
    """
    for rule in matcher.intake.anniversaries:
        at = match.columns.get(rule.column)
        asked = f"年月|{rule.sheet}.{rule.column}"
        if at is None or rule.sheet != block.sheet.title:
            continue
        if matcher.answers.get(asked) != rule.called:
            continue
        days, since = block.cells(rule.column), block.cells(rule.since)
        block.columns[rule.column] = [
            _on_day_of(day, other) if day and other and is_month(raw) else day
            for day, other, raw in zip(days, since, match.table.values(at), strict=True)
        ]


def _on_day_of(month: date, other: date) -> date:
    return month.replace(day=min(other.day, monthrange(month.year, month.month)[1]))


def _names(cells: Iterable[Raw]) -> list[str | None]:
    """Codes or names, as text; what gives a person away is no name."""
    return [None if is_personal(raw) else words(raw).strip() or None for raw in cells]


def _typed(
    cells: Sequence[Raw],
    column: Column,
    at: str,
    match: Match,
    matcher: Matcher,
    reading: BlockReading,
) -> list[Any]:
    title = match.sheet.title
    key, prefix = month_key(title, column), value_key(title, column)
    values, troubled = matcher.reader(match.sheet, column).read_all(cells)
    rule = matcher.intake.anniversary(title, column.header)
    shared = rule.called if rule and rule.since in match.columns else ""
    for trouble, places in troubled.items():
        _Troubles(match, column, at, key, prefix, reading, shared).tell(trouble, places, cells)
    return values


@dataclass(frozen=True)
class _Troubles:
    match: Match
    column: Column
    at: str
    months: str  # the key of the question about months
    values: str  # how the key of a question about a value begins
    reading: BlockReading
    # what the answer is called that a month falls on the day of another date; empty: no such answer
    shared: str

    def tell(self, trouble: str, places: Sequence[int], cells: Sequence[Raw]) -> None:
        """Ask, or report, what is the matter with these cells."""
        table, header = self.match.table, self.column.header
        rows = [table.numbers[place] for place in places]
        where = f"{table.file}“{masked(table.sheet)}”的“{header}”"
        if trouble == MONTH_ONLY:
            said = words(cells[places[0]])
            message = f"{where}有{len(rows)}格只写到月（如{said}），怎样读？"
            options = (EMPTY, *([self.shared] if self.shared else []), FIRST_DAY)
            self.reading.questions.append(Question(self.months, message, options))
        elif trouble == PERSONAL:
            self._report("V20", Level.WARNING, rows, "像是身份证号、手机号或银行卡号，没有读取")
        elif trouble == NOT_COMPUTED:
            hint = "请用 Excel 或 WPS 打开后另存一次，或把公式粘贴成数值。"
            self._report("B17", Level.ERROR, rows, "公式没有保存计算结果", hint)
        else:
            self._unread(places, cells, where)

    def _unread(self, places: Sequence[int], cells: Sequence[Raw], where: str) -> None:
        column = self.column
        distinct = list(dict.fromkeys(words(cells[place]).strip() for place in places))
        asked = column.kind in _CHOSEN and column.choices and len(distinct) <= MOST_VALUES
        if asked:
            for word in distinct:
                shown = masked(word)[:20]
                message = f"{where}里的“{shown}”是哪一个？"
                question = Question(
                    self.values + word[:60],
                    message,
                    (*column.choices, EMPTY),
                    needed=column.required,
                )
                if not self._known(question):
                    self.reading.questions.append(question)
        if asked and column.required:
            return
        rows = [self.match.table.numbers[place] for place in places]
        shown = "、".join(f"“{masked(word)[:20]}”" for word in distinct[:_SHOWN])
        level = Level.ERROR if column.required else Level.WARNING
        hint = (
            "请在原表改正后重新导入。"
            if level is Level.ERROR
            else "先留空；要用的请在原表改正后重新导入。"
        )
        self._report(
            "M25", level, rows, f"读不懂：{shown}{'等' if len(distinct) > _SHOWN else ''}", hint
        )

    def _known(self, question: Question) -> bool:
        return any(question.key == other.key for other in self.reading.questions)

    def _report(
        self, code: str, level: Level, rows: Sequence[int], message: str, hint: str = ""
    ) -> None:
        table = self.match.table
        place = Location(
            table.file, masked(table.sheet), addresses(self.at, rows), self.column.header
        )
        many = f"（共{len(rows)}格）" if len(rows) > 1 else ""
        self.reading.findings.append(Finding(code, level, place, f"{message}{many}。", hint))


def _widen(block: Block, match: Match) -> None:
    """Months as columns: added up, or a row for each month that is filled."""
    assert match.wide is not None
    form, periods = match.wide
    cells = {at: match.table.values(at) for at in periods}
    if isinstance(form, Counted):
        sums = [amounts(row) for row in zip(*cells.values(), strict=True)]
        if form.count not in block.columns:
            block.columns[form.count] = [count for count, _ in sums]
        if form.total not in block.columns and any(total for _, total in sums):
            block.columns[form.total] = [total or None for _, total in sums]
        return
    _melt(block, match, form, periods, cells)


def _melt(
    block: Block,
    match: Match,
    form: Wide,
    periods: Mapping[int, int],
    cells: Mapping[int, Sequence[Raw]],
) -> None:
    column = next(column for column in block.sheet.columns if column.header == form.value)
    chosen: list[int] = []
    numbers: list[int] = []
    values: list[Any] = []
    labels: list[str] = []
    for place in range(len(block)):
        for at, number in periods.items():
            raw = cells[at][place]
            if words(raw).strip():
                chosen.append(place)
                numbers.append(number)
                values.append(parse(raw, column, textual=True).value)
                labels.append(f"{block.sheets[place]}（{match.table.letters(at)}列）")
    for name in list(block.columns):
        block.columns[name] = [block.columns[name][place] for place in chosen]
    block.columns |= {form.number: numbers, form.value: values}
    block.columns |= {name: [word] * len(chosen) for name, word in form.fixed.items()}
    block.files = [block.files[place] for place in chosen]
    block.sections = [block.sections[place] for place in chosen]
    block.sheets, block.numbers = labels, [block.numbers[place] for place in chosen]


def kind_of_file(file: str) -> str:
    """The name of a file without what changes from month to month."""
    return re.sub(r"[\d年月日季度.\-_()（）\s]+", "", file.rsplit("/", 1)[-1].rsplit(".", 1)[0])
