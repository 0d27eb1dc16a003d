"""A workspace -> the workbooks that lie in it, told without reading one."""

from __future__ import annotations

from pathlib import Path

from zhibi.workspace import workspace

FOLDER = "data"
KINDS = (".xlsx", ".xlsm")


def is_workspace(root: Path) -> bool:
    """Whether there is a workspace here."""
    return (root / workspace.MARK).is_file()


def workbooks(root: Path) -> list[dict[str, str]]:
    """Workbooks, and folders of workbooks or CSV, the last saved first."""
    top = root / FOLDER
    usable = [path for path in top.iterdir() if _usable(path)] if top.is_dir() else []
    usable.sort(key=lambda path: (-path.stat().st_mtime, path.name))
    return [{"path": path.relative_to(root).as_posix(), "name": path.name} for path in usable]


def _usable(path: Path) -> bool:
    if path.name.startswith((".", "~$")):
        return False
    return path.suffix.lower() in KINDS if path.is_file() else path.is_dir()
