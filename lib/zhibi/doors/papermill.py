"""Papermill's door: `papermill in.ipynb out.ipynb --engine zhibi` -> the same run in a process of ours.

Papermill loads this at its own import, whoever uses it: so nothing is imported here before a
notebook is run.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Driver:
    """What papermill asks of an engine, passed on to `zhibi.engines.fork.engine.ForkDriver`."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook; the options are those of papermill's own engine."""
        return _driver().execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> Any:
        """The kernel a notebook asks for."""
        return _driver().nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> Any:
        """The language a notebook is in."""
        return _driver().nb_language(nb, language)


def _driver() -> Any:
    return import_module("zhibi.engines.fork.engine").ForkDriver
