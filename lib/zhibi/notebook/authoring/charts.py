"""The house style of charts: Chinese text that always has its glyphs, shapes that survive a black-and-white printer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib import font_manager

from gongwen.errors import MissingFont

TEXT_AREA_MM = 156.0  # 版心宽 (GB/T 9704-2012 5.1)
MM_PER_INCH = 25.4
_BODY_PT = 10.5  # 五号: nothing in a chart is printed smaller
_FONT_FILE = "NotoSansSC-Regular.ttf"  # OFL, comes with the package zhplot

# Dark to light, so that neighbours stay apart in grey; red leads as in official charts.
PALETTE = ("#A61B1B", "#1F4E79", "#C98A1B", "#5B8C5A", "#8E9AAF", "#D9B8A3")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)))


def chart_style() -> None:
    """Set matplotlib to the house style for the rest of the notebook, or say that the Chinese font is missing."""
    mpl.rcParams.update(settings())


@contextmanager
def styled() -> Iterator[None]:
    """The house style for a block of code only."""
    with mpl.rc_context(settings()):
        yield


def settings() -> Any:
    """The house style as matplotlib settings (Any: the stubs list every key there is)."""
    return {
        "font.family": [chinese_font()],
        "axes.unicode_minus": False,
        "font.size": _BODY_PT,
        "axes.titlesize": _BODY_PT,
        "axes.labelsize": _BODY_PT,
        "xtick.labelsize": _BODY_PT,
        "ytick.labelsize": _BODY_PT,
        "legend.fontsize": _BODY_PT,
        "figure.titlesize": 12.0,
        "figure.figsize": (TEXT_AREA_MM / MM_PER_INCH, 90 / MM_PER_INCH),
        "figure.dpi": 100,
        "figure.constrained_layout.use": True,
        "figure.facecolor": "white",
        "savefig.bbox": "standard",  # anything else changes the printed size
        "savefig.transparent": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": "#444444",
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "grid.color": "#DDDDDD",
        "grid.linewidth": 0.6,
        "legend.frameon": False,
        "lines.linewidth": 1.8,
        "axes.prop_cycle": cycler(color=PALETTE) + cycler(linestyle=DASHES),
    }


def chinese_font(search: Path | None = None) -> str:
    """The family name of the Chinese font, registered with matplotlib by its file."""
    path = _font_file() if search is None else search / _FONT_FILE
    if path is None or not path.is_file():
        raise MissingFont(_FONT_FILE)
    if not any(entry.fname == str(path) for entry in font_manager.fontManager.ttflist):
        font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path).get_name()


def _font_file() -> Path | None:
    # importing zhplot would change matplotlib's settings for everybody; only its font file is
    # wanted
    spec = find_spec("zhplot")
    roots = (spec.submodule_search_locations or ()) if spec else ()
    return next((Path(root) / "fonts" / _FONT_FILE for root in roots), None)
