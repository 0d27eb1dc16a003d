"""Paths of files -> one outcome a file: what was found in it, or why it cannot be read.

One file's trouble is its own.

A bug of ours is as much its own: of a rule, it costs this rule in this file; of the reading, this
file.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from gongwen.chinese.personal_data import without_numbers
from gongwen.errors import ReportError, UnreadableFile
from gongwen.findings import Finding, Level, Location
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.manuscript.reading import read, suffixes
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.runner import Diagnostic, examine, in_order

_LETTERS, _FEW_LETTERS = 200, 20  # of a text that tells its language; of one without any Chinese
_CHUNK = 4  # files a worker takes at once: what they are held against travels once a chunk


@dataclass(frozen=True, slots=True)
class Bug:
    """What went wrong inside: in which rule (none: in the reading), and what a maintainer wants to see of it."""

    code: str
    trace: str

    @property
    def message(self) -> str:
        """The same for the user, who can do nothing about it but pass it on."""
        what = f"规则{self.code}没能查完这个文件，别的规则照常" if self.code else "这个文件没能读懂"
        return f"{what}；这是程序的毛病，不是您的问题（{self.trace.strip().splitlines()[-1][:80]}）"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file checked; `trouble` says why it could not be."""

    path: Path
    found: tuple[Diagnostic, ...] = ()
    notes: tuple[Finding, ...] = ()
    trouble: str = ""
    bugs: tuple[Bug, ...] = ()

    @property
    def name(self) -> str:
        """The file as it is told of: a personal number in its name or folder is not repeated."""
        return without_numbers(self.path.as_posix())

    def count(self, level: Level) -> int:
        """How many findings of a level."""
        return sum(each.level is level for each in self.found)


def files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files named, and in folders all that can be read, in order.

    Hidden ones and Word's lock files left out.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            readable = suffixes()
            inside = sorted(
                each
                for each in path.rglob("*")
                if each.suffix.lower() in readable and each.is_file()
            )
            found.update((each, None) for each in inside if not _hidden(each.relative_to(path)))
        elif path.exists():
            found[path] = None
        else:
            raise UnreadableFile(path, "没有这个文件或文件夹", "请检查路径。")
    if not found:
        raise UnreadableFile(
            "、".join(map(str, paths)),
            "里面没有可以检查的文件",
            f"可以检查的有：{'、'.join(readable)}。",
        )
    return tuple(found)


def check(path: Path, codes: Sequence[str], against: CheckContext) -> Outcome:
    """One file, held against what is given; trouble with the file is an outcome."""
    try:
        manuscript = read(path)
    except ReportError as trouble:
        return Outcome(path, trouble=without_numbers(str(trouble)))
    except Exception:  # noqa: BLE001  # a bug met in one file must not cost the others
        bug = Bug("", without_numbers(traceback.format_exc()))
        return Outcome(path, trouble=f"{bug.message}。", bugs=(bug,))
    if _foreign(manuscript):
        remark = Finding("X10", Level.NOTE, Location(file=path.name), "没有中文，公文的规则不适用")
        return Outcome(path, notes=_discreet((*manuscript.notes, remark)))
    found, bugs = look(manuscript, codes, against)
    notes = tuple(Finding("X09", Level.ERROR, Location(), bug.message) for bug in bugs)
    return Outcome(path, found, _discreet((*manuscript.notes, *notes)), bugs=bugs)


def _discreet(notes: Iterable[Finding]) -> tuple[Finding, ...]:
    """The notes without a personal number in the names of files."""
    return tuple(
        replace(note, place=replace(note.place, file=without_numbers(note.place.file)))
        for note in notes
    )


def _foreign(manuscript: Manuscript) -> bool:
    """True for a text in another language: many letters and hardly a Chinese character."""
    text = "".join(para.text for para in manuscript.paras)
    letters = sum(sign.isascii() and sign.isalpha() for sign in text)
    hanzi = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
    least = _LETTERS if hanzi else _FEW_LETTERS
    return letters >= least and hanzi * 50 < letters


def look(
    manuscript: Manuscript, codes: Sequence[str], against: CheckContext
) -> tuple[tuple[Diagnostic, ...], tuple[Bug, ...]]:
    """What the rules of these codes find, and those of them that broke down."""
    found: list[Diagnostic] = []
    bugs: list[Bug] = []
    for code in codes:
        try:
            found += examine(manuscript, (registry.BY_CODE[code],), against)
        except Exception:  # noqa: BLE001  # as above: the other rules go on
            bugs.append(Bug(code, without_numbers(traceback.format_exc())))
    return in_order(found), tuple(bugs)


def check_all(
    paths: Sequence[Path],
    codes: Sequence[str],
    against: CheckContext,
    executor: Executor | None = None,
    told: Callable[[], None] = lambda: None,
) -> Iterator[Outcome]:
    """All files in the order given; `told` is called after each."""
    one = partial(check, codes=tuple(codes), against=against)
    outcomes = map(one, paths) if executor is None else executor.map(one, paths, chunksize=_CHUNK)
    for outcome in outcomes:
        told()
        yield outcome


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def entries(outcome: Outcome) -> list[dict[str, object]]:
    """One file as JSON objects: its findings, or why it cannot be read."""
    file = outcome.name
    if outcome.trouble:
        trouble = {
            "code": "X08",
            "level": str(Level.ERROR),
            "where": "",
            "text": "",
            "message": outcome.trouble,
            "fix": None,
        }
        return [{"file": file, **trouble}]
    notes = [
        {
            "code": note.code,
            "level": str(note.level),
            "where": str(note.place),
            "text": "",
            "message": note.message,
            "fix": None,
        }
        for note in outcome.notes
    ]
    findings = [diagnostic.as_json() for diagnostic in outcome.found]
    return [{"file": file, **each} for each in (*notes, *findings)]
