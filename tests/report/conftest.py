"""The research report of the example county, made once by the command a clerk types, in a workspace of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from clerk import BatchResult, lay_out, run


@pytest.fixture(scope="session")
def workspace(tmp_path_factory) -> Path:
    return lay_out(tmp_path_factory.mktemp("示例") / "工作区")


@pytest.fixture(scope="session")
def made(workspace) -> BatchResult:
    return run(workspace, "outputs/first")


@pytest.fixture
def altered(workspace, tmp_path):
    """A copy of the workbook with some cells changed: altered({("党员", "B7"): "女"})."""

    def alter(changes: dict[tuple[str, str], object]) -> Path:
        path = tmp_path / "改过.xlsx"
        shutil.copy(workspace / "data/示例县.xlsx", path)
        book = openpyxl.load_workbook(path)
        for (sheet, cell), value in changes.items():
            book[sheet][cell] = value
        book.save(path)
        return path

    return alter
