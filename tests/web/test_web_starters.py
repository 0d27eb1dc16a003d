"""A double click: what the starters do, run for real on this system, and what they say where they cannot."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
VENV = Path(sys.prefix)
PIECES = (
    "执笔.bat",
    "执笔.command",
    "packaging/start/start.py",
    "constraints.txt",
    "pyproject.toml",
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="the shell starter")


@pytest.fixture
def folder(tmp_path) -> Path:
    """The folder as it was unpacked, in a place with blanks and Chinese in its name."""
    place = tmp_path / "我的 执笔（一）"
    for name in PIECES:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / name, place / name)
    return place


def start(folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["./执笔.command", "--no-browser", "--port", "0"],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        bufsize=0,
    )


def heard(process: subprocess.Popen[bytes], pattern: str, seconds: float = 120) -> str:
    """What it said, up to the pattern or its end."""
    said, until = b"", time.monotonic() + seconds
    while time.monotonic() < until and not re.search(pattern, said.decode("utf-8", "replace")):
        if select.select([process.stdout], [], [], 1)[0]:
            piece = os.read(process.stdout.fileno(), 1 << 16)
            said += piece
            if not piece:
                break
    return said.decode("utf-8", "replace")


def end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    process.stdout.close()


@posix
@pytest.mark.slow
def test_with_its_environment_there_the_starter_makes_a_workspace_and_serves(folder):
    (folder / ".venv").symlink_to(VENV)  # with make's mark in it, or the starter's own
    if not (VENV / "installed").is_file():
        pytest.skip("这个环境不是 make 建的")
    process = start(folder)
    said = heard(process, r"请在浏览器打开：(\S+)\n")
    end(process)

    assert "请在浏览器打开：http://127.0.0.1:" in said
    assert "正在安装" not in said
    assert (folder / "我的工作区/zhibi.toml").is_file()


@posix
@pytest.mark.slow
def test_an_environment_of_another_computer_is_made_anew_and_a_failure_is_told(folder):
    """Its Python does not run here; the wheels are empty, so nothing can be installed and nothing is fetched."""
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/python").symlink_to("/usr/nowhere/python3.11")
    (folder / ".venv/zhibi-ready").write_text("", "utf-8")
    (folder / "wheels").mkdir()
    process = start(folder, PIP_FIND_LINKS="", PIP_CONFIG_FILE=os.devnull)
    said = heard(process, "没有装成")
    process.wait(60)
    process.stdout.close()

    assert process.returncode == 2
    assert "没有装成" in said
    assert "版本都相同" in said
    assert not (folder / ".venv/zhibi-ready").exists()
    assert (folder / ".venv/bin/python").exists()


@posix
def test_without_a_python_that_is_new_enough_it_says_so(folder, tmp_path):
    empty = tmp_path / "bin"
    empty.mkdir()
    (empty / "dirname").symlink_to(shutil.which("dirname"))
    text = (folder / "执笔.command").read_text("utf-8")
    (folder / "执笔.command").write_text(re.sub(r" /\S+/python3", "", text), "utf-8")
    done = subprocess.run(
        ["/bin/sh", "执笔.command"],
        cwd=folder,
        env={"PATH": str(empty)},
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert "需要 Python 3.11" in done.stdout.decode("utf-8")


def test_the_windows_starter_reads_alike_in_every_code_page():
    """ASCII up to the last label, CRLF throughout, Chinese only after the console was told UTF-8."""
    content = (TOP / "执笔.bat").read_bytes()
    before, label, after = content.partition(b":say\r\n")

    assert b"\n" not in content.replace(b"\r\n", b"")
    assert label
    before.decode("ascii")
    assert after.startswith(b"chcp 65001 >nul\r\n")
    assert b"\r\n:" not in after
    assert not content.startswith(b"\xef\xbb\xbf")
    assert not re.search(rb"[&|<>^%]", re.sub(rb'"%SAY%"==|>nul', b"", after))
    for name in re.findall(rb"packaging\\\S+\.py", content):
        assert (TOP / name.decode("ascii").replace("\\", "/")).is_file()


def test_the_starter_speaks_to_a_python_of_long_ago():
    """Nothing in it that an old Python could not even read, so that the sentence about the version is said."""
    text = (TOP / "packaging/start/start.py").read_text("utf-8")

    assert not re.search(
        r"\bf\"|:=|\bmatch\b.*:\n| -> ", text.partition('"""')[2].partition('"""')[2]
    )
    compile(text, "start.py", "exec")


def test_an_offline_folder_that_is_there_already_is_left_alone(tmp_path):
    (tmp_path / "包/wheels").mkdir(parents=True)
    done = subprocess.run(
        [VENV / "bin/zhibi", "offline", tmp_path / "包"],
        cwd=TOP,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert "已经有了" in done.stderr.decode("utf-8")
