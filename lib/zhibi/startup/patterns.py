"""The regular expressions of modules -> the same compiled, from a file beside the modules' compiled files.

Python keeps what it has compiled of a module (.pyc) and compiles the module's expressions at every start: six hundred of
them, many with classes of Chinese characters, are two fifths of what it costs to check a page (trick `patterns`).
What `re` makes of them is kept in the same way: in `__pycache__`, for one version of Python, written when a process ends
that had to compile some, and never if Python writes no .pyc. Only what an installed module or one of ours compiles while
it is imported is kept: such an expression stands in the source, and nothing of anybody's data is in it.

Where `re` is not made as it is known here, or the file is not what was written, all is compiled as usual.
"""

from __future__ import annotations

import array
import atexit
import marshal
import os
import re
import sys
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from threading import local
from types import FrameType, ModuleType, SimpleNamespace
from typing import Any, NamedTuple

_OURS = frozenset(("gongwen", "gongwen_lint", "zhibi", "dangjian"))
_INSTALLED = frozenset(("site-packages", "dist-packages"))
_MOST = 5_000  # more than we have: what is left of older sources is not kept for ever
_WORTH_WRITING = 10  # new ones
_DEEPEST = 12  # frames between `re.compile` and the module that asks
_WORD = "I"
_PECULIAR = re.LOCALE | re.DEBUG  # depend on more than the expression, or show something

_TEXT = frozenset((str, bytes))

Key = tuple[str | bytes, int]


class Compiled(NamedTuple):
    """What `re` makes of an expression: its flags, its program, its groups."""

    flags: int
    program: bytes
    groups: int
    names: dict[str, int]
    named: tuple[str | None, ...]


class _Asked(local):
    """What a thread is having compiled, if it is to be kept."""

    key: Key | None = None


class _Store:
    """The compiled expressions of the file, and those that were compiled here."""

    def __init__(self, engine: Any, compiler: Any) -> None:
        self._make, self._usual = engine.compile, compiler.compile
        self._magic = f"{sys.version} {engine.MAGIC} {array.array(_WORD).itemsize}"
        self._file = Path(cache_from_source(__file__)).with_suffix(".patterns")
        self._known: dict[Key, Compiled] = _read(self._file, self._magic)
        self._new: dict[Key, Compiled] = {}
        self._asked = _Asked()

    def compile(self, pattern: Any, flags: int = 0) -> Any:
        """As re's own, which is asked where the file has none."""
        key = (pattern, int(flags))
        known = self._known.get(key) if type(pattern) in _TEXT else None
        if known is not None:
            program = array.array(_WORD, known.program).tolist()
            return self._make(pattern, known.flags, program, known.groups, known.names, known.named)
        wanted = type(pattern) in _TEXT and not flags & _PECULIAR and _importing()
        self._asked.key = key if wanted else None
        return self._usual(pattern, flags)

    def made(self, pattern: Any, flags: int, program: Any, groups: int, *names: Any) -> Any:
        """The last step of re's own, which makes the expression of its program."""
        key, self._asked.key = self._asked.key, None
        if key is not None and pattern == key[0]:
            words = array.array(_WORD, program).tobytes()
            self._new[key] = Compiled(int(flags), words, groups, dict(names[0]), names[1])
        return self._make(pattern, flags, program, groups, *names)

    def write(self, owner: int) -> None:
        """Add what was compiled to the file, whole or not at all."""
        if os.getpid() != owner or sys.dont_write_bytecode or len(self._new) < _WORTH_WRITING:
            return
        written = _read(self._file, self._magic)  # another process may have written meanwhile
        written = {**(written if len(written) < _MOST else {}), **self._new}
        plain = {key: tuple(each) for key, each in written.items()}
        beside = self._file.with_suffix(f".{owner}")
        try:
            self._file.parent.mkdir(exist_ok=True)
            beside.write_bytes(marshal.dumps((self._magic, plain)))
            beside.replace(self._file)
        except OSError:
            beside.unlink(missing_ok=True)


def on() -> None:
    """From now on in this process, and in those forked from it."""
    compiler: Any = import_module("re._compiler")
    engine = getattr(compiler, "_sre", None)
    if not isinstance(engine, ModuleType) or not hasattr(engine, "MAGIC"):
        return  # it is made otherwise, or this was done before
    store = _Store(engine, compiler)
    compiler._sre = SimpleNamespace(**{**vars(engine), "compile": store.made})  # noqa: SLF001
    compiler.compile = store.compile
    atexit.register(store.write, os.getpid())


def _importing() -> bool:
    """Whether a module that is installed, or one of ours, is being imported and asks."""
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001  # who called `compile`
    for _ in range(_DEEPEST):
        if frame is None:
            return False
        if frame.f_code.co_name == "<module>":
            return _is_installed(frame.f_globals)
        frame = frame.f_back
    return False


def _is_installed(module: dict[str, Any]) -> bool:
    """True for a module with a file that is no program, no cell of a notebook and nobody's own."""
    top = str(module.get("__name__", "")).partition(".")[0]
    if top in _OURS or top in sys.stdlib_module_names:
        return True
    return not _INSTALLED.isdisjoint(Path(str(module.get("__file__", ""))).parts)


def _read(file: Path, magic: str) -> dict[Key, Compiled]:
    try:
        version, plain = marshal.loads(file.read_bytes())  # noqa: S302  # as trusted as the .pyc beside it
        return {key: Compiled(*each) for key, each in plain.items()} if version == magic else {}
    except (OSError, EOFError, ValueError, TypeError):
        return {}
