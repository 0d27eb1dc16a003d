"""A folder of branch workbooks is one dataset; what is missing, twice, late or contradictory is all told at once."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import BadFact, UnreadableFile
from zhibi import count, pick, total
from zhibi.data.dataset import Dataset
from zhibi.data.read import open_dataset, read


def changed(path: Path, sheet: str, code: str, header: str, value: object) -> None:
    """One cell of the row with this code in its first column."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    column = next(cell.column for cell in page[1] if cell.value == header)
    row = next(cell.row for cell in page["A"] if cell.value == code)
    page.cell(row, column, value)
    book.save(path)


def told(folder: Path, **options: date) -> list[tuple[str, str, str]]:
    """Code, place and words of every finding of the kind that folders have."""
    _, findings = read(folder, CONTRACT, **options)
    return [(one.code, str(one.place), one.message) for one in findings if one.code.startswith("M")]


def same(one: Dataset, other: Dataset) -> bool:
    """The same rows in the same order of codes, wherever they were read."""
    for sheet in CONTRACT.sheets:
        frames = [
            data[sheet.title].sort_values(list(sheet.primary_key)).reset_index(drop=True)
            for data in (one, other)
        ]
        pd.testing.assert_frame_equal(*frames)
    return {n: f.value for n, f in one.settings.items()} == {
        n: f.value for n, f in other.settings.items()
    }


def test_a_folder_of_branch_workbooks_is_the_county(single, folder):
    whole, findings = read(folder, CONTRACT)

    assert whole is not None
    assert same(whole, open_dataset(single, CONTRACT))
    assert told(folder) == []
    assert [one.name for one in whole.sources] == [
        "B001.xlsx",
        "B002.xlsx",
        "B003.xlsx",
        "公共.xlsx",
    ]
    assert {one.level for one in findings} <= {"警告", "提示"}


def test_every_row_keeps_its_file(folder):
    members = open_dataset(folder, CONTRACT)["党员"]

    assert set(members.index.get_level_values("file")) == {"B002.xlsx", "B003.xlsx"}
    fact = count(members[members["所属党组织"] == "B003"], "党员数", "名")
    assert [(rows.file, rows.sheet) for rows in fact.origin.cells] == [("B003.xlsx", "党员")]


def test_a_cell_written_over_in_a_notebook_is_found_in_a_folder_too(folder):
    members = open_dataset(folder, CONTRACT)["党员年度"]
    assert total(members["集中学时"], "学时", "学时").value == 355
    members.loc[members["党员代码"] == "M0009", "集中学时"] = 99

    with pytest.raises(BadFact, match="在笔记本里成了“99”"):
        total(members["集中学时"], "学时", "学时")
    assert pick(members[members["党员代码"] == "M0001"], "集中学时").value == 31


def test_a_branch_workbook_alone_is_checked_but_not_for_what_lies_in_other_files(folder):
    data, findings = read(folder / "B002.xlsx", CONTRACT)

    assert data is not None
    assert {(one.code, one.level) for one in findings if one.code == "V02"} == {("V02", "提示")}
    assert all("汇总后再核对" in one.message for one in findings if one.code == "V02")


def test_a_whole_workbook_is_held_to_every_reference(folder):
    _, findings = read(folder / "公共.xlsx", CONTRACT)

    assert "错误" in {one.level for one in findings if one.code == "V02"}


def test_who_did_not_report_is_named(folder):
    (folder / "B003.xlsx").unlink()

    assert [(code, message) for code, _, message in told(folder)] == [
        ("M01", "没有收到“水务公司党支部”的工作簿。")
    ]


def test_one_workbook_may_report_for_those_below(folder, single, tmp_path):
    data = open_dataset(single, CONTRACT)
    for name in ("B001.xlsx", "B002.xlsx"):
        (folder / name).unlink()
    book = openpyxl.load_workbook(single)
    book["设置"].append(["填报党组织", "B001"])
    for title in ("党员", "党员年度", "组织生活台账", "三单台账"):
        page = book[title]
        for row in range(page.max_row, 1, -1):
            cells = [cell.value for cell in page[row]]
            if "B003" in cells or cells[0] in ("M0008", "M0009", "M0010"):
                page.delete_rows(row)
    book.save(folder / "城投集团.xlsx")

    assert told(folder) == []
    assert same(open_dataset(folder, CONTRACT), data)


def test_two_different_workbooks_of_one_branch_are_an_error(folder):
    (folder / "B003改.xlsx").write_bytes((folder / "B003.xlsx").read_bytes())
    changed(folder / "B003改.xlsx", "党员", "M0008", "姓名", "张八")

    found = told(folder)

    assert [code for code, *_ in found] == ["M05", "M03"]
    assert found[0][2] == "“M0008”与“B003.xlsx”第3行不一致：“姓名”这里是“张八”，那里是“张8”。"
    assert found[1][2] == "“水务公司党支部”报了2份不同的工作簿：“B003.xlsx”、“B003改.xlsx”。"


