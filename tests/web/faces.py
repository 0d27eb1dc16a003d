"""The fetched fonts -> the environment of a browser that draws with them: a page in a sans face, a report in its own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

FETCHED = Path(__file__).resolve().parents[2] / ".cache/fonts"  # sh .ci/fonts


def environment() -> dict[str, str]:
    """As it is where no fonts were fetched; there the machine's own faces are drawn."""
    if not (FETCHED / "FandolHei-Regular.otf").is_file():
        return dict(os.environ)
    machine = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    folder = Path(tempfile.mkdtemp(prefix="zhibi-faces-"))
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">{escape(machine)}</include>'
        f"<dir>{escape(str(FETCHED))}</dir><cachedir>{escape(str(folder))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(file)}
