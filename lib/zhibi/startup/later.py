"""The module and name of a function -> a function that imports it when it is first called.

For what a command seldom needs and what costs much to import: pandas takes half a second.
Type checkers read the import itself:

    if TYPE_CHECKING:
        from zhibi.data.read import read
    else:
        read = later("zhibi.data.read", "read")
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def later(module: str, name: str) -> Callable[..., Any]:
    """The function of that name in that module, imported at its first call."""

    def call(*values: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*values, **named)

    return call
