"""Every method of scoring within a month, a quarter and a year, each case worked by hand; and the county against its branches."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from workbooks import SETTINGS, county, day, rows, workbook

from dangjian.model.branch import Branch
from dangjian.model.county_rows import SchemeLine, county_pages
from dangjian.model.org_rows import Ledger
from dangjian.scoring.methods import METHODS
from dangjian.scoring.methods.score_request import (
    MEETINGS,
    OF_PEOPLE,
    ONCE_A_YEAR,
    ScoreRequest,
    Unknown,
)
from dangjian.scoring.partition import Division
from dangjian.scoring.recount import recounts, recounts_of
from dangjian.scoring.verdicts import Outcome, verdict_on
from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.scoring_terms import Source, Terms
from zhibi.data.figures.picking import pick_at
from zhibi.data.read import open_dataset, read

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"
SCHEME = "指标代码 上级指标 指标名称 适用对象 分值 计分方式 参数 规则号 数据来源表 周期 年度"
LEDGER, ATTENDED = "组织生活台账", "组织生活台账.实到/应到"

# B002, the whole year: 主题党日 in January, March, April and May; 党员大会 in February and June; 组织生活会 in August
MEETINGS_HELD = (
    ("2026-01-14", "主题党日", 10, 7), ("2026-03-18", "主题党日", 7, 6), ("2026-04-08", "主题党日", 7, 7),
    ("2026-05-13", "主题党日", 7, 7), ("2026-02-25", "党员大会", 7, 7), ("2026-06-17", "党员大会", 7, 7),
    ("2026-08-19", "组织生活会", 7, 5),
)  # fmt: skip
NOT_DUE, BEHIND = "没有完整经过的月份、季度", "党员年度是累计数，期中的已无从查考"
# points, method, parameter, rule, source, 周期; and by period what it comes to, or why nobody can say
CASES = (
    (3, "达标", None, "R15", LEDGER, "季", {"月1": 3, "月2": 0, "季1": 0, "季2": 0, "年1": 0}),
    (3, "达标", None, "R10", LEDGER, "季", {"月2": NOT_DUE, "季1": 3, "季2": 3, "季3": 0, "年1": 0}),
    (3, "达标", None, "R16", LEDGER, "年", {"月1": "年度未满，尚未开展", "季2": "年度未满，尚未开展", "季3": 3, "季4": 3, "年1": 3}),
    (3, "达标", None, "R17", LEDGER, "年", {"季3": "年度未满，尚未开展", "季4": 0, "年1": 0}),
    (3, "达标", None, "D02", "发展党员", "季", {"季1": "期内没有这一环节", "季2": 0, "季3": 3}),
    (3, "达标", None, "R20", "党员年度", "季", {"季1": BEHIND, "年1": 0}),
    (3, "达标", None, "R03", "党组织", "季", {"季1": "当时的名册、台账已无从查考", "年1": 3}),
    (6, "比例", None, "R15", LEDGER, "月", {"季1": 4, "季2": 4, "季3": 0, "年1": 2, "月5": 6}),
    (6, "比例", "4", "R10", LEDGER, "年", {"年1": 3, "季1": 6}),
    (7, "比例", "32", "R20", "党员年度", "年", {"年1": 6, "季2": BEHIND}),
    (4, "比例", None, None, ATTENDED, "季", {"季2": 4, "季1": "3.33", "季4": "期内没有记录"}),  # 20 of 24
    (6, "按次扣分", "6;1", "R10", LEDGER, "年", {"年1": 2, "季1": 5, "季3": 4}),  # six a year: one and a half a quarter, so two
    (6, "按次扣分", "4;1.5", "R10", LEDGER, "季", {"年1": 3, "季3": "4.5"}),
    (4, "按次扣分", "1;4", "R17", LEDGER, "年", {"年1": 0, "季2": "年度未满，尚未开展"}),
    (3, "按次扣分", "12;1", "R12", LEDGER, "月", {"月1": "党小组数未填报"}),
    (5, "分档", "90%:5;60%:3;30%:2", "R15", LEDGER, "季", {"季1": 3, "年1": 2, "季4": 0}),
    (5, "分档", "12:5;4:3", "R15", LEDGER, "年", {"年1": 3, "季1": "各档是按方案的周期定的数，别的周期不重算"}),
    (5, "分档", "90%:5;80%:4", "R20", "党员年度", "年", {"年1": 4, "季1": BEHIND}),  # six of seven
    (4, "分档", "95%:4;80%:2", None, ATTENDED, "季", {"季1": 2, "季2": 4}),
)  # fmt: skip


@pytest.fixture(scope="module")
def b002(tmp_path_factory) -> dict[tuple[str, str], object]:
    """Every case typed in as 1 point; (indicator, period) -> the recount."""
    data = county() | {"三单台账": []}
    data["组织生活台账"] = rows(
        "活动编号 党组织代码 日期 类型 主题 应到 实到",
        *(
            (f"A2026-{n:04}", "B002", day(on), kind, f"主题{n}", due, there)
            for n, (on, kind, due, there) in enumerate(MEETINGS_HELD)
        ),
    )
    data["发展党员"] = rows(
        "人员代码 党组织代码 阶段 申请日 谈话日",
        ("P001", "B002", "申请人", day("2026-01-05"), day("2026-04-20")),
        ("P002", "B002", "申请人", day("2026-07-06"), day("2026-08-03")),
    )
    rest = 100 - sum(case[0] for case in CASES)
    data["考核指标"] = rows(
        SCHEME,
        *(
            (
                f"Z{n:02}",
                None,
                f"第{n}项",
                "党支部",
                points,
                method,
                parameter,
                rule,
                source,
                period,
                2026,
            )
            for n, (points, method, parameter, rule, source, period, _) in enumerate(CASES)
        ),
        ("Z99", None, "其余", "党支部", rest, "人工", None, None, None, "年", 2026),
    )
    data["考核得分"] = rows(
        "党组织代码 指标代码 年度 周期类型 期次 得分",
        *(
            ("B002", f"Z{n:02}", 2026, at[0], int(at[1:]), 1)
            for n, case in enumerate(CASES)
            for at in case[-1]
        ),
    )
    path = tmp_path_factory.mktemp("方案") / "县.xlsx"
    workbook(data, SETTINGS | {"数据截止日": date(2026, 12, 31)}).save(path)
    found = recounts(Division(open_dataset(path, CONTRACT)).branch("B002"))
    return {(str(one.指标.value), one.期次): one for one in found}


def called(at: str) -> str:
    return {"年": "年度"}.get(
        at[0], "一二三四五六七八九"[int(at[1:]) - 1] + {"季": "季度", "月": "月"}.get(at[0], "")
    )


@pytest.mark.parametrize(
    "n", range(len(CASES)), ids=[f"{case[1]}{case[3] or ''}{case[2] or ''}" for case in CASES]
)
def test_points_are_those_worked_by_hand(b002, n):
    expected = CASES[n][-1]
    told = {}
    for at in expected:
        one = b002[f"第{n}项", called(at)]
        told[at] = one.说明 if one.counted is None else one.重算.value

    assert told == {
        at: Decimal(str(value)) if not isinstance(value, str) or value[0].isdigit() else value
        for at, value in expected.items()
    }


def test_every_recount_rests_on_rows(b002):
    counted = [one for one in b002.values() if one.counted is not None]

    assert len(counted) > 30
    assert [one.label for one in counted if not one.重算.cells()] == []


# ---- the county at once says what each branch says -------------------------------------------------------------------


@pytest.fixture(scope="module")
def example():
    return open_dataset(EXAMPLE, CONTRACT)


def test_the_county_counts_what_each_branch_counts(example):
    division, pages = Division(example), county_pages(example)
    for code in ("B012", "B019", "B020", "B024", "B033", "B038"):
        of_branch = recounts(division.branch(code))
        at_once = recounts_of(Ledger(pages, code, lambda code=code: pages.branch(code))).own
        words = [(one.label, one.说明, one.重算, one.相差) for one in of_branch]
        assert [(one.label, one.说明, one.重算, one.相差) for one in at_once] == words


def test_a_cell_of_the_scheme_is_the_same_under_every_label(example):
    scheme = Division(example).branch("B012")["考核指标"]
    indicator = SchemeLine(scheme, 3, {})

    picked = [indicator.picked("分值", f"{period}分值", "分") for period in ("一季度", "二季度")]

    assert picked == [
        pick_at(scheme, 3, "分值", f"{period}分值", "分") for period in ("一季度", "二季度")
    ]
    assert indicator.picked("指标名称") == pick_at(scheme, 3, "指标名称")


def test_plain_rows_pass_and_fail_what_the_rule_passes_and_fails(example):
    division, pages, seen = Division(example), county_pages(example), set()
    for code in ("B002", "B012", "B019", "B023", "B024", "B028", "B033", "B035", "B038", "B039"):
        branch = division.branch(code)
        for rule in (*MEETINGS, *ONCE_A_YEAR, *OF_PEOPLE, "R08"):
            outcome = verdict_on(branch, rule).outcome
            seen.add(outcome)
            assert passed(Ledger(pages, code, lambda branch=branch: branch), rule) == POINTS.get(
                outcome
            ), (code, rule)
    assert seen >= {Outcome.MET, Outcome.FAILED, Outcome.NOT_APPLICABLE}


POINTS = {Outcome.MET: 5, Outcome.FAILED: 0}


def passed(ledger: Ledger, rule: str) -> Decimal | None:
    asked = ScoreRequest(
        ledger, "", rule, Source(""), Decimal(5), Terms(), range(1, 13), lambda: None, ""
    )
    try:
        return METHODS["达标"](asked).points
    except Unknown:
        return None


def test_a_branch_is_not_cut_out_where_plain_rows_answer(example):
    pages = county_pages(example)

    def make() -> Branch:
        raise AssertionError("cut out")

    found = [one for one in recounts_of(Ledger(pages, "B020", make)).own if one.counted is not None]

    assert len(found) > 10


# ---- what is wrong with a scheme, told at once ------------------------------------------------------------------------


def faults(tmp_path: Path, *lines: tuple, **more: list) -> list[tuple[str, str, str]]:
    data = county() | {"考核得分": []} | more
    data["考核指标"] = rows(SCHEME, *lines)
    workbook(data).save(tmp_path / "县.xlsx")
    return [
        (one.code, one.place.cell, one.message)
        for one in read(tmp_path / "县.xlsx", CONTRACT)[1]
        if one.level == "错误"
    ]


def line(
    code: str, above: str | None, points: object, method: str | None = "人工", *more: object
) -> tuple:
    parameter, source = (*more, None, None)[:2]
    return (code, above, code, "党支部", points, method, parameter, None, source, "年", 2026)


def test_an_unknown_method_hides_no_wrong_sum(tmp_path):
    told = faults(
        tmp_path, line("Z1", None, 60), line("Z11", "Z1", 20), line("Z12", "Z1", 30, "看情况"),
        line("Z2", None, 30), line("Z21", "Z2", 25),
    )  # fmt: skip

    assert [(code, cell) for code, cell, _ in told] == [
        ("B11", "F4"),
        ("V12", "E2、E5"),
        ("V12", "E2"),
    ]
    assert "下级指标合计50" in told[1][2]


@pytest.mark.parametrize(
    "points", [60, 30]
)  # with the unknown method counted in, or as a bonus on top
def test_a_sum_that_may_be_right_is_not_called_wrong(tmp_path, points):
    told = faults(
        tmp_path, line("Z1", None, points), line("Z11", "Z1", 30), line("Z12", "Z1", 30, "看情况"),
        line("Z2", None, 100 - points),
    )  # fmt: skip

    assert [(code, cell) for code, cell, _ in told] == [("B11", "F4")]


def test_points_that_cannot_be_read_silence_their_own_sum_only(tmp_path):
    told = faults(
        tmp_path, line("Z1", None, 60), line("Z11", "Z1", "二十"), line("Z12", "Z1", 30),
        line("Z2", None, 40), line("Z21", "Z2", 25),
    )  # fmt: skip

    assert [cell for code, cell, _ in told if code == "V12"] == ["E5"]


def test_columns_named_as_source_must_be_there(tmp_path):
    told = faults(
        tmp_path,
        line("Z1", None, 20, "比例", None, "组织生活台账.实到/应道"),
        line("Z2", None, 20, "比例", None, "组织生活台账.实到"),
        line("Z3", None, 20, "比例", None, "荣誉.名称/级别"),
        line("Z4", None, 20, "比例", None, "组织生活台账.主题/应到"),
        line("Z5", None, 20, "比例", None, "组织生活台账.实到/应到"),
        line("Z6", None, 0, "人工", None, "会议记录、照片等"),
    )  # fmt: skip

    assert [(code, cell) for code, cell, _ in told] == [("V33", "I2:I5")]
    message = told[0][2]
    assert [
        p for p in ("应到", "一列比另一列", "能写明列的", "都应当是数") if p not in message
    ] == []


def test_a_bonus_above_its_cap_is_refused_and_one_at_it_is_not(tmp_path):
    scores = rows(
        "党组织代码 指标代码 年度 周期类型 期次 得分",
        ("B002", "Z2", 2026, "年", 1, 4),
        ("B003", "Z2", 2026, "年", 1, 3),
    )
    told = faults(
        tmp_path, line("Z1", None, 100), line("Z2", None, 5, "加分", "1;3", "荣誉"), 考核得分=scores
    )

    assert [(code, cell) for code, cell, _ in told] == [("V12", "G2")]
    assert "加分4超过“Z2”的封顶3分" in told[0][2]
