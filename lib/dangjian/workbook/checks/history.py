"""Blanks among numbers that reports count on, and years that repeat each other -> V27, V29."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dangjian.workbook.checks.findings import Saying, tell, year_of
from gongwen.findings import Finding, Level, Location
from zhibi.data.contract import Kind
from zhibi.data.dataset import Dataset

# numbers that every row of the kind has in life: a blank is a gap in the report (未填报), not a 0
EXPECTED = (
    ("单位", "职工总数(人)"),
    ("组织生活台账", "应到"),
    ("组织生活台账", "实到"),
    ("党员年度", "集中学时"),
    ("党员年度", "应到次数"),
    ("党员年度", "实到次数"),
    ("党员年度", "应交月数"),
    ("党员年度", "已交月数"),
    ("党员年度", "应交党费(元)"),
    ("党员年度", "实交党费(元)"),
)
NUMERIC = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)
REPEATED = ("党员年度", "年度指标")
ALIKE = 0.9
ENOUGH = 20  # numeric cells; fewer can be equal by chance


def blanks(dataset: Dataset) -> Iterable[Finding]:
    """V27 应填的数字留空的，报告中写“未填报”，不当作0。"""
    year = year_of(dataset)
    for title, header in EXPECTED:
        frame = dataset.sound(title, header)
        if "年度" in frame.columns and year is not None:
            frame = frame[(frame["年度"] == year).fillna(value=False)]
        gaps = frame[frame[header].isna()]
        if len(gaps) == len(frame):
            continue  # nobody fills it in here; the report will say so
        saying = Saying(
            "V27",
            Level.WARNING,
            "没有填，报告中按“未填报”处理，不当作0",
            "没有填，报告中按“未填报”处理，不当作0",
            "没有发生请填0。",
        )
        yield from tell(dataset, title, header, gaps, saying)


def not_last_year_again(dataset: Dataset) -> Iterable[Finding]:
    """V29 本年数字与上年九成以上相同的，多半是照抄。"""
    year = year_of(dataset)
    if year is None:
        return
    for sheet in dataset.contract.sheets:
        if sheet.title not in REPEATED:
            continue
        key = [column for column in sheet.primary_key if column != "年度"]
        numbers = [
            column.header
            for column in sheet.columns
            if column.kind in NUMERIC and not column.header.startswith("基期")
        ]
        frame = dataset.sound(sheet.title, *sheet.primary_key, *numbers)
        now, before = (
            {at: frame[(frame["年度"] == at).fillna(value=False)] for at in (year, year - 1)}
        ).values()
        both = now.merge(before, on=key, suffixes=("", "·上年"))
        same, seen = _alike(both, numbers)
        if seen >= ENOUGH and same > ALIKE * seen:
            place = Location(_file(dataset, sheet.title), sheet.title)
            message = f"{year}年与{year - 1}年可比的{seen}个数字中有{same}个相同，多半是照抄上年。"
            yield Finding("V29", Level.WARNING, place, message, "请核实本年数据。")


def _alike(both: pd.DataFrame, numbers: Iterable[str]) -> tuple[int, int]:
    same = seen = 0
    for header in numbers:
        known = both[header].notna() & both[f"{header}·上年"].notna()
        seen += int(known.sum())
        same += int((both[header] == both[f"{header}·上年"])[known].sum())
    return same, seen


def _file(dataset: Dataset, title: str) -> str:
    """The file a sheet stands in; none where it was gathered from several."""
    files = dataset[title].index.levels[0]  # type: ignore[attr-defined]  # the origin index
    return str(files[0]) if len(files) == 1 else ""
