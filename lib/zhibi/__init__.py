"""执笔: from a workbook and a notebook to an official document.

The names a notebook uses load on first use: `import zhibi` alone stays quick for the command line.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhibi.startup.public_names import homes, load

if TYPE_CHECKING:  # the public names, once: see zhibi.startup.public_names
    from gongwen.facts.arithmetic import (
        add as add,
        change as change,
        points as points,
        rank as rank,
        ratio as ratio,
        share as share,
        subtract as subtract,
        tally as tally,
    )
    from gongwen.facts.value import Fact as Fact
    from zhibi.data.figures.measure import (
        count as count,
        count_distinct as count_distinct,
        count_where as count_where,
        given as given,
        largest as largest,
        mean as mean,
        smallest as smallest,
        total as total,
    )
    from zhibi.data.figures.picking import groups as groups, pick as pick, rows as rows
    from zhibi.notebook.authoring.charts import chart_style as chart_style
    from zhibi.notebook.authoring.figures import figure as figure
    from zhibi.notebook.authoring.prose import (
        attachment as attachment,
        byline as byline,
        page_break as page_break,
        paragraph as paragraph,
        prose as prose,
    )
    from zhibi.notebook.authoring.tables import table as table
    from zhibi.notebook.authoring.works import bibliography as bibliography
    from zhibi.notebook.authoring.written import written as written
    from zhibi.notebook.own_table import open_table as open_table, open_workbook as open_workbook
    from zhibi.notebook.prose.phrases import wording as wording

HOME_OF = homes(__name__)
__all__ = [*HOME_OF, "load_ipython_extension"]


def __getattr__(name: str) -> Any:
    return load(__name__, HOME_OF, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *HOME_OF})


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext zhibi` makes the cell magics known."""
    import_module(f"{__name__}.doors.ipython").register(shell)
