"""Regular expressions of modules are compiled once for a version of Python, and are what `re` makes of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MANY = 12  # expressions of the modules that the program imports
PROGRAM = """
import json, re, sys
from zhibi.startup import patterns
compiler = sys.modules["re._compiler"]
usual, asked = compiler._code, []
compiler._code = lambda parsed, flags: asked.append(1) or usual(parsed, flags)
patterns.on()
patterns.on()
import gongwen.chinese.numbers.quantity, gongwen.chinese.numbers.numerals, gongwen_lint.manuscript.masking
re.compile("王小明|李小红")
print(json.dumps({"compiled": len(asked)}))
"""


def ran(folder: Path, program: str = PROGRAM, **environment: str) -> str:
    """What a process says whose compiled files are in a folder."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**usual, "PYTHONPYCACHEPREFIX": str(folder), **environment},
    )
    return done.stdout


def compiled(folder: Path, **environment: str) -> int:
    return int(json.loads(ran(folder, **environment))["compiled"])


def stored(folder: Path) -> list[Path]:
    return [*folder.rglob("*.patterns")]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of compiled files after a first run."""
    folder = tmp_path_factory.mktemp("kept")
    assert compiled(folder) > MANY
    return folder


def test_the_second_process_compiles_what_is_nobodys_source_and_no_more(kept):
    assert compiled(kept) == 1


def test_no_expression_of_a_program_is_kept(kept):
    (file,) = stored(kept)
    assert "王小明".encode() not in file.read_bytes()


def test_an_expression_from_the_file_is_what_re_makes_of_it(kept):
    program = """
import re, sys
from zhibi.startup import patterns
compiler = sys.modules["re._compiler"]
usual = compiler.compile
engine, programs = compiler._sre, []
patterns.on()
known = compiler.compile.__self__._known
assert len(known) > 10
for (pattern, flags), entry in known.items():
    made, again = compiler.compile(pattern, flags), usual(pattern, flags)
    assert (made, made.flags, made.groups) == (again, again.flags, again.groups), pattern
    assert dict(made.groupindex) == dict(again.groupindex), pattern
print("equal")
"""
    assert ran(kept, program).strip() == "equal"


@pytest.mark.parametrize("content", [b"", b"\x00", b"none of ours", b"(\x02\x00\x00\x00"])
def test_a_damaged_file_is_made_again(kept, content):
    (file,) = stored(kept)
    file.write_bytes(content)
    assert compiled(kept) > MANY
    assert compiled(kept) == 1


def test_nothing_is_written_where_python_writes_no_compiled_files(tmp_path):
    assert compiled(tmp_path, PYTHONDONTWRITEBYTECODE="1") > MANY
    assert stored(tmp_path) == []
