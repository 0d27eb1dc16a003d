"""Reports made as on Windows, as far as Linux lets itself be bent: the same bytes as made in a forked process.

No fork, no POSIX module, the lock of Windows, a console in GBK, a long Chinese path with a blank.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhibi.engines.fork.engine import ASKED, StartMethod, best_way

pytestmark = [pytest.mark.kernel, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
WINDOWS = {
    ASKED: StartMethod.SPAWN,
    "PYTHONPATH": str(Path(__file__).with_name("no_posix")),
    "PYTHONIOENCODING": "gbk",
}
SAME = ("报告.docx", "数据出处.xlsx")  # the others tell when and how the notebook ran


def made(folder: Path, *words: str, **environment: str) -> dict[str, bytes]:
    """What a command of the program writes into a folder: path -> bytes."""
    command = [sys.executable, "-c", "from zhibi.doors.cli import main; main()", *words]
    done = subprocess.run(
        [*command, "--out", str(folder)],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False,
    )  # fmt: skip
    console = environment.get("PYTHONIOENCODING", "utf-8")
    told = (done.stdout + done.stderr).decode(console)
    assert done.returncode in {0, 1}, told
    assert "报告" in told or "汇总" in told
    found = [path for path in folder.rglob("*") if path.name in SAME]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize(
    "words",
    [("run", "annual_review"), ("batch", "annual_review", "--only", "B001,B002", "--workers", "2")],
    ids=["run", "batch"],
)
def test_a_report_has_the_same_bytes_however_its_process_began(words, tmp_path):
    forked = made(tmp_path / "forked", *words)
    far = tmp_path / "县委组织部 2026年度" / ("党支部书记抓基层党建工作述职评议考核材料" * 3)
    spawned = made(far, *words, **WINDOWS)

    assert forked
    assert spawned == forked


def test_the_system_of_these_tests_lacks_what_windows_lacks():
    program = "import os, msvcrt; print(hasattr(os, 'fork')); import fcntl"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **WINDOWS}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "False\n"
    assert "fcntl" in done.stderr


def test_the_variable_asks_for_the_slower_way_only(monkeypatch):
    monkeypatch.setenv(ASKED, "once")
    assert best_way() is StartMethod.SPAWN
    monkeypatch.setenv(ASKED, "self")
    assert best_way() is not StartMethod.IN_PROCESS
