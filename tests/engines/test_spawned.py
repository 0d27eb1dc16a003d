"""Reports made as on Windows, where no process can be forked: the same bytes as made in a forked one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhibi.engines.fork.engine import ASKED, StartMethod, best_way

pytestmark = [pytest.mark.kernel, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
SAME = ("报告.docx", "数据出处.xlsx")  # the others tell when and how the notebook ran


def made(folder: Path, *words: str, **environment: str) -> dict[str, bytes]:
    """What a command of the program writes into a folder: path -> bytes."""
    command = [sys.executable, "-c", "from zhibi.doors.cli import main; main()", *words]
    done = subprocess.run(
        [*command, "--out", str(folder)],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr
    found = [path for path in folder.rglob("*") if path.name in SAME]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize(
    "words",
    [("run", "annual_review"), ("batch", "annual_review", "--only", "B001,B002", "--workers", "2")],
    ids=["run", "batch"],
)
def test_a_report_has_the_same_bytes_however_its_process_began(words, tmp_path):
    forked = made(tmp_path / "forked", *words)
    spawned = made(tmp_path / "spawned", *words, **{ASKED: StartMethod.SPAWN})

    assert forked
    assert spawned == forked


def test_the_variable_asks_for_the_slower_way_only(monkeypatch):
    monkeypatch.setenv(ASKED, "once")
    assert best_way() is StartMethod.SPAWN
    monkeypatch.setenv(ASKED, "self")
    assert best_way() is not StartMethod.IN_PROCESS
