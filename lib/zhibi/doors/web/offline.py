"""`zhibi offline` -> a folder with all wheels and the starters, to be carried to a computer without internet."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from gongwen.errors import OutputBlocked, UnreadableFile
from zhibi.doors.cli.console.exit import FINE, say, shown
from zhibi.doors.cli.console.help import ChineseCommand

WHEELS = "wheels"
ALONG = ("执笔.bat", "执笔.command", "packaging/start/start.py", "docs/工作台.md")
MIB = 1 << 20

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=ChineseCommand,
    help="离线包：把所需的软件和启动文件收进一个文件夹，拷到没有网、系统和 Python 版本相同的"
    "电脑上，双击就装。",
)
def offline(
    into: Annotated[
        Path, typer.Argument(help="收到这个文件夹，默认“执笔离线包”。", metavar="文件夹")
    ] = Path("执笔离线包"),
) -> int:
    """Gather everything, and say what to do with it."""
    source = _source()
    wheels = into / WHEELS
    if wheels.exists():
        raise OutputBlocked(wheels, "已经有了，里面可能是旧的", "请换一个文件夹名，或先删去它。")
    say("正在收集所需的软件，要几分钟……")
    _gather(source, wheels)
    for name in ALONG:
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target)
        shutil.copymode(source / name, target)
    files = [*wheels.iterdir()]
    size = sum(path.stat().st_size for path in files) / MIB
    version = ".".join(platform.python_version_tuple()[:2])
    say(f"已收好：{shown(into, Path.cwd())}（{len(files)}个软件包，{size:.0f}MB）")
    say(
        f"把整个文件夹拷到没有网的电脑上（{platform.system()}、{platform.machine()}，"
        f"Python {version}），双击“执笔”。"
    )
    return FINE


def _source() -> Path:
    """The folder that 执笔 came in: around the place one stands in, else the one it is installed from."""
    here = Path.cwd()
    candidates = [here, *here.parents, Path(__file__).resolve().parents[4]]
    source = next((each for each in candidates if _is_source(each)), None)
    if source is None:
        raise UnreadableFile(here, "不在执笔的文件夹里", "请到解压出来的执笔文件夹里运行。")
    return source


def _is_source(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("constraints.txt", "pyproject.toml", *ALONG))


def _gather(source: Path, wheels: Path) -> None:
    """Every wheel in a folder that takes its place when all of them are there."""
    draft = wheels.with_name(f".{WHEELS}")
    shutil.rmtree(draft, ignore_errors=True)
    command = [
        sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check",
        "-c", str(source / "constraints.txt"), "-w", str(draft), str(source),
    ]  # fmt: skip
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
    if done.returncode or not draft.is_dir():
        shutil.rmtree(draft, ignore_errors=True)
        raise OutputBlocked(wheels, "没有收全，原因见上", "多半是连不上网；请接好网再运行一次。")
    draft.rename(wheels)
