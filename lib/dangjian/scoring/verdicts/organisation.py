"""R01–R09, R28–R29: how an organisation is set up, elected and led -> verdicts, one function a rule."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.periods import months_later, years_later
from dangjian.rules import RULES, Rule
from dangjian.scoring.verdicts.verdict import Outcome, Verdict, verdict
from gongwen.facts.value import Derived, Fact
from zhibi.data.figures.measure import count

MET, FAILED, NOT_APPLICABLE, UNKNOWN = Outcome


def party_committee(branch: Branch, rule: Rule) -> Verdict:
    """R01 国有企业党员一百名以上的设立党委；由企业里级别最高的党组织来对照。"""
    return _rank(branch, rule, RULES["R01"].figure, None, {"党委"})


def general_branch(branch: Branch, rule: Rule) -> Verdict:
    """R02 国有企业党员五十名以上、不足一百名的设立党总支。"""
    return _rank(branch, rule, RULES["R02"].figure, RULES["R01"].figure, {"党委", "党总支"})


def _rank(branch: Branch, rule: Rule, least: int, below: int | None, wanted: set[str]) -> Verdict:
    unit = branch.unit
    top = next((kind for kind in ("党委", "党总支") if kind in unit.types), "")
    if not unit.enterprise or unit.members is None:
        return verdict(branch, rule, NOT_APPLICABLE, "所属单位不是国有企业")
    if branch.kind != top and top:
        return verdict(branch, rule, NOT_APPLICABLE, f"由本企业{top}对照")
    size = unit.members
    assert isinstance(size.value, int)  # a count
    if size.value < least or (below is not None and size.value >= below):
        return verdict(branch, rule, NOT_APPLICABLE, "党员人数不在这一档", rests_on=(size,))
    message = "经批准的例外请人工核实"
    outcome = MET if unit.types & wanted else FAILED
    return verdict(branch, rule, outcome, message if outcome is FAILED else "", actual=size)


def enough_full_members(branch: Branch, rule: Rule) -> Verdict:
    """R03 有正式党员三名以上；联合党支部、临时党支部另有规定。"""
    if branch.kind != "党支部":
        return verdict(branch, rule, NOT_APPLICABLE, f"{branch.kind}不按此条")
    size = branch.full_size
    assert isinstance(size.value, int)  # a count
    if branch.members.empty:
        return _no_register(branch, rule)
    outcome = MET if size.value >= rule.figure else FAILED
    return verdict(branch, rule, outcome, required=rule.threshold, actual=size)


def _no_register(branch: Branch, rule: Rule) -> Verdict:
    return verdict(
        branch, rule, UNKNOWN, "党员名册未填报", required=rule.threshold, rests_on=(branch.size,)
    )


def not_too_large(branch: Branch, rule: Rule) -> Verdict:
    """R04 党支部党员一般不超过五十名。"""
    size = branch.size
    assert isinstance(size.value, int)  # a count
    if branch.members.empty:
        return _no_register(branch, rule)
    outcome = MET if size.value <= rule.figure else FAILED
    return verdict(branch, rule, outcome, required=rule.threshold, actual=size)


def covered_units(branch: Branch, rule: Rule) -> Verdict:
    """R05 联合党支部覆盖单位一般不超过五个。"""
    if branch.kind != "联合党支部":
        return verdict(branch, rule, NOT_APPLICABLE, "不是联合党支部")
    covered = branch.picked("覆盖单位数", "个")
    if not isinstance(covered.value, int):
        return verdict(
            branch, rule, UNKNOWN, "覆盖单位数未填报", required=rule.threshold, rests_on=(covered,)
        )
    outcome = MET if covered.value <= rule.figure else FAILED
    return verdict(branch, rule, outcome, required=rule.threshold, actual=covered)


def has_committee(branch: Branch, rule: Rule) -> bool:
    """True if the branch has as many full members as a 支部委员会 needs."""
    return len(branch.full_members) >= rule.figure


def committee_size(branch: Branch, rule: Rule) -> Verdict:
    """R06 正式党员七名以上的设支部委员会，委员三至七名；不足七名的不适用。"""
    full = branch.full_size
    if not has_committee(branch, rule):
        return verdict(
            branch, rule, NOT_APPLICABLE, "正式党员人数不足，不设支部委员会", rests_on=(full,)
        )
    least, most = RULES["R06L"], RULES["R06M"]
    return _within(branch, rule, least, most, full)


def board_size(branch: Branch, rule: Rule) -> Verdict:
    """R07 党总支委员五至九名，党委委员五至十一名（国有企业的上限）。"""
    if branch.is_branch:
        return verdict(branch, rule, NOT_APPLICABLE, "只对党总支、党委")
    most = RULES["R07C"] if branch.kind == "党委" else RULES["R07G"]
    return _within(branch, rule, rule, most, branch.named)


def _within(branch: Branch, rule: Rule, least: Rule, most: Rule, also: Fact) -> Verdict:
    seats = branch.picked("委员数", "名")
    if not isinstance(seats.value, int):
        return verdict(
            branch, rule, UNKNOWN, "委员数未填报", required=least.threshold, rests_on=(seats, also)
        )
    bound = most if seats.value > most.figure else least
    outcome = MET if least.figure <= seats.value <= most.figure else FAILED
    rests_on = (also, least.threshold, most.threshold)
    return verdict(branch, rule, outcome, required=bound.threshold, actual=seats, rests_on=rests_on)


def term_ends(branch: Branch) -> Fact | None:
    """The day the term ends, or None where election or term is not reported."""
    elected, years = branch.picked("本届选举日期"), branch.picked("任期(年)", "年")
    if not isinstance(elected.value, date) or not isinstance(years.value, int):
        return None
    ends = years_later(elected.value, years.value)
    return Fact(
        f"{branch.named.value}届满日期", ends, Derived("本届选举日期加任期", (elected, years))
    )


def term_running(branch: Branch, rule: Rule) -> Verdict:
    """R08 任期未满，或者届满当日；临时党支部不适用。"""
    if branch.kind == "临时党支部":
        return verdict(branch, rule, NOT_APPLICABLE, "临时党支部没有任期")
    ends = term_ends(branch)
    elected = branch.picked("本届选举日期")
    if ends is None:
        return verdict(branch, rule, UNKNOWN, "本届选举日期或任期未填报", rests_on=(elected,))
    assert isinstance(ends.value, date)  # as term_ends makes it
    over = (branch.until - ends.value).days
    judged = verdict(branch, rule, FAILED if over > 0 else MET, required=ends, actual=elected)
    if over <= 0:
        return judged
    gap = Fact(
        f"{branch.named.value}届满未换届天数",
        over,
        Derived("数据截止日减届满日期", (ends,)),
        "天",
        branch.as_of,
    )
    return Verdict(rule, judged.结论, ends, elected, gap, "届满尚无换届记录")


def extension(branch: Branch, rule: Rule) -> Verdict:
    """R09 延期换届不超过一年；届满前六个月提醒。没有延期的不适用，一年之内的要看是否经过批准。"""
    if branch.kind == "临时党支部":
        return verdict(branch, rule, NOT_APPLICABLE, "临时党支部没有任期")
    ends = term_ends(branch)
    if ends is None:
        return verdict(
            branch,
            rule,
            UNKNOWN,
            "本届选举日期或任期未填报",
            rests_on=(branch.picked("本届选举日期"),),
        )
    assert isinstance(ends.value, date)  # as term_ends makes it
    if branch.until <= ends.value:
        near = months_later(branch.until, RULES["R09W"].figure) >= ends.value
        message = "没有延期；距届满不足六个月，应当着手准备换届" if near else "没有延期"
        return verdict(branch, rule, NOT_APPLICABLE, message, rests_on=(ends,))
    if branch.until > years_later(ends.value, rule.figure):
        return verdict(branch, rule, FAILED, "延期超过规定时间", rests_on=(ends,))
    return verdict(
        branch, rule, UNKNOWN, "延期在规定时间之内，是否经过批准没有填报", rests_on=(ends,)
    )


def election_attendance(branch: Branch, rule: Rule) -> Verdict:
    """R28 换届选举到会人数过五分之四；工作簿不收到会人数，年内有选举的只能报数据不足。"""
    elected = branch.picked("本届选举日期")
    if not isinstance(elected.value, date) or elected.value.year != branch.year:
        return verdict(branch, rule, NOT_APPLICABLE, "年内没有选举记录", rests_on=(elected,))
    return verdict(branch, rule, UNKNOWN, "工作簿不收选举到会人数", rests_on=(elected,))


def secretary_standing(branch: Branch, rule: Rule) -> Verdict:
    """R29 书记任职时（未填任职日期的，到截止日）转为正式党员满一年。"""
    secretary = branch.secretary
    if len(secretary) != 1:
        return verdict(
            branch, rule, UNKNOWN, "书记未填报", rests_on=(branch.picked("书记党员代码"),)
        )
    person = count(secretary, f"{branch.named.value}书记", "名", as_of=branch.as_of)
    regular, since = secretary["转正日期"].iloc[0], secretary["任职日期"].iloc[0]
    if pd.isna(regular):
        return verdict(branch, rule, UNKNOWN, "书记转正日期未填报", rests_on=(person,))
    taken = branch.until if pd.isna(since) else since.date()
    outcome = MET if years_later(regular.date(), rule.figure) <= taken else FAILED
    return verdict(branch, rule, outcome, rests_on=(person,))
