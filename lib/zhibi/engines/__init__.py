"""Notebook + parameters -> executed notebook, by an engine of one's choice."""

from zhibi.engines.disposable import Zhibi
from zhibi.engines.engine import Engine, Execution, Failure, Limits, Progress, silent
from zhibi.engines.proof import prove
from zhibi.engines.reference import Papermill

__all__ = ["Engine", "Execution", "Failure", "Limits", "Papermill", "Progress", "Zhibi", "prove", "silent"]
