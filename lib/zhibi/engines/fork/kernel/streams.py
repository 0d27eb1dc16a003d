"""What a cell prints -> stream messages: through `print`, and through the bare descriptors below it (C code, programs).

As in a kernel, stdout and stderr are each gathered and sent whole when something is displayed and
at the cell's end.
"""

from __future__ import annotations

import codecs
import io
import os
import tempfile
from collections.abc import Callable

Send = Callable[[str, str], None]  # name, text


class Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a process that runs cells.

    Takes over the descriptor of the same name.
    """

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, name: str, descriptor: int, send: Send) -> None:
        self.name = name
        self._descriptor, self._send, self._owner = descriptor, send, os.getpid()
        self._words: list[str] = []
        self._read = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._below = tempfile.TemporaryFile("w+b", buffering=0)  # noqa: SIM115  # as long as the process
        os.dup2(self._below.fileno(), descriptor)

    def fileno(self) -> int:
        """What a program is given as its output; what it writes there is shown as well."""
        return self._descriptor

    def writable(self) -> bool:
        """Always."""
        return True

    def isatty(self) -> bool:
        """Never."""
        return False

    def write(self, text: str) -> int:
        """Gather text; a process forked off by a cell writes below, where we find it."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._owner:
            os.write(self._descriptor, text.encode("utf-8", "replace"))
            return len(text)
        self._look_below()
        self._words.append(text)
        return len(text)

    def flush(self) -> None:
        """Send what was gathered."""
        if os.getpid() != self._owner:
            return
        self._look_below()
        words, self._words = self._words, []
        text = "".join(words)
        if text:
            self._send(self.name, text)

    def _look_below(self) -> None:
        """Take over what was written to the descriptor since the last look."""
        here = self._below.fileno()
        size = os.fstat(here).st_size
        if size > self._read:
            content = _read_at(here, size - self._read, self._read)
            self._read += len(content)
            self._words.append(self._decoder.decode(content))


def _read_at(descriptor: int, size: int, start: int) -> bytes:
    """Bytes of a file that others may be writing at its end."""
    if hasattr(os, "pread"):
        return os.pread(descriptor, size, start)
    end = os.lseek(descriptor, 0, os.SEEK_CUR)  # Windows: the place is shared with who writes
    os.lseek(descriptor, start, os.SEEK_SET)
    try:
        return os.read(descriptor, size)
    finally:
        os.lseek(descriptor, end, os.SEEK_SET)
