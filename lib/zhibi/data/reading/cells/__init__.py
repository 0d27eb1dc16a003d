"""One raw cell and its column -> the value it stands for, or what is wrong with it.

This is the slow and patient way: the reader comes here only with cells that are not plainly right.
What is harmless (full-width digits, a date written as text) is put right and reported as 提示. A
number with its unit (“34人”) is refused: whether 34 or 340000 was meant for “34万” is not for a
program to guess.
"""

from __future__ import annotations

from collections.abc import Callable

from zhibi.data.checking.answers import Answer, means_nothing
from zhibi.data.contract import Column, Kind
from zhibi.data.reading.cells.numbers import as_date, as_number
from zhibi.data.reading.cells.parsed import BLANK, Parsed, adapted, refuse, shown
from zhibi.data.reading.cells.vetting import is_private_number, vet
from zhibi.data.reading.cells.words import as_choice, as_choices, as_code, as_text, as_yes_no
from zhibi.data.sources.grid import Raw


def parse(raw: Raw, column: Column, *, textual: bool = False) -> Parsed:
    """The value of one cell.

    `textual`: the file knows only text, so that a number in digits needs no remark.
    """
    if isinstance(raw, str):
        if not raw.strip():
            return BLANK
        stop = vet(raw)
        if stop:
            return stop
        if means_nothing(raw, column):
            return adapted(
                None,
                "B14",
                f"{shown(raw)}已按空白读取",
                "表示没有内容的记号，已按空白读取",
                answer=Answer(None, "没有内容的记号改为空白"),
            )
    elif is_private_number(raw, column.kind):
        return refuse("V20", "疑似身份证号、手机号或银行卡号", "请删除；工作簿不收集这些信息。")
    return _PARSERS[column.kind](raw, column, textual)


_PARSERS: dict[Kind, Callable[[Raw, Column, bool], Parsed]] = {
    Kind.CODE: as_code,
    Kind.TEXT: as_text,
    Kind.INTEGER: as_number,
    Kind.NUMBER: as_number,
    Kind.MONEY: as_number,
    Kind.DATE: as_date,
    Kind.YEAR: as_number,
    Kind.YES_NO: as_yes_no,
    Kind.CHOICE: as_choice,
    Kind.CHOICES: as_choices,
}
