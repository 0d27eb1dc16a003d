"""A roster or ledger as people keep it -> a workbook of the contract, as `zhibi data import` makes it; what it asks, asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen.errors import UnreadableFile
from zhibi import domain
from zhibi.data.importing.import_files import Done, bring_in, own_words
from zhibi.data.importing.questions import Question
from zhibi.doors.web.desk.place import inside, relative
from zhibi.doors.web.work.listing import FOLDER
from zhibi.workspace import workspace


def imported(
    root: Path, file: str, into: str, sheet: str, answers: Mapping[str, str], *, progress: Any
) -> dict[str, Any]:
    """The workbook imported into, or the questions that are still open."""
    path = inside(root, file)
    own = domain_of(root)
    if own.intake is None:
        raise UnreadableFile(path.name, "这个领域没有规定怎样导入", "请照空白工作簿填报。")
    name = atomic_files.safe_name(into.strip().removesuffix(".xlsx") or f"{path.stem}-导入")
    target = root / FOLDER / f"{name}.xlsx"

    def answer(question: Question) -> str:
        answer_given = answers.get(question.key, "")
        return answer_given if question.accepts(answer_given) else ""

    done = bring_in([path], target, own.contract, own.intake(), own_words(root), sheet, answer)
    return {
        "file": file,
        "into": name,
        "sheet": sheet,
        "answers": dict(answers),
        "workbook": relative(root, done.workbook) if done.workbook else "",
        "lines": [line for line in done.lines() if not line.startswith("[要问]")],
        "questions": [_asked(question) for question in _open(done)],
    }


def sheets(root: Path, *, progress: Any) -> dict[str, Any]:
    """The sheets that a file may be imported as."""
    return {"sheets": [sheet.title for sheet in domain_of(root).contract.sheets]}


def domain_of(root: Path) -> domain.Domain:
    """The domain that the workspace names, else the one installed."""
    here = workspace.find(root)
    return domain.find(domain.name_of(here), here.root if here else None)


def _open(done: Done) -> tuple[Question, ...]:
    return () if done.workbook else tuple(done.imported.questions)


def _asked(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "message": question.message,
        "options": list(question.options),
        "needed": question.needed,
    }
