"""A helper process: reads work from its input, forks a child for each piece, or does one itself.

Work comes in on stdin, what it tells and how it ends goes out on stdout (see `remote`). Mode
`fork`: serve until stdin ends. Mode `once`, for systems that cannot fork: do one piece of work in
this very process and end.
"""

from __future__ import annotations

import os
import pickle
import select
import sys
import tempfile
import threading
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from zhibi.engines.fork import limits as process_limits
from zhibi.engines.fork import process
from zhibi.engines.fork.channel import DEATH, ERROR, VALUE, Died, Ended, Line, Returned
from zhibi.engines.fork.process import Child
from zhibi.startup import hooks


def main(mode: str, warm_up: str) -> None:
    """Serve on stdin and stdout, after a call of `warm_up` (module:function)."""
    requests, line = _lines()
    module, _, function = warm_up.partition(":")
    getattr(import_module(module), function)()
    hooks.collect_as_usual()
    if mode == "once":
        _once(requests, line)
    while request := _read(requests):
        work, limits = request
        _serve(process.start(work, limits), line, requests)


def _lines() -> tuple[BinaryIO, Line]:
    """Stdin and stdout for us alone: whatever prints here prints nowhere."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    return os.fdopen(requests, "rb", buffering=0), Line(answers)


def _read(requests: BinaryIO) -> Any:
    """The next piece of work with its limits; None when there will be no more."""
    try:
        return pickle.load(requests)  # noqa: S301  # from the process that started us
    except EOFError:
        return None


def _serve(child: Child, line: Line, requests: BinaryIO) -> None:
    """Pass on what a child tells until it ends; if nobody listens any more, it ends with us."""
    while (ended := child.poll()) is None:
        _pass_on(child, line)
        process.wait([child], 1.0)
        if select.select([requests], [], [], 0)[
            0
        ]:  # nobody sends work while work is done: they hung up
            child.kill()
            sys.exit(0)
    _pass_on(child, line)
    line.send(*_last(ended))


def _pass_on(child: Child, line: Line) -> None:
    for kind, content in child.take_frames():
        line.pass_on(kind, content)


def _last(ended: Ended) -> tuple[bytes, Any]:
    if isinstance(ended, Died):
        return DEATH, ended
    return (VALUE, ended.value) if isinstance(ended, Returned) else (ERROR, ended.error)


def _once(requests: BinaryIO, line: Line) -> NoReturn:
    request = _read(requests)
    if request:
        work, limits = request
        threading.Thread(target=_end_with, args=(requests,), daemon=True).start()
        process_limits.settle(limits, Path(tempfile.gettempdir()))
        line.end(work)
    os._exit(0)


def _end_with(requests: BinaryIO) -> None:
    """In a thread: nobody sends more work; stdin ends when the one who waits for us is gone."""
    requests.read(1)
    os._exit(1)
