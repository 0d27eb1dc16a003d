"""A matplotlib figure and the facts drawn in it -> a picture that fits the text area and prints the same every time."""

from __future__ import annotations

import io
import re
import sys
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from matplotlib.text import Text

from gongwen.chinese.text import clean
from gongwen.document import Figure
from gongwen.errors import BadFigure
from gongwen.facts.value import Fact
from zhibi.notebook.authoring.charts import MM_PER_INCH, TEXT_AREA_MM, styled
from zhibi.notebook.authoring.display import Shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

_DPI = 300
_MOST_TOLD = 30  # facts read out in the text for those who cannot see the picture
_NUMBER = re.compile(r"[\d.,%\s\u2212+-]*$")
_MISSING_GLYPH = re.compile(r"Glyph (\d+) ")


def figure(  # noqa: PLR0913 — the parts of a printed figure, all but three optional and named
    fig: Drawing,
    caption: str,
    facts: Iterable[Fact],
    key: str = "",
    *,
    width_mm: float | None = None,
    note: str = "",
    source: str = "",
    alt: str = "",
) -> Shown:
    """A picture with its caption. `facts` are the figures drawn, so that each can be traced; `alt` tells them in words.

    It is drawn at the size it is printed (at most the width of the text area), so that its text is not scaled.
    """
    drawn = {fact.id: fact for fact in _facts(facts, caption)}
    width, height = _fitted(fig, caption, width_mm)
    block = Figure(
        _png(fig, caption),
        width,
        height,
        clean(caption),
        clean(alt) or _told(caption, drawn.values()),
        key,
        clean(note),
        clean(source),
        facts=tuple(drawn),
        words=_words(fig),
    )
    _close(fig)
    return Shown((block,), drawn)


def _facts(facts: Iterable[Fact], caption: str) -> list[Fact]:
    listed = list(facts)
    for fact in listed:
        if not isinstance(fact, Fact):
            raise BadFigure(
                caption, f"facts 里要放画出来的指标（Fact），这里有 {type(fact).__name__}"
            )
    if not listed:
        raise BadFigure(caption, "facts 是空的；请列出图里画出的指标，读者才能查到出处")
    return listed


def _fitted(fig: Drawing, caption: str, width_mm: float | None) -> tuple[float, float]:
    """Bring the drawing to its printed size, keeping its shape; width and height in millimetres."""
    inches_wide, inches_high = (float(side) for side in fig.get_size_inches())
    wanted = width_mm if width_mm is not None else min(inches_wide * MM_PER_INCH, TEXT_AREA_MM)
    if not 0 < wanted <= TEXT_AREA_MM:
        raise BadFigure(caption, f"宽度 {wanted:g} 毫米放不进版心（最宽 {TEXT_AREA_MM:g} 毫米）")
    height = wanted * inches_high / inches_wide
    fig.set_size_inches(wanted / MM_PER_INCH, height / MM_PER_INCH)
    return round(wanted, 2), round(height, 2)


def _words(fig: Drawing) -> tuple[str, ...]:
    """What is written in the picture, for whoever must know without seeing it."""
    written = (str(text.get_text()).strip() for text in fig.findobj(Text) if text.get_visible())
    return tuple(dict.fromkeys(words for words in written if words and not _NUMBER.match(words)))


def _png(fig: Drawing, caption: str) -> bytes:
    """The picture; no date and no program version in it, so that equal figures give equal bytes."""
    buffer = io.BytesIO()
    with styled(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        fig.savefig(
            buffer,
            format="png",
            dpi=_DPI,
            backend="agg",
            metadata={"Software": None},
            facecolor="white",
        )
    codes = [
        int(match[1])
        for warning in caught
        if (match := _MISSING_GLYPH.search(str(warning.message)))
    ]
    if codes:
        listed = "、".join(dict.fromkeys(f"“{chr(code)}”" for code in codes))
        raise BadFigure(
            caption, f"图里的字 {listed} 在画图字体里没有；请先运行 chart_style()，或换一个字"
        )
    return buffer.getvalue()


def _told(caption: str, facts: Iterable[Fact]) -> str:
    listed = list(facts)
    rest = f"等{len(listed)}项" if len(listed) > _MOST_TOLD else ""
    return (
        f"{clean(caption)}："
        + "；".join(f"{clean(fact.label)}{fact}" for fact in listed[:_MOST_TOLD])
        + rest
    )


def _close(fig: Drawing) -> None:
    """Give the memory back, and keep Jupyter from showing the figure a second time."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot:
        pyplot.close(fig)
