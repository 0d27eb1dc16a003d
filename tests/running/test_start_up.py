"""What a command does not load: no time is asserted, only which modules are there when it has ended."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import docx
import pytest
from typer.main import get_command

from dangjian import DOMAIN
from zhibi.doors.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("numpy", "pandas", "pyarrow", "python_calamine", "openpyxl")
JUPYTER = (
    "IPython",
    "ipykernel",
    "jupyter_client",
    "nbclient",
    "nbconvert",
    "nbformat",
    "papermill",
)
DRAWING = ("PIL", "matplotlib", "zhplot")
CONVERTING = ("latex2mathml", "pydantic", "pypdfium2", "resvg_py", "rich")
OTHERS = ("docx", "dask", "jinja2", "jsonschema", "sqlalchemy", "tornado")
HEAVY = {*TABLES, *JUPYTER, *DRAWING, *CONVERTING, *OTHERS} - {"rich"}  # rich prints, in 20 ms
PROGRAM = """
import json, sys
from zhibi.doors.cli import main
sys.argv = ["zhibi", *sys.argv[1:]]
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(*words: str) -> set[str]:
    """The modules in a process that ran a command of the program in the checkout."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


def every_command() -> list[tuple[str, ...]]:
    """Each command of the program, those of its domain, and those below one of them."""
    listed = {**COMMANDS, **DOMAIN.commands}
    groups = {name: get_command(import_module(each.module).app) for name, each in listed.items()}
    below = [
        (name, word) for name, group in groups.items() for word in getattr(group, "commands", ())
    ]
    return [(), *((name,) for name in listed), *below]


EVERY_COMMAND = every_command()


def test_commands_below_others_and_those_of_the_domain_are_looked_at():
    assert {("run",), ("rules",), ("data", "import"), ("rules", "check")} <= {*EVERY_COMMAND}


@pytest.mark.parametrize("words", EVERY_COMMAND, ids=" ".join)
def test_no_help_loads_tables_notebooks_charts_or_what_converts_values(words):
    modules = loaded(*words, "--help")

    assert modules & HEAVY == set()


def test_the_version_loads_none_of_them_either():
    assert loaded("--version") & HEAVY == set()


@pytest.mark.slow
def test_a_report_without_pictures_and_formulas_loads_nothing_that_makes_them(tmp_path):
    modules = loaded("run", "annual_review", "--out", str(tmp_path / "报告"))
    unused = {*DRAWING, *CONVERTING, "openpyxl", "dask", "sqlalchemy"}
    assert modules & unused == set()
    assert not {name for name in modules if name.startswith(("requests.", "arrow."))}


def test_the_list_of_commands_loads_no_command_and_nothing_of_the_domain_but_its_name():
    modules = loaded("--help")
    assert "gongwen_lint.check" not in modules
    assert {name for name in modules if name.startswith("dangjian")} == {"dangjian"}


@pytest.mark.parametrize("name", ["通知.docx", "通知.md", "通知.txt"])
def test_a_check_loads_neither_tables_nor_notebooks_nor_charts(name, tmp_path):
    path = tmp_path / name
    if name.endswith("docx"):
        written = docx.Document()
        written.add_paragraph("为做好工作，现通知如下。")
        written.save(path)
    else:
        path.write_text("关于做好工作的通知\n\n为做好工作，现通知如下。\n", encoding="utf-8")
    modules = loaded("check", str(path))
    assert (
        modules & {*TABLES, *JUPYTER, *DRAWING, "docx", "pydantic", "sqlalchemy", "tornado"}
        == set()
    )
    assert not {name for name in modules if name.startswith("dangjian.reports")}
