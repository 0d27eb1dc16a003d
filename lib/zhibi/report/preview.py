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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from gongwen.atomic_files.whole_file import whole_file
from gongwen.errors import MissingExtra, UnreadableFile
from gongwen.reader.edit.self_contained import self_contained

LIMIT_S = 240
# what a file may ask for, and installed families that may stand in for it, best first
STAND_INS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("仿宋_GB2312", "仿宋", "FangSong", "方正仿宋_GBK"): (
        "仿宋", "FangSong", "方正仿宋_GBK", "STFangsong", "FandolFang R", "Noto Serif CJK SC", "AR PL UMing CN",
    ),
    ("楷体_GB2312", "楷体", "KaiTi", "方正楷体_GBK"): (
        "楷体", "KaiTi", "方正楷体_GBK", "STKaiti", "FandolKai", "AR PL KaitiM GB", "AR PL UKai CN",
    ),
    ("黑体", "SimHei", "方正黑体_GBK"): ("黑体", "SimHei", "方正黑体_GBK", "STHeiti", "FandolHei", "Noto Sans CJK SC"),
    ("方正小标宋简体", "方正小标宋_GBK"): (
        "方正小标宋简体", "方正小标宋_GBK", "华文中宋", "FandolSong", "Noto Serif CJK SC", "AR PL UMing CN",
    ),
    ("宋体", "SimSun", "方正书宋_GBK"): ("宋体", "SimSun", "STSong", "AR PL SungtiL GB", "AR PL UMing CN", "FandolSong"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was made, and which fonts were replaced by which."""

    files: tuple[Path, ...]
    replaced: tuple[tuple[str, str], ...]


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
        replaced = replacements(_installed())
        environment = {**os.environ, "FONTCONFIG_FILE": str(_aliases(private, replaced))}
        _cut_off(private / "office" / "user")
        command = [
            program, f"-env:UserInstallation={(private / 'office').as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(private), *map(str, _copies(files, private)),
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
    return Rendered(tuple(made), tuple(replaced.items()))


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


def replacements(installed: frozenset[str]) -> dict[str, str]:
    """For each font that is not installed, the best of its kind that is."""
    found: dict[str, str] = {}
    for asked, candidates in STAND_INS.items():
        best = next((name for name in candidates if name in installed), "")
        found |= {name: best for name in asked if best and name not in installed}
    return found


def _installed() -> frozenset[str]:
    """Every family name that fontconfig knows.

    None where there is no fontconfig (Windows, macOS).
    """
    lister = shutil.which("fc-list")
    if lister is None:
        return frozenset()
    done = subprocess.run([lister, ":", "family"], check=False, capture_output=True, timeout=60)  # noqa: S603
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(name.strip() for line in lines for name in line.split(","))


def _aliases(folder: Path, replaced: Mapping[str, str]) -> Path:
    """A fontconfig file that takes in the machine's own and adds the replacements."""
    own = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(asked)}</string></test>'
        '<edit name="family" mode="assign" '
        f'binding="same"><string>{escape(given)}</string></edit></match>'
        for asked, given in replaced.items()
    )
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">{escape(own)}</include>{rules}</fontconfig>',
        encoding="utf-8",
    )
    return file
