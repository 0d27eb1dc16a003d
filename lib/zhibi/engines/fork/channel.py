"""Work in a forked process -> the messages it sends, and what they come to: steps, a value, or how it ended."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from zhibi.engines.fork import messages

Tell = Callable[[Any], None]


Work = Callable[["Line"], Any]


STEP, KEEP, VALUE, ERROR, DEATH = b"S", b"K", b"V", b"E", b"D"


_HEAD = struct.Struct("<cQ")


_LONGEST_MESSAGE = 1 << 31


_PULSE_S = 0.1


class Cause(StrEnum):
    """What ended a child that gave no value."""

    CELL_TIME = "cell_time"
    RUN_TIME = "run_time"
    MEMORY = "memory"
    KILLED = "killed"  # by us, on request
    SIGNAL = "signal"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Returned:
    """The value of the work. By then everything it wrote is in place."""

    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """What the work raised; an error that cannot travel comes as a RuntimeError with its words."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class Died:
    """No value: why, and how the process ended (its exit code.

    Negative is the signal that ended it).
    """

    cause: Cause
    code: int


Ended = Returned | Raised | Died


class Codec(Protocol):
    """How values travel: `messages`, or `pickle` between processes of our own."""

    def dumps(self, value: Any, /) -> bytes:
        """As bytes."""

    def loads(self, content: bytes, /) -> Any:
        """The same value again."""


class Line:
    """The child's end of the line to its parent."""

    def __init__(self, descriptor: int, codec: Codec = messages) -> None:
        self._descriptor, self._codec = descriptor, codec
        self._quiet_until = 0.0

    def step(self, value: Any) -> None:
        """Tell the parent that the next step begins; a step may last `limits.cell_s`."""
        self.send(STEP, value)

    def pulse(self, value: Any) -> None:
        """The same for steps that nobody follows one by one.

        Those that come right after another are not told.

        The last one told began at most `_PULSE_S` before the one that is on.
        """
        now = time.monotonic()
        if now >= self._quiet_until:
            self._quiet_until = now + _PULSE_S
            self.step(value)

    def keep(self, value: Any) -> None:
        """Leave something with the parent, for the case that this process dies."""
        self.send(KEEP, value)

    def end(self, work: Work) -> int:
        """Do the work and send what came of it; the exit code."""
        try:
            self.send(VALUE, work(self))
        except BaseException as error:  # noqa: BLE001  # whatever it is, the parent judges it
            self.send(ERROR, _portable(error, self._codec))
            return 1
        return 0

    def send(self, kind: bytes, value: Any) -> None:
        """One message, whole."""
        self.pass_on(kind, self._codec.dumps(value))

    def pass_on(self, kind: bytes, message: bytes) -> None:
        """One message that comes from elsewhere."""
        content = memoryview(framed(kind, message))
        while content:
            content = content[os.write(self._descriptor, content) :]


def framed(kind: bytes, content: bytes) -> bytes:
    """A message as it travels: kind, length, content."""
    return _HEAD.pack(kind, len(content)) + content


class FrameDecoder:
    """Bytes as they come -> whole messages."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, content: bytes) -> list[tuple[bytes, bytes]]:
        """The messages that are complete with these bytes.

        Raises ValueError for what no child of ours sends.
        """
        self._rest += content
        whole: list[tuple[bytes, bytes]] = []
        while len(self._rest) >= _HEAD.size:
            kind, length = _HEAD.unpack_from(self._rest)
            if length > _LONGEST_MESSAGE:
                raise ValueError(f"message of {length} bytes")
            if kind not in {STEP, KEEP, VALUE, ERROR, DEATH}:
                raise ValueError(f"message of kind {kind!r}")
            end = _HEAD.size + length
            if len(self._rest) < end:
                break
            whole.append((kind, bytes(self._rest[_HEAD.size : end])))
            del self._rest[:end]
        return whole


def end(kind: bytes, content: bytes, codec: Codec = messages) -> Ended:
    """The last message of a child as its end."""
    try:
        value = codec.loads(content)
    except Exception as fault:  # noqa: BLE001  # of a kind that only the child knew, or no message of ours
        return Raised(RuntimeError(f"{type(fault).__name__}: {fault}"))
    if kind == DEATH:
        return value if isinstance(value, Died) else Died(Cause.EXIT, 1)
    if kind == VALUE:
        return Returned(value)
    return Raised(value if isinstance(value, BaseException) else RuntimeError(str(value)[:200]))


def _portable(error: BaseException, codec: Codec) -> BaseException:
    try:
        codec.loads(codec.dumps(error))  # to see whether it survives
    except Exception:  # noqa: BLE001  # anything may go wrong in a foreign error
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
