"""Files, a workbook to import into and somebody to ask -> the workbook written whole, or all that stands against it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen.errors import OutputBlocked, UnknownName
from gongwen.findings import Finding, Level, errors_in
from zhibi.data.contract import Contract
from zhibi.data.importing import questions as asking
from zhibi.data.importing.assembly import Imported, Importer, assemble, prepare, recognise
from zhibi.data.importing.existing import with_existing
from zhibi.data.importing.intake import Intake
from zhibi.data.importing.questions import Answers, Question
from zhibi.data.read import examine_books, refuse_private_name
from zhibi.data.sources.container import LOCK
from zhibi.data.sources.grid import Book
from zhibi.data.writing.imported import as_read, laid_out, write

OWN_WORDS = "别名.tsv"
Ask = Callable[[Question], str]
_FEW_FILES = 2
_FINE, _FINDINGS, _WRONG_INPUT = 0, 1, 2


@dataclass(frozen=True)
class Done:
    """What an import came to: the workbook (None: nothing was written), the file of answers, and everything found."""

    workbook: Path | None
    answers: Path | None
    imported: Imported
    checked: tuple[Finding, ...] = ()  # what the check of the written workbook says
    earlier: Path | None = None  # the workbook as it was before

    @property
    def exit_code(self) -> int:
        """0 fine, 1 the data have errors, 2 nothing was written."""
        if self.workbook is None:
            return _WRONG_INPUT
        return _FINDINGS if errors_in(self.checked) else _FINE

    def lines(self) -> Sequence[str]:
        """What a person is told."""
        told = list(_gathered(self.imported.findings))
        told += [
            f"[要问] {question.message}{_choices(question)}" for question in self.imported.questions
        ]
        if self.workbook is None:
            told.append(_why_not(self))
            return told
        counts = [
            f"{title}{len(rows)}行" for title, rows in self.imported.rows.items() if len(rows)
        ]
        told.append(f"已导入：{'，'.join(counts)}。写出：{self.workbook}")
        if self.earlier:
            told.append(f"导入前的工作簿留了一份：{self.earlier.name}")
        if self.answers:
            offered = len(self.imported.unread)
            more = f"，里面还有{offered}处没有读取的，可以看一看" if offered else ""
            told.append(f"问过的记在：{self.answers.name}{more}。")
        errors = errors_in(self.checked)
        if errors:
            told += [str(finding) for finding in errors]
            told.append(
                f"数据里有{len(errors)}处错误，改正以前不能生成报告；可以在原表里改好再导入。"
            )
        return told

    def as_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return {
            "ok": self.exit_code == _FINE,
            "file": str(self.workbook) if self.workbook else None,
            "answers": str(self.answers) if self.answers else None,
            "rows": {title: len(rows) for title, rows in self.imported.rows.items() if len(rows)},
            "questions": [
                {"key": one.key, "message": one.message, "options": list(one.options)}
                for one in self.imported.questions
            ],
            "findings": [one.as_json() for one in (*self.imported.findings, *self.checked)],
        }


def _gathered(findings: Sequence[Finding]) -> Iterable[str]:
    """Findings as lines; the same said of many files is one line."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.code, finding.place.column, finding.message), []).append(finding)
    for same in alike.values():
        first, files = same[0], {finding.place.file for finding in same}
        if len(files) > _FEW_FILES:
            place = replace(
                first.place, sheet="", cell="", file=f"{len(files)}个文件（{first.place.file}等）"
            )
            yield str(replace(first, place=place))
        else:
            yield from map(str, same)


def _choices(question: Question) -> str:
    return f" 可选：{'、'.join(question.options)}" if question.options else ""


def _why_not(done: Done) -> str:
    errors = len(errors_in(done.imported.findings))
    asked = len(done.imported.questions)
    parts = [f"{errors}处错误要改"] if errors else []
    parts += (
        [f"{asked}个问题要答，请在 {done.answers.name} 里填好“答”" if done.answers else ""]
        if asked
        else []
    )
    return f"没有写出工作簿：有{'，'.join(parts)}，然后重新运行这条命令。"


