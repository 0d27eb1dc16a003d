"""A workspace -> a process that opens no file of people outside of it and connects to no other machine.

It is the second wall: what an assistant names is refused before by `place`. It holds for the code
of notebooks too, as far as that opens files by Python.
"""

from __future__ import annotations

import os
import site
import socket
import sys
import tempfile
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

# programs, fonts, clocks and devices; nothing of anybody's
_SYSTEM = ("/usr", "/lib", "/lib64", "/dev", "/proc", "/sys", "/opt/fonts", "/etc/fonts", "/etc/localtime",
           "/etc/mime.types", "/etc/os-release", "/System/Library", "/Library/Fonts", "C:\\Windows")  # fmt: skip
_OWN = (".cache", ".config/matplotlib", ".ipython", ".jupyter", ".fonts", ".local/share/jupyter", ".local/share/fonts",
        ".local/lib", ".matplotlib", ".dask")  # fmt: skip
_FAMILIES = (socket.AF_INET, socket.AF_INET6)


def up(root: Path) -> None:
    """From here on this process, and those forked from it, are held to the workspace."""
    scratch = root / "outputs" / ".zhibi" / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
    allowed = tuple(dict.fromkeys(map(os.path.realpath, _allowed(root))))
    busy = False

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal busy
        if busy or event not in {"open", "socket.connect", "os.listdir", "os.scandir"}:
            return
        busy = True
        try:
            if event == "socket.connect":
                _refuse_machine(*arguments)
            elif arguments and isinstance(arguments[0], str | bytes | os.PathLike):
                _refuse_path(os.fsdecode(arguments[0]), allowed)
        finally:
            busy = False

    sys.addaudithook(watch)


def _allowed(root: Path) -> list[str]:
    packages = [find_spec(name) for name in ("zhibi", "gongwen", "dangjian")]
    homes = [Path(spec.origin).parents[1] for spec in packages if spec and spec.origin]
    folders = product(homes, ("lib", "templates", "notebooks", "params", "docs"))
    tops = [str(home.parent / name) for home, name in folders]
    own = [str(Path.home() / name) for name in _OWN]
    return [
        str(root),
        *_SYSTEM,
        *own,
        *map(str, homes),
        *tops,
        sys.prefix,
        sys.base_prefix,
        *site.getsitepackages(),
    ]


def _refuse_path(name: str, allowed: tuple[str, ...]) -> None:
    path = os.path.realpath(name)
    if not any(path == top or path.startswith(top.rstrip(os.sep) + os.sep) for top in allowed):
        raise PermissionError(13, "不在工作区里，助手不能读写")


def _refuse_machine(connected: Any, address: Any) -> None:
    if getattr(connected, "family", None) not in _FAMILIES:
        return
    host = address[0] if isinstance(address, tuple) else ""
    if host not in {"127.0.0.1", "::1", "localhost"}:
        raise PermissionError(13, "助手用的部分不联网")
