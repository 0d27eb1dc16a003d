"""A starting process -> import hooks and garbage-collector settings that shorten its start.

nbformat brings jsonschema, which loads a grammar of international addresses for its formats `iri` and `iri-reference`:
0.7 s and 15 MB (measured, rfc3987-syntax 1.1.0). It is loaded here when such an address is checked. Papermill brings
requests, for notebooks at web addresses, and jsonschema by way of isoduration brings arrow, for its format `duration`:
0.1 s together. They are loaded when something of theirs is used (trick `import-finder`).

What is imported stays; to look through all of it for garbage again and again while more is imported
costs 0.4 s (trick `collector`).
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any

from zhibi.startup import patterns

_USUAL = gc.get_threshold()
_ELDEST_LEFT_ALONE = (*_USUAL[:2], 10_000)
_SELDOM_USED = frozenset(("requests", "arrow"))
_TOLD = frozenset(("__version__", "__all__"))  # names that tell of the contents
_GRAMMAR, _ITS_HOME = "rfc3987_syntax", "rfc3987_syntax.syntax_helpers"


def on() -> None:
    """From now on in this process, and in those forked from it."""
    gc.set_threshold(*_ELDEST_LEFT_ALONE)
    patterns.on()
    if not any(isinstance(each, _Finder) for each in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def collect_as_usual() -> None:
    """All is imported: from now on garbage is looked for as Python does."""
    gc.set_threshold(*_USUAL)


class _Finder(MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> Any:
        if name != _GRAMMAR and name not in _SELDOM_USED:
            return None
        spec: ModuleSpec | None = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Later() if name == _GRAMMAR else _AtFirstUse(spec.loader)
        return spec


class _Later(Loader):
    """Gives a module whose contents are loaded when one of them is used."""

    def exec_module(self, module: ModuleType) -> None:
        def is_valid_syntax(*given: Any) -> Any:
            return import_module(_ITS_HOME).is_valid_syntax(*given)

        vars(module).update(is_valid_syntax=is_valid_syntax, __getattr__=_its)


class _AtFirstUse(Loader):
    """Gives a module that is loaded when one of its names is asked for.

    Not importlib's LazyLoader: there, whoever imports a part of the package first has that part twice.
    """

    def __init__(self, loader: Loader) -> None:
        self._loader, self._lock, self._loading = loader, RLock(), False

    def exec_module(self, module: ModuleType) -> None:
        def load(name: str) -> Any:
            if name.startswith("__") and name not in _TOLD:
                raise AttributeError(name)
            with self._lock:
                if self._loading:  # it asks for a part of its own that is still to come
                    raise AttributeError(name)
                self._load(module, load)
            return getattr(module, name)

        vars(module)["__getattr__"] = load

    def _load(self, module: ModuleType, load: Any) -> None:
        if vars(module).get("__getattr__") is not load:
            return  # loaded meanwhile
        self._loading = True
        try:
            self._loader.exec_module(module)
        finally:
            self._loading = False
        if vars(module).get("__getattr__") is load:
            del vars(module)["__getattr__"]


def _its(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(import_module(_ITS_HOME), name)
