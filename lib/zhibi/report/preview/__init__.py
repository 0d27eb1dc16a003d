"""A Word file -> PDF or pictures of its pages, through LibreOffice with a private profile and private font names.

Fonts that the file asks for and the machine lacks are replaced by the nearest of their kind that is
installed, for this run only; nothing of the user's LibreOffice is read or changed. Nothing outside
the file is fetched for it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gongwen.atomic_files.whole_file import whole_file
from gongwen.errors import MissingExtra, UnreadableFile
from gongwen.reader.edit.self_contained import self_contained
from zhibi.report.preview import fonts

LIMIT_S = 240


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was made, and which fonts of the files were replaced by which."""

    files: tuple[Path, ...]
    replaced: tuple[fonts.Replaced, ...]


def office() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(files: Sequence[Path], folder: Path) -> Rendered:
    """A PDF of each file, in the folder under the same name."""
    program = office()
    if program is None:
        raise MissingExtra(
            "LibreOffice",
            "预览要用它排版；Debian/Ubuntu 请运行 apt install libreoffice-writer-nogui。",
        )
    for file in files:
        if not file.is_file():
            raise UnreadableFile(file, "没有这个文件", "请检查路径。")
    with tempfile.TemporaryDirectory(prefix="zhibi-render-") as scratch:
        private = Path(scratch)
        configuration = fonts.configure(private)
        environment = {**os.environ, "FONTCONFIG_FILE": str(configuration)}
        _cut_off(private / "office" / "user")
        copies = _copies(files, private)
        replaced = fonts.replaced([each.read_bytes() for each in copies], configuration)
        command = [
            program, f"-env:UserInstallation={(private / 'office').as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(private), *map(str, copies),
        ]  # fmt: skip
        try:
            subprocess.run(  # noqa: S603
                command, env=environment, check=True, capture_output=True, timeout=LIMIT_S
            )
        except (subprocess.SubprocessError, OSError) as trouble:
            raise UnreadableFile(
                files[0], "LibreOffice 没能排出这个文件", "请检查它是不是 Word 文件。"
            ) from trouble
        made = []
        for file in files:
            drawn = private / f"{file.stem}.pdf"
            if not drawn.is_file():
                raise UnreadableFile(
                    file, "LibreOffice 没能排出这个文件", "请检查它是不是 Word 文件。"
                )
            made.append(Path(shutil.move(drawn, folder / drawn.name)))
    return Rendered(tuple(made), replaced)


def _copies(files: Sequence[Path], folder: Path) -> list[Path]:
    """What LibreOffice is given: copies that have nothing outside themselves to fetch."""
    inside = folder / "in"
    inside.mkdir()
    made = []
    for file in files:
        copy = inside / f"{file.stem}.docx"
        copy.write_bytes(self_contained(whole_file(file), file.name))
        made.append(copy)
    return made


def _cut_off(profile: Path) -> None:
    """A LibreOffice profile that follows no link and reaches no server.

    The second lock behind `_copies`.
    """
    profile.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" '
        f'oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _OFFLINE
    )
    (profile / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


_SCRIPTING, _INET = (
    "/org.openoffice.Office.Common/Security/Scripting",
    "/org.openoffice.Inet/Settings",
)
_OFFLINE = (
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_INET, "ooInetProxyType", "2"),  # by hand, and nobody listens there
    (_INET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPProxyPort", "9"),
    (_INET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPSProxyPort", "9"),
)


def to_png(pdf: Path, dots: int) -> tuple[Path, ...]:
    """One picture a page beside the PDF: 名称-1.png, 名称-2.png …"""
    drawer = shutil.which("pdftoppm")
    if drawer is None:
        raise MissingExtra(
            "pdftoppm", "转成图片要用它；Debian/Ubuntu 请运行 apt install poppler-utils。"
        )
    root = pdf.with_suffix("")
    for old in pdf.parent.glob(f"{root.name}-*.png"):
        if old.stem.rpartition("-")[2].isdigit():
            old.unlink()
    subprocess.run(  # noqa: S603
        [drawer, "-r", str(dots), "-png", str(pdf), str(root)], check=True, timeout=LIMIT_S
    )
    return tuple(sorted(pdf.parent.glob(f"{root.name}-*.png")))
