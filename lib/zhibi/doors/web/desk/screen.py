"""Pages to be looked at in the browser only -> files that lie there until the next ones of the same origin."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen.writer.write import Lot
from zhibi.workspace.workspace import Workspace

NAME = "预览"


def save(root: Path, origin: Path, lots: Sequence[Lot], *, whole: bool = True) -> dict[str, Any]:
    """Keep them; `origin` is the folder or file that they show. What a page is told of them.

    Each file by its path, what its content is known by (the same is not drawn again), and how many
    pages it has. Not `whole`: more will follow.
    """
    mark = hashlib.sha256(str(origin).encode()).hexdigest()[:16]
    folder = Workspace(root).scratch / "web"
    names = [f"{mark}-{NAME}{number}.docx" for number in range(1, len(lots) + 1)]
    atomic_files.save(folder, {name: lot.content for name, lot in zip(names, lots, strict=True)})
    if whole:
        _remove_others(folder, mark, names)
    told = [
        {
            "path": (folder / name).relative_to(root).as_posix(),
            "version": hashlib.sha256(lot.content).hexdigest()[:16],
            "pages": lot.pages,
        }
        for name, lot in zip(names, lots, strict=True)
    ]
    return {"pages": {"lots": told, "whole": whole}}


def _remove_others(folder: Path, mark: str, names: Sequence[str]) -> None:
    """Those of a report that was longer."""
    for path in folder.glob(f"{mark}-{NAME}*.docx"):
        if path.name not in names:
            path.unlink(missing_ok=True)
