"""A folder -> an exclusive lock on it for one batch.

The system releases it when the process dies.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gongwen import atomic_files
from gongwen.errors import OutputBlocked
from zhibi.batch.request import Shard

NAME = ".批次锁"
PATIENCE_S = 2.0  # a batch that was killed takes its processes with it, but not in the same instant


@contextlib.contextmanager
def locked(folder: Path, shard: Shard) -> Iterator[None]:
    """Hold the folder. Shards of one batch share it, each holding its own part.

    A whole batch has it alone.
    """
    with contextlib.ExitStack() as held:
        held.enter_context(_held(folder, NAME, shared=shard.of > 1))
        if shard.of > 1:
            held.enter_context(_held(folder, f"{NAME}-{shard.index}-{shard.of}", shared=False))
        yield


@contextlib.contextmanager
def _held(folder: Path, name: str, *, shared: bool) -> Iterator[None]:
    with atomic_files.blocked(folder / name):
        opened = (folder / name).open("ab+")
    with opened as file:
        until = time.monotonic() + PATIENCE_S
        while not (taken := _take(file, shared=shared)) and time.monotonic() < until:
            time.sleep(0.1)
        if not taken:
            reason, hint = "另一个批次正在往这个文件夹里写", "请等它结束，或换一个文件夹（--out）。"
            raise OutputBlocked(folder, reason, hint)
        yield


def _take(file: BinaryIO, *, shared: bool) -> bool:
    """Take the lock on an open file without waiting.

    It is let go when the file is closed, however that happens.
    """
    try:
        _lock(file, shared=shared)
    except OSError:
        return False
    return True


def _lock(file: BinaryIO, *, shared: bool) -> None:
    """Take the lock or raise OSError."""
    try:
        import fcntl  # noqa: PLC0415  # POSIX only
    except ImportError:
        if not shared:  # Windows has no shared lock here: shards are kept apart by their own
            import msvcrt  # noqa: PLC0415  # Windows only

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # not on this system
        return
    fcntl.flock(file.fileno(), (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
