"""Names of the files that one report leaves in its folder, and a check that the folder can take them."""

from __future__ import annotations

from pathlib import Path

from gongwen import atomic_files

REPORT = "报告.docx"
NOTEBOOK = "run.ipynb"
PROVENANCE = "数据出处.xlsx"
RECORD = "run.json"
BROKEN = "出错.ipynb"
KEY = "代称对照（内部）.xlsx"  # the only file of an anonymous report that holds real names


def ready(folder: Path) -> None:
    """Make sure that a folder can be written and none of its report files is open; raises OutputBlocked."""
    atomic_files.ready(folder, (REPORT, PROVENANCE, NOTEBOOK, RECORD, KEY))
