"""Figures of rules that only the checks need -> dated data like `dangjian.rules`.

The 2026 text of the 发展党员 rules was not available in full when this was written: every article is 待核实 and not printed.
"""

from __future__ import annotations

from datetime import date

from dangjian.rules import BRANCH_RULES, Rule

ADMISSION_RULES = "《中国共产党发展党员工作细则》"
REVIEW_NOTICE = "民主评议党员有关通知"
REVISED = date(2026, 5, 18)  # the revised text holds for steps taken from this day on
OLD = date(2014, 5, 28)


def _limit(name: str, text: str, figure: int, unit: str, source: str, since: date) -> Rule:
    return Rule(name, text, figure, unit, source, article="", verified=False, effective_from=since)


LIMITS = {
    rule.id: rule
    for rule in (
        _limit("R05", "联合党支部覆盖单位一般不超过", 5, "个", BRANCH_RULES, date(2018, 10, 28)),
        _limit("R06", "设立支部委员会所需正式党员", 7, "名", BRANCH_RULES, date(2018, 10, 28)),
        _limit("R18", "评议为优秀的党员不超过参评党员的几分之一", 3, "", REVIEW_NOTICE, date(2018, 10, 28)),
        _limit("D02", "收到入党申请后派人谈话", 1, "个月", ADMISSION_RULES, OLD),
        _limit("D05", "列为发展对象前的培养教育", 1, "年", ADMISSION_RULES, OLD),
        _limit("D05N", "列为发展对象前的公示", 5, "个工作日", ADMISSION_RULES, REVISED),
        _limit("D06D", "发展对象集中培训天数", 3, "天", ADMISSION_RULES, OLD),
        _limit("D06H", "发展对象集中培训学时", 24, "学时", ADMISSION_RULES, OLD),
        _limit("D07", "预审合格后召开支部大会", 1, "个月", ADMISSION_RULES, REVISED),
        _limit("D09", "党委审批预备党员", 3, "个月", ADMISSION_RULES, OLD),
        _limit("D09M", "党委审批预备党员（特殊情况）", 6, "个月", ADMISSION_RULES, OLD),
        _limit("D10", "审批后举行入党宣誓", 1, "个月", ADMISSION_RULES, REVISED),
        _limit("D11", "预备期", 1, "年", ADMISSION_RULES, OLD),
        _limit("D12", "党委审批转正", 3, "个月", ADMISSION_RULES, OLD),
    )
}  # fmt: skip
