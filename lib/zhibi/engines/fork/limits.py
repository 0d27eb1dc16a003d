"""A forked process -> an isolated worker: no terminal, limited, ends with its parent.

What the parent needs of the system to hold it: memory, end and killing of a process with everything
it started. Linux can do all of this; where a system lacks a part (macOS: memory, the parent's
death), that part is left out.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import math
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from zhibi.engines.engine import UNLIMITED, Limits
from zhibi.startup.kernel_state import restore_threads

LINUX = sys.platform == "linux"
_C = ctypes.CDLL(None, use_errno=True) if LINUX else None
_PARENT_DEATH_SIGNAL, _CHILD_SUBREAPER = 1, 36  # of prctl(2)
_HELD = re.compile(r"^Rss(?:Anon|Shmem):\s*(\d+) kB$", re.MULTILINE)
_RESERVED_PAGES = 5  # the place in /proc/self/statm
_SIGNALS = ("SIGTERM", "SIGHUP", "SIGCHLD", "SIGALRM")
_thrown_away = False
_RARELY = (50_000, 20, 100)  # collections of garbage: the process ends soon
_FIRST_TO_GO = b"500"  # when memory runs out, the system ends a child and not its parent


def live(main: Callable[[], int], parent: int, limits: Limits, scratch: Path) -> NoReturn:
    """In a forked child: settle down, do the work and end without the ends of an interpreter."""
    code = 1
    try:
        os.setsid()
        _tie_to(parent)
        settle(limits, scratch)
        code = main()
    finally:
        with contextlib.suppress(BaseException):
            kill_below(os.getpid())
        os._exit(code)


def settle(limits: Limits, scratch: Path) -> None:
    """Isolate a process that will run a notebook.

    No shared handles, limits, own TMPDIR, own random seed.
    """
    global _thrown_away  # noqa: PLW0603  # a fact about this process
    _thrown_away = True
    _usual_signals()
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    _limit(limits)
    restore_threads()
    gc.freeze()  # what came with the fork is not looked through, nor copied for that
    gc.set_threshold(*_RARELY)
    os.environ["TMPDIR"] = str(scratch)
    tempfile.tempdir = None
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _tie_to(parent: int) -> None:
    """Die with the parent, and inherit whatever of our own descendants loses its parent."""
    if _C is None:
        return
    _C.prctl(_PARENT_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)
    _C.prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)
    if os.getppid() != parent:  # it died before we were tied to it
        os._exit(1)
    with contextlib.suppress(OSError):
        score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(score, _FIRST_TO_GO)
        os.close(score)


def _usual_signals() -> None:
    """The handlers a fresh Python has; those of the parent were for the parent."""
    signal.set_wakeup_fd(-1)
    for name in _SIGNALS:
        if hasattr(signal, name):  # Windows has two of them
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _limit(limits: Limits) -> None:
    """The second line behind the parent's watch: it also holds if the parent is stopped."""
    try:
        import resource  # noqa: PLC0415  # POSIX only
    except ImportError:
        return
    if math.isfinite(limits.run_s):
        _lower(resource, resource.RLIMIT_CPU, math.ceil(limits.run_s * (os.cpu_count() or 1)) + 1)
    _lower(resource, resource.RLIMIT_CORE, 0)
    if LINUX and limits.memory_bytes < UNLIMITED:  # macOS does not enforce it
        _lower(resource, resource.RLIMIT_DATA, _reserved() + limits.memory_bytes)


def _lower(resource: Any, kind: int, value: int) -> None:
    _, most = resource.getrlimit(kind)
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(kind, (value, value))


def _reserved() -> int:
    """Bytes of address space this process came with.

    Libraries reserve much that they never touch.
    """
    with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123  # a child touches as little as it can
        return int(statm.read().split()[_RESERVED_PAGES]) * os.sysconf("SC_PAGE_SIZE")


def thrown_away() -> bool:
    """Whether this very process was made for one piece of work, and ends with it."""
    return _thrown_away


def kill_tree(pid: int) -> None:
    """Kill a child of ours, its group and everything below it; those already dead do not mind."""
    below = list(_below(pid))
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    for each in (pid, *below):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(each, signal.SIGKILL)


def kill_below(pid: int) -> None:
    """Kill everything a process started."""
    for each in _below(pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(each, signal.SIGKILL)


def ended(pid: int) -> int | None:
    """How a child of ours ended (negative: by this signal), or None while it lives.

    Its group goes with it.
    """
    if hasattr(os, "waitid"):
        with contextlib.suppress(ChildProcessError):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                return None
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)  # before the number is free for others
    try:
        reaped, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:  # somebody else asked first
        return 0
    return os.waitstatus_to_exitcode(status) if reaped else None


def memory(pid: int) -> int:
    """Bytes that a process and everything below it hold for themselves.

    0 where the system does not tell.
    """
    return sum(map(_memory, (pid, *_below(pid)))) if LINUX else 0


def threads() -> int:
    """How many threads this process has; those of libraries are seen on Linux only."""
    return sum(1 for _ in Path("/proc/self/task").iterdir()) if LINUX else threading.active_count()


def clear(scratch: Path) -> None:
    """Remove a child's temporary folder, whatever is in it."""
    shutil.rmtree(scratch, ignore_errors=True)


def _below(pid: int) -> Iterator[int]:
    if not LINUX:
        return
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = " ".join((task / "children").read_text("ascii") for task in tasks)
    except OSError:
        return
    for child in map(int, children.split()):
        yield child
        yield from _below(child)


def _memory(pid: int) -> int:
    """What only memory can hold: anonymous pages and memory files, not the files of programs."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8", "replace")
    except OSError:
        return 0
    return sum(int(size) for size in _HELD.findall(status)) * 1024
