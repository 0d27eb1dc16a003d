"""A workbook with faults -> what has one answer, offered kind by kind, and a copy in which the chosen ones are put right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen.chinese.personal_data import gives_away
from gongwen.errors import UnreadableFile
from zhibi.data.checking.answers import Change
from zhibi.data.read import is_several
from zhibi.data.sources.container import open_package
from zhibi.data.writing.corrections.corrected import (
    Corrected,
    EqualChanges,
    corrected,
    listed,
    runs_of_cells,
    with_changes,
)
from zhibi.doors.web.desk.place import inside, relative
from zhibi.doors.web.desk.workbooks.intake import domain_of
from zhibi.doors.web.work.listing import FOLDER

MENDED = "改好"
MOST_CELLS = 12  # named of one kind
MOST_CHOICES = 200  # cells of one kind that can be chosen singly


def offered(root: Path, file: str, *, progress: Any) -> dict[str, Any]:
    """Every kind of repair with a number to choose it by; none for what is no workbook."""
    path = inside(root, file)
    if is_several(path) or path.is_dir():
        return {"file": file, "repairs": []}
    changes = corrected(path, domain_of(root).contract).changes
    kinds = enumerate(listed(changes))
    return {"file": file, "repairs": [_offer(number, each) for number, each in kinds]}


def mend(
    root: Path,
    file: str,
    chosen: Sequence[int],
    cells: Sequence[str] = (),
    *,
    everything: bool,
    progress: Any,
) -> dict[str, Any]:
    """The copy, as `zhibi data fix` writes it if everything is chosen.

    `chosen`: numbers of whole kinds; `cells`: single cells as `number!cell`. The file itself stays as
    it is.
    """
    path = inside(root, file)
    result = corrected(path, domain_of(root).contract)
    changes = result.changes if everything else _chosen(result, chosen, cells)
    if not changes:
        raise UnreadableFile(path.name, "没有选中要改的地方", "请先勾选，或者点“全部改好”。")
    content = result.content if everything else with_changes(open_package(path).data, changes)
    target = _free(root / FOLDER, path)
    saved = atomic_files.save(target.parent, {target.name: content})
    return {
        "path": relative(root, saved[0]),
        "name": target.name,
        "count": len(changes),
    }


def _chosen(result: Corrected, kinds: Sequence[int], cells: Sequence[str]) -> tuple[Change, ...]:
    """The changes of whole kinds, and those of single cells of other kinds."""
    numbers = {_key(kind): number for number, kind in enumerate(listed(result.changes))}
    whole, single = set(kinds), set(cells)
    numbered = ((numbers[_key_of(change)], change) for change in result.changes)
    return tuple(
        change
        for number, change in numbered
        if number in whole or f"{number}!{change.cell}" in single
    )


def _key(kind: EqualChanges) -> tuple[str, ...]:
    return kind.sheet, kind.column, kind.before, kind.after, kind.rule


def _key_of(change: Change) -> tuple[str, ...]:
    return change.sheet, change.column, change.before, str(change.answer), change.answer.rule


def _free(folder: Path, path: Path) -> Path:
    """A name that no file has yet."""
    stem, number = f"{path.stem}-{MENDED}", 1
    target = folder / f"{stem}{path.suffix}"
    while target.exists():
        number += 1
        target = folder / f"{stem}（{number}）{path.suffix}"
    return target


def _offer(number: int, kind: EqualChanges) -> dict[str, Any]:
    cells = runs_of_cells(kind.cells)
    hidden = bool(gives_away(kind.before))
    return {
        "number": number,
        "sheet": kind.sheet,
        "column": kind.column,
        "cells": "、".join(cells[:MOST_CELLS]) + ("……" if len(cells) > MOST_CELLS else ""),
        "count": len(kind.cells),
        "choices": kind.cells[:MOST_CHOICES] if len(kind.cells) > 1 else (),
        "before": "（已隐去）" if hidden else kind.before or "（空白）",
        "after": kind.after or "（空白）",
        "rule": kind.rule,
    }
