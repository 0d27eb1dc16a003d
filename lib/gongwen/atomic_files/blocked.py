"""An error of the system amid writing -> OutputBlocked, which says in Chinese why and what to do."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from gongwen.errors import OutputBlocked

WAITS = os.name != "posix"  # elsewhere an open file can be replaced
_PATIENCE_S = (0.05, 0.1, 0.2, 0.4)


@contextlib.contextmanager
def blocked(path: Path) -> Iterator[None]:
    """Say in Chinese why the system would not write."""
    try:
        yield
    except OSError as trouble:
        unknown = trouble.strerror or str(trouble), "请换一个文件夹（--out）。"
        reason, hint = _REASONS.get(trouble.errno or 0, unknown)
        raise OutputBlocked(path, reason, hint) from trouble


def put(source: Path, target: Path) -> None:
    """Have a finished file in the place of another.

    On Windows a file that a virus scanner, an indexer or a preview looks at cannot be replaced for
    a moment: tried again. One that is open in Word stays, and PermissionError is raised.
    """
    for wait in _PATIENCE_S if WAITS else ():
        with contextlib.suppress(PermissionError):
            source.replace(target)
            return
        time.sleep(wait)
    source.replace(target)


def refuse_open(path: Path) -> None:
    """Raise OutputBlocked for a file that is open elsewhere.

    Word and Excel mark an open file with a neighbour ~$name, LibreOffice .~lock.name#; Windows
    refuses writes.
    """
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            reason, hint = (
                "文件正在 Word、WPS 或 Excel 中打开",
                f"请关闭后重试；若没有打开，请删除 {lock.name}。",
            )
            raise OutputBlocked(path, reason, hint)
    if path.is_dir():
        raise OutputBlocked(path, "这里有一个同名的文件夹", "请把它移走后重试。")
    if path.exists():
        with blocked(path), path.open("r+b"):
            pass


def discard(path: Path) -> None:
    """Remove a file that no longer tells the truth, if it is there and can be removed."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


_REASONS: Mapping[int, tuple[str, str]] = {
    errno.EACCES: ("没有写入权限，或文件正被打开", "请关闭打开它的程序，或换一个文件夹（--out）。"),
    errno.EPERM: ("没有写入权限，或文件正被打开", "请关闭打开它的程序，或换一个文件夹（--out）。"),
    errno.EROFS: ("磁盘是只读的", "请换一个文件夹（--out）。"),
    errno.ENOSPC: ("磁盘空间不足", "请清理后重试，原有文件没有改动。"),
    errno.EDQUOT: ("磁盘配额不足", "请清理后重试，原有文件没有改动。"),
    errno.EEXIST: ("路径上有一个同名的文件，不能建文件夹", "请把它移走，或换一个文件夹（--out）。"),
    errno.ENOTDIR: (
        "路径上有一个同名的文件，不能建文件夹",
        "请把它移走，或换一个文件夹（--out）。",
    ),
    errno.EISDIR: ("这里有一个同名的文件夹", "请把它移走后重试。"),
    errno.ENOENT: ("这里不能建文件夹", "请换一个文件夹（--out）。"),
    errno.ENAMETOOLONG: ("路径太长", "请换一个更短的文件夹（--out）。"),
    errno.EIO: ("磁盘读写出错", "请检查磁盘；原有文件没有改动。"),
}
