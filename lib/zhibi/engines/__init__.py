"""Notebook + parameters -> executed notebook, by an engine of one's choice.

The engines load on first use: whoever only needs to know what a limit is does not wait for
papermill.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gongwen.errors import UnknownName
from zhibi.engines.engine import Engine, Execution, Failure, Limits, Progress, silent

if TYPE_CHECKING:
    from zhibi.engines.completeness import prove
    from zhibi.engines.fork.engine import Zhibi
    from zhibi.engines.papermill_engine import Papermill

ENGINES = {"papermill": "Papermill", "zhibi": "Zhibi"}
_HOMES = {"Papermill": "papermill_engine", "Zhibi": "fork.engine", "prove": "completeness"}


def named(name: str) -> Engine:
    """The engine of this name."""
    if name not in ENGINES:
        raise UnknownName("引擎", name, ENGINES)
    engine: Engine = __getattr__(ENGINES[name])()
    return engine


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "Engine",
    "Execution",
    "Failure",
    "Limits",
    "Papermill",
    "Progress",
    "Zhibi",
    "named",
    "prove",
    "silent",
]
