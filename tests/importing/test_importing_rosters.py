"""A roster as offices keep it becomes a workbook, and figures name its rows."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import load_workbook
from sheets import TITLES, codes, imported, table, workbook

from dangjian.workbook.contract import CONTRACT
from gongwen.findings import Level
from zhibi.data.read import open_dataset, read

HEAD = (
    "序号",
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "学历",
    "入党时间",
    "转正时间",
    "所在支部",
    "党内职务",
    "联系电话",
    "身份证号",
)
ROWS = (
    (
        1,
        "赵示例",
        "男",
        "汉",
        "1975.02",
        "本科",
        "2005.03.13",
        "2006.03.13",
        "机关党支部",
        "书记",
        "1",
        "2",
    ),
    (
        2,
        "钱示例",
        "女",
        "汉",
        "1972.03",
        "大专",
        "1997.09.04",
        "1998.09.04",
        "机关支部",
        "",
        "1",
        "2",
    ),
    (
        3,
        "孙示例",
        "女",
        "回",
        "1999.03",
        "研究生",
        "2026.06.20",
        "预备",
        "供水厂党支部",
        "",
        "1",
        "2",
    ),
    ("合计", "3人"),
)


@pytest.fixture
def roster(tmp_path):
    lines = [(line,) for line in TITLES]
    return workbook(
        tmp_path / "花名册.xlsx", ("党员花名册", [*lines, HEAD, *ROWS]), merged=("A1:L1", "A2:L2")
    )


def test_a_roster_becomes_a_workbook_without_a_question(tmp_path, roster):
    done = imported(tmp_path / "县.xlsx", roster)

    assert done.exit_code == 0
    assert done.imported.questions == ()
    members = table(tmp_path / "县.xlsx", "党员")
    assert list(members["姓名"]) == ["赵示例", "钱示例", "孙示例"]
    assert list(members["学历"]) == ["大学本科", "大学专科", "研究生"]
    assert list(members["党员类别"]) == ["正式", "正式", "预备"]
    assert list(members["出生年份"]) == [1975, 1972, 1999]
    assert list(members["所属党组织"]) == ["B001", "B001", "B002"]
    assert members["入党日期"].iloc[0].date() == dt.date(2005, 3, 13)


def test_every_row_names_the_file_sheet_and_row_it_came_from(tmp_path, roster):
    imported(tmp_path / "县.xlsx", roster)

    members = table(tmp_path / "县.xlsx", "党员")
    assert list(members.index) == [("花名册.xlsx", "党员花名册", row) for row in (4, 5, 6)]


def test_a_row_changed_in_the_workbook_is_the_workbooks_own_from_then_on(tmp_path, roster):
    into = tmp_path / "县.xlsx"
    imported(into, roster)
    book = load_workbook(into)
    book["党员"]["B4"] = "钱更正"
    book.save(into)

    members = table(into, "党员")
    assert members.index[1] == ("县.xlsx", "党员", 4)
    assert members.index[0] == ("花名册.xlsx", "党员花名册", 4)


def test_the_settings_come_from_the_lines_above_the_table(tmp_path, roster):
    done = imported(tmp_path / "县.xlsx", roster)

    settings = done.imported.settings
    assert settings["编制单位"] == "青禾县委组织部"
    assert settings["数据截止日"] == dt.date(2026, 11, 30)
    assert (settings["年度"], settings["地区"]) == (2026, "青禾县")


def test_telephones_and_id_numbers_are_refused_and_nowhere_in_what_is_written(tmp_path):
    number, phone = "110101199003070134", "13800138000"
    rows = [
        HEAD,
        (
            1,
            "赵示例",
            "男",
            "汉",
            "1975.02",
            "本科",
            "2005.03.13",
            "2006.03.13",
            "甲党支部",
            "",
            phone,
            number,
        ),
    ]
    file = workbook(tmp_path / "名册.xlsx", ("党员", rows))
    into = tmp_path / "县.xlsx"

    done = imported(
        into, file, answers={"截止日": "2026-11-30", "编制单位": "某县委组织部", "年度": "2026"}
    )

    assert done.exit_code == 0
    assert codes(done).count("V21") == 2
    everything = into.read_bytes().decode("latin-1") + "\n".join(done.lines())
    cells = [str(cell) for page in _pages(into) for row in page for cell in row]
    assert number not in everything
    assert not any(secret in cell for cell in cells for secret in (number, phone))


def _pages(path):
    return [list(page.iter_rows(values_only=True)) for page in load_workbook(path).worksheets]


def test_without_a_terminal_questions_go_into_a_file_and_its_answers_hold_from_then_on(tmp_path):
    rows = [
        (TITLES[1],),
        ("姓名", "入党时间", "党员类别", "人员类型"),
        ("赵示例", "2005.03.13", "正式", "甲"),
        ("钱示例", "2006.03.13", "正式", "乙"),
    ]
    file, into = workbook(tmp_path / "名册.xlsx", ("党员名册", rows)), tmp_path / "县.xlsx"

    first = imported(into, file)
    assert first.exit_code == 2
    assert not into.exists()
    kept = tmp_path / "县.对应.toml"
    text = kept.read_text("utf-8")
    for question in first.imported.questions:
        answer = question.options[0] if question.options else "甲党支部"
        before, key, after = text.partition(f'"号" = "{question.key}"')
        text = before.rpartition('"答" = ""')[0] + f'"答" = "{answer}"\n' + key + after
    kept.write_text(text, "utf-8")

    assert imported(into, file).exit_code == 0
    assert imported(into, file).exit_code == 0


def test_her_files_are_not_touched(tmp_path, roster):
    before = roster.read_bytes()

    imported(tmp_path / "县.xlsx", roster)

    assert roster.read_bytes() == before


def test_codes_stay_the_same_from_import_to_import(tmp_path, roster):
    into = tmp_path / "县.xlsx"
    imported(into, roster)
    lines = [(line.replace("11月30日", "12月31日"),) for line in TITLES]
    newer = [
        (
            1,
            "李示例",
            "女",
            "汉",
            "1980.02",
            "本科",
            "2009.03.13",
            "2010.03.13",
            "供水厂党支部",
            "",
            "1",
            "2",
        ),
        *reversed(ROWS[:3]),
    ]
    december = workbook(
        tmp_path / "12月" / "花名册12月.xlsx", ("党员花名册", [*lines, HEAD, *newer])
    )

    done = imported(into, december)

    assert done.exit_code == 0
    members = table(into, "党员")
    assert dict(zip(members["姓名"], members["党员代码"], strict=True)) == {
        "赵示例": "M0001",
        "钱示例": "M0002",
        "孙示例": "M0003",
        "李示例": "M0004",
    }
    assert {file for file, _, _ in members.index} == {"花名册12月.xlsx"}
    assert done.earlier is not None


def test_what_is_checked_before_writing_is_what_the_written_file_says(tmp_path, roster):
    into = tmp_path / "县.xlsx"

    done = imported(into, roster)

    dataset, findings = read(into, CONTRACT)
    assert dataset is not None
    assert list(done.checked) == [one for one in findings if one.level is not Level.NOTE]


def test_settings_cite_the_line_of_her_file_that_says_so(tmp_path, roster):
    into = tmp_path / "县.xlsx"
    imported(into, roster)

    settings = open_dataset(into, CONTRACT).settings

    cited = {name: settings[name].origin.cells[0] for name in ("年度", "数据截止日", "编制单位")}
    assert {(one.file, *one.rows) for one in cited.values()} == {(roster.name, 2)}


def test_a_setting_changed_in_the_workbook_is_the_workbooks_own(tmp_path, roster):
    into = tmp_path / "县.xlsx"
    imported(into, roster)
    book = load_workbook(into)
    book["设置"]["B5"].value = "某县委办公室"
    book.save(into)

    origin = open_dataset(into, CONTRACT).settings["编制单位"].origin

    assert origin.cells[0].file == into.name
