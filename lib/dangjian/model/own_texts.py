"""Rows of 撰写 -> the texts of one report by the name of their place, and what was written for another year."""

from __future__ import annotations

import re

import pandas as pd

from zhibi.notebook.authoring.written import RowText, Withheld

TITLE = "撰写"
_LINES = re.compile(r"\s*\n\s*")


def texts_of(rows: pd.DataFrame, report: str, org: str | None, year: int) -> dict[str, str]:
    """The texts of a report: of one organisation, or of the whole county where `org` is None.

    A text of another year is withheld with the reason; one of another organisation is not there at
    all.
    """
    texts: dict[str, str] = {}
    columns = zip(*(rows[name] for name in _COLUMNS), rows.index, strict=True)
    for for_report, for_org, for_year, section, text, origin in columns:
        own = pd.isna(for_org) if org is None else for_org == org
        if for_report != report or not own or pd.isna(text):
            continue
        location = f"“{origin[1]}”表第{origin[2]}行"
        if for_year == year:
            texts[section] = RowText(_LINES.sub("\n\n", str(text).strip()), location)
        else:
            reason = f"{location}的文字是为{for_year}年度写的，与本次的{year}年度不符"
            texts.setdefault(section, Withheld(reason))
    return texts


_COLUMNS = ("报告", "党组织代码", "年度", "段落", "文字")
