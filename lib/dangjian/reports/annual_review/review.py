"""A branch's verdicts, tasks and cases -> what its annual review tells and tabulates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

import pandas as pd

from dangjian.model.branch import Branch
from dangjian.model.table_rows import Rows
from dangjian.reports.annual_review.shortfall_words import (
    late_tasks,
    plan,
    remedy,
    shortfall,
    task_by_day,
)
from dangjian.reports.practice import Case, case_of
from dangjian.scoring.problems.problem import quantity_word
from dangjian.scoring.verdicts import Outcome, Verdict
from dangjian.scoring.verdicts.meetings import missed_months
from dangjian.scoring.verdicts.verdict import coming_out
from gongwen.chinese.numbers.numerals import chinese
from gongwen.facts.arithmetic import share, tally
from gongwen.facts.value import Fact
from zhibi.data.figures.measure import count
from zhibi.data.figures.picking import pick_at
from zhibi.notebook.prose.filters import parts_of
from zhibi.notebook.prose.phrases import proportion
from zhibi.notebook.prose.spans import PrintedPart, Said

# what every branch must do, year after year; the table in the text shows these, the annex all rules
REGULAR = (
    "R06",
    "R08",
    "R10",
    "R11",
    "R12",
    "R13",
    "R15",
    "R16",
    "R17",
    "R19",
    "R20",
    "R21",
    "R25",
)
MONTHLY = ("R11", "R15")  # named like the 类型 of the ledger
NOTHING = "—"
REMARK = "说明"
NOT_COLLECTED = "工作簿不收"
TASKS = "三单台账"
QUANTITIES = ("部分", "个别")
LATE = "有的事项没有按时办结"
OVERDUE, LONG_OVERDUE = "R08", "R09"
OPEN = ("未启动", "进行中", "逾期")


@dataclass(frozen=True)
class Shortfall:
    """One problem of a branch: a rule not met, or a task past its day, with the open tasks that answer it."""

    标题: str
    措施: str
    判定: Verdict | None
    事项: pd.DataFrame = field(compare=False)
    支部: Branch = field(compare=False)
    缺的月份: Fact | None = None
    次序: str = ""  # 一是, 二是 of several

    @property
    def 小标题(self) -> str:
        """一是任期届满未换届: the heading after its counter; of one alone the heading."""
        return self.次序 + self.标题

    def in_prose(self) -> Said:
        """What is lacking, as the branch says it; without a figure the heading alone says it."""
        if self.判定 is None:
            return late_tasks(self.待办)
        words = shortfall(self.判定, self.缺的月份, self.支部.as_of)
        return words if words.parts else Said((PrintedPart(""),), nothing=True)

    @property
    def 打算(self) -> Said:
        """The measure, and the tasks that answer it: who, what and by when."""
        measure = remedy(self.判定, self.措施) if self.判定 is not None else self.措施
        return plan(measure, self.待办, self.支部)

    @property
    def 待办(self) -> list[dict[str, Fact]]:
        """What, who and by when of each open task."""
        return [_task(self.事项, at) for at in range(len(self.事项))]


def _task(tasks: pd.DataFrame, at: int) -> dict[str, Fact]:
    columns = ("事项", "责任人职务", "时限", "状态")
    return {column: pick_at(tasks, at, column) for column in columns}


def outcome_counts(branch: Branch, verdicts: Iterable[Verdict]) -> dict[str, Fact]:
    """达标 … 数据不足, and 全部: how many rules came out so."""
    concluded = [verdict.结论 for verdict in verdicts]
    name = branch.named.value
    counts = {
        str(outcome): tally(
            concluded, f"{name}{outcome}的规则数", "项", holds=coming_out(str(outcome))
        )
        for outcome in Outcome
    }
    return counts | {"全部": tally(concluded, f"{name}对照的规则数", "项", holds=lambda _: True)}


def regular_table(verdicts: Sequence[Verdict]) -> Rows:
    """附表: the regular duties with required, actual, gap and verdict.

    What does not apply is no duty, what the workbook does not collect nobody can fill in, and of
    what is not known at all there is nothing to print.
    """
    duties = (each for each in verdicts if each.代号 in REGULAR or each.代号.startswith("D"))
    listed = [
        each
        for each in duties
        if each.outcome is not Outcome.NOT_APPLICABLE and not each.说明.startswith(NOT_COLLECTED)
    ]
    if not any(each.outcome is not Outcome.UNKNOWN for each in listed):
        return []
    rows = [_regular_row(each) for each in listed if each.应达 is not None or each.实际 is not None]
    if any(row[REMARK] != NOTHING for row in rows):
        return rows
    for row in rows:
        del row[REMARK]
    return rows


def _regular_row(verdict: Verdict) -> dict[str, Any]:
    required, actual = verdict.应达, verdict.实际
    unit = next(
        (fact.unit for fact in (required, actual) if fact is not None and fact.unit), NOTHING
    )
    return {
        "规定动作": verdict.名称,
        "单位": unit.removeprefix("个") or unit,
        "应完成": required if required is not None else NOTHING,
        "实际": actual if actual is not None else NOTHING,
        "差额": verdict.差额 if verdict.差额 is not None else NOTHING,
        "结论": verdict.结论,
        REMARK: verdict.说明 or NOTHING,
    }


def rule_table(verdicts: Iterable[Verdict]) -> Rows:
    """附表: every rule that applies by its source, with verdict and reason, and the article where it is verified."""
    listed = [verdict for verdict in verdicts if verdict.outcome is not Outcome.NOT_APPLICABLE]
    sources = list(dict.fromkeys(verdict.规则.source for verdict in listed))
    return [
        {
            "依据": verdict.规则.source,
            "规则": verdict.名称,
            "条款": verdict.规则.clause if verdict.规则.verified else "",
            "结论": verdict.结论,
            "说明": verdict.说明 or NOTHING,
        }
        for verdict in sorted(listed, key=lambda verdict: sources.index(verdict.规则.source))
    ]


def shortfalls(branch: Branch, verdicts: Iterable[Verdict]) -> tuple[Shortfall, ...]:
    """Problems in the order of the book, then tasks past their day that no failed rule accounts for."""
    failed = without_twice([each for each in verdicts if each.outcome is Outcome.FAILED])
    listed = [_shortfall(branch, verdict) for verdict in failed]
    codes = {verdict.代号 for verdict in failed}
    rows = branch.records(TASKS)
    late = [
        at
        for at in _still_open(branch)
        if _late(branch, rows[at]) and rows[at]["关联规则指标"] not in codes
    ]
    if late:
        listed.append(Shortfall(LATE, "集中办结逾期事项", None, branch[TASKS].iloc[late], branch))
    if len(listed) == 1:
        return tuple(listed)
    return tuple(replace(each, 次序=f"{chinese(at)}是") for at, each in enumerate(listed, 1))


def without_twice(failed: Sequence[Verdict]) -> list[Verdict]:
    """The rules not met, each shortcoming once: a term over for more than a year is one that is over."""
    codes = {each.代号 for each in failed}
    return [each for each in failed if each.代号 != LONG_OVERDUE or OVERDUE not in codes]


def _shortfall(branch: Branch, verdict: Verdict) -> Shortfall:
    """A failed rule with the open tasks that answer it."""
    rows = branch.records(TASKS)
    answering = [at for at in _still_open(branch) if rows[at]["关联规则指标"] == verdict.代号]
    return Shortfall(
        _heading(verdict),
        verdict.words.measure,
        verdict,
        branch[TASKS].iloc[answering],
        branch,
        missed_months(branch, verdict.名称) if verdict.代号 in MONTHLY else None,
    )


def _heading(verdict: Verdict) -> str:
    """The problem as the rule book calls it.

    How many members it concerns is said by how many it is.
    """
    words = verdict.words.problem
    if not words.startswith(QUANTITIES) or verdict.差额 is None or verdict.应达 is None:
        return words
    return quantity_word(verdict.差额, verdict.应达) + words.removeprefix("部分").removeprefix(
        "个别"
    )


def open_tasks(branch: Branch) -> pd.DataFrame:
    """三单 given to the branch and not closed."""
    return branch[TASKS].iloc[_still_open(branch)]


def _still_open(branch: Branch) -> list[int]:
    """Where in 三单台账 the open ones stand."""
    return branch.once(
        "open tasks",
        lambda: [at for at, state in enumerate(branch[TASKS]["状态"]) if state in OPEN],
    )


def _late(branch: Branch, task: Mapping[str, Any]) -> bool:
    """True of a task whose day is over."""
    day = task["时限"]
    return day is not None and day < pd.Timestamp(branch.as_of)


def other_tasks(branch: Branch, found: Iterable[Shortfall]) -> pd.DataFrame:
    """Open tasks that none of the problems found speaks of."""
    accounted = set(chain.from_iterable(shortfall.事项.index for shortfall in found))
    tasks = branch[TASKS]
    index = list(tasks.index)
    return tasks.iloc[[at for at in _still_open(branch) if index[at] not in accounted]]


@dataclass(frozen=True)
class Remedied:
    """What was given out before the report year: how much, closed, still open, and past its day."""

    应销号: Fact
    已销号: Fact
    未销号: Fact
    逾期: Fact
    清单: pd.DataFrame = field(compare=False)

    def in_prose(self) -> Said:
        """3项，办结的2项，占66.7%; 3项，全部办结.

        Nothing where none is closed: those still open are told among the problems and plans.
        """
        if not self.已销号.value:
            return Said((), nothing=True)
        closed = replace(self.已销号, label="办结的事项数")
        told = proportion(closed, share(closed, self.应销号))
        return Said((*parts_of(self.应销号), PrintedPart("，"), *told.parts))


def last_years_tasks(branch: Branch) -> Remedied:
    """三单 given out before the report year and closed in it or still open."""
    lines = branch.records(TASKS)
    before = [at for at, row in enumerate(lines) if _in_year_before(branch, row["下达日"])]
    carried = [at for at in before if not _in_year_before(branch, lines[at]["销号日"])]
    closed = [at for at in carried if lines[at]["状态"] == "已销号"]
    open_ = [at for at in carried if at not in closed]
    late = [at for at in open_ if _late(branch, lines[at])]
    tasks = branch[TASKS]

    def counted(places: list[int], what: str) -> Fact:
        return count(
            tasks.index[places],
            f"{branch.named.value}上年结转{what}事项数",
            "项",
            as_of=branch.as_of,
        )

    return Remedied(
        counted(carried, "的三单"),
        counted(closed, "已销号"),
        counted(open_, "未销号"),
        counted(late, "逾期"),
        tasks.iloc[carried],
    )


def _in_year_before(branch: Branch, day: date | None) -> bool:
    return day is not None and day.year < branch.year


def branch_cases(branch: Branch) -> tuple[Case, ...]:
    """The branch's own cases that say what was done, in the order of the workbook."""
    cases = branch["案例品牌"]
    told = cases["做法"].notna()
    return tuple(case_of(branch.row, cases.iloc[[at]]) for at, there in enumerate(told) if there)


def open_items(tasks: pd.DataFrame) -> tuple[Said, ...]:
    """Each of these tasks with the day by which it is to be done, as it reads in a list."""
    pairs = [(pick_at(tasks, at, "事项"), pick_at(tasks, at, "时限")) for at in range(len(tasks))]
    return tuple(task_by_day(what, due) for what, due in pairs)
