"""A clean workbook, disturbed by any sequence of the habits people have, comes back equal.

Whatever is asked on the way is answered as a user does: in the file of answers, by what the column really is.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import workbook

from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.intake import intake
from gongwen.findings import Level
from zhibi.data.importing import questions as asking
from zhibi.data.importing.assembly import assemble, prepare

CONTRACT_HEADERS = next(one.headers for one in CONTRACT.sheets if one.title == "考核得分")
TITLE = ("填报单位：某县委组织部", "2026年11月30日")
CODES = {"B001": "甲公司机关党支部", "B002": "甲公司供水厂党支部", "B003": "乙局党支部"}
ORGS = tuple(CODES)
FIRST = "赵钱孙李周吴郑王"
LAST = ("示例", "虚构", "样本", "假名")
ALIASES = {
    "姓名": ("姓 名", "党员姓名", "名字"),
    "所属党组织": ("所在党支部", "支部名称", "隶属党组织", "编入党支部"),
    "性别": ("性　别", "党员性别"),
    "出生年份": ("出生年月", "出生日期"),
    "民族": ("族别", "所属民族"),
    "学历": ("文化程度", "最高学历"),
    "党员类别": ("党员类型", "党员性质"),
    "入党日期": ("加入党组织日期", "成为预备党员时间", "入党时间"),
    "转正日期": ("转为正式党员日期", "转正时间", "预备党员转正时间"),
    "党组织代码": ("支部名称", "所在支部"),
    "日期": ("活动时间", "会议时间"),
    "类型": ("活动类型", "会议类型"),
    "主题": ("活动主题", "会议主题"),
    "应到": ("应到人数", "应参加人数"),
    "实到": ("实到人数", "参加人数"),
}  # fmt: skip
WORDS = {
    "学历": {"大学本科": "本科", "大学专科": "大专", "研究生": "硕士"},
    "党员类别": {"正式": "正式党员", "预备": "预备党员"},
    "民族": {"汉族": "汉"},
    "类型": {"主题党日": "主题党日活动", "党员大会": "支部党员大会"},
}
UNITS = {"出生年份": "年", "应到": "人", "实到": "人"}


@dataclass(frozen=True)
class Page:
    """A sheet under way: lines above it, its header and its rows."""

    above: tuple[tuple[Any, ...], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    below: tuple[tuple[Any, ...], ...] = ()


Habit = Callable[[Page], Page]


def each_cell(change: Callable[[str, Any], Any]) -> Habit:
    return lambda page: replace(
        page,
        rows=tuple(
            tuple(change(h, cell) for h, cell in zip(page.head, row, strict=True))
            for row in page.rows
        ),
    )


def renamed(at: int) -> Habit:
    def change(page: Page) -> Page:
        names = (ALIASES[h][at % len(ALIASES[h])] if h in ALIASES else h for h in page.head)
        return replace(page, head=tuple(names))

    return change


def numbered(page: Page) -> Page:
    rows = tuple((at, *row) for at, row in enumerate(page.rows, 1))
    return replace(page, head=("序号", *page.head), rows=rows)


def turned(page: Page) -> Page:
    return replace(page, head=page.head[::-1], rows=tuple(row[::-1] for row in page.rows))


def named(header: str, cell: Any) -> Any:
    return CODES.get(cell, cell) if isinstance(cell, str) else cell


def dotted(_header: str, cell: Any) -> Any:
    return f"{cell.year}.{cell.month}.{cell.day}" if isinstance(cell, dt.date) else cell


def with_unit(header: str, cell: Any) -> Any:
    return cell if isinstance(cell, str) or header not in UNITS else f"{cell}{UNITS[header]}"


HABITS: tuple[Habit, ...] = (
    each_cell(dotted),
    each_cell(named),
    each_cell(lambda _header, cell: f"{cell}  " if isinstance(cell, str) else cell),
    each_cell(lambda header, cell: WORDS.get(header, {}).get(cell, cell)),
    each_cell(with_unit),
    lambda page: replace(page, above=(*page.above, TITLE)),
    lambda page: replace(page, below=(*page.below, ("合计", f"{len(page.rows)}人"))),
    lambda page: replace(page, below=(*page.below, ("填表人：某某", "审核人：某某"))),
    numbered,
    turned,
    renamed(0),
    renamed(1),
    renamed(2),
)


members = st.lists(
    st.tuples(
        st.sampled_from([a + b for a in FIRST for b in LAST]),
        st.sampled_from(ORGS),
        st.sampled_from(("男", "女")),
        st.integers(1950, 2000),
        st.sampled_from(("汉族", "回族")),
        st.sampled_from(("大学本科", "大学专科", "研究生", "高中")),
        st.sampled_from(("正式", "预备")),
        st.dates(dt.date(2019, 1, 1), dt.date(2024, 12, 31)),
    ),
    min_size=3,
    max_size=12,
    unique_by=lambda row: row[0],
)
meetings = st.lists(
    st.tuples(
        st.sampled_from(ORGS),
        st.dates(dt.date(2026, 1, 1), dt.date(2026, 11, 30)),
        st.sampled_from(("主题党日", "党员大会")),
        st.sampled_from(("学习全会精神", "讨论工作计划", "学习规定")),
        st.integers(5, 20),
        st.integers(1, 5),
    ),
    min_size=3,
    max_size=12,
    unique_by=lambda row: row[:4],
)
habits = st.lists(st.sampled_from(HABITS), max_size=6)


def brought_in(
    name: str, page: Page, *others: tuple[str, list[tuple[Any, ...]]]
) -> dict[str, list[Any]]:
    """The rows of the sheets as they come back, after all that was asked has been answered in the file."""
    listed = [
        ("党组织代码", "名称", "类型"),
        *((code, one, "党支部") for code, one in CODES.items()),
    ]
    with tempfile.TemporaryDirectory() as folder:
        rows = [*page.above, page.head, *page.rows, *page.below]
        sheets = ((name, rows), *others, ("党组织", listed))
        importer = prepare([workbook(Path(folder) / f"{name}.xlsx", *sheets)], CONTRACT, intake())
        kept = Path(folder) / "县.对应.toml"
        for _ in range(3):
            answers = asking.load(kept)
            done = assemble(importer, answers)
            if not done.questions:
                break
            asked = asking.text(answers, (*done.questions, *done.unread))
            kept.write_text(answered(asked), "utf-8")
    assert [question.message for question in done.questions] == []
    assert [one for one in done.findings if one.level is Level.ERROR] == []
    return {
        title: list(zip(*table.columns.values(), strict=True)) for title, table in done.rows.items()
    }


def answered(asked: str) -> str:
    """The file of answers with every blank filled in by somebody who knows what her columns are."""
    head, *entries = asked.split('[["对应"]]')
    return head + "".join('[["对应"]]' + _filled(entry) for entry in entries)


def _filled(entry: str) -> str:
    [fields] = tomllib.loads(f'[["对应"]]{entry}')["对应"]
    return entry.replace('"答" = ""', f'"答" = "{_answer(fields)}"')


def _answer(fields: dict[str, Any]) -> str:
    asked = fields["题"]
    known = {"编制单位": "某县委组织部", "数据截止日": "2026-11-30", "年度": "2026"}
    for name, said in known.items():
        if f"“{name}”" in asked:
            return said
    spelled = re.search("的“([^”]*)”列是", asked)
    assert spelled, asked
    names = [name for name, written in ALIASES.items() if spelled[1] in (name, *written)]
    return next(name for name in names if name in fields["可选"])


def disturbed(page: Page, chosen: list[Habit]) -> Page:
    for habit in chosen:
        page = habit(page)
    return page


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(members, habits)
def test_a_roster_comes_back_equal(rows, chosen):
    head = ("姓名", "所属党组织", "性别", "出生年份", "民族", "学历", "党员类别", "入党日期")
    clean = Page((), head, tuple(rows))

    assert brought_in("党员", disturbed(clean, chosen))["党员"] == brought_in("党员", clean)["党员"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(meetings, habits)
def test_a_ledger_comes_back_equal(rows, chosen):
    head = ("党组织代码", "日期", "类型", "主题", "应到", "实到")
    clean = Page((), head, tuple(rows))

    after = brought_in("组织生活台账", disturbed(clean, chosen))

    assert after["组织生活台账"] == brought_in("组织生活台账", clean)["组织生活台账"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(ORGS),
            st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=12, max_size=12),
        ),
        min_size=2,
        max_size=3,
        unique_by=lambda row: row[0],
    )
)
def test_months_as_columns_are_the_rows_they_stand_for(rows):
    long = [
        (org, "月度考核", 2026, "月", month, score)
        for org, scores in rows
        for month, score in enumerate(scores, 1)
        if score is not None
    ]
    if not long:
        return
    head = ("党组织代码", "指标代码", "年度", "周期类型", "期次", "得分")
    wide = Page(
        (("2026年月度考核得分",),),
        ("党组织", "指标", *(f"{month}月" for month in range(1, 13))),
        tuple((org, "月度考核", *scores) for org, scores in rows),
    )

    def scores(page: Page) -> set[tuple[Any, ...]]:
        indicators = [("指标代码", "上级指标", "指标名称", "分值"), ("Z01", None, "月度考核", 100)]
        names = ("党组织代码", "指标代码", "年度", "周期类型", "期次", "得分")
        back = brought_in("考核得分", page, ("考核指标", indicators))["考核得分"]
        at = [CONTRACT_HEADERS.index(name) for name in names]
        return {tuple(_plain(row[place]) for place in at) for row in back}

    assert scores(wide) == scores(Page((), head, tuple(long)))


def _plain(cell: Any) -> Any:
    return float(cell) if isinstance(cell, int | float) or hasattr(cell, "as_tuple") else cell
