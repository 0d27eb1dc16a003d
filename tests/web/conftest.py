"""The workbench as a process of its own, as `zhibi web` starts it in a fresh workspace."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import Bench

BIN = Path(sys.executable).parent
TOP = Path(__file__).resolve().parents[2]
CASES = Path(__file__).parent / "cases"


def start(root: Path, *words: str) -> tuple[subprocess.Popen[bytes], str]:
    """The process and the address it printed, token and all."""
    process = subprocess.Popen(
        [BIN / "zhibi", "web", "--no-browser", "--port", "0", *words],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
        start_new_session=True,
    )
    said, until = b"", time.monotonic() + 240
    while time.monotonic() < until:
        if not select.select([process.stdout], [], [], 1)[0]:
            continue
        piece = os.read(process.stdout.fileno(), 1 << 16)
        said += piece
        found = re.search(r"请在浏览器打开：(\S+)\n", said.decode("utf-8", "replace"))
        if found:
            return process, found[1]
        if not piece:
            break
    process.kill()
    raise AssertionError(said.decode("utf-8", "replace"))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("工作台") / "我的工作区"
    subprocess.run([BIN / "zhibi", "init", root], check=True, capture_output=True, timeout=120)
    return root


STORIES = (
    "test_web_story",
    "test_web_keyboard",
    "test_web_desk_work",
    "test_web_faults",
    "test_web_tour",
)


@pytest.fixture(scope="module")
def bench(workspace) -> Iterator[Bench]:
    process, address = start(workspace)
    running = Bench(address, workspace, process)
    yield running
    running.session.close()
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
    process.stdout.close()
    shutil.rmtree(workspace, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items) -> None:
    """A story is told from its beginning, in whatever order all else is run."""
    for name in STORIES:
        story = [item for item in items if item.path.stem == name]
        in_order = iter(sorted(story, key=lambda item: item.reportinfo()[1] or 0))
        members = set(story)
        items[:] = [next(in_order) if item in members else item for item in items]
