"""The rows below a header -> those that are data, and why the others are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhibi.data.reading.data_rows import EXAMPLE_MARK
from zhibi.data.sources.grid import Grid, Raw

_FEW = 3
_LONG_TEXT = 12  # characters; what stands alone in a row and is as long is no name
_TOTAL = re.compile(
    r"^(?:本页|全县|各项|分类|人数|全部)?(?:合|小|总|共|累)计(?:数|人数|金额)?[:：]?$|^总数$"
)
_FOOT = re.compile(
    r"^(?:填表|制表|审核|填报|负责|经办|联系|统计|复核|审批|主管)(?:人|单位|日期|时间|领导|电话)?.{0,4}[:：]"
    r"|^(?:备注|注|说明|附|附注|填表说明|打印日期|制表日期)\d?[:：]|^第\d+页|^(?:\d+[.、])?(?:本表|此表)"
)
_EXAMPLE = re.compile(rf"^(?:{re.escape(EXAMPLE_MARK)}|[(（]?(?:示例|样例|例如|例)[)）:：])")
_HINTS = frozenset(
    [
        "必填",
        "选填",
        "文本",
        "文字",
        "日期",
        "数字",
        "整数",
        "下拉",
        "下拉选择",
        "自动",
        "非必填",
        "可不填",
    ]
)


@dataclass(frozen=True, slots=True)
class NonDataMarks:
    """What tells a row that is no data: the pattern of an organisation's name, names of columns used by programs."""

    organisation: str
    keys: frozenset[str]


def data_rows(
    grid: Grid, start: int, headers: tuple[str, ...], marks: NonDataMarks
) -> tuple[list[int], list[list[Raw]], list[str], tuple[tuple[int, str], ...]]:
    """Numbers, cells and headings of the rows that are data; number and reason of those that are none."""
    numbers: list[int] = []
    data: list[list[Raw]] = []
    sections: list[str] = []
    left_out: list[tuple[int, str]] = []
    section = ""
    width = len(headers)
    for at in range(start, len(grid.rows)):
        row = grid.rows[at]
        filled = width - row.count("")
        if not filled:
            continue
        why = ""
        if filled <= _FEW or at < start + _FEW or isinstance(row[0], str):
            why = _no_data(row, filled, headers, marks, below=at > start + 1)
        if why.startswith("段"):
            section = why[1:]
            left_out.append((grid.number(at), "分段的小标题"))
        elif why:
            left_out.append((grid.number(at), why))
        else:
            numbers.append(grid.number(at))
            data.append(row)
            sections.append(section)
    return numbers, data, sections, tuple(left_out)


def _no_data(  # noqa: PLR0911  (one return for each kind of row)
    row: Sequence[Raw], filled: int, headers: tuple[str, ...], marks: NonDataMarks, *, below: bool
) -> str:
    """Why a row is no data; empty for one that is.

    The words 段… give the line that stands alone.
    """
    texts = [text_of(cell) for cell in row]
    present = [text for text in texts if text]
    if not present:
        return "" if any(not isinstance(cell, str) for cell in row) else "空行"
    if any(_TOTAL.match("".join(text.split())) for text in texts[:4] if text):
        return "合计行"
    if _EXAMPLE.match(present[0]):
        return "示例行"
    if _FOOT.match("".join(present[0].split())) and filled <= max(4, len(headers) // 2):
        return "表下的说明"
    same = sum(text == header for text, header in zip(texts, headers, strict=True) if text)
    if same >= max(2, filled * 0.8):
        return "重复的表头"
    if sum(text in marks.keys or text in _HINTS for text in present) >= max(2, filled * 0.6):
        return "填表提示行"
    if filled == 1 and len(present[0]) > 1:
        name = re.sub(r"[(（]\s*(?:共)?\d+\s*[人名][)）]$", "", present[0])
        if re.fullmatch(marks.organisation, name):
            return "段" + name
        return (
            "只有一格文字" if below and len(headers) > _FEW and len(present[0]) > _LONG_TEXT else ""
        )
    return ""


def text_of(cell: Raw) -> str:
    """The words of a cell that holds words."""
    return cell.strip() if isinstance(cell, str) else ""
