"""A file's path -> the Manuscript in it, whatever kind of file it is. Nothing in a file is executed or fetched."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from zhibi.checks.asked import heeded
from zhibi.checks.manuscript import Manuscript
from zhibi.errors import UnreadableFile

# Imported when met: what a notebook needs takes longer to load than a hundred documents take to check.
READERS: Mapping[str, str] = {
    ".docx": "zhibi.checks.reading.docx",
    ".md": "zhibi.checks.reading.markdown",
    ".txt": "zhibi.checks.reading.plain",
    ".ipynb": "zhibi.checks.reading.notebook",
}


def read(path: Path) -> Manuscript:
    """The manuscript in a file; raises UnreadableFile in plain words."""
    if path.suffix.lower() not in READERS:
        kinds = "、".join(READERS)
        raise UnreadableFile(path.name, "不是可以检查的文件", f"可以检查的有：{kinds}；.doc 请先另存为 .docx。")
    return from_bytes(content(path), path.name)


def from_bytes(data: bytes, name: str) -> Manuscript:
    """The manuscript in the bytes of a file of this name, a request not to check heeded."""
    reader = importlib.import_module(READERS[Path(name).suffix.lower()])
    manuscript: Manuscript = reader.read(data, name)
    paras = heeded(manuscript.paras)
    return manuscript if paras is manuscript.paras else replace(manuscript, paras=paras)


def content(path: Path) -> bytes:
    """The bytes of a file; raises UnreadableFile in plain words."""
    try:
        return path.read_bytes()
    except FileNotFoundError as trouble:
        raise UnreadableFile(path.name, "没有这个文件", "请检查路径。") from trouble
    except OSError as trouble:
        raise UnreadableFile(path.name, f"读不了（{trouble.strerror}）", "请检查文件权限。") from trouble
