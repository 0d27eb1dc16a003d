"""docs/gallery/sources -> one contact sheet for each format: text in Markdown, elements in YAML, pages by LibreOffice.

`make gallery`, or `python docs/gallery/build.py`. Takes the fonts of .cache/fonts (sh .ci/fonts) if they are there.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from captioned import captioned
from PIL import Image

from gongwen import profile
from gongwen.document import Attachment, Block, Document, elements
from gongwen.writer.write import write
from zhibi.notebook import parameters as params
from zhibi.notebook.prose import markdown
from zhibi.report import preview as render

HERE = Path(__file__).parent
FONTS = HERE.parents[1] / ".cache" / "fonts"
ATTACHED = re.compile(r"^附件：(.+)$", re.MULTILINE)
DOTS, COLUMNS, GAP, SHADES = 38, 6, 6, 24


def document(source: Path) -> Document:
    """The document of a source: `附件：名称` on a line of its own begins an attachment."""
    text = source.read_text(encoding="utf-8")
    pieces = ATTACHED.split(text)
    blocks: list[Block] = list(captioned(markdown.blocks(pieces[0])))
    for title, words in zip(pieces[1::2], pieces[2::2], strict=True):
        blocks += [Attachment(title), *markdown.blocks(words)]
    given = {each.name: each.value for each in params.from_file(source.with_suffix(".yaml"))}
    return elements.arrange(Document(tuple(blocks)), elements.read(given, file=source.name))


def sheet(pages: list[Path], target: Path) -> None:
    """All pages beside one another in one small picture."""
    pictures = [Image.open(page).convert("RGB") for page in pages]
    # a turned page as it lies in the bound document: its head at the left
    pictures = [each.rotate(90, expand=True) if each.width > each.height else each for each in pictures]
    wide, tall = pictures[0].size
    columns = min(COLUMNS, len(pictures))
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * (wide + GAP) + GAP, rows * (tall + GAP) + GAP), "gray")
    for place, picture in enumerate(pictures):
        whole.paste(picture, (GAP + place % columns * (wide + GAP), GAP + place // columns * (tall + GAP)))
    whole.quantize(SHADES).save(target, optimize=True)


def main() -> int:
    """Build every contact sheet and tell how many pages each has."""
    look = profile.load("classic", [profile.packaged_templates()])
    with tempfile.TemporaryDirectory(prefix="zhibi-gallery-") as scratch:
        folder = Path(scratch)
        if FONTS.is_dir():
            # 小标宋 is a heavy face: with the regular one beside it, fontconfig would choose that
            faces = folder / "faces"
            faces.mkdir()
            for face in FONTS.glob("*.otf"):
                if face.stem != "FandolSong-Regular":
                    (faces / face.name).symlink_to(face)
            own = folder / "own.conf"
            own.write_text(
                '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
                f"<include ignore_missing='yes'>/etc/fonts/fonts.conf</include><dir>{faces}</dir></fontconfig>",
                encoding="utf-8",
            )
            os.environ["FONTCONFIG_FILE"] = str(own)
        files = []
        for source in sorted((HERE / "sources").glob("*.md")):
            files.append(folder / f"{source.stem}.docx")
            files[-1].write_bytes(write(document(source), look))
        for pdf in render.to_pdf(files, folder).files:
            pages = render.to_png(pdf, DOTS)
            sheet(list(pages), HERE / f"{pdf.stem}.png")
            sys.stdout.write(f"{pdf.stem}：{len(pages)}页\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
