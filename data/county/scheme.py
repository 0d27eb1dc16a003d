"""Branches -> a sample assessment scheme of 100 points, and what the inspections gave each branch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from county.days import YEAR, workdays
from county.dice import Dice
from county.structure import Org

# Code, superior, name, points, method, parameter, rule, source, period. A sample: every county has its own scheme.
INDICATORS = (
    ("Z01", "", "组织设置（示例）", 15, "", "", "", "", "年"),
    ("Z0101", "Z01", "按期换届", 5, "达标", "", "R08", "党组织", "年"),
    ("Z0102", "Z01", "党组织设置符合规定", 5, "达标", "", "R03", "党组织", "年"),
    ("Z0103", "Z01", "支部委员会配备", 5, "达标", "", "R06", "党组织", "年"),
    ("Z02", "", "队伍建设（示例）", 20, "", "", "", "", "年"),
    ("Z0201", "Z02", "发展党员程序", 5, "达标", "", "D05", "发展党员", "年"),
    ("Z0202", "Z02", "党员集中学习培训", 5, "比例", "32", "R20", "党员年度", "年"),
    ("Z0203", "Z02", "书记和班子成员培训", 5, "比例", "56", "R21", "党员年度", "年"),
    (
        "Z0204",
        "Z02",
        "书记抓党建述职评议",
        5,
        "分档",
        "好:5;较好:4;一般:3;差:0",
        "R30",
        "考核得分",
        "年",
    ),
    ("Z03", "", "保障能力（示例）", 10, "", "", "", "", "年"),
    ("Z0301", "Z03", "党费足额收缴", 6, "比例", "", "R25", "党员年度", "季"),
    ("Z0302", "Z03", "党建经费使用", 4, "人工", "", "", "年度指标", "年"),
    ("Z04", "", "模范作用（示例）", 15, "", "", "", "", "年"),
    ("Z0401", "Z04", "民主评议党员", 5, "达标", "", "R17", "党员年度", "年"),
    ("Z0402", "Z04", "党员岗位作用", 5, "人工", "", "", "案例品牌", "季"),
    ("Z0403", "Z04", "急难任务承担", 5, "人工", "", "", "三单台账", "季"),
    ("Z05", "", "党建活动（示例）", 30, "", "", "", "", "季"),
    ("Z0501", "Z05", "党员大会", 6, "按次扣分", "4;1.5", "R10", "组织生活台账", "季"),
    ("Z0502", "Z05", "支委会", 6, "按次扣分", "12;0.5", "R11", "组织生活台账", "季"),
    ("Z0503", "Z05", "党课", 4, "按次扣分", "4;1", "R13", "组织生活台账", "季"),
    ("Z0504", "Z05", "主题党日", 6, "按次扣分", "12;0.5", "R15", "组织生活台账", "月"),
    ("Z0505", "Z05", "组织生活会", 4, "达标", "", "R16", "组织生活台账", "年"),
    ("Z0506", "Z05", "谈心谈话", 4, "比例", "1", "R19", "党员年度", "年"),
    ("Z06", "", "宣传阵地（示例）", 10, "", "", "", "", "年"),
    ("Z0601", "Z06", "党员活动阵地开放使用", 5, "人工", "", "", "组织生活台账", "季"),
    ("Z0602", "Z06", "党务公开", 5, "达标", "", "", "文件文献", "季"),
)
# Outside the hundred points: what voids a star, and the grade that 双评双优 compares. Who gets them is in score_rows.
VETOES = (
    ("Z0701", "", "党员严重违纪违法（示例）", 0, "一票否决", "星级;优秀", "", "考核得分", "年"),
    (
        "Z0702",
        "",
        "社会治安综合治理重大问题（示例）",
        0,
        "一票否决",
        "星级;优秀",
        "",
        "考核得分",
        "年",
    ),
    ("Z0703", "", "安全生产责任事故（示例）", 0, "一票否决", "星级;优秀", "", "考核得分", "年"),
    ("Z0704", "", "群体性事件（示例）", 0, "一票否决", "星级;优秀", "", "考核得分", "年"),
    ("Z0801", "", "经营业绩考核等次（示例）", 0, "人工", "", "R31", "考核得分", "年"),
)
# The hundred points of a member: eighty for the year's conduct, twenty for the appraisal. On trial in some branches.
OF_MEMBERS = (
    ("Y01", "", "日常表现（示例）", 80, "", "", "", "", "年"),
    ("Y0101", "Y01", "集中学习培训", 20, "比例", "32", "R20", "党员年度", "年"),
    ("Y0102", "Y01", "参加组织生活", 20, "比例", "", "", "党员年度.实到次数/应到次数", "年"),
    ("Y0103", "Y01", "按月交纳党费", 10, "达标", "", "R25", "党员年度", "年"),
    ("Y0104", "Y01", "谈心谈话", 10, "达标", "", "R19", "党员年度", "年"),
    ("Y0105", "Y01", "岗位业绩", 10, "分档", "1:10;0.95:9;0.9:8;0:6", "", "党员年度.KPI系数", "年"),
    ("Y0106", "Y01", "志愿服务和急难任务", 10, "人工", "", "", "党员年度", "年"),
    (
        "Y02",
        "",
        "民主评议等次（示例）",
        20,
        "分档",
        "优秀:20;合格:16;基本合格:10;不合格:0",
        "",
        "党员年度.评议等次",
        "年",
    ),
)
TRIAL = ("ct4", "jt2")  # branches that score their members
VETOED = ("jt3", "Z0703", date(YEAR, 10, 20), "发生安全生产责任事故")
KEYS = ("indicator_code", "parent", "name", "max", "method", "param", "rule_id", "source", "period")
PARENTS = frozenset(row[1] for row in INDICATORS if row[1])
LEAVES = tuple(row for row in INDICATORS if row[0] not in PARENTS)
REASONS = {
    "Z0101": "届满未按期换届", "Z0102": "党员人数与组织设置不相符", "Z0103": "委员缺额未及时补选",
    "Z0201": "培养考察记录时间填写不全",
    "Z0202": "部分党员学时未满", "Z0203": "支部委员培训学时未满", "Z0301": "个别党员党费未按月交纳",
    "Z0302": "经费使用进度偏慢",
    "Z0401": "评议结果反馈不及时", "Z0402": "示范岗职责不够具体", "Z0403": "任务分工记录不清",
    "Z0501": "有季度未召开党员大会",
    "Z0502": "有月份未召开支委会", "Z0503": "有季度未安排党课", "Z0504": "有月份未开展主题党日",
    "Z0505": "查摆问题不够具体",
    "Z0506": "谈心谈话覆盖不全", "Z0601": "阵地开放时间不固定", "Z0602": "公开内容更新不及时", "Z0204": "",
}  # fmt: skip
GENEROUS = (
    ("jt2", "Z0504", 2),
)  # scored in full although the ledger lacks a meeting: what a second look must find
GRADE_WEIGHTS = {"五星": (9, 1, 0), "四星": (7, 3, 0), "二星": (1, 6, 3)}
GRADES = (("好", 5), ("较好", 4), ("一般", 3))
WEAKNESS = {"五星": 0.09, "四星": 0.24, "三星": 0.48, "二星": 0.72}


def indicator_rows() -> Iterator[dict[str, object]]:
    """The scheme, tops before their parts."""
    for row in (*INDICATORS, *VETOES):
        yield dict(zip(KEYS, row, strict=True)) | {"scope": "党支部", "year": YEAR}
    for row in OF_MEMBERS:
        yield dict(zip(KEYS, row, strict=True)) | {"scope": "党员", "year": YEAR}


def _times_missed(org: Org, code: str, quarter: int) -> int:
    """How often this year's ledger lacks a meeting in the quarter."""
    months = range(quarter * 3 - 2, quarter * 3 + 1)
    missed = {"Z0504": org.plan.no_theme_day, "Z0502": org.plan.no_committee}
    quarters = {"Z0501": org.plan.no_assembly, "Z0503": org.plan.no_lecture}
    return sum(month in months for month in missed.get(code, ())) + quarters.get(code, ()).count(
        quarter
    )


