"""A red bar of a given length, thickness and place -> the run that draws it.

Bars are filled shapes: a border is drawn by every program in its own way. That of a paragraph is
1 mm too long in some, and two borders of different thickness are rarely what was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_EMU_PER_MM = 36_000
_EMU_PER_POINT = 12_700
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; `top_mm` counts from the paper's edge or from the paragraph that it hangs on."""

    left_mm: float
    top_mm: float
    width_mm: float
    points: float
    color: str
    counted_from: Literal["page", "paragraph"]


def bar(number: int, drawn: Bar, *, name: str, described: str) -> str:
    """The run of a bar; `number` is its id in the file."""
    wide, tall = round(drawn.width_mm * _EMU_PER_MM), round(drawn.points * _EMU_PER_POINT)
    left, top = round(drawn.left_mm * _EMU_PER_MM), round(drawn.top_mm * _EMU_PER_MM)
    shape = (
        f'<wps:wsp xmlns:wps="{_SHAPE}"><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{wide}" cy="{tall}"/></a:xfrm><a:prstGeom '
        'prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        "<a:srgbClr "
        f'val="{drawn.color}"/></a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
    )
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{number}" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        "<wp:positionV "
        f'relativeFrom="{drawn.counted_from}"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{wide}" cy="{tall}"/><wp:effectExtent l="0" t="0" r="0" '
        'b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{900 + number}" name="{name}" '
        f'descr="{described}"/><wp:cNvGraphicFramePr/>'
        "<a:graphic><a:graphicData "
        f'uri="{_SHAPE}">{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>'
    )
