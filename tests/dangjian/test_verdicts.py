"""Verdicts on the example county equal those anyone can reach with the rows alone; and what happens at the edges."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from verdict_recount import outcomes

from dangjian.model.county import open_county
from dangjian.rules import RULES, ids, rule, rule_on
from dangjian.scoring.partition import Division, cut
from dangjian.scoring.verdicts import FUNCTIONS, Outcome, judge, verdict_on
from dangjian.scoring.verdicts.workdays import workdays
from dangjian.workbook.sheets import SETTINGS, SHEETS
from gongwen.errors import UnknownName

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"


@pytest.fixture(scope="module")
def county():
    return open_county(EXAMPLE)


def test_every_verdict_on_every_organisation_equals_an_independent_one(county):
    counted, division = outcomes(EXAMPLE), Division(county.data)
    ours = {
        (code, verdict.代号): str(verdict.outcome)
        for code in county.data["党组织"]["党组织代码"]
        for verdict in judge(division.branch(code))
    }

    assert {
        at: (ours.get(at), counted.get(at))
        for at in ours | counted
        if ours.get(at) != counted.get(at)
    } == {}
    assert len(ours) == 40 * 43


def test_every_rule_of_the_book_has_a_function_and_every_function_a_rule():
    assert tuple(FUNCTIONS) == ids()


def test_a_verdict_carries_required_actual_and_gap_and_the_rows_they_rest_on(county):
    found = verdict_on(cut(county, "B012"), "R15")

    assert (str(found.应达), str(found.实际), str(found.差额)) == ("11个月", "8个月", "3个月")
    sheets = {rows.sheet for rows in found.结论.cells()}
    assert sheets == {"党组织", "组织生活台账"}


def test_a_rule_that_is_met_has_no_gap(county):
    assert verdict_on(cut(county, "B013"), "R15").差额 is None


def test_an_unknown_rule_is_refused_with_the_near_miss(county):
    with pytest.raises(UnknownName, match="R15"):
        verdict_on(cut(county, "B012"), "R155")


def test_an_unknown_branch_is_refused_with_the_near_miss(county):
    with pytest.raises(UnknownName, match="党组织代码"):
        cut(county, "B0122")


def test_a_branch_cannot_reach_the_rows_of_another(county):
    branch = cut(county, "B012")

    assert set(branch.activities["党组织代码"]) == {"B012"}
    assert set(branch["考核得分"]["党组织代码"]) == {"B012"}
    assert set(branch.members["所属党组织"]) == {"B012"}
    assert set(branch.member_year["党员代码"]) <= set(branch.members["党员代码"])


# the edges, each worked out by hand


def small(tmp_path: Path, **sheets: list[dict[str, object]]) -> Path:
    """A county of one branch B001 with seven full members, changed as asked."""
    org = {"党组织代码": "B001", "名称": "中共小县一家公司支部", "类型": "党支部", "成立日期": date(2020, 1, 1), "委员数": 3,
           "党小组数": 0, "本届选举日期": date(2025, 1, 1), "任期(年)": 3}  # fmt: skip
    rows = {"党组织": [org], "党员": people(7)} | sheets
    settled = {
        "年度": 2026,
        "数据截止日": date(2026, 11, 30),
        "地区": "小县",
        "编制单位": "小县委组织部",
    }
    settled |= {row["项目"]: row["内容"] for row in rows.pop("设置", [])}
    book = openpyxl.Workbook()
    settings = book.active
    settings.title = "设置"
    settings.append(["项目", "内容"])
    for column in SETTINGS:
        settings.append([column.header, settled.get(column.header)])
    for sheet in SHEETS:
        made = book.create_sheet(sheet.title)
        made.append(list(sheet.headers))
        for row in rows.get(sheet.title, []):
            made.append(
                [
                    ({**org, **row} if sheet.title == "党组织" else row).get(header)
                    for header in sheet.headers
                ]
            )
    path = tmp_path / "小县.xlsx"
    book.save(path)
    return path


def people(number: int, **more: object) -> list[dict[str, object]]:
    return [
        {"党员代码": f"M{at}", "姓名": "张三", "所属党组织": "B001", "党员类别": "正式", "入党日期": date(2010, 1, 1),
         "转正日期": date(2011, 1, 2), **more}
        for at in range(number)
    ]  # fmt: skip


def days(kind: str, *dates: date) -> list[dict[str, object]]:
    return [
        {
            "活动编号": f"{kind}{at}",
            "党组织代码": "B001",
            "日期": day,
            "类型": kind,
            "主题": f"主题{kind}第{at}次",
        }
        for at, day in enumerate(dates)
    ]


def on(path: Path, id_: str):
    return verdict_on(cut(open_county(path), "B001"), id_)


@pytest.mark.parametrize(("number", "outcome"), [(6, "不适用"), (7, "达标")])
def test_a_committee_is_asked_for_from_seven_full_members(tmp_path, number, outcome):
    path = small(tmp_path, 党员=people(number))
    assert str(on(path, "R06").outcome) == outcome


@pytest.mark.parametrize(("number", "outcome"), [(6, "不适用"), (7, "数据不足")])
def test_committee_meetings_are_asked_for_where_there_is_a_committee(tmp_path, number, outcome):
    path = small(tmp_path, 党员=people(number))
    assert str(on(path, "R11").outcome) == outcome  # seven: the ledger is empty


def test_a_branch_founded_in_august_owes_the_whole_months_since(tmp_path):
    path = small(
        tmp_path,
        党组织=[{"成立日期": date(2026, 8, 18), "本届选举日期": date(2026, 8, 18)}],
        组织生活台账=days("主题党日", date(2026, 9, 3), date(2026, 11, 5)),
    )
    found = on(path, "R15")

    assert (str(found.应达), str(found.实际), str(found.outcome)) == ("3个月", "2个月", "未达标")
    assert str(on(path, "R10").outcome) == "不适用"  # no whole quarter yet


def test_a_kind_of_meeting_the_ledger_never_names_was_perhaps_not_entered(tmp_path):
    months = (date(2026, month, 5) for month in range(1, 12))
    path = small(tmp_path, 党员=people(7), 组织生活台账=days("主题党日", *months))
    found = on(path, "R11")

    assert (str(found.outcome), found.说明) == ("数据不足", "组织生活台账里没有支委会的记录")
    assert found.实际 is None
    assert str(on(path, "R15").outcome) == "达标"


def test_a_branch_merged_in_june_owes_the_months_up_to_then(tmp_path):
    path = small(
        tmp_path,
        党组织=[
            {"状态": "撤销", "撤销日期": date(2026, 6, 15)},
            {"党组织代码": "B002", "名称": "并入的支部"},
        ],
        组织生活台账=days("主题党日", *(date(2026, month, 5) for month in range(1, 7))),
    )
    found = on(path, "R15")

    assert (str(found.应达), str(found.outcome)) == ("5个月", "达标")


@pytest.mark.parametrize(
    ("as_of", "outcome"), [(date(2027, 2, 28), "达标"), (date(2027, 3, 1), "未达标")]
)  # elected on a leap day for three years: the term ends on 28 February
def test_a_term_begun_on_a_leap_day_ends_on_the_twenty_eighth(tmp_path, as_of, outcome):
    path = small(
        tmp_path,
        设置=[{"项目": "数据截止日", "内容": as_of}],
        党组织=[{"本届选举日期": date(2024, 2, 29)}],
    )
    assert str(on(path, "R08").outcome) == outcome


def person(**days_: object) -> dict[str, object]:
    return {
        "人员代码": "P001",
        "党组织代码": "B001",
        "阶段": "发展对象",
        "申请日": date(2023, 1, 1),
        **days_,
    }


@pytest.mark.parametrize(
    ("begun", "outcome"),
    [
        (date(2026, 5, 15), "达标"),
        (date(2026, 5, 18), "未达标"),
    ],  # three working days: fine before the revised text
)
def test_a_notice_is_held_to_five_working_days_from_the_day_of_the_revised_text(
    tmp_path, begun, outcome
):
    one = person(
        确定积极分子日=date(2025, 1, 6),
        公示起=begun,
        公示止=date(2026, 5, 20),
        发展对象日=date(2026, 5, 25),
    )
    assert str(on(small(tmp_path, 发展党员=[one]), "D05").outcome) == outcome


@pytest.mark.parametrize(
    ("admitted", "outcome"),
    [
        (date(2026, 5, 17), "不适用"),
        (date(2026, 5, 18), "未达标"),
    ],  # 预审 in March: over a month either way
)
def test_the_month_to_the_assembly_is_asked_only_of_those_admitted_under_the_revised_text(
    tmp_path, admitted, outcome
):
    one = person(阶段="预备", 预审日=date(2026, 3, 2), 接收大会日=admitted)
    assert str(on(small(tmp_path, 发展党员=[one]), "D07").outcome) == outcome


def test_a_person_admitted_before_the_revised_text_keeps_the_old_one_for_later_steps(tmp_path):
    one = person(
        阶段="预备",
        接收大会日=date(2026, 5, 7),
        党委审批日=date(2026, 6, 1),
        宣誓日=date(2026, 8, 1),
    )
    assert str(on(small(tmp_path, 发展党员=[one]), "D10").outcome) == "不适用"


def test_a_notice_over_the_national_day_counts_working_days_only(tmp_path):
    # 28 to 30 September are working days; 1 to 7 October are not; 8 October is
    one = person(
        确定积极分子日=date(2025, 1, 6),
        公示起=date(2026, 9, 28),
        公示止=date(2026, 10, 8),
        发展对象日=date(2026, 10, 12),
    )
    assert workdays(date(2026, 9, 28), date(2026, 10, 8)) == 4
    assert str(on(small(tmp_path, 发展党员=[one]), "D05").outcome) == "未达标"


def test_a_saturday_worked_in_exchange_counts():
    assert workdays(date(2026, 10, 10), date(2026, 10, 11)) == 1  # Saturday worked, Sunday free


def test_a_year_without_an_official_calendar_is_not_guessed():
    assert workdays(date(2035, 5, 8), date(2035, 5, 15)) is None


def test_one_event_serves_two_items_only_where_the_ledger_says_so(tmp_path):
    events = days("主题党日", *(date(2026, month, 5) for month in (1, 4, 7)))
    assert str(on(small(tmp_path, 组织生活台账=events), "R13").outcome) == "数据不足"
    for event in events:
        event["计入类型"] = "党课"
    assert str(on(small(tmp_path, 组织生活台账=events), "R13").outcome) == "达标"


def test_a_yearly_duty_is_held_against_nobody_before_the_year_is_over(tmp_path):
    events = days("主题党日", date(2026, 1, 5))
    assert str(on(small(tmp_path, 组织生活台账=events), "R16").outcome) == "不适用"
    over = [{"项目": "数据截止日", "内容": date(2026, 12, 31)}]
    assert str(on(small(tmp_path, 组织生活台账=events, 设置=over), "R16").outcome) == "未达标"


def test_a_branch_that_reported_nothing_is_never_failed_for_meetings_or_hours(tmp_path):
    branch = cut(open_county(small(tmp_path)), "B001")
    failed = [verdict.代号 for verdict in judge(branch) if verdict.outcome is Outcome.FAILED]

    assert failed == []
    assert str(verdict_on(branch, "R20").outcome) == "数据不足"


def test_a_temporary_branch_neither_admits_nor_reviews(county):
    branch = cut(county, "B024")
    assert {
        str(verdict_on(branch, id_).outcome) for id_ in ("R08", "R17", "R18", "D05", "D09")
    } == {"不适用"}


@pytest.mark.parametrize("id_", [id_ for id_, entry in RULES.items() if not entry.verified])
def test_an_article_nobody_verified_is_not_printed(id_):
    assert "条" not in str(rule(id_).citation).replace("条例", "")


def test_the_text_in_force_on_the_day_is_the_one_that_counts():
    before, after = rule_on("D05", date(2026, 5, 17)), rule_on("D05", date(2026, 5, 18))

    assert before is not None
    assert after is not None
    assert (before.effective_from.year, after.effective_from.year) == (2014, 2026)
    assert rule_on("D05N", date(2026, 5, 17)) is None
