"""A valid workbook or folder -> frames that keep types, gaps and the row each line came from."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from workbooks import column_of, county, workbook, write_folder

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import InvalidInput
from gongwen.facts.value import Read, Rows
from zhibi.data.dataset import ORIGIN, Dataset
from zhibi.data.read import open_dataset, read


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    workbook().save(tmp_path / "县.xlsx")
    return open_dataset(tmp_path / "县.xlsx", CONTRACT)


def test_a_valid_workbook_is_silent(tmp_path: Path) -> None:
    workbook().save(tmp_path / "县.xlsx")
    found, findings = read(tmp_path / "县.xlsx", CONTRACT)
    assert found is not None
    assert findings == ()
    assert found.unread == {}


def test_columns_are_the_contract_and_the_index_is_the_origin(dataset: Dataset) -> None:
    for sheet in CONTRACT.sheets:
        frame = dataset[sheet.title]
        assert tuple(frame.columns) == sheet.headers
        assert list(frame.index.names) == ORIGIN
    assert dataset["党员"].index[0] == ("县.xlsx", "党员", 2)


def test_each_kind_has_its_type(dataset: Dataset) -> None:
    year, members, meetings = dataset["党员年度"], dataset["党员"], dataset["组织生活台账"]
    assert year["应交党费(元)"].iloc[0] == Decimal("660.00")
    assert str(year["年度"].dtype) == "Int64"
    assert str(year["集中学时"].dtype) == "Float64"
    assert members["入党日期"].iloc[0] == pd.Timestamp("2005-06-20")
    assert str(members["在册"].dtype) == "boolean"
    assert isinstance(meetings["佐证号"].iloc[0], str)


def test_missing_stays_missing(dataset: Dataset) -> None:
    assert dataset["组织生活台账"]["佐证号"].isna().tolist() == [False, True, True]
    assert dataset["党组织"]["委员数"].isna().tolist() == [False, False, True]
    assert dataset["党员年度"]["积分"].isna().all()
    assert dataset["党员"]["离开日期"].isna().all()


def test_a_code_keeps_its_zeros(tmp_path: Path) -> None:
    data = county()
    data["单位"][1]["单位代码"] = "0012"
    data["党组织"][2]["所属单位"] = "0012"
    workbook(data).save(tmp_path / "县.xlsx")
    assert open_dataset(tmp_path / "县.xlsx", CONTRACT)["单位"]["单位代码"].tolist() == [
        "U001",
        "0012",
    ]


def test_settings_are_facts_that_know_their_row(dataset: Dataset) -> None:
    assert dataset.settings["数据截止日"].value == dt.date(2026, 11, 30)
    assert dataset.settings["年度"].value == 2026
    assert dataset.settings["月权重"].value == Decimal("0.3")
    assert dataset.settings["年度"].origin == Read("取值", (Rows("县.xlsx", "设置", (2,), "内容"),))


def test_a_blank_setting_is_a_missing_fact(tmp_path: Path) -> None:
    workbook(
        settings={"年度": 2026, "数据截止日": dt.date(2026, 11, 30), "编制单位": "甲", "地区": None}
    ).save(tmp_path / "县.xlsx")
    settings = open_dataset(tmp_path / "县.xlsx", CONTRACT).settings
    assert [settings[name].missing for name in ("地区", "规则版本", "年度")] == [True, True, False]


def test_rows_keep_their_numbers_after_blank_rows_and_the_hidden_row(tmp_path: Path) -> None:
    book = workbook()
    page = book["党员"]
    page.insert_rows(4, 2)  # two blank rows below M0002
    page.insert_rows(2)
    for at, column in enumerate(next(s for s in CONTRACT.sheets if s.title == "党员").columns, 1):
        page.cell(2, at, column.key)
    page.cell(6, 3, "   ")  # a row of nothing but spaces is blank as well
    book.save(tmp_path / "县.xlsx")
    frame = open_dataset(tmp_path / "县.xlsx", CONTRACT)["党员"]
    assert dict(zip(frame["党员代码"], frame.index.get_level_values("row"), strict=True)) == {
        "M0001": 3, "M0002": 4, **{f"M{n:04}": n + 4 for n in range(3, 11)},
    }  # fmt: skip


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    book = workbook()
    page = book["荣誉"]
    at = column_of("荣誉", "党组织代码")
    page.insert_cols(1)
    for row in (1, 2):
        page.cell(row, 1, page.cell(row, at + 1).value)
    page.delete_cols(at + 1)
    page["A2"] = "X999"
    book.save(tmp_path / "县.xlsx")
    (finding,) = read(tmp_path / "县.xlsx", CONTRACT)[1]
    assert (finding.code, finding.place.cell) == ("V02", "A2")


@pytest.mark.parametrize(
    "spelled", ["职工总数（人）", " 职工总数 (人)", "职工总数(人)*", "职工总数(人)"]
)
def test_brackets_and_spaces_in_a_header_do_not_matter(tmp_path: Path, spelled: str) -> None:
    book = workbook()
    book["单位"]["F1"] = spelled
    book.save(tmp_path / "县.xlsx")
    assert open_dataset(tmp_path / "县.xlsx", CONTRACT)["单位"]["职工总数(人)"].tolist() == [
        320,
        80,
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_folder_of_csv_equals_the_workbook(
    tmp_path: Path, dataset: Dataset, encoding: str
) -> None:
    found, findings = read(write_folder(tmp_path / "表", encoding), CONTRACT)
    assert found is not None
    assert findings == ()
    for title, frame in dataset.frames.items():
        other = found[title]
        assert (
            other.index.get_level_values("row").tolist()
            == frame.index.get_level_values("row").tolist()
        )
        pd.testing.assert_frame_equal(other.reset_index(drop=True), frame.reset_index(drop=True))
    assert found["党员"].index[0] == ("党员.csv", "党员", 2)
    assert {name: fact.value for name, fact in found.settings.items()} == {
        name: fact.value for name, fact in dataset.settings.items()
    }
    assert len(found.sources) == 1 + len(CONTRACT.sheets)


def test_opening_raises_with_every_fault(tmp_path: Path) -> None:
    data = county()
    data["党员"][0]["出生年份"] = "很久以前"
    data["单位"][0]["单位类别"] = "国企"
    workbook(data).save(tmp_path / "县.xlsx")
    with pytest.raises(InvalidInput) as caught:
        open_dataset(tmp_path / "县.xlsx", CONTRACT)
    assert [finding.place.cell for finding in caught.value.findings] == ["D2", "E2"]
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_dataset_can_be_sent_to_another_process(dataset: Dataset) -> None:
    bare = Dataset(dataset.contract, dataset.sources, dataset.settings, {"党员": dataset["党员"]})
    assert bare.sound("党员", "姓名").equals(dataset["党员"])
    assert pickle.loads(pickle.dumps(dataset.frames["党员"])).equals(dataset["党员"])
