"""A county's cases -> the chapters of its compilation, its list of cases and its index by unit.

Every word is a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import pandas as pd

from dangjian.model.county import County, named
from dangjian.model.table_rows import Rows
from dangjian.reports.practice import Case, case_of
from dangjian.reports.tables import each
from dangjian.workbook.sheets import SEPARATORS
from gongwen.chinese.numbers.numerals import ordinal
from gongwen.chinese.wording import closed
from gongwen.facts.value import Fact
from zhibi.data.figures.picking import pick
from zhibi.notebook.authoring.pictures import inset
from zhibi.notebook.prose.filters import day
from zhibi.notebook.prose.spans import Inset, PrintedPart, Said

# the three 融嵌 in their order, where a county sorts by them; its own themes stand in the order of
# the sheet
_CANON = ("国资监管", "区域经济", "社会民生")
_OTHERS, _ONLY = "其他案例", "典型案例"  # without a theme: beside others, and alone
NOTHING = "—"


@dataclass(frozen=True)
class Entry:
    """One case as the compilation prints it; a field is None where the row leaves it blank."""

    编号: Fact
    案例: Case
    单位: Fact  # the unit its organisation belongs to
    主题: Fact | None
    创新: Fact | None
    起始: Fact | None
    启示: Fact | None
    附录: Fact | None
    图片: Fact | None
    部分: Fact | str | None = None  # the theme, where its chapter begins with this case

    @property
    def 名称(self) -> Fact:
        """What the case is called."""
        return self.案例.名称

    @property
    def 党组织(self) -> Fact:
        """Whose it is."""
        return self.案例.单位

    @property
    def 背景(self) -> Fact | None:
        """What it set out from."""
        return self.案例.背景

    @property
    def 做法(self) -> Fact:
        """What was done."""
        return self.案例.做法

    @property
    def 始于(self) -> Said:
        """2025年5月: since when."""
        return Said((), nothing=True) if self.起始 is None else day(self.起始, "年月")

    @property
    def 插图(self) -> Inset:
        """Its pictures; none where the row names no file."""
        files = [] if self.图片 is None else re.split(SEPARATORS, str(self.图片.value))
        caption = str(self.案例.名称.value)
        pictures = [inset(file.strip(), caption) for file in files if file.strip()]
        return Inset(tuple(chain.from_iterable(picture.blocks for picture in pictures)))

    @property
    def 成效(self) -> Said:
        """游客增加。月均听讲由420人次升至610人次。: what came of it, in words and then in figures."""
        words = self.案例.成效
        told = () if words is None else (PrintedPart(closed(str(words.value)), words),)
        figures = replace(self.案例, 成效=None).成绩
        end = () if figures.nothing else (*figures.parts, PrintedPart("。"))
        return Said((*told, *end), nothing=not told and not end)


@dataclass(frozen=True)
class Chapter:
    """The cases of one theme."""

    主题: Fact | str
    案例: tuple[Entry, ...]


def compiled(county: County) -> tuple[Chapter, ...]:
    """The cases that were selected (all of them where none is marked) and say what was done, by theme."""
    rows = compiled_rows(county)
    entries = [_entry(county, row) for row in each(rows)]
    themes = dict.fromkeys(_theme(entry) for entry in entries)
    order = sorted(themes, key=lambda theme: (theme == _OTHERS, _place(theme)))
    return tuple(_chapter(theme, entries) for theme in order)


def compiled_rows(county: County) -> pd.DataFrame:
    """The rows of 案例品牌 that the compilation prints, in the order of their codes."""
    rows = county.data["案例品牌"]
    rows = rows[rows["做法"].notna()]
    chosen = rows["入选"].fillna(value=False).astype(bool)
    picked: pd.DataFrame = (rows[chosen] if chosen.any() else rows).sort_values(
        "案例编号", kind="stable"
    )
    return picked


def _theme(entry: Entry) -> str:
    return _OTHERS if entry.主题 is None else str(entry.主题.value)


def _place(theme: str) -> int:
    return next((at for at, word in enumerate(_CANON) if word in theme), len(_CANON))


def _chapter(theme: str, entries: Sequence[Entry]) -> Chapter:
    first, *others = (entry for entry in entries if _theme(entry) == theme)
    unnamed = _ONLY if all(entry.主题 is None for entry in entries) else theme
    heading = unnamed if first.主题 is None else first.主题
    return Chapter(heading, (replace(first, 部分=heading), *others))


def _entry(county: County, row: pd.DataFrame) -> Entry:
    return Entry(
        编号=pick(row, "案例编号"),
        案例=case_of(county.data["党组织"], row),
        单位=_unit(county, row),
        主题=_cell(row, "主题融嵌"),
        创新=_cell(row, "创新类型"),
        起始=_cell(row, "起始"),
        启示=_cell(row, "启示"),
        附录=_cell(row, "附录"),
        图片=_cell(row, "图片"),
    )


def _unit(county: County, row: pd.DataFrame) -> Fact:
    """The unit of a case's organisation; the organisation itself where it has none."""
    code = row["党组织代码"].iloc[0]
    units = county.units[county.units["单位代码"] == county.unit_of_org.get(code, "")]
    if len(units) == 1:
        return named(units)
    orgs = county.data["党组织"]
    own = orgs[orgs["党组织代码"] == code]
    return named(own) if len(own) == 1 else pick(row, "党组织代码")


def _cell(row: pd.DataFrame, column: str) -> Fact | None:
    return None if pd.isna(row[column].iloc[0]) else pick(row, column)


def case_list(chapters: Iterable[Chapter]) -> Rows:
    """附表: every case with where it stands, whose it is, its theme and kind of innovation, since when."""
    return [
        {
            "位置": number,
            "案例": entry.案例.名称,
            "党组织": entry.案例.单位,
            "主题": _shown(entry.主题),
            "创新类型": _shown(entry.创新),
            "起始": _shown(entry.起始),
        }
        for number, entry in _numbered(chapters)
    ]


def _numbered(chapters: Iterable[Chapter]) -> Iterator[tuple[str, Entry]]:
    """Every case in print order, after its number: 一（二）."""
    for chapter_number, chapter in enumerate(chapters, 1):
        for case_number, entry in enumerate(chapter.案例, 1):
            yield _number(chapter_number, case_number), entry


def _shown(fact: Fact | None) -> Fact | str:
    return NOTHING if fact is None else fact


def unit_index(chapters: Sequence[Chapter]) -> Rows:
    """附表: by unit, in the order of their first case, its cases and where they stand."""
    entries: dict[str, list[tuple[str, Entry]]] = {}
    for number, entry in _numbered(chapters):
        entries.setdefault(str(entry.单位.value), []).append((number, entry))
    return [
        {
            "单位": entry.单位,
            "党组织": entry.案例.单位,
            "案例": entry.案例.名称,
            "位置": number,
        }
        for number, entry in chain.from_iterable(entries.values())
    ]


def _number(chapter: int, place: int) -> str:
    """一（二）: the second case of the first chapter."""
    return f"{ordinal(chapter, 1).rstrip('、')}{ordinal(place, 2)}"
