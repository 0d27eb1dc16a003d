"""A workbook with faults -> what has one answer, offered kind by kind, and a copy in which the chosen ones are put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def offered(root: Path, file: str, *, progress: Any) -> dict[str, Any]:
    """Every kind of repair with a number to choose it by; none for what is no workbook."""
    path = inside(root, file)
    if is_several(path) or path.is_dir():
        return {"file": file, "repairs": []}
    changes = corrected(path, domain_of(root).contract).changes
    kinds = enumerate(listed(changes))
    return {"file": file, "repairs": [_offer(number, each) for number, each in kinds]}


def mend(
    root: Path, file: str, chosen: Sequence[int], *, everything: bool, progress: Any
) -> dict[str, Any]:
    """The copy, as `zhibi data fix` writes it if everything is chosen.

    The file itself stays as it is.
    """
    path = inside(root, file)
    result = corrected(path, domain_of(root).contract)
    kinds = listed(result.changes)
    wanted = (
        kinds if everything else [kinds[number] for number in chosen if 0 <= number < len(kinds)]
    )
    if not wanted:
        raise UnreadableFile(path.name, "没有选中要改的地方", "请先勾选，或者点“全部改好”。")
    content = result.content if everything else _partly(path, result, wanted)
    target = _free(root / FOLDER, path)
    saved = atomic_files.save(target.parent, {target.name: content})
    return {
        "path": relative(root, saved[0]),
        "name": target.name,
        "count": sum(len(each.cells) for each in wanted),
    }


def _partly(path: Path, result: Corrected, wanted: Iterable[EqualChanges]) -> bytes:
    keys = {_key(each) for each in wanted}
    return with_changes(
        open_package(path).data, [change for change in result.changes if _key_of(change) in keys]
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
        "before": "（已隐去）" if hidden else kind.before or "（空白）",
        "after": kind.after or "（空白）",
        "rule": kind.rule,
    }
