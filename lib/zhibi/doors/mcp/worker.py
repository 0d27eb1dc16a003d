"""The name of an action and its arguments -> its answer, from a process of its own that stays warm.

That process has the workspace as its folder and a guard on what it opens and connects to (`guard`).
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from gongwen.errors import ReportError

MODULE = "zhibi.doors.mcp.desk"
LONGEST = 20_000  # characters of all arguments of one call
_ENDED = "做这件事的进程意外结束了，多半是内存不够或时间太长。已经做好的文件都在；请再试一次。"


class TooMuch(ReportError):
    """Arguments longer than anybody types."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def __str__(self) -> str:
        return f"给的内容太长（{self.length}字，最多{LONGEST}字），没有执行。请分几次给。"


class Worker:
    """One warm process; calls are answered one after another."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, action: str, **arguments: Any) -> dict[str, Any]:
        """What came of an action; trouble is an answer too."""
        line = json.dumps({"action": action, "arguments": arguments}, ensure_ascii=False)
        if len(line) > LONGEST:
            return {"ok": False, "trouble": str(TooMuch(len(line)))}
        with self._turn:
            return self._exchanged(line)

    def _exchanged(self, line: str) -> dict[str, Any]:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(line.encode("utf-8", "replace") + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = b""
        if not answer:
            self.end()
            return {"ok": False, "trouble": _ENDED}
        said: dict[str, Any] = json.loads(answer)
        return said

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603  # this very Python, and our module
                [sys.executable, "-m", MODULE],
                cwd=self._root,
                env={**os.environ, "PYTHONUTF8": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        return self._process

    def end(self) -> None:
        """Let go of the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
