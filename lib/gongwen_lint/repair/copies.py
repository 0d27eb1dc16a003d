"""Checked files -> copies with comments or with repairs, beside or wherever asked.

The original is never touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongwen import atomic_files
from gongwen.errors import OutputBlocked
from gongwen.reader.edit.tracked_changes import Edit, repair
from gongwen_lint.check import Outcome
from gongwen_lint.manuscript.reading import content, from_bytes, suffixes
from gongwen_lint.manuscript.reading.plain import encoded
from gongwen_lint.repair.comments import commented
from gongwen_lint.repair.repairs import GUARDED, SAFE, Repair, repairs, source_repaired
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Fix, Rule

_CLASSES: dict[str, frozenset[Fix]] = {"safe": SAFE, "guarded": GUARDED}
_MOST_READINGS = 6
_MENDED = "改正"  # 总结.docx -> 总结.改正.docx, where no name is given


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which copies are asked for.

    A path is a file, or a folder where several files were checked.
    """

    review: Path | None = None
    fix: Path | None = None
    fixes: frozenset[Fix] | None = None  # None: no repairs
    accept: bool = False


def wanted(review: Path | None, fix: Sequence[str], *, accept: bool) -> Wanted:
    """What `--review` and `--fix` say: each --fix is a class (safe, guarded) or where to write."""
    named = [Path(each) for each in fix if each not in _CLASSES]
    classes = [_CLASSES[each] for each in fix if each in _CLASSES]
    fixes = frozenset[Fix]().union(*classes) if classes else SAFE
    return Wanted(review, named[-1] if named else None, fixes if fix else None, accept)


def write(
    outcomes: Sequence[Outcome], rules: Iterable[Rule], against: CheckContext, wanted: Wanted
) -> Iterator[str]:
    """Write every copy asked for; yields a line to say about each."""
    usable = tuple(rules)
    top = (
        Path(os.path.commonpath([outcome.path.resolve().parent for outcome in outcomes]))
        if outcomes
        else Path()
    )
    for outcome in outcomes:
        if outcome.trouble:
            continue
        inside = outcome.path.resolve().relative_to(top) if len(outcomes) > 1 else None
        if wanted.review is not None:
            yield _commented(outcome, wanted.review, inside)
        if wanted.fixes is not None:
            broken = {bug.code for bug in outcome.bugs}
            sound = tuple(rule for rule in usable if rule.code not in broken)
            yield _mended(outcome, sound, against, wanted, inside)


def _commented(outcome: Outcome, target: Path, inside: Path | None) -> str:
    if outcome.path.suffix.lower() != ".docx":
        return f"{outcome.path.name}：只有 Word 文件能加批注。"
    copy = commented(content(outcome.path), outcome.found, outcome.path.name)
    saved = _save(outcome.path, _place(outcome.path, target, inside), copy)
    return f"已写出带批注的副本：{saved}（{len(outcome.found)}条批注）"


def _mended(
    outcome: Outcome,
    rules: tuple[Rule, ...],
    against: CheckContext,
    wanted: Wanted,
    inside: Path | None,
) -> str:
    """The repaired copy of one file; what cannot be put back is said."""
    original = content(outcome.path)
    manuscript = from_bytes(original, outcome.path.name)
    if manuscript.kind == "ipynb":
        return f"{outcome.path.name}：笔记本不自动改正，请在 JupyterLab 中修改。"
    assert wanted.fixes is not None
    left = 0
    if manuscript.kind == "docx":
        mended = word_repaired(
            original, outcome.path.name, rules, against, wanted.fixes, accept=wanted.accept
        )
        repaired, count, left = mended.content, mended.count, mended.left
    else:
        repaired, count = text_repaired(original, outcome.path.name, rules, against, wanted.fixes)
    if not count:
        return f"{outcome.path.name}：没有可以自动改正的地方。"
    target = wanted.fix or outcome.path.with_name(
        f"{outcome.path.stem}.{_MENDED}{outcome.path.suffix}"
    )
    saved = _save(
        outcome.path, _place(outcome.path, target, inside if wanted.fix else None), repaired
    )
    how = "以修订方式" if manuscript.kind == "docx" and not wanted.accept else ""
    rest = f"，{left}处夹在域或特殊格式里，没有改" if left else ""
    return f"已写出改正的副本：{saved}（{how}改正{count - left}处{rest}）"


def text_repaired(
    original: bytes,
    name: str,
    rules: tuple[Rule, ...],
    against: CheckContext,
    allowed: frozenset[Fix],
) -> tuple[bytes, int]:
    """A text or Markdown file repaired, and in how many places.

    It is read anew after each round: a line that a repair made a date or a heading is then taken as
    one, so that repairing the copy changes nothing more.
    """
    repaired, count = original, 0
    for _ in range(_MOST_READINGS):
        manuscript = from_bytes(repaired, name)
        made = repairs(manuscript, rules, against, allowed)
        edits = sum(len(each.edits) for each in made)
        if not edits:
            break
        count += edits
        repaired = encoded(source_repaired(manuscript, made), original)
    return repaired, count


@dataclass(frozen=True, slots=True)
class WordRepair:
    """A Word file repaired: in how many places, and how many could not be reached."""

    content: bytes
    count: int
    left: int


def word_repaired(  # what a repair of a Word file depends on
    original: bytes,
    name: str,
    rules: tuple[Rule, ...],
    against: CheckContext,
    allowed: frozenset[Fix],
    *,
    accept: bool,
) -> WordRepair:
    """A Word file repaired, by tracked changes or accepted; read anew after each round, as a text is."""
    repaired, count, left = original, 0, 0
    for _ in range(_MOST_READINGS):
        edits = list(_edits(repairs(from_bytes(repaired, name), rules, against, allowed)))
        if not edits:
            break
        done = repair(repaired, edits, name, accepted=accept)
        left = len(done.left)
        count += len(edits) - left
        if left == len(edits):
            break
        repaired = done.content
    return WordRepair(repaired, count + left, left)


def _edits(made: Iterable[Repair]) -> Iterator[Edit]:
    for each in made:
        yield from (Edit(each.para, edit.start, edit.end, edit.new) for edit in each.edits)


def _place(source: Path, target: Path, inside: Path | None) -> Path:
    """The file to write: the target.

    In a folder the source's name, where several were checked with its folders.
    """
    if inside is not None:
        if target.suffix.lower() in suffixes():
            raise OutputBlocked(
                target, "检查了几个文件，副本要写进文件夹", "请写一个文件夹的名称。"
            )
        return target / inside
    return target / source.name if target.is_dir() or not target.suffix else target


def _save(source: Path, target: Path, data: bytes) -> Path:
    """Write a copy whole; never over the file that was checked."""
    if target.resolve() == source.resolve():
        raise OutputBlocked(target, "这就是被检查的文件，不能覆盖", "请换一个文件名。")
    if target.suffix.lower() != source.suffix.lower():
        raise OutputBlocked(
            target, f"副本应与原文件是同一种文件（{source.suffix}）", "请换一个文件名。"
        )
    return atomic_files.save(target.parent, {target.name: data})[0]
