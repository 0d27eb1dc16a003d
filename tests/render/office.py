"""Word files -> PDF through LibreOffice with fonts of our own choosing, and glyph positions in millimetres."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pdfplumber
from fontTools.ttLib import TTFont
from PIL import Image

MM_PER_POINT = 25.4 / 72
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "fonts"
SYSTEM = Path("/usr/share/fonts")

# what the page asks for -> the free font that stands in for it, and the file it lies in
STAND_INS = {
    "仿宋_GB2312": ("FandolFang R", CACHE / "FandolFang-Regular.otf"),
    "楷体_GB2312": ("FandolKai", CACHE / "FandolKai-Regular.otf"),
    "黑体": ("FandolHei", CACHE / "FandolHei-Regular.otf"),
    "方正小标宋简体": ("FandolSong", CACHE / "FandolSong-Bold.otf"),
    "宋体": ("AR PL SungtiL GB", SYSTEM / "truetype/arphic-gbsn00lp/gbsn00lp.ttf"),
    "Times New Roman": (
        "Liberation Serif",
        SYSTEM / "truetype/liberation/LiberationSerif-Regular.ttf",
    ),
}


def missing() -> str:
    """What a machine lacks for these tests, as a sentence; empty if nothing."""
    if not shutil.which("soffice"):
        return "没有安装LibreOffice（soffice），无法测量版面；apt-get install libreoffice-writer-nogui。"
    lacking = [str(file) for _, file in STAND_INS.values() if not file.is_file()]
    return f"缺少测量用字体：{'、'.join(lacking)}；请运行 sh .ci/fonts。" if lacking else ""


def fontconfig(folder: Path) -> Path:
    """A fontconfig file that knows the stand-ins and nothing else, so that no other font can slip in."""
    fonts = folder / "fonts"
    fonts.mkdir()
    for _, file in STAND_INS.values():
        for member in [file, *file.parent.glob("LiberationSerif-*.ttf")]:
            target = fonts / member.name
            if not target.exists():
                target.symlink_to(member)
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(asked)}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{escape(given)}</string></edit></match>'
        for asked, (given, _) in STAND_INS.items()
    )
    file = folder / "fonts.conf"
    file.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return file


def convert(files: dict[str, bytes], folder: Path) -> dict[str, Path]:
    """Every Word file as PDF, in one run of LibreOffice (starting it costs more than converting)."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    with tempfile.TemporaryDirectory(prefix="zhibi-office-") as private:
        environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig(Path(private)))}
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{private}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in files)],
            env=environment, check=True, capture_output=True, timeout=240,
        )  # fmt: skip
    return {name: folder / f"{name}.pdf" for name in files}


@dataclass(frozen=True)
class Glyph:
    """One printed character; lengths in mm from the paper's left and top edge. `top`/`bottom` bound its em box."""

    text: str
    font: str
    size_pt: float
    left: float
    right: float
    top: float
    bottom: float
    upright: bool = True


@dataclass(frozen=True)
class Sheet:
    """One rendered page; width and height in mm."""

    glyphs: tuple[Glyph, ...]
    images: tuple[tuple[float, float, float, float], ...]  # left, top, right, bottom
    rules: tuple[tuple[float, float, float, float], ...]
    width: float
    height: float

    def lines(self) -> list[str]:
        """The text of the page, line by line, from left to right."""
        return ["".join(glyph.text for glyph in line) for line in self.rows()]

    def rows(self) -> list[list[Glyph]]:
        """The glyphs of each line."""
        found: list[list[Glyph]] = []
        for glyph in sorted(self.glyphs, key=lambda item: (item.bottom, item.left)):
            if found and abs(found[-1][0].bottom - glyph.bottom) < 2:
                found[-1].append(glyph)
            else:
                found.append([glyph])
        return [sorted(line, key=lambda item: item.left) for line in found]


def sheets(pdf: Path) -> list[Sheet]:
    """The pages of a PDF, measured."""
    with pdfplumber.open(pdf) as opened:
        return [_sheet(page) for page in opened.pages]


def _sheet(page) -> Sheet:
    def box(item) -> tuple[float, float, float, float]:
        return tuple(item[side] * MM_PER_POINT for side in ("x0", "top", "x1", "bottom"))

    glyphs = []
    for char in page.chars:
        left, top, right, bottom = box(char)
        font = char["fontname"].rpartition("+")[2]
        glyphs.append(
            Glyph(
                char["text"],
                font,
                round(char["size"], 2),
                left,
                right,
                top,
                bottom,
                char["upright"],
            )
        )
    drawn = [*page.rects, *page.lines, *page.curves]
    size = (float(page.width) * MM_PER_POINT, float(page.height) * MM_PER_POINT)
    return Sheet(
        tuple(glyphs),
        tuple(box(item) for item in page.images),
        tuple(box(item) for item in drawn),
        *size,
    )


def dash_centre(pdf: Path, page: int, below_mm: float) -> float:
    """Height on the paper (mm) of the middle of the leftmost ink below a line: the first dash of the page number."""
    dots = 600
    top = round(below_mm / 25.4 * dots)
    done = subprocess.run(
        ["pdftoppm", "-r", str(dots), "-gray", "-f", str(page), "-l", str(page),
         "-y", str(top), "-H", str(dots), str(pdf)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    ink = np.asarray(Image.open(io.BytesIO(done.stdout))) < 128
    first = int(ink.any(axis=0).argmax())
    rows = ink[:, first : first + round(2 / 25.4 * dots)].any(axis=1).nonzero()[0]
    return (top + (rows[0] + rows[-1] + 1) / 2) / dots * 25.4


def unprintable(pages: list[Sheet]) -> set[str]:
    """Characters printed in a font that has no glyph for them."""
    known = dict(_characters(file) for _, file in STAND_INS.values())
    glyphs = {(glyph.font, glyph.text) for page in pages for glyph in page.glyphs}
    return {text for font, text in glyphs if not all(ord(one) in known[font] for one in text)}


def _characters(file: Path) -> tuple[str, set[int]]:
    """The PostScript name of a font and the characters it has."""
    with TTFont(file, lazy=True) as font:
        return font["name"].getDebugName(6), set(font.getBestCmap())
