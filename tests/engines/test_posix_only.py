"""Every call that Windows does not have, and what keeps it from being reached there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LIB = Path(__file__).resolve().parents[2] / "lib"
CALLS = frozenset(
    """
    os.fork os.forkpty os.setsid os.setpgid os.getpgid os.killpg os.waitid os.getuid os.geteuid
    os.getgid os.chown os.sysconf os.register_at_fork os.statvfs os.uname os.mkfifo os.nice
    os.sched_getaffinity os.getloadavg os.set_blocking os.fchmod os.WNOHANG os.O_NOFOLLOW
    os.O_DIRECTORY os.pread os.sync os.ttyname signal.SIGKILL signal.SIGALRM signal.SIGHUP
    signal.SIGCHLD signal.alarm signal.setitimer signal.pthread_sigmask select.select select.poll
    select.epoll selectors.DefaultSelector ctypes.CDLL time.tzset socket.AF_UNIX
    """.split()  # noqa: SIM905  # read as a list of words
)
MODULES = {"resource", "fcntl", "termios", "pwd", "grp", "pty", "tty", "syslog"}
PLACES = ("/proc/", "/dev/", "/tmp", "/usr/", "/etc/", "/var/", "/home/")

FORKED = ("zhibi/engines/fork/engine.py", 'FORKING_IS_SAFE and hasattr(os, "fork")')
SERVED = ("zhibi/engines/fork/server.py", 'if mode == "once":')
# file -> what it uses, and where the words stand that guard it
GUARDED = {
    "gongwen/atomic_files/exchange.py": {
        "ctypes.CDLL": ("gongwen/atomic_files/exchange.py", "except (OSError, TypeError):")
    },
    "gongwen/atomic_files/file_set.py": {
        "os.geteuid": ("gongwen/atomic_files/file_set.py", "if not possible() or")
    },
    "gongwen/atomic_files/staging.py": {
        "fcntl": ("gongwen/atomic_files/staging.py", "except (ImportError, PermissionError):")
    },
    "zhibi/doors/mcp/desk/guard.py": {  # a list of what may be read, among it places of Windows
        "/etc/": ("zhibi/doors/mcp/desk/guard.py", '"C:\\\\Windows"')
    },
    "zhibi/report/preview/fonts.py": {
        "/etc/": ("zhibi/report/preview/fonts.py", 'if shutil.which("fc-list"):')
    },
    "zhibi/batch/lock.py": {"fcntl": ("zhibi/batch/lock.py", "except ImportError:")},
    "zhibi/batch/workers/data_server.py": {
        "os.register_at_fork": (
            "zhibi/batch/workers/data_server.py", 'if hasattr(os, "register_at_fork"):',
        ),
        "/proc/": ("zhibi/batch/workers/data_server.py", "is not StartMethod.FORK:"),
    },
    "zhibi/batch/workers/executors.py": {
        "signal.pthread_sigmask": (
            "zhibi/batch/workers/executors.py", "is fork_engine.StartMethod.FORK:",
        )
    },
    "zhibi/engines/fork/client.py": {
        "os.register_at_fork": (
            "zhibi/engines/fork/client.py", 'if hasattr(os, "register_at_fork"):',
        )
    },
    "zhibi/engines/fork/process.py": dict.fromkeys(
        ("os.fork", "os.set_blocking", "selectors.DefaultSelector", "signal.pthread_sigmask"),
        FORKED,
    ),
    "zhibi/engines/fork/server.py": {"select.select": SERVED},
    "zhibi/engines/fork/limits.py": {
        **dict.fromkeys(("os.setsid", "os.sysconf"), FORKED),
        "os.killpg": ("zhibi/engines/fork/client.py", 'if os.name == "posix":'),
        "os.waitid": ("zhibi/engines/fork/limits.py", 'if hasattr(os, "waitid"):'),
        "os.WNOHANG": FORKED,
        "ctypes.CDLL": ("zhibi/engines/fork/limits.py", "if LINUX else None"),
        "signal.SIGKILL": ("zhibi/engines/fork/client.py", 'if os.name == "posix":'),
        "signal.pthread_sigmask": (
            "zhibi/engines/fork/limits.py",
            'if hasattr(signal, "pthread_sigmask"):',
        ),
        "resource": ("zhibi/engines/fork/limits.py", "except ImportError:"),
        "/proc/": ("zhibi/engines/fork/limits.py", "if LINUX"),
    },
    "zhibi/engines/fork/kernel/streams.py": {
        "os.pread": ("zhibi/engines/fork/kernel/streams.py", 'if hasattr(os, "pread"):')
    },
    "zhibi/engines/kernel.py": {
        "/tmp": ("zhibi/engines/kernel.py", '"/tmp" if POSIX and'),
        "os.killpg": ("zhibi/engines/kernel.py", "if POSIX"),
        "signal.SIGKILL": ("zhibi/engines/kernel.py", "if POSIX"),
        "resource": ("zhibi/engines/kernel.py", 'if sys.platform == "linux":'),
    },
}  # fmt: skip


def used(path: Path) -> Iterator[str]:
    """What of it a file names, wherever: calls, imports, texts that begin as a place of Linux."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            yield from {name} & CALLS
        elif isinstance(node, ast.Import):
            yield from {each.name for each in node.names} & MODULES
        elif isinstance(node, ast.ImportFrom):
            yield from {node.module} & MODULES
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (place for place in PLACES if node.value.startswith(place))


def found() -> dict[str, set[str]]:
    files = {path.relative_to(LIB).as_posix(): set(used(path)) for path in LIB.rglob("*.py")}
    return {name: calls for name, calls in files.items() if calls}


def test_whatever_windows_lacks_is_named_here_with_its_guard():
    assert found() == {name: set(calls) for name, calls in GUARDED.items()}


@pytest.mark.parametrize("name", GUARDED)
def test_the_guard_stands_where_it_is_said_to_stand(name):
    for place, words in GUARDED[name].values():
        assert words in (LIB / place).read_text("utf-8"), place
