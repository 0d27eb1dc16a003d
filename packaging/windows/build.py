"""This checkout -> a folder to be copied to a Windows computer without a network: all wheels, and 执笔.bat to install and start.

    python packaging/windows/build.py --check                    wheels exist for 64-bit Windows, each Python we support
    python packaging/windows/build.py --python 3.12 --out 执笔    the folder, for a computer with that Python

Both run on any system with a network and need uv (pip install uv), which works out what Windows needs: pip would ask which
system it runs on itself. Nothing is compiled: a package without a wheel for Windows is told by name.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORM, TARGET = "win_amd64", "x86_64-pc-windows-msvc"
STARTER, LOGIC, NOTE = "执笔.bat", "packaging/start/start.py", "先看这里.txt"
WORDS = """\
把整个文件夹拷到电脑上（不要只拷其中的文件），双击 执笔.bat。

第一次会装几分钟，不用上网；装好以后浏览器自己打开工作台，以后双击就开。
需要 64 位 Windows 和 Python {python}（python.org 或单位的软件库，安装时勾选 Add to PATH）；别的版本的 Python 用不了这一包。
文件和报告都在旁边的“我的工作区”里。整个文件夹可以放在任何盘、任何中文路径下，路径总长不要超过 150 个字符。
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="Wheels for Windows.")
    parser.add_argument("--check", action="store_true", help="only prove that all wheels exist")
    parser.add_argument("--python", choices=PYTHONS, default="3.12")
    parser.add_argument("--out", type=Path, default=Path("执笔"))
    asked = parser.parse_args()
    if asked.check:
        return int(any([not check(python) for python in PYTHONS]))  # noqa: C419  # all are told
    build(asked.out.resolve(), asked.python)
    return 0


def check(python: str) -> bool:
    """Whether every package that is needed has a wheel for this Python on Windows."""
    with tempfile.TemporaryDirectory() as folder:
        done, needed = resolved(python, Path(folder) / "needed.txt")
        if done.returncode:
            print(f"Python {python}，{PLATFORM}：不全\n{done.stderr}")
            return False
        print(f"Python {python}，{PLATFORM}：{len(needed)}个软件包，都有现成的 wheel")
        return True


def resolved(python: str, target: Path) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """The packages and versions that Windows needs, from wheels only, written to a file."""
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "-c", "constraints.txt",
        "--python-platform", TARGET, "--python-version", python, "--only-binary", ":all:",
        "--no-header", "--no-annotate", "-o", str(target),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = target.read_text("utf-8").splitlines() if target.is_file() else []
    return done, [line for line in lines if line and not line.startswith("#")]


def build(folder: Path, python: str) -> None:
    """The folder: wheels, the starter and a note."""
    if folder.exists():
        raise SystemExit(f"“{folder}”已经有了，请换一个名称或先移走。")
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    needed = folder / "needed.txt"
    done, packages = resolved(python, needed)
    if done.returncode:
        raise SystemExit(done.stderr)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    tags = ["--platform", PLATFORM, "--python-version", python, "--only-binary=:all:"]
    fetch = [*pip, "download", "--no-deps", *tags, "-d", str(wheels), "-r", str(needed)]
    subprocess.run(fetch, check=True)
    own = [*pip, "wheel", "--no-deps", "-w", str(wheels), str(ROOT)]
    subprocess.run(own, check=True)
    needed.unlink()
    for name in (STARTER, LOGIC):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    text = WORDS.format(python=python).replace("\n", "\r\n")
    (folder / NOTE).write_bytes(text.encode("utf-8-sig"))
    size = sum(path.stat().st_size for path in wheels.iterdir()) // 1024**2
    print(
        f"已生成：{folder}（{len(packages) + 1}个 wheel，{size} MB），拷到 Windows 上双击 {STARTER}"
    )


if __name__ == "__main__":
    sys.exit(main())
