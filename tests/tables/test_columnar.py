"""A slice on disk opens at once and gives its sheets when they are asked for; damage is told in our words either way."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import UnreadableFile
from zhibi.data.dataset import ORIGIN, Frames
from zhibi.data.figures.measure import count
from zhibi.data.figures.origin import HEADERS
from zhibi.data.reading.arrays import STRING
from zhibi.data.snapshot import columnar
from zhibi.data.writing import sample_data
from zhibi.engines.fork import limits as process_limits

LOOSE = {"check_column_type": False, "check_dtype": False}  # words of few rows are Python's


@pytest.fixture
def data():
    rows = {"党员": [{"党员代码": f"M000{number}"} for number in range(3)]}
    return replace(sample_data.dataset(CONTRACT, rows), slice_of="B001")


@pytest.fixture
def folder(tmp_path, data):
    return columnar.save(tmp_path, columnar.pack(data))


def test_every_sheet_comes_back_as_it_was(folder, data):
    before = process_limits.threads()
    back = columnar.load(folder, CONTRACT)

    assert list(back.frames) == list(data.frames)
    for title, frame in data.frames.items():
        pd.testing.assert_frame_equal(frame, back[title], **LOOSE)
    assert process_limits.threads() == before  # a batch forks, and a process with threads must not


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
def test_damage_is_told_at_the_latest_when_the_sheet_is_asked_for(
    folder, damage: Callable[[Path], object], reason
):
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
    assert (frames.maker("甲"), frames.maker("乙")) == (None, make)


FILES = ("丙.xlsx", "甲.xlsx", "乙.xlsx")
SHEET = next(sheet for sheet in CONTRACT.sheets if sheet.title == "党员")


@pytest.fixture(params=[1, 3], ids=["one file", "three files"])
def members(request):
    """Nine members with blank cells among their own, from one file or by turns from three."""
    names = {f"M000{number}": f"张{number}针" if number % 4 else "" for number in range(9)}
    rows = [{"党员代码": code, "姓名": name, "转正日期": ""} for code, name in names.items()]
    frame = sample_data.dataset(CONTRACT, {"党员": rows})["党员"]
    origin = [(FILES[at % request.param], "党员", at + 2) for at in range(len(frame))]
    index = pd.MultiIndex.from_tuples(origin, names=ORIGIN)
    names = pd.Index(FILES[: request.param], dtype=STRING)  # in an order of their own
    codes = [at % request.param for at in range(len(frame))]
    levels = [names, pd.Index(["党员"], dtype=STRING), index.levels[2]]
    return columnar.stamp(
        frame.set_axis(pd.MultiIndex(levels=levels, codes=[codes, *index.codes[1:]], names=ORIGIN))
    )


@pytest.mark.parametrize("positions", [[], [4], [2, 1], [2, 5, 8], [0, 1, 2], range(9)], ids=str)
def test_rows_are_taken_as_from_a_frame(members, positions):
    taken = columnar.stored(members, SHEET).take(positions, "乙.xlsx")
    frame = columnar.excerpt(members, list(positions), "乙.xlsx")
    same = columnar.stored(frame, SHEET)

    assert (taken.written(), taken.levels()) == (same.written(), same.levels())
    pd.testing.assert_frame_equal(taken.frame, frame)
    assert taken.frame.attrs[HEADERS].place == frame.attrs[HEADERS].place
    assert [list(level) for level in taken.frame.index.levels[:2]] == [
        list(level) for level in frame.index.levels[:2]
    ]
    assert taken.rows() == set(frame.index.get_level_values("row"))
    for file in (*FILES, "别处.xlsx"):
        assert taken.rows(file) == {row for name, _, row in frame.index if name == file}


def test_rows_that_were_taken_lead_to_no_others(members):
    taken = columnar.stored(members, SHEET).take([1, 7], "乙.xlsx")
    buffers = chain.from_iterable(column.buffers() for column in taken.batch.columns)
    held = b"".join(buffer.to_pybytes() for buffer in buffers if buffer).decode("utf-8", "ignore")

    assert re.findall(r"张\d针", held) == ["张1针", "张7针"]
    assert set(taken.files) == {file for file, _, _ in columnar.excerpt(members, [1, 7], "").index}


def test_a_sheet_is_written_as_it_is_stored_and_from_its_frame_once_that_is_there(members, data):
    kept = columnar.stored(members, SHEET).take([1, 3], "乙.xlsx")
    slice_ = replace(data, frames=Frames({**data.frames, "党员": kept}))
    before = columnar.pack(slice_)

    assert columnar.rows_in(slice_, "党员") == {3, 5}
    assert slice_.frames.maker("党员") is kept
    assert slice_["党员"] is kept.frame
    assert columnar.rows_in(slice_, "党员") == {3, 5}
    assert columnar.rows_in(slice_, "党员", "没有.xlsx") == set()
    assert columnar.pack(slice_) == before
    slice_["党员"].loc[:, "姓名"] = "改了"
    assert columnar.pack(slice_) != before
