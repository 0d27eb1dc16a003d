"""A valid dataset -> what only a slow second look finds.

V32, typed-in scores that its own rows contradict.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import chain

from dangjian.model.county_rows import county_pages
from dangjian.model.org_rows import Ledger
from dangjian.scoring.partition import Division
from dangjian.scoring.recount import Recount, Total, recounts_of
from gongwen.facts.value import Derived, Fact, Read
from gongwen.findings import Finding, Level, Location
from zhibi.data.dataset import Dataset
from zhibi.data.sources.grid import addresses

OF_SCORE = "请核对台账和打分，改正不对的一处；确有理由的在“扣分原因”里写明。"
OF_TOTAL = "请核对各项得分和合计，改正不对的一处。"
OF_UNIT = (
    "R01",
    "R02",
)  # rules that look at the whole unit, which only a slice of the county knows
MOST_ROWS = 12  # of the rows a score rests on; the rest are in 数据出处


def typed_scores(dataset: Dataset) -> Iterable[Finding]:
    """V32 填报的得分与按参数、规则从台账重算的一致。"""
    pages = county_pages(dataset)
    whole = Division(dataset)
    make = whole.branch if pages.frames["考核指标"]["规则号"].isin(OF_UNIT).any() else pages.branch
    for code in pages.orgs:
        if code in pages.scores:
            recounts = recounts_of(Ledger(pages, code, partial(make, code)))
            of_members = chain.from_iterable(recounts.members.values())
            compared: Iterable[Recount | Total]
            compared = (*recounts.own, *of_members, *recounts.totals)
            yield from (_finding(dataset, one) for one in compared if one.differs)


def _finding(dataset: Dataset, one: Recount | Total) -> Finding:
    assert isinstance(one.填报.origin, Read)  # picked from a cell
    assert one.重算 is not None  # there is a difference
    (cell,) = one.填报.origin.cells
    letters = dataset.letter(cell.sheet, cell.column, cell.file)
    what = one.填报.label.removesuffix("得分")
    if isinstance(one, Recount):
        how, rows = "按台账重算", "；".join(dict.fromkeys(_rows(one.重算)))
    else:
        parts = sorted(chain.from_iterable(cells.rows for cells in one.重算.cells()))
        how, rows = "各项得分合计", f"考核得分第{addresses('', tuple(parts)).replace(':', '至')}行"
    message = f"{what}填报{one.填报}，{how}{one.重算}，相差{one.相差}（{rows}）。"
    hint = OF_SCORE if isinstance(one, Recount) else OF_TOTAL
    place = Location(cell.file, cell.sheet, addresses(letters, cell.rows), cell.column)
    return Finding("V32", Level.WARNING, place, message, hint)


def _rows(fact: Fact) -> Iterable[str]:
    """The sheets and rows a figure rests on, those of its parents included."""
    if isinstance(fact.origin, Read):
        for cells in fact.origin.cells:
            listed = addresses("", cells.rows[:MOST_ROWS]) or "没有记录"
            yield (
                f"{cells.sheet}第{listed.replace(':', '至')}行"
                if cells.rows
                else f"{cells.sheet}没有记录"
            )
    elif isinstance(fact.origin, Derived):
        for parent in fact.origin.parents:
            yield from _rows(parent)


AUDITS = (typed_scores,)
