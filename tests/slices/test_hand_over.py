"""What a notebook may see is packed into its run's folder: a county, a subtree, or one organisation."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dangjian.model.county import County, open_county
from dangjian.model.subtree import cut_data, open_system, system_of
from dangjian.workbook.contract import CONTRACT
from gongwen.errors import NotYours
from zhibi.data.read import open_dataset
from zhibi.data.snapshot import slices
from zhibi.data.snapshot.access_scope import VARIABLE

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"
SOURCE = "data/示例县.xlsx"
TOP = "B016"  # 交运集团党委 and the organisations below it


@pytest.fixture(scope="module")
def county():
    return open_dataset(EXAMPLE, CONTRACT)


@pytest.fixture
def in_run(monkeypatch, tmp_path):
    """This process as the run of a report to which these data were handed."""

    def enter(packed: slices.Packed) -> None:
        inside = slices.hand_out(tmp_path, packed.files, packed.code, packed.stands_for)
        monkeypatch.setenv(VARIABLE, str(inside))
        monkeypatch.chdir(tmp_path)

    return enter


def test_a_countys_report_opens_what_was_packed_and_not_the_workbook_again(in_run, county):
    in_run(slices.packed(county, "", SOURCE))

    opened = open_county(SOURCE)  # below this folder there is no such file

    pd.testing.assert_frame_equal(opened.data["党员"], county["党员"])
    assert opened.data.sources == county.sources


def test_a_countys_report_may_open_another_workbook_beside_its_own(in_run, county):
    in_run(slices.packed(county, "", "data/今年.xlsx"))

    assert len(open_county(EXAMPLE).data["党员"]) == len(county["党员"])


def test_a_subtrees_report_sees_the_rows_of_its_subtree_only(in_run, county):
    in_run(slices.packed(cut_data(county, TOP), TOP, SOURCE))

    system = open_system(SOURCE, TOP)

    assert set(system.county.data["党员"].index) == set(cut_data(county, TOP)["党员"].index)
    with pytest.raises(NotYours):
        open_county(SOURCE)
    with pytest.raises(NotYours):
        open_dataset(EXAMPLE, CONTRACT)
    with pytest.raises(NotYours):
        open_system(SOURCE, "B001")


def test_a_masked_subtree_bears_the_stand_ins_of_the_whole_county(in_run, county):
    whole = system_of(county, TOP, anonymise=True)
    in_run(slices.packed(cut_data(county, TOP), TOP, SOURCE, whole.names))

    system = open_system(SOURCE, TOP, anonymise=True)

    assert str(system.named.value) == str(whole.named.value)
    assert system.words("交运集团党委") == whole.words("交运集团党委") != "交运集团党委"


def test_in_jupyterlab_the_workbook_itself_is_opened(county):
    assert len(County(slices.open_whole(EXAMPLE, CONTRACT)).members) > 0
    assert open_system(EXAMPLE, TOP).code == TOP
