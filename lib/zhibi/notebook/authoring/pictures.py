"""A picture file of the workspace -> a figure of the report, or a place to fill where the file is not there."""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image

from gongwen.chinese.text import clean
from gongwen.document import Figure, Todo
from zhibi.notebook.authoring.charts import MM_PER_INCH, TEXT_AREA_MM
from zhibi.notebook.prose.spans import Inset
from zhibi.workspace.workspace import resolve

_TALLEST_MM = 110.0  # half a page: a photograph is no page of its own
_SCREEN_DPI = 96.0
_ELSEWHERE = re.compile(r"attachment:|data:|blob:|//|[a-z]+://", re.IGNORECASE)
_MOST_PIXELS = 2400  # on the longer side; more only makes the file heavy


def inset(file: str, caption: str) -> Inset:
    """The picture with its caption, to be set into a text; a path counts from the workspace.

    A place to fill where there is no picture: one that was pasted into a cell or stands on the
    network is not there when a report is made.
    """
    if _ELSEWHERE.match(file):
        reason = (
            "不是工作区里的文件，生成报告时取不到：请另存成文件，写成 ![说明](data/图片/某某.png)"
        )
        return Inset((Todo(clean(f"图片“{file[:60]}”{reason}")),))
    place = resolve(file)
    path = place if isinstance(place, Path) else Path(file)
    read = _read(path)
    if read is None:
        return Inset(
            (Todo(clean(f"图片“{file}”打不开：请把图片（PNG、JPEG）放到工作区的这个位置")),)
        )
    png, wide, high = read
    share = min(1.0, TEXT_AREA_MM / wide, _TALLEST_MM / high)
    words = clean(caption)
    return Inset((Figure(png, round(wide * share, 2), round(high * share, 2), words, words),))


def _read(path: Path) -> tuple[bytes, float, float] | None:
    """The picture as PNG, and its natural size in millimetres; nothing for what is no picture."""
    try:
        with Image.open(path) as picture:
            picture.load()
            dpi = float(picture.info.get("dpi", (0, 0))[0]) or _SCREEN_DPI
            wide, high = (pixels / dpi * MM_PER_INCH for pixels in picture.size)
            picture.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
            out = io.BytesIO()
            picture.convert("RGB").save(out, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return out.getvalue(), wide, high
