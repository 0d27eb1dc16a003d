"""A raw cell -> nothing, or what is wrong with it whatever its column: errors of Excel, control characters, personal numbers."""

from __future__ import annotations

import re

from gongwen.chinese.personal_data import gives_away
from zhibi.data.contract import Kind
from zhibi.data.reading.cells.parsed import Parsed, refuse
from zhibi.data.sources.grid import SWALLOWED, UNCOMPUTED, Raw

LONGEST = 5_000  # characters in a cell; the whole of an official report has no more


EXCEL_ERRORS = (
    "#REF!",
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#VALUE!",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
)


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


_MOBILE_FROM, _ID_FROM, _CARD_TO = (
    1e10,
    1e15,
    1e19,
)  # numbers that may be a telephone, an ID, a card


_EXCEL_DIGITS = 15


def vet(text: str) -> Parsed | None:  # noqa: PLR0911  (one return for each thing no cell may hold)
    """What no cell of any kind may hold."""
    if text == SWALLOWED:
        return Parsed(bad=True)  # the merged range itself has been reported
    if text == UNCOMPUTED:
        return refuse(
            "B17", "公式没有保存计算结果", "请用 Excel 或 WPS 打开后另存一次，或把公式粘贴成数值。"
        )
    if len(text) > LONGEST:
        return refuse(
            "B12",
            f"内容有{len(text)}个字符，超过{LONGEST}个",
            "请只留要点，长材料另存文件。",
            "内容过长",
        )
    if text.strip() in EXCEL_ERRORS:
        return refuse("V28", f"是错误值 {text.strip()}", "请改正公式，或填入数值，不清楚就留空。")
    kind = gives_away(text)
    if kind:
        return refuse("V20", f"疑似含有{kind}（内容不显示）", "请删除；工作簿不收集这些信息。")
    if CONTROL.search(text):
        return refuse(
            "B13", "含有看不见的控制字符", "请删掉后重新输入，不要从网页或其他系统直接粘贴。"
        )
    return None


def is_private_number(raw: Raw, kind: Kind) -> bool:
    """A number typed as a number; amounts may well have eleven digits, counts and codes may not."""
    if (
        isinstance(raw, bool)
        or not isinstance(raw, int | float)
        or not _MOBILE_FROM <= raw < _CARD_TO
    ):
        return False
    if kind in (Kind.NUMBER, Kind.MONEY) and raw < _ID_FROM:
        return False
    digits = str(int(raw))
    # Excel keeps 15 digits, so the check digits of a longer number are gone; its length is enough
    # to refuse it
    return len(digits) > _EXCEL_DIGITS or bool(gives_away(digits))
