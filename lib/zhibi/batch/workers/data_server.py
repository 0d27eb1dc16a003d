"""A dataset -> a separate process that serves slices of it, so that the forking parent stays small.

Every report is made in a copy of this process, and what is in its memory is paid for with each
copy: a county of 3,000 branches, read, is three times what the programs are. So a copy that was
made before reads it, keeps it, and is asked. Where a fork is not safe the reading is done here.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongwen.errors import SourceLost
from zhibi.engines.engine import UNLIMITED, Limits
from zhibi.engines.fork import engine as fork_engine
from zhibi.engines.fork import process
from zhibi.engines.fork.channel import Line, Raised
from zhibi.engines.fork.engine import NEVER, StartMethod
from zhibi.engines.fork.process import Child

FailureGroup = Callable[[str], Any]
Reading = Callable[[], tuple[Any, FailureGroup]]

_FOREVER = Limits(NEVER, NEVER, UNLIMITED)
_TRIES = 3
_LENGTH = struct.Struct("<I")
_ours: set[int] = set()  # descriptors on which we ask; a report's process must not ask


def _forget() -> None:
    while _ours:
        os.close(_ours.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


@contextlib.contextmanager
def kept(reading: Reading) -> Iterator[tuple[Any, FailureGroup]]:
    """What the reading gives, its function answered by a process of its own, which ends with the context.

    If that process is killed, another one reads again. Raises what the reading or an answer raises,
    and SourceLost if it is killed again and again.
    """
    if fork_engine.best_way() is not StartMethod.FORK:
        yield reading()
        return
    keeper = _Keeper(reading)
    try:
        yield keeper.begin(), keeper.asked
    finally:
        keeper.end()


class _Keeper:
    """The other process, as we hold it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._held: Child | None = None
        self._asks = -1

    def begin(self) -> Any:
        """Have it read; what it tells first."""
        for _ in range(_TRIES - 1):
            with contextlib.suppress(SourceLost):
                return self._begun()
        return self._begun()

    def asked(self, name: str) -> Any:
        """Its answer."""
        for _ in range(_TRIES):
            try:
                return self._answered(name)
            except SourceLost:
                if (
                    fork_engine.best_way() is not StartMethod.FORK
                ):  # a cluster's client has started threads since
                    raise
                self.begin()
        return self._answered(name)

    def end(self) -> None:
        """It ends, now."""
        if self._held is None:
            return
        self._held.kill()
        process.bury(self._held)
        self._held = None
        _ours.discard(self._asks)
        os.close(self._asks)

    def _begun(self) -> Any:
        self.end()
        theirs, self._asks = os.pipe()
        _ours.add(self._asks)
        self._held = process.start(_Keeping(self._reading, theirs), _FOREVER, codec=pickle)
        os.close(theirs)
        return self._told()

    def _answered(self, name: str) -> Any:
        content = name.encode()
        with contextlib.suppress(BrokenPipeError):  # what it told last says why
            os.write(self._asks, _LENGTH.pack(len(content)) + content)
        of, told = self._told()
        assert of == name
        return told

    def _told(self) -> Any:
        """The next thing it tells."""
        assert self._held is not None
        while True:
            ended = self._held.poll()
            for told in self._held.take():
                return told
            if isinstance(ended, Raised):
                raise ended.error
            if ended is not None:
                raise SourceLost
            process.wait([self._held], 1.0)


@dataclass(frozen=True, slots=True)
class _Keeping:
    """What the other process does: read, tell, and answer as long as somebody asks."""

    reading: Reading
    requests: int

    def __call__(self, line: Line) -> None:
        with contextlib.suppress(OSError):  # if memory runs out, a report goes first
            Path("/proc/self/oom_score_adj").write_text("0", "ascii")
        known, told = self.reading()
        line.keep(known)
        with os.fdopen(self.requests, "rb") as requests:
            while head := requests.read(_LENGTH.size):
                name = requests.read(_LENGTH.unpack(head)[0]).decode()
                line.keep((name, told(name)))
