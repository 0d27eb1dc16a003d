"""A starting process -> import hooks and garbage-collector settings that shorten its start.

nbformat brings jsonschema, which loads a grammar of international addresses for its formats `iri` and `iri-reference`:
0.7 s and 15 MB (measured, rfc3987-syntax 1.1.0). It is loaded here when such an address is checked.

What is imported stays; to look through all of it for garbage again and again while more is imported
costs 0.27 s (measured).
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_USUAL = gc.get_threshold()
_ELDEST_LEFT_ALONE = (*_USUAL[:2], 10_000)
_GRAMMAR, _ITS_HOME = "rfc3987_syntax", "rfc3987_syntax.syntax_helpers"


def on() -> None:
    """From now on in this process, and in those forked from it."""
    gc.set_threshold(*_ELDEST_LEFT_ALONE)
    if not any(isinstance(each, _Finder) for each in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def freeze() -> None:
    """All is imported and stays: nobody looks through it again, and a child that only reads need not copy what it reads."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_USUAL)


class _Finder(MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> Any:
        if name != _GRAMMAR:
            return None
        spec: ModuleSpec | None = PathFinder.find_spec(name, path, target)
        if spec is not None:
            spec.loader = _Later()
        return spec


class _Later(Loader):
    """Gives a module whose contents are loaded when one of them is used."""

    def exec_module(self, module: ModuleType) -> None:
        def is_valid_syntax(*given: Any) -> Any:
            return import_module(_ITS_HOME).is_valid_syntax(*given)

        vars(module).update(is_valid_syntax=is_valid_syntax, __getattr__=_its)


def _its(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(import_module(_ITS_HOME), name)
