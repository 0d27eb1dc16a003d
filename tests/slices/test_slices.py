"""A slice holds one organisation's rows and facts, reads back equal, and its run can open nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dangjian.model.branch import branch_of
from dangjian.model.county import open_county
from dangjian.scoring.partition import Division, open_branch
from dangjian.workbook.contract import CONTRACT
from gongwen.errors import NotYours, UnknownName
from gongwen.facts.value import Derived, Read
from gongwen.findings import Finding, Level, Location
from zhibi.data.read import open_dataset
from zhibi.data.snapshot import cache, columnar, slices
from zhibi.data.snapshot.access_scope import VARIABLE, write_pass
from zhibi.engines.fork import limits as process_limits

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"


@pytest.fixture(scope="module")
def division():
    return Division(open_county(EXAMPLE).data)


@pytest.fixture(scope="module")
def b012(division):
    return division.slice("B012")


@pytest.fixture
def in_run(monkeypatch, tmp_path, b012):
    """This process as the run of B012's report."""
    inside = columnar.save(write_pass(tmp_path, "B012", "data/示例县.xlsx"), columnar.pack(b012))
    monkeypatch.setenv(VARIABLE, str(inside))


def test_a_dataset_comes_back_from_disk_as_it_was(division, tmp_path):
    data = division.county.data
    columnar.save(tmp_path, columnar.pack(data))
    back = columnar.load(tmp_path, CONTRACT)

    for title, frame in data.frames.items():
        pd.testing.assert_frame_equal(frame, back[title])
    assert (back.settings, back.letters, back.sources) == (
        data.settings,
        data.letters,
        data.sources,
    )


def test_reading_a_slice_starts_no_thread(b012, tmp_path):
    columnar.save(tmp_path, columnar.pack(b012))
    before = process_limits.threads()
    columnar.load(tmp_path, CONTRACT)

    assert process_limits.threads() == before  # a batch forks, and a process with threads must not


def test_an_excerpt_without_rows_of_a_sheet_from_two_files_names_its_sheet_and_its_home():
    index = pd.MultiIndex.from_tuples(
        [("甲.xlsx", "党员", 2), ("乙.xlsx", "党员", 3)], names=["file", "sheet", "row"]
    )
    taken = columnar.excerpt(pd.DataFrame({"姓名": ["张三", "李四"]}, index=index), [], "丙.xlsx")

    assert [list(level) for level in taken.index.levels[:2]] == [["丙.xlsx"], ["党员"]]


def test_equal_slices_have_equal_bytes(division, b012, tmp_path):
    columnar.save(tmp_path, columnar.pack(b012))

    assert columnar.pack(columnar.load(tmp_path, CONTRACT)) == columnar.pack(b012)


def test_a_slice_is_packed_alike_before_and_after_its_frames_are_made(division):
    for org in division.organisations:
        piece = division.slice(org.code)
        before = columnar.pack(piece)
        made = {title: piece[title] for title in piece.frames}
        assert columnar.pack(replace(piece, frames=made)) == before


def test_no_frame_is_made_for_the_findings_and_the_files_of_a_slice(division):
    piece = division.slice("B012")
    found = Finding("V27", Level.WARNING, Location("示例县.xlsx", "组织生活台账", "G2"), "空着")
    slices.own_findings(piece, [found])
    columnar.pack(piece)

    assert [title for title in piece.frames if piece.frames.maker(title) is None] == []


def test_a_slice_holds_no_row_of_another_organisation(division):
    strangers = {}
    for org in division.organisations:
        piece = division.slice(org.code)
        members = set(piece["党员"]["党员代码"])
        secretary = {str(piece["党组织"]["书记党员代码"].iloc[0])}
        found = {
            "党员": set(piece["党员"][piece["党员"]["所属党组织"] != org.code]["党员代码"])
            - secretary,
            "党员年度": set(piece["党员年度"]["党员代码"]) - members,
            "组织生活台账": set(piece["组织生活台账"]["党组织代码"]) - {org.code},
            "考核得分": set(piece["考核得分"]["党组织代码"]) - {org.code},
            "党组织": set(piece["党组织"]["党组织代码"]) - {org.code},
        }
        strangers |= {(org.code, sheet): rows for sheet, rows in found.items() if rows}

    assert strangers == {}


def test_of_a_secretary_registered_elsewhere_only_what_the_rules_ask_is_there(division):
    piece = division.slice("B001")
    line = piece["党员"][piece["党员"]["所属党组织"] != "B001"]

    assert line["姓名"].notna().all()
    assert line["出生年份"].isna().all()
    assert line["学历"].isna().all()


