"""Notebook + parameters -> executed notebook, by an engine of one's choice."""

from zhibi.engines.disposable import Zhibi
from zhibi.engines.engine import Engine, Execution, Failure, Limits, Progress, silent
from zhibi.engines.proof import prove
from zhibi.engines.reference import Papermill
from zhibi.errors import UnknownName

ENGINES = (Papermill, Zhibi)


def named(name: str) -> Engine:
    """The engine of this name."""
    found = {engine.name: engine for engine in ENGINES}
    if name not in found:
        raise UnknownName("引擎", name, found)
    return found[name]()


__all__ = ["Engine", "Execution", "Failure", "Limits", "Papermill", "Progress", "Zhibi", "named", "prove", "silent"]
