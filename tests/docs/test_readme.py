"""What the README tells people to type exists and works, and what exists is told."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from prompt import typed

TOP = Path(__file__).resolve().parents[2]
README = (TOP / "README.md").read_text("utf-8")
BIN = Path(sys.executable).parent


def shell_lines() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    return [
        line.split("#")[0].strip()
        for block in blocks
        for line in block.splitlines()
        if line.split("#")[0].strip()
    ]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("读者") / "工作区"
    subprocess.run([BIN / "zhibi", "init", folder], check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.kernel
def test_every_command_of_the_readme_runs(workspace):
    """Those of papermill and nbconvert are run, and what they make compared, in tests/report/test_same_document.py."""
    said = {}
    for line in shell_lines():
        if line.startswith(".venv/bin/"):
            program, *words = shlex.split(line)
            assert os.access(BIN / Path(program).name, os.X_OK)
            if Path(program).name == "zhibi":
                done = typed("zhibi", *words, cwd=workspace)
                said[line] = (done.returncode, done.stdout[-500:] + done.stderr[-500:])

    assert len(said) >= 5
    assert {line: outcome for line, outcome in said.items() if outcome[0] != 0} == {}
    assert (workspace / "outputs/空白工作簿.xlsx").is_file()


def test_every_make_target_of_the_readme_exists():
    targets = set(
        re.findall(r"^([a-z]+):.*##", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    named = {line.split()[1] for line in shell_lines() if line.startswith("make ")}

    assert named <= targets
    assert {"report", "test", "check"} <= named


def test_the_readme_names_every_command_and_only_those():
    listed = set(re.findall(r"^\| `zhibi ([a-z]+(?: [a-z]+)?)", README, re.MULTILINE))

    assert listed == commands()


def commands() -> set[str]:
    found = set()
    for word in named_in_help():
        below = named_in_help(word)
        found |= {f"{word} {each}" for each in below} if below else {word}
    return found


def named_in_help(*words: str) -> list[str]:
    said = typed("zhibi", *words, "--help", cwd=TOP)
    assert said.returncode == 0, said.stderr
    _, found, listed = said.stdout.partition("\n命令:\n")
    return re.findall(r"^  ([a-z]+)", listed, re.MULTILINE) if found else []


def _words(page):
    """The page without what stands in it as code."""
    return re.sub(r"`[^`\n]+`", "", page.read_text("utf-8"))


def test_every_link_of_the_documents_leads_somewhere():
    pages = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md"), TOP / "data/README.md"]
    broken = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", _words(page))
        if not (page.parent / target).exists()
    ]

    assert broken == []