def _fails(org: Org, code: str, quarter: int) -> bool:
    """Pass or fail: the term (from the third quarter on) and the size are planted, the rest is in order."""
    term_over = (
        org.plan.elected is not None
        and quarter > 0
        and org.plan.elected < date(YEAR - 3, quarter * 3 + 1, 1)
    )
    return (code == "Z0101" and term_over) or (code == "Z0102" and org.plan.key in ("gs1", "db1"))


def _lost(dice: Dice, org: Org, leaf: tuple[str, float, str, str], quarter: int) -> float:
    """Points taken off; what is planted in the ledger shows here as well. Quarter 0 is last year as a whole."""
    code, most, method, parameter = leaf
    weak = dice.chance(WEAKNESS.get(org.star, 0.3))
    if method == "达标":
        return most if _fails(org, code, quarter) else 0.0
    if method == "按次扣分":
        if (org.plan.key, code, quarter) in GENEROUS:
            return 0.0
        each = float(parameter.partition(";")[2])
        return each * (_times_missed(org, code, quarter) if quarter else int(weak))
    return dice.pick((0.5, 0.5, 1.0, 1.5)) if weak else 0.0


def _row(org: Org, code: str, period: tuple[int, str, int], checked: date) -> dict[str, object]:
    year, kind, number = period
    return {
        "org_code": org.code, "indicator_code": code, "year": year, "period_type": kind, "period_no": number,
        "checked_on": checked, "group": org.unit.plan.group, "state": "复核",
    }  # fmt: skip


