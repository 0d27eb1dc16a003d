"""Notebook + parameters -> executed notebook, by an engine of one's choice.

The engines load on first use: whoever only needs to know what a limit is does not wait for
papermill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongwen.errors import UnknownName
from zhibi.engines.engine import Engine, Execution, Failure, Limits, Progress, silent
from zhibi.startup.public_names import homes, load

if TYPE_CHECKING:  # the public names, once: see zhibi.startup.public_names
    from zhibi.engines.completeness import prove as prove
    from zhibi.engines.fork.engine import Zhibi as Zhibi
    from zhibi.engines.papermill_engine import Papermill as Papermill

ENGINES = {"papermill": "Papermill", "zhibi": "Zhibi"}
HOME_OF = homes(__name__)


def named(name: str) -> Engine:
    """The engine of this name."""
    if name not in ENGINES:
        raise UnknownName("引擎", name, ENGINES)
    engine: Engine = __getattr__(ENGINES[name])()
    return engine


def __getattr__(name: str) -> Any:
    return load(__name__, HOME_OF, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *HOME_OF})


__all__ = ["Engine", "Execution", "Failure", "Limits", "Progress", "named", "silent", *HOME_OF]
