"""What a notebook shows and a page cannot -> findings, one for each kind with the cells it happened in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongwen.document import Block
from gongwen.findings import Finding, Level, Location

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing left out or changed: the code of its kind, and which one it was."""

    code: str
    detail: str = ""


Shown = tuple[tuple[Block, ...], tuple[Loss, ...]]
NOTHING: Shown = ((), ())

# level, message, remedy; {} stands for the details
_KINDS: Mapping[str, tuple[Level, str, str]] = {
    "X03": (
        Level.WARNING,
        "图片{}已损坏或找不到，未能放入文档",
        "请把图片拖进单元格，或放在笔记本旁边；网络上的图片不会取来。",
    ),
    "X04": (Level.WARNING, "这里的{}不能放进 Word", "请改为输出 PNG 图片。"),
    "X05": (
        Level.WARNING,
        "打印的文字太长，文档中只放前面一部分：{}",
        "请在代码里只打印要给人看的内容。",
    ),
    "X06": (
        Level.WARNING,
        "表格太大，pandas 只显示了首尾，文档中的表不完整{}",
        "请先选出要印的行，或设置 pd.options.display.max_rows。",
    ),
    "X11": (
        Level.WARNING,
        "这里运行出错，出错信息没有放入文档{}",
        "请改正代码，重新运行以后再转换。",
    ),
    "X13": (
        Level.NOTE,
        "原始（raw）单元格没有放入文档{}",
        "要放入文档请改为 Markdown 单元格。",
    ),
    "X14": (
        Level.NOTE,
        "题目之前有文字，照原来的次序排在题目上面{}",
        "一般题目在最前面，请把这些文字移到题目之后。",
    ),
    "X15": (
        Level.NOTE,
        "文献标记或没有内容的脚注{}照原样印出",
        "请改写成普通文字；脚注要有“[^1]: 内容”一行。",
    ),
}


def findings(losses: Iterable[tuple[int, Loss]]) -> tuple[Finding, ...]:
    """One finding for each kind of loss, in the order in which the kinds first occurred."""
    cells: dict[str, dict[int, None]] = {}
    details: dict[str, dict[str, None]] = {}
    for cell, loss in losses:
        cells.setdefault(loss.code, {})[cell] = None
        details.setdefault(loss.code, {}).update({loss.detail: None} if loss.detail else {})
    return tuple(_finding(code, list(cells[code]), list(details[code])) for code in cells)


def _finding(code: str, cells: list[int], details: list[str]) -> Finding:
    level, message, hint = _KINDS[code]
    return Finding(code, level, Location(spot=spot(cells)), message.format(_named(details)), hint)


def spot(cells: list[int]) -> str:
    """第2、5个单元格."""
    return f"第{'、'.join(map(str, cells))}个单元格"


def _named(details: list[str]) -> str:
    if not details:
        return ""
    rest = f"等{len(details)}种" if len(details) > _MOST_NAMED else ""
    return f"“{'”“'.join(details[:_MOST_NAMED])}”{rest}"
