"""The source of a package -> its public names and the module that each lives in, loaded when the name is first used.

The package imports them under `if TYPE_CHECKING:`, where editors and type checkers read them. The same
lines are read here: no name is listed twice.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any


def homes(package: str) -> dict[str, str]:
    """The module of each name a package imports for type checkers; ImportError where its source is not there."""
    spec = sys.modules[package].__spec__
    source = getattr(spec and spec.loader, "get_source", lambda _name: None)(package)
    if source is None:
        raise ImportError(f"the source of {package} is not installed", name=package)
    home_of: dict[str, str] = {}
    for statement in _for_type_checkers(ast.parse(source)):
        names = (alias.asname or alias.name for alias in statement.names)
        home_of |= dict.fromkeys(names, statement.module or "")
    return home_of


def load(package: str, home_of: dict[str, str], name: str) -> Any:
    """The value of a public name; AttributeError where the package has no such name."""
    if name not in home_of:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    return getattr(import_module(home_of[name]), name)


def _for_type_checkers(module: ast.Module) -> Iterator[ast.ImportFrom]:
    for statement in module.body:
        if isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
            yield from (each for each in statement.body if isinstance(each, ast.ImportFrom))
