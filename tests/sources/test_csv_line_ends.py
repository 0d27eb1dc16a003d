"""A folder of CSV as Excel on Windows saves it is read like any other: line ends, encoding, a mark at the beginning."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dangjian.workbook.contract import CONTRACT
from zhibi.data.read import open_dataset


def saved(single: Path, folder: Path, line_end: str, encoding: str) -> Path:
    """The workbook as a folder of CSV."""
    folder.mkdir()
    for title, frame in pd.read_excel(
        single, sheet_name=None, dtype=str, engine="calamine"
    ).items():
        text = frame.to_csv(index=False, lineterminator=line_end)
        (folder / f"{title}.csv").write_bytes(text.encode(encoding))
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_line_ends_of_windows_change_nothing(single, tmp_path, encoding):
    here = open_dataset(saved(single, tmp_path / "甲", "\n", "utf-8"), CONTRACT)
    there = open_dataset(saved(single, tmp_path / "乙", "\r\n", encoding), CONTRACT)

    assert there.settings.keys() == here.settings.keys()
    for sheet in CONTRACT.sheets:
        left, right = here[sheet.title], there[sheet.title]
        pd.testing.assert_frame_equal(left.reset_index(drop=True), right.reset_index(drop=True))
