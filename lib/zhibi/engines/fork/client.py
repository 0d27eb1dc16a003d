"""Work -> how it ended, in a process forked or spawned by a helper: for callers that must not fork.

A Jupyter server, a Dask worker or a test has threads; Windows has no fork. Helpers (`zygote`) are
started when first needed, warm up once and are kept. Where they cannot fork either, each does one
piece of work and the next one is already warming up.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from typing import Any

from zhibi.engines.engine import Limits
from zhibi.engines.fork import limits as process_limits
from zhibi.engines.fork import messages
from zhibi.engines.fork.channel import (
    DEATH,
    ERROR,
    STEP,
    VALUE,
    Cause,
    Died,
    Ended,
    FrameDecoder,
    Tell,
    end,
)
from zhibi.startup.threads import quiet

WARM_UP = "zhibi.warm_up.libraries:up"
# not -m: a module of the user's in the working folder must not be taken for one of Python's own
_PROGRAM = (
    "import sys; sys.path[:1] == [''] and sys.path.pop(0)\n"
    "from zhibi.startup import hooks; hooks.on()\n"  # before libraries are imported
    "from zhibi.engines.fork import server; server.main(*sys.argv[1:])"
)
_GRACE_S = 5.0  # a helper that forks keeps the limits itself; after this we keep them
_LOOK_S = 0.25
_WARM_UP_S = 60.0


class Helper:
    """One helper process and the line to it."""

    def __init__(self, mode: str, warm_up: str = WARM_UP) -> None:
        self.mode, self.used = mode, False
        self._scratch = tempfile.mkdtemp(prefix="zb-")
        self._inbox: queue.SimpleQueue[tuple[bytes, bytes] | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-c", _PROGRAM, mode, warm_up],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**quiet(os.environ), "TMPDIR": self._scratch},
            start_new_session=os.name == "posix",  # Ctrl-C is for us
        )
        threading.Thread(target=self._listen, name="zhibi-helper", daemon=True).start()

    @property
    def lives(self) -> bool:
        """Whether it can do (more) work."""
        return self._process.poll() is None and not (self.used and self.mode == "once")

    def perform(self, work: Any, limits: Limits, tell: Tell) -> Ended:
        """Have a piece of work done and wait for its end. `work` must be picklable.

        An interrupt ends the helper.
        """
        self.used = True
        try:
            self._ask(work, limits)
            return self._await(limits, tell)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End it with everything it started."""
        self._kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]  # both are pipes
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _ask(self, work: Any, limits: Limits) -> None:
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):  # it died while it waited; `_await` tells
            self._process.stdin.write(pickle.dumps((work, limits), pickle.HIGHEST_PROTOCOL))
            self._process.stdin.flush()

    def _await(self, limits: Limits, tell: Tell) -> Ended:
        grace = _GRACE_S if self.mode == "fork" else 0.0
        warming = self.mode == "once"  # it may still import libraries: that is not the work's time
        began = step = time.monotonic() + (_WARM_UP_S if warming else 0.0)
        cause: Cause | None = None
        while True:
            try:
                frame = self._inbox.get(timeout=_LOOK_S)
            except queue.Empty:
                cause = cause or self._too_much(limits, began + grace, step + grace)
                if cause:
                    self._kill()
                continue
            if frame is None:
                code = self._process.wait()
                return Died(cause or (Cause.SIGNAL if code < 0 else Cause.EXIT), code)
            kind, content = frame
            if kind in {VALUE, ERROR, DEATH}:
                return end(kind, content)
            step = time.monotonic() if kind == STEP or warming else step
            began, warming = (step if warming else began), False
            with contextlib.suppress(messages.NoMessage):
                tell(messages.loads(content))

    def _too_much(self, limits: Limits, began: float, step: float) -> Cause | None:
        now = time.monotonic()
        if now > began + limits.run_s:
            return Cause.RUN_TIME
        if now > step + limits.cell_s:
            return Cause.CELL_TIME
        if self.mode == "once" and process_limits.memory(self._process.pid) > limits.memory_bytes:
            return Cause.MEMORY
        return None

    def _listen(self) -> None:
        """In a thread: messages as they come, then None."""
        assert self._process.stdout
        frames = FrameDecoder()
        with contextlib.suppress(OSError, ValueError):  # closed, or not a message of ours
            while content := self._process.stdout.read1(1 << 20):  # type: ignore[attr-defined]  # it is buffered
                for frame in frames.feed(content):
                    self._inbox.put(frame)
        self._inbox.put(None)

    def _kill(self) -> None:
        if self._process.poll() is not None:
            return
        if os.name == "posix":
            process_limits.kill_tree(self._process.pid)
            return
        tree = ["taskkill", "/T", "/F", "/PID", str(self._process.pid)]
        subprocess.run(tree, check=False, capture_output=True)  # noqa: S603  # our own program
        self._process.kill()


_idle: list[Helper] = []
_guard = threading.Lock()
_served = 0


@contextlib.contextmanager
def helper(mode: str, warm_up: str = WARM_UP) -> Iterator[Helper]:
    """A helper of one's own for a while: one that waits already, or a new one."""
    global _served  # noqa: PLW0603  # one pool a process
    with _guard:
        ready = next((each for each in _idle if each.mode == mode and each.lives), None)
        if ready:
            _idle.remove(ready)
        _served += 1
        if mode == "once" and _served > 1:  # there may be more: warm up the next one meanwhile
            _idle.append(Helper(mode, warm_up))
    mine = ready or Helper(mode, warm_up)
    try:
        yield mine
    finally:
        if mine.lives:
            with _guard:
                _idle.append(mine)
        else:
            mine.close()


@atexit.register
def close_all() -> None:
    """End the helpers that wait."""
    with _guard:
        while _idle:
            _idle.pop().close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # they are the parent's
