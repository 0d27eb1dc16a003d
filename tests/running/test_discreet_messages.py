"""Whatever is typed: no message repeats the password of a mistyped address or a personal number of a path."""

from __future__ import annotations

import subprocess
import sys
from random import Random

import pytest

from disguises import card, identity, mobile
from prompt import typed
from zhibi.doors.cli.console.exit import log
from zhibi.workspace.address import discreet

SECRET = "Geheim/1#x@2"  # made up
MISTYPED = (
    " postgresql://u:{}@h/db", "\u200bpostgresql://u:{}@h/db", "\u3000POSTGRESQL://u:{}@h/db", "'postgresql://u:{}@h/db'",
    "postgresql: //u:{}@h/db", "postgres//u:{}@h/db", "p://u:{}@h/db", "postgresql:/u:{}@h/db", "postgresql://:{}@h/db",
    "postgresql://u@h/db?password={}", "x/postgresql://u:{}@h/db?sslmode=disable", "postgresql://u:{}%00@h/db",
)  # fmt: skip


@pytest.mark.parametrize("address", MISTYPED)
@pytest.mark.parametrize("secret", [SECRET, "geheim"])
def test_a_mistyped_address_is_shown_without_its_password(address, secret):
    assert secret not in discreet(f"{address.format(secret)}：文件不存在。请检查路径。")


def test_paths_and_times_and_addresses_without_a_password_are_shown_as_they_stand():
    for text in (
        "C:/县/县.xlsx", "outputs/annual_review/2026/B012/报告.docx", "postgresql://u@h:5432/db?host=/tmp",
        "09:30—11:00，第3-5行", "a@b.cn", "示组发〔2026〕5号", "http://127.0.0.1:8888/zhibi",
    ):  # fmt: skip
        assert discreet(text) == text


@pytest.mark.slow
@pytest.mark.parametrize("number", [made(Random(3)) for made in (identity, mobile, card)])
@pytest.mark.parametrize("command", ["check", "data check", "render"])
def test_a_command_that_fails_shows_neither(tmp_path, number, command):
    path = f"没有{number}/postgresql://u:geheim@h/x.docx"
    for options in ([], ["--json"]) if command != "render" else ([],):
        done = typed("zhibi", *command.split(), f"{tmp_path}/{path}", *options, cwd=tmp_path)
        assert done.returncode == 2
        assert [each for each in (number, "geheim") if each in done.stdout + done.stderr] == []


def test_nor_does_the_log_of_a_bug(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["zhibi", "data", "check", "postgresql://u:geheim@h/x"])
    path = log("Traceback")
    try:
        assert "geheim" not in path.read_text("utf-8")
    finally:
        path.unlink()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="ulimit -v")
@pytest.mark.parametrize("kilobytes", [200_000, 300_000, 400_000])
def test_too_little_memory_is_told_and_is_no_bug_of_ours(tmp_path, kilobytes):
    program = "import sys; from zhibi.doors.cli import main; sys.argv = ['zhibi', 'data', 'template', 'x.xlsx']; main()"
    words = f'ulimit -v {kilobytes}; exec "{sys.executable}" -c "{program}"'
    done = subprocess.run(["bash", "-c", words], cwd=tmp_path, capture_output=True, text=True, check=False)  # fmt: skip

    assert done.returncode in {0, 2}, done.stderr
    assert done.returncode == 0 or "内存不够" in done.stderr
