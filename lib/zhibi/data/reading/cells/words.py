"""A cell -> text, a code, a choice, several, or yes and no."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

from gongwen.chinese.personal_data import masked
from gongwen.errors import near_miss
from gongwen.findings import Level
from zhibi.data.checking.answers import (
    Answer,
    choice_meant,
)
from zhibi.data.contract import Column
from zhibi.data.reading.cells.parsed import BLANK, INVISIBLE, Issue, Parsed, adapted, refuse, shown
from zhibi.data.sources.grid import Raw, words

_YES = {"是": True, "否": False}


def as_text(raw: Raw, _column: Column, _textual: bool) -> Parsed:
    """The text as it stands, blanks around it cut off."""
    if not isinstance(raw, str):
        value = words(raw)
        return adapted(
            value, "B14", f"不是文字，已按{shown(value)}读取", "不是文字，已按显示的内容读取"
        )
    value = INVISIBLE.sub("", raw).strip()
    if value == raw:
        return Parsed(value)
    if not value:
        return BLANK
    message = "前后的空格或看不见的字符已去掉"
    return adapted(
        value, "B14", message, message, answer=Answer(value, "去掉前后的空格和看不见的字符")
    )


def as_code(raw: Raw, _column: Column, _textual: bool) -> Parsed:
    """A code as text: leading noughts stay, a number is written out."""
    if not isinstance(raw, str):
        if isinstance(raw, bool | date | time | timedelta):
            return refuse(
                "V01",
                f"代码{shown(raw)}不是文字",
                "请把单元格格式设为“文本”后重新填写。",
                "代码不是文字",
            )
        value = words(raw)
        message = f"代码是数字格式，已按文字{shown(value)}读取"
        return adapted(
            value,
            "V01",
            message,
            "代码是数字格式，已按文字读取",
            level=Level.WARNING,
            hint="前面如果有0（如0012）已经丢失，请核对，并把单元格格式设为“文本”。",
        )
    value = unicodedata.normalize("NFKC", INVISIBLE.sub("", raw))
    if "".join(value.split()) != raw:
        tidy = "".join(value.split())
        if not tidy:
            return BLANK
        issue = Issue(
            "V01",
            Level.ERROR,
            f"代码{shown(raw)}含有空格或全角字符",
            "代码含有空格或全角字符",
            f"请改为{shown(tidy)}。",
            Answer(tidy, "代码去掉空格和全角字符"),
        )
        return Parsed(
            tidy, issue
        )  # what was meant is plain, so that references to it are not reported as well
    return Parsed(raw)


def as_choice(raw: Raw, column: Column, textual: bool) -> Parsed:
    """One of the choices of the column, or the one that was plainly meant."""
    value = unicodedata.normalize("NFKC", words(raw)).strip()
    folded = {unicodedata.normalize("NFKC", choice): choice for choice in column.choices}
    if value in folded:
        found = folded[value]
        return (
            Parsed(found)
            if found == raw
            else adapted(
                found,
                "B14",
                f"已按“{found}”读取",
                "写法不同，已按选项读取",
                answer=Answer(found, "改为选项的写法"),
            )
        )
    if column.open_choices:
        return as_text(raw, column, textual)
    meant = choice_meant(value, column)
    if meant:
        message = f"{shown(raw)}不在可选范围内，是“{meant}”的另一种说法"
        return refuse("B11", message, "", answer=Answer(meant, "改为选项的写法"))
    return refuse(
        "B11",
        f"{shown(raw)}不在可选范围内{near_miss(masked(value)[:40], column.choices)}",
        "请从下拉列表中选。",
    )


def as_choices(raw: Raw, column: Column, textual: bool) -> Parsed:
    """Several of the choices, in the order they were written."""
    parts = [part for part in re.split(r"[；;、,，\n]", words(raw)) if part.strip()]
    choices: list[str] = []
    for part in parts:
        one = as_choice(part.strip(), column, textual)
        if one.bad:
            return one
        choices.append(str(one.value))
    value = "；".join(choices)
    return (
        Parsed(value)
        if value == raw
        else adapted(
            value,
            "B14",
            f"已按“{value}”读取",
            "写法不同，已按选项读取",
            answer=Answer(value, "改为选项的写法"),
        )
    )


def as_yes_no(raw: Raw, _column: Column, _textual: bool) -> Parsed:
    """Yes or no, by any of the usual marks."""
    if isinstance(raw, str) and raw in _YES:
        return Parsed(_YES[raw])
    text = words(raw).strip().upper()
    for value, spellings in (
        (True, ("是", "TRUE", "√", "✓", "✔", "Y", "YES")),
        (False, ("否", "FALSE", "×", "✗", "✘", "N", "NO")),
    ):
        if text in spellings:
            word = "是" if value else "否"
            return adapted(
                value,
                "B14",
                f"{shown(raw)}已按“{word}”读取",
                "写法不同，已按“是”“否”读取",
                answer=Answer(word, "改为“是”“否”"),
            )
    return refuse(
        "B11", f"{shown(raw)}不是“是”或“否”", "请从下拉列表中选“是”或“否”，不清楚就留空。"
    )
