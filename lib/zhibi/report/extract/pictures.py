"""Picture bytes of any kind -> a Figure of a size that fits the page.

Whatever Pillow reads, SVG and the first page of a PDF.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pypdfium2
import resvg_py
from PIL import Image

from gongwen.document import Figure

TEXT_WIDTH_MM = 156.0
MM_PER_INCH = 25.4
SCREEN_DPI = 96.0
_PRINT_DPI = 300.0
_POINTS_PER_INCH = 72.0
_LEAST_DPI, _MOST_DPI = 50.0, 600.0  # beyond, what a file says of itself is taken for a mistake
_LARGEST_PIXELS = 4000
_SVG = re.compile(rb"<svg[\s>]")
_OUTSIDE = re.compile(r"""\s(?:xlink:)?href\s*=\s*(["'])(?!\s*(?:#|data:)).*?\1""", re.DOTALL)
_BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError, pypdfium2.PdfiumError)


def figure(
    data: bytes, *, pixels_wide: float = 0, alt: str = "", caption: str = ""
) -> Figure | None:
    """A picture as a figure; None if it is none that can be read.

    `pixels_wide` is the width a notebook would show it at, when it says so (retina pictures are shown at half size).
    """
    try:
        if data.startswith(b"%PDF"):
            data = _of_pdf(data)
        elif _SVG.search(data[:4096]):
            data = _of_svg(data)
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            png = data if picture.format == "PNG" else _as_png(picture)
            wide, high = picture.size
            dpi = float(picture.info.get("dpi", (0, 0))[0])
    except _BROKEN:
        return None
    dpi = dpi if _LEAST_DPI <= dpi <= _MOST_DPI else SCREEN_DPI
    natural = (pixels_wide / SCREEN_DPI if pixels_wide > 0 else wide / dpi) * MM_PER_INCH
    width = min(natural, TEXT_WIDTH_MM)
    return Figure(png, round(width, 2), round(width * high / wide, 2), caption=caption, alt=alt)


def _as_png(picture: Image.Image) -> bytes:
    """The picture as PNG, on white where it is transparent; of a moving one the first."""
    if picture.mode in {"P", "PA", "LA", "RGBA"}:
        layer = picture.convert("RGBA")
        flat = Image.new("RGBA", layer.size, "white")
        picture = Image.alpha_composite(flat, layer)
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG")
    return out.getvalue()


def _of_pdf(data: bytes) -> bytes:
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0]
        scale = min(_PRINT_DPI / _POINTS_PER_INCH, _LARGEST_PIXELS / max(*page.get_size(), 1))
        return _with_dpi(page.render(scale=scale).to_pil(), scale * _POINTS_PER_INCH)
    finally:
        document.close()


def _of_svg(data: bytes) -> bytes:
    """Drawn at print resolution; nothing it points at outside itself is fetched."""
    text = data[max(0, data.find(b"<")) :].decode("utf-8", "replace")
    if "xmlns=" not in text[: text.find(">", text.find("<svg")) + 1]:
        text = text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    text = _OUTSIDE.sub("", text)
    small = _drawn(text, 1)
    with Image.open(io.BytesIO(small)) as picture:
        scale = min(_PRINT_DPI / SCREEN_DPI, _LARGEST_PIXELS / max(*picture.size, 1))
    drawn = Image.open(io.BytesIO(_drawn(text, max(1, int(scale)))))
    flat = Image.new("RGBA", drawn.size, "white")
    return _with_dpi(
        Image.alpha_composite(flat, drawn.convert("RGBA")), max(1, int(scale)) * SCREEN_DPI
    )


def _drawn(text: str, zoom: int) -> bytes:
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=text,
            zoom=zoom,
            dpi=SCREEN_DPI,
            font_files=[str(file) for file in _chinese_fonts()],
            serif_family="Times New Roman",
        )
    )


@lru_cache(maxsize=1)
def _chinese_fonts() -> tuple[Path, ...]:
    """The fonts that come with zhplot, for words that no font of the machine has."""
    home = find_spec("zhplot")
    places = home.submodule_search_locations if home else None
    files = (Path(place).rglob("*.[ot]tf") for place in places or ())
    return tuple(chain.from_iterable(files))


def _with_dpi(picture: Image.Image, dpi: float) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()
