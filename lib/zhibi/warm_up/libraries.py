"""A fresh process -> one with all libraries imported and their lazy parts loaded.

No code of a notebook runs here, and nothing here is left for a notebook to see: no figure, no
setting, no name.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

import matplotlib as mpl
import matplotlib.pyplot as plt  # noqa: F401  # notebooks use it; no figure is opened here, so no backend is chosen
import matplotlib_inline.backend_inline  # noqa: F401
import nbformat
import pandas as pd
from matplotlib import font_manager
from matplotlib.backends.registry import backend_registry
from matplotlib.figure import Figure
from nbformat.v4 import new_notebook

from zhibi import domain
from zhibi.engines.fork.kernel import inprocess  # noqa: F401
from zhibi.engines.fork.kernel.shell import BACKEND
from zhibi.notebook.authoring.charts import settings
from zhibi.notebook.authoring.prose import prose
from zhibi.notebook.authoring.tables import table

# what IPython, ipykernel, pandas and we ourselves import only when they start to work
_LATE = (
    "sqlite3", "bdb", "IPython.core.magics.extension", "IPython.core.oinspect", "IPython.core.completerlib",
    "IPython.extensions.storemagic", "IPython.utils.wildcard", "pandas.core.arrays.arrow",
    "gongwen.writer.formulas.convert", "zhibi.report.extract.pictures",  # ours, with what they need
)  # fmt: skip


def up() -> None:
    """Import the installed domains and use once what builds something on first use."""
    os.environ.setdefault("MPLBACKEND", BACKEND)
    import_module("zhibi.doors.ipython")  # a door, above this floor: what `%load_ext zhibi` imports
    for each in entry_points(group=domain.GROUP):
        _load_all(import_module(each.module))
    for relaxed in (False, True):  # nbconvert asks for the relaxed one
        nbformat.validate(new_notebook(), relax_add_props=relaxed)
    backend_registry.list_all()  # type: ignore[no-untyped-call]  # else read from every installed package when the first shell starts
    prose("# 题目\n\n**黑体**与正文{% if 1 %}。{% endif %}", {}).html  # noqa: B018  # templates and Markdown
    table(pd.DataFrame({"项": ["甲"], "日": pd.to_datetime(["2026-01-01"])}), caption="表").html  # noqa: B018
    _draw()
    for name in _LATE:
        import_module(name)


def _load_all(package: ModuleType) -> None:
    """Every public name, which a domain may import only when it is asked for."""
    for name in getattr(package, "__all__", ()):
        getattr(package, name)


def _draw() -> None:
    """Fonts are read and their glyphs drawn once."""
    with mpl.rc_context(settings()):
        figure = Figure()
        axes = figure.subplots()
        axes.plot([0, 1], [0, 1], label="数")
        axes.legend()
        with Path(os.devnull).open("wb") as nowhere:
            figure.savefig(nowhere, format="png", dpi=30)
    with suppress(AttributeError):  # matplotlib has every process that is forked do it
        font_manager._get_font.cache_clear()  # type: ignore[attr-defined]  # noqa: SLF001
