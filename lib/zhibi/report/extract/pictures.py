"""Picture bytes of a plain notebook -> a Figure of a size that fits the page."""

from __future__ import annotations

import io

from PIL import Image

from gongwen.document import Figure

TEXT_WIDTH_MM = 156.0
MM_PER_INCH = 25.4
SCREEN_DPI = 96.0


def figure(data: bytes, *, pixels_wide: float = 0, alt: str = "") -> Figure | None:
    """PNG or JPEG as a figure without caption; None if it is neither.

    `pixels_wide` is the width a notebook would show it at, when it says so (retina pictures are shown at half size).
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            png = data if picture.format == "PNG" else _as_png(picture)
            wide, high = picture.size
            dpi = float(picture.info.get("dpi", (0, 0))[0]) or SCREEN_DPI
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ):  # what Pillow raises on broken files
        return None
    natural = (pixels_wide / SCREEN_DPI if pixels_wide else wide / dpi) * MM_PER_INCH
    width = min(natural, TEXT_WIDTH_MM)
    return Figure(png, round(width, 2), round(width * high / wide, 2), caption="", alt=alt)


def _as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG")
    return out.getvalue()
