"""A slice on disk opens at once and gives its sheets when they are asked for; damage is told in our words either way."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from dangjian.workbook import CONTRACT
from zhibi.engines import confine
from zhibi.errors import UnreadableFile
from zhibi.facts.measure import count
from zhibi.tables import columnar, madeup
from zhibi.tables.dataset import Frames

LOOSE = {"check_column_type": False, "check_dtype": False}  # words of few rows are Python's


@pytest.fixture
def data():
    rows = {"党员": [{"党员代码": f"M000{number}"} for number in range(3)]}
    return replace(madeup.dataset(CONTRACT, rows), slice_of="B001")


@pytest.fixture
def folder(tmp_path, data):
    return columnar.save(tmp_path, columnar.pack(data))


def test_every_sheet_comes_back_as_it_was(folder, data):
    before = confine.threads()
    back = columnar.load(folder, CONTRACT)

    assert list(back.frames) == list(data.frames)
    for title, frame in data.frames.items():
        pd.testing.assert_frame_equal(frame, back[title], **LOOSE)
    assert confine.threads() == before  # a batch forks, and a process with threads must not


def test_a_sheet_is_made_once_and_keeps_its_origin(folder):
    data = columnar.load(folder, CONTRACT)

    assert data["党员"] is data["党员"]
    assert count(data["党员"], "党员数", "名").value == len(data["党员"])
    assert "没有的表" not in data.frames
    with pytest.raises(KeyError):
        data["没有的表"]


def test_a_slice_that_was_opened_can_be_handed_to_another_process(folder):
    data = columnar.load(folder, CONTRACT)
    before = pickle.loads(pickle.dumps(data))
    made = data["党员"]

    for there in (before, pickle.loads(pickle.dumps(data))):
        pd.testing.assert_frame_equal(there["党员"], made)


def _without_a_column(file: Path) -> None:
    table = pa.ipc.open_stream(file.read_bytes()).read_all().drop_columns(["姓名"])
    with pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (Path.unlink, "FileNotFoundError"),
        (lambda file: file.write_bytes(file.read_bytes()[:200]), "ArrowInvalid|OSError"),
        (_without_a_column, "KeyError"),
    ],
)
def test_damage_is_told_at_the_latest_when_the_sheet_is_asked_for(folder, damage: Callable[[Path], object], reason):
    damage(folder / "members.arrow")

    with pytest.raises(UnreadableFile, match=f"切片读不出来（({reason})）"):
        columnar.load(folder, CONTRACT)["党员"]


def test_a_frame_is_made_when_it_is_asked_for():
    made = []

    def make() -> pd.DataFrame:
        made.append("甲")
        return pd.DataFrame()

    frames = Frames({"甲": make, "乙": make})
    assert (list(frames), len(frames), "甲" in frames, made) == (["甲", "乙"], 2, True, [])
    assert (frames["甲"] is frames["甲"], made) == (True, ["甲"])
