"""Every program on this machine that lays out a Word file -> the PDFs it makes, all with the same stand-in fonts.

LibreOffice is one; officework (AGPL) and dxpdf (MIT) come with `pip install zhibi[second-opinion]`.
They are asked in processes of their own and only measured: nothing here imports or ships them.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont
from office import STAND_INS, fontconfig

_LIMIT_S = 240
_REGULAR, _BOLD_AND_ITALIC = 0x40, 0x21
_NAMES = {1, 2, 3, 4, 6}
_WINDOWS = (3, 1, 0x409), (3, 1, 0x804)
_STYLES = ("BoldItalic", "Bold", "Italic")
_OFFICEWORK = """
import sys
from officework import doc
for source, target in zip(sys.argv[1::2], sys.argv[2::2]):
    doc.Doc.open(source).save(target)
"""
_DXPDF = """
import sys
import dxpdf
for source, target in zip(sys.argv[1::2], sys.argv[2::2]):
    dxpdf.convert_file(source, target)
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that lays out Word files: its name with its version, and how it is asked."""

    name: str
    script: str = ""  # of Python; LibreOffice has none
    office: str = ""  # the path of a LibreOffice


def installed() -> list[Engine]:
    """LibreOffice first, the others after it; `SOFFICE` names further ones, parted by colons."""
    offices = [
        path
        for path in (shutil.which("soffice"), *os.environ.get("SOFFICE", "").split(":"))
        if path
    ]
    engines = [Engine(_version(path), office=path) for path in offices]
    for module, script in (("officework", _OFFICEWORK), ("dxpdf", _DXPDF)):
        if importlib.util.find_spec(module):
            version = importlib.metadata.version(module)
            engines.append(Engine(f"{module} {version}", script=script))
    return engines


def _version(office: str) -> str:
    done = subprocess.run(
        [office, "--version"], check=False, capture_output=True, text=True, timeout=60
    )
    return " ".join(done.stdout.split()[:2])


def convert(engine: Engine, files: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """Every file as a PDF, by name; what an engine could not lay out is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    targets = {name: folder / f"{name}.pdf" for name in files}
    with tempfile.TemporaryDirectory(prefix="zhibi-engines-") as scratch:
        private = Path(scratch)
        if engine.office:
            _by_office(engine.office, files, folder, private)
        else:
            pairs = [str(path) for name in files for path in (files[name], targets[name])]
            subprocess.run(
                [sys.executable, "-c", engine.script, *pairs], timeout=_LIMIT_S,
                env=_fonts_in(private), capture_output=True, check=True,
            )  # fmt: skip
    return {name: target for name, target in targets.items() if target.is_file()}


def _by_office(office: str, files: Mapping[str, Path], folder: Path, private: Path) -> None:
    given = private / "in"
    given.mkdir()
    copies = [shutil.copy(file, given / f"{name}.docx") for name, file in files.items()]
    subprocess.run(
        [office, f"-env:UserInstallation={(private / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), *map(str, copies)],
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig(private))},
        timeout=_LIMIT_S, capture_output=True, check=True,
    )  # fmt: skip


def _fonts_in(private: Path) -> dict[str, str]:
    """An environment in which programs that know no aliases find the stand-ins under the names asked for."""
    fonts = private / ".fonts"
    fonts.mkdir()
    for number, (asked, (_, file)) in enumerate(STAND_INS.items()):
        family = "LiberationSerif-*.ttf" if asked.isascii() else file.name
        for face in sorted(file.parent.glob(family)):
            _renamed(face, asked, f"Face{number}", fonts)
    return {**os.environ, "HOME": str(private), "OFFICE_FONT_DIR": str(fonts)}


def _renamed(file: Path, asked: str, postscript: str, folder: Path) -> None:
    """A copy of a font, for this run only, whose family is called as the document calls it."""
    style = next((each for each in _STYLES if file.stem.endswith(f"-{each}")), "Regular")
    style = style if asked.isascii() else "Regular"
    unique = f"{postscript}-{style}"
    with TTFont(file, lazy=True) as font:
        names = font["name"]
        names.names = [each for each in names.names if each.nameID in (0, 5)]
        for key, value in zip(
            sorted(_NAMES), (asked, style, asked + style, asked, unique), strict=True
        ):
            for platform in _WINDOWS:
                names.setName(value, key, *platform)
        if not asked.isascii():
            # 小标宋 is a heavy face; asked for by its name it is the regular one of its family
            font["OS/2"].usWeightClass = 400
            font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~_BOLD_AND_ITALIC | _REGULAR
            font["head"].macStyle = 0
        font.save(folder / f"{unique}{file.suffix}")
