"""The folder a notebook runs in -> the data that were packed for it.

A county, a subtree or one organisation.

The notebook of an organisation or a subtree may open nothing else; that of a county may also open
other sources.

That keeps a notebook from printing by mistake what is not its own; it is no wall against code that
reads files by other ways.
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
    """Packed data in a run's folder: whose they are (empty: a county's), and what the notebook calls their source."""

    folder: Path
    code: str
    stands_for: str


def write_pass(folder: Path, code: str, stands_for: str) -> Path:
    """Mark a run's folder as one with packed data; gives the folder they belong in."""
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
    """The data packed for this process, once found for good.

    None for a process that reads what it likes.
    """
    if VARIABLE not in os.environ:
        os.environ.update(environment(Path.cwd()))
    scope = os.environ.get(VARIABLE)
    if not scope:
        return None
    written = json.loads((Path(scope) / PASS).read_text("utf-8"))
    return AccessScope(Path(scope), written["code"], written["stands_for"])


def refuse_other_folder(folder: Path) -> None:
    """Nothing, unless this process is held to a slice and the folder is another; then NotYours."""
    to = held()
    if to is not None and folder.resolve() != to.folder.resolve():
        raise NotYours(folder.name, to.code)


def refuse_from_within(asked: str) -> None:
    """Raise NotYours in a process whose data are those of one organisation or subtree."""
    scope = held()
    if scope is not None and scope.code:
        raise NotYours(asked, scope.code)
