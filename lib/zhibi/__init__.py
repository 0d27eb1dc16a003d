"""执笔: from a workbook and a notebook to an official document.

The names a notebook uses load on first use: `import zhibi` alone stays quick for the command line.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongwen.facts.arithmetic import add, change, points, rank, ratio, share, subtract, tally
    from gongwen.facts.value import Fact
    from zhibi.data.figures.measure import (
        count,
        count_distinct,
        count_where,
        given,
        groups,
        largest,
        mean,
        pick,
        rows,
        smallest,
        total,
    )
    from zhibi.notebook.authoring.charts import chart_style
    from zhibi.notebook.authoring.figures import figure
    from zhibi.notebook.authoring.prose import attachment, byline, page_break, paragraph, prose
    from zhibi.notebook.authoring.tables import table
    from zhibi.notebook.authoring.works import bibliography
    from zhibi.notebook.authoring.written import written
    from zhibi.notebook.own_table import open_table, open_workbook
    from zhibi.notebook.prose.phrases import wording

__all__ = [
    "Fact",
    "add",
    "attachment",
    "bibliography",
    "byline",
    "change",
    "chart_style",
    "count",
    "count_distinct",
    "count_where",
    "figure",
    "given",
    "groups",
    "largest",
    "load_ipython_extension",
    "mean",
    "open_table",
    "open_workbook",
    "page_break",
    "paragraph",
    "pick",
    "points",
    "prose",
    "rank",
    "ratio",
    "rows",
    "share",
    "smallest",
    "subtract",
    "table",
    "tally",
    "total",
    "wording",
    "written",
]

_HOMES = {
    "gongwen.facts.value": ("Fact",),
    "zhibi.data.figures.measure": (
        "count",
        "count_distinct",
        "count_where",
        "given",
        "groups",
        "largest",
        "mean",
        "pick",
        "rows",
        "smallest",
        "total",
    ),
    "gongwen.facts.arithmetic": (
        "add",
        "change",
        "points",
        "rank",
        "ratio",
        "share",
        "subtract",
        "tally",
    ),
    "zhibi.notebook.authoring.prose": ("attachment", "byline", "page_break", "paragraph", "prose"),
    "zhibi.notebook.authoring.tables": ("table",),
    "zhibi.notebook.authoring.charts": ("chart_style",),
    "zhibi.notebook.authoring.figures": ("figure",),
    "zhibi.notebook.authoring.works": ("bibliography",),
    "zhibi.notebook.authoring.written": ("written",),
    "zhibi.notebook.prose.phrases": ("wording",),
    "zhibi.notebook.own_table": ("open_table", "open_workbook"),
}
_HOME_OF: dict[str, str] = {}
for _home, _names in _HOMES.items():
    _HOME_OF.update(dict.fromkeys(_names, _home))


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext zhibi` makes the cell magics known."""
    import_module(f"{__name__}.doors.ipython").register(shell)