def _assess(
    org: Org, period: tuple[int, str, int], checked: date, seed: int
) -> Iterator[dict[str, object]]:
    _, kind, number = period
    for code, _, _, most, method, parameter, *_ in LEAVES:
        dice = Dice(seed, "score", org.code, code, *period)
        row = _row(org, code, period, checked)
        if code == "Z0204":
            if kind == "年":
                grade, score = dice.weighted(
                    tuple(zip(GRADES, GRADE_WEIGHTS.get(org.star, (5, 4, 1)), strict=True))
                )
                yield row | {"score": score, "grade": grade}
            continue
        lost = _lost(dice, org, (code, most, method, parameter), number if kind == "季" else 0)
        yield row | {"score": most - lost, "reason": REASONS[code] if lost else ""}


def score_rows(orgs: list[Org], seed: int) -> Iterator[dict[str, object]]:
    """Last year as a whole, this year's three quarters, and a monthly sample of a few branches."""
    branches = [org for org in orgs if org.is_branch]
    for org in branches:
        if org.plan.founded.year < YEAR - 1:
            yield from _assess(org, (YEAR - 1, "年", 1), date(YEAR, 1, 13), seed)
    for quarter in (1, 2, 3):
        for org in branches:
            if org.plan.founded < date(YEAR, quarter * 3 - 2, 1):
                day = Dice(seed, "checked", org.code, quarter).pick(workdays(quarter * 3 + 1)[:10])
                yield from _assess(org, (YEAR, "季", quarter), day, seed)
    yield from _samples(branches, seed)
    key, code, day, reason = VETOED
    for org in branches:
        if org.plan.key == key:
            yield _row(org, code, (YEAR, "年", 1), day) | {"grade": "是", "reason": reason}


def _samples(branches: list[Org], seed: int) -> Iterator[dict[str, object]]:
    """Every month one branch in eight is looked at: 主题党日 and 阵地."""
    for month in range(1, 12):
        for at, org in enumerate(branches):
            if at % 8 == month % 8 and org.plan.founded < date(YEAR, month, 1):
                day = Dice(seed, "sample", org.code, month).pick(workdays(month)[-6:])
                missed = month in org.plan.no_theme_day
                row = _row(org, "Z0504", (YEAR, "月", month), day)
                yield row | {
                    "score": 5.5 if missed else 6,
                    "reason": "本月未开展主题党日" if missed else "",
                }
                yield _row(org, "Z0601", (YEAR, "月", month), day) | {"score": 5}
