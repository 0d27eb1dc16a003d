"""撰写 -> V36, V37: what people wrote has no typed figures, and stands where a report will look for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from dangjian.workbook.checks.findings import Saying, tell, year_of
from dangjian.workbook.sheets import REPORT_SECTIONS
from gongwen.chinese.numbers.numerals import untraced
from gongwen.errors import near_miss
from gongwen.findings import Finding, Level
from zhibi.data.dataset import Dataset

TITLE = "撰写"
COUNTY_REPORT = "调研报告"
NAMED = re.compile(r"\{\{.*?\}\}|【[^】]*】")
BESIDE = "\N{OBJECT REPLACEMENT CHARACTER}"  # for a name: neither digit nor letter


def typed_figures(dataset: Dataset) -> Iterable[Finding]:
    """V36 撰写的文字里不直接写数字。"""
    frame = dataset.sound(TITLE, "报告", "文字")
    frame = frame[frame["文字"].notna()]
    listed = [_typed(str(text)) for text in frame["文字"]]
    odd = pd.DataFrame(frame.assign(手写=listed)[[bool(words) for words in listed]])
    saying = Saying(
        "V36",
        Level.WARNING,
        "数字{手写}是手写的，查不到出处，不能定稿",
        "撰写的文字里有手写的数字",
        "请改写报告里算好的名称，如【党员数】，或者不写数字。",
    )
    yield from tell(dataset, TITLE, "文字", odd, saying)


def _typed(text: str) -> str:
    numbers = dict.fromkeys(word for _, _, word in untraced(NAMED.sub(BESIDE, text)))
    return "、".join(f"“{word}”" for word in numbers)


def in_its_place(dataset: Dataset) -> Iterable[Finding]:
    """V37 撰写的文字要有报告来印：报告、党组织、年度和段落都对得上。"""
    frame = dataset.sound(TITLE, "报告", "党组织代码", "年度", "段落")
    yield from _unknown_reports(dataset, frame)
    frame = frame[frame["报告"].isin(list(REPORT_SECTIONS)) & frame["段落"].notna()]
    yield from _unknown_sections(dataset, frame)
    yield from _wrong_owner(dataset, frame)
    year = year_of(dataset)
    if year is not None:
        other = frame[(frame["年度"] != year).fillna(value=False).astype(bool)]
        message, gist = f"是为{{年度}}年度写的，报告年度是{year}年", "为别的年度写的文字"
        hint = "这一段不会印出；改写以后请把年度改为报告年度。"
        yield from tell(
            dataset, TITLE, "年度", other, Saying("V37", Level.NOTE, message, gist, hint)
        )


def _unknown_reports(dataset: Dataset, frame: pd.DataFrame) -> Iterable[Finding]:
    """A report may be one's own; a name that is nearly one of ours is a slip."""
    frame = frame[frame["报告"].notna()]
    hints = [_report_hint(report) for report in frame["报告"]]
    odd = pd.DataFrame(frame.assign(建议=hints)[[bool(hint) for hint in hints]])
    saying = Saying(
        "V37",
        Level.WARNING,
        "没有名为“{报告}”的报告{建议}",
        "没有这种报告",
        "请改正报告的名称，否则这一段不会印出；自己另设的报告可以不改。",
    )
    yield from tell(dataset, TITLE, "报告", odd, saying)


def _report_hint(report: str) -> str:
    hint = "" if report in REPORT_SECTIONS else near_miss(report, REPORT_SECTIONS)
    return hint if hint.startswith("；是否") else ""


def _unknown_sections(dataset: Dataset, frame: pd.DataFrame) -> Iterable[Finding]:
    pairs = zip(frame["报告"], frame["段落"], strict=True)
    hints = [_section_hint(report, section) for report, section in pairs]
    odd = pd.DataFrame(frame.assign(建议=hints)[[bool(hint) for hint in hints]])
    saying = Saying(
        "V37",
        Level.WARNING,
        "“{报告}”没有名为“{段落}”的段落{建议}",
        "报告里没有的段落",
        "请改正段落；笔记本里另设了这一段的可以不改。",
    )
    yield from tell(dataset, TITLE, "段落", odd, saying)


def _section_hint(report: str, section: str) -> str:
    sections = REPORT_SECTIONS[report]
    if section in sections:
        return ""
    return near_miss(section, sections)


def _wrong_owner(dataset: Dataset, frame: pd.DataFrame) -> Iterable[Finding]:
    whole = (frame["报告"] == COUNTY_REPORT).astype(bool)
    named = frame["党组织代码"].notna()
    message, gist = "“{报告}”写的是全县，却填了党组织代码{党组织代码}", "写全县的段落填了党组织代码"
    saying = Saying("V37", Level.WARNING, message, gist, "请把党组织代码留空，否则不会印出。")
    yield from tell(dataset, TITLE, "党组织代码", pd.DataFrame(frame[whole & named]), saying)
    message = "“{报告}”是一个党组织一份，没有填党组织代码"
    saying = Saying(
        "V37", Level.WARNING, message, "没有填为哪个党组织写的", "请填党组织代码，否则不会印出。"
    )
    yield from tell(dataset, TITLE, "党组织代码", pd.DataFrame(frame[~whole & ~named]), saying)