def own_words(root: Path) -> list[tuple[str, str]]:
    """The word list of a workspace's own, by its name; none where it has no such file."""
    file = root / OWN_WORDS
    return [(OWN_WORDS, file.read_text("utf-8-sig"))] if file.is_file() else []


def bring_in(
    files: Sequence[Path],
    into: Path,
    contract: Contract,
    intake: Intake,
    own_words: Sequence[tuple[str, str]] = (),
    sheet: str = "",
    ask: Ask | None = None,
) -> Done:
    """Import the files.

    Raises UnknownName, UnreadableFile and OutputBlocked where it cannot begin.
    """
    titles = [one.title for one in contract.sheets]
    if sheet and sheet not in titles:
        raise UnknownName("表", sheet, titles)
    if into.suffix.lower() != ".xlsx":
        raise OutputBlocked(into, "不是 .xlsx 文件", "请把 --into 写成 ….xlsx。")
    if into.with_name(f"{LOCK}{into.name}").exists():
        hint = f"请保存并关闭后重新导入；若没有打开，请删去“{LOCK}{into.name}”。"
        raise OutputBlocked(into, "正在 Excel 里打开，写进去的会被它盖掉", hint)
    sources = [path for path in files if path.resolve() != into.resolve()]
    with _collector_at_rest():
        return _brought_in(sources, into, contract, intake, own_words, sheet, ask)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Millions of cells and none in a ring: looking for rubbish among them takes a seventh of the time."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()


def _brought_in(
    sources: Sequence[Path],
    into: Path,
    contract: Contract,
    intake: Intake,
    own_words: Sequence[tuple[str, str]],
    sheet: str,
    ask: Ask | None,
) -> Done:
    importer = prepare(sources, contract, intake, own_words, sheet)
    importer = with_existing(importer, into)
    beside = asking.beside(into)
    answers = asking.load(beside)
    imported, answers = _settled(importer, answers, ask)
    del importer  # the cells of all files are not needed any more
    questions = asking.text(answers, (*imported.questions, *imported.unread))
    has_answers = bool(answers.questions or imported.questions or imported.unread)
    if errors_in(answers.findings):
        return Done(None, beside, imported)
    if not imported.ready:
        if imported.questions:
            atomic_files.save(into.resolve().parent, {beside.name: questions.encode()})
        return Done(None, beside if imported.questions else None, imported)
    pages = laid_out(contract, imported)
    content = write(pages)
    checked = _checked(as_read(pages, into.name, content), contract)
    parts = {into.name: content} | ({beside.name: questions.encode()} if has_answers else {})
    earlier = into.with_name(f"{into.stem}-导入前.xlsx") if into.is_file() else None
    if earlier:
        parts = {earlier.name: into.read_bytes(), **parts}
    atomic_files.save(into.resolve().parent, parts)
    return Done(into, beside if has_answers else None, imported, checked, earlier)


def _settled(importer: Importer, answers: Answers, ask: Ask | None) -> tuple[Imported, Answers]:
    """Ask of sheets and columns, then of what stands in them, until nothing new is asked or nobody answers."""
    passed: set[str] = set()
    while waiting := _new(recognise(importer, answers).asked, passed, ask):
        answers = _answered(waiting, answers, passed, ask)
    while True:
        imported = assemble(importer, answers)
        waiting = _new(imported.questions, passed, ask)
        if not waiting:
            return imported, answers
        answers = _answered(waiting, answers, passed, ask)


def _new(questions: Iterable[Question], passed: set[str], ask: Ask | None) -> Sequence[Question]:
    """The questions nobody has been asked, each once; none where nobody is there."""
    new = {one.key: one for one in questions if one.key not in passed}
    return tuple(new.values()) if ask else ()


def _answered(
    questions: Iterable[Question], answers: Answers, passed: set[str], ask: Ask | None
) -> Answers:
    for question in questions:
        answer = ask(question) if ask else ""
        passed.add(question.key)
        if answer:
            answers = answers.with_answer(question, answer)
    return answers


def _checked(book: Book, contract: Contract) -> tuple[Finding, ...]:
    """What the check of the workbook will say, before it is in place."""
    refuse_private_name(book.name)
    findings = examine_books((book,), contract).findings
    return tuple(one for one in findings if one.level is not Level.NOTE)
