"""The hundred points of members, what 一票否决 takes away, bonus points in the rate, and 双评双优."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from workbooks import county, day, rows, workbook

from dangjian.model.branch import Branch
from dangjian.reports.rollup.judged import judged
from dangjian.reports.rollup.summary import both_excellent, grade_counts, star_counts
from dangjian.scoring.audits import typed_scores
from dangjian.scoring.member_scores import member_scores
from dangjian.scoring.partition import Division
from dangjian.scoring.recount import ledger_of, recounts, recounts_of
from dangjian.scoring.scores.standings import standing, standings
from dangjian.scoring.scores.stars import grade, star, stars_of
from dangjian.scoring.vetoes import Veto, vetoes
from dangjian.workbook.contract import CONTRACT
from gongwen.facts.value import Cited, Fact
from zhibi.data.read import open_dataset, read

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"
SCHEME = "指标代码 上级指标 指标名称 适用对象 分值 计分方式 参数 规则号 数据来源表 周期 年度"
SCORES = "党组织代码 党员代码 指标代码 年度 周期类型 期次 得分 等次 检查日期 扣分原因"
ORIGIN = Cited("试", "", verified=True)


def branch_line(
    code: str, points: float, method: str = "人工", parameter: str | None = None, *more: str
) -> tuple:
    rule, source = (*more, None, None)[:2]
    return (code, None, code, "党支部", points, method, parameter, rule, source, "年", 2026)


def score(indicator: str, kind: str, points: float | None, **more: object) -> dict[str, object]:
    return {
        "党组织代码": "B002",
        "指标代码": indicator,
        "年度": 2026,
        "周期类型": kind,
        "期次": 1,
        "得分": points,
        **more,
    }


def saved(path: Path, scheme: list[tuple], scores: list[dict], **more: list) -> Path:
    data = county() | more | {"考核指标": rows(SCHEME, *scheme), "考核得分": scores}
    workbook(data).save(path / "县.xlsx")
    return path / "县.xlsx"


def b002(path: Path, scheme: list[tuple], scores: list[dict], **more: list) -> Branch:
    return Division(open_dataset(saved(path, scheme, scores, **more), CONTRACT)).branch("B002")


# ---- members --------------------------------------------------------------------------------------------------------

OF_MEMBERS = [
    ("Y0", None, "日常表现", "党员", 80, None, None, None, None, "年", 2026),
    ("Y1", "Y0", "学习", "党员", 40, "比例", "32", "R20", "党员年度", "年", 2026),
    (
        "Y2",
        "Y0",
        "参加活动",
        "党员",
        20,
        "比例",
        None,
        None,
        "党员年度.实到次数/应到次数",
        "年",
        2026,
    ),
    ("Y3", "Y0", "党费", "党员", 10, "达标", None, "R25", "党员年度", "年", 2026),
    ("Y4", "Y0", "业绩", "党员", 10, "分档", "1:10;0.9:8", None, "党员年度.KPI系数", "年", 2026),
    (
        "Y5",
        None,
        "评议",
        "党员",
        20,
        "分档",
        "优秀:20;合格:16",
        None,
        "党员年度.评议等次",
        "年",
        2026,
    ),
    branch_line("Z1", 100),
]


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """M0001 in order; M0002 too generous twice and not done; M0003 with a wrong sum and a wrong 积分; M0004 by quarter."""
    years = county()["党员年度"]
    for row, points, kpi in zip(
        years, (94.8, 50, 81, None), (Decimal("0.95"), 1, None, 1), strict=False
    ):
        row |= {"积分": points, "KPI系数": kpi}
    years[2]["已交月数"] = 9
    given = [
        ("M0001", "Y1", "年", 38.8), ("M0001", "Y2", "年", 18), ("M0001", "Y3", "年", 10), ("M0001", "Y4", "年", 8),
        ("M0001", "Y5", "年", 20), ("M0001", "Y0", "年", 74.8),
        ("M0002", "Y1", "年", 40), ("M0002", "Y4", "年", 8), ("M0002", "Y5", "年", 20), ("M0002", "Y2", "年", None),
        ("M0003", "Y1", "年", 40), ("M0003", "Y3", "年", 0), ("M0003", "Y4", "年", 8), ("M0003", "Y0", "年", 50),
        ("M0003", "Y5", "年", 16), ("M0004", "Y1", "季", 40),
    ]  # fmt: skip
    path = saved(
        tmp_path_factory.mktemp("党员"),
        OF_MEMBERS,
        [score(code, kind, points, 党员代码=member) for member, code, kind, points in given],
        党员年度=years,
    )
    return open_dataset(path, CONTRACT)


def test_a_members_points_come_from_its_own_line_of_the_year(scored):
    found = recounts_of(ledger_of(Division(scored).branch("B002"))).members

    assert {
        member: [one.说明 if one.counted is None else str(one.重算) for one in each]
        for member, each in found.items()
    } == {
        "M0001": [
            "38.75分",
            "18分",
            "10分",
            "8分",
            "20分",
        ],  # 31 of 32 hours; 18 of 20 meetings; 0.95
        "M0002": ["40分", "10分", "16分"],
        "M0003": ["40分", "0分", "KPI系数未填报", "16分"],  # nine months of eleven paid
        "M0004": ["党员年度是累计数，期中的已无从查考"],
    }


def test_what_members_rows_contradict_is_told_and_nothing_else(scored):
    told = [(one.place.sheet, one.place.cell, one.message) for one in typed_scores(scored)]

    assert [(sheet, cell) for sheet, cell, _ in told] == [
        ("考核得分", "G9"), ("考核得分", "G10"),  # M0002: a coefficient of 1 is 10, 合格 is 16
        ("考核得分", "G15"),  # M0003: 40 + 0 + 8 is not 50
        ("党员年度", "I4"),  # and 40 + 0 + 8 + 16 is not 81
    ]  # fmt: skip
    assert "各项得分合计48分，相差2分" in told[2][2]
    assert "党员M0003年度积分填报81分，各项得分合计64分，相差17分" in told[3][2]


def test_a_total_with_a_part_left_blank_is_left_open(scored):
    totals = recounts_of(ledger_of(Division(scored).branch("B002"))).totals

    assert [
        one.label for one in totals if "M0002" in one.label
    ] == []  # 积分 50 cannot be right, but Y2 is blank
    assert [(one.label, one.differs) for one in totals if "M0001" in one.label] == [
        ("党员M0001年度“日常表现”", False),
        ("党员M0001年度积分", False),
    ]


def test_members_do_not_count_among_the_scores_of_the_branch(scored):
    branch = Division(scored).branch("B002")

    assert recounts(branch) == ()
    assert standing(branch) is None


def test_a_review_tells_of_members_together(scored):
    found = member_scores(Division(scored).branch("B002"))

    facts = (found.人数, found.平均, found.得分率, found.重算数, found.不一致数, found.积分不一致)
    assert list(map(str, facts)) == [
        "3名",
        "75.6分",
        "90.7%",
        "11处",
        "2处",
        "1名",
    ]  # 226.8 points of three members, of 250 that were assessed
    assert [(str(row["指标"]), str(row["评分人数"]), str(row["不一致"])) for row in found.表] == [
        ("学习", "3名", "0处"), ("参加活动", "1名", "0处"), ("党费", "2名", "0处"), ("业绩", "3名", "1处"), ("评议", "3名", "1处"),
    ]  # fmt: skip


def test_members_of_the_example_come_to_what_plain_python_counts():
    book = openpyxl.load_workbook(EXAMPLE, read_only=True)

    def lines(title: str) -> list[dict[str, object]]:
        head, _, *body = book[title].iter_rows(values_only=True)
        return [dict(zip(head, row, strict=False)) for row in body]

    years = {row["党员代码"]: row for row in lines("党员年度") if row["年度"] == 2026}
    typed: dict[str, float] = {}
    odd = []
    for row in lines("考核得分"):
        if row["党员代码"]:
            year, code = years[row["党员代码"]], row["指标代码"]
            expected = {
                "Y0101": min(20, 20 * (year["集中学时"] or 0) / 32),
                "Y0102": 20 * year["实到次数"] / (year["应到次数"] or 1),
                "Y0103": 10
                * (
                    year["已交月数"] >= year["应交月数"]
                    and year["实交党费(元)"] >= year["应交党费(元)"]
                ),
                "Y0104": 10 * (year["谈心谈话次数"] >= 1),
                "Y0105": next(
                    (
                        p
                        for line, p in ((1, 10), (0.95, 9), (0.9, 8))
                        if (year["KPI系数"] or 0) >= line
                    ),
                    6,
                ),
                "Y0106": row["得分"],
                "Y02": {"优秀": 20, "合格": 16, "基本合格": 10}.get(year["评议等次"]),
            }[code]
            if abs(expected - row["得分"]) > 0.05 + 1e-9:
                odd.append((row["党员代码"], code))
            typed[row["党员代码"]] = typed.get(row["党员代码"], 0) + row["得分"]

    assert odd == [("M0249", "Y0101")]
    assert [
        member for member, points in typed.items() if abs(points - years[member]["积分"]) > 0.05
    ] == ["M0252"]
    assert len(typed) > 30


# ---- 一票否决 --------------------------------------------------------------------------------------------------------


def vetoed(path: Path, parameter: str | None, **row: object) -> Branch:
    given = {"等次": "是", "检查日期": day("2026-10-20"), "扣分原因": "发生事故", **row}
    scheme = [branch_line("Z1", 100), branch_line("Z2", 0, "一票否决", parameter)]
    return b002(path, scheme, [score("Z1", "季", 96), score("Z2", "年", None, **given)])


@pytest.mark.parametrize(
    ("parameter", "star_is", "grade_is"),
    [
        ("星级;优秀", "不评星级", "不得评为优秀"),
        ("星级", "不评星级", "优秀"),
        ("优秀", "五星", "不得评为优秀"),
        (None, "五星", "优秀"),
    ],
)
def test_a_veto_takes_away_what_the_scheme_says_and_no_more(tmp_path, parameter, star_is, grade_is):
    branch = vetoed(tmp_path, parameter)
    (veto,) = found = vetoes(branch)
    rate = standing(branch)

    given = star(rate, branch.settings, found), grade(rate, branch.settings, found)
    assert [fact.value for fact in given] == [star_is, grade_is]
    assert (str(veto.名称), str(veto.原因), str(rate)) == (
        "Z2",
        "发生事故",
        "96.0%",
    )  # the rate is what it was
    rests = [
        rows.sheet
        for fact in given
        if "不" in str(fact)
        for rows in fact.cells()
        if rows.column == "等次"
    ]
    assert set(rests) <= {"考核得分"}
    assert bool(rests) == (parameter is not None)
    told = [judged(branch, ())]
    assert [row["星级"] for row in star_counts(told, branch.settings) if row["本年测算"].value] == [
        star_is
    ]
    assert [name for name, many in grade_counts(told, branch.settings).items() if many.value] == [
        grade_is
    ]


@pytest.mark.parametrize("row", [{"等次": "否"}, {"检查日期": day("2026-12-20")}, {"年度": 2025}])
def test_what_did_not_happen_by_the_day_vetoes_nothing(tmp_path, row):
    assert vetoes(vetoed(tmp_path, "星级;优秀", **row)) == ()


def test_below_the_line_of_excellence_there_is_nothing_to_take():
    lines = {
        name: Fact(name, Decimal(mark), ORIGIN)
        for name, mark in (("优秀分数线", 90), ("良好分数线", 80), ("一般分数线", 60))
    }
    assert grade(Fact("甲得分率", Decimal(85), ORIGIN, "%"), lines, (a_veto(),)).value == "良好"


def a_veto() -> Veto:
    cell = Fact("甲", "是", ORIGIN)
    return Veto(cell, None, cell, cell, ("星级", "优秀"))


def test_a_vetoed_branch_takes_no_place_of_a_quota():
    lines = {"星级分数线": Fact("星级分数线", "五星:90:25%;四星:80", ORIGIN)}
    rates = {
        name: Fact(f"{name}得分率", Decimal(mark), ORIGIN, "%")
        for name, mark in zip("甲乙丙丁", (96, 95, 94, 60), strict=True)
    }

    assert {name: fact.value for name, fact in stars_of(rates, lines, {"甲": (a_veto(),)}).items()} == {
        "甲": "不评星级", "乙": "五星", "丙": "四星", "丁": "未达到星级分数线",
    }  # fmt: skip


@pytest.mark.parametrize(("answer", "told"), [(None, 1), ("发生", 1), ("是", 0), ("否", 0)])
def test_a_veto_is_answered_by_yes_or_no(tmp_path, answer, told):
    scheme = [branch_line("Z1", 100), branch_line("Z2", 0, "一票否决", "星级")]
    path = saved(tmp_path, scheme, [score("Z2", "年", None, 等次=answer)])

    assert [one.code for one in read(path, CONTRACT)[1] if one.level == "错误"] == ["V35"] * told


def test_what_a_veto_takes_away_is_written_in_two_words(tmp_path):
    path = saved(
        tmp_path, [branch_line("Z1", 100), branch_line("Z2", 0, "一票否决", "评优资格")], []
    )

    (fault,) = (one for one in read(path, CONTRACT)[1] if one.level == "错误")
    assert (fault.code, fault.place.cell) == ("V33", "G3")
    assert "星级;优秀" in fault.message


# ---- bonus, gate ----------------------------------------------------------------------------------------------------


def test_bonus_points_raise_the_rate_and_not_what_could_be_scored(tmp_path):
    scheme = [branch_line("Z1", 100), branch_line("Z2", 5, "加分", "1;3", "", "荣誉")]
    data = open_dataset(
        saved(
            tmp_path, scheme, [score("Z1", "季", 90), score("Z2", "季", 2), score("Z2", "年", 3)]
        ),
        CONTRACT,
    )
    division = Division(data)

    assert (
        str(standing(division.branch("B002"))) == "92.0%"
    )  # the bonus of the year alone is no score of the year
    assert {code: str(rate) for code, rate in standings(division.county).items()} == {
        "B002": "92.0%"
    }


def test_both_excellent_are_counted_where_business_grades_are_told(tmp_path):
    scheme = [
        branch_line("Z1", 100, "分档", "好:100;较好:80", "R30"),
        branch_line("Z2", 0, "人工", None, "R31"),
    ]
    scores = [
        score("Z1", "年", 100, 等次="好"), score("Z2", "年", None, 等次="优秀"),
        score("Z1", "年", 80, 等次="较好") | {"党组织代码": "B003"}, score("Z2", "年", None, 等次="优秀") | {"党组织代码": "B003"},
    ]  # fmt: skip
    division = Division(open_dataset(saved(tmp_path, scheme, scores), CONTRACT))
    found = [judged(division.branch(code), ()) for code in ("B002", "B003")]

    assert str(both_excellent(found)) == "1个"
    (tmp_path / "无").mkdir()
    assert both_excellent([judged(b002(tmp_path / "无", scheme, scores[:1]), ())]) is None