def test_the_same_bytes_twice_are_read_once(folder, single):
    (folder / "B003（1）.xlsx").write_bytes((folder / "B003.xlsx").read_bytes())

    assert told(folder) == [("M03", "B003（1）.xlsx", "与“B003.xlsx”一字不差，只读取一份。")]
    assert same(open_dataset(folder, CONTRACT), open_dataset(single, CONTRACT))


def test_a_member_in_two_branches_is_told_with_both_places(folder):
    book = openpyxl.load_workbook(folder / "B003.xlsx")
    book["党员"].append(
        [
            "M0001",
            "张1",
            "B003",
            None,
            1971,
            None,
            None,
            None,
            "正式",
            date(2005, 6, 20),
            date(2006, 6, 20),
        ]
    )
    book.save(folder / "B003.xlsx")

    (found,) = told(folder)

    assert found[:2] == ("M04", "B003.xlsx 工作表“党员” C6 “所属党组织”列")
    assert found[2].startswith(
        "“M0001”与“B002.xlsx”第3行不一致：“所属党组织”这里是“B003”，那里是“B002”"
    )


def test_every_contradiction_is_told_at_once(folder):
    changed(folder / "B002.xlsx", "党组织", "B002", "委员数", 7)
    changed(folder / "公共.xlsx", "设置", "数据截止日", "内容", date(2026, 10, 31))
    (folder / "B003.xlsx").unlink()
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")

    found = told(folder)

    assert sorted(code for code, *_ in found) == ["M01", "M05", "M06", "M07"]
    assert (
        "M06",
        "公共.xlsx 工作表“设置” B3 “数据截止日”列",
        "“数据截止日”是“2026-10-31”，而“B001.xlsx”里是“2026-11-30”。",
    ) in found
    assert read(folder, CONTRACT)[0] is None


def test_a_branch_nobody_knows_is_an_error(folder):
    changed(folder / "B003.xlsx", "设置", "填报党组织", "内容", "B999")

    assert {(code, message) for code, _, message in told(folder) if code == "M09"} == {
        ("M09", "“B999”在“党组织”表中不存在，不知道是谁填报的。")
    }


def test_late_is_what_the_workbook_says_of_its_last_saving(folder):
    path, target = folder / "B003.xlsx", io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(
                name, source.read(name).replace(b"2012-07-01T00:00:00Z", b"2026-12-09T02:00:00Z")
            )
    path.write_bytes(target.getvalue())

    assert told(folder, due=date(2026, 12, 5)) == [
        ("M02", "B003.xlsx", "最后保存于2026-12-09，晚于2026-12-05。")
    ]
    assert told(folder, due=date(2026, 12, 9)) == []


def test_what_is_no_workbook_is_told_and_not_followed(folder, single, tmp_path):
    (folder / "~$B003.xlsx").write_bytes(b"x")
    (folder / "说明.docx").write_bytes(b"x")
    (folder / "去年").mkdir()
    (folder / "外面.xlsx").symlink_to(single)
    (folder / "里面.xlsx").symlink_to(folder / "B003.xlsx")
    (folder / "断了.xlsx").symlink_to(tmp_path / "没有.xlsx")

    found = {place: (code, message) for code, place, message in told(folder)}

    assert {place for place, (code, _) in found.items() if code == "M08"} == {
        "~$B003.xlsx", "说明.docx", "去年", "外面.xlsx", "断了.xlsx",
    }  # fmt: skip
    assert found["外面.xlsx"][1] == "是指向文件夹外面的链接，没有读取。"
    assert found["里面.xlsx"][0] == "M03"
    assert read(folder, CONTRACT)[0] is not None


def test_a_branch_report_in_another_format_stops_the_whole(folder):
    (folder / "B004.et").write_bytes(b"x")

    assert told(folder) == [("M07", "B004.et", "是.et文件，读不了。")]
    assert read(folder, CONTRACT)[0] is None


def test_a_zip_bomb_in_the_folder_is_one_finding(folder):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(80 * 2**20))
    (folder / "B004.xlsx").write_bytes(target.getvalue())

    ((code, place, message),) = told(folder)
    assert (code, place) == ("M07", "B004.xlsx")
    assert "大得不正常" in message


def test_a_folder_with_neither_says_what_belongs_there(tmp_path):
    (tmp_path / "说明.docx").write_bytes(b"x")
    with pytest.raises(UnreadableFile, match="文件夹里没有 CSV 文件，也没有工作簿"):
        read(tmp_path, CONTRACT)


def test_faults_of_one_file_keep_their_file(folder):
    changed(folder / "B003.xlsx", "党员", "M0008", "出生年份", "三十")

    _, findings = read(folder, CONTRACT)

    assert [str(one.place) for one in findings if one.level == "错误"] == [
        "B003.xlsx 工作表“党员” E3 “出生年份”列"
    ]
