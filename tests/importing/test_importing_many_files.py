"""Branch files, ledgers, exports and what is wrong with them, found at once and without a half-written workbook."""

from __future__ import annotations

import datetime as dt

import pytest
from sheets import TITLES, codes, imported, table, workbook

HEAD = ("姓名", "性别", "入党时间", "转正时间")
LATER = {"编制单位": "某县委组织部", "截止日": "2026-11-30", "年度": "2026"}


def member(name: str, year: int = 2005, sex: str = "男") -> tuple[str, ...]:
    return (name, sex, f"{year}.03.13", f"{year + 1}.03.13")


def branch(tmp_path, name: str, *rows, file: str = ""):
    return workbook(
        tmp_path / (file or f"{name}.xlsx"), ("Sheet1", [(f"{name}党员花名册",), HEAD, *rows])
    )


def test_the_branch_of_a_file_is_told_by_its_title(tmp_path):
    branch(tmp_path / "in", "甲公司机关党支部", member("赵示例"), member("钱示例", 2001))
    branch(tmp_path / "in", "甲公司供水厂党支部", member("孙示例"))

    done = imported(tmp_path / "县.xlsx", tmp_path / "in", answers=LATER)

    assert done.exit_code == 0
    orgs = table(tmp_path / "县.xlsx", "党组织")
    assert sorted(orgs["名称"]) == ["甲公司供水厂党支部", "甲公司机关党支部"]
    assert set(orgs["类型"]) == {"党支部"}
    assert len(table(tmp_path / "县.xlsx", "党员")) == 3


def test_a_line_alone_above_a_block_names_the_branch_of_its_rows(tmp_path):
    rows = [
        ("党员花名册",),
        HEAD,
        ("甲党支部",),
        member("赵示例"),
        member("钱示例"),
        ("乙党支部（1人）",),
        member("孙示例"),
    ]
    file = workbook(tmp_path / "名册.xlsx", ("名册", rows))

    imported(tmp_path / "县.xlsx", file, answers=LATER)

    members = table(tmp_path / "县.xlsx", "党员")
    orgs = table(tmp_path / "县.xlsx", "党组织").set_index("党组织代码")["名称"]
    assert [orgs[code] for code in members["所属党组织"]] == ["甲党支部", "甲党支部", "乙党支部"]


def test_a_branch_merged_over_its_rows_holds_for_each_of_them(tmp_path):
    rows = [
        ("所在支部", *HEAD),
        ("甲党支部", *member("赵示例")),
        (None, *member("钱示例")),
        ("乙党支部", *member("孙示例")),
    ]
    file = workbook(tmp_path / "名册.xlsx", ("党员名册", rows), merged=("A2:A3",))

    imported(tmp_path / "县.xlsx", file, answers=LATER)

    assert list(table(tmp_path / "县.xlsx", "党员")["所属党组织"]) == ["B001", "B001", "B002"]


def test_two_header_rows_make_one_name_for_each_column(tmp_path):
    upper = ("姓名", "支部", "申请日期", "公示", None, "转正", None)
    lower = (None, None, None, "开始时间", "结束时间", "支部大会通过时间", "审批时间")
    row = (
        "赵示例",
        "甲党支部",
        "2024-01-05",
        "2025-03-01",
        "2025-03-08",
        "2026-05-01",
        "2026-05-20",
    )
    file = workbook(
        tmp_path / "发展党员.xlsx",
        ("发展党员台账", [upper, lower, row]),
        merged=("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"),
    )

    imported(tmp_path / "县.xlsx", file, answers=LATER | {"阶段": "正式"})

    [line] = table(tmp_path / "县.xlsx", "发展党员").to_dict("records")
    assert line["公示起"].date() == dt.date(2025, 3, 1)
    assert line["公示止"].date() == dt.date(2025, 3, 8)
    assert line["转正大会日"].date() == dt.date(2026, 5, 1)
    assert line["转正审批日"].date() == dt.date(2026, 5, 20)


def test_a_month_for_each_column_of_dues_is_added_up(tmp_path):
    roster = branch(tmp_path, "甲党支部", member("赵示例"), member("钱示例"))
    months = [f"{number}月" for number in range(1, 13)]
    rows = [
        ("2026年甲党支部党费收缴表",),
        ("姓名", *months),
        ("赵示例", *[10] * 12),
        ("钱示例", *["12.5"] * 3, *[""] * 9),
        ("合计", *[1] * 12),
    ]
    dues = workbook(tmp_path / "党费收缴表.xlsx", ("党费", rows))

    imported(tmp_path / "县.xlsx", roster, dues, answers=LATER)

    years = table(tmp_path / "县.xlsx", "党员年度")
    assert list(years["已交月数"]) == [12, 3]
    assert [float(paid) for paid in years["实交党费(元)"]] == [120.0, 37.5]
    assert list(years["年度"]) == [2026, 2026]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_an_export_as_text_is_read_in_any_usual_encoding(tmp_path, encoding):
    lines = [
        ",".join(("姓名", "所在党支部", *HEAD[1:])),
        "赵示例,甲党支部,男,2005-03-13,2006-03-13",
    ]
    file = tmp_path / "党员信息.csv"
    file.write_text("\n".join(lines), encoding)

    done = imported(tmp_path / "县.xlsx", file, answers=LATER)

    assert done.exit_code == 0
    assert list(table(tmp_path / "县.xlsx", "党员").index) == [("党员信息.csv", "党员信息", 2)]


