"""Put on PYTHONPATH: a Python that lacks what Windows lacks, as far as Linux lets itself be bent.

No fork, no POSIX modules, a console in GBK, no way to replace a file that somebody has open.
"""

import asyncio  # noqa: F401  # the standard library takes what it needs before it is gone
import multiprocessing.util  # noqa: F401
import os
import signal
import subprocess  # noqa: F401
import sys
import tempfile  # noqa: F401

import lock_of_windows

for name in (
    "fork",
    "forkpty",
    "register_at_fork",
    "waitid",
    "sysconf",
    "pread",
):
    delattr(os, name)
for name in ("SIGALRM", "SIGHUP", "SIGCHLD", "pthread_sigmask"):
    delattr(signal, name)
for name in ("resource", "fcntl", "termios", "pwd", "grp", "tty", "pty"):
    sys.modules[name] = None
sys.modules["msvcrt"] = lock_of_windows
