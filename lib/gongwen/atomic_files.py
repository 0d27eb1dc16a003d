"""Bytes of several files -> the files in one folder, all of them or none.

Every file is first written whole beside its target; only when all are there do they take their places, and if one
cannot, those already in place are put back. A reader never sees half a report, nor half of two.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gongwen.errors import OutputBlocked

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\ufeff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_LONGEST_BYTES = 120  # most file systems allow 255; a full Windows path only 260 characters
_TEMPORARY = ".zhibi-"
_WHOLE, _OLD = (
    ".whole",
    ".old",
)  # beside staged files: that all are there; what stood in the place of one


def folder(root: Path, *names: str) -> Path:
    """A folder below `root`, one level a name, whatever the names hold."""
    return root.joinpath(*(safe_name(name) for name in names))


def safe_name(name: str) -> str:
    """A name that is one folder on every system: no separators, no reserved words, not hidden, not too long."""
    text = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).strip().strip(".").strip()
    text = f"_{text}" if _RESERVED.fullmatch(text) else text
    short = text.encode("utf-8", "replace")[:_LONGEST_BYTES].decode("utf-8", "ignore").strip(" .")
    return short or "_"


def ready(target: Path, names: Iterable[str]) -> None:
    """Make sure, before minutes of work, that the folder can be written and none of the files is open elsewhere.

    Raises OutputBlocked.
    """
    with blocked(target):
        _make(target)
        with tempfile.NamedTemporaryFile(dir=target, prefix=_TEMPORARY):
            pass
    for name in names:
        _not_open(target / name)


def save(target: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Put all files in place in the order given, or none; what was there before is then untouched."""
    with blocked(target):
        _make(target)
    for name in files:
        _not_open(target / name)
    with blocked(target):
        staging = Path(tempfile.mkdtemp(dir=target, prefix=_TEMPORARY))
    try:
        with blocked(target):
            for name, content in files.items():
                _write(staging / name, content)
            (staging / _WHOLE).touch()
        _exchange(staging, target, tuple(files))
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return tuple(target / name for name in files)


def sweep(target: Path) -> None:
    """Settle what a process that was killed left in a folder that nobody else writes to now: half-made files go.

    A set that was whole is put in place; one that cannot be, because a file is open elsewhere, waits for the next time.
    """
    for left in target.glob(f"{_TEMPORARY}*"):
        if not left.is_dir():
            discard(left)
            continue
        with contextlib.suppress(OSError):
            _go_on(left, target)
            shutil.rmtree(left, ignore_errors=True)


def discard(path: Path) -> None:
    """Remove a file that no longer tells the truth, if it is there and can be removed."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _exchange(staging: Path, target: Path, names: tuple[str, ...]) -> None:
    """Move the staged files into place; on trouble bring the old ones back."""
    done: list[str] = []
    try:
        for name in names:
            with blocked(target / name):
                if (target / name).is_file():
                    shutil.copy2(target / name, staging / f"{name}{_OLD}")
                (staging / name).replace(target / name)
            done.append(name)
    except BaseException:
        discard(staging / _WHOLE)
        for name in done:
            old = staging / f"{name}{_OLD}"
            if old.exists():
                old.replace(target / name)
            else:
                discard(target / name)
        raise


def _go_on(staging: Path, target: Path) -> None:
    """Move what is left of a whole set into place, unless somebody has saved there since."""
    left = [path for path in staging.iterdir() if path.name != _WHOLE and path.suffix != _OLD]
    if (staging / _WHOLE).exists() and not any(_newer(target / path.name, path) for path in left):
        for path in left:
            path.replace(target / path.name)


def _newer(path: Path, than: Path) -> bool:
    return path.exists() and path.stat().st_mtime_ns > than.stat().st_mtime_ns


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _make(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)


def _not_open(path: Path) -> None:
    """Word and Excel mark an open file with a neighbour ~$name, LibreOffice .~lock.name#; Windows refuses writes."""
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


@contextlib.contextmanager
def blocked(path: Path) -> Iterator[None]:
    """Say in Chinese why the system would not write."""
    try:
        yield
    except OSError as trouble:
        reason, hint = _REASONS.get(
            trouble.errno or 0, (trouble.strerror or str(trouble), "请换一个文件夹（--out）。")
        )
        raise OutputBlocked(path, reason, hint) from trouble


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
    errno.ENOENT: ("这里不能建文件夹", "请换一个文件夹（--out）。"),
    errno.ENAMETOOLONG: ("路径太长", "请换一个更短的文件夹（--out）。"),
}
