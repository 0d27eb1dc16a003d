"""Work -> its value or how its process died: one forked process, watched and limited by the parent.

    child = start(work, limits)             # work(tell) runs in the child; its value comes back
    while (ended := child.poll()) is None:  # never blocks; enforces the limits
        wait([child, ...], 0.2)

One single-threaded parent can so watch many children. The parent must have imported everything
beforehand and should have no other threads (`limits.threads`): a lock held by a thread stays locked
for ever in a forked child. POSIX only.

The child is a session of its own with a temporary folder of its own, no keyboard and no screen; it
and all it started are killed when it ends, when it takes too long or too much, and (Linux) when its
parent dies.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from zhibi.engines.engine import Limits
from zhibi.engines.fork import limits as process_limits
from zhibi.engines.fork import messages
from zhibi.engines.fork.channel import (
    ERROR,
    STEP,
    VALUE,
    Cause,
    Codec,
    Died,
    Ended,
    FrameDecoder,
    Line,
    Tell,
    Work,
    end,
)

_MOST_AT_ONCE = 1 << 20
_SAMPLE_S = 0.2  # how often a child's memory is looked at
_LONGEST_SLEEP_S = 0.25
_BURIAL_S = 5.0
_SHORT_SLEEP_S = 0.005  # for one that closed its line and is about to end


def start(
    work: Work, limits: Limits, *, scratch_in: Path | None = None, codec: Codec = messages
) -> Child:
    """Fork a child that does the work.

    `scratch_in`: where its temporary folder is made (default: the system's).

    `codec` is how it tells its values; another than `messages` is for a child that runs nobody's code but ours.

    An interrupt waits until the child is there: Python loses one that comes while it forks.
    """
    waits = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    child: Child | None = None
    try:
        child = _forked(work, limits, scratch_in, codec)
    finally:
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, waits)
        except KeyboardInterrupt:
            if child:
                child.kill()
                bury(child)
            raise
    return child


def _forked(work: Work, limits: Limits, scratch_in: Path | None, codec: Codec) -> Child:
    scratch = Path(tempfile.mkdtemp(prefix="zb-", dir=scratch_in))
    ours, theirs = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        process_limits.live(lambda: Line(theirs, codec).end(work), parent, limits, scratch)
    os.close(theirs)
    os.set_blocking(ours, False)
    return Child(pid, ours, limits, scratch, codec)


class Child:
    """What the parent holds of a child."""

    def __init__(
        self, pid: int, descriptor: int, limits: Limits, scratch: Path, codec: Codec = messages
    ) -> None:
        self.pid, self.limits, self.scratch = pid, limits, scratch
        self._codec = codec
        self.began = time.monotonic()
        self.peak_bytes = 0
        self._descriptor, self._frames = descriptor, FrameDecoder()
        self._step_began = self._sampled = self.began
        self._told: list[tuple[bytes, bytes]] = []
        self._ended: Ended | None = None
        self._cause: Cause | None = None
        self._value: tuple[bytes, bytes] | None = None
        self._hung_up = False

    def fileno(self) -> int:
        """For a selector: readable when there is something to `poll` for, or the child is dead."""
        return self._descriptor

    @property
    def hung_up(self) -> bool:
        """Whether the child closed its line: as a rule it is just ending."""
        return self._hung_up

    @property
    def delivered(self) -> bool:
        """Whether what came of its work is here: all that is left of it is to end."""
        return self._value is not None

    @property
    def due(self) -> float:
        """When (time.monotonic) the child must be looked at again even if it says nothing."""
        return min(self.began + self.limits.run_s, self._step_began + self.limits.cell_s)

    def take(self) -> list[Any]:
        """What the child told since the last call, steps and things to keep in the order told."""
        told = []
        for _, content in self.take_frames():
            with contextlib.suppress(messages.NoMessage):  # the notebook wrote into our line
                told.append(self._codec.loads(content))
        return told

    def take_frames(self) -> list[tuple[bytes, bytes]]:
        """The same as it came, to be passed on."""
        frames, self._told = self._told, []
        return frames

    def kill(self, cause: Cause = Cause.KILLED) -> None:
        """End the child and all it started, now. `poll` then tells that it died."""
        self._cause = self._cause or cause
        process_limits.kill_tree(self.pid)

    def poll(self) -> Ended | None:
        """How the child ended, or None while it lives; enforces its limits."""
        if self._ended is not None:
            return self._ended
        self._listen()
        code = process_limits.ended(self.pid)
        if code is None:
            self._enforce(time.monotonic())
            return None
        self._listen()
        self._bury(code)
        return self._ended

    def _listen(self) -> None:
        try:
            while not self._hung_up:
                content = os.read(self._descriptor, _MOST_AT_ONCE)
                self._hung_up = not content
                for kind, message in self._frames.feed(content):
                    self._hear(kind, message)
        except BlockingIOError:
            return
        except ValueError:  # the notebook wrote into our line
            self.kill(Cause.EXIT)

    def _hear(self, kind: bytes, message: bytes) -> None:
        if kind in {VALUE, ERROR}:
            self._value = kind, message
            return
        self._told.append((kind, message))
        if kind == STEP:
            self._step_began = time.monotonic()

    def _enforce(self, now: float) -> None:
        if now > self.began + self.limits.run_s:
            self.kill(Cause.RUN_TIME)
        elif now > self._step_began + self.limits.cell_s:
            self.kill(Cause.CELL_TIME)
        elif now > self._sampled + _SAMPLE_S:
            self._sampled = now
            used = process_limits.memory(self.pid)
            self.peak_bytes = max(self.peak_bytes, used)
            if used > self.limits.memory_bytes:
                self.kill(Cause.MEMORY)

    def _bury(self, code: int) -> None:
        self._ended = self._verdict(code)  # first: after an interrupt here it is polled once more
        os.close(self._descriptor)
        process_limits.clear(self.scratch)

    def _verdict(self, code: int) -> Ended:
        if self._value is not None:
            return end(*self._value, self._codec)
        return Died(self._cause or (Cause.SIGNAL if code < 0 else Cause.EXIT), code)


def wait(children: Iterable[Child], seconds: float) -> None:
    """Sleep until one of the children wants to be polled, at most so long."""
    with selectors.DefaultSelector() as selector:
        now, until = time.monotonic(), _LONGEST_SLEEP_S
        for child in children:
            if child.hung_up:
                until = min(until, _SHORT_SLEEP_S)
            else:
                selector.register(child, selectors.EVENT_READ)
            until = min(until, child.due - now)
        selector.select(max(0.0, min(seconds, until)))


def bury(child: Child) -> None:
    """Wait for the end of a child that was killed, so that nothing of it is left; not for long."""
    until = time.monotonic() + _BURIAL_S
    while child.poll() is None and time.monotonic() < until:
        time.sleep(_SHORT_SLEEP_S)


def finish(child: Child, tell: Tell) -> Ended:
    """Wait for one child and pass on what it tells; whatever interrupts the waiting kills it."""
    try:
        while (ended := child.poll()) is None:
            for message in child.take():
                tell(message)
            wait([child], _LONGEST_SLEEP_S)
    except BaseException:
        child.kill()
        bury(child)
        raise
    for message in child.take():
        tell(message)
    return ended
