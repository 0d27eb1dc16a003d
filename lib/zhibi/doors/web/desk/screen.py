"""A Word file to be looked at in the browser only -> where it lies until the next one of the same origin."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from gongwen import atomic_files
from zhibi.workspace.workspace import Workspace

NAME = "预览.docx"


@dataclass(frozen=True, slots=True)
class Preview:
    """Its path as pages write it, and what its content is known by: the same is not drawn again."""

    preview: str
    version: str

    def as_json(self) -> dict[str, str]:
        """What a page is told."""
        return asdict(self)


def save(root: Path, origin: Path, content: bytes) -> Preview:
    """Keep it; `origin` is the folder or file that it shows."""
    name = f"{hashlib.sha256(str(origin).encode()).hexdigest()[:16]}-{NAME}"
    folder = Workspace(root).scratch / "web"
    atomic_files.save(folder, {name: content})
    version = hashlib.sha256(content).hexdigest()[:16]
    return Preview((folder / name).relative_to(root).as_posix(), version)
