"""A block and its titles -> the block with the required columns her file does not have, or questions about them."""

from __future__ import annotations

from itertools import permutations, product

from gongwen.chinese.personal_data import masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Column, Kind, Sheet
from zhibi.data.importing.intake import Intake
from zhibi.data.importing.questions import Answers, Question
from zhibi.data.importing.recognition.lexicon import Lexicon
from zhibi.data.importing.recognition.matching import Match
from zhibi.data.importing.recognition.tables import RecognisedTable
from zhibi.data.importing.rows.blocks import Block, kind_of_file
from zhibi.data.importing.rows.values import ValueReader
from zhibi.data.sources.grid import words


def complete(
    block: Block, found: Match, intake: Intake, lexicon: Lexicon, answers: Answers
) -> tuple[list[Question], list[Finding]]:
    """Fill required columns that follow from others or from a title; ask for the rest."""
    questions: list[Question] = []
    findings: list[Finding] = []
    for column in block.sheet.columns:
        _derive(block, found, column, intake)
        if not column.required or _is_key(column):
            continue
        cells = block.cells(column.header)
        if column.header in block.columns and all(cell is not None for cell in cells):
            continue
        if _is_name(column, block.sheet, intake) and column.header not in block.columns:
            place = Location(found.table.file, masked(found.table.sheet))
            message = f"按“{block.sheet.title}”读取，却没有“{column.header}”列。"
            hint = "请补上这一列；若不是这张表，请用 --as 说明。"
            findings.append(Finding("M26", Level.ERROR, place, message, hint))
            continue
        if column.header in block.columns and column.kind is not Kind.CHOICE:
            continue  # some cells are blank: the check of the workbook tells them
        if any(column.header in question.options for question in found.questions):
            continue  # it is asked whether one of the columns is this
        questions += _fill(block, found, column, intake, lexicon, answers)
    return questions, findings


def _derive(block: Block, match: Match, column: Column, intake: Intake) -> None:
    for rule in intake.derived:
        at = match.columns.get(rule.source)
        if (
            (rule.sheet, rule.column) != (block.sheet.title, column.header)
            or at is None
            or match.wide
        ):
            continue
        own = block.cells(column.header)
        raw = match.table.values(at)
        follows = [
            cell if cell is not None else rule.follows(words(said).strip()) or None
            for cell, said in zip(own, raw, strict=True)
        ]
        if any(cell is not None for cell in follows):
            block.columns[column.header] = follows


def _is_key(column: Column) -> bool:
    """True of columns that are given codes, or filled from the names of organisations and people."""
    return column.kind is Kind.CODE


def _is_name(column: Column, sheet: Sheet, intake: Intake) -> bool:
    return any(
        named.sheet == sheet.title and column.header == named.names[0]
        for named in (intake.organisations, intake.people)
    )


def _fill(
    block: Block,
    found: Match,
    column: Column,
    intake: Intake,
    lexicon: Lexicon,
    answers: Answers,
) -> list[Question]:
    """The same value for every row that has none.

    What a title says, or the answer to a question.
    """
    blank = [at for at, cell in enumerate(block.cells(column.header)) if cell is None]
    if not blank:
        return []
    table = found.table
    key = f"统一|{block.sheet.title}.{column.header}|{kind_of_file(table.file)}|{len(blank) == len(block)}"
    said = _from_titles(table, column, intake) if len(blank) == len(block) else ""
    answer = said or answers.get(key)
    reader = ValueReader(block.sheet.title, column, lexicon)
    value = reader.read(answer) if answer else None
    if value is not None and not value.trouble and value.value is not None:
        cells = list(block.cells(column.header))
        for at in blank:
            cells[at] = value.value
        block.columns[column.header] = cells
        return []
    options = column.choices if column.kind is Kind.CHOICE and not column.open_choices else ()
    rows = "各行" if len(blank) == len(block) else f"有{len(blank)}行"
    form = (
        ""
        if options
        else f"（{column.note or column.kind}{'，如' + column.example if column.example else ''}）"
    )
    message = f"{table.file}“{masked(table.sheet)}”{rows}没有“{column.header}”，这是必填的；这些行都是哪一个？{form}"
    needed = column.kind in (Kind.CHOICE, Kind.YEAR)
    return [Question(key, message, options, needed=needed)]


def _from_titles(table: RecognisedTable, column: Column, intake: Intake) -> str:
    """The one choice, or the year, that the sheet's name, the title and the file's name speak of."""
    texts = (table.sheet, *table.titles, table.file)
    if column.kind is Kind.CHOICE:
        choices = {choice for choice, text in product(column.choices, texts) if choice in text}
        shorter = {one for one, other in permutations(choices, 2) if one in other}
        longest = choices - shorter
        return longest.pop() if len(longest) == 1 else ""
    if column.kind is Kind.YEAR:
        years = intake.settings(texts).get("年度", "")
        return str(years)
    return ""
