"""A file's path -> the Manuscript in it, whatever kind of file it is.

Nothing in a file is executed or fetched.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path

from gongwen.atomic_files.whole_file import whole_file
from gongwen.errors import UnreadableFile
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.manuscript.suppressions import heeded

# Imported when met: what a notebook needs takes longer to load than a hundred documents take to
# check.
_OWN: Mapping[str, str] = {
    ".docx": "gongwen_lint.manuscript.reading.docx",
    ".md": "gongwen_lint.manuscript.reading.markdown",
    ".txt": "gongwen_lint.manuscript.reading.plain",
}
# entry points: a suffix without its dot -> a function (bytes, name) -> Manuscript
GROUP = "gongwen_lint.readers"


def suffixes() -> tuple[str, ...]:
    """The endings of files that can be read: our own kinds, and those that installed packages add."""
    return (*_OWN, *(f".{entry.name}" for entry in entry_points(group=GROUP)))


def reader_of(suffix: str) -> Callable[[bytes, str], Manuscript]:
    """The function that reads files with this ending.

    Raises KeyError for one that is not in `suffixes()`.
    """
    if suffix in _OWN:
        read_bytes: Callable[[bytes, str], Manuscript] = importlib.import_module(_OWN[suffix]).read
        return read_bytes
    loaded: Callable[[bytes, str], Manuscript] = entry_points(group=GROUP)[
        suffix.removeprefix(".")
    ].load()
    return loaded


def read(path: Path) -> Manuscript:
    """The manuscript in a file; raises UnreadableFile in plain words."""
    suffix = path.suffix.lower()
    if suffix not in _OWN and suffix not in suffixes():  # to list what is installed takes 25 ms
        kinds = "、".join(suffixes())
        raise UnreadableFile(
            path.name, "不是可以检查的文件", f"可以检查的有：{kinds}；.doc 请先另存为 .docx。"
        )
    return from_bytes(content(path), path.name)


def from_bytes(data: bytes, name: str) -> Manuscript:
    """The manuscript in the bytes of a file of this name, a request not to check heeded."""
    manuscript = reader_of(Path(name).suffix.lower())(data, name)
    paras = heeded(manuscript.paras)
    return manuscript if paras is manuscript.paras else replace(manuscript, paras=paras)


def content(path: Path) -> bytes:
    """The bytes of a file; raises UnreadableFile in plain words."""
    try:
        return whole_file(path)
    except FileNotFoundError as trouble:
        raise UnreadableFile(path.name, "没有这个文件", "请检查路径。") from trouble
    except OSError as trouble:
        raise UnreadableFile(
            path.name, f"读不了（{trouble.strerror}）", "请检查文件权限。"
        ) from trouble
