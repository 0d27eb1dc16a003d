"""Rows of cells -> files as people make them, and importing them as the command does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.intake import intake
from zhibi.data.importing.import_files import Done, bring_in
from zhibi.data.importing.questions import Question
from zhibi.data.read import open_dataset

TITLES = ("青禾县水投公司机关党支部党员花名册", "填报单位：青禾县委组织部    2026年11月30日")


def workbook(
    path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]], merged: Iterable[str] = ()
) -> Path:
    """An .xlsx of sheets by name; `merged` are ranges of the first one."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def imported(
    into: Path,
    *files: Path,
    answers: Mapping[str, str] | Callable[[Question], str] | None = None,
    sheet: str = "",
) -> Done:
    """The import; `answers` by a word of the question, everything else is left for later."""

    def ask(question: Question) -> str:
        if callable(answers):
            return answers(question)
        return next(
            (said for word, said in (answers or {}).items() if word in question.message), ""
        )

    return bring_in(
        files, into, CONTRACT, intake(), sheet=sheet, ask=None if answers is None else ask
    )


def table(into: Path, title: str) -> Any:
    """A sheet of the workbook that was written, as reports read it."""
    return open_dataset(into, CONTRACT)[title]


def codes(done: Done) -> list[str]:
    """The codes of what was found."""
    return [finding.code for finding in done.imported.findings]
