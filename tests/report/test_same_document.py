"""However it is made, the document is the same to the byte."""

from __future__ import annotations

import pytest
from clerk import command, run

pytestmark = pytest.mark.kernel


def test_the_same_inputs_give_the_same_bytes(made, workspace):
    again = run(workspace, "outputs/again")

    assert again.docx.read_bytes() == made.docx.read_bytes()
    assert (again.folder / "数据出处.xlsx").read_bytes() == (made.folder / "数据出处.xlsx").read_bytes()


def test_plain_papermill_and_nbconvert_give_the_same_bytes(made, workspace):
    parameters = ("-f", "params/research_report.yaml")
    ran = command("papermill", "notebooks/research_report.ipynb", "outputs/plain.ipynb", *parameters, cwd=workspace)
    assert ran.returncode == 0, ran.stderr[-2000:]
    converted = command("jupyter", "nbconvert", "--to", "gongwen", "outputs/plain.ipynb", cwd=workspace)
    assert converted.returncode == 0, converted.stderr[-2000:]

    assert (workspace / "outputs/plain.docx").read_bytes() == made.docx.read_bytes()


def test_a_run_from_another_folder_gives_the_same_bytes(made, workspace):
    out = workspace / "outputs/elsewhere"
    done = command("zhibi", "run", "research_report", "--out", str(out), cwd=workspace / "notebooks")
    assert done.returncode == 0, done.stdout + done.stderr

    assert (out / "报告.docx").read_bytes() == made.docx.read_bytes()


def test_a_branch_that_ran_on_its_slice_and_one_that_ran_on_the_workbook_are_the_same(workspace):
    out = workspace / "outputs/sliced"
    done = command("zhibi", "run", "annual_review", "--out", str(out), cwd=workspace)
    assert done.returncode == 0, done.stdout + done.stderr
    parameters = ("-f", "params/annual_review.yaml")
    ran = command("papermill", "notebooks/annual_review.ipynb", "outputs/whole.ipynb", *parameters, cwd=workspace)
    assert ran.returncode == 0, ran.stderr[-2000:]
    converted = command("jupyter", "nbconvert", "--to", "gongwen", "outputs/whole.ipynb", cwd=workspace)
    assert converted.returncode == 0, converted.stderr[-2000:]

    assert (workspace / "outputs/whole.docx").read_bytes() == (out / "报告.docx").read_bytes()
    assert '"data/示例县.xlsx"' in (out / "run.ipynb").read_text("utf-8").replace("\\", "")
