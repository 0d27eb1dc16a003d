"""A database holds the same dataset as a workbook; what is amiss with it is one clear sentence without a password."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import sqlalchemy as sa
from server import PASSWORD, engine

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import MissingExtra, OutputBlocked, UnreadableFile
from zhibi import count
from zhibi.data.read import open_dataset, read
from zhibi.data.sources import postgres
from zhibi.workspace.address import address

NASTY = '=1+1\'; drop table members; --"双引号"\\n'


@pytest.fixture
def filled(database, single) -> str:
    postgres.load(open_dataset(single, CONTRACT), address(database))
    return database


def said(url: str) -> str:
    with pytest.raises((UnreadableFile, OutputBlocked)) as caught:
        read(url, CONTRACT)
    assert PASSWORD not in str(caught.value)
    return str(caught.value)


def test_a_database_gives_the_same_dataset(filled, single):
    one, other = open_dataset(single, CONTRACT), open_dataset(filled, CONTRACT)

    for title, frame in one.frames.items():
        pd.testing.assert_frame_equal(frame.droplevel("file"), other[title].droplevel("file"))
    assert {n: f.value for n, f in one.settings.items()} == {
        n: f.value for n, f in other.settings.items()
    }


def test_a_figure_names_server_and_table_row_but_no_user(filled):
    members = open_dataset(filled, CONTRACT)["党员"]
    (cells,) = count(members[members["所属党组织"] == "B003"], "党员数", "名").origin.cells

    assert cells.file == "postgresql:///" + filled.partition("@/")[2].partition("?")[0]
    assert cells.rows == (9, 10, 11)
    with engine(filled).connect() as connection:
        found = connection.execute(
            sa.text("select name from members where row_no = 9")
        ).scalar_one()
    assert found == "张8"


def test_words_are_words_whatever_they_look_like(database, single, tmp_path):
    book = openpyxl.load_workbook(single)
    cell = book["三单台账"]["D2"]
    cell.value, cell.data_type = NASTY, "s"
    book.save(tmp_path / "县.xlsx")
    postgres.load(open_dataset(tmp_path / "县.xlsx", CONTRACT), address(database))

    assert open_dataset(database, CONTRACT)["三单台账"]["事项"].iloc[0] == NASTY
    assert len(open_dataset(database, CONTRACT)["党员"]) == 10


def test_what_is_wrong_in_a_database_is_found_as_in_a_workbook(filled):
    with engine(filled).begin() as connection:
        connection.execute(
            sa.text(
                "update members set birth_year = 1890, status = '群众' where member_code = 'M0003'"
            )
        )
        connection.execute(
            sa.text("update members set name = '410105199003070011' where member_code = 'M0004'")
        )
        connection.execute(sa.text("alter table units drop column industry"))
        connection.execute(sa.text("drop table honors"))

    data, findings = read(filled, CONTRACT)

    assert data is None
    told = {
        (one.code, one.place.sheet, one.place.cell, one.place.column)
        for one in findings
        if one.level == "错误"
    }
    assert told == {
        ("V30", "党员", "行4", "出生年份"), ("B11", "党员", "行4", "党员类别"), ("V20", "党员", "行5", "姓名"),
        ("B01", "荣誉", "", ""),
    }  # fmt: skip
    assert not any("410105" in str(one) for one in findings)
    assert (
        next(one.message for one in findings if one.code == "B01")
        == "数据库里缺少数据表 honors（荣誉）。"
    )


def test_an_empty_database_lists_every_table(database):
    _, findings = read(database, CONTRACT)

    assert len([one for one in findings if one.code == "B01"]) == 1 + len(CONTRACT.sheets)


def test_rows_of_others_without_numbers_are_read_in_their_order(filled):
    with engine(filled).begin() as connection:
        connection.execute(sa.text("alter table units drop column row_no"))

    assert open_dataset(filled, CONTRACT)["单位"]["单位代码"].tolist() == ["U001", "U002"]


def test_loading_twice_asks_first_and_then_replaces(filled, single):
    data = open_dataset(single, CONTRACT)
    with pytest.raises(OutputBlocked, match="数据库里已有数据"):
        postgres.load(data, address(filled))

    written = postgres.load(data, address(filled), replace=True)
    assert written["members"] == 10
    assert len(open_dataset(filled, CONTRACT)["党员"]) == 10


def test_a_load_that_fails_leaves_what_was_there(filled, single):
    with engine(filled).begin() as connection:
        connection.execute(
            sa.text(
                "alter table tasks add constraint no_tasks check (task_code <> 'T002')  not valid"
            )
        )

    with pytest.raises(UnreadableFile, match="数据库没有完成这个操作"):
        postgres.load(open_dataset(single, CONTRACT), address(filled), replace=True)
    assert len(open_dataset(filled, CONTRACT)["三单台账"]) == 2


def test_rows_added_by_hand_go_on_from_the_last_number(filled):
    with engine(filled).begin() as connection:
        connection.execute(
            sa.text(
                "insert into units (unit_code, name, kind) values ('U003', '示例公司', '县属国企')"
            )
        )

    assert open_dataset(filled, CONTRACT)["单位"].index.get_level_values("row").tolist() == [
        2,
        3,
        4,
    ]


def test_the_wrong_password_is_told_without_it(server, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "错的密码123")
    assert "用户“zhibi”没有通过验证" in said(server.url("postgres"))
    monkeypatch.delenv("PGPASSWORD")
    assert "PGPASSWORD" in said(server.url("postgres"))


def test_what_is_not_there_is_one_sentence(server, secret):
    assert "服务器上没有数据库“没有这个”" in said(server.url("没有这个"))
    assert "连接不上数据库服务器" in said("postgresql://zhibi@localhost:1/县")
    assert "只能读 PostgreSQL 数据库" in said(
        "mysql://root:p@ss@localhost/县".replace("p@ss", "pass")
    )


def test_the_script_makes_the_tables_the_loader_makes(database, single):
    with engine(database).begin() as connection:
        connection.exec_driver_sql(postgres.script(CONTRACT))

    assert postgres.load(open_dataset(single, CONTRACT), address(database))["members"] == 10
    assert open_dataset(database, CONTRACT)["党员"]["姓名"].iloc[0] == "张1"


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "zhibi.data.sources.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(MissingExtra, match=r"pip install 'zhibi\[postgres\]'"):
        read("postgresql://localhost/县", CONTRACT)


def test_a_windows_path_is_no_database(tmp_path: Path):
    with pytest.raises(UnreadableFile, match="文件不存在"):
        read(tmp_path / "C:县.xlsx", CONTRACT)
