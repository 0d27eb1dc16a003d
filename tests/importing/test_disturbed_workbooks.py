"""A clean workbook, disturbed by any sequence of the habits people have, comes back equal."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import workbook

from dangjian.workbook.contract import CONTRACT
from dangjian.workbook.intake import intake
from zhibi.data.importing.assembly import assemble, prepare
from zhibi.data.importing.questions import Answers

TITLE = ("填报单位：某县委组织部", "2026年11月30日")
ORGS = ("甲公司机关党支部", "甲公司供水厂党支部", "乙局党支部")
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


def dotted(_header: str, cell: Any) -> Any:
    return f"{cell.year}.{cell.month}.{cell.day}" if isinstance(cell, dt.date) else cell


CELLS: tuple[Habit, ...] = (
    each_cell(dotted),
    each_cell(lambda _header, cell: f"{cell}  " if isinstance(cell, str) else cell),
    each_cell(lambda header, cell: WORDS.get(header, {}).get(cell, cell)),
    each_cell(lambda header, cell: f"{cell}{UNITS[header]}" if header in UNITS else cell),
)
LAYOUT: tuple[Habit, ...] = (
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
habits = st.tuples(
    st.lists(st.sampled_from(CELLS), max_size=3, unique_by=id),
    st.lists(st.sampled_from(LAYOUT), max_size=4, unique_by=id),
)


def brought_in(name: str, page: Page) -> dict[str, list[Any]]:
    """The rows of the sheets as they come back; nothing may be asked but whose data they are."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [*page.above, page.head, *page.rows, *page.below]
        file = workbook(Path(folder) / f"{name}.xlsx", (name, rows))
        importer = prepare([file], CONTRACT, intake())
    given = {"设置|编制单位": "某县委组织部", "设置|数据截止日": "2026-11-30", "设置|年度": "2026"}
    done = assemble(importer, Answers(given | {"列|党员|入党时间": "入党日期"}))
    assert [question.message for question in done.questions] == []
    return {
        title: list(zip(*table.columns.values(), strict=True)) for title, table in done.rows.items()
    }


def disturbed(page: Page, chosen: tuple[list[Habit], list[Habit]]) -> Page:
    for habit in (*chosen[0], *chosen[1]):
        page = habit(page)
    return page


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(members, habits)
def test_a_roster_comes_back_equal(rows, chosen):
    head = ("姓名", "所属党组织", "性别", "出生年份", "民族", "学历", "党员类别", "入党日期")
    clean = Page((), head, tuple(rows))

    assert brought_in("党员", disturbed(clean, chosen))["党员"] == brought_in("党员", clean)["党员"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
        indicator = ("Z01", None, "月度考核")
        with tempfile.TemporaryDirectory() as folder:
            file = workbook(
                Path(folder) / "考核.xlsx",
                ("考核得分", [*page.above, page.head, *page.rows]),
                ("考核指标", [("指标代码", "上级指标", "指标名称", "分值"), (*indicator, 100)]),
            )
            importer = prepare([file], CONTRACT, intake())
        given = {
            "设置|编制单位": "某县委组织部",
            "设置|数据截止日": "2026-11-30",
            "设置|年度": "2026",
        }
        done = assemble(importer, Answers(given))
        assert [question.message for question in done.questions] == []
        table = done.rows["考核得分"].columns
        names = ("党组织代码", "指标代码", "年度", "周期类型", "期次", "得分")
        return set(zip(*(map(_plain, table[name]) for name in names), strict=True))

    assert scores(wide) == scores(Page((), head, tuple(long)))


def _plain(cell: Any) -> Any:
    return float(cell) if isinstance(cell, int | float) or hasattr(cell, "as_tuple") else cell
