"""A folder of CSV as Excel on Windows saves it is read like any other: line ends, encoding, a mark at the beginning."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dangjian.workbook.contract import CONTRACT
from zhibi.data.read import open_dataset
from zhibi.data.sources.folder import read_folder


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


def test_equal_words_of_a_folder_are_one_object_in_memory(tmp_path):
    (tmp_path / "甲.csv").write_text("名称,状态\n第一党支部,正常情况\n", "utf-8")
    (tmp_path / "乙.csv").write_bytes("状态\n正常情况\n".encode("gbk"))

    book, _ = read_folder(tmp_path)
    words = [grid.rows[1][-1] for grid in book.grids]

    assert words == ["正常情况", "正常情况"]
    assert words[0] is words[1]