def test_the_place_among_all_branches_rests_on_rows_and_names_no_other_branch(division, b012):
    place = b012.handed["名次"]
    assert isinstance(place.origin, Derived)
    own, others = place.origin.parents
    names = {org.name for org in division.organisations} - {"城投集团物业服务党支部"}
    said = [
        text
        for fact in place.lineage()
        for text in (fact.label, str(fact.value), repr(fact.origin))
    ]

    assert place.value == 8  # 交运集团出租客运党支部 has a veto and is not ranked
    assert own.label == "城投集团物业服务党支部得分率"
    assert isinstance(others.origin, Read)
    assert {rows.sheet for rows in others.origin.cells} == {"考核得分", "考核指标"}
    assert [name for name in names if any(name in text for text in said)] == []


def test_a_slice_on_disk_and_the_workbook_give_the_same_branch(b012, tmp_path):
    columnar.save(tmp_path, columnar.pack(b012))
    here, there = open_branch(str(tmp_path), "B012"), open_branch(str(EXAMPLE), "B012")

    assert (here.code, here.as_of, here.unit, here.handed, here.size.id) == (
        there.code, there.as_of, there.unit, there.handed, there.size.id,
    )  # fmt: skip
    for title, frame in there.frames.items():
        pd.testing.assert_frame_equal(
            here[title], frame, check_dtype=False, check_column_type=False
        )  # words: see FEW


def test_a_slice_of_another_organisation_is_refused_with_its_own_code(b012, tmp_path):
    columnar.save(tmp_path, columnar.pack(b012))

    with pytest.raises(UnknownName, match="B012"):
        open_branch(str(tmp_path), "B013")


def test_a_change_in_one_organisation_leaves_the_others_their_bytes(division):
    data = division.county.data
    changed = data["组织生活台账"].copy()
    changed.loc[changed["党组织代码"] == "B013", "主题"] = "改过的主题"
    frames = {**data.frames, "组织生活台账": changed}
    other = Division(
        type(data)(data.contract, data.sources, data.settings, frames, letters=data.letters)
    )

    def digests(of):
        return {
            org.code: columnar.digest(columnar.pack(of.slice(org.code))) for org in of.organisations
        }

    before, after = digests(division), digests(other)
    assert [code for code in before if before[code] != after[code]] == ["B013"]


def test_in_its_run_a_branch_opens_its_own_slice(in_run):
    assert open_branch("data/示例县.xlsx", "B012").code == "B012"


@pytest.mark.parametrize(
    "peek",
    [
        lambda: open_branch("data/示例县.xlsx", "B013"),
        lambda: open_branch(str(EXAMPLE), "B012"),
        lambda: open_county(EXAMPLE),
        lambda: open_dataset(EXAMPLE, CONTRACT),
    ],
)
def test_in_its_run_a_branch_opens_nothing_else(in_run, peek):
    with pytest.raises(NotYours, match="只能读取“B012”自己的数据"):
        peek()


def test_only_findings_in_its_own_rows_go_with_a_slice(b012):
    row = int(b012["组织生活台账"].index[0][2])
    said = {
        "own": Finding(
            "V27", Level.WARNING, Location("示例县.xlsx", "组织生活台账", f"G{row}"), "空着"
        ),
        "other": Finding(
            "V27", Level.WARNING, Location("示例县.xlsx", "组织生活台账", "G1200"), "空着"
        ),
        "both": Finding(
            "V27", Level.WARNING, Location("示例县.xlsx", "组织生活台账", f"G{row}、G1200"), "空着"
        ),
        "settings": Finding("B15", Level.WARNING, Location("示例县.xlsx", "设置", "A3"), "空着"),
        "file": Finding("B08", Level.NOTE, Location("示例县.xlsx"), "空着"),
    }

    assert slices.own_findings(b012, said.values()) == (said["own"], said["settings"])


def test_a_workbook_is_read_once_and_again_when_it_changed(tmp_path, monkeypatch):
    book = tmp_path / "县.xlsx"
    book.write_bytes(EXAMPLE.read_bytes())
    first, said = cache.read(book, CONTRACT, "dangjian", tmp_path / "cache")
    monkeypatch.setattr("zhibi.data.read", lambda *_: pytest.fail("read again"))
    second, said_again = cache.read(book, CONTRACT, "dangjian", tmp_path / "cache")

    assert said_again == said
    assert columnar.pack(second) == columnar.pack(first)
    key = cache.key_of(book, "dangjian")
    book.write_bytes(EXAMPLE.read_bytes() + b"\0")
    assert cache.key_of(book, "dangjian") != key


def test_the_branch_of_a_slice_is_what_the_county_cut(division):
    assert branch_of(division.slice("B012")).size.id == division.branch("B012").size.id
