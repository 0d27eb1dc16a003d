"""R18–R27, R30–R31: what is held against an organisation's members and its secretary -> verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pandas as pd

from dangjian.model.branch import COMMITTEE_POSTS, Branch
from dangjian.model.periods import months_later
from dangjian.rules import RULES, Rule
from dangjian.scoring.verdicts.verdict import Outcome, Verdict, verdict
from gongwen.facts.value import Fact
from zhibi.data.figures.measure import count
from zhibi.data.figures.picking import pick_at

MET, FAILED, NOT_APPLICABLE, UNKNOWN = Outcome
GRADES = ("优秀", "合格", "基本合格", "不合格")
ACCOUNTS = ("好", "较好", "一般", "差")
YEAR_MONTHS = 12
REGISTER, YEARLY = "党员", "党员年度"
Row = dict[str, Any]


def excellent_share(branch: Branch, rule: Rule) -> Verdict:
    """R18 评议为优秀的不超过参评（有等次的）党员的三分之一。"""
    if branch.kind == "临时党支部":
        return verdict(branch, rule, NOT_APPLICABLE, "临时党支部不开展")
    name = branch.named.value
    grades = [row["评议等次"] for row in branch.records(YEARLY)]
    index = branch.member_year.index
    graded = index[[grade in GRADES for grade in grades]]
    reviewed = count(graded, f"{name}参评党员数", "名", as_of=branch.as_of)
    if graded.empty:
        outcome = UNKNOWN if branch.year_over or None in grades else NOT_APPLICABLE
        message = "评议等次未填报" if outcome is UNKNOWN else "年度未满，尚未评定等次"
        return verdict(branch, rule, outcome, message, rests_on=(reviewed,))
    excellent = index[[grade == "优秀" for grade in grades]]
    best = count(excellent, f"{name}评议优秀党员数", "名", as_of=branch.as_of)
    assert isinstance(best.value, int)  # a count
    outcome = MET if best.value * rule.figure <= len(graded) else FAILED
    return verdict(branch, rule, outcome, actual=best, rests_on=(reviewed,))


def talks(branch: Branch, rule: Rule) -> Verdict:
    """R19 每名党员每年谈心谈话至少一次。"""
    return _everyone(
        branch, rule, anyone, ("谈心谈话次数",), lambda row: row["谈心谈话次数"] >= rule.figure
    )


def study_hours(branch: Branch, rule: Rule) -> Verdict:
    """R20 每名党员年度集中学习培训三十二学时以上。"""
    return _everyone(
        branch, rule, anyone, ("集中学时",), lambda row: row["集中学时"] >= rule.figure
    )


def committee_training(branch: Branch, rule: Rule) -> Verdict:
    """R21 书记和委员年度学习培训五十六学时以上，至少参加一次集中培训。"""
    once = RULES["R21T"].figure
    if not any(in_committee(row) for row in branch.records(REGISTER)):
        return verdict(branch, rule, UNKNOWN, "书记、委员未填报", rests_on=(branch.size,))
    columns = ("集中学时", "集中培训次数")
    return _everyone(
        branch,
        rule,
        in_committee,
        columns,
        lambda row: row["集中学时"] >= rule.figure and row["集中培训次数"] >= once,
    )


def dues_paid(branch: Branch, rule: Rule) -> Verdict:
    """R25 每名党员已交月数不少于应交月数、实交不少于应交；不收集工资，交纳比例不核对。"""
    columns = ("应交月数", "已交月数", "应交党费(元)", "实交党费(元)")

    def paid(row: Row) -> bool:
        return bool(
            row["已交月数"] >= row["应交月数"] and row["实交党费(元)"] >= row["应交党费(元)"]
        )

    return _everyone(branch, rule, anyone, columns, paid)


def probation_dues(branch: Branch, rule: Rule) -> Verdict:
    """R27 年内接收的预备党员，自支部大会通过的当月起到截止日的当月，每月都列为应交。"""

    def fresh(row: Row) -> bool:
        joined = row["入党日期"]
        return row["党员类别"] == "预备" and joined is not None and joined.year == branch.year

    since = {
        row["党员代码"]: row["入党日期"].month for row in branch.records(REGISTER) if fresh(row)
    }
    if not since:
        return verdict(
            branch, rule, NOT_APPLICABLE, "年内没有接收预备党员", rests_on=(branch.size,)
        )
    last = branch.as_of.month if branch.as_of.year == branch.year else YEAR_MONTHS

    def counted(row: Row) -> bool:
        return bool(row["应交月数"] >= last - since[row["党员代码"]] + 1)

    return _everyone(branch, rule, fresh, ("应交月数",), counted)


def anyone(_row: Row) -> bool:
    """True of every member."""
    return True


def in_committee(row: Row) -> bool:
    """True of a member with a post in the committee."""
    return row["党内职务"] in COMMITTEE_POSTS


def _lines(branch: Branch, wanted: Callable[[Row], bool]) -> pd.Index:
    """The lines of the members wanted on the register."""
    return branch.members.index[[wanted(row) for row in branch.records(REGISTER)]]


def _everyone(
    branch: Branch,
    rule: Rule,
    whom: Callable[[Row], bool],
    columns: tuple[str, ...],
    meets: Callable[[Row], bool],
) -> Verdict:
    """All of some members meet a figure in 党员年度: one who does not fails the rule, one unreported leaves it open."""
    name, word = (
        branch.named.value,
        {"R21": "书记、委员", "R27": "预备党员"}.get(rule.part_of, "党员"),
    )
    everyone = count(_lines(branch, whom), f"{name}{word}数", "名", as_of=branch.as_of)
    codes = [row["党员代码"] for row in branch.records(REGISTER) if whom(row)]
    if not codes:
        return verdict(branch, rule, UNKNOWN, "党员名册未填报", rests_on=(everyone,))
    rows = [row if row["党员代码"] in codes else None for row in branch.records(YEARLY)]
    filled = [row if row and _filled(row, columns) else None for row in rows]
    index = branch.member_year.index
    answered = index[[row is not None for row in filled]]
    fine = index[[row is not None and bool(meets(row)) for row in filled]]
    reported = count(answered, f"{name}填报了{columns[0]}的{word}数", "名", as_of=branch.as_of)
    done = count(fine, f"{name}{columns[0]}符合规定的{word}数", "名", as_of=branch.as_of)
    silent = len(codes) - len(answered)
    if not len(answered):
        return verdict(branch, rule, UNKNOWN, f"{columns[0]}未填报", rests_on=(reported, everyone))
    outcome = FAILED if len(fine) < len(answered) else UNKNOWN if silent else MET
    message = "有党员未填报，未计入" if silent else ""
    return verdict(
        branch,
        rule,
        outcome,
        message,
        required=reported,
        actual=done,
        rests_on=(everyone, rule.threshold),
    )


def lost_contact(branch: Branch, rule: Rule) -> Verdict:
    """R22 失去联系满六个月仍在册的，应当已有处理。"""
    return _moved(branch, rule, "失联", FAILED, "失去联系已满六个月，仍在册")


def moved_away(branch: Branch, rule: Rule) -> Verdict:
    """R23 外出满六个月且有固定地点的应当转移组织关系；有没有固定地点，工作簿不收。"""
    return _moved(branch, rule, "流出", UNKNOWN, "外出已满六个月，是否有固定地点没有填报")


def _moved(branch: Branch, rule: Rule, word: str, late: Outcome, message: str) -> Verdict:
    members = _lines(branch, lambda row: row["流动状态"] == word)
    moved = count(members, f"{branch.named.value}{word}党员数", "名", as_of=branch.as_of)
    if members.empty:
        return verdict(branch, rule, NOT_APPLICABLE, f"没有{word}党员", rests_on=(moved,))
    since = [
        day_of(row["流动起始日期"]) for row in branch.records(REGISTER) if row["流动状态"] == word
    ]
    over = [day is not None and months_later(day, rule.figure) <= branch.as_of for day in since]
    long = count(
        members[over], f"{branch.named.value}{word}满规定时间的党员数", "名", as_of=branch.as_of
    )
    if any(over):
        return verdict(branch, rule, late, message, actual=long, rests_on=(moved,))
    if None in since:
        return verdict(branch, rule, UNKNOWN, "起始日期未填报", rests_on=(moved,))
    return verdict(branch, rule, MET, "未满规定时间", rests_on=(moved,))


def _filled(row: Row, columns: Iterable[str]) -> bool:
    return all(row[column] is not None for column in columns)


def not_taking_part(branch: Branch, rule: Rule) -> Verdict:
    """R24 有没有党员欠交党费满六个月，或者全年没有参加组织生活；是否连续、有无理由要人工核查。"""
    columns = ("应交月数", "已交月数", "应到次数", "实到次数")
    rows, index, name = branch.records(YEARLY), branch.member_year.index, branch.named.value
    filled = [_filled(row, columns) for row in rows]

    def odd(row: Row) -> bool:
        absent = row["应到次数"] > 0 and row["实到次数"] == 0
        return bool(absent or row["应交月数"] - row["已交月数"] >= rule.figure)

    answered = index[filled]
    noted = index[[full and odd(row) for full, row in zip(filled, rows, strict=True)]]
    reported = count(answered, f"{name}填报党费和参加活动情况的党员数", "名", as_of=branch.as_of)
    if len(noted):
        to_verify = count(noted, f"{name}需要核查的党员数", "名", as_of=branch.as_of)
        return verdict(
            branch,
            rule,
            UNKNOWN,
            "是否连续、有无正当理由，请人工核查",
            actual=to_verify,
            rests_on=(reported,),
        )
    if len(answered) < len(branch.members) or branch.members.empty:
        return verdict(branch, rule, UNKNOWN, "有党员未填报", rests_on=(reported,))
    return verdict(branch, rule, MET, rests_on=(reported,))


def retired_dues(branch: Branch, rule: Rule) -> Verdict:
    """R26 离退休党员按离退休费分档交纳；工作簿不收离退休费，不核对。"""
    retired = _lines(branch, lambda row: row["用工形式"] == "离退休")
    retired_count = count(retired, f"{branch.named.value}离退休党员数", "名", as_of=branch.as_of)
    if retired.empty:
        return verdict(branch, rule, NOT_APPLICABLE, "没有离退休党员", rests_on=(retired_count,))
    return verdict(branch, rule, UNKNOWN, "工作簿不收离退休费", rests_on=(retired_count,))


def account(branch: Branch, rule: Rule) -> Verdict:
    """R30 书记抓党建述职评议有等次。"""
    grade = graded(branch, "R30")
    if grade is not None:
        return verdict(branch, rule, MET if grade.value in ACCOUNTS else UNKNOWN, actual=grade)
    outcome = UNKNOWN if branch.year_over else NOT_APPLICABLE
    message = "述职评议等次未填报" if branch.year_over else "年度未满，尚未评议"
    return verdict(branch, rule, outcome, message, rests_on=(branch.named,))


def both_excellent(branch: Branch, rule: Rule) -> Verdict:
    """R31 经营考核为优秀的，述职评议应当为好；没有经营考核等次的不适用。"""
    business, accounting = graded(branch, "R31"), graded(branch, "R30")
    if business is None:
        return verdict(
            branch, rule, NOT_APPLICABLE, "没有填报经营考核等次", rests_on=(branch.named,)
        )
    if business.value != "优秀":
        return verdict(branch, rule, NOT_APPLICABLE, "经营考核不是优秀", rests_on=(business,))
    if accounting is None:
        return verdict(branch, rule, UNKNOWN, "述职评议等次未填报", rests_on=(business,))
    outcome = MET if accounting.value == "好" else FAILED
    return verdict(branch, rule, outcome, actual=accounting, rests_on=(business,))


def graded(branch: Branch, rule_id: str, year: int | None = None) -> Fact | None:
    """The 等次 of the year under the indicator bound to a rule, or None where there is none."""
    codes = {row["指标代码"] for row in branch.records("考核指标") if row["规则号"] == rule_id}
    grades = [
        at
        for at, row in enumerate(branch.records("考核得分"))
        if row["指标代码"] in codes
        and row["年度"] == (year or branch.year)
        and row["等次"] is not None
    ]
    return (
        pick_at(branch["考核得分"], grades[-1], "等次", f"{branch.named.value}等次")
        if grades
        else None
    )


def day_of(value: object) -> date | None:
    """A cell as a day; None where it is blank."""
    return value.date() if isinstance(value, pd.Timestamp) and not pd.isna(value) else None
