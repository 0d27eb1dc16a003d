"""A change to a valid county -> what the party rules say about it, and what they do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from workbooks import SETTINGS, county, day, workbook

from dangjian.workbook.contract import CONTRACT
from zhibi.data.read import read

Data = dict[str, list[dict[str, Any]]]
Change = Callable[[Data], object]


def told(tmp_path: Path, change: Change, **settings: object) -> list[str]:
    """Code and cell of every finding about the changed county."""
    data = county()
    change(data)
    path = tmp_path / "县.xlsx"
    workbook(data, SETTINGS | settings).save(path)
    _, findings = read(path, CONTRACT)
    return [
        f"{finding.code} {finding.level} {finding.place.sheet}!{finding.place.cell}"
        for finding in findings
    ]


def put(title: str, row: int, **cells: object) -> Change:
    """Write into a row, counted as Excel does."""
    return lambda data: data[title][row - 2].update(cells)


def add(title: str, like: int, *rows: dict[str, object]) -> Change:
    """Append copies of an Excel row with some cells different."""
    return lambda data: data[title].extend({**data[title][like - 2], **cells} for cells in rows)


def both(*changes: Change) -> Change:
    return lambda data: [change(data) for change in changes]


def meeting(number: int, **cells: object) -> dict[str, object]:
    return {"活动编号": f"A2026-1{number:03}", "佐证号": None, **cells}


CASE = "年度指标"
LEDGER = "组织生活台账"
LONG = "学习贯彻党的二十届四中全会精神专题党课"

SPEAKS: list[tuple[str, Change, str]] = [
    ("V02 two organisations above each other", put("党组织", 2, 上级代码="B002"), "V02 错误 党组织!E2"),
    ("V03 a 党总支 under a 党支部", put("党组织", 2, 上级代码="B003"), "V03 错误 党组织!D2"),
    ("V03 a 党小组 of nobody", add("党组织", 4, {"党组织代码": "B004", "类型": "党小组"}), "V03 错误 党组织!E5"),
    ("V04 elected before founded", put("党组织", 3, 成立日期=day("2025-01-10")), "V04 错误 党组织!I3"),
    ("V04 elected after the closing day", put("党组织", 3, 本届选举日期=day("2026-12-10")), "V04 错误 党组织!I3"),
    ("V04 joined after the closing day", put("党员", 3, 入党日期=day("2027-01-10")), "V04 错误 党员!J3"),
    ("V04 confirmed after the closing day", put("党员", 3, 转正日期=day("2027-01-10")), "V04 错误 党员!K3"),
    ("V04 a meeting of another year", put(LEDGER, 3, 日期=day("2024-06-19")), "V04 错误 组织生活台账!C3"),
    ("V05 probationary yet confirmed", put("党员", 4, 党员类别="预备"), "V05 错误 党员!K4"),
    ("V05 confirmed before admitted", put("党员", 4, 转正日期=day("2004-06-20")), "V05 错误 党员!K4"),
    ("V05 half a year of probation", put("党员", 4, 转正日期=day("2005-12-20")), "V05 错误 党员!K4"),
    ("V06 admitted at seventeen", put("党员", 4, 出生年份=1988), "V06 错误 党员!E4"),
    ("V07 more present than due", put(LEDGER, 2, 实到=8), "V07 错误 组织生活台账!H2"),
    ("V07 more present than due in the year", put("党员年度", 2, 实到次数=21), "V07 错误 党员年度!F2"),
    ("V07 more due than members", put(LEDGER, 3, 应到=9), "V07 警告 组织生活台账!G3"),
    ("V07 more votes than voters", put("发展党员", 2, 应到票数=7, 赞成票=8), "V07 错误 发展党员!Q2"),
    ("V08 more reviewed than members", add(LEDGER, 3, meeting(1, 类型="民主评议", 应到=9, 实到=9)), "V08 错误 组织生活台账!H5"),
    ("V08 a grade for a probationer", both(
        put("党员", 4, 党员类别="预备", 入党日期=day("2026-03-10"), 转正日期=None)), "V08 错误 党员年度!M4"),
    ("V09 too many excellent", both(put("党员年度", 3, 评议等次="优秀"), put("党员年度", 4, 评议等次="优秀")),
     "V09 警告 党员年度!M2"),
    ("V10 more months paid than due", put("党员年度", 2, 已交月数=12), "V10 错误 党员年度!O2"),
    ("V10 more dues than due", put("党员年度", 2, **{"实交党费(元)": 700}), "V10 警告 党员年度!Q2"),
    ("V12 a score above the maximum", put("考核得分", 2, 得分=41), "V12 错误 考核得分!G2"),
    ("V12 parts that do not add up", put("考核指标", 3, 分值=45), "V12 错误 考核指标!E2"),
    ("V12 a scheme of 90 points", both(put("考核指标", 2, 分值=90), put("考核指标", 4, 分值=50)), "V12 错误 考核指标!E2"),
    (
        "V13 two of five, and it says so",
        put("机制做法", 2, 事项列表="政策设计；工作部署", 列举不全="是"),
        "V13 提示 机制做法!G2",
    ),
    ("V13 four of five steps", put("机制做法", 2, 事项列表="政策设计；工作部署；干部培训；监督检查"), "V13 错误 机制做法!G2"),
    ("V14 closed before issued", put("三单台账", 2, 销号日=day("2026-04-01")), "V14 错误 三单台账!L2"),
    ("V14 closed without a day", put("三单台账", 2, 销号日=None), "V14 错误 三单台账!L2"),
    ("V14 a day without being closed", put("三单台账", 2, 状态="进行中"), "V14 错误 三单台账!K2"),
    ("V14 overdue and not said so", put("三单台账", 3, 时限=day("2026-10-20")), "V14 错误 三单台账!K3"),
    ("V14 overdue before its time", put("三单台账", 3, 状态="逾期"), "V14 错误 三单台账!K3"),
    ("V14 due before issued", put("三单台账", 3, 时限=day("2026-08-20")), "V14 错误 三单台账!J3"),
    ("V15 one meeting twice", add(LEDGER, 3, meeting(1)), "V15 警告 组织生活台账!E5"),
    ("V16 last year's topic", add(LEDGER, 2, meeting(1, 日期=day("2025-03-19"))), "V16 警告 组织生活台账!E2"),
    ("V16 one text in four organisations", both(
        add("党组织", 4, {"党组织代码": "B004"}, {"党组织代码": "B005"}),
        *(add("党员", 11, *({"党员代码": f"M{c}{n}", "所属党组织": c} for n in range(3))) for c in ("B004", "B005")),
        put(LEDGER, 2, 主题=LONG), put(LEDGER, 4, 主题=LONG),
        add(LEDGER, 4, meeting(1, 党组织代码="B004", 主题=LONG), meeting(2, 党组织代码="B005", 主题=LONG))),
     "V16 警告 组织生活台账!E2"),
    ("V17 four meetings on a day", add(LEDGER, 3, *(
        meeting(n, 主题=f"主题{n}", 类型="党课") for n in range(3))), "V17 警告 组织生活台账!C3"),
    ("V17 mostly at weekends", add(LEDGER, 4, *(
        meeting(n, 主题=f"主题{n}", 日期=day(f"2026-05-{9 + 7 * n:02}")) for n in range(3))), "V17 警告 组织生活台账!C5"),
    ("V18 numbers without a unit", put("案例品牌", 2, 计量单位=None), "V18 错误 案例品牌!M2"),
    ("V19 twice last year's turnover", put(CASE, 3, 数值=28000), "V19 警告 年度指标!F3"),
    ("V19 twice the base year", both(put(CASE, 2, 年度=2024), put(CASE, 3, 基期值=7000, 基期年=2025)), "V19 警告 年度指标!F3"),
    ("V22 a branch of two", put("党员", 11, 党员类别="预备", 入党日期=day("2026-03-10"), 转正日期=None), "V22 警告 党组织!D4"),
    ("V22 a branch nobody of which is on the register", add("党组织", 4, {"党组织代码": "B009", "名称": "中共河湾乡支部", "简称": None, "书记党员代码": None}), "V22 警告 党组织!D5"),
    ("V22 a branch of 51", add("党员", 8, *({"党员代码": f"M1{n:03}"} for n in range(44))), "V22 警告 党组织!D3"),
    ("V22 fifty members and no 党总支", add("党员", 11, *({"党员代码": f"M1{n:03}"} for n in range(47))), "V22 警告 单位!A3"),
    ("V22 a hundred members and no 党委", add("党员", 8, *({"党员代码": f"M1{n:03}"} for n in range(93))), "V22 警告 单位!A2"),
    ("V22 a joint branch of six units", put("党组织", 4, 类型="联合党支部", 覆盖单位数=6), "V22 警告 党组织!G4"),
    ("V23 a term that ended", put("党组织", 3, 本届选举日期=day("2023-10-20")), "V23 警告 党组织!I3"),
    ("V24 a probationary secretary", put("党员", 3, 党员类别="预备", 转正日期=None, 入党日期=day("2026-03-10")), "V24 错误 党组织!M3"),
    ("V24 a secretary who left", put("党员", 3, 在册="否"), "V24 错误 党组织!M3"),
    ("V24 a secretary from elsewhere", put("党组织", 3, 书记党员代码="M0009"), "V24 警告 党组织!M3"),
    ("V25 a committee of two", put("党组织", 3, 委员数=2), "V25 警告 党组织!L3"),
    ("V25 a committee in a small branch", put("党组织", 4, 委员数=3), "V25 警告 党组织!L4"),
    ("V26 talked to before applying", put("发展党员", 2, 谈话日=day("2025-02-20")), "V26 错误 发展党员!E2"),
    ("V26 talked to after two months", put("发展党员", 2, 谈话日=day("2025-05-10")), "V26 警告 发展党员!E2"),
    ("V26 half a year of cultivation", put("发展党员", 2, 发展对象日=day("2026-03-10")), "V26 错误 发展党员!I2"),
    ("V26 four days of notice", put("发展党员", 2, 公示起=day("2026-09-14"), 公示止=day("2026-09-17")), "V26 警告 发展党员!H2"),
    ("V26 a probation too short", put("发展党员", 2, 接收大会日=day("2025-12-10"), 预备期满日=day("2026-09-10")), "V26 错误 发展党员!T2"),
    ("V26 approved after four months", put("发展党员", 2, 接收大会日=day("2025-12-10"), 党委审批日=day("2026-04-20")), "V26 警告 发展党员!R2"),
    ("V26 approved after seven months", put("发展党员", 2, 接收大会日=day("2025-12-10"), 党委审批日=day("2026-07-20")), "V26 错误 发展党员!R2"),
    ("V26 two days of training", put("发展党员", 2, 接收大会日=day("2026-10-10"), 培训天数=2), "V26 警告 发展党员!L2"),
    ("V26 half of the votes", put("发展党员", 2, 接收大会日=day("2026-10-10"), 应到票数=6, 赞成票=3), "V26 错误 发展党员!Q2"),
    ("V27 one blank among numbers", put("党员年度", 4, 集中学时=None), "V27 警告 党员年度!C4"),
    ("V29 last year's numbers again", lambda data: data["党员年度"].extend(
        [{**line, "年度": 2025} for line in data["党员年度"]]), "V29 警告 党员年度!"),
    ("V30 a year to come", put("考核得分", 2, 年度=2027), "V30 错误 考核得分!D2"),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "change", "finding"), SPEAKS, ids=[fact for fact, _, _ in SPEAKS])
def test_a_rule_names_the_cell(tmp_path: Path, fact: str, change: Change, finding: str) -> None:
    lines = told(tmp_path, change)
    assert finding in lines
    assert {line.split()[0] for line in lines} <= {fact.split(maxsplit=1)[0], *ALSO.get(fact, ())}


ALSO = {
    "V04 joined after the closing day": {"V05", "V07"},
    "V05 probationary yet confirmed": {
        "V08",
        "V25",
        "V40",  # and on probation for more than a year
    },  # the grade and the committee were for seven full members
    # copies of one line of 党员 under codes of their own
    "V16 one text in four organisations": {"V34"},
    "V22 a branch of 51": {"V34"},
    "V22 fifty members and no 党总支": {"V34"},
    "V22 a hundred members and no 党委": {"V22", "V34"},
    "V24 a probationary secretary": {"V08", "V25"},
    "V24 a secretary who left": {"V25"},
    "V08 a grade for a probationer": {"V25"},
    "V22 a branch of two": {"V08"},
}

SILENT: list[tuple[str, Change]] = [
    ("V00 the county as it is", lambda data: None),
    ("V02 a tree five deep", both(
        put("党组织", 2, 类型="党委"),
        add("党组织", 2, {"党组织代码": "B010", "上级代码": "B001"}, {"党组织代码": "B011", "上级代码": "B010"}),
        put("党组织", 3, 上级代码="B011"),
        add("党组织", 3, {"党组织代码": "B013", "类型": "党小组", "上级代码": "B002", "委员数": None, "书记党员代码": None}))),
    ("V03 a 党总支 under a 党委", both(put("党组织", 4, 类型="党委", 委员数=7), put("党组织", 2, 上级代码="B003"))),
    ("V04 confirmed on the closing day", put("党员", 2, 入党日期=day("2025-06-30"), 转正日期=day("2026-11-30"))),
    ("V04 no day of confirmation", put("党员", 2, 转正日期=None)),
    ("V04 elected on the day of founding", put("党组织", 3, 成立日期=day("2024-12-20"))),
    ("V04 a meeting of last year", put(LEDGER, 3, 日期=day("2025-06-19"))),
    ("V05 a probationer without a date", both(
        put("党员", 4, 党员类别="预备", 转正日期=None, 入党日期=day("2026-03-10")), put("党员年度", 4, 评议等次="未评定"),
        add("党员", 8, {"党员代码": "M0020", "出生年份": 1979}))),
    ("V05 a day short of a year", put("党员", 4, 转正日期=day("2006-06-19"))),
    ("V05 no probation in the seventies", put("党员", 4, 出生年份=1950, 入党日期=day("1972-07-01"), 转正日期=day("1972-12-01"))),
    ("V06 admitted at eighteen", put("党员", 4, 出生年份=1987)),
    ("V07 everybody present", put(LEDGER, 2, 实到=7)),
    ("V07 guests at a lecture", put(LEDGER, 3, 类型="党课", 应到=40, 实到=30)),
    ("V07 a meeting of the whole 党总支", put(LEDGER, 3, 党组织代码="B001")),
    ("V09 two of seven excellent", put("党员年度", 3, 评议等次="优秀")),
    ("V10 fewer dues than due", put("党员年度", 2, **{"实交党费(元)": 600.55})),
    ("V12 full marks", put("考核得分", 2, 得分=40)),
    ("V12 a bonus beyond the hundred", add("考核指标", 2, {"指标代码": "Z09", "分值": 10, "计分方式": "加分"})),
    ("V13 as many as it says, though not all are listed", put("机制做法", 2, 列举不全="是")),
    ("V13 a number without a list", put("机制做法", 2, 事项列表=None)),
    ("V14 overdue and said so", put("三单台账", 3, 时限=day("2026-10-20"), 状态="逾期")),
    ("V14 due on the closing day", put("三单台账", 3, 时限=day("2026-11-30"))),
    ("V14 no state given", put("三单台账", 3, 状态=None)),
    ("V15 the same topic on another day", add(LEDGER, 4, meeting(1, 日期=day("2026-05-20")))),
    ("V16 a joint meeting of one day", both(*(
        add(LEDGER, 4, meeting(n, 主题=LONG, 日期=day("2026-05-20"), 党组织代码=code)) for n, code in enumerate(("B001", "B002", "B003"))))),
    ("V17 one weekend meeting", put(LEDGER, 4, 日期=day("2026-04-18"))),
    ("V17 three meetings on a day", add(LEDGER, 3, *(meeting(n, 主题=f"主题{n}", 类型="党课") for n in range(2)))),
    ("V18 neither number nor unit", put("案例品牌", 2, 前值=None, 后值=None, 计量单位=None)),
    ("V19 a third more", put(CASE, 3, 数值=18400)),
    ("V19 a plan", both(put(CASE, 2, 口径="计划"), put(CASE, 3, 数值=99999, 口径="计划"))),
    ("V22 a joint branch of two", both(
        put("党组织", 4, 类型="联合党支部", 覆盖单位数=5),
        lambda data: data["党员"].pop(), lambda data: data["党员年度"].pop(), lambda data: data[LEDGER].pop())),
    ("V23 a term ending on the closing day", put("党组织", 3, 本届选举日期=day("2023-11-30"))),
    ("V23 a closed organisation", put("党组织", 4, 本届选举日期=day("2020-10-20"), 状态="撤销", 撤销日期=day("2026-06-01"))),
    ("V24 a secretary from a branch below", put("党组织", 2, 书记党员代码="M0005")),
    ("V25 a secretary and a deputy", put("党组织", 4, 委员数=2)),
    ("V26 five days of notice", put("发展党员", 2, 公示起=day("2026-09-14"), 公示止=day("2026-09-18"))),
    ("V26 notice before the revised rules", put("发展党员", 2, 公示起=day("2026-03-16"), 公示止=day("2026-03-17"))),
    ("V26 24 hours in two days", put("发展党员", 2, 接收大会日=day("2026-10-10"), 培训天数=2, 培训学时=24)),
    ("V26 a majority", put("发展党员", 2, 接收大会日=day("2026-10-10"), 应到票数=6, 赞成票=4)),
    ("V26 talked to within the month", put("发展党员", 2, 谈话日=day("2025-04-03"))),
    ("V27 nobody fills the column in", lambda data: [line.update(应到次数=None, 实到次数=None) for line in data["党员年度"]]),
    ("V27 a zero", put("党员年度", 4, 集中学时=0)),
    ("V29 last year was different", lambda data: data["党员年度"].extend(
        [{**line, "年度": 2025, "集中学时": 20, "应交党费(元)": 700, "实交党费(元)": 650} for line in data["党员年度"]])),
    ("V30 a plan for next year", add(CASE, 3, {"年度": 2027, "口径": "计划"})),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "change"), SILENT, ids=[fact for fact, _ in SILENT])
def test_ordinary_life_is_no_fault(tmp_path: Path, fact: str, change: Change) -> None:
    assert told(tmp_path, change) == []


@pytest.mark.parametrize(
    ("settings", "findings"),
    [
        ({"月权重": 0.5}, ["V11 错误 设置!B8"]),
        ({"月权重": None}, []),
        ({"月权重": 0.2, "季权重": 0.3, "年权重": 0.5}, []),
        ({"良好分数线": 95}, ["V11 错误 设置!B11"]),
        ({"数据截止日": day("2027-01-10")}, ["V14 错误 三单台账!K3"]),
        ({"数据截止日": day("2028-01-10")}, ["V23", "V30"]),
    ],
)
def test_settings_fit_together(
    tmp_path: Path, settings: dict[str, object], findings: list[str]
) -> None:
    lines = told(tmp_path, lambda data: None, **settings)
    assert all(any(line.startswith(finding) for line in lines) for finding in findings)
    assert bool(lines) == bool(findings)


def test_an_empty_county_is_told_so(tmp_path: Path) -> None:
    assert told(tmp_path, lambda data: [lines.clear() for lines in data.values()]) == [
        "V00 错误 党组织!"
    ]


def test_an_article_nobody_verified_is_not_printed(tmp_path: Path) -> None:
    data = county()
    put("发展党员", 2, 谈话日=day("2025-05-10"))(data)
    path = tmp_path / "县.xlsx"
    workbook(data).save(path)
    (finding,) = read(path, CONTRACT)[1]
    assert finding.message.endswith(
        "，超过1个月（依据《中国共产党发展党员工作细则》，条款待核实）。"
    )


@pytest.mark.parametrize(
    "name", ["获得县级以上领导批示", "党建信息刊稿数量", "活动拍照留痕", "学习笔记检查"]
)
def test_an_indicator_the_burden_rules_forbid_is_warned_of(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, put("考核指标", 4, 指标名称=name)) == ["V31 警告 考核指标!C4"]


@pytest.mark.parametrize("name", ["党员活动阵地开放使用", "党务公开", "急难任务承担"])
def test_an_indicator_of_what_was_done_is_silent(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, put("考核指标", 4, 指标名称=name)) == []
