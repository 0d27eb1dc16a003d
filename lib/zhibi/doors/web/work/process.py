"""The name of an action and its arguments -> what came of it, done in a process of its own that stays warm.

The process speaks JSON, one value a line: what is asked goes in, progress and at last one answer
come out. It is interrupted as Ctrl-C interrupts a command, and replaced when it died.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

MODULE = "zhibi.doors.web.desk"
LINE_LIMIT = 64 * 1024 * 1024  # bytes of one answer: the findings of a large workbook
PATIENCE_S = 5.0  # between asking a process to stop and ending it

Answer = dict[str, Any]
Told = Callable[[Mapping[str, Any]], None]


class Process:
    """One warm process; pieces of work are done one after another."""

    def __init__(self, root: Path, kind: str = "") -> None:
        self._root, self._kind = root, kind
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether something is being done, or the process is only being started."""
        return self._turn.locked()

    async def warm(self) -> None:
        """Start it, so that the first who asks need not wait for libraries."""
        async with self._turn:
            await self._started()

    async def perform(self, action: str, arguments: Mapping[str, Any], progress: Told) -> Answer:
        """Have an action done. A process that died or was stopped is an answer too."""
        async with self._turn:
            self._stopped = False
            progress({})  # from here on a stop concerns the process, not the place in the queue
            process = await self._started()
            try:
                return await self._exchanged(process, action, arguments, progress)
            except (ConnectionError, asyncio.IncompleteReadError):
                return _ended(stopped=self._stopped)
            finally:
                if process.returncode is not None or self._stopped:
                    await self.end()

    async def stop(self) -> None:
        """Interrupt what is being done; if that does not help, end the process."""
        self._stopped = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            if sys.platform == "win32":
                process.terminate()
            else:
                process.send_signal(signal.SIGINT)
        await asyncio.sleep(PATIENCE_S)
        if (
            self._process is process
            and self._turn.locked()
            and process.returncode is None
            and self._stopped
        ):
            with contextlib.suppress(ProcessLookupError):
                process.kill()

    async def end(self) -> None:
        """Let go of the process: it ends when nobody speaks to it any more."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), PATIENCE_S)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", MODULE, self._kind,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=self._root, env=_environment(),
                limit=LINE_LIMIT, start_new_session=True,
            )  # fmt: skip
        return self._process

    async def _exchanged(
        self,
        process: asyncio.subprocess.Process,
        action: str,
        arguments: Mapping[str, Any],
        progress: Told,
    ) -> Answer:
        assert process.stdin is not None
        assert process.stdout is not None
        asked = {"action": action, "arguments": dict(arguments)}
        process.stdin.write(
            json.dumps(asked, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        )
        await process.stdin.drain()
        while line := await process.stdout.readline():
            said: Answer = json.loads(line)
            if "progress" not in said:
                return said
            progress(said["progress"])
        raise ConnectionResetError


def _ended(*, stopped: bool) -> Answer:
    if stopped:
        return {"stopped": True, "trouble": "已停止。做好的都在，再运行一次会接着做。"}
    message = (
        "做这件事的进程意外结束了，多半是内存不够。已经做好的文件都在；请关掉别的程序再试一次。"
    )
    return {"trouble": message}


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}