def test_two_people_of_one_name_in_one_branch_are_told_apart_by_when_they_joined(tmp_path):
    file = branch(tmp_path, "甲党支部", member("赵示例", 2005), member("赵示例", 1998))

    done = imported(tmp_path / "县.xlsx", file, answers=LATER)

    assert done.exit_code == 0
    assert list(table(tmp_path / "县.xlsx", "党员")["党员代码"]) == ["M0001", "M0002"]


def test_the_same_line_twice_is_asked_about(tmp_path):
    file = branch(tmp_path, "甲党支部", member("赵示例"), member("赵示例"))

    done = imported(tmp_path / "县.xlsx", file, answers=LATER)

    assert done.workbook is None
    assert ["同一个人" in question.message for question in done.imported.questions] == [True]


def test_a_name_that_is_like_a_listed_one_is_asked_about_and_a_code_that_is_not_there_is_a_fault(
    tmp_path,
):
    orgs = workbook(
        tmp_path / "党组织.xlsx",
        (
            "党组织名册",
            [
                ("党组织名称", "组织类别", "成立时间"),
                ("水投公司供水厂党支部", "党支部", "2016-03-01"),
            ],
        ),
    )
    rows = [
        ("姓名", "所在支部", *HEAD[1:]),
        ("赵示例", "供水厂党支部", *member("")[1:]),
        ("钱示例", "B009", *member("")[1:]),
    ]
    roster = workbook(tmp_path / "名册.xlsx", ("党员名册", rows))

    done = imported(tmp_path / "县.xlsx", orgs, roster, answers=LATER)

    assert done.workbook is None
    assert any("供水厂党支部" in question.message for question in done.imported.questions)
    fault = next(finding for finding in done.imported.findings if finding.code == "V02")
    assert "B009" in fault.message
    assert "是否" not in fault.message


def test_everything_wrong_is_found_at_once_and_nothing_is_written(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "坏.xlsx").write_bytes(b"PK\x03\x04 damaged")
    (tmp_path / "in" / "~$名册.xlsx").write_bytes(b"lock")
    workbook(
        tmp_path / "in" / "没有姓名.xlsx",
        ("党员名册", [("性别", "民族", "学历", "入党时间"), ("男", "汉", "本科", "2005.1.1")]),
    )
    workbook(
        tmp_path / "in" / "两次.xlsx",
        ("党员名册", [("姓名", "姓名", "性别", "支部"), ("赵示例", "钱示例", "男", "甲党支部")]),
    )
    workbook(
        tmp_path / "in" / "公式.xlsx",
        (
            "党员名册",
            [("姓名", "性别", "出生年份", "支部"), ("孙示例", "男", "=1970+5", "甲党支部")],
        ),
    )

    done = imported(tmp_path / "县.xlsx", tmp_path / "in", answers=LATER)

    assert done.exit_code == 2
    assert not (tmp_path / "县.xlsx").exists()
    assert {"M07", "M08", "M26", "B05", "B17"} <= set(codes(done))


def test_cells_that_say_something_else_than_their_column_are_asked_about(tmp_path):
    rows = [
        ("姓名", "支部", "入党时间", "转正时间"),
        *[(f"虚构{n}", "甲党支部", "本科", "2006.1.1") for n in range(5)],
    ]
    file = workbook(tmp_path / "名册.xlsx", ("党员名册", rows))

    done = imported(tmp_path / "县.xlsx", file, answers=LATER)

    assert any("入党时间" in question.message for question in done.imported.questions)


def test_two_files_of_one_branch_that_say_different_things_of_one_row_are_a_fault(tmp_path):
    header = ("党员代码", *HEAD)
    for name, sex in (("一", "男"), ("二", "女")):
        rows = [("甲党支部党员花名册",), header, ("M0001", *member("赵示例", sex=sex))]
        workbook(tmp_path / "in" / f"{name}.xlsx", ("Sheet1", rows))

    done = imported(tmp_path / "县.xlsx", tmp_path / "in", answers=LATER)

    assert done.workbook is None
    assert "M05" in codes(done)


