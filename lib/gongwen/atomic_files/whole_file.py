"""A path somebody named -> the bytes of an ordinary file.

A pipe, a device or a file without end is not waited for.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from gongwen.errors import UnreadableFile

LARGEST = 200 * 2**20
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(
    os, "O_BINARY", 0
)  # a pipe nobody writes to opens


def whole_file(path: Path, most: int = LARGEST, split_up: str = "请分成几份。") -> bytes:
    """The bytes of a file.

    UnreadableFile for what is no file or larger than `most`, OSError as usual.
    """
    descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile(path, "这是文件夹，不是文件", "请给出文件夹里的文件。")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(path, "不是普通文件，可能是管道或设备", "请给出磁盘上的文件。")
        if status.st_size > most:
            size = f"文件有{status.st_size // 2**20}MB，超过{most // 2**20}MB"
            raise UnreadableFile(path, size, split_up)
        with os.fdopen(descriptor, "rb", closefd=False) as opened:
            data = opened.read(most + 1)
    finally:
        os.close(descriptor)
    if len(data) > most:
        raise UnreadableFile(path, f"读到{most // 2**20}MB还没有完", "请确认它是一个文件。")
    return data
