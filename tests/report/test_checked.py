"""The project's own report is held to the checker like any other document, and against the workbook it came from."""

from __future__ import annotations

import json
import shutil

import pytest
from clerk import command

pytestmark = pytest.mark.kernel


def test_the_checker_finds_no_error_in_our_own_report(workspace, made):
    told = command(
        "zhibi", "check", str(made.docx), "--data", "data/示例县.xlsx", "--json", cwd=workspace
    )

    found = json.loads(told.stdout)
    assert [each for each in found if each["level"] != "提示" and each["code"][0] == "K"] == []
    assert told.returncode == 0


def test_last_years_report_handed_in_again_is_found(workspace, made, tmp_path):
    last = shutil.copy(made.docx, tmp_path / "去年.docx")
    told = command(
        "zhibi",
        "check",
        str(made.docx),
        "--last",
        str(last),
        "--only",
        "K10",
        "--json",
        cwd=workspace,
    )

    assert {each["code"] for each in json.loads(told.stdout)} == {"K10"}
    assert told.returncode == 1


def test_a_copy_in_a_folder_of_others_is_found_and_the_document_itself_is_not(
    workspace, made, tmp_path
):
    (tmp_path / "甲").mkdir()
    shutil.copy(made.docx, tmp_path / "甲/报告.docx")
    command_line = (
        "zhibi",
        "check",
        str(made.docx),
        "--peers",
        str(tmp_path),
        "--only",
        "K11",
        "--json",
    )
    assert json.loads(command(*command_line, cwd=workspace).stdout) == []

    (tmp_path / "甲/报告.docx").rename(tmp_path / "甲/乙支部.docx")
    assert {each["code"] for each in json.loads(command(*command_line, cwd=workspace).stdout)} == {
        "K11"
    }
