"""A process -> the slice it is held to, if it runs the report of one organisation; nothing else may be opened then.

That keeps a notebook from printing by mistake what is not its own; it is no wall against code that reads files by
other ways.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from gongwen.errors import NotYours

FOLDER, PASS = ".slice", "pass.json"
VARIABLE = "ZHIBI_SLICE"


@dataclass(frozen=True, slots=True)
class AccessScope:
    """A slice in a run's folder: whose it is, and what the notebook calls the source it was cut from."""

    folder: Path
    code: str
    stands_for: str


def write_pass(folder: Path, code: str, stands_for: str) -> Path:
    """Make a run's folder one that holds to a slice; gives the folder the slice belongs in."""
    inside = folder / FOLDER
    inside.mkdir(parents=True, exist_ok=True)
    (inside / PASS).write_text(
        json.dumps({"code": code, "stands_for": stands_for}), encoding="utf-8"
    )
    return inside


def environment(folder: Path) -> dict[str, str]:
    """What a process that runs in this folder must have in its environment to be held from its first moment."""
    inside = folder / FOLDER
    return {VARIABLE: str(inside.resolve())} if (inside / PASS).is_file() else {}


def held() -> AccessScope | None:
    """The slice this process is held to, once found for good; None for a process that may read what it likes."""
    if VARIABLE not in os.environ:
        os.environ.update(environment(Path.cwd()))
    found = os.environ.get(VARIABLE)
    if not found:
        return None
    written = json.loads((Path(found) / PASS).read_text("utf-8"))
    return AccessScope(Path(found), written["code"], written["stands_for"])


def refuse_from_within(asked: str) -> None:
    """Nothing, unless this process is held to a slice; then NotYours."""
    to = held()
    if to is not None:
        raise NotYours(asked, to.code)
