"""Names and bytes -> files that take their places one after another, so that whoever comes next can finish it.

A staging folder inside the target holds the new files, the old ones and a list. As long as the list is called
`.whole` the set goes forward; called `.back`, it goes back. Either can be done again from any point.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from gongwen.atomic_files import staging
from gongwen.atomic_files.blocked import blocked, discard, put
from gongwen.atomic_files.staging import BACK, OLD, WHOLE


def save(target: Path, files: Mapping[str, bytes], gone: Collection[str]) -> None:
    """Put the files in place, take away those that are `gone`.

    On trouble bring the old ones back.
    """
    with staging.inside(target) as staged:
        for name, content in files.items():
            _write(staged / name, content)
        for name in (*files, *gone):
            if (target / name).is_file():
                _keep(target / name, staged / f"{name}{OLD}")
        _write(
            staged / f"{WHOLE}.new", json.dumps({"files": list(files), "gone": list(gone)}).encode()
        )
        (staged / f"{WHOLE}.new").replace(staged / WHOLE)
        try:
            go_forward(staged, target)
        except BaseException:
            with contextlib.suppress(OSError):  # else the next sweep does it
                (staged / WHOLE).replace(staged / BACK)
                go_back(staged, target)
            raise


def settle(staged: Path, target: Path) -> None:
    """Finish what was begun, in the direction it was going, unless somebody has saved there since.

    Raises OSError.
    """
    if (staged / BACK).exists():
        go_back(staged, target)
    elif (staged / WHOLE).exists():
        if _superseded(staged, target):
            discard(staged / WHOLE)
        else:
            go_forward(staged, target)


def go_forward(staged: Path, target: Path) -> None:
    """Every new file that is still here to its place."""
    names = _listed(staged / WHOLE)
    for name in names["files"]:
        if (staged / name).exists():
            with blocked(target / name):
                put(staged / name, target / name)
    for name in names["gone"]:
        (target / name).unlink(missing_ok=True)
    (staged / WHOLE).unlink()


def go_back(staged: Path, target: Path) -> None:
    """Every old file to its place again; a new one that had none before it is taken away."""
    names = _listed(staged / BACK)
    for name in (*names["files"], *names["gone"]):
        old = staged / f"{name}{OLD}"
        if old.exists():
            old.replace(target / name)
        elif not (staged / name).exists() and name in names["files"]:
            (target / name).unlink(missing_ok=True)
    (staged / BACK).unlink()


def _listed(path: Path) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {"files": [], "gone": []}
    with contextlib.suppress(ValueError, TypeError):  # a list of an earlier version is empty
        names.update(json.loads(path.read_bytes()))
    return names


def _superseded(staged: Path, target: Path) -> bool:
    """Whether a file that was to be replaced is newer than what was to replace it."""
    names = [name for name in _listed(staged / WHOLE)["files"] if (staged / name).exists()]
    return any(_newer(target / name, staged / name) for name in names)


def _newer(path: Path, than: Path) -> bool:
    return path.exists() and path.stat().st_mtime_ns > than.stat().st_mtime_ns


def _keep(path: Path, copy: Path) -> None:
    try:
        os.link(path, copy)
    except OSError:  # a disk without links
        shutil.copy2(path, copy)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
