"""Blocks of a gallery source -> the same with captions, charts and mentions.

In the sources `表：名称（代号）` above a table captions it, `图：名称（代号）` makes it a chart, and 〔代号〕 mentions either.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import matplotlib as mpl
import matplotlib.pyplot as plt

from gongwen.document import Block, Figure, Inline, Line, Paragraph, Reference, Table, Text, plain
from zhibi import chart_style

_CAPTION = re.compile(r"(表|图)：(.+)（(\w+)）")
_MENTION = re.compile(r"〔(\w+)〕")
_WIDE_MM, _TALL_MM = 140, 75
_DOTS = 200


def captioned(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, a caption joined with the table below it."""
    waiting: re.Match[str] | None = None
    for block in blocks:
        found = _CAPTION.fullmatch(plain(block.line)) if isinstance(block, Paragraph) else None
        if found:
            waiting = found
        elif waiting and isinstance(block, Table):
            yield _chart(block, waiting) if waiting[1] == "图" else replace(block, caption=waiting[2], key=waiting[3])
            waiting = None
        elif isinstance(block, Paragraph):
            yield replace(block, line=tuple(_mentions(block.line)))
        else:
            yield block


def _mentions(line: Line) -> Iterator[Inline]:
    for inline in line:
        if not isinstance(inline, Text):
            yield inline
            continue
        for number, piece in enumerate(_MENTION.split(inline.text)):
            if piece:
                yield Reference(piece) if number % 2 else replace(inline, text=piece)


def _chart(table: Table, told: re.Match[str]) -> Figure:
    """Bars of the second column by the first."""
    chart_style()
    names, values = zip(*((plain(row[0].line), float(plain(row[1].line))) for row in table.body), strict=True)
    drawn, axes = plt.subplots(figsize=(_WIDE_MM / 25.4, _TALL_MM / 25.4))
    bars = axes.barh(names, values, color=mpl.rcParams["axes.prop_cycle"].by_key()["color"][0])
    axes.bar_label(bars, fmt="%g")
    axes.invert_yaxis()
    axes.set_xlabel(plain(table.head[0][1].line))
    out = io.BytesIO()
    drawn.savefig(out, dpi=_DOTS, metadata={"Software": None})
    plt.close(drawn)
    alt = f"条形图：{'，'.join(f'{name}{value:g}' for name, value in zip(names, values, strict=True))}"
    return Figure(out.getvalue(), _WIDE_MM, _TALL_MM, told[2], alt, told[3])
