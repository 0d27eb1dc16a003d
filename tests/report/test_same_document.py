"""However it is made, the document is the same to the byte."""

from __future__ import annotations

import re
import shlex

import pytest
from clerk import TOP, command

pytestmark = pytest.mark.kernel


README = (TOP / "README.md").read_text("utf-8")


def test_what_the_readme_types_without_our_commands_gives_the_same_bytes(made, workspace):
    lines = re.findall(r"^\.venv/bin/((?:papermill|jupyter nbconvert) .*)$", README, re.MULTILINE)
    assert len(lines) == 2
    for line in lines:
        done = command(*shlex.split(line), cwd=workspace)
        assert done.returncode == 0, done.stderr[-2000:]

    assert (workspace / "outputs/run.docx").read_bytes() == made.docx.read_bytes()


def test_the_same_inputs_give_the_same_bytes_from_another_folder_too(made, workspace):
    out = workspace / "outputs/elsewhere"
    done = command(
        "zhibi", "run", "research_report", "--out", str(out), cwd=workspace / "notebooks"
    )
    assert done.returncode == 0, done.stdout + done.stderr

    for name in ("报告.docx", "数据出处.xlsx"):
        assert (out / name).read_bytes() == (made.folder / name).read_bytes()


def test_a_branch_that_ran_on_its_slice_and_one_that_ran_on_the_workbook_are_the_same(workspace):
    out = workspace / "outputs/sliced"
    done = command("zhibi", "run", "annual_review", "--out", str(out), cwd=workspace)
    assert done.returncode == 0, done.stdout + done.stderr
    parameters = ("-f", "params/annual_review.yaml")
    ran = command(
        "papermill",
        "notebooks/annual_review.ipynb",
        "outputs/whole.ipynb",
        *parameters,
        cwd=workspace,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    converted = command(
        "jupyter", "nbconvert", "--to", "gongwen", "outputs/whole.ipynb", cwd=workspace
    )
    assert converted.returncode == 0, converted.stderr[-2000:]

    assert (workspace / "outputs/whole.docx").read_bytes() == (out / "报告.docx").read_bytes()
    assert '"data/示例县.xlsx"' in (out / "run.ipynb").read_text("utf-8").replace("\\", "")