def test_a_file_that_is_there_twice_is_read_once(tmp_path):
    first = branch(tmp_path / "in", "甲党支部", member("赵示例"))
    (tmp_path / "in" / "副本.xlsx").write_bytes(first.read_bytes())

    done = imported(tmp_path / "县.xlsx", tmp_path / "in", answers=LATER)

    assert codes(done).count("M03") == 1
    assert len(table(tmp_path / "县.xlsx", "党员")) == 1


def test_answers_for_another_layout_and_answers_that_are_no_choice(tmp_path):
    file = workbook(
        tmp_path / "名册.xlsx",
        (
            "党员名册",
            [(TITLES[1],), ("姓名", "支部", *HEAD[1:]), ("赵示例", "甲党支部", *member("")[1:])],
        ),
    )
    kept = tmp_path / "县.对应.toml"
    kept.write_text(
        '[["对应"]]\n"题" = "？"\n"可选" = ["甲", "乙"]\n"答" = "丙"\n"号" = "列|荣誉|什么"\n',
        "utf-8",
    )

    assert "M22" in codes(imported(tmp_path / "县.xlsx", file))
    kept.write_text(
        '[["对应"]]\n"题" = "？"\n"可选" = ["甲", "乙"]\n"答" = "乙"\n"号" = "列|荣誉|什么"\n',
        "utf-8",
    )
    assert imported(tmp_path / "县.xlsx", file).exit_code == 0


def test_two_files_of_one_branch_are_asked_about_and_not_joined_in_silence(tmp_path):
    first = branch(tmp_path, "甲党支部", member("赵示例"), file="甲.xlsx")
    second = branch(tmp_path, "甲党支部", member("钱示例"), file="甲新.xlsx")

    done = imported(tmp_path / "县.xlsx", first, second)

    assert done.workbook is None
    [asked] = [one for one in done.imported.questions if "甲党支部" in one.message]
    assert asked.options == ("都读，合在一起", "只读 甲.xlsx", "只读 甲新.xlsx")

    both = imported(
        tmp_path / "县.xlsx", first, second, answers=LATER | {"读哪一份": "都读，合在一起"}
    )
    assert both.exit_code == 0
    assert list(table(tmp_path / "县.xlsx", "党员")["姓名"]) == ["赵示例", "钱示例"]


def test_the_file_that_is_not_chosen_is_not_read_and_that_is_told(tmp_path):
    first = branch(tmp_path, "甲党支部", member("赵示例"), file="甲.xlsx")
    second = branch(tmp_path, "甲党支部", member("钱示例"), file="甲新.xlsx")

    done = imported(
        tmp_path / "县.xlsx", first, second, answers=LATER | {"读哪一份": "只读 甲新.xlsx"}
    )

    assert list(table(tmp_path / "县.xlsx", "党员")["姓名"]) == ["钱示例"]
    assert any("甲.xlsx" in line and "没有读取" in line for line in done.lines())


def test_who_is_secretary_in_the_roster_is_secretary_of_the_branch(tmp_path):
    head = (*HEAD, "党内职务")
    rows = [
        ("甲党支部党员花名册",),
        head,
        (*member("赵示例"), ""),
        (*member("钱示例", 2001), "支部书记"),
    ]
    file = workbook(tmp_path / "甲.xlsx", ("名册", rows))

    imported(tmp_path / "县.xlsx", file, answers=LATER)

    orgs = table(tmp_path / "县.xlsx", "党组织")
    assert list(orgs["书记党员代码"]) == ["M0002"]
    assert list(orgs.index) == [("甲.xlsx", "名册", 4)]


def test_two_secretaries_of_one_branch_are_told_and_neither_is_taken(tmp_path):
    head = (*HEAD, "党内职务")
    rows = [
        ("甲党支部党员花名册",),
        head,
        (*member("赵示例"), "书记"),
        (*member("钱示例", 2001), "书记"),
    ]
    file = workbook(tmp_path / "甲.xlsx", ("名册", rows))

    done = imported(tmp_path / "县.xlsx", file, answers=LATER)

    assert table(tmp_path / "县.xlsx", "党组织")["书记党员代码"].isna().all()
    assert any("有2人写着“书记”" in line for line in done.lines())


def test_a_secretarys_name_in_a_list_of_branches_is_the_code_of_that_member(tmp_path):
    roster = branch(tmp_path, "甲党支部", member("赵示例"), member("钱示例", 2001))
    rows = [("党组织名称", "类别", "书记姓名"), ("甲党支部", "党支部", "钱示例")]
    orgs = workbook(tmp_path / "党组织名册.xlsx", ("党组织", rows))

    imported(tmp_path / "县.xlsx", roster, orgs, answers=LATER)

    assert list(table(tmp_path / "县.xlsx", "党组织")["书记党员代码"]) == ["M0002"]
