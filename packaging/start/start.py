# -*- coding: utf-8 -*-
"""A double click -> the workbench: an environment made once beside this file's folder, a workspace, the browser.

Run by the Python of the computer with nothing installed, through 执笔.bat or 执笔.command. What is told
is Chinese; Python writes it rightly to a Windows console of any code page.
"""

from __future__ import print_function

import os
import subprocess
import sys

LEAST = (3, 11)
HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(HOME, ".venv")
READY = os.path.join(VENV, "zhibi-ready")  # what was installed, written when all of it was
BY_MAKE = os.path.join(VENV, "installed")  # an environment that make keeps
WHEELS = os.path.join(HOME, "wheels")
WORKSPACE = os.path.join(HOME, "我的工作区")
RUN = "from zhibi.doors.cli import main; main()"


def main(words):
    """Start the workbench; the exit code says how it went."""
    if sys.version_info < LEAST:
        version = ".".join(map(str, sys.version_info[:3]))
        print("需要 Python 3.11 或更新的版本，这台电脑上是 " + version + "。")
        print("请到单位的软件库或 python.org 下载安装（Windows 安装时勾选 Add to PATH），再双击一次。")
        return 2
    if not ready() and not installed():
        return 2
    if not os.path.isfile(os.path.join(WORKSPACE, "zhibi.toml")) and zhibi("init", WORKSPACE):
        return 2
    print("工作台正在打开。用的时候不要关这个窗口；用完了关掉它就行。")
    sys.stdout.flush()
    return zhibi("web", *words, at=WORKSPACE)


def ready():
    """Whether the environment is there, whole, and of what lies here now."""
    if not works():
        return False
    if os.path.isfile(BY_MAKE):
        return True
    return os.path.isfile(READY) and read(READY) == wanted()


def installed():
    """Make the environment and install into it; False where that was not possible, which was told."""
    print("第一次使用，正在安装所需的软件，要几分钟……")
    sys.stdout.flush()
    if not works() and run([sys.executable, "-m", "venv", "--clear", VENV]):
        print("无法建立虚拟环境。Debian、Ubuntu 请先安装 python3-venv；其他系统请重新安装 Python。")
        return False
    if os.path.isfile(READY):
        os.remove(READY)
    quietly = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    offline = os.path.isdir(WHEELS)
    constraints = os.path.join(HOME, "constraints.txt")
    here = ["--no-index", "--find-links", WHEELS, "zhibi"] if offline else ["-c", constraints, HOME]
    failed = run(quietly + here)
    if not failed and offline:  # wheels of the same version that were gathered anew
        failed = run(quietly + ["--force-reinstall", "--no-deps"] + here)
    if failed:
        if offline:
            print("没有装成，原因见上。wheels 文件夹要在系统、Python 版本都相同的电脑上收集。")
        else:
            print("没有装成，原因见上。多半是连不上网：请接好网再双击一次，或者照 docs/工作台.md 用离线包。")
        return False
    with open(READY, "w", encoding="utf-8") as file:
        file.write(wanted())
    return True


def works():
    """Whether the environment's Python runs here: a folder brought from another computer has one that does not."""
    if not os.path.isfile(python()):
        return False
    version = "import sys; sys.exit(sys.version_info < %r)" % (LEAST,)
    return run([python(), "-c", version], quiet=True) == 0


def wanted():
    """What an environment made now would hold: the gathered wheels by name and size, else the pinned versions."""
    if os.path.isdir(WHEELS):
        names = sorted(os.listdir(WHEELS))
        return "\n".join("%s %d" % (name, os.path.getsize(os.path.join(WHEELS, name))) for name in names)
    return read(os.path.join(HOME, "constraints.txt")) + read(os.path.join(HOME, "pyproject.toml"))


def python():
    """The environment's Python."""
    if sys.platform == "win32":
        return os.path.join(VENV, "Scripts", "python.exe")
    return os.path.join(VENV, "bin", "python")


def zhibi(*words, **options):
    """Run a command of zhibi. By its module: a script would name the place where the environment was made."""
    return run([python(), "-c", RUN] + list(words), at=options.get("at", HOME))


def run(command, at=HOME, quiet=False):
    """The exit code of a command; 1 where it cannot be begun, 130 where it was interrupted."""
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} if quiet else {}
    try:
        return subprocess.call(command, cwd=at, env=dict(os.environ, PYTHONUTF8="1"), **silent)
    except OSError as trouble:
        print(trouble)
        return 1
    except KeyboardInterrupt:
        return 130


def read(path):
    """The text of a file; nothing where there is none."""
    if not os.path.isfile(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
