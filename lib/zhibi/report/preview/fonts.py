"""The fonts that a Word file asks for -> what this machine draws instead of them, and the sentence that says so.

Installed fonts count, and those that `sh .ci/fonts` fetched into `.cache/fonts` of this folder or of
the source tree. What fontconfig itself would choose is asked of it, so that the sentence is true.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape

from gongwen.reader.formatting import Run
from gongwen.reader.measure import measure

_LIMIT_S = 60
_FETCHED = Path(".cache") / "fonts"
_HANZI = range(0x2E80, 0xFFF0)
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
# 小标宋 is a heavy face: with the regular one of its family beside it, that one would be drawn
_TOO_LIGHT = "FandolSong-Regular"
# the same measures under another name: nothing looks or breaks otherwise
_TWINS = frozenset({("Times New Roman", "Liberation Serif"), ("Arial", "Liberation Sans"),
                    ("Courier New", "Liberation Mono"), ("Calibri", "Carlito"), ("Cambria", "Caladea")})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Replaced:
    """A font that the file asks for and this machine lacks; `given` is drawn, nearly its like or not."""

    asked: str
    given: str
    alike: bool


def fetched() -> tuple[Path, ...]:
    """The folders of fetched fonts that hold any: of the current folder or one above it, of the source tree."""
    here = Path.cwd()
    homes = (here, *here.parents, Path(__file__).resolve().parents[4])
    folders = (home / _FETCHED for home in homes)
    return tuple(dict.fromkeys(each for each in folders if any(each.glob("*.[ot]tf"))))


def replacements(installed: frozenset[str]) -> dict[str, str]:
    """For each font that is not installed, the best of its kind that is."""
    found: dict[str, str] = {}
    for asked, candidates in STAND_INS.items():
        best = next((name for name in candidates if name in installed), "")
        found |= {name: best for name in asked if best and name not in installed}
    return found


def configure(folder: Path) -> Path:
    """A fontconfig file for one run: the machine's own, fetched fonts, and a stand-in for what is missing."""
    faces = folder / "faces"
    faces.mkdir()
    if shutil.which("fc-list"):  # elsewhere nothing would look into the folder
        _link(faces)
    plain = _written(folder / "machine.conf", {})
    return _written(folder / "fonts.conf", replacements(_families(plain)))


def _link(faces: Path) -> None:
    for file in chain.from_iterable(home.glob("*.[ot]tf") for home in fetched()):
        face = faces / file.name
        if file.stem != _TOO_LIGHT and not face.exists():
            face.symlink_to(file)


def _written(file: Path, replaced: Mapping[str, str]) -> Path:
    own = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    faces = f"<dir>{escape(str(file.parent / 'faces'))}</dir>"
    rules = "".join(_rule(asked, given) for asked, given in replaced.items())
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">{escape(own)}</include>{faces}{rules}</fontconfig>',
        encoding="utf-8",
    )
    return file


def _rule(asked: str, given: str) -> str:
    return (
        f'<match target="pattern"><test name="family"><string>{escape(asked)}</string></test>'
        '<edit name="family" mode="assign" '
        f'binding="same"><string>{escape(given)}</string></edit></match>'
    )


def _families(configuration: Path) -> frozenset[str]:
    """Every family name that fontconfig knows.

    None where there is no fontconfig (Windows, macOS).
    """
    lines = _told(configuration, "fc-list", ":", "family").splitlines()
    return frozenset(name.strip() for name in ",".join(lines).split(","))


def _told(configuration: Path, program: str, *words: str) -> str:
    """What a program of fontconfig prints; nothing where it is not installed."""
    path = shutil.which(program)
    if path is None:
        return ""
    environment = {**os.environ, "FONTCONFIG_FILE": str(configuration)}
    done = subprocess.run(  # noqa: S603
        [path, *words], env=environment, check=False, capture_output=True, timeout=_LIMIT_S
    )
    return done.stdout.decode("utf-8", "replace")


def replaced(contents: Sequence[bytes], configuration: Path) -> tuple[Replaced, ...]:
    """The fonts in use in the files that this machine lacks, and what it draws instead."""
    used = dict.fromkeys(chain.from_iterable(map(_used, contents)))
    drawn = (_drawn(name, configuration, hanzi=hanzi) for name, hanzi in used)
    return tuple(each for each in drawn if each is not None)


def _used(content: bytes) -> Iterator[tuple[str, bool]]:
    """The fonts of every run of words, and whether hanzi are set in them: one for these, one for the rest."""
    measured = measure(content)
    margins = chain.from_iterable(section.margins for section in measured.sections)
    feet = chain.from_iterable(margin.paragraphs for margin in margins)
    for paragraph in (*measured.paragraphs, *feet):
        for run in paragraph.runs:
            yield from _of_run(run)


def _of_run(run: Run) -> Iterator[tuple[str, bool]]:
    if run.east_asian and any(ord(each) in _HANZI for each in run.text):
        yield run.east_asian, True
    if run.latin and any(each.isascii() and each.isalnum() for each in run.text):
        yield run.latin, False


def _drawn(asked: str, configuration: Path, *, hanzi: bool) -> Replaced | None:
    """What fontconfig chooses for a name, unless it is that font or its twin."""
    pattern = asked.replace("-", r"\-")
    families = _matched(pattern, configuration)
    if not families or asked.casefold() in (each.casefold() for each in families):
        return None
    if any((asked, each) in _TWINS for each in families):
        return None
    if hanzi and not _alike(
        asked, families
    ):  # a font without hanzi is passed over for one that has them
        families = _matched(f"{pattern}:lang=zh-cn", configuration) or families
    return Replaced(asked, families[0], _alike(asked, families))


def _matched(pattern: str, configuration: Path) -> list[str]:
    """The names of the family that fontconfig chooses."""
    names = _told(configuration, "fc-match", "--format", "%{family}", pattern)
    return [each.strip() for each in names.split(",") if each.strip()]


def _alike(asked: str, families: Sequence[str]) -> bool:
    """Whether what is drawn is of the same kind."""
    kinds = (candidates for names, candidates in STAND_INS.items() if asked in names)
    return any(not set(families).isdisjoint(candidates) for candidates in kinds)


def sentence(found: Sequence[Replaced]) -> str:
    """What was drawn instead of what, in one sentence; empty if every font is there."""
    if not found:
        return ""
    pairs = "、".join(f"{each.asked}用{each.given}" for each in found)
    unlike = [each.asked for each in found if not each.alike]
    doubt = f"（其中{'、'.join(unlike)}没有相近的，字形和换行会不同）" if unlike else ""
    return f"这台电脑没有文件要的字体，预览里代替的是：{pairs}{doubt}；文件本身没有改，在装了这些字体的电脑上照原样显示。"
