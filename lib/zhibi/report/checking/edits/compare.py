"""An edited draft and the folder of its run -> what was changed in it, what of that no longer follows from the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from gongwen.facts.row_runs import text_of
from gongwen.facts.value import Derived, Fact
from gongwen.findings import Finding, Level, Location
from gongwen_lint.manuscript import reading
from gongwen_lint.manuscript.manuscript import Manuscript
from zhibi.report import outputs
from zhibi.report.checking.edits.alignment import Pair
from zhibi.report.checking.edits.judgement import Follows, Verdict, judged
from zhibi.report.checking.edits.numbers import tokens
from zhibi.report.checking.edits.original import Original, original
from zhibi.report.checking.edits.passages import Passage, passages
from zhibi.report.checking.edits.revisions import Kind, RevisedNumber, Revision, paired, revisions

_LONGEST = 60
_AROUND = 10  # characters shown on both sides of what differs
_MOST_PLACES = 4
_KINDS: Mapping[Kind, str] = {"改": "改写", "增": "新写", "删": "删去", "移": "移动"}
_FEW_ALIKE = 0.2  # below this share of common passages, it is another document


@dataclass(frozen=True, slots=True)
class JudgedNumber:
    """A number that is not as it was, what is to be said of it, and where its figure still stands as it was."""

    change: RevisedNumber
    verdict: Verdict
    elsewhere: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values: before, after, the figure with its formula and cells, and the verdict."""
        fact = self.change.fact
        return {
            "before": self.change.before,
            "after": self.change.after,
            "figure": _told(fact) if fact is not None else None,
            "follows": self.verdict.follows.value,
            "reason": self.verdict.reason,
            "equal": [each.label for each in self.verdict.equal],
            "elsewhere": list(self.elsewhere),
        }


