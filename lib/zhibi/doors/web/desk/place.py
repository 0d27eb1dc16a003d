"""A path as a browser sends it -> a file of this workspace, or a refusal.

Nothing outside of it is read or written.
"""

from __future__ import annotations

from pathlib import Path

from gongwen.errors import UnreadableFile

OUTSIDE = "不在工作区里"


def inside(root: Path, path: str, *below: str) -> Path:
    """A path below the workspace (or one folder of it); raises UnreadableFile for any other."""
    top = root.joinpath(*below).resolve()
    try:
        target = (root / path).resolve()
    except (OSError, ValueError):
        raise UnreadableFile(path, "不是有效的路径", "请从页面上选择文件。") from None
    hidden = (
        any(part.startswith(".") for part in target.relative_to(top).parts)
        if target.is_relative_to(top)
        else True
    )
    if not path or hidden:
        raise UnreadableFile(path or "（空）", OUTSIDE, "工作台只读写工作区里的文件。")
    return target


def relative(root: Path, path: Path) -> str:
    """A path as pages write it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
