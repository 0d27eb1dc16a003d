"""A Word file to be looked at in the browser only -> where it lies until the next one of the same origin."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gongwen import atomic_files
from zhibi.workspace.workspace import Workspace

NAME = "预览.docx"


def save(root: Path, origin: Path, content: bytes) -> str:
    """Its path as pages write it; `origin` is the folder or file that it shows."""
    name = f"{hashlib.sha256(str(origin).encode()).hexdigest()[:16]}-{NAME}"
    folder = Workspace(root).scratch / "web"
    atomic_files.save(folder, {name: content})
    return (folder / name).relative_to(root).as_posix()
