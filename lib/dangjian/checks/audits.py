"""A valid dataset -> what only a slow second look finds: V32, typed-in scores that its own rows contradict."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from dangjian.division import Division
from dangjian.ledger import Ledger
from dangjian.pages import county_pages
from dangjian.recount import Recount, recounts_of
from zhibi.facts.value import Derived, Fact, Read
from zhibi.findings import Finding, Level, Place
from zhibi.tables.dataset import Dataset
from zhibi.tables.grid import addresses

SHEET, COLUMN = "考核得分", "得分"
OF_UNIT = ("R01", "R02")  # rules that look at the whole unit, which only a slice of the county knows
MOST_ROWS = 12  # of the rows a score rests on; the rest are in 数据出处


def typed_scores(dataset: Dataset) -> Iterable[Finding]:
    """V32 填报的得分与按参数、规则从台账重算的一致。"""
    pages = county_pages(dataset)
    whole = Division(dataset)
    make = whole.branch if pages.frames["考核指标"]["规则号"].isin(OF_UNIT).any() else pages.branch
    for code in pages.orgs:
        if code in pages.scores:
            for each in recounts_of(Ledger(pages, code, partial(make, code))):
                if each.相差 is not None:
                    yield _told(dataset, each)


def _told(dataset: Dataset, each: Recount) -> Finding:
    assert isinstance(each.填报.origin, Read)  # picked from a cell
    assert each.重算 is not None  # there is a difference
    (cell,) = each.填报.origin.cells
    letters = dataset.letter(SHEET, COLUMN, cell.file)
    what = each.填报.label.removesuffix("得分")
    rows = "；".join(dict.fromkeys(_rows(each.重算)))
    says = f"{what}填报{each.填报}，按台账重算{each.重算}，相差{each.相差}（{rows}）。"
    remedy = "请核对台账和打分，改正不对的一处；确有理由的在“扣分原因”里写明。"
    return Finding("V32", Level.WARNING, Place(cell.file, SHEET, addresses(letters, cell.rows), COLUMN), says, remedy)


def _rows(fact: Fact) -> Iterable[str]:
    """The sheets and rows a figure rests on, those of its parents included."""
    if isinstance(fact.origin, Read):
        for cells in fact.origin.cells:
            listed = addresses("", cells.rows[:MOST_ROWS]) or "没有记录"
            yield f"{cells.sheet}第{listed.replace(':', '至')}行" if cells.rows else f"{cells.sheet}没有记录"
    elif isinstance(fact.origin, Derived):
        for parent in fact.origin.parents:
            yield from _rows(parent)
