"""Words typed at a prompt -> what the program said and its exit code, in a real process that need not import anything.

Most of a short command is Python importing pandas. So one process imports everything once and waits; each command is a
fork of it, with the folder, environment, signals and streams of its own that it would have if it had been started. What
can only be seen from a program that starts (what it imports, its encodings) is for `subprocess`.
"""

from __future__ import annotations

import atexit
import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from importlib import import_module
from pathlib import Path

PROGRAMS = {
    "zhibi": "zhibi.doors.cli:main",
    "papermill": "papermill.__main__:papermill",
    "jupyter-nbconvert": "nbconvert.nbconvertapp:main",
}
RARE = {  # imported by the fork
    "dask-scheduler": "distributed.cli.dask_scheduler:main",
    "dask-worker": "distributed.cli.dask_worker:main",
}


class Running:
    """A command under way; as far as it goes like subprocess.Popen of text."""

    def __init__(
        self, prompt: Prompt | Fresh, words: tuple[str, ...], cwd: Path, env: dict[str, str]
    ) -> None:
        self._prompt, self.args = prompt, words
        self._folder = tempfile.TemporaryDirectory(prefix="typed-")
        self._said = Path(self._folder.name) / "out", Path(self._folder.name) / "err"
        self.pid = prompt.fork(
            {
                "words": words,
                "cwd": str(cwd),
                "env": env,
                "said": [str(path) for path in self._said],
            }
        )
        self.returncode: int | None = None

    def poll(self, seconds: float = 0.0) -> int | None:
        if self.returncode is None:
            self.returncode = self._prompt.ended(self.pid, seconds)
        return self.returncode

    def wait(self, timeout: float) -> int:
        end = time.monotonic() + timeout
        while self.poll(max(0.0, end - time.monotonic())) is None:
            if time.monotonic() > end:
                self.kill()
                raise subprocess.TimeoutExpired(list(self.args), timeout)
        assert self.returncode is not None
        return self.returncode

    def communicate(self, timeout: float = 240) -> tuple[str, str]:
        self.wait(timeout)
        out, err = (path.read_text("utf-8") for path in self._said)
        self._folder.cleanup()
        return out, err

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Prompt:
    """The process that waits."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._read = b""
        self._pids: list[int] = []
        self._codes: dict[int, int] = {}

    def fork(self, order: dict[str, object]) -> int:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        while not self._pids:
            self._hear(60)
        return self._pids.pop()

    def ended(self, pid: int, seconds: float) -> int | None:
        if pid not in self._codes:
            self._hear(seconds)
        return self._codes.pop(pid, None)

    def _hear(self, seconds: float) -> None:
        assert self._process.stdout
        if not select.select([self._process.stdout], [], [], seconds)[0]:
            return
        told = os.read(self._process.stdout.fileno(), 65536)
        assert told, "the process that waits is gone"
        *lines, self._read = (self._read + told).split(b"\n")
        for pid, code in map(json.loads, lines):
            if code is None:
                self._pids.append(pid)
            else:
                self._codes[pid] = code

    def close(self) -> None:
        self._process.communicate()


class Fresh:
    """Where a process cannot wait for forks of its own (no pidfd: not Linux), every command is started."""

    def __init__(self) -> None:
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    def fork(self, order: dict[str, object]) -> int:
        program, *words = order["words"]
        with Path(order["said"][0]).open("wb") as out, Path(order["said"][1]).open("wb") as err:
            started = subprocess.Popen(
                [Path(sys.executable).parent / program, *words],
                cwd=order["cwd"], env=order["env"], stdout=out, stderr=err,
            )  # fmt: skip
        self._running[started.pid] = started
        return started.pid

    def ended(self, pid: int, seconds: float) -> int | None:
        try:
            return self._running[pid].wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def close(self) -> None:
        """Nothing waits."""


_prompts: list[Prompt | Fresh] = []


def start(*words: str | Path, cwd: Path, **more: str) -> Running:
    """Begin a command; `more` are variables of its environment."""
    if not _prompts:
        _prompts.append(Prompt() if hasattr(os, "pidfd_open") else Fresh())
        atexit.register(_prompts[0].close)
    program, *rest = map(str, words)
    if program == "jupyter":
        program = f"{program}-{rest.pop(0)}"
    return Running(_prompts[0], (program, *rest), cwd, {**os.environ, **more})


def typed(
    *words: str | Path, cwd: Path, timeout: float = 240, **more: str
) -> subprocess.CompletedProcess[str]:
    """Have a command done."""
    running = start(*words, cwd=cwd, **more)
    out, err = running.communicate(timeout)
    return subprocess.CompletedProcess(running.args, running.wait(0), out, err)


def serve() -> None:
    """The process that waits: orders on stdin, (pid, None) and (pid, exit code) on stdout."""
    sys.path.pop(0)  # this folder
    orders, answers = os.dup(0), os.fdopen(os.dup(1), "w", buffering=1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    calls = _ready()
    running: dict[int, int] = {}
    waiting = b""
    while True:
        for ready in select.select([orders, *running], [], [])[0]:
            if ready != orders:
                pid = running.pop(ready)
                os.close(ready)
                print(
                    json.dumps((pid, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))),
                    file=answers,
                )
            elif told := os.read(orders, 1 << 20):
                *lines, waiting = (waiting + told).split(b"\n")
                for order in map(json.loads, lines):
                    if not (pid := os.fork()):
                        answers.close()
                        _become(order, calls)
                    running[os.pidfd_open(pid)] = pid
                    print(json.dumps((pid, None)), file=answers)
            else:
                for pid in running.values():
                    os.kill(pid, signal.SIGKILL)
                return


def _ready() -> dict[str, object]:
    """Import everything; nothing may be left that a command could see, nor a thread that a fork would lose."""
    import gc

    from zhibi.startup.threads import QUIET

    os.environ.update(QUIET)
    from zhibi.doors.cli import COMMANDS
    from zhibi.engines.fork import limits as process_limits
    from zhibi.warm_up import rehearsal

    rehearsal.rehearse()
    for module in (
        "zhibi.doors.cli.console.batch_result",
        "zhibi.doors.nbconvert",
        "dangjian.reports.rulebook.commands",
        *(c.module for c in COMMANDS.values()),
    ):
        import_module(module)
    calls = {program: _imported(where) for program, where in PROGRAMS.items()}
    assert process_limits.threads() == 1
    gc.collect()
    gc.freeze()
    return calls


def _imported(where: str) -> object:
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)


def _become(order: dict[str, object], calls: dict[str, object]) -> None:
    """In the fork: be the command as if it had just been started."""
    code: object = 1
    try:
        _settle(order)
        program = order["words"][0]
        code = _called(calls[program] if program in calls else _imported(RARE[program]))
        threading._shutdown()
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code if isinstance(code, int) else 0)


def _settle(order: dict[str, object]) -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for descriptor, path in zip((1, 2), order["said"], strict=True):
        file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        os.dup2(file, descriptor)
        os.close(file)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(
        2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    tempfile.tempdir = None
    random.seed()
    program, *words = order["words"]
    sys.argv = [str(Path(sys.executable).parent / program), *words]


def _called(program: object) -> object:
    """What the interpreter makes of the end of a program: its exit code."""
    try:
        return program()
    except SystemExit as left:
        if isinstance(left.code, str):
            sys.stderr.write(f"{left.code}\n")
            return 1
        return left.code
    except BaseException:  # noqa: BLE001  # the edge of the process
        traceback.print_exc()
        return 1


if __name__ == "__main__":
    serve()
