"""Forty faults of forty kinds in one workbook -> those forty and nothing else."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from workbooks import column_of, county, day, workbook

from dangjian.workbook.contract import CONTRACT
from zhibi.data.read import read
from zhibi.data.sources.grid import letters
from zhibi.data.writing.annotate import mark


def large() -> dict[str, list[dict[str, object]]]:
    """The small county with a sound row for every fault to spoil, so that none stands in another's way."""
    data = county()
    data["党组织"] += [
        {**data["党组织"][2], "党组织代码": f"B{n:03}", "名称": f"第{n}党支部", "委员数": None}
        for n in range(10, 20)
    ]
    data["党员"] += [
        {
            **data["党员"][9],
            "党员代码": f"M{n:04}",
            "所属党组织": f"B{10 + n % 10:03}",
            "姓名": f"李{n}",
        }
        for n in range(100, 140)
    ]
    data["党员年度"] += [
        {**data["党员年度"][9], "党员代码": f"M{n:04}", "集中学时": n / 2} for n in range(100, 140)
    ]
    data["组织生活台账"] += [
        {
            **data["组织生活台账"][2],
            "活动编号": f"A2026-1{n:03}",
            "党组织代码": f"B{10 + n:03}",
            "主题": f"主题{n}",
        }
        for n in range(10)
    ]
    data["三单台账"] += [{**data["三单台账"][1], "事项编号": f"T1{n:02}"} for n in range(8)]
    data["发展党员"] += [{**data["发展党员"][0], "人员代码": f"P1{n:02}"} for n in range(6)]
    data["荣誉"] += [{**data["荣誉"][0], "荣誉代码": f"H1{n:02}"} for n in range(6)]
    data["文件文献"] += [{**data["文件文献"][0], "文献代码": f"D1{n:02}"} for n in range(6)]
    data["年度指标"] += [{**data["年度指标"][1], "指标代码": f"K{n}"} for n in range(4)]
    return data


# sheet, row, column, what is written, what is found (code, level); the address follows unless one is given
PLANTED: list[tuple[str, int, str, object, str, str]] = [
    ("设置", 4, "B", "３０１", "", ""),  # 地区 is text: full-width digits are left alone, no fault
    ("单位", 2, "职工总数(人)", "320人", "V28", "错误"),
    ("单位", 3, "职工总数(人)", "８０", "V28", "提示"),
    ("单位", 2, "单位类别", "县国属企", "B11", "错误"),
    ("单位", 3, "成立日期", "2014年2月30日", "V04", "错误"),
    ("单位", 3, "党建入章", "大概", "B11", "错误"),
    ("单位", 3, "简称", "#REF!", "V28", "错误"),
    ("党组织", 5, "上级代码", "B999", "V02", "错误"),
    ("党组织", 6, "类型", "党小组", "V03", "错误"),
    ("党组织", 7, "本届选举日期", day("2014-10-20"), "V04", "错误"),
    ("党组织", 8, "本届选举日期", day("2022-10-20"), "V23", "警告"),
    ("党组织", 9, "委员数", 4, "V25", "警告"),
    ("党组织", 10, "书记党员代码", "M0001", "V24", "警告"),
    ("党组织", 11, "任期(年)", 9, "V11", "错误"),
    ("党员", 12, "党员代码", "M0100 ", "V01", "错误"),
    ("党员", 13, "出生年份", 2000, "V06", "错误"),
    ("党员", 14, "转正日期", day("2004-06-20"), "V05", "错误"),
    ("党员", 15, "姓名", None, "B09", "错误"),
    ("党员", 16, "入党日期", 38523, "V04", "提示"),
    ("党员", 17, "离开原因", "身份证110105194912310021", "V20", "错误"),
    ("党员", 18, "出生年份", 1899, "V30", "错误"),
    ("党员", 19, "民族", "汉\u200b族", "B14", "提示"),
    ("党员年度", 2, "实到次数", 21, "V07", "错误"),
    ("党员年度", 3, "已交月数", 12, "V10", "错误"),
    ("党员年度", 4, "实交党费(元)", 700, "V10", "警告"),
    ("党员年度", 5, "集中学时", None, "V27", "警告"),
    ("党员年度", 6, "应交党费(元)", "若干", "B10", "错误"),
    ("组织生活台账", 5, "日期", day("2023-06-14"), "V04", "错误"),
    ("组织生活台账", 6, "活动编号", "A2026-1002", "V01", "错误"),
    ("组织生活台账", 8, "主题", "长" * 6000, "B12", "错误"),
    ("组织生活台账", 9, "主讲主持", "致电13800138000", "V20", "错误"),
    ("发展党员", 2, "谈话日", day("2025-02-20"), "V26", "错误"),
    ("发展党员", 3, "谈话日", day("2025-05-20"), "V26", "警告"),
    ("机制做法", 2, "声明数量", 6, "V13", "错误"),
    ("文件文献", 3, "标题", "=A1&A2", "B17", "错误"),
    ("考核指标", 3, "分值", 45, "V12", "错误"),
    ("考核得分", 3, "得分", 61, "V12", "错误"),
    ("三单台账", 4, "时限", day("2026-10-20"), "V14", "错误"),
    ("案例品牌", 2, "计量单位", None, "V18", "错误"),
    ("年度指标", 4, "年度", 2027, "V30", "错误"),
]  # fmt: skip
ELSEWHERE = {  # found beside the cell that was written
    ("党组织", 6): "E6",
    ("组织生活台账", 6): "A7",
    ("三单台账", 4): "K4",
    ("考核指标", 3): "E2",
}


def spoiled() -> tuple[openpyxl.Workbook, set[tuple[str, str, str, str]]]:
    book = workbook(large())
    expected = set()
    for title, row, header, value, code, level in PLANTED:
        name = header if title == "设置" else letters(column_of(title, header) - 1)
        book[title][f"{name}{row}"].number_format = "General"
        book[title][f"{name}{row}"].value = value
        if code:
            expected.add((code, level, title, ELSEWHERE.get((title, row), f"{name}{row}")))
    book["荣誉"].merge_cells("C4:C5")
    book["荣誉"]["K1"] = "工资"
    return book, expected | {("V28", "错误", "荣誉", "C4:C5"), ("V21", "错误", "荣誉", "K1")}


def test_forty_planted_faults_are_found_and_nothing_else(tmp_path: Path) -> None:
    book, expected = spoiled()
    book.save(tmp_path / "县.xlsx")
    dataset, findings = read(tmp_path / "县.xlsx", CONTRACT)
    found = {(f.code, str(f.level), f.place.sheet, f.place.cell) for f in findings}
    assert found == expected
    assert len(findings) >= 40
    assert len(findings) == len(expected)
    assert dataset is None
    assert all(f.message for f in findings)


def test_the_large_county_without_them_is_silent(tmp_path: Path) -> None:
    workbook(large()).save(tmp_path / "县.xlsx")
    assert read(tmp_path / "县.xlsx", CONTRACT)[1] == ()


def test_all_forty_are_marked_in_the_copy(tmp_path: Path) -> None:
    book, expected = spoiled()
    path = tmp_path / "县.xlsx"
    book.save(path)
    (tmp_path / "标注.xlsx").write_bytes(mark(path, read(path, CONTRACT)[1]))
    marked = openpyxl.load_workbook(tmp_path / "标注.xlsx")
    for code, level, title, address in expected:
        comment = marked[title][address.split(":")[0]].comment
        assert comment is not None
        assert f"{level} {code}" in comment.text
