"""A function -> the same function run in a process of its own, whose n-th system call fails or is its last.

The calls counted are those that change a disk. They are intercepted by the system itself (ptrace), below Python and
below the C library, so that nothing the function does is overlooked. Linux on x86-64 only.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

POSSIBLE = sys.platform == "linux" and platform.machine() == "x86_64"
CALLS = {
    1: "write", 2: "open", 74: "fsync", 75: "fdatasync", 77: "ftruncate", 82: "rename", 83: "mkdir", 84: "rmdir",
    86: "link", 87: "unlink", 90: "chmod", 91: "fchmod", 73: "flock", 257: "openat", 258: "mkdirat", 263: "unlinkat",
    264: "renameat", 265: "linkat", 268: "fchmodat", 280: "utimensat", 316: "renameat2", 326: "copy_file_range",
    40: "sendfile",
}  # fmt: skip
_TRACE_ME, _GET_REGISTERS, _SET_REGISTERS, _GO_ON, _OPTIONS = 0, 12, 13, 24, 0x4200
_MARK_CALLS, _DIE_TOGETHER = 1, 0x100000
_RESULT, _NUMBER = 10, 15  # where the registers hold what a call gave and which it was


class Fault(StrEnum):
    """What befalls the n-th call."""

    NONE = "nothing"
    KILL = "the process is killed before it"
    FULL_ONCE = "no space, once"
    FULL = "no space from there on"
    BROKEN = "input/output error, once"
    DENIED = "not permitted, once"


_ERRORS = {
    Fault.FULL_ONCE: errno.ENOSPC,
    Fault.FULL: errno.ENOSPC,
    Fault.BROKEN: errno.EIO,
    Fault.DENIED: errno.EACCES,
}


@dataclass(frozen=True)
class Run:
    """How many calls there were, the one that was hit, and whether the function returned."""

    calls: int
    hit: str
    returned: bool


class _Registers(ctypes.Structure):
    _fields_ = (("all", ctypes.c_ulong * 27),)


def run(work: Callable[[], object], fault: Fault = Fault.NONE, at: int = 0) -> Run:
    """Run it in a child and let the fault befall its call number `at`, from 1."""
    pid = os.fork()
    if pid == 0:
        _be_traced(work)
    return _trace(pid, fault, at)


def _be_traced(work: Callable[[], object]) -> None:
    code = 1
    try:
        _ptrace(_TRACE_ME, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        work()
        code = 0
    except BaseException:  # noqa: BLE001  # the edge of the child
        code = 1
    finally:
        os._exit(code)


def _trace(pid: int, fault: Fault, at: int) -> Run:
    os.waitpid(pid, 0)
    _ptrace(_OPTIONS, pid, 0, _MARK_CALLS | _DIE_TOGETHER)
    calls, hit, entering, failing, pass_on = 0, "", True, False, 0
    while True:
        _ptrace(_GO_ON, pid, 0, pass_on)
        _, status = os.waitpid(pid, 0)
        if not os.WIFSTOPPED(status):
            return Run(calls, hit, os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0)
        pass_on = 0
        if os.WSTOPSIG(status) != signal.SIGTRAP | 0x80:
            pass_on = os.WSTOPSIG(status) if os.WSTOPSIG(status) != signal.SIGTRAP else 0
            continue
        registers = _Registers()
        _ptrace(_GET_REGISTERS, pid, 0, ctypes.addressof(registers))
        if entering and registers.all[_NUMBER] in CALLS:
            calls += 1
            stays = fault is Fault.FULL and calls >= at > 0
            if fault is not Fault.NONE and (calls == at or stays):
                hit = hit or CALLS[registers.all[_NUMBER]]
                if fault is Fault.KILL:
                    os.kill(pid, signal.SIGKILL)
                    os.waitpid(pid, 0)
                    return Run(calls, hit, returned=False)
                failing = True
                registers.all[_NUMBER] = ctypes.c_ulong(-1).value  # no call at all
                _ptrace(_SET_REGISTERS, pid, 0, ctypes.addressof(registers))
        elif not entering and failing:
            failing = False
            registers.all[_RESULT] = ctypes.c_ulong(-_ERRORS[fault]).value
            _ptrace(_SET_REGISTERS, pid, 0, ctypes.addressof(registers))
        entering = not entering


def _ptrace(request: int, pid: int, address: int, data: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    library.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    library.ptrace.restype = ctypes.c_long
    if library.ptrace(request, pid, address, data) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")
