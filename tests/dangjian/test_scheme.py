"""The assessment scheme: what its parameters mean, every fault of a bad one at once, scores counted again from the rows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from workbooks import SETTINGS, county, day, rows, workbook

from dangjian.scoring.audits import typed_scores
from dangjian.scoring.partition import Division
from dangjian.scoring.recount import comparison, recounts
from dangjian.scoring.scores.standings import composite, weighted
from dangjian.scoring.scores.stars import stars_of
from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.scoring_terms import BadTerms, star_lines, terms
from gongwen.facts.value import Cited, Fact
from zhibi.data.read import open_dataset, read

EXAMPLE = Path(__file__).resolve().parents[2] / "data/示例县.xlsx"
ORIGIN = Cited("试", "", verified=True)
SCHEME = "指标代码 上级指标 指标名称 适用对象 分值 计分方式 参数 规则号 数据来源表 周期 年度"


def fact(value: object, unit: str = "%") -> Fact:
    return Fact("甲支部得分率", value, ORIGIN, unit)


# ---- the grammar of 参数 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "text", "most"),
    [
        ("按次扣分", "4;0.5", 5), ("按次扣分", "12；0.5", 6), ("按次扣分", "", 5), ("比例", "32", 5), ("加分", "1;3", 3),
        ("分档", "好:5;较好:4;一般:3;差:0", 5), ("分档", "90：5；80：4", 5), ("达标", "随便写", 5), ("人工", "好:5", 3),
    ],
)  # fmt: skip
def test_a_parameter_that_fits_its_method_is_understood(method, text, most):
    terms(method, text, Decimal(most))


@pytest.mark.parametrize(
    ("method", "text", "message"),
    [
        ("按次扣分", "4", "应写成应开展次数;每少一次扣的分"),
        ("按次扣分", "四;0.5", "应写成应开展次数"),
        ("按次扣分", "4;-1", "应写成应开展次数"),
        ("比例", "32;56", "应写成一个数"),
        ("比例", "1e3", "应写成一个数"),
        ("加分", "1;9", "封顶9分超过分值5"),
        ("分档", "好5", "“好5”应写成“等次:得分”"),
        ("分档", "好:9", "有一档得9分，超过分值5"),
        ("分档", "80:4;90:5", "由高到低"),
        ("分档", "90:5;90:4", "不能相同或者交叉"),
        ("分档", "好:5;好:4", "有两档是同一个等次"),
    ],
)
def test_a_malformed_parameter_says_what_is_expected(method, text, message):
    with pytest.raises(BadTerms, match=message):
        terms(method, text, Decimal(5))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("五星95", "应写成“五星:95”"),
        ("五星:95:10", "应写成“五星:95”"),
        ("五星:95;四星:95", "不能相同或者交叉"),
        ("四星:90;五星:95", "由高到低"),
        ("五星:95;五星:90", "同一个星级"),
        ("五星:105", "不能超过100"),
        ("五星:95:120%", "名额不能超过100%"),
        ("五星:95:60%;四星:90:50%", "各档名额合计110%，超过100%"),
    ],
)
def test_overlapping_stars_and_too_large_quotas_are_refused(text, message):
    with pytest.raises(BadTerms, match=message):
        star_lines(text)


def test_stars_with_and_without_quotas_are_read():
    bands = star_lines("五星:95:10%；四星：90：30％;三星:80")
    assert [(band.name, band.line, band.quota) for band in bands] == [
        ("五星", 95, 10),
        ("四星", 90, 30),
        ("三星", 80, None),
    ]


# ---- a bad scheme, every fault at once -------------------------------------------------------------------------------


def test_every_fault_of_a_bad_scheme_is_told_at_once(tmp_path):
    data = county() | {"考核得分": []}
    data["考核指标"] = rows(
        SCHEME,
        ("Z00", None, "规范化建设", "党支部", 90, None, None, None, None, "年", 2026),
        ("Z01", "Z00", "组织设置", "党支部", 40, "达标", None, "R99", "党组织", "年", 2026),
        (
            "Z02",
            "Z00",
            "组织生活",
            "党支部",
            60,
            "按次扣分",
            "每次",
            "R15",
            "组织生活台账",
            "年",
            2026,
        ),
        ("Z03", "Z04", "甲", "党支部", 5, "人工", None, None, None, "年", 2026),
        ("Z04", "Z03", "乙", "党支部", 5, "人工", None, None, None, "年", 2026),
        ("Z05", None, "评星加分", "党支部", 5, "加分", "1;9", None, "荣誉", "年", 2026),
    )
    settings = SETTINGS | {"月权重": 0.5, "星级分数线": "五星:95:80%;四星:96:30%"}
    workbook(data, settings).save(tmp_path / "县.xlsx")

    _, findings = read(tmp_path / "县.xlsx", CONTRACT)

    told = Counter(
        (one.code, one.place.sheet, one.place.cell) for one in findings if one.level == "错误"
    )
    assert told == Counter(
        {
            ("V11", "设置", "B8"): 1,  # weights come to 1.2
            ("V11", "设置", "B14"): 1,  # stars overlap and quotas pass a hundred
            ("V12", "考核指标", "E2"): 2,  # 90, its parts 100; and the top comes to 90
            ("V33", "考核指标", "H3"): 1,  # R99
            ("V33", "考核指标", "G4、G7"): 1,  # 每次; a cap above the points
            ("V02", "考核指标", "B5"): 1,  # Z03 → Z04 → Z03
        }
    )
    stars = next(one.message for one in findings if one.place.column == "星级分数线")
    assert "交叉" in stars
    assert "110%" in stars


def test_an_unknown_method_lists_those_there_are(tmp_path):
    data = county()
    data["考核指标"][1]["计分方式"] = "看情况"
    workbook(data).save(tmp_path / "县.xlsx")

    (fault,) = (one for one in read(tmp_path / "县.xlsx", CONTRACT)[1] if one.level == "错误")

    assert (fault.code, fault.place.cell) == ("B11", "F3")
    assert "达标、按次扣分、比例、分档、人工、加分、一票否决" in fault.message


def test_a_good_scheme_is_silent(tmp_path):
    data = county()
    data["考核指标"][2] |= {"参数": "12;0.5", "规则号": "R15", "数据来源表": "组织生活台账"}
    workbook(data).save(tmp_path / "县.xlsx")

    _, findings = read(tmp_path / "县.xlsx", CONTRACT)

    assert [one for one in findings if one.code in ("V02", "V11", "V12", "V33")] == []


# ---- scores counted again ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def example():
    return open_dataset(EXAMPLE, CONTRACT)


def test_the_three_planted_scores_of_the_example_are_found_and_no_other(example):
    meeting, member, points = typed_scores(example)

    assert {(one.code, one.level) for one in (meeting, member, points)} == {("V32", "警告")}
    assert [(one.place.sheet, one.place.column) for one in (meeting, member, points)] == [
        ("考核得分", "得分"), ("考核得分", "得分"), ("党员年度", "积分"),
    ]  # fmt: skip
    assert "长途客运党支部二季度“主题党日”填报6分，按台账重算5.5分，相差0.5分" in meeting.message
    assert "组织生活台账第" in meeting.message
    assert "党员M0249年度“集中学习培训”填报20分，按台账重算14.38分，相差5.62分" in member.message
    assert "党员M0252年度积分填报98.9分，各项得分合计96.9分，相差2分" in points.message


def test_meetings_of_every_branch_come_to_what_plain_python_counts(example):
    book = openpyxl.load_workbook(EXAMPLE, read_only=True)

    def lines(title: str) -> list[dict[str, object]]:
        head, _, *body = book[title].iter_rows(values_only=True)
        return [dict(zip(head, row, strict=False)) for row in body]

    held = {(row["党组织代码"], row["类型"], row["日期"].month) for row in lines("组织生活台账")}
    founded = {row["党组织代码"]: row["成立日期"].date() for row in lines("党组织")}
    division, seen = Division(example), 0
    for org in ("B012", "B020", "B023", "B028", "B034", "B040"):
        for one in recounts(division.branch(org)):
            name, quarter = one.指标.value, "一二三四".find(one.期次[0]) + 1
            if (
                name not in ("党员大会", "党课", "主题党日")
                or not one.期次.endswith("季度")
                or founded[org] > date(2026, 1, 1)
            ):
                continue
            months = range(quarter * 3 - 2, quarter * 3 + 1)
            there = [month for month in months if (org, name, month) in held]
            missed = 3 - len(there) if name == "主题党日" else int(not there)
            most, each = {"党员大会": (6, "1.5"), "党课": (4, "1"), "主题党日": (6, "0.5")}[name]
            assert one.counted.points == most - missed * Decimal(each), (org, name, quarter)
            seen += 1
    assert seen == 6 * 3 * 3


@pytest.fixture
def scored(tmp_path):
    """The recounts of B002 for a scheme and typed-in scores of the year, which is over."""

    def make(scheme: tuple, typed: float, grade: str | None = None, **more: list) -> object:
        data = county() | {"三单台账": []} | more
        data["考核指标"] = rows(
            SCHEME,
            scheme,
            (
                "Z99",
                None,
                "其余",
                "党支部",
                100 - scheme[4] * (scheme[5] != "加分"),
                "人工",
                None,
                None,
                None,
                "年",
                2026,
            ),
        )
        data["考核得分"] = rows(
            "党组织代码 指标代码 年度 周期类型 期次 得分 等次",
            ("B002", "Z01", 2026, "年", 1, typed, grade),
        )
        workbook(data, SETTINGS | {"数据截止日": date(2026, 12, 31)}).save(tmp_path / "县.xlsx")
        (one,) = recounts(Division(open_dataset(tmp_path / "县.xlsx", CONTRACT)).branch("B002"))
        return one

    return make


def scheme(method: str, points: int, parameter: str | None, rule: str | None, source: str) -> tuple:
    return ("Z01", None, "某项", "党支部", points, method, parameter, rule, source, "年", 2026)


def test_a_year_of_missed_meetings_never_goes_below_nothing(scored):
    one = scored(
        scheme("按次扣分", 5, "12;0.5", "R15", "组织生活台账"), 5
    )  # one theme day of twelve: 5 - 11 × 0.5

    assert (str(one.重算), str(one.相差)) == ("0分", "5分")


def test_a_share_is_of_members_who_reached_the_figure(scored):
    one = scored(scheme("比例", 14, "32", "R20", "党员年度"), 12)  # hours 31 to 37: six of seven

    assert (str(one.重算), one.differs) == ("12分", False)


def test_a_member_who_did_not_report_leaves_the_share_open(scored):
    data = county()
    data["党员年度"][0]["集中学时"] = None
    one = scored(scheme("比例", 14, "32", "R20", "党员年度"), 12, 党员年度=data["党员年度"])

    assert (one.重算, one.differs, one.说明) == (None, False, "有党员未填报，未计入")


def test_a_rule_met_brings_all_points(scored):
    one = scored(scheme("达标", 5, None, "R08", "党组织"), 0)  # elected 2024-12-20 for three years

    assert (str(one.重算), str(one.相差)) == ("5分", "少5分") or str(one.相差) == "-5分"


def test_a_grade_brings_its_points(scored):
    one = scored(scheme("分档", 5, "好:5;较好:4", "R30", "考核得分"), 5, "较好")

    assert str(one.重算) == "4分"
    assert scored(scheme("分档", 5, "好:5;较好:4", "R30", "考核得分"), 5, None).说明 == "等次未填报"


def test_honours_bring_points_up_to_the_cap(scored):
    honours = rows("荣誉代码 名称 级别 对象类型 党组织代码 授予日期", *(
        (f"H{n}", f"荣誉{n}", "县", "组织", "B002", day(f"2026-0{n}-01")) for n in range(1, 6)
    ))  # fmt: skip
    one = scored(scheme("加分", 3, "1;3", None, "荣誉"), 2, 荣誉=honours)

    assert str(one.重算) == "3分"


@pytest.mark.parametrize(
    ("method", "parameter", "rule", "message"),
    [("人工", None, None, "由人评定"), ("按次扣分", None, "R15", "参数未填"), ("按次扣分", "4;1", None, "没有对应的组织生活规则"),
     ("比例", "56", "R20", "参数与规则规定的32不同"), ("分档", "90:5;80:4", None, "按数分档的由人核对")],
)  # fmt: skip
def test_what_the_rows_cannot_say_says_why(scored, method, parameter, rule, message):
    one = scored(scheme(method, 5, parameter, rule, "组织生活台账"), 3)

    assert (one.重算, one.相差, one.说明) == (None, None, message)


def test_the_table_adds_up_the_periods_that_could_be_counted(example):
    table = {
        row["指标"].value: row for row in comparison(recounts(Division(example).branch("B020")))
    }

    theme = table["主题党日"]
    assert [str(theme[name]) for name in ("应得", "填报得分", "重算得分", "相差", "不一致的期次")] == [
        "24分", "23.5分", "23分", "0.5分", "二季度",
    ]  # fmt: skip
    assert table["党员大会"]["相差"] == "—"


# ---- weights and quotas ----------------------------------------------------------------------------------------------


def setting(**given: object) -> dict[str, Fact]:
    return {name: Fact(name, value, ORIGIN) for name, value in given.items()}


def test_a_year_is_weighed_from_months_quarters_and_the_year():
    weights = setting(月权重=Decimal("0.3"), 季权重=Decimal("0.3"), 年权重=Decimal("0.4"))
    rates = {"月": fact(Decimal(90)), "季": fact(Decimal(80)), "年": fact(Decimal(95))}

    assert str(weighted(rates, weights, "甲支部")) == "89.0%"
    assert weighted({kind: rates[kind] for kind in ("月", "季")}, weights, "甲支部").missing
    assert (
        str(
            weighted(
                {"年": rates["年"]},
                setting(月权重=Decimal(0), 季权重=Decimal(0), 年权重=Decimal(1)),
                "甲支部",
            )
        )
        == "95.0%"
    )
    assert weighted(rates, weights | setting(年权重=None), "甲支部").missing


def test_before_the_year_is_scored_there_is_no_composite(example):
    assert composite(Division(example).branch("B012")).missing


def test_quotas_go_to_the_best_and_equals_share_their_star():
    lines = setting(星级分数线="五星:90:25%;四星:80:50%;三星:70")
    rates = {
        name: fact(Decimal(value)) for name, value in zip("甲乙丙丁", (96, 95, 95, 60), strict=True)
    }

    assert {name: star.value for name, star in stars_of(rates, lines).items()} == {
        "甲": "五星", "乙": "四星", "丙": "四星", "丁": "未达到星级分数线",
    }  # fmt: skip
    equal = {name: fact(Decimal(95)) for name in "甲乙丙丁"}
    assert {star.value for star in stars_of(equal, lines).values()} == {"三星"}
    assert {
        star.value for star in stars_of(equal, setting(星级分数线="五星:90;四星:80")).values()
    } == {"五星"}


# ---- the same person twice -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "told"),
    [({}, 1), ({"在册": "否"}, 0), ({"出生年份": 1990}, 0), ({"出生年份": None}, 0)],
)
def test_a_member_under_two_codes_is_told(tmp_path, changes, told):
    data = county()
    data["党员"].append(data["党员"][0] | {"党员代码": "M0099", "所属党组织": "B003"} | changes)
    workbook(data).save(tmp_path / "县.xlsx")

    _, findings = read(tmp_path / "县.xlsx", CONTRACT)

    assert [one.message for one in findings if one.code == "V34"] == [
        "与“M0001”的姓名、性别、出生年份、入党日期全都相同，多半是同一个人。"
    ] * told
