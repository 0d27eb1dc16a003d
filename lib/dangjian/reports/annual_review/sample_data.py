"""A made-up branch -> every table of the annual review once, to load what is lazy before a batch.

The words of the rules and the heads of the tables are measured here once, and not in each of a
county's reports.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

from dangjian.model.branch import Branch
from dangjian.model.table_rows import Rows
from dangjian.reports.annual_review.review import (
    branch_cases,
    last_years_tasks,
    open_items,
    other_tasks,
    regular_table,
    shortfalls,
)
from dangjian.reports.annual_review.year_work import (
    meetings_held,
    secretary_name,
    still_due,
    tagged,
    tasks_done,
    topics,
)
from dangjian.scoring.partition import Division, open_branch
from dangjian.scoring.scores.periods import last_year, quarters, this_year
from dangjian.scoring.scores.standings import standing
from dangjian.scoring.scores.stars import star
from dangjian.scoring.verdicts import Verdict, judge
from dangjian.scoring.verdicts.organisation import term_ends
from dangjian.scoring.vetoes import vetoes
from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.sheets import ACTIVITY_KINDS, STAGES, TASK_KINDS, TASK_STATES
from gongwen.facts.arithmetic import points
from zhibi.data.figures.measure import count, count_where, largest, mean, smallest, total
from zhibi.data.figures.picking import pick
from zhibi.data.snapshot import columnar
from zhibi.data.writing import sample_data
from zhibi.notebook.authoring.display import Shown
from zhibi.notebook.authoring.tables import table

ABOVE, CODE = "B000", "B001"
MEMBERS = [f"M{number:04}" for number in range(1, 13)]
PERIODS = (
    ("2025", "年", "1"),
    ("2026", "季", "1"),
    ("2026", "季", "2"),
    ("2026", "季", "3"),
    ("2026", "年", "1"),
)
INDICATORS = {
    "Z01": {"分值": "100", "计分方式": "人工"},
    "Z02": {
        "上级指标": "Z01",
        "分值": "40",
        "计分方式": "按次扣分",
        "参数": "4;0.5",
        "规则号": "R10",
    },
    "Z03": {"上级指标": "Z01", "分值": "30", "计分方式": "达标", "参数": "", "规则号": "R15"},
    "Z04": {"上级指标": "Z01", "分值": "30", "计分方式": "人工", "参数": ""},
}
ROWS: Mapping[str, Sequence[Mapping[str, str]]] = {
    "单位": [{}],
    "党组织": [
        {"党组织代码": ABOVE, "书记党员代码": ""},
        {
            "类型": "党支部",
            "名称": "中共例支部委员会",
            "简称": "例支部",
            "上级代码": ABOVE,
            "任期(年)": "3",
        },
    ],
    "党员": [
        {"党员代码": code, "党内职务": post, "性别": sex}
        for code, post, sex in zip(
            MEMBERS, ("书记", "副书记", "委员", *["无"] * 9), "男女" * 6, strict=True
        )
    ],
    "党员年度": [
        {"党员代码": code, "年度": year} for code, year in product(MEMBERS, ("2025", "2026"))
    ],
    "组织生活台账": [
        {"活动编号": f"A{month:02}-{number}", "类型": kind, "日期": f"2026-{month:02}-15"}
        for month, (number, kind) in product(range(1, 12), enumerate(ACTIVITY_KINDS))
        if number % 4 in (0, month % 4)
    ],
    "发展党员": [
        {"人员代码": f"P{number:03}", "阶段": stage} for number, stage in enumerate(STAGES)
    ],
    "考核指标": [{"指标代码": code, "规则号": "", **cells} for code, cells in INDICATORS.items()],
    "考核得分": [
        {
            "指标代码": code,
            "年度": year,
            "周期类型": kind,
            "期次": number,
            "得分": "25",
            "等次": "",
            "党员代码": "",
        }
        for code, (year, kind, number) in product(list(INDICATORS)[1:], PERIODS)
    ],
    "三单台账": [
        {
            "事项编号": f"T{number:03}",
            "清单类型": kind,
            "状态": state,
            "下达日": f"{2026 - number % 2}-04-15",
        }
        for number, (kind, state) in enumerate(product(TASK_KINDS, TASK_STATES))
    ],
    "案例品牌": [{}],
    "荣誉": [{}],
}


def rehearse() -> tuple[Shown, ...]:
    """Cut, kept, opened and judged as for a report; the tables of the annual review."""
    slice_ = Division(sample_data.dataset(CONTRACT, ROWS)).slice(CODE)
    with tempfile.TemporaryDirectory() as folder:
        place = columnar.save(Path(folder).resolve(), columnar.pack(slice_))
        branch = open_branch(str(place), CODE)
    _figures(branch)
    _work(branch)
    verdicts = judge(branch)
    _problems(branch, verdicts)
    periods = _scores(branch)
    ledger = branch.activities.sort_values("日期", kind="stable")
    columns = ["日期", "类型", "主题", "应到", "实到"]
    return (
        table(regular_table(verdicts), caption="主要规定动作完成情况", series="附表"),
        *([table(periods, caption="考核得分情况", series="附表")] if periods else ()),
        table(ledger, caption="组织生活开展情况", series="附表", columns=columns),
    )


def _work(branch: Branch) -> None:
    """What the review tells of the year's work."""
    meetings_held(branch), topics(branch, "党课"), tagged(branch), tasks_done(branch)
    branch_cases(branch), still_due(branch), secretary_name(branch), term_ends(branch)
    branch.texts("年度总结")


def _problems(branch: Branch, verdicts: Sequence[Verdict]) -> None:
    """What is lacking, and the tasks that answer it."""
    missed = shortfalls(branch, verdicts)
    for each in missed:
        each.in_prose(), each.打算
    open_items(other_tasks(branch, missed)), last_years_tasks(branch)


def _scores(branch: Branch) -> Rows:
    """The periods that were scored, and what the year's rate stands for."""
    before, of_quarters, year = last_year(branch), quarters(branch), this_year(branch)
    scored, voided = standing(branch), vetoes(branch)
    if scored is not None and before is not None:
        star(scored, branch.settings, voided), points(scored, before.得分率, "较上年变化")
    return [
        {"周期": each.名称, "得分": each.得分, "满分": each.满分, "得分率": each.得分率}
        for each in (before, *of_quarters, year)
        if each
    ]


def _figures(branch: Branch) -> None:
    """One of each kind of figure."""
    members, year = branch.members, branch.member_year
    (
        branch.size,
        branch.full_size,
        branch.picked("成立日期"),
        branch.picked("委员数", "名"),
        pick(branch.secretary, "姓名"),
    )
    count(members[members["党员类别"] == "预备"], "预备党员数", "名", as_of=branch.as_of)
    count_where(members, "性别", "女", "女党员数", "名", as_of=branch.as_of)
    count_where(members, "学历", ["研究生", "大学本科"], "学历", "名", as_of=branch.as_of)
    count_where(
        members, "出生年份", lambda born: born > branch.year, "年轻", "名", as_of=branch.as_of
    )
    mean(year["集中学时"], "学时", "学时", blanks="skip", as_of=branch.as_of)
    total(year["应交党费(元)"], "应交党费", "元", blanks="skip", as_of=branch.as_of)
    largest(year["KPI系数"], "最高", ""), smallest(year["KPI系数"], "最低", "")
    count(year[year["评议等次"].isin(["优秀", "合格"])], "已评", "名", as_of=branch.as_of)
