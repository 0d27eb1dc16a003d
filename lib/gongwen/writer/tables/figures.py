"""Figure block -> inline picture that is never clipped nor wider than the text, with its caption below."""

from __future__ import annotations

import hashlib
import struct
from xml.sax.saxutils import quoteattr

from gongwen.document import Figure
from gongwen.errors import BadFigure
from gongwen.oxml import flag, legal
from gongwen.writer.package.archive import attach_png
from gongwen.writer.render_state import RenderState
from gongwen.writer.tables.tables import notes, said
from gongwen.writer.text.captions import caption

_EMU_PER_MM = 36_000
_MM_PER_PIXEL = (
    25.4 / 300
)  # the resolution charts are drawn at, for a figure that does not say how large it is
_TALLEST = 0.8  # of the text area, so that caption and notes find room on the picture's page
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def figure(state: RenderState, block: Figure, place: int) -> str:
    """The picture, then caption, note and source; they stay together."""
    label = state.by_block.get(place)
    below = [text for text in (said("注", block.note), said("资料来源", block.source)) if text]
    inner = state.commented(_picture(state, block), block.facts)
    made = [state.paragraph("figure", inner, keepNext=flag("keepNext", on=bool(label or below)))]
    if label:
        words = caption(label, block.caption, state.profile)
        made.append(state.paragraph("caption", words, keepNext=flag("keepNext", on=bool(below))))
    return "".join([*made, *notes(state, *below)])


def _picture(state: RenderState, block: Figure) -> str:
    width, height = _size(state, block)
    digest = hashlib.sha256(block.png).digest()
    if digest not in state.pictures:
        state.pictures[digest] = attach_png(state.file, len(state.pictures) + 1, block.png)
    state.drawings += 1
    named = (
        f'id="{state.drawings}" name="图片 {state.drawings}" descr={quoteattr(legal(block.alt))}'
    )
    extent = f'cx="{round(width * _EMU_PER_MM)}" cy="{round(height * _EMU_PER_MM)}"'
    shape = (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr><a:picLocks "
        'noChangeAspect="1"/></pic:cNvPicPr>'
        "</pic:nvPicPr><pic:blipFill><a:blip "
        f'r:embed="{state.pictures[digest]}"/><a:stretch><a:fillRect/></a:stretch>'
        f"</pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom '
        'prst="rect"><a:avLst/>'
        f"</a:prstGeom></pic:spPr></pic:pic>"
    )
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent '
        f"{extent}/><wp:docPr {named}/>"
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        "<a:graphic><a:graphicData "
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/picture">{shape}'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _size(state: RenderState, block: Figure) -> tuple[float, float]:
    """Width and height in millimetres, made smaller until they fit the text area."""
    if not block.png.startswith(_SIGNATURE) or len(block.png) < len(_SIGNATURE) + 16:
        raise BadFigure(block.caption or "未命名图片", "不是PNG图片，放不进文档。请改存为PNG。")
    pixels = struct.unpack(">II", block.png[16:24])
    width, height = block.width_mm, block.height_mm
    if width <= 0 or height <= 0:
        width, height = (max(1, count) * _MM_PER_PIXEL for count in pixels)
    page = state.profile.page
    scale = min(1.0, page.text_width_mm / width, page.text_height_mm * _TALLEST / height)
    return width * scale, height * scale
