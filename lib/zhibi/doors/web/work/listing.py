"""A workspace -> the workbooks that lie in it, told without reading one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from zhibi.workspace import workspace

FOLDER = "data"
MOST_RUNS = 300
KINDS = (".xlsx", ".xlsm")
ROSTERS = (".xls", ".et", ".ods", ".csv")  # read when they are imported, by nothing else


def is_workspace(root: Path) -> bool:
    """Whether there is a workspace here."""
    return (root / workspace.MARK).is_file()


def workbooks(root: Path) -> list[dict[str, str]]:
    """Workbooks, and folders of workbooks or CSV, the last saved first."""
    return _listed(root, _usable)


def rosters(root: Path) -> list[dict[str, str]]:
    """Rosters and ledgers in other forms, which can only be imported, the last saved first."""
    return _listed(root, _is_roster)


def _listed(root: Path, wanted: Callable[[Path], bool]) -> list[dict[str, str]]:
    top = root / FOLDER
    usable = [path for path in top.iterdir() if wanted(path)] if top.is_dir() else []
    usable.sort(key=lambda path: (-path.stat().st_mtime, path.name))
    return [{"path": path.relative_to(root).as_posix(), "name": path.name} for path in usable]


def runs(root: Path) -> list[dict[str, str]]:
    """The folders of reports that were made, the last made first."""
    top = root / "outputs"
    made = [path for path in top.rglob("run.ipynb") if not _is_hidden(path.relative_to(top))]
    made.sort(key=lambda path: (-path.stat().st_mtime, path.as_posix()))
    folders = [path.parent for path in made[:MOST_RUNS]]
    return [
        {"path": path.relative_to(root).as_posix(), "name": path.relative_to(top).as_posix()}
        for path in folders
    ]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _usable(path: Path) -> bool:
    if path.name.startswith((".", "~$")):
        return False
    return path.suffix.lower() in KINDS if path.is_file() else path.is_dir()


def _is_roster(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$"))
    return not hidden and path.is_file() and path.suffix.lower() in ROSTERS


def state(folder: Path) -> list[list[str]]:
    """What tells that anything in a folder is no longer what it was: names, times, sizes."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    stats = [(path.name, path.stat()) for path in files]
    return [[name, str(stat.st_mtime_ns), str(stat.st_size)] for name, stat in stats]
