"""Rows of 文件文献 -> works that a report can cite: `[@D008]`, then `bibliography(works(县))`."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dangjian.model.county import County
from zhibi.data.figures.picking import pick
from zhibi.notebook.authoring.works import Work

# 文献类型标识; regulations and documents without a publisher are 其他
_LETTERS: Mapping[str, str] = {
    "上级法规": "Z", "本级文件": "Z", "台账": "A", "期刊": "J", "图书": "M", "网页": "EB/OL", "照片": "Z",
    "报纸": "N", "标准": "S", "学位论文": "D", "研究报告": "R", "档案": "A",
}  # fmt: skip


def works(county: County) -> tuple[Work, ...]:
    """All documents of the workbook.

    Each is cited by its 引用标识, or where it has none by its 文献代码.
    """
    return tuple(_work(row) for _, row in county.data["文件文献"].iterrows())


def _work(row: pd.Series) -> Work:
    key = row["文献代码"] if pd.isna(row["引用标识"]) else row["引用标识"]
    return Work(
        key=str(key),
        kind=_LETTERS[row["类型"]],
        title=pick(row, "标题"),
        author=pick(row, "发文机关或作者"),
        number=pick(row, "文号"),
        published_in=pick(row, "刊名卷期页码或出版社"),
        issued_on=pick(row, "日期"),
        link=pick(row, "链接"),
        pages=pick(row, "页码或版次"),
        accessed=pick(row, "访问日期"),
    )
