"""The example county obeys the rules it is meant to be free of errors under, recomputed here with plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from itertools import pairwise

import pytest
from county_file import Example

from dangjian.workbook.sheets import SHEETS

AS_OF = datetime(2026, 11, 30)
BELOW = {
    "党委": {"党总支", "党支部", "联合党支部", "临时党支部"},
    "党总支": {"党支部", "联合党支部", "临时党支部"},
}
ALLOWED = {
    "单位": "单位代码",
    "党组织": "党组织代码",
    "党员": "党员代码",
    "文件文献": "文献代码",
    "考核指标": "指标代码",
}


@pytest.fixture(params=["example", "grown"])
def county(request: pytest.FixtureRequest) -> Example:
    return request.getfixturevalue(request.param)


def size(county: Example) -> Counter[object]:
    return Counter(row["所属党组织"] for row in county["党员"] if row["在册"] == "是")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_keys_are_there_and_unique(county: Example, sheet):
    keys = Counter(
        tuple(row[column] for column in sheet.primary_key) for row in county[sheet.title]
    )
    assert [key for key, times in keys.items() if times > 1 or not any(key)] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_references_resolve(county: Example, sheet):
    for column in sheet.columns:
        if column.refers:
            title, header = column.refers.split(".")
            assert header == ALLOWED[title]
            assert {row[column.header] for row in county[sheet.title]} - {None} <= county.codes(
                title, header
            )


def test_metrics_belong_to_units(county: Example):
    assert county.codes("年度指标", "主体代码") <= county.codes("单位", "单位代码")


def test_the_tree_has_roots_and_proper_children(county: Example):
    types = {row["党组织代码"]: row["类型"] for row in county["党组织"]}
    assert any(row["上级代码"] is None for row in county["党组织"])
    for row in county["党组织"]:
        if row["上级代码"] is not None:
            assert row["类型"] in BELOW[types[row["上级代码"]]]
        else:
            assert row["类型"] == "党委"


def test_founding_election_and_closing_day_follow_each_other(county: Example):
    units = {row["单位代码"]: row["成立日期"] for row in county["单位"]}
    for row in county["党组织"]:
        elected = row["本届选举日期"] or row["成立日期"]
        assert units[row["所属单位"]] <= row["成立日期"] <= elected <= AS_OF


def test_members_are_of_age_and_wait_a_year(county: Example):
    for row in county["党员"]:
        assert row["出生年份"] <= row["入党日期"].year - 18
        assert (row["党员类别"] == "预备") == (row["转正日期"] is None)
        if row["转正日期"]:
            assert (row["转正日期"] - row["入党日期"]).days >= 365
        if row["任职日期"]:
            assert row["转正日期"] < row["任职日期"]
        assert (row["在册"] == "否") == (row["离开日期"] is not None)


def test_secretaries_are_full_members_of_the_organisation_or_below_it(example: Example):
    members = {row["党员代码"]: row for row in example["党员"]}
    parent = {row["党组织代码"]: row["上级代码"] for row in example["党组织"]}
    for row in example["党组织"]:
        secretary = members[row["书记党员代码"]]
        above = secretary["所属党组织"]
        while above != row["党组织代码"]:
            above = parent[above]
        assert (secretary["党员类别"], secretary["党内职务"], secretary["在册"]) == (
            "正式",
            "书记",
            "是",
        )
    assert len(example.codes("党组织", "书记党员代码")) == 40


def test_nobody_pays_or_attends_more_than_due(county: Example):
    for row in county["党员年度"]:
        assert row["已交月数"] <= row["应交月数"] <= 12
        assert row["实交党费(元)"] <= row["应交党费(元)"]
        assert row["实到次数"] <= row["应到次数"]


def test_at_most_a_third_are_excellent_and_probation_has_no_grade(county: Example):
    members, sizes = {row["党员代码"]: row for row in county["党员"]}, size(county)
    best = defaultdict(Counter)
    for row in county["党员年度"]:
        member = members[row["党员代码"]]
        best[row["年度"]][member["所属党组织"]] += row["评议等次"] == "优秀"
        if member["党员类别"] == "预备":
            assert row["评议等次"] == "未评定"
    assert all(number <= sizes[org] // 3 for year in best.values() for org, number in year.items())


def test_meetings_are_on_working_days_one_a_day_and_no_fuller_than_the_branch(county: Example):
    sizes = size(county)
    for row in county["组织生活台账"]:
        assert row["日期"].year == 2026
        assert row["日期"] <= AS_OF
        assert row["日期"].weekday() < 5
        if row["应到"] is not None:
            assert row["实到"] <= row["应到"] <= (sizes[row["党组织代码"]] or 7)
    assert (
        max(Counter((row["党组织代码"], row["日期"]) for row in county["组织生活台账"]).values())
        == 1
    )


def test_no_topic_is_shared_by_organisations(county: Example):
    users = defaultdict(set)
    for row in county["组织生活台账"]:
        users[row["主题"]].add(row["党组织代码"])
    assert [topic for topic, orgs in users.items() if len(orgs) > 1] == []


def test_yearly_attendance_is_what_the_ledger_adds_up_to(example: Example):
    kinds = {"党员大会", "党课", "主题党日", "组织生活会", "民主评议"}
    came, told = Counter(), Counter()
    for row in example["组织生活台账"]:
        if row["类型"] in kinds and not row["主题"].startswith(
            tuple(example.codes("党组织", "简称"))
        ):
            came[row["党组织代码"]] += row["实到"]
    home = {row["党员代码"]: row["所属党组织"] for row in example["党员"]}
    for row in example["党员年度"]:
        if row["年度"] == 2026:
            told[home[row["党员代码"]]] += row["实到次数"]
    assert told == came


STEPS = ("申请日", "谈话日", "确定积极分子日", "公示起", "公示止", "发展对象日", "政审日", "预审日", "接收大会日",
         "党委审批日", "宣誓日",
         "转正大会日", "转正审批日")  # fmt: skip


def test_development_keeps_order_and_limits(county: Example):
    def days(row, first, last):
        return (row[last] - row[first]).days if row[first] and row[last] else None

    for row in county["发展党员"]:
        known = [row[step] for step in STEPS if row[step]]
        assert all(a <= b for a, b in pairwise(known))
        assert max(known) <= AS_OF
        assert days(row, "申请日", "谈话日") <= 28
        assert (days(row, "确定积极分子日", "发展对象日") or 366) >= 366
        assert (
            days(row, "公示起", "公示止") or 7
        ) >= 6  # five working days lie in any seven days without a holiday
        assert (days(row, "预审日", "接收大会日") or 0) <= 28
        assert (days(row, "接收大会日", "党委审批日") or 0) <= 89
        assert (days(row, "党委审批日", "宣誓日") or 0) <= 28
        assert (days(row, "接收大会日", "转正大会日") or 365) >= 365
        assert (days(row, "转正大会日", "转正审批日") or 0) <= 89
        if row["赞成票"] is not None:
            assert row["应到票数"] / 2 < row["赞成票"] <= row["应到票数"]


def test_those_admitted_stand_on_the_register(county: Example):
    admitted = Counter(
        (row["党组织代码"], row["接收大会日"])
        for row in county["发展党员"]
        if row["阶段"] == "预备"
    )
    probation = Counter(
        (row["所属党组织"], row["入党日期"]) for row in county["党员"] if row["党员类别"] == "预备"
    )
    assert admitted == probation


def test_mechanisms_list_what_they_declare(county: Example):
    for row in county["机制做法"]:
        assert row["声明数量"] == len(row["事项列表"].split("；"))
        assert row["覆盖组织数"] is row["应覆盖数"] is None or row["覆盖组织数"] <= row["应覆盖数"]
        assert not any(character.isdigit() for character in row["说明"])


def test_no_practice_began_before_the_paper_it_rests_on(county: Example):
    issued = {row["文献代码"]: row["日期"] for row in county["文件文献"]}
    assert all(issued[row["依据文件"]] <= row["起始"] for row in county["机制做法"])


def test_points_add_up_to_a_hundred_and_scores_stay_below(county: Example):
    most = {row["指标代码"]: row["分值"] for row in county["考核指标"]}
    parts, tops = Counter(), Counter()
    for row in county["考核指标"]:
        parts[row["上级指标"]] += row["分值"]
        tops[row["适用对象"]] += 0 if row["上级指标"] else row["分值"]
    del parts[None]
    assert tops == {"党支部": 100, "党员": 100}
    assert all(most[parent] == total for parent, total in parts.items())
    given = [row for row in county["考核得分"] if row["得分"] is not None]
    assert all(0 <= row["得分"] <= most[row["指标代码"]] for row in given)
    assert {row["等次"] for row in county["考核得分"] if row["得分"] is None} == {
        "是"
    }  # the vetoes
    assert not county.codes("考核得分", "指标代码") & parts.keys()


def test_states_of_tasks_agree_with_their_dates(county: Example):
    for row in county["三单台账"]:
        is_open = row["销号日"] is None
        assert (row["状态"] == "已销号") == (not is_open)
        assert (row["状态"] == "逾期") == (is_open and row["时限"] < AS_OF)
        assert row["下达日"] <= min(row["时限"], row["销号日"] or AS_OF)
        assert (row["销号日"] or AS_OF) <= AS_OF


def test_metrics_grow_by_less_than_half(county: Example):
    values = {
        (row["主体代码"], row["年度"], row["指标代码"]): row["数值"] for row in county["年度指标"]
    }
    for row in county["年度指标"]:
        assert row["基期值"] == 0 or abs(row["数值"] / row["基期值"] - 1) < 0.5
        if row["年度"] == 2026:
            assert row["基期值"] == values[row["主体代码"], 2025, row["指标代码"]]