@dataclass(frozen=True, slots=True)
class JudgedRevision:
    """One change with its numbers judged."""

    change: Revision
    figures: tuple[JudgedNumber, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        change = self.change
        return {
            "kind": change.kind,
            "where": change.where,
            "before": change.before,
            "after": change.after,
            "cell": change.source.cell,
            "text": change.source.section,
            "figures": [each.as_json() for each in self.figures],
        }


@dataclass(frozen=True)
class Comparison:
    """An edited draft held against its run."""

    file: str
    original: Original
    edited: tuple[Passage, ...]
    edits: tuple[JudgedRevision, ...]
    notes: tuple[Finding, ...]
    pairs: tuple[
        Pair, ...
    ] = ()  # passages of the original and of the draft that are the same or a changed one

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be said, in the order of the draft."""
        of_edits = chain.from_iterable(_findings(self.file, edit) for edit in self.edits)
        return (*self.notes, *of_edits)

    @property
    def summary(self) -> str:
        """How much was changed, in one sentence."""
        if not self.edits:
            return "文字和数都与生成时一样。"
        figures = chain.from_iterable(edit.figures for edit in self.edits)
        numbers = [figure for figure in figures if figure.change.after]
        wrong = sum(figure.verdict.follows is Follows.NO for figure in numbers)
        kinds = Counter(edit.change.kind for edit in self.edits)
        counts = "、".join(f"{_KINDS[kind]}{kinds[kind]}处" for kind in _KINDS if kinds[kind])
        return f"{counts}；改动或新写的数{len(numbers)}个，其中与数据不符的{wrong}个。"

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, as `--json` prints them."""
        return {
            "file": self.file,
            "changes": [edit.as_json() for edit in self.edits],
            "findings": [finding.as_json() for finding in self.findings],
        }


def compare(edited: Path, run: Path | None = None) -> Comparison:
    """Hold a draft against the run it came from: the folder given, else the one it lies in.

    Raises UnreadableFile for a file or a run that cannot be read.
    """
    made = original(executed(edited, run))
    manuscript = reading.read(edited)
    now = passages(manuscript)
    pairs = tuple(paired(made.passages, now))
    found = revisions(made, now, pairs)
    places = _places(made)
    edits = tuple(_judged(each, made, places) for each in found)
    return Comparison(
        edited.name, made, now, edits, tuple(_notes(edited.name, manuscript, made, now)), pairs
    )


def executed(edited: Path, run: Path | None) -> Path:
    """The notebook that the draft came from: beside a copy that was kept, that of its own run."""
    if run is not None and run.suffix == ".ipynb":
        return run
    own = edited.with_suffix(".ipynb")
    return own if run is None and own.is_file() else (run or edited.parent) / outputs.NOTEBOOK


def _judged(change: Revision, made: Original, places: Mapping[str, list[str]]) -> JudgedRevision:
    return JudgedRevision(
        change,
        tuple(
            JudgedNumber(
                each, judged(each, made.everything), tuple(_elsewhere(each, change, places))
            )
            for each in change.figures
        ),
    )


def _places(made: Original) -> dict[str, list[str]]:
    """Where each figure is printed, and each that was computed from it, by its id."""
    found: dict[str, list[str]] = {}
    for (passage, part), printed in made.figures.items():
        where = made.passages[passage].places[part]
        for each in printed:
            for fact in each.fact.lineage():
                found.setdefault(fact.id, []).append(where)
    return found


def _elsewhere(
    figure: RevisedNumber, change: Revision, places: Mapping[str, list[str]]
) -> Iterator[str]:
    if figure.fact is None or not figure.after:
        return
    printed_at = dict.fromkeys(places.get(figure.fact.id, ()))
    yield from (where for where in printed_at if where != change.where)


def _told(fact: Fact) -> dict[str, Any]:
    return {
        "label": fact.label,
        "value": None if fact.value is None else str(fact.value),
        "unit": fact.unit,
        "formula": fact.origin.operation if isinstance(fact.origin, Derived) else fact.basis,
        "cells": [
            {"file": each.file, "sheet": each.sheet, "column": each.column, "rows": text_of(each.rows)}
            for each in fact.cells()
        ],
    }  # fmt: skip


def _notes(
    name: str, manuscript: Manuscript, made: Original, now: tuple[Passage, ...]
) -> Iterator[Finding]:
    yield from manuscript.notes
    measured = manuscript.measured
    if measured and measured.settings.tracked:
        message = "稿子里有还没有接受或拒绝的修订，按全部接受以后的样子比较"
        yield _finding("H08", Level.NOTE, name, "", message, "请在 Word 里定下来以后再比一次。")
    pictures = sum(each.pictures for each in measured.paragraphs) if measured else 0
    if pictures:
        message = f"稿子里有{pictures}幅图，图里的数没有比较"
        yield _finding("H08", Level.NOTE, name, "", message, "图改过的，请人工核对。")
    keys = {each.key for each in made.passages}
    if now and sum(each.key in keys for each in now) < _FEW_ALIKE * len(now):
        message = "与这次运行的报告几乎没有相同的段落，可能不是这份报告的稿子"
        hint = "请核对文件，或用 --run 指明生成它的文件夹。"
        yield _finding("H09", Level.WARNING, name, "", message, hint)


def _findings(name: str, edit: JudgedRevision) -> Iterator[Finding]:
    change = edit.change
    for each in edit.figures:
        yield from _of_figure(name, change, each)
    if change.kind != "改" or _wordless(change.before) != _wordless(change.after):
        message, hint = _worded(change)
        yield _finding("H05", Level.NOTE, name, change.where, message, hint)


def _wordless(text: str) -> list[str]:
    """What a sentence says apart from its numbers."""
    return [each.text for each in tokens(text) if not each.number]


def _worded(change: Revision) -> tuple[str, str]:
    origin = ""
    if change.source.section:
        origin = f"这段是“{change.source.section}”里由人写的话；加 --keep 收回，下次生成时照印。"
    elif change.source.cell and change.kind != "移":
        origin = f"这句是笔记本第{change.source.cell}个单元格印的；要长期这样写，请改笔记本。"
    before, after = _differing(change.before, change.after)
    match change.kind:
        case "改":
            return f"“{before}”改成了“{after}”", origin
        case "删":
            return f"删去了“{before}”", origin
        case "增":
            return f"新写了“{after}”", origin
        case _:
            return f"“{after}”移到了这里", ""


def _of_figure(name: str, change: Revision, judged_: JudgedNumber) -> Iterator[Finding]:
    figure, verdict = judged_.change, judged_.verdict
    if not figure.after:
        if figure.fact is not None and change.kind == "改":
            message = f"删去了“{figure.before}”（{figure.fact.label}）"
            yield _finding("H04", Level.NOTE, name, change.where, message, "")
        return
    was = f"“{figure.before}”改成了“{figure.after}”" if figure.before else f"新写了“{figure.after}”"
    message = f"{was}：{verdict.reason}"
    if figure.quantity is None and figure.fact is None:
        message = f"{was}（年份、日期、编号一类，没有可以对照的数）"
        yield _finding("H07", Level.NOTE, name, change.where, message, "请核对。")
        return
    match verdict.follows:
        case Follows.YES:
            yield _finding("H03", Level.NOTE, name, change.where, message, "")
        case Follows.NO if figure.fact is not None:
            hint = "请改回来；数据确实变了的，先改工作簿再重新生成。"
            yield _finding("H01", Level.ERROR, name, change.where, message, hint)
        case _:
            hint = "请核对这个数从哪里来；常用的数填进工作簿的“补充数据”。"
            yield _finding("H02", Level.WARNING, name, change.where, message, hint)
    if judged_.elsewhere and verdict.follows is not Follows.YES:
        listed = "、".join(judged_.elsewhere[:_MOST_PLACES])
        more = f"等{len(judged_.elsewhere)}处" if len(judged_.elsewhere) > _MOST_PLACES else ""
        message = f"“{figure.before}”改了，与它有关的数还照旧印在原稿{listed}{more}"
        yield _finding("H06", Level.WARNING, name, change.where, message, "请一并核对。")


def _finding(code: str, level: Level, file: str, spot: str, message: str, hint: str) -> Finding:
    return Finding(code, level, Location(file=file, spot=spot), message, hint)


def _differing(before: str, after: str) -> tuple[str, str]:
    """Both texts, cut to what differs and a few words around it."""
    lead = _shared(before, after)
    tail = _shared(before[lead:][::-1], after[lead:][::-1])
    return _cut(before, lead, tail), _cut(after, lead, tail)


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(text: str, lead: int, tail: int) -> str:
    start = max(0, lead - _AROUND)
    end = min(len(text), len(text) - tail + _AROUND)
    if end - start > _LONGEST:
        return f"{'…' if start else ''}{text[start : start + _LONGEST]}…"
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
